"""Accounts: those of others, the user's own, and lists of them."""

from __future__ import annotations

from typing import Final

from simphone.apps.tiktok import catalog, look
from simphone.apps.tiktok.state import Creator, Video, saved
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, Msg, Paint, Picture, Scene, View
from simphone.widgets import nav
from simphone.widgets.box import FRAME, LINEAR, column, list_view, row, space
from simphone.widgets.image import icon
from simphone.widgets.text import text

_OTHER: Final = {"Videos": "grid", "Reposted videos": "repeat", "Liked videos": "heart"}
_OWN: Final = {"Videos": "grid", "Private videos": "lock", "Favorites": "bookmark", "Liked videos": "heart"}
_EMPTY: Final = {
    "Videos": ("No videos yet", "Videos that are posted appear here"),
    "Reposted videos": ("No reposts yet", "Reposted videos appear here"),
    "Private videos": ("Your private videos", "Only you can see what you keep private"),
    "Favorites": ("No favorites yet", "Videos that you add to Favorites appear here"),
    "Liked videos": ("No liked videos", "Videos that you like appear here"),
}


def show(ctx: Ctx, handle: str) -> None:
    """Open a profile; the user's own is the tab of the bottom bar. The page of whom one is looking at stays."""
    if handle == saved(ctx)["me"]:
        nav.reset(ctx, "me", tab="Videos")
        return
    top = nav.top(ctx)
    if not (top["name"] == "profile" and top["args"]["handle"] == handle):
        nav.push(ctx, "profile", handle=handle, tab="Videos")


def follow(ctx: Ctx, handle: str) -> None:
    """Follow at once."""
    if not catalog.follows(ctx, handle):
        saved(ctx)["following"].append(handle)


def unfollow(ctx: Ctx, handle: str) -> None:
    """Unfollow, from the sheet."""
    saved(ctx)["following"] = [each for each in saved(ctx)["following"] if each != handle]
    nav.close_all(ctx)


# --- pages ----------------------------------------------------------------------------------------------------------
def page(ctx: Ctx, entry: nav.Entry) -> Scene:
    """The profile of another account."""
    colors, who = look.theme(ctx), catalog.creator(ctx, entry["args"]["handle"])
    told = "Notifications on" if catalog.follows(ctx, who["handle"]) else "Follow this account first"
    bar = look.title_bar(
        ctx,
        who["name"],
        look.icon_view("notifications", "Notifications", ("say", told), colors.on_surface),
        look.icon_view("forward", "Share profile", nav.ask("share_profile", handle=who["handle"]), colors.on_surface),
    )
    buttons = row(
        look.follow_button(ctx, who, width=150, height=44),
        look.pill("Message", ("message", who["handle"]), colors.surface_high, colors.on_surface, width=150, height=44),
        in_tree=False,
        halign="center",
        gap=8,
        margin=(0, 16, 0, 0),
    )
    return look.page(
        ctx, bar, _body(ctx, entry, who, buttons, _OTHER, catalog.listed(ctx, entry)), activity=look.PROFILE
    )


def own(ctx: Ctx, entry: nav.Entry) -> Scene:
    """The user's own profile."""
    colors, who = look.theme(ctx), catalog.me(ctx)
    bar = row(
        look.icon_view("person_add", "Add friends", nav.go("accounts", kind="suggested"), colors.on_surface),
        space(weight=1.0),
        text(colors, who["name"], size=17, font="bold", max_lines=1),
        space(weight=1.0),
        look.icon_view("menu", "Profile menu", nav.ask("menu"), colors.on_surface),
        height=52,
        padding=(4, 0, 4, 0),
    )
    buttons = row(
        look.pill("Edit profile", nav.go("edit_profile", name=who["name"], bio=who["bio"]), colors.surface_high,
                  colors.on_surface, width=130, height=44),
        look.pill("Share profile", nav.ask("share_profile", handle=who["handle"]), colors.surface_high,
                  colors.on_surface, width=130, height=44),
        in_tree=False,
        halign="center",
        gap=8,
        margin=(0, 16, 0, 0),
    )  # fmt: skip
    body = _body(ctx, entry, who, buttons, _OWN, catalog.listed(ctx, entry))
    return look.page(ctx, bar, body, look.bottom_bar(ctx, "me"), activity=look.MAIN)


def _body(ctx: Ctx, entry: nav.Entry, who: Creator, buttons: View, tabs: dict[str, str], found: list[Video]) -> View:
    colors, tab = look.theme(ctx), str(entry["args"]["tab"])
    mine = who["handle"] == saved(ctx)["me"]
    head = column(
        look.face(who, 96, self_halign="center", desc="Profile photo", margin=(0, 8, 0, 10)),
        look.named(ctx, who, size=19, halign="center"),
        text(colors, f"@{who['handle']}", size=15, color=colors.on_surface_soft, align="center", margin=(0, 4, 0, 0),
             self_halign="center"),
        _counters(ctx, who, mine=mine),
        buttons,
        text(colors, who["bio"], size=15, align="center", width=MATCH, margin=(32, 14, 32, 0)) if who["bio"] else None,
        space(height=10),
        in_tree=False,
        halign="center",
    )  # fmt: skip
    strip = row(*(_tab(ctx, name, drawn, on=name == tab) for name, drawn in tabs.items()), cls=LINEAR, height=46)
    line = View(in_tree=False, width=MATCH, height=0.5, paint=Paint(fill=colors.divider))
    rows = look.tiles(found)
    return list_view(nav.key(entry, "body"), head, strip, line, *(rows or [_none(ctx, tab, mine=mine)]))


def _none(ctx: Ctx, tab: str, *, mine: bool) -> View:
    colors = look.theme(ctx)
    title, words = _EMPTY[tab]
    if tab == "Liked videos" and not mine:
        title, words = "This user's liked videos are private", "Videos liked by this user are currently hidden"
    return column(
        text(colors, title, size=17, font="bold", align="center", width=MATCH),
        text(colors, words, size=14, color=colors.on_surface_soft, align="center", width=MATCH),
        in_tree=False,
        gap=6,
        padding=(32, 56, 32, 56),
    )


def _counters(ctx: Ctx, who: Creator, *, mine: bool) -> View:
    private: Msg = ("say", "This user's lists are private")
    return row(
        _counter(ctx, who["following"], "Following", nav.go("accounts", kind="following") if mine else private),
        _counter(ctx, who["followers"], "Followers", nav.go("accounts", kind="followers") if mine else private),
        _counter(ctx, who["likes"], "Likes", nav.ask("likes", handle=who["handle"])),
        in_tree=False,
        halign="center",
        margin=(0, 16, 0, 0),
    )


def _counter(ctx: Ctx, number: int, label: str, on_tap: Msg) -> View:
    colors = look.theme(ctx)
    return column(
        text(colors, catalog.count(number), size=18, font="bold", align="center", width=MATCH),
        text(colors, label, size=14, color=colors.on_surface_soft, align="center", width=MATCH),
        cls=LINEAR,
        width=100,
        gap=2,
        on_tap=on_tap,
    )


def _tab(ctx: Ctx, name: str, drawn: str, *, on: bool) -> View:
    colors = look.theme(ctx)
    ink = colors.on_surface if on else colors.on_surface_soft
    mark = Paint(fill=colors.on_surface, radius=1) if on else None
    return View(
        cls=FRAME,
        desc=name,
        selected=on,
        on_tap=("nav.keep", "tab", name),
        layout="column",
        halign="center",
        width=0,
        weight=1.0,
        height=46,
        padding=(0, 11, 0, 0),
        children=[
            View(in_tree=False, width=22, height=22, picture=Picture("icon", drawn, ink, 22)),
            View(in_tree=False, width=36, height=2.5, paint=mark, margin=(0, 9, 0, 0)),
        ],
    )


# --- lists of accounts ----------------------------------------------------------------------------------------------
_LISTS: Final = {"following": "Following", "followers": "Followers", "suggested": "Add friends"}


def accounts(ctx: Ctx, entry: nav.Entry) -> Scene:
    """Whom the user follows, who follows the user, whom to follow."""
    data, kind = saved(ctx), entry["args"]["kind"]
    found = {
        "following": [catalog.creator(ctx, each) for each in data["following"]],
        "followers": [],
        "suggested": [each for each in data["creators"] if each["handle"] not in (data["me"], *data["following"])],
    }[kind]
    rows = [look.user_row(ctx, each) for each in found]
    empty = look.nothing(ctx, "No accounts yet", "Accounts appear here", icon_name="people")
    body = list_view(nav.key(entry, "list"), *rows) if rows else empty
    return look.page(ctx, look.title_bar(ctx, _LISTS[kind]), body, activity=look.MAIN)


def collection(ctx: Ctx, entry: nav.Entry) -> Scene:
    """The videos of a sound or a hashtag."""
    colors, kind, name = look.theme(ctx), entry["args"]["kind"], str(entry["args"]["name"])
    found = catalog.listed(ctx, entry)
    head = row(
        icon(colors, "music_note" if kind == "sound" else "tag", size=44, width=88, height=88, in_tree=False,
             color=colors.on_surface, paint=Paint(fill=colors.surface_high, radius=8)),
        column(
            text(colors, name, size=18, font="bold", max_lines=2),
            text(colors, "1 video" if len(found) == 1 else f"{len(found)} videos", size=14,
                 color=colors.on_surface_soft),
            in_tree=False, width=0, weight=1.0, gap=4,
        ),
        in_tree=False, gap=14, padding=(16, 8, 16, 16),
    )  # fmt: skip
    return look.page(
        ctx,
        look.title_bar(ctx, "Sound" if kind == "sound" else "Hashtag"),
        list_view(nav.key(entry, "grid"), head, *look.tiles(found)),
        activity=look.DETAIL,
    )


HANDLERS: Final[dict[str, nav.Handler]] = {"profile": show, "follow": follow, "unfollow": unfollow}
SCREENS: Final = {"profile": page, "me": own, "accounts": accounts, "collection": collection}
