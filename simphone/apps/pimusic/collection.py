"""The page of an artist, an album, a genre, a folder or a playlist: a head with its name, its songs."""

from __future__ import annotations

from typing import Final

from simphone.apps.pimusic import library, look, marking
from simphone.apps.pimusic.state import shown
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, Paint, Scene, View
from simphone.widgets import nav
from simphone.widgets.box import FRAME, build, column, row, space
from simphone.widgets.buttons import icon_button
from simphone.widgets.text import text

_HEAD: Final = 188.0


def page(ctx: Ctx, entry: nav.Entry) -> Scene:
    """The page."""
    kind, name = entry["args"]["kind"], entry["args"]["name"]
    songs = library.members(ctx, kind, name)
    marked = bool(shown(ctx)["selected"])
    head = marking.bar(ctx) if marked else _head(ctx, entry)
    listing = look.song_list(ctx, nav.key(entry, "songs"), kind, name, room=88)
    above = look.shuffle_fab(kind, name) if songs and not marked else None
    return look.page(ctx, head, listing, above=above, art="" if marked else "head")


def _head(ctx: Ctx, entry: nav.Entry) -> View:
    """The head; it alone carries the name as its description."""
    kind, name = entry["args"]["kind"], entry["args"]["name"]
    songs, colors = library.members(ctx, kind, name), look.ART
    title = library.title_of(ctx, kind, name)
    own = kind == "playlist" and name not in library.BUILT_IN
    buttons = row(
        icon_button(colors, "arrow_back", "Navigate up", ("nav.back",), color=colors.on_surface),
        space(weight=1.0),
        look.action(colors, "playlist_add", "Add Songs to Playlist", ("playlist.choose", name)) if own else None,
        look.action(colors, "sort", "Sort", ("nav.open", "sort", "list", kind)),
        look.action(colors, "more_vert", "More options", ("nav.open", "collection_menu", "kind", kind, "name", name)),
        in_tree=False,
        height=56,
        padding=(4, 0, 4, 0),
    )
    names = row(
        look.collage(ctx, songs, 92, round_=kind == "artist"),
        column(
            text(colors, title, size=22, font="medium", max_lines=2, id="title"),
            text(colors, f"{len(songs)} Track(s)", size=14, color=colors.on_surface_soft, max_lines=1, id="count"),
            in_tree=False,
            width=0,
            weight=1.0,
            gap=4,
        ),
        in_tree=False,
        height=_HEAD - 68,
        gap=18,
        padding=(20, 0, 20, 0),
    )
    parts = column(buttons, names, in_tree=False, height=MATCH)
    shade = (
        look.backdrop(songs[0]["cover"], height=_HEAD)
        if songs
        else View(in_tree=False, width=MATCH, height=MATCH, paint=Paint(fill=look.ART.background))
    )
    return build(
        {},
        cls=FRAME,
        id="collapsing_toolbar",
        desc=title,
        width=MATCH,
        height=_HEAD,
        clip=True,
        children=[shade, parts],
    )
