"""Searching the library: songs, albums and artists whose name holds the words."""

from __future__ import annotations

from typing import Final, Literal

from simphone.apps.pimusic import library, look
from simphone.apps.pimusic.library import Group
from simphone.core.app import Ctx
from simphone.ui.view import Paint, Scene, View
from simphone.widgets import nav
from simphone.widgets.box import LINEAR, column, list_view, row
from simphone.widgets.buttons import icon_button
from simphone.widgets.fields import bare_field
from simphone.widgets.image import IMAGE_VIEW
from simphone.widgets.text import text


def start(ctx: Ctx) -> None:
    """The Search button."""
    nav.push(ctx, "search", words="")


def clear(ctx: Ctx) -> None:
    """Empty the field."""
    nav.args(ctx)["words"] = ""


def done(ctx: Ctx) -> None:
    """Enter: the results are there already, so only the keyboard goes."""
    ctx.system.hide_keyboard()


def page(ctx: Ctx, entry: nav.Entry) -> Scene:
    """Field and results."""
    words, ink = entry["args"]["words"], look.on_bar(ctx)
    field = bare_field(
        ink,
        nav.key(entry, "words"),
        words,
        nav.keep("words"),
        hint="Search Music Library...",
        autofocus=True,
        on_enter=("search.done",),
        id="search_src_text",
        width=0,
        weight=1.0,
        size=17,
    )
    head = row(
        icon_button(ink, "arrow_back", "Navigate up", ("nav.back",), color=ink.on_surface),
        field,
        icon_button(ink, "close", "Clear query", ("search.clear",), cls=IMAGE_VIEW, color=ink.on_surface) if words
        else None,
        cls=LINEAR,
        id="search_bar",
        height=56,
        padding=(4, 0, 4, 0),
        paint=Paint(fill=look.bar(ctx)),
    )  # fmt: skip
    return look.page(ctx, head, _results(ctx, entry, words))


def _results(ctx: Ctx, entry: nav.Entry, words: str) -> View:
    songs = library.found(ctx, words)
    albums, artists = library.found_groups(ctx, "album", words), library.found_groups(ctx, "artist", words)
    if not (songs or albums or artists):
        more = "Try searching for your favourite music…"
        return look.nothing(ctx, "No results found." if words.strip() else more, more if words.strip() else "")
    parts: list[View] = []
    if songs:
        parts += [_heading(ctx, f"TRACKS ({len(songs)})")]
        parts += [look.song_row(ctx, song, "search", words) for song in songs]
    if albums:
        parts += [_heading(ctx, f"ALBUMS ({len(albums)})"), *(_group(ctx, "album", each) for each in albums)]
    if artists:
        parts += [_heading(ctx, f"ARTISTS ({len(artists)})"), *(_group(ctx, "artist", each) for each in artists)]
    return list_view(nav.key(entry, "results"), *parts, padding=(0, 0, 0, 16))


def _heading(ctx: Ctx, words: str) -> View:
    colors = look.theme(ctx)
    return text(colors, words, size=13, font="bold", color=colors.primary, margin=(16, 18, 16, 6), id="header")


def _group(ctx: Ctx, kind: Literal["album", "artist"], group: Group) -> View:
    colors = look.theme(ctx)
    tracks = library.count(len(group.songs), "Track")
    fact = group.songs[0]["artist"] if kind == "album" else tracks
    return row(
        look.cover(group.songs[0]["cover"], 42, round_=kind == "artist"),
        column(
            text(colors, group.name, size=16, font="medium", max_lines=1, id="title"),
            text(colors, fact, size=13, color=colors.on_surface_soft, max_lines=1, id="fact"),
            in_tree=False,
            gap=2,
            width=0,
            weight=1.0,
        ),
        id=f"{kind}_row",
        min_height=58,
        gap=14,
        padding=(16, 4, 16, 4),
        on_tap=("nav.push", "collection", "kind", kind, "name", group.name),
    )


HANDLERS: Final[dict[str, nav.Handler]] = {"search.open": start, "search.clear": clear, "search.done": done}
SCREENS: Final = {"search": page}
