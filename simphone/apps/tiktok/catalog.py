"""Who and what there is: look-ups, search, and how numbers are told."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from simphone.apps.tiktok.state import Creator, Video, saved
from simphone.core.app import Ctx
from simphone.widgets import nav

_STOP: Final = frozenset(
    {"a", "an", "the", "of", "in", "on", "at", "to", "and", "or", "for", "with", "by", "about", "vs", "is", "video",
     "videos"}
)  # fmt: skip
"""Words that say nothing of what is searched."""
NOBODY: Final[Creator] = {
    "name": "TikTok user", "handle": "", "followers": 0, "following": 0, "likes": 0, "verified": False, "bio": "",
    "look": "person", "tint": 0,
}  # fmt: skip


# --- look-ups -------------------------------------------------------------------------------------------------------
def creator(ctx: Ctx, handle: str) -> Creator:
    """The account of a handle; one without a name for an unknown handle."""
    return next((each for each in saved(ctx)["creators"] if each["handle"] == handle), NOBODY)


def me(ctx: Ctx) -> Creator:
    """The user's own account; it follows as many as `following` holds."""
    own = creator(ctx, saved(ctx)["me"])
    return {**own, "following": len(saved(ctx)["following"])}


def follows(ctx: Ctx, handle: str) -> bool:
    """Whether the user follows an account."""
    return handle in saved(ctx)["following"]


def video(ctx: Ctx, number: str) -> Video | None:
    """The video of an id."""
    return next((each for each in saved(ctx)["videos"] if each["id"] == number), None)


def videos(ctx: Ctx, numbers: Iterable[str]) -> list[Video]:
    """The videos of some ids, those that there are."""
    found = (video(ctx, number) for number in numbers)
    return [each for each in found if each is not None]


def posted(ctx: Ctx, *handles: str) -> list[Video]:
    """What some accounts posted, newest first."""
    mine = [each for each in saved(ctx)["videos"] if each["creator"] in handles]
    return sorted(mine, key=lambda each: each["date"], reverse=True)


def with_sound(ctx: Ctx, sound: str) -> list[Video]:
    """The videos of a sound, the most liked first."""
    return _popular(each for each in saved(ctx)["videos"] if each["sound"] == sound)


def with_tag(ctx: Ctx, tag: str) -> list[Video]:
    """The videos with a hashtag (`#iphone17`), the most liked first."""
    return _popular(each for each in saved(ctx)["videos"] if tag.casefold() in tags(each))


def tags(each: Video) -> list[str]:
    """The hashtags of a caption, in lower case."""
    return [tag.casefold() for tag in re.findall(r"#\w+", each["caption"])]


def listed(ctx: Ctx, entry: nav.Entry) -> list[Video]:
    """The videos that a page lists: results, the grid of a profile, a sound or a hashtag. Reposts, and what others
    like, are not shown."""
    data, args = saved(ctx), entry["args"]
    if entry["name"] == "results":
        return find_videos(ctx, args["query"])
    if entry["name"] == "collection":
        return with_sound(ctx, args["name"]) if args["kind"] == "sound" else with_tag(ctx, args["name"])
    handle = args.get("handle", data["me"])
    if args["tab"] == "Videos":
        return posted(ctx, handle)
    own = {"Favorites": data["favorites"], "Liked videos": data["liked"]} if handle == data["me"] else {}
    return videos(ctx, reversed(own.get(args["tab"], [])))


def _popular(found: Iterable[Video]) -> list[Video]:
    return sorted(found, key=lambda each: (-each["likes"], each["id"]))


# --- search ---------------------------------------------------------------------------------------------------------
def words(text: str) -> list[str]:
    """Words and numbers of a text, without accents and in lower case: "El Clásico!" -> el, clasico."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return re.findall(r"[^\W_]+", plain.casefold())


def _asked(query: str) -> list[str]:
    found = words(query)
    return [word for word in found if word not in _STOP] or found


def _hits(asked: list[str], text: str) -> int:
    """How many of the searched words begin a word of a text."""
    own = words(text)
    return sum(any(each.startswith(word) for each in own) for word in asked)


def find_users(ctx: Ctx, query: str) -> list[Creator]:
    """Accounts whose name, handle or else description answers, best first; the user's own is not offered."""
    asked, own = _asked(query), saved(ctx)["me"]
    scored = []
    for each in saved(ctx)["creators"]:
        named = max(_hits(asked, each["name"]), _hits(asked, each["handle"]))
        score = 2 * named or _hits(asked, each["bio"])
        if score and each["handle"] != own:
            scored.append((score, each))
    return [each for _, each in sorted(scored, key=lambda pair: (-pair[0], -pair[1]["followers"], pair[1]["handle"]))]


def find_videos(ctx: Ctx, query: str) -> list[Video]:
    """Videos whose caption, or else creator, answers, best first. A caption counts double."""
    asked = _asked(query)
    scored = []
    for each in saved(ctx)["videos"]:
        name = creator(ctx, each["creator"])["name"]
        score = sum(max(2 * _hits([word], each["caption"]), _hits([word], name)) for word in asked)
        if score:
            scored.append((score, each))
    return [each for _, each in sorted(scored, key=lambda pair: (-pair[0], -pair[1]["likes"], pair[1]["id"]))]


def find_sounds(ctx: Ctx, query: str) -> list[str]:
    """Names of sounds that answer."""
    asked = _asked(query)
    names = {each["sound"] for each in saved(ctx)["videos"]}
    return sorted((name for name in names if _hits(asked, name)), key=lambda name: (-_hits(asked, name), name))


def find_tags(ctx: Ctx, query: str) -> list[str]:
    """Hashtags that answer: those that begin with a searched word, or with all of them written together."""
    asked = _asked(query)
    joined = "".join(asked)
    known = {tag for each in saved(ctx)["videos"] for tag in tags(each)}
    return sorted(tag for tag in known if joined and (tag[1:].startswith(joined) or _hits(asked, tag)))


def suggestions(ctx: Ctx, typed: str) -> list[str]:
    """What the search page offers below what is typed: itself, then popular searches that go on from it."""
    start = " ".join(words(typed))
    if not start:
        return []
    known = [*saved(ctx)["may_like"], *(each["name"].casefold() for each in find_users(ctx, typed))]
    fitting = [each for each in known if any(part.startswith(start) for part in _tails(each))]
    return list(dict.fromkeys([typed.strip().casefold(), *fitting]))[:8]


def _tails(text: str) -> list[str]:
    parts = words(text)
    return [" ".join(parts[index:]) for index in range(len(parts))]


# --- numbers --------------------------------------------------------------------------------------------------------
def count(number: int) -> str:
    """A number as the app tells it: 987, 12.3K, 40.2M."""
    for size, letter in ((1_000_000_000, "B"), (1_000_000, "M"), (10_000, "K")):
        if number >= size:
            unit = 1000 if letter == "K" else size
            told = f"{number * 10 // unit / 10:.1f}".removesuffix(".0")
            return told + letter
    return str(number)
