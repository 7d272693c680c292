"""What TikTok saves (`Ctx.data`) and remembers while it runs (`Ctx.ui`), with typed doors to both."""

from __future__ import annotations

from typing import Final, Literal, TypedDict, cast

from simphone.core.app import Ctx, Json
from simphone.widgets import nav

Feed = Literal["following", "for_you"]
SEARCHES_KEPT: Final = 10


class Creator(TypedDict):
    """An account. `likes` are those of all its videos; `look` names the scene of art.py on its avatar, `tint` its
    colours."""

    name: str
    handle: str
    followers: int
    following: int
    likes: int
    verified: bool
    bio: str
    look: str
    tint: int


class Video(TypedDict):
    """A video. `creator` is a handle, `scene` and `tint` tell art.py what to draw, `date` is ISO 8601."""

    id: str
    creator: str
    caption: str
    likes: int
    comments: int
    saves: int
    shares: int
    views: int
    sound: str
    date: str
    scene: str
    tint: int


class Comment(TypedDict):
    """A comment; `by` is a handle or any other name."""

    by: str
    text: str
    likes: int


class Notice(TypedDict):
    """Something that the inbox tells of."""

    title: str
    text: str
    date: str


class Data(TypedDict):
    """All that the app saves. `me` is the user's own handle, an empty one that of nobody; `for_you` are video ids;
    `chats` holds what the user wrote, by handle."""

    me: str
    creators: list[Creator]
    videos: list[Video]
    for_you: list[str]
    comments: dict[str, list[Comment]]
    following: list[str]
    liked: list[str]
    favorites: list[str]
    searches: list[str]
    may_like: list[str]
    notices: list[Notice]
    chats: dict[str, list[str]]


class Feeds(TypedDict):
    """Where the user is on the home screen: the feed, and the video of each (empty: its first)."""

    tab: Feed
    following: str
    for_you: str


class Player(TypedDict):
    """How the shown video is shown."""

    paused: bool
    expanded: bool


class Ui(TypedDict):
    """Beside the navigation of StackApp."""

    feed: Feeds
    player: Player


def saved(ctx: Ctx) -> Data:
    """The saved data, typed."""
    return cast(Data, ctx.data)


def shown(ctx: Ctx) -> Ui:
    """The UI state, typed."""
    return cast(Ui, ctx.ui)


def fresh_data() -> dict[str, Json]:
    """After installation: nobody, nothing."""
    data: Data = {
        "me": "",
        "creators": [],
        "videos": [],
        "for_you": [],
        "comments": {},
        "following": [],
        "liked": [],
        "favorites": [],
        "searches": [],
        "may_like": [],
        "notices": [],
        "chats": {},
    }
    return cast(dict[str, Json], data)


def fresh_ui() -> dict[str, Json]:
    """The For You feed, playing."""
    feed: Feeds = {"tab": "for_you", "following": "", "for_you": ""}
    return {**nav.start("home"), "feed": feed, "player": playing()}


def playing() -> Player:
    """A video that has just come up."""
    return {"paused": False, "expanded": False}
