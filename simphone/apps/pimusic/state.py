"""What Pi Music Player saves (`Ctx.data`) and remembers while it runs (`Ctx.ui`), with typed doors to both."""

from __future__ import annotations

from typing import Final, Literal, TypedDict, cast

from simphone.core.app import Ctx, Json
from simphone.widgets import nav

Tab = Literal["tracks", "playlists", "folders", "albums", "artists", "genres"]
TABS: Final[tuple[Tab, ...]] = ("tracks", "playlists", "folders", "albums", "artists", "genres")
Repeat = Literal["off", "all", "one"]
REPEATS: Final[tuple[Repeat, ...]] = ("off", "all", "one")


class Song(TypedDict):
    """A media file. `duration` in seconds, `added` in ms since the epoch; `cover` names a drawing of covers.py."""

    id: int
    title: str
    artist: str
    album: str
    genre: str
    duration: int
    path: str
    added: int
    cover: str


class Playlist(TypedDict):
    """A playlist of the user's. `songs` are ids in playing order; `created` and `modified` in ms since the epoch."""

    id: int
    name: str
    songs: list[int]
    created: int
    modified: int


class Player(TypedDict):
    """What is loaded. `queue` is the playing order, `original` the order before shuffling. `position_ms` is true at
    `since` (epoch in ms), which is null until the clock is first seen to move."""

    song: int | None
    queue: list[int]
    original: list[int]
    position_ms: int
    playing: bool
    since: int | None
    shuffle: bool
    repeat: Repeat
    sleep_at: int | None


class Order(TypedDict):
    """How a list is sorted."""

    key: str
    ascending: bool


class Data(TypedDict):
    """All that the app saves. `history` holds the ids of played songs, the latest first; `plays` counts them."""

    songs: list[Song]
    playlists: list[Playlist]
    favourites: list[int]
    history: list[int]
    plays: dict[str, int]
    player: Player
    sort: dict[str, Order]
    equalizer: dict[str, Json]
    settings: dict[str, bool]


class Ui(TypedDict):
    """Beside the navigation of StackApp: the tab of the main screen, and the ids of marked songs."""

    tab: Tab
    selected: list[int]


def saved(ctx: Ctx) -> Data:
    """The saved data, typed."""
    return cast(Data, ctx.data)


def shown(ctx: Ctx) -> Ui:
    """The UI state, typed."""
    return cast(Ui, ctx.ui)


def fresh_data() -> dict[str, Json]:
    """After installation: no songs, the app's own orders."""
    own = ("artist", "album", "genre", "folder", "playlist")
    sort: dict[str, Order] = {
        "tracks": {"key": "title", "ascending": True},
        "playlists": {"key": "added", "ascending": True},
        "albums": {"key": "album", "ascending": True},
        "artists": {"key": "artist", "ascending": True},
        "genres": {"key": "genre", "ascending": True},
        **{kind: Order(key="default", ascending=False) for kind in own},
    }
    player: Player = {
        "song": None, "queue": [], "original": [], "position_ms": 0, "playing": False, "since": None,
        "shuffle": False, "repeat": "off", "sleep_at": None,
    }  # fmt: skip
    data: Data = {
        "songs": [],
        "playlists": [],
        "favourites": [],
        "history": [],
        "plays": {},
        "player": player,
        "sort": sort,
        "equalizer": {"on": False, "preset": "Normal"},
        "settings": {
            "pause_on_unplug": True,
            "keep_screen_on": False,
            "lock_screen_art": True,
            "fade": False,
            "ask_shortcut": True,
        },
    }
    return cast(dict[str, Json], data)


def fresh_ui() -> dict[str, Json]:
    """The TRACKS tab, nothing marked."""
    own: Ui = {"tab": "tracks", "selected": []}
    return {**nav.start("home"), **own}


def song(ctx: Ctx, number: int | None) -> Song | None:
    """The song of an id; None when it is gone."""
    return next((each for each in saved(ctx)["songs"] if each["id"] == number), None)


def playlist(ctx: Ctx, number: int) -> Playlist | None:
    """The user's playlist of an id; None when it is gone."""
    return next((each for each in saved(ctx)["playlists"] if each["id"] == number), None)
