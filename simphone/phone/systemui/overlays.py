"""What lies over an app for a while: toast, volume panel, text menu."""

from __future__ import annotations

from typing import Final

from simphone.phone import settings
from simphone.phone.machine import Machine
from simphone.phone.systemui.place import place
from simphone.ui.frame import Metrics, Rect, WindowFrame
from simphone.ui.view import MATCH, Paint, Picture, Slide, TextStyle, View

VOLUME_MS: Final = 3000
"""How long the volume panel stays."""


def toast(m: Machine, metrics: Metrics) -> WindowFrame | None:
    """The toast that is shown, above the keyboard and the navigation bar; it is not touchable."""
    shown = m.state["system_ui"]["toast"]
    if shown is None:
        return None
    dark = m.dark
    label = View(
        text=shown["text"],
        style=TextStyle(size=14.0, color="#e3e3e3" if dark else "#1f1f1f", max_lines=2, align="center"),
    )
    card = View(
        layout="row",
        halign="center",
        max_width=300,
        padding=(20, 12, 20, 12),
        paint=Paint(fill="#303134" if dark else "#f1f3f4", radius=24, elevation=4),
        children=[label],
    )
    root = View(width=MATCH, height=MATCH, halign="center", valign="bottom", padding=(24, 0, 24, 48), children=[card])
    area = (0, metrics.status_bar, metrics.width, metrics.height - metrics.nav_bar)
    return place(root, metrics, area, title="Toast")


def volume(m: Machine, metrics: Metrics) -> WindowFrame | None:
    """The volume panel: the slider of one stream at the right edge."""
    shown = m.state["system_ui"]["volume"]
    if shown is None:
        return None
    stream, most = shown["stream"], shown["most"]
    level = max(0, min(most, int(m.number("system", stream, 0))))
    fill = "#303134" if m.dark else "#f1f3f4"
    accent = "#a8c7fa" if m.dark else "#0b57d0"
    track = View(
        width=40,
        height=200,
        valign="bottom",
        clip=True,
        slide=Slide(("volume",), axis="y"),
        paint=Paint(fill="#44474680" if m.dark else "#d3e3fd", radius=20),
        children=[View(width=40, height=max(40.0, 200.0 * level / most), paint=Paint(fill=accent, radius=20))],
    )
    icon = View(width=40, height=40, picture=Picture("icon", "volume" if level else "volume_off", accent, 24))
    root = View(
        layout="column",
        halign="center",
        width=MATCH,
        height=MATCH,
        padding=(8, 12, 8, 8),
        gap=8,
        paint=Paint(fill=fill, radius=28, elevation=6),
        children=[track, icon],
    )
    px = metrics.px
    right, top = metrics.width - px(12), metrics.height // 2 - px(150)
    return place(root, metrics, (right - px(56), top, right, top + px(268)), title="VolumeDialog")


STREAMS: Final = {
    "volume_alarm_speaker": 7,
    "volume_music_speaker": 15,
    "volume_ring_speaker": 7,
    "volume_notification_speaker": 7,
    "volume_voice_earpiece": 5,
}
"""Highest level of each stream."""


def set_volume(m: Machine, fraction: float) -> None:
    """The slider of the volume panel; `fraction` from its top."""
    shown = m.state["system_ui"]["volume"]
    _level(m, shown["stream"], round((1.0 - fraction) * shown["most"]))


def step_volume(m: Machine, step: int, *, mute: bool = False) -> None:
    """The volume keys: media volume by a step."""
    stream = "volume_music_speaker"
    _level(m, stream, 0 if mute else int(m.number("system", stream, 0)) + step)


def _level(m: Machine, stream: str, level: int) -> None:
    most = STREAMS[stream]
    settings.put(m, "system", stream, str(max(0, min(level, most))))
    m.state["system_ui"]["volume"] = {"stream": stream, "most": most, "until": m.epoch_ms + VOLUME_MS}
    m.changed()


TEXT_ACTIONS: Final = ("Cut", "Copy", "Paste", "Select all")


def text_menu(m: Machine, metrics: Metrics, field: Rect) -> WindowFrame:
    """The floating toolbar above a text field (below it where there is no room), after a long press on it."""
    color = "#e3e3e3" if m.dark else "#1f1f1f"
    style = TextStyle(size=14.0, color=color, weight="medium")
    buttons = [
        View(text=name, style=style, desc=name, on_tap=("text_action", name), padding=(14, 14, 14, 14))
        for name in TEXT_ACTIONS
        if name != "Paste" or m.state["clipboard"]
    ]
    root = View(
        layout="row",
        width=MATCH,
        height=MATCH,
        halign="center",
        valign="center",
        paint=Paint(fill="#303134" if m.dark else "#ffffff", radius=24, elevation=6),
        children=buttons,
    )
    px = metrics.px
    wide = px(90.0 * len(buttons))
    above = field[1] - px(56)
    top = above if above >= metrics.status_bar else field[3] + px(8)
    left = (metrics.width - wide) // 2
    return place(root, metrics, (left, top, left + wide, top + px(48)), title="PopupWindow:floating")
