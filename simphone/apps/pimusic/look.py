"""Pi Music Player's colours, and the parts that several of its pages share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from simphone.apps.pimusic import covers, library
from simphone.apps.pimusic.library import Kind, Name
from simphone.apps.pimusic.state import Song, saved, shown
from simphone.core.app import Ctx
from simphone.ui.view import DARK, LIGHT, MATCH, Color, Msg, Paint, Scene, Theme, View
from simphone.widgets import nav
from simphone.widgets.box import LINEAR, build, column, list_view, row, space
from simphone.widgets.buttons import icon_button
from simphone.widgets.fab import fab
from simphone.widgets.image import IMAGE_VIEW, icon, picture
from simphone.widgets.text import TEXT_VIEW, text

_LIGHT: Final = replace(
    LIGHT,
    background="#ffffff",
    surface="#ffffff",
    surface_high="#ffffff",
    on_surface="#20202c",
    on_surface_soft="#73738a",
    outline="#a9a9bb",
    primary="#5b3fd6",
    primary_soft="#e7e1ff",
    on_primary_soft="#3b2496",
    divider="#ececf3",
)
_DARK: Final = replace(
    DARK,
    background="#14131c",
    surface="#1d1b29",
    surface_high="#262437",
    on_surface="#eeedf6",
    on_surface_soft="#a19fb8",
    outline="#6d6a85",
    primary="#a893ff",
    on_primary="#21125e",
    primary_soft="#3a2f6e",
    on_primary_soft="#ddd5ff",
    divider="#2b293b",
)
_BAR: Final = {False: "#4a2fc0", True: "#221d3d"}
"""Dark mode -> fill of the bars at the top."""
ACCENT: Final = "#ff9f43"
"""What is selected on a coloured bar; the floating buttons."""
ROW: Final = 54.0
ART: Final = replace(
    DARK,
    on_surface="#ffffff",
    on_surface_soft="#d2d0e4",
    primary=ACCENT,
    primary_soft="#ffffff4d",
    background=covers.BACKGROUND,
)
"""The palette above a backdrop, in either mode."""
SNACKBAR_ABOVE: Final = 84.0


def theme(ctx: Ctx) -> Theme:
    """The palette in the phone's light or dark mode."""
    return _DARK if ctx.system.dark else _LIGHT


def bar(ctx: Ctx) -> Color:
    """The fill of the bars at the top."""
    return _BAR[ctx.system.dark]


def on_bar(ctx: Ctx) -> Theme:
    """The palette of what stands on those bars."""
    return replace(ART, background=bar(ctx), surface=bar(ctx))


def page(ctx: Ctx, head: View, *parts: View | None, above: View | None = None, art: str = "") -> Scene:
    """A page below a bar; `above` floats over it. With `art`, a cover, the head stands on that and reaches up behind
    the status bar in its colours."""
    colors = theme(ctx)
    body = column(head, *parts, in_tree=False, height=MATCH)
    children = [body] if above is None else [body, above]
    scene = nav.page(colors, View(in_tree=False, width=MATCH, height=MATCH, children=children))
    return replace(scene, status_bar=ART.background if art else bar(ctx), nav_bar=colors.background, dark_icons=False)


def title_bar(ctx: Ctx, title: str, *actions: View | None) -> View:
    """The bar of an ordinary page: back, title, actions."""
    colors = on_bar(ctx)
    return row(
        icon_button(colors, "arrow_back", "Navigate up", ("nav.back",), color=colors.on_surface),
        text(colors, title, size=20, font="medium", width=0, weight=1.0, margin=(8, 0, 8, 0), max_lines=1),
        *actions,
        cls=LINEAR,
        id="toolbar",
        height=56,
        padding=(4, 0, 4, 0),
        paint=Paint(fill=bar(ctx)),
    )


def action(colors: Theme, name: str, desc: str, on_tap: Msg) -> View:
    """An item of an action bar: a described TextView, whose name a long press tells."""
    return icon_button(
        colors, name, desc, on_tap, color=colors.on_surface, cls=TEXT_VIEW, on_long_press=("say", desc), width=44
    )


def options_button(colors: Theme, on_tap: Msg) -> View:
    """The three dots at the end of a row."""
    return icon_button(
        colors,
        "more_vert",
        "",
        on_tap,
        cls=IMAGE_VIEW,
        id="overflow_menu",
        size=22,
        width=44,
        height=44,
        color=colors.outline,
    )


def song_row(ctx: Ctx, song: Song, kind: Kind, name: Name) -> View:
    """A song of a list. While songs are marked a tap marks, otherwise it plays. The texts end left of where the
    floating button stands: what a tool takes to be covered by it would be lost."""
    colors, number = theme(ctx), song["id"]
    marked = number in shown(ctx)["selected"]
    loaded = saved(ctx)["player"]["song"] == number
    ink = colors.primary if loaded else colors.on_surface
    return row(
        icon(colors, "check_circle", color=colors.primary, margin=(0, 0, 12, 0), in_tree=False) if marked else None,
        column(
            text(colors, song["title"], size=16, color=ink, font="medium", max_lines=1, id="title"),
            text(colors, song["artist"], size=13, color=colors.on_surface_soft, max_lines=1, id="artist"),
            in_tree=False,
            width=0,
            weight=1.0,
            gap=2,
        ),
        text(
            colors,
            library.told(song["duration"]),
            size=13,
            color=colors.on_surface_soft,
            max_lines=1,
            id="duration",
            margin=(12, 0, 30, 0),
        ),
        options_button(colors, ("menu.song", number, kind, name)),
        id="song_row",
        min_height=ROW,
        padding=(16, 4, 6, 4),
        selected=marked,
        on_tap=("mark.toggle", number) if shown(ctx)["selected"] else ("play.song", kind, name, number),
        on_long_press=("mark.toggle", number),
        paint=Paint(fill=colors.primary_soft) if marked else None,
    )


def song_list(ctx: Ctx, scroller: str, kind: Kind, name: Name, *, room: float = 0.0) -> View:
    """The songs of a collection, or the app's words for none. `room` is left below the last."""
    songs = library.listing(ctx, kind, name)
    if not songs:
        return nothing(ctx, "Sorry..No songs to show!")
    return list_view(scroller, *(song_row(ctx, song, kind, name) for song in songs), padding=(0, 0, 0, room))


def nothing(ctx: Ctx, words: str, more: str = "") -> View:
    """An empty list."""
    colors = theme(ctx)
    return column(
        space(weight=1.0),
        icon(colors, "music_note", size=72, color=colors.divider, margin=(0, 0, 0, 16), in_tree=False),
        text(colors, words, size=16, color=colors.on_surface_soft, align="center", width=MATCH),
        text(colors, more, size=14, color=colors.on_surface_soft, align="center", width=MATCH, margin=(0, 8, 0, 0))
        if more
        else None,
        space(weight=1.6),
        in_tree=False,
        height=0,
        weight=1.0,
        halign="center",
        padding=(32, 0, 32, 0),
    )


def shuffle_fab(kind: Kind, name: Name) -> View:
    """The floating button of a list of songs."""
    return floating("shuffle", "Shuffle", ("play.shuffle", kind, name))


def floating(name: str, desc: str, on_tap: Msg) -> View:
    """A floating button at the bottom right."""
    return fab(
        LIGHT,
        name,
        desc,
        on_tap,
        round_=True,
        fill=ACCENT,
        color="#ffffff",
        margin=(0, 0, 16, 16),
        self_halign="end",
        self_valign="bottom",
    )


def cover(name: str, edge: float, *, round_: bool = False) -> View:
    """An album cover; round for artists."""
    art = picture(covers.COVER, name, width=edge, height=edge, id="album_art")
    return replace(art, paint=Paint(radius=edge / 2 if round_ else max(4.0, edge / 24)))


def collage(ctx: Ctx, songs: Sequence[Song], edge: float, *, round_: bool = False) -> View:
    """The picture of a group of songs: the cover of its first; a note where there is none."""
    if songs:
        return cover(songs[0]["cover"], edge, round_=round_)
    colors = theme(ctx)
    return icon(
        colors,
        "queue",
        size=edge * 0.5,
        width=edge,
        height=edge,
        color=colors.primary,
        paint=Paint(fill=colors.primary_soft, radius=6),
    )


def backdrop(name: str, *children: View, height: float) -> View:
    """Children over a blurred cover; paint only."""
    art = build({}, in_tree=False, width=MATCH, height=MATCH, picture=picture(covers.BACKDROP, name).picture)
    return View(in_tree=False, width=MATCH, height=height, children=[art, *children])
