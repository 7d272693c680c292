"""The player, and the list of what it plays."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from simphone.apps.pimusic import library, look, playback
from simphone.apps.pimusic.state import Song, saved
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, Color, Paint, Scene, Slide, TextStyle, View
from simphone.widgets import nav
from simphone.widgets.box import LINEAR, build, column, list_view, row, space
from simphone.widgets.buttons import icon_button
from simphone.widgets.controls import SEEK_BAR
from simphone.widgets.image import IMAGE_VIEW
from simphone.widgets.text import text

_SIDE: Final = 0.125
"""Share of the width on either side of the seek bar."""
_THUMB: Final = 16.0
_LEAST_COVER: Final = 96.0
"""A screen without room for a cover of this size, such as one that lies on its side, shows none."""
HINT: Final = "Swipe up for Now Playing list & Equalizer"


def page(ctx: Ctx, _entry: nav.Entry) -> Scene:
    """The player; an empty one when the last song was deleted."""
    song = playback.current(ctx)
    if song is None:
        return look.page(ctx, look.title_bar(ctx, "Now Playing"), look.nothing(ctx, "Sorry..No songs to show!"))
    metrics = ctx.system.metrics
    width, height = metrics.width / metrics.scale, metrics.height / metrics.scale
    edge = min(width - 80, height - 540)
    parts = column(
        _bar(ctx, song),
        space(weight=1.0),
        row(look.cover(song["cover"], edge), in_tree=False, halign="center") if edge >= _LEAST_COVER else None,
        space(weight=1.0),
        _names(song),
        _progress(ctx, song, width),
        _controls(ctx),
        _hint(),
        in_tree=False,
        height=MATCH,
        on_swipe={"up": ("nav.push", "queue"), "left": ("play.skip", 1), "right": ("play.back",)},
    )
    root = look.backdrop(song["cover"], parts, height=MATCH)
    scene = nav.page(look.ART, root)
    return replace(scene, status_bar=look.ART.background, nav_bar=look.ART.background, dark_icons=False)


def _bar(ctx: Ctx, song: Song) -> View:
    colors, loved = look.ART, song["id"] in saved(ctx)["favourites"]
    return row(
        icon_button(colors, "arrow_back", "Navigate up", ("nav.back",), color=colors.on_surface),
        text(
            colors,
            song["title"],
            size=17,
            font="medium",
            max_lines=1,
            selected=True,
            width=0,
            weight=1.0,
            margin=(8, 0, 8, 0),
            id="toolbar_title",
        ),
        look.action(colors, "playlist_add", "Add to Playlist", ("playlist.add", song["id"])),
        icon_button(
            colors,
            "heart_filled" if loved else "heart",
            "Remove from Favourites" if loved else "Add to Favourites",
            ("play.love", song["id"]),
            cls=IMAGE_VIEW,
            id="favourite",
            width=44,
            color="#ff5d73" if loved else colors.on_surface,
        ),
        look.action(colors, "more_vert", "More options", ("menu.song", song["id"], "player", "")),
        in_tree=False,
        height=56,
        padding=(4, 0, 4, 0),
    )


def _names(song: Song) -> View:
    colors = look.ART
    return column(
        text(colors, song["title"], size=22, font="medium", align="center", max_lines=1, id="songTitle"),
        text(
            colors, song["artist"], size=16, color=colors.on_surface_soft, align="center", max_lines=1, id="songArtist"
        ),
        text(colors, song["album"], size=14, color=colors.on_surface_soft, align="center", max_lines=1, id="songAlbum"),
        in_tree=False,
        halign="center",
        gap=4,
        padding=(24, 0, 24, 20),
    )


def _progress(ctx: Ctx, song: Song, width: float) -> View:
    """Elapsed time, bar, whole time. The track is as wide as the bar's bounds, so that a touch at a share of them is
    that share of the song."""
    elapsed, whole = saved(ctx)["player"]["position_ms"] // 1000, song["duration"]
    return row(
        _time(ctx, elapsed, width, "elapsed_time"),
        _seek_bar(elapsed / whole if whole else 0.0, width * (1 - 2 * _SIDE)),
        _time(ctx, whole, width, "total_time"),
        in_tree=False,
        height=48,
    )


def _time(ctx: Ctx, seconds: int, width: float, name: str) -> View:
    """A time beside the bar; larger type would not fit there, so it does not follow the font size."""
    size = 12 / max(1.0, ctx.system.metrics.font_scale)
    return text(look.ART, library.told(seconds), size=size, align="center", max_lines=1, width=width * _SIDE, id=name)


def _seek_bar(share: float, width: float) -> View:
    share = min(max(share, 0.0), 1.0)

    def line(length: float, color: Color) -> View:
        return View(in_tree=False, width=length, height=3, self_valign="center", paint=Paint(fill=color, radius=2))

    thumb = View(
        in_tree=False,
        width=_THUMB,
        height=_THUMB,
        self_valign="center",
        offset=(share * width - _THUMB / 2, 0),
        paint=Paint(fill=look.ACCENT, radius=_THUMB / 2),
    )
    return build(
        {},
        cls=SEEK_BAR,
        id="seekBar",
        focusable=True,
        width=width,
        height=40,
        slide=Slide(("play.seek",)),
        children=[line(width, "#ffffff4d"), line(share * width, look.ACCENT), thumb],
    )


def _controls(ctx: Ctx) -> View:
    colors, player = look.ART, saved(ctx)["player"]
    playing, repeat = player["playing"], player["repeat"]

    def mode(on: bool) -> Color:
        return look.ACCENT if on else colors.on_surface

    play = build(
        {},
        cls=IMAGE_VIEW,
        id="playPauseView",
        desc="Pause" if playing else "Play",
        on_tap=("play.toggle",),
        width=68,
        height=68,
        paint=Paint(fill=look.ACCENT, radius=34),
        picture=icon_button(colors, "pause" if playing else "play", "", None, size=34, color="#ffffff").picture,
    )
    return row(
        icon_button(
            colors,
            "shuffle",
            "Shuffle",
            ("play.mix",),
            cls=IMAGE_VIEW,
            id="shuffleImage",
            color=mode(player["shuffle"]),
        ),
        icon_button(
            colors,
            "skip_previous",
            "Previous",
            ("play.back",),
            cls=IMAGE_VIEW,
            id="previousImage",
            size=34,
            width=56,
            height=56,
            color=colors.on_surface,
        ),
        play,
        icon_button(
            colors,
            "skip_next",
            "Next",
            ("play.skip", 1),
            cls=IMAGE_VIEW,
            id="nextImage",
            size=34,
            width=56,
            height=56,
            color=colors.on_surface,
        ),
        icon_button(
            colors,
            "repeat_one" if repeat == "one" else "repeat",
            f"Repeat {repeat}",
            ("play.repeat",),
            cls=IMAGE_VIEW,
            id="repeatImage",
            color=mode(repeat != "off"),
        ),
        in_tree=False,
        height=92,
        gap=14,
        halign="center",
    )


def _hint() -> View:
    return text(
        look.ART,
        HINT,
        size=13,
        color=look.ART.on_surface_soft,
        align="center",
        width=MATCH,
        height=52,
        valign="center",
        max_lines=1,
        on_tap=("nav.push", "queue"),
        id="swipe_up_hint",
    )


# --- the queue ------------------------------------------------------------------------------------------------------
def queue(ctx: Ctx, entry: nav.Entry) -> Scene:
    """The songs to come, each to be chosen or taken out."""
    by_id = {song["id"]: song for song in saved(ctx)["songs"]}
    songs = [by_id[number] for number in saved(ctx)["player"]["queue"] if number in by_id]
    colors = look.on_bar(ctx)
    head = look.title_bar(
        ctx, "Now Playing list", look.action(colors, "equalizer", "Equalizer", ("nav.push", "equalizer"))
    )
    if not songs:
        return look.page(ctx, head, look.nothing(ctx, "Sorry..No songs to show!"))
    rows = [_queue_row(ctx, song) for song in songs]
    return look.page(ctx, head, list_view(nav.key(entry, "queue"), *rows, padding=(0, 8, 0, 8)))


def _queue_row(ctx: Ctx, song: Song) -> View:
    colors, number = look.theme(ctx), song["id"]
    loaded = saved(ctx)["player"]["song"] == number
    style = TextStyle(size=16, color=colors.primary if loaded else colors.on_surface, weight="medium", max_lines=1)
    return row(
        look.cover(song["cover"], 40),
        column(
            replace(text(colors, song["title"], id="title"), style=style),
            text(colors, song["artist"], size=13, color=colors.on_surface_soft, max_lines=1, id="artist"),
            in_tree=False,
            width=0,
            weight=1.0,
            gap=2,
        ),
        text(colors, library.told(song["duration"]), size=13, color=colors.on_surface_soft, id="duration"),
        icon_button(colors, "close", "Remove from list", ("play.drop", number), cls=IMAGE_VIEW, size=20, width=40),
        cls=LINEAR,
        id="queue_row",
        min_height=58,
        gap=14,
        padding=(16, 4, 6, 4),
        on_tap=("play.jump", number),
        paint=Paint(fill=colors.primary_soft) if loaded else None,
    )


def _back(ctx: Ctx) -> None:
    playback.skip(ctx, -1)


HANDLERS: Final[dict[str, nav.Handler]] = {
    "play.song": playback.play,
    "play.shuffle": playback.shuffle_all,
    "play.show": playback.show,
    "play.toggle": playback.toggle,
    "play.seek": playback.seek,
    "play.skip": playback.skip,
    "play.back": _back,
    "play.jump": playback.jump,
    "play.mix": playback.shuffle,
    "play.repeat": playback.repeat,
    "play.love": playback.favourite,
    "play.drop": playback.dequeue,
}
SCREENS: Final = {"player": page, "queue": queue}
