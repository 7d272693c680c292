"""A video that fills the screen: on the home screen, and opened from a list."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, cast

from simphone.apps.tiktok import art, catalog, look
from simphone.apps.tiktok.state import Creator, Feed, Video, playing, saved, shown
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, WRAP, Msg, Paint, Picture, Scene, TextStyle, View
from simphone.widgets import nav
from simphone.widgets.box import FRAME, column, frame, row, space
from simphone.widgets.buttons import BUTTON
from simphone.widgets.image import IMAGE_VIEW, icon
from simphone.widgets.text import TEXT_VIEW, text

_FEEDS: Final[dict[Feed, str]] = {"following": "Following", "for_you": "For You"}
_RAIL: Final = 60.0


# --- which video ----------------------------------------------------------------------------------------------------
def listing(ctx: Ctx) -> list[str]:
    """Ids of the videos that follow each other where the user is: the feed, or the list a video was opened from."""
    top = nav.top(ctx)
    if top["name"] == "video":
        return list(top["args"]["ids"])
    data = saved(ctx)
    if shown(ctx)["feed"]["tab"] == "for_you":
        return data["for_you"]
    return [each["id"] for each in catalog.posted(ctx, *data["following"])]


def current(ctx: Ctx) -> Video | None:
    """The video on the screen."""
    top = nav.top(ctx)
    if top["name"] == "video":
        return catalog.video(ctx, top["args"]["id"])
    feed, order = shown(ctx)["feed"], listing(ctx)
    stands = feed["for_you"] if feed["tab"] == "for_you" else feed["following"]
    return catalog.video(ctx, stands if stands in order else order[0]) if order else None


def open_video(ctx: Ctx, number: str) -> None:
    """A card: its video, and around it the others of the list that it stands in."""
    shown(ctx)["player"] = playing()
    nav.push(ctx, "video", id=number, ids=[each["id"] for each in catalog.listed(ctx, nav.top(ctx))])


def _show(ctx: Ctx, number: str) -> None:
    shown(ctx)["player"] = playing()
    top = nav.top(ctx)
    if top["name"] == "video":
        top["args"]["id"] = number
    elif shown(ctx)["feed"]["tab"] == "for_you":
        shown(ctx)["feed"]["for_you"] = number
    else:
        shown(ctx)["feed"]["following"] = number


def step(ctx: Ctx, by: int) -> None:
    """Swipe to the next video (1) or the one before (-1). Feeds begin anew behind their last; lists end there."""
    order, here = listing(ctx), current(ctx)
    if here is None:
        return
    place = order.index(here["id"]) + by
    if nav.top(ctx)["name"] == "home" and place == len(order):
        place = 0
    if 0 <= place < len(order):
        _show(ctx, order[place])


def pick_feed(ctx: Ctx, feed: str) -> None:
    """A tab of the home screen."""
    shown(ctx)["feed"]["tab"] = cast(Feed, feed)
    shown(ctx)["player"] = playing()


def pause(ctx: Ctx) -> None:
    """A tap on the picture."""
    player = shown(ctx)["player"]
    player["paused"] = not player["paused"]


def expand(ctx: Ctx) -> None:
    """A tap on the caption."""
    player = shown(ctx)["player"]
    player["expanded"] = not player["expanded"]


# --- pages ----------------------------------------------------------------------------------------------------------
def home(ctx: Ctx, _entry: nav.Entry) -> Scene:
    """The feeds."""
    each = current(ctx)
    top = _feed_bar(ctx)
    if each is None:
        words = "Follow accounts to see their latest videos here" if saved(ctx)["me"] else "No internet connection"
        empty = text(look.NIGHT, words, size=16, align="center", width=MATCH, self_valign="center", color="#ffffff")
        stage = column(top, frame(empty, width=MATCH, height=0, weight=1.0), in_tree=False, height=0, weight=1.0)
    else:
        stage = _stage(ctx, each, top)
    return _scene(stage, look.bottom_bar(ctx, "home"), activity=look.MAIN)


def detail(ctx: Ctx, entry: nav.Entry) -> Scene:
    """A video opened from a list."""
    each = catalog.video(ctx, entry["args"]["id"])
    bar = row(
        look.icon_view("arrow_back", "Back", ("nav.back",), "#ffffff"),
        row(
            icon(look.NIGHT, "search", size=18, color="#ffffffb3", in_tree=False),
            text(look.NIGHT, "Find related content", size=15, color="#ffffffb3", max_lines=1, width=0, weight=1.0),
            cls=FRAME,
            desc="Search",
            on_tap=nav.go("search", words=""),
            width=0,
            weight=1.0,
            height=36,
            gap=8,
            padding=(10, 0, 10, 0),
            margin=(0, 0, 16, 0),
            paint=Paint(fill="#ffffff2e", radius=4),
        ),
        in_tree=False,
        height=52,
        padding=(4, 0, 0, 0),
    )
    comment = row(
        text(look.NIGHT, "Add comment…", size=15, color="#ffffff99", width=0, weight=1.0, in_tree=False),
        icon(look.NIGHT, "emoji", size=22, color="#ffffffcc", in_tree=False),
        cls=TEXT_VIEW,
        desc="Add comment…",
        on_tap=nav.ask("comments", id=entry["args"]["id"]),
        height=look.BAR,
        padding=(16, 0, 16, 0),
        paint=Paint(fill="#000000"),
    )
    if each is None:
        stage = column(bar, look.nothing(ctx, "Video currently unavailable"), in_tree=False, height=0, weight=1.0)
        return _scene(stage, activity=look.DETAIL)
    return _scene(_stage(ctx, each, bar), comment, activity=look.DETAIL)


def _scene(*parts: View, activity: str) -> Scene:
    black = look.NIGHT.background
    scene = nav.page(look.NIGHT, column(*parts, in_tree=False, height=MATCH), background=black, activity=activity)
    return replace(scene, status_bar=black, nav_bar=black, dark_icons=False)


def _feed_bar(ctx: Ctx) -> View:
    picked = shown(ctx)["feed"]["tab"]
    return row(
        look.icon_view("tv", "LIVE", nav.go("live"), "#ffffff", size=24),
        space(weight=1.0),
        *(_feed_tab(feed, label, on=feed == picked) for feed, label in _FEEDS.items()),
        space(weight=1.0),
        look.icon_view("search", "Search", nav.go("search", words=""), "#ffffff"),
        in_tree=False,
        height=52,
        padding=(6, 0, 6, 0),
    )


def _feed_tab(feed: Feed, label: str, *, on: bool) -> View:
    ink = "#ffffff" if on else "#ffffffa6"
    style = TextStyle(size=17, color=ink, weight="bold" if on else "medium", align="center", max_lines=1)
    caption = View(in_tree=False, text=label, style=style, margin=(0, 12, 0, 0))
    mark = Paint(fill="#ffffff", radius=1.5) if on else None
    line = View(in_tree=False, width=26, height=3, paint=mark, margin=(0, 5, 0, 0))
    return View(
        cls=TEXT_VIEW, text=label, selected=on, on_tap=("feed", feed), layout="column", halign="center", height=48,
        padding=(10, 0, 10, 0), children=[caption, line],
    )  # fmt: skip


def _stage(ctx: Ctx, each: Video, top: View) -> View:
    """The picture, and what lies on it: all children of the picture, since nodes must not overlap their siblings."""
    who, player = catalog.creator(ctx, each["creator"]), shown(ctx)["player"]
    paused = Picture("icon", "play", "#ffffffb3", 76)
    lower = row(
        _about(each, who, expanded=player["expanded"]),
        _rail(ctx, each, who),
        in_tree=False,
        valign="bottom",
        padding=(12, 0, 6, 10),
    )
    middle = View(in_tree=False, width=MATCH, height=0, weight=1.0, picture=paused if player["paused"] else None)
    return View(
        cls="android.view.View",
        desc=each["caption"],
        on_tap=("pause",),
        on_double_tap=("love", each["id"]),
        on_long_press=nav.ask("more", id=each["id"]),
        on_swipe={"up": ("step", 1), "down": ("step", -1), "left": ("profile", who["handle"])},
        layout="column",
        width=MATCH,
        height=0,
        weight=1.0,
        picture=Picture("image", art.FRAME, size=0.0, args=(each["scene"], each["tint"])),
        children=[top, middle, lower],
    )


def _about(each: Video, who: Creator, *, expanded: bool) -> View:
    return column(
        row(
            text(
                look.NIGHT, who["name"], size=17, font="bold", color="#ffffff", max_lines=1,
                on_tap=("profile", who["handle"]),
            ),
            icon(look.NIGHT, "check_circle", size=15, color=look.BLUE, in_tree=False) if who["verified"] else None,
            text(look.NIGHT, _day(each["date"]), size=14, color="#ffffffb3"),
            in_tree=False,
            gap=6,
        ),
        text(
            look.NIGHT, each["caption"], size=15, line_height=20, color="#ffffff", max_lines=0 if expanded else 2,
            width=MATCH, on_tap=("expand",),
        ),
        row(
            icon(look.NIGHT, "music_note", size=14, color="#ffffff", in_tree=False),
            text(look.NIGHT, each["sound"], size=14, color="#ffffff", max_lines=1, width=0, weight=1.0),
            in_tree=False,
            gap=6,
        ),
        in_tree=False,
        width=0,
        weight=1.0,
        gap=7,
        margin=(0, 0, 8, 4),
    )  # fmt: skip


def _day(date: str) -> str:
    """An ISO date as shown behind a name: 8-15, or with its year when that is not this one."""
    year, month, day = date.split("-")
    return f"· {int(month)}-{int(day)}" if year == "2025" else f"· {year}-{int(month)}-{int(day)}"


def _rail(ctx: Ctx, each: Video, who: Creator) -> View:
    data, number = saved(ctx), each["id"]
    liked, kept = number in data["liked"], number in data["favorites"]
    likes = catalog.count(each["likes"] + liked)
    comments = catalog.count(each["comments"] + written(ctx, number))
    saves, shares = catalog.count(each["saves"] + kept), catalog.count(each["shares"])
    verb = "Video liked" if liked else "Like video"
    favourite = "Add or remove this video from Favorites."
    disc = View(
        cls=BUTTON, desc=f"Sound: {each['sound']}", on_tap=("nav.push", "collection", "kind", "sound", "name",
        each["sound"]), width=44, height=44, halign="center", valign="center",
        paint=Paint(fill="#2b2b2b", radius=22), children=[look.face(who, 26, in_tree=False)],
    )  # fmt: skip
    return column(
        *_poster(ctx, who),
        _act("heart_filled", likes, f"{verb}. {likes} likes", ("like", number, not liked),
             look.RED if liked else "#ffffff"),
        _act("comment_filled", comments, f"Read or add comments. {comments} comments", nav.ask("comments", id=number)),
        _act("bookmark_filled", saves, favourite, ("favorite", number), "#face15" if kept else "#ffffff"),
        _act("forward", shares, f"Share video. {shares} shares", nav.ask("share", id=number)),
        disc,
        in_tree=False,
        width=_RAIL,
        halign="center",
        gap=10,
    )  # fmt: skip


def written(ctx: Ctx, number: str) -> int:
    """How many comments on a video are the user's."""
    return sum(each["by"] == saved(ctx)["me"] for each in saved(ctx)["comments"].get(number, []))


def _poster(ctx: Ctx, who: Creator) -> list[View]:
    """Avatar and, below its edge, the plus. The avatar's node ends where that of the plus begins."""
    ring = View(
        in_tree=False, width=50, height=50, halign="center", valign="center", paint=Paint(fill="#ffffff", radius=25),
        children=[look.face(who, 47, in_tree=False)],
    )  # fmt: skip
    stranger = who["handle"] not in (saved(ctx)["me"], *saved(ctx)["following"])
    poster = View(
        cls=IMAGE_VIEW, desc=f"{who['name']} profile", on_tap=("profile", who["handle"]), width=50,
        height=39 if stranger else 50, children=[ring],
    )  # fmt: skip
    if not stranger:
        return [poster]
    plus = View(
        cls=BUTTON, desc=f"Follow {who['name']}", on_tap=("follow", who["handle"]), width=24, height=24,
        paint=Paint(fill=look.RED, radius=12), picture=Picture("icon", "add", "#ffffff", 17),
        margin=(0, -10, 0, 0),
    )  # fmt: skip
    return [poster, plus]


def _act(name: str, told: str, desc: str, on_tap: Msg, color: str = "#ffffff") -> View:
    return View(
        cls=BUTTON,
        desc=desc,
        on_tap=on_tap,
        layout="column",
        halign="center",
        width=_RAIL - 8,
        height=WRAP,
        gap=3,
        children=[
            View(in_tree=False, width=34, height=34, picture=Picture("icon", name, color, 34)),
            View(in_tree=False, text=told, width=MATCH,
                 style=TextStyle(size=12.5, color="#ffffff", weight="medium", align="center", max_lines=1)),
        ],
    )  # fmt: skip


HANDLERS: Final[dict[str, nav.Handler]] = {
    "step": step, "feed": pick_feed, "pause": pause, "expand": expand, "video": open_video,
}  # fmt: skip
SCREENS: Final = {"home": home, "video": detail}
