"""Selection mode: songs marked by a long press, and the bar of what can be done with them."""

from __future__ import annotations

from typing import Final

from simphone.apps.pimusic import look, playback
from simphone.apps.pimusic.state import shown
from simphone.core.app import Ctx
from simphone.ui.view import Paint, View, Window
from simphone.widgets import nav
from simphone.widgets.box import row, space
from simphone.widgets.buttons import icon_button
from simphone.widgets.dialogs import Choice
from simphone.widgets.menus import popup_menu
from simphone.widgets.text import text


def toggle(ctx: Ctx, number: int) -> None:
    """Mark a song, or take the mark away."""
    marked = shown(ctx)["selected"]
    if number in marked:
        marked.remove(number)
    else:
        marked.append(number)


def clear(ctx: Ctx) -> None:
    """Leave selection mode."""
    shown(ctx)["selected"] = []


def take(ctx: Ctx) -> list[int]:
    """The marked songs; their marks go."""
    ids = list(shown(ctx)["selected"])
    clear(ctx)
    return ids


def play(ctx: Ctx) -> None:
    """Play what is marked."""
    ids = take(ctx)
    if ids:
        playback.start(ctx, ids, ids[0])
        playback.show(ctx)


def shuffle(ctx: Ctx) -> None:
    """Play what is marked, in mixed order."""
    nav.close(ctx)
    playback.shuffle_ids(ctx, take(ctx))


def enqueue(ctx: Ctx, following: bool) -> None:
    """Play Next, Add to Queue."""
    nav.close(ctx)
    ids = take(ctx)
    if ids:
        playback.enqueue(ctx, ids, following=following)


def bar(ctx: Ctx) -> View:
    """What stands in place of the top bar."""
    colors = look.on_bar(ctx)
    return row(
        icon_button(colors, "close", "Done", ("mark.clear",), color=colors.on_surface),
        text(
            colors,
            f"{len(shown(ctx)['selected'])} item(s) selected",
            size=17,
            font="medium",
            max_lines=1,
            margin=(4, 0, 0, 0),
            id="action_bar_title",
        ),
        space(weight=1.0),
        look.action(colors, "play", "Play", ("mark.play",)),
        look.action(colors, "playlist_add", "Add to Playlist", ("playlist.add",)),
        look.action(colors, "share", "Share", ("song.share",)),
        look.action(colors, "delete", "Delete", ("song.delete",)),
        look.action(colors, "more_vert", "More options", ("nav.open", "mark_menu")),
        id="action_mode_bar",
        height=56,
        padding=(0, 0, 0, 0),
        paint=Paint(fill=look.bar(ctx)),
    )


def menu(ctx: Ctx, _entry: nav.Entry) -> Window:
    """Its three dots."""
    choices = [
        Choice("Shuffle", ("mark.shuffle",)),
        Choice("Play Next", ("mark.queue", True)),
        Choice("Add to Queue", ("mark.queue", False)),
    ]
    return popup_menu(look.theme(ctx), choices)


HANDLERS: Final[dict[str, nav.Handler]] = {
    "mark.toggle": toggle,
    "mark.clear": clear,
    "mark.play": play,
    "mark.shuffle": shuffle,
    "mark.queue": enqueue,
}
DIALOGS: Final = {"mark_menu": menu}
