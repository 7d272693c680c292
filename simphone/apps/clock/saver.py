"""The screen saver: the time on black, until the screen is touched."""

from __future__ import annotations

from typing import Final

from simphone.apps.clock import look, times
from simphone.apps.clock.state import saved
from simphone.apps.clock.world_clock import TEXT_CLOCK, analog_clock
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, Paint, Scene, TextStyle, View, Window
from simphone.widgets import nav

ACTIVITY: Final = "com.android.deskclock.ScreensaverActivity"
_BRIGHT: Final = "#ffffff"
_DIM: Final = "#8a4b4b"
"""Of night mode: reddish and dark."""


def page(ctx: Ctx, _entry: nav.Entry) -> Scene:
    """The page; a touch anywhere ends it."""
    theme, now = look.theme(ctx), ctx.system.now()
    settings = saved(ctx)["settings"]
    ink = _DIM if settings["saver_night"] else _BRIGHT
    clock = (
        analog_clock(ctx, theme, now, 220, seconds=False, ink=ink)
        if settings["saver_style"] == "Analog"
        else look.clock(ctx, now.time(), size=72, color=ink, cls=TEXT_CLOCK, id="digital_clock")
    )
    date = View(
        cls="android.widget.TextView",
        id="date",
        text=times.date_text(now.date()),
        style=TextStyle(16, ink),
    )
    root = View(
        id="screensaver_container",
        layout="column",
        width=MATCH,
        height=MATCH,
        halign="center",
        valign="center",
        gap=12,
        on_tap=("nav.back",),
        paint=Paint(fill="#000000"),
        children=[clock, date],
    )
    window = Window(root=root, activity=ACTIVITY, background="#000000")
    return Scene([window], status_bar="#000000", nav_bar="#000000", fullscreen=True)
