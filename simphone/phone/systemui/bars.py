"""Status bar and navigation bar (gesture pill): what lies behind them, and what is drawn on them."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from simphone.phone import settings
from simphone.phone.machine import Machine
from simphone.phone.systemui.place import Display, display, place
from simphone.ui.frame import Metrics, WindowFrame
from simphone.ui.view import MATCH, Color, Paint, Picture, TextStyle, View

_DARK: Final = "#202124"
_LIGHT: Final = "#ffffff"
_MOST_NOTES: Final = 3


def is_dark(color: Color) -> bool:
    """Whether light icons are needed on a colour: luma below one half (ITU-R BT.601 weights)."""
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue < 128


@lru_cache(maxsize=64)
def _backgrounds(key: Display, top: Color, bottom: Color) -> WindowFrame:
    metrics = Metrics(*key)
    parts = [
        View(width=MATCH, height=metrics.status_bar / metrics.scale, paint=Paint(fill=top)),
        View(width=MATCH, weight=1.0),
        View(width=MATCH, height=metrics.nav_bar / metrics.scale, paint=Paint(fill=bottom)),
    ]
    root = View(layout="column", width=MATCH, height=MATCH, children=parts)
    return place(root, metrics, (0, 0, metrics.width, metrics.height), title="BarBackgrounds")


def backgrounds(metrics: Metrics, top: Color, bottom: Color) -> WindowFrame:
    """The colours behind the bars; they belong to the app's window, so dialogs dim them."""
    return _backgrounds(display(metrics), top, bottom)


def _icon(name: str, color: Color, size: float = 17.0) -> View:
    return View(width=size, height=size, picture=Picture("icon", name, color, size))


@lru_cache(maxsize=256)
def _status(
    key: Display, clock: str, left: tuple[str, ...], right: tuple[str, ...], percent: str, color: Color
) -> WindowFrame:
    metrics = Metrics(*key)
    style = TextStyle(size=14.0, color=color, weight="medium")
    level = [View(text=percent, style=TextStyle(size=13.0, color=color, weight="medium"))] if percent else []
    root = View(
        layout="row",
        width=MATCH,
        height=MATCH,
        valign="center",
        padding=(24, 0, 24, 0),
        gap=4,
        children=[
            View(text=clock, style=style, margin=(0, 0, 6, 0)),
            *(_icon(name, color, 16.0) for name in left),
            View(weight=1.0),
            *(_icon(name, color) for name in right),
            *level,
        ],
    )
    metrics = Metrics(metrics.width, metrics.height, metrics.density, metrics.status_bar, metrics.nav_bar)
    return place(root, metrics, (0, 0, metrics.width, metrics.status_bar), title="StatusBar")


@lru_cache(maxsize=16)
def _pill(key: Display, color: Color) -> WindowFrame:
    metrics = Metrics(*key)
    pill = View(width=108, height=4, paint=Paint(fill=color, radius=2))
    root = View(width=MATCH, height=MATCH, halign="center", valign="center", children=[pill])
    area = (0, metrics.height - metrics.nav_bar, metrics.width, metrics.height)
    return place(root, metrics, area, title="NavigationBar0")


def clock_text(m: Machine) -> str:
    """The time as the status bar shows it: without AM and PM."""
    now = m.now()
    if m.setting("system", "time_12_24", "12") == "24":
        return f"{now.hour:02d}:{now.minute:02d}"
    return f"{now.hour % 12 or 12}:{now.minute:02d}"


def _right_icons(m: Machine) -> tuple[str, ...]:
    names = []
    if m.setting("global", "zen_mode", "0") != "0":
        names.append("do_not_disturb")
    if settings.wifi(m):
        names.append("wifi_full")
    names.append("airplane" if settings.airplane(m) else "signal")
    names.append("battery_charging" if m.state["battery"]["charging"] else "battery_full")
    return tuple(names)


def icons(m: Machine, metrics: Metrics, *, light: bool, pill_light: bool, full: bool) -> list[WindowFrame]:
    """The status icons (none on a full screen) and the gesture pill."""
    key = display(metrics)
    pill = _pill(key, _LIGHT if pill_light else _DARK)
    if full:
        return [pill]
    shows_level = m.setting("system", "status_bar_show_battery_percent") == "1"
    percent = f"{m.state['battery']['level']}%" if shows_level else ""
    apps = dict.fromkeys(note["app"] for note in m.state["notifications"])
    left = tuple(m.apps[name].manifest.icon for name in list(apps)[-_MOST_NOTES:] if name in m.apps)
    color = _LIGHT if light else _DARK
    return [_status(key, clock_text(m), left, _right_icons(m), percent, color), pill]
