"""The notification shade with its quick settings, in two steps: `notifications`, and `quick` when pulled further."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from simphone.core.dates import short_date
from simphone.phone import settings, tasks
from simphone.phone.machine import Machine
from simphone.phone.systemui.place import place
from simphone.ui.frame import Metrics, WindowFrame
from simphone.ui.view import MATCH, Paint, Picture, Slide, TextStyle, View


class Tile(NamedTuple):
    """A quick settings tile: where its truth lies, and the values for off and on."""

    label: str
    icon: str
    namespace: str
    key: str
    off: str
    on: str


TILES: Final = (
    Tile("Internet", "wifi", "global", "wifi_on", "0", "1"),
    Tile("Bluetooth", "bluetooth", "global", "bluetooth_on", "0", "1"),
    Tile("Do Not Disturb", "do_not_disturb", "global", "zen_mode", "0", "1"),
    Tile("Flashlight", "flashlight", "secure", "flashlight_enabled", "0", "1"),
    Tile("Auto-rotate", "screen_rotation", "system", "accelerometer_rotation", "0", "1"),
    Tile("Battery Saver", "battery_saver", "global", "low_power", "0", "1"),
    Tile("Airplane mode", "airplane", "global", "airplane_mode_on", "0", "1"),
    Tile("Dark theme", "dark_mode", "secure", "ui_night_mode", "1", "2"),
)
_FEW: Final = 4
_BRIGHTEST: Final = 255


class _Look(NamedTuple):
    back: str
    card: str
    ink: str
    soft: str
    on: str
    on_ink: str


_LIGHT: Final = _Look("#f1f3f4", "#ffffff", "#1f1f1f", "#5f6368", "#c2e7ff", "#001d35")
_DARK: Final = _Look("#131314", "#2d2f31", "#e3e3e3", "#c4c7c5", "#a8c7fa", "#062e6f")


def backdrop(m: Machine) -> str:
    """The colour behind the shade (and recents)."""
    return (_DARK if m.dark else _LIGHT).back


def is_on(m: Machine, tile: Tile) -> bool:
    """Whether a tile is lit."""
    return settings.wifi(m) if tile.key == "wifi_on" else m.setting(tile.namespace, tile.key, tile.off) == tile.on


def _subtitle(tile: Tile, on: bool) -> str:
    if tile.label == "Internet":
        return "AndroidWifi" if on else "Off"
    return "On" if on else "Off"


def _tile(m: Machine, tile: Tile, look: _Look) -> View:
    on = is_on(m, tile)
    ink = look.on_ink if on else look.ink
    words = View(
        layout="column",
        weight=1.0,
        children=[
            View(cls="android.widget.TextView", id="tile_label", text=tile.label,
                 style=TextStyle(size=14, color=ink, weight="medium", max_lines=1)),
            View(cls="android.widget.TextView", id="app_label", text=_subtitle(tile, on),
                 style=TextStyle(size=12, color=ink, max_lines=1)),
        ],
    )  # fmt: skip
    return View(
        cls="android.widget.Switch",
        desc=tile.label,
        checkable=True,
        checked=on,
        on_tap=("tile", tile.label),
        layout="row",
        width=MATCH,
        height=72,
        valign="center",
        padding=(20, 0, 12, 0),
        gap=14,
        paint=Paint(fill=look.on if on else look.card, radius=36),
        children=[View(width=22, height=22, picture=Picture("icon", tile.icon, ink, 22)), words],
    )


def _brightness(m: Machine, look: _Look) -> View:
    level = min(1.0, max(0.0, m.number("system", "screen_brightness", 102) / _BRIGHTEST))
    fill = View(in_tree=False, width=MATCH, height=MATCH, layout="row", children=[
        View(weight=max(0.12, level), height=MATCH, paint=Paint(fill=look.on, radius=24),
             layout="row", valign="center", halign="end", padding=(0, 0, 12, 0),
             children=[View(width=22, height=22, picture=Picture("icon", "brightness", look.on_ink, 22))]),
        View(weight=max(0.001, 1.0 - max(0.12, level))),
    ])  # fmt: skip
    return View(
        cls="android.widget.SeekBar",
        id="slider",
        desc="Display brightness",
        slide=Slide(("brightness",)),
        width=MATCH,
        height=48,
        margin=(0, 0, 0, 16),
        paint=Paint(fill=look.card, radius=24),
        children=[fill],
    )


def _note(m: Machine, note: dict[str, str], look: _Look) -> View:
    app = m.apps[note["app"]].manifest
    title = TextStyle(size=14, color=look.ink, weight="medium", max_lines=1)
    soft = TextStyle(size=14, color=look.soft, max_lines=2)
    badge = View(
        width=36, height=36, paint=Paint(fill=app.icon_background, radius=18),
        picture=Picture("icon", app.icon, app.icon_color, 20),
    )  # fmt: skip
    small = TextStyle(size=12, color=look.soft)
    told = (("app_name_text", app.label, small), ("title", note["title"], title), ("text", note["text"], soft))
    words = View(layout="column", weight=1.0, gap=2, children=[
        View(cls="android.widget.TextView", id=f"android:id/{name}", text=text, style=style)
        for name, text, style in told if text
    ])  # fmt: skip
    key = (note["app"], note["key"])
    return View(
        layout="row", width=MATCH, gap=16, padding=(16, 14, 16, 14), paint=Paint(fill=look.card, radius=24),
        on_tap=("note_open", *key), on_swipe={"left": ("note_drop", *key), "right": ("note_drop", *key)},
        children=[badge, words],
    )  # fmt: skip


def _footer(m: Machine, look: _Look) -> View:
    round_button: Callable[[str, str, str], View] = lambda icon, desc, name: View(  # noqa: E731
        cls="android.widget.ImageButton", desc=desc, on_tap=(name,), width=40, height=40,
        paint=Paint(fill=look.card, radius=20), picture=Picture("icon", icon, look.ink, 22),
    )  # fmt: skip
    return View(layout="row", width=MATCH, valign="center", gap=12, padding=(0, 12, 0, 0), children=[
        View(weight=1.0, text=f"Android {m.state['device'].get('android', '')} (simulated)",
             style=TextStyle(size=12, color=look.soft)),
        round_button("settings", "Open settings.", "open_settings"),
        round_button("power", "Power menu", "nothing"),
    ])  # fmt: skip


def window(m: Machine, metrics: Metrics) -> WindowFrame | None:
    """The shade over the whole screen; None while it is closed."""
    state = m.state["system_ui"]["shade"]
    if state == "closed":
        return None
    look = _DARK if m.dark else _LIGHT
    date = View(
        cls="android.widget.TextView", id="date", text=short_date(m.now()),
        style=TextStyle(size=14, color=look.ink, weight="medium"), margin=(8, 4, 0, 12),
    )  # fmt: skip
    tiles = TILES if state == "quick" else TILES[:_FEW]
    grid = View(layout="grid", columns=2, width=MATCH, gap=8, children=[_tile(m, tile, look) for tile in tiles])
    parts = [date, *([_brightness(m, look)] if state == "quick" else []), grid]
    if state == "quick":
        parts.append(_footer(m, look))
    notes = list(reversed(m.state["notifications"]))
    if state == "notifications":
        parts += [_note(m, note, look) for note in notes if note["app"] in m.apps]
        label = "Clear all" if notes else "No notifications"
        parts.append(View(
            cls="android.widget.Button" if notes else "android.widget.TextView", text=label,
            on_tap=("notes_clear",) if notes else None, self_halign="end" if notes else "center",
            style=TextStyle(size=14, color=look.soft, weight="medium"), padding=(16, 12, 16, 12),
        ))  # fmt: skip
    root = View(
        id="notification_panel",
        layout="column",
        width=MATCH,
        height=MATCH,
        clickable=True,
        gap=8,
        padding=(16, metrics.status_bar / metrics.scale + 8, 16, 24),
        paint=Paint(fill=look.back),
        on_swipe={"up": ("shade_up",), "down": ("shade_down",)},
        children=parts,
    )
    return place(root, metrics, (0, 0, metrics.width, metrics.height), title="NotificationShade")


def pull(m: Machine) -> None:
    """Down from the top: notifications, and when these are there, quick settings."""
    state = m.state["system_ui"]
    state["shade"] = "notifications" if state["shade"] == "closed" else "quick"
    m.changed()


def close(m: Machine) -> None:
    """The shade goes."""
    m.state["system_ui"]["shade"] = "closed"
    m.changed()


def toggle(m: Machine, label: str) -> None:
    """A tap on a tile."""
    tile = next(each for each in TILES if each.label == label)
    settings.put(m, tile.namespace, tile.key, tile.off if is_on(m, tile) else tile.on)


def brightness(m: Machine, fraction: float) -> None:
    """The brightness slider: 1..255, as AOSP keeps it."""
    settings.put(m, "system", "screen_brightness_mode", "0")
    settings.put(m, "system", "screen_brightness", str(max(1, round(fraction * _BRIGHTEST))))


def drop(m: Machine, app: str, key: str) -> None:
    """Swipe a notification away."""
    notes = m.state["notifications"]
    m.state["notifications"] = [note for note in notes if (note["app"], note["key"]) != (app, key)]
    m.changed()


def open_note(m: Machine, app: str, key: str) -> None:
    """Tap a notification: it goes, and its app opens with the notification's data."""
    note = next(note for note in m.state["notifications"] if (note["app"], note["key"]) == (app, key))
    drop(m, app, key)
    tasks.open_note(m, app, note["data"])


def clear(m: Machine) -> None:
    """Clear all."""
    m.state["notifications"] = []
    close(m)
