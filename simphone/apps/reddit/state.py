"""What Reddit saves: who is signed in, communities and posts, and what the user did with them."""

from __future__ import annotations

from typing import TypedDict, cast

from simphone.core.app import Ctx, Json


class Community(TypedDict):
    """A community, by its name without `r/`."""

    members: int
    about: str


class Post(TypedDict):
    """A post. `age` is in minutes at the time the feeds were loaded; `picture` names a scene of `art`, or is empty."""

    title: str
    community: str
    author: str
    age: int
    votes: int
    comments: int
    body: str
    picture: str


class Comment(TypedDict):
    """A comment below a post; `age` in minutes."""

    author: str
    text: str
    votes: int
    age: int


class Notice(TypedDict):
    """What the inbox holds; `post` is the id of the post that it leads to."""

    title: str
    text: str
    age: int
    post: str


class Saved(TypedDict):
    """All saved data. Posts by id; those written on the phone are mine1, mine2, ..."""

    account: str
    communities: dict[str, Community]
    posts: dict[str, Post]
    feeds: dict[str, list[str]]
    """Feeds that the server fills: popular, news, watch -> ids. Home, Latest and All follow from the posts."""
    ranking: dict[str, list[str]]
    """How the server ranks found posts: relevance, hot -> ids; others follow by their votes."""
    comments: dict[str, list[Comment]]
    """By id of the post; those under the empty id stand below posts without own ones."""
    notices: list[Notice]
    joined: list[str]
    muted: list[str]
    votes: dict[str, int]
    """Post -> 1 or -1, as the user voted."""
    kept: list[str]
    hidden: list[str]
    searches: list[str]
    """The latest first."""


def fresh() -> dict[str, Json]:
    """Signed in, nothing loaded."""
    data: Saved = {
        "account": "quiet_otter_42", "communities": {}, "posts": {}, "feeds": {}, "ranking": {}, "comments": {},
        "notices": [], "joined": [], "muted": [], "votes": {}, "kept": [], "hidden": [], "searches": [],
    }  # fmt: skip
    return cast("dict[str, Json]", data)


def saved(ctx: Ctx) -> Saved:
    """The saved data."""
    return cast("Saved", ctx.data)
