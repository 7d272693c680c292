"""Sleep sounds: their part of the Bedtime tab, and the page on which one is chosen."""

from __future__ import annotations

from typing import Final

from simphone.apps.clock import look
from simphone.apps.clock.frame import tab_page
from simphone.apps.clock.state import saved, shown
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, Msg, Paint, Scene, Theme, View
from simphone.widgets import nav
from simphone.widgets.box import GROUP, column, row, scroll_column
from simphone.widgets.buttons import icon_button
from simphone.widgets.image import icon
from simphone.widgets.text import text

SOUNDS: Final = (
    "Beach waves",
    "Deep space",
    "Distant thunder",
    "Ocean",
    "Rain",
    "River",
    "Summer night",
    "White noise",
    "Wind chimes",
)


def choose(ctx: Ctx, name: str) -> None:
    """A sleep sound: stored at once, and played."""
    saved(ctx)["bedtime"]["sound"] = name
    shown(ctx)["sleep_playing"] = True


def toggle(ctx: Ctx) -> None:
    """Play or pause the sleep sound."""
    shown(ctx)["sleep_playing"] = not shown(ctx)["sleep_playing"]


def summary(ctx: Ctx, theme: Theme) -> View:
    """The part of the Bedtime tab. Its containers carry no attributes: texts and button stand for themselves."""
    sound = saved(ctx)["bedtime"]["sound"]
    open_page = nav.go("sleep_sounds")
    return column(
        text(
            theme,
            "Sleep sounds",
            size=18,
            id="sleep_sounds_title",
            on_tap=open_page,
            width=MATCH,
            height=40,
            valign="center",
        ),
        row(
            text(
                theme,
                sound or "Choose a sound",
                size=16,
                color=theme.on_surface_soft,
                id="sleep_sound_name",
                on_tap=open_page,
                width=0,
                weight=1.0,
                height=48,
                valign="center",
            ),
            _play(ctx, theme, sound) if sound else None,
            in_tree=False,
        ),
        in_tree=False,
        padding=(20, 10, 12, 10),
        paint=Paint(fill=theme.surface, radius=26),
    )


def _play(ctx: Ctx, theme: Theme, sound: str) -> View:
    playing = shown(ctx)["sleep_playing"]
    return icon_button(
        theme,
        "pause" if playing else "play",
        f"{'Pause' if playing else 'Play'} sleep sound {sound}",
        ("sleep.toggle",),
        id="sleep_sound_play",
        color=theme.on_primary,
        width=64,
        paint=Paint(fill=theme.primary, radius=24),
    )


def page(ctx: Ctx, entry: nav.Entry) -> Scene:
    """The sounds to choose from, above the tabs; the chosen one can be paused here."""
    theme, chosen = look.theme(ctx), saved(ctx)["bedtime"]["sound"]
    rows = [_sound(theme, name, name == chosen) for name in SOUNDS]
    player = (
        row(
            text(theme, chosen, size=16, width=0, weight=1.0, id="sleep_sound_name"),
            _play(ctx, theme, chosen),
            in_tree=False,
            height=72,
            margin=(16, 8, 16, 12),
            padding=(20, 0, 12, 0),
            paint=Paint(fill=theme.surface, radius=26),
        )
        if chosen
        else None
    )
    listing = scroll_column(nav.key(entry, "sounds"), *rows, id="sleep_sounds_list", height=0)
    return tab_page(ctx, column(listing, player, in_tree=False, height=MATCH), title="Sleep sounds")


def _sound(theme: Theme, name: str, picked: bool) -> View:
    on_tap: Msg = ("sleep.choose", name)
    return row(
        icon(theme, "music_note", in_tree=False),
        text(theme, name, size=16, id="sound_name", width=0, weight=1.0),
        icon(theme, "check", color=theme.primary, desc="Selected", id="sound_image_selected") if picked else None,
        cls=GROUP,
        on_tap=on_tap,
        height=60,
        gap=16,
        padding=(24, 0, 24, 0),
    )
