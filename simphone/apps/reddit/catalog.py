"""Which posts and communities a feed, a search or a page shows, and in which order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from simphone.apps.reddit.state import Post, Saved

FEEDS: Final = {"home": "Home", "popular": "Popular", "news": "News", "watch": "Watch", "latest": "Latest"}
"""The feeds of the selector -> their names."""
ALL: Final = "all"
"""A further feed, in the drawer only."""
SORTS: Final = {"relevance": "Most relevant", "hot": "Hot", "top": "Top", "new": "New", "comments": "Comment count"}
TIMES: Final = {
    "all": "All time", "year": "Past year", "month": "Past month", "week": "Past week", "day": "Today",
    "hour": "Past hour",
}  # fmt: skip
UNTIMED: Final = ("new", "hot")
"""Orders for which no time can be chosen."""
_HOUR: Final = 60
_DAY: Final = 24 * _HOUR
_WITHIN: Final = {"year": 365 * _DAY, "month": 31 * _DAY, "week": 7 * _DAY, "day": _DAY, "hour": _HOUR}
"""Minutes back to which each time range reaches, that age itself left out."""
_FEED_AGE: Final = 7 * _DAY
_DECAY: Final = 12 * _HOUR
_TELLING: Final = 4
"""Letters from which on a word alone finds a community."""


def feed_name(feed: str) -> str:
    """What a feed is called."""
    return FEEDS.get(feed, "All")


def feed_posts(data: Saved, feed: str) -> list[str]:
    """Ids of the posts of a feed."""
    posts = data["posts"]
    if feed in data["feeds"]:
        found = list(data["feeds"][feed])
    else:
        found = [
            ident
            for ident, post in posts.items()
            if post["age"] < _FEED_AGE and (feed == ALL or post["community"] in data["joined"])
        ]
        found.sort(key=lambda ident: posts[ident]["age"] if feed == "latest" else -_heat(posts[ident]))
    return [ident for ident in _shown(data, found) if posts[ident]["community"] not in data["muted"]]


def community_posts(data: Saved, name: str, sort: str) -> list[str]:
    """Ids of the posts of a community."""
    return ordered(data, _shown(data, (i for i, post in data["posts"].items() if post["community"] == name)), sort)


def find_posts(data: Saved, query: str, sort: str, time: str) -> list[str]:
    """Ids of the posts whose title or community has every word of the query, young enough for the time range."""
    words = _words(query)
    found = [
        ident
        for ident, post in data["posts"].items()
        if post["age"] < _WITHIN.get(time, post["age"] + 1)
        and all(word in f"{post['title']} r/{post['community']}".casefold() for word in words)
    ]
    return ordered(data, _shown(data, found), sort)


def find_communities(data: Saved, query: str) -> list[str]:
    """Communities whose name or description has every word of the query, or else those that have any of them; the
    same name first, then by members."""
    words = _words(query)
    exact = "".join(words).removeprefix("r/")

    def rank(name: str) -> tuple[bool, bool, int]:
        folded = name.casefold()
        return folded != exact, exact not in folded, -data["communities"][name]["members"]

    about = {name: f"r/{name} {each['about']}".casefold() for name, each in data["communities"].items()}
    found = [name for name, said in about.items() if all(word in said for word in words)]
    long = [word for word in words if len(word) >= _TELLING]
    return sorted(found or (name for name in about if any(word in name.casefold() for word in long)), key=rank)


def ordered(data: Saved, idents: Iterable[str], sort: str) -> list[str]:
    """Ids in one of the orders of SORTS."""
    posts, ranked = data["posts"], data["ranking"].get(sort, [])

    def rank(ident: str) -> tuple[float, float, str]:
        post = posts[ident]
        if sort == "new":
            return post["age"], 0, ident
        if sort == "comments":
            return -post["comments"], -post["votes"], ident
        if sort == "top":
            return -post["votes"], post["age"], ident
        place = ranked.index(ident) if ident in ranked else len(ranked)
        return place, -_heat(post) if sort == "hot" else -post["votes"], ident

    return sorted(idents, key=rank)


def score(data: Saved, ident: str) -> int:
    """The votes of a post, the user's own included."""
    return data["posts"][ident]["votes"] + data["votes"].get(ident, 0)


def _heat(post: Post) -> float:
    return post["votes"] / (1 + post["age"] / _DECAY) ** 2


def _shown(data: Saved, idents: Iterable[str]) -> list[str]:
    return [ident for ident in idents if ident in data["posts"] and ident not in data["hidden"]]


def _words(query: str) -> list[str]:
    return query.casefold().replace('"', " ").split()
