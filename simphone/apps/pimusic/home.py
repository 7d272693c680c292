"""The main screen, My Music: the bar with what is playing, six tabs, a list in each."""

from __future__ import annotations

from typing import Final, Literal

from simphone.apps.pimusic import library, look, marking, playback
from simphone.apps.pimusic.library import Group, Kind, Name
from simphone.apps.pimusic.state import TABS, Playlist, Song, Tab, saved, shown
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, WRAP, Msg, Paint, Scene, Scroll, TextStyle, View
from simphone.widgets import nav
from simphone.widgets.box import LINEAR, build, column, list_view, row, space
from simphone.widgets.buttons import icon_button
from simphone.widgets.image import IMAGE_VIEW
from simphone.widgets.text import text

_TAB_CLASS: Final = "androidx.appcompat.app.ActionBar$Tab"
_STRIP: Final = "home.tabs"
_GROUPS: Final[dict[Tab, Literal["artist", "album", "genre", "folder"]]] = {
    "folders": "folder", "albums": "album", "artists": "artist", "genres": "genre"
}  # fmt: skip
SORTED: Final = ("tracks", "playlists", "albums", "artists", "genres")
"""Tabs that have an order of their own."""


# --- messages -------------------------------------------------------------------------------------------------------
def show(ctx: Ctx, index: int) -> None:
    """Turn to a tab."""
    if 0 <= index < len(TABS):
        shown(ctx)["tab"] = TABS[index]
        shown(ctx)["selected"] = []
        ctx.system.scroll_to(_STRIP, f"tab:{max(0, index - 1)}")


def sort(ctx: Ctx) -> None:
    """The Sort button; folders have one order only."""
    if shown(ctx)["tab"] in SORTED:
        nav.open_dialog(ctx, "sort", list=shown(ctx)["tab"])
    else:
        ctx.system.toast("Sorting is not available for folders")


# --- the screen -----------------------------------------------------------------------------------------------------
def home(ctx: Ctx, _entry: nav.Entry) -> Scene:
    """My Music."""
    head = column(
        marking.bar(ctx) if shown(ctx)["selected"] else _top_bar(ctx),
        _now_playing(ctx),
        _tabs(ctx),
        in_tree=False,
        paint=Paint(fill=look.bar(ctx), elevation=3),
    )
    return look.page(ctx, head, _content(ctx), above=_button(ctx))


def _top_bar(ctx: Ctx) -> View:
    colors = look.on_bar(ctx)
    return row(
        icon_button(colors, "menu", "Open navigation drawer", ("nav.open", "drawer"), color=colors.on_surface),
        text(colors, "My Music", size=20, font="medium", margin=(12, 0, 0, 0), max_lines=1),
        space(weight=1.0),
        look.action(colors, "award", "Upgrade to PRO", ("nav.push", "pro")),
        look.action(colors, "sort", "Sort", ("home.sort",)),
        look.action(colors, "search", "Search", ("search.open",)),
        in_tree=False,
        height=56,
        padding=(4, 0, 4, 0),
    )


def _now_playing(ctx: Ctx) -> View | None:
    song, colors = playback.current(ctx), look.on_bar(ctx)
    if song is None:
        return None
    playing = saved(ctx)["player"]["playing"]
    return row(
        look.cover(song["cover"], 38),
        column(
            text(colors, song["title"], size=15, font="medium", max_lines=1, id="front_now_playing_title"),
            text(
                colors, song["album"], size=12, color=colors.on_surface_soft, max_lines=1, id="front_now_playing_album"
            ),
            in_tree=False,
            width=0,
            weight=1.0,
            gap=1,
        ),
        icon_button(
            colors,
            "pause" if playing else "play",
            "Pause" if playing else "Play",
            ("play.toggle",),
            cls=IMAGE_VIEW,
            id="front_now_playing_play_pause",
            size=28,
            color=colors.on_surface,
        ),
        id="front_now_playing_container",
        min_height=54,
        gap=12,
        padding=(16, 0, 8, 0),
        on_tap=("play.show",),
        paint=Paint(fill="#00000026"),
    )


def _tabs(ctx: Ctx) -> View:
    """The strip. Its labels are descriptions, drawn but without nodes of their own."""
    current = shown(ctx)["tab"]
    return build(
        {},
        cls="android.widget.HorizontalScrollView",
        layout="row",
        width=MATCH,
        height=44,
        scroll=Scroll(_STRIP, axis="x"),
        children=[_tab(ctx, at, tab == current) for at, tab in enumerate(TABS)],
    )


def _tab(ctx: Ctx, index: int, selected: bool) -> View:
    colors, label = look.on_bar(ctx), TABS[index].upper()
    style = TextStyle(
        size=14,
        color=colors.on_surface if selected else colors.on_surface_soft,
        weight="medium",
        align="center",
        max_lines=1,
    )
    mark = View(in_tree=False, width=MATCH, height=3, paint=Paint(fill=look.ACCENT) if selected else None)
    return column(
        View(in_tree=False, text=label, style=style, height=41, valign="center", padding=(12, 0, 12, 0)),
        mark,
        cls=_TAB_CLASS,
        desc=label,
        key=f"tab:{index}",
        selected=selected,
        on_tap=("home.tab", index),
        width=WRAP,
        height=MATCH,
        halign="center",
    )


def _button(ctx: Ctx) -> View | None:
    tab = shown(ctx)["tab"]
    if tab == "playlists":
        return look.floating("add", "Create New Playlist", ("playlist.new",))
    if tab == "tracks" and saved(ctx)["songs"] and not shown(ctx)["selected"]:
        return look.shuffle_fab("tracks", "")
    return None


def _content(ctx: Ctx) -> View:
    tab = shown(ctx)["tab"]
    if tab == "tracks":
        content = look.song_list(ctx, "home.tracks", "tracks", "", room=8)
    elif tab == "playlists":
        content = list_view("home.playlists", *_playlist_rows(ctx), padding=(0, 8, 0, 88))
    else:
        rows = [_group_row(ctx, _GROUPS[tab], group) for group in library.shown_groups(ctx, _GROUPS[tab])]
        content = (
            list_view(f"home.{tab}", *rows, padding=(0, 8, 0, 8)) if rows else look.nothing(ctx, "Nothing to show!")
        )
    at = TABS.index(tab)
    turned: dict[Literal["left", "right", "up", "down"], Msg] = {
        "left": ("home.tab", at + 1), "right": ("home.tab", at - 1)
    }  # fmt: skip
    return View(in_tree=False, width=MATCH, height=0, weight=1.0, layout="column", on_swipe=turned, children=[content])


# --- rows of collections --------------------------------------------------------------------------------------------
def _playlist_rows(ctx: Ctx) -> list[View]:
    built_in = [_playlist_row(ctx, key, name, None) for key, name in library.BUILT_IN.items()]
    own = [_playlist_row(ctx, each["id"], each["name"], each) for each in library.own_playlists(ctx)]
    return built_in + own


def _playlist_row(ctx: Ctx, name: Name, label: str, own: Playlist | None) -> View:
    songs = library.members(ctx, "playlist", name)
    menu: Msg = ("nav.open", "playlist_menu", "playlist", name)
    return _collection_row(ctx, "playlist", name, label, songs, menu=menu if own or songs else None)


def _group_row(ctx: Ctx, kind: Literal["artist", "album", "genre", "folder"], group: Group) -> View:
    tracks = library.count(len(group.songs), "Track")
    facts: tuple[str, ...]
    if kind == "album":
        facts = (group.songs[0]["artist"],)
    elif kind == "artist":
        facts = (library.count(group.albums, "Album"), tracks)
    elif kind == "folder":
        facts = (tracks, group.name)
    else:
        facts = (tracks,)
    label = library.title_of(ctx, kind, group.name)
    menu: Msg = ("nav.open", "group_menu", "kind", kind, "name", group.name)
    return _collection_row(ctx, kind, group.name, label, list(group.songs), *facts, menu=menu)


def _collection_row(
    ctx: Ctx, kind: Kind, name: Name, label: str, songs: list[Song], *facts: str, menu: Msg | None
) -> View:
    colors = look.theme(ctx)
    small = [
        text(colors, fact, size=13, color=colors.on_surface_soft, max_lines=1, id=f"fact{at}")
        for at, fact in enumerate(facts)
    ]
    return row(
        look.collage(ctx, songs, 46, round_=kind == "artist"),
        column(
            text(colors, label, size=16, font="medium", max_lines=1, id="title"),
            row(*small, in_tree=False, gap=14) if small else None,
            in_tree=False,
            width=0,
            weight=1.0,
            gap=2,
        ),
        look.options_button(colors, menu) if menu else None,
        cls=LINEAR,
        id=f"{kind}_row",
        min_height=64,
        gap=16,
        padding=(16, 4, 6, 4),
        on_tap=("nav.push", "collection", "kind", kind, "name", name),
        on_long_press=menu,
    )


HANDLERS: Final[dict[str, nav.Handler]] = {"home.tab": show, "home.sort": sort}
