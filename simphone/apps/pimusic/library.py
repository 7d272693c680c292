"""The library in order: songs sorted and grouped, and how lengths and counts are told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any, Final, Literal, NamedTuple

from simphone.apps.pimusic.state import Order, Playlist, Song, playlist, saved
from simphone.core.app import Ctx

Kind = Literal["tracks", "artist", "album", "genre", "folder", "playlist", "search"]
Name = str | int
"""Which collection of a kind: the name of an artist, album, genre or folder; of a playlist the id, or a key of
BUILT_IN; of a search the words."""

BUILT_IN: Final = {
    "recently_added": "Recently Added",
    "most_played": "Most Played",
    "recently_played": "Recently Played",
    "favourites": "Pi Favourites",
}
"""Playlists that the app keeps by itself."""
_SONG_KEYS: Final[dict[str, Callable[[Song], Any]]] = {
    "title": lambda song: song["title"].casefold(),
    "album": lambda song: song["album"].casefold(),
    "artist": lambda song: song["artist"].casefold(),
    "duration": lambda song: song["duration"],
}


class Group(NamedTuple):
    """An artist, an album, a genre or a folder, with its songs by title."""

    name: str
    songs: tuple[Song, ...]

    @property
    def albums(self) -> int:
        """How many albums the songs are from."""
        return len({song["album"] for song in self.songs})


def told(seconds: int) -> str:
    """A length or position: 5:31, from an hour on 1:21:03."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def count(number: int, noun: str) -> str:
    """1 Album, 2 Albums."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def folder_of(song: Song) -> str:
    """The directory of a song's file."""
    return song["path"].rpartition("/")[0]


# --- songs ----------------------------------------------------------------------------------------------------------
def by_title(songs: Iterable[Song]) -> list[Song]:
    """Case-insensitive, by code point: names in Latin letters first."""
    return sorted(songs, key=lambda song: (song["title"].casefold(), song["id"]))


def _sorted(songs: list[Song], order: Order) -> list[Song]:
    if order["key"] == "default":
        return songs
    ordered = sorted(by_title(songs), key=_SONG_KEYS[order["key"]])
    return ordered if order["ascending"] else ordered[::-1]


def _of_ids(ctx: Ctx, ids: Iterable[int]) -> list[Song]:
    known = {song["id"]: song for song in saved(ctx)["songs"]}
    return [known[number] for number in ids if number in known]


def _of_playlist(ctx: Ctx, name: Name) -> list[Song]:
    data = saved(ctx)
    if name == "recently_added":
        return sorted(by_title(data["songs"]), key=lambda song: -song["added"])
    if name == "most_played":
        played = [song for song in by_title(data["songs"]) if data["plays"].get(str(song["id"]))]
        return sorted(played, key=lambda song: -data["plays"][str(song["id"])])
    if name == "recently_played":
        return _of_ids(ctx, data["history"])
    if name == "favourites":
        return _of_ids(ctx, data["favourites"])
    own = playlist(ctx, int(name))
    return _of_ids(ctx, own["songs"] if own else ())


def members(ctx: Ctx, kind: Kind, name: Name) -> list[Song]:
    """The songs of a collection as it keeps them."""
    songs = saved(ctx)["songs"]
    if kind == "playlist":
        return _of_playlist(ctx, name)
    if kind == "tracks":
        return by_title(songs)
    if kind == "search":
        return found(ctx, str(name))
    if kind == "folder":
        return by_title(song for song in songs if folder_of(song) == name)
    return by_title(song for song in songs if song[kind] == name)


def listing(ctx: Ctx, kind: Kind, name: Name) -> list[Song]:
    """The songs of a collection in the order they are shown and played in."""
    order = saved(ctx)["sort"].get(kind)
    songs = members(ctx, kind, name)
    return _sorted(songs, order) if order else songs


def found(ctx: Ctx, words: str) -> list[Song]:
    """Songs whose title holds the words."""
    wanted = words.strip().casefold()
    return by_title(song for song in saved(ctx)["songs"] if wanted and wanted in song["title"].casefold())


# --- groups ---------------------------------------------------------------------------------------------------------
def groups(ctx: Ctx, kind: Literal["artist", "album", "genre", "folder"]) -> list[Group]:
    """All artists, albums, genres or folders, by name."""

    def key(song: Song) -> str:
        return folder_of(song) if kind == "folder" else song[kind]

    grouped = groupby(sorted(saved(ctx)["songs"], key=key), key=key)
    made = [Group(name, tuple(by_title(songs))) for name, songs in grouped]
    return sorted(made, key=lambda group: group.name.casefold())


def shown_groups(ctx: Ctx, kind: Literal["artist", "album", "genre", "folder"]) -> list[Group]:
    """The groups of a tab in its order."""
    order = saved(ctx)["sort"].get(f"{kind}s")
    made = groups(ctx, kind)
    if order is None:
        return made
    if order["key"] == "tracks":
        made.sort(key=lambda group: len(group.songs))
    elif order["key"] == "albums":
        made.sort(key=lambda group: group.albums)
    return made if order["ascending"] else made[::-1]


def found_groups(ctx: Ctx, kind: Literal["artist", "album"], words: str) -> list[Group]:
    """Artists or albums whose name holds the words."""
    wanted = words.strip().casefold()
    return [group for group in groups(ctx, kind) if wanted and wanted in group.name.casefold()]


# --- playlists ------------------------------------------------------------------------------------------------------
def own_playlists(ctx: Ctx) -> list[Playlist]:
    """The user's playlists in the order of the tab."""
    order = saved(ctx)["sort"]["playlists"]
    keys: dict[str, Callable[[Playlist], Any]] = {
        "name": lambda each: each["name"].casefold(),
        "added": lambda each: each["created"],
        "modified": lambda each: each["modified"],
    }
    ordered = sorted(saved(ctx)["playlists"], key=keys[order["key"]])
    return ordered if order["ascending"] else ordered[::-1]


def title_of(ctx: Ctx, kind: Kind, name: Name) -> str:
    """What stands above a collection."""
    if kind == "folder":
        return str(name).rpartition("/")[2]
    if kind != "playlist":
        return str(name)
    if name in BUILT_IN:
        return BUILT_IN[str(name)]
    own = playlist(ctx, int(name))
    return own["name"] if own else ""
