"""The popup Sort By. A tap on any of its lines applies at once and closes it, so key and direction are two openings."""

from __future__ import annotations

from typing import Final

from simphone.apps.pimusic import look
from simphone.apps.pimusic.state import saved
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, Msg, Paint, Theme, View, Window
from simphone.widgets import controls, nav
from simphone.widgets.box import column, row, space
from simphone.widgets.dialogs import CLOSE
from simphone.widgets.text import text

_OF_SONGS: Final = (("default", "Default"), ("title", "Title"), ("duration", "Duration"))
KEYS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "tracks": (("title", "Title"), ("album", "Album"), ("artist", "Artist"), ("duration", "Duration")),
    "playlists": (("name", "Playlist Name"), ("added", "Date Added"), ("modified", "Date Modified")),
    "albums": (("album", "Album"), ("tracks", "No. of Tracks")),
    "artists": (("artist", "Artist"), ("albums", "No. of Albums"), ("tracks", "No. of Tracks")),
    "genres": (("genre", "Genre"), ("tracks", "No. of Tracks")),
    "artist": _OF_SONGS,
    "album": _OF_SONGS,
    "genre": _OF_SONGS,
    "folder": _OF_SONGS,
    "playlist": _OF_SONGS,
}
"""List -> what it can be sorted by, with the words of the popup. The lists of songs of one kind share their order."""


def by(ctx: Ctx, which: str, key: str) -> None:
    """Choose a key."""
    saved(ctx)["sort"][which]["key"] = key
    nav.close(ctx)


def turn(ctx: Ctx, which: str) -> None:
    """Ascending or not."""
    order = saved(ctx)["sort"][which]
    order["ascending"] = not order["ascending"]
    nav.close(ctx)


def popup(ctx: Ctx, entry: nav.Entry) -> Window:
    """The popup of a list."""
    colors, which = look.theme(ctx), entry["args"]["list"]
    order = saved(ctx)["sort"][which]
    lines = [
        _line(colors, label, controls.radio(colors, order["key"] == key), ("sort.by", which, key))
        for key, label in KEYS[which]
    ]
    last = _line(colors, "Ascending", controls.checkbox(colors, order["ascending"]), ("sort.turn", which))
    rule = View(in_tree=False, width=MATCH, height=1, margin=(0, 6, 0, 6), paint=Paint(fill=colors.divider))
    root = column(
        text(colors, "Sort By", size=18, font="medium", color=colors.primary, margin=(24, 18, 24, 10), id="sort_by"),
        *lines,
        rule,
        last,
        space(height=12),
        paint=Paint(fill=colors.surface_high, radius=12),
        clip=True,
    )
    return Window(root=root, kind="dialog", dismiss=CLOSE, title="Sort By")


def _line(colors: Theme, label: str, mark: View, on_tap: Msg) -> View:
    return row(
        text(colors, label, size=16, max_lines=1, width=0, weight=1.0),
        mark,
        on_tap=on_tap,
        height=50,
        padding=(24, 0, 16, 0),
    )


HANDLERS: Final[dict[str, nav.Handler]] = {"sort.by": by, "sort.turn": turn}
DIALOGS: Final = {"sort": popup}
