"""What opens over a page: comments, share, more, unfollow, menus."""

from __future__ import annotations

from typing import Final

from simphone.apps.tiktok import catalog, look
from simphone.apps.tiktok.state import Comment, saved, shown
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, Msg, Paint, View, Window
from simphone.widgets import nav
from simphone.widgets.box import LINEAR, column, list_view, row, space
from simphone.widgets.dialogs import CLOSE, Action, alert_dialog
from simphone.widgets.fields import bare_field
from simphone.widgets.image import avatar, icon
from simphone.widgets.menus import bottom_sheet
from simphone.widgets.text import text


# --- messages -------------------------------------------------------------------------------------------------------
def like(ctx: Ctx, number: str, on: bool) -> None:
    """The heart."""
    _mark(saved(ctx)["liked"], number, on)


def love(ctx: Ctx, number: str) -> None:
    """A double tap likes, and never takes a like back. Its first half has paused the video, which goes on now."""
    like(ctx, number, on=True)
    shown(ctx)["player"]["paused"] = False


def favorite(ctx: Ctx, number: str) -> None:
    """The bookmark."""
    on = number not in saved(ctx)["favorites"]
    _mark(saved(ctx)["favorites"], number, on)
    ctx.system.toast("Added to Favorites" if on else "Removed from Favorites")


def _mark(kept: list[str], number: str, on: bool) -> None:
    if on and number not in kept:
        kept.append(number)
    elif not on and number in kept:
        kept.remove(number)


def say(ctx: Ctx, words: str) -> None:
    """A toast; what was open over the page goes."""
    nav.close_all(ctx)
    ctx.system.toast(words)


def post(ctx: Ctx) -> None:
    """Send the comment that was typed; an empty one is not sent."""
    args = nav.args(ctx)
    words = str(args.get("words", "")).strip()
    if not words:
        return
    mine: Comment = {"by": saved(ctx)["me"], "text": words, "likes": 0}
    saved(ctx)["comments"].setdefault(args["id"], []).insert(0, mine)
    args["words"] = ""
    ctx.system.hide_keyboard()


def open_page(ctx: Ctx, screen: str) -> None:
    """An entry of a sheet that opens a page."""
    nav.close_all(ctx)
    nav.push(ctx, screen)


# --- sheets ---------------------------------------------------------------------------------------------------------
def comments(ctx: Ctx, entry: nav.Entry) -> Window:
    """Comments on a video, and the field for one's own."""
    colors, number = look.theme(ctx), str(entry["args"]["id"])
    each = catalog.video(ctx, number)
    listed = saved(ctx)["comments"].get(number, [])
    own = sum(one["by"] == saved(ctx)["me"] for one in listed)
    total = catalog.count((each["comments"] if each else 0) + own)
    head = row(
        space(width=46),
        text(colors, f"{total} comments", size=15, font="bold", align="center", width=0, weight=1.0),
        look.icon_view("close", "Close", CLOSE, colors.on_surface, size=20),
        in_tree=False,
        padding=(4, 4, 4, 0),
    )
    body = list_view(nav.key(entry, "list"), *(_comment(ctx, one) for one in listed)) if listed else _quiet(ctx)
    listing = View(in_tree=False, layout="column", width=MATCH, height=380, children=[body])
    words = str(entry["args"].get("words", ""))
    field = bare_field(
        colors, nav.key(entry, "words"), words, nav.keep("words"), hint="Add comment…", on_enter=("post",), width=0,
        weight=1.0, size=15, min_height=40, padding=(14, 0, 14, 0), paint=Paint(fill=colors.surface_high, radius=20),
    )  # fmt: skip
    send = look.icon_view("send_filled", "Post comment", ("post",), look.RED) if words.strip() else None
    foot = row(
        look.face(catalog.me(ctx), 34, in_tree=False), field, send, in_tree=False, gap=10, padding=(14, 8, 14, 10)
    )
    return bottom_sheet(colors, head, listing, foot, handle=False, title="Comments")


def _quiet(ctx: Ctx) -> View:
    return look.nothing(ctx, "No comments yet", "Say something nice", icon_name="comment")


def _comment(ctx: Ctx, one: Comment) -> View:
    colors, who = look.theme(ctx), catalog.creator(ctx, one["by"])
    name = who["name"] if who["handle"] else one["by"]
    pictured = look.face(who, 36, in_tree=False) if who["handle"] else avatar(name, size=36, in_tree=False)
    return row(
        pictured,
        column(
            text(colors, name, size=13, color=colors.on_surface_soft, max_lines=1),
            text(colors, one["text"], size=15, width=MATCH),
            in_tree=False,
            width=0,
            weight=1.0,
            gap=2,
        ),
        icon(colors, "heart", size=16, in_tree=False),
        text(colors, catalog.count(one["likes"]), size=12, color=colors.on_surface_soft, width=36),
        cls=LINEAR,
        gap=10,
        padding=(14, 10, 8, 10),
    )


def _entry(ctx: Ctx, label: str, drawn: str, on_tap: Msg, *, color: str = "") -> View:
    colors = look.theme(ctx)
    return row(
        icon(colors, drawn, size=24, color=color or colors.on_surface, in_tree=False),
        text(colors, label, size=16, color=color or colors.on_surface, max_lines=1),
        cls=LINEAR,
        height=54,
        gap=16,
        padding=(20, 0, 20, 0),
        on_tap=on_tap,
    )


def _title(ctx: Ctx, words: str) -> View:
    return text(look.theme(ctx), words, size=16, font="bold", align="center", width=MATCH, margin=(0, 0, 0, 8))


def share(ctx: Ctx, entry: nav.Entry) -> Window:
    """Where to send a video, and what else to do with it."""
    return bottom_sheet(look.theme(ctx), _title(ctx, "Send to"), *_ways(ctx), *_more(ctx, entry), space(height=12))


def share_profile(ctx: Ctx, _opened: nav.Entry) -> Window:
    """Where to send a profile."""
    return bottom_sheet(look.theme(ctx), _title(ctx, "Share profile"), *_ways(ctx), space(height=12))


def _ways(ctx: Ctx) -> list[View]:
    return [
        _entry(ctx, "Copy link", "link", ("say", "Link copied")),
        _entry(ctx, "SMS", "message", ("say", "Unable to share. Try again later")),
        _entry(ctx, "Email", "mail", ("say", "Unable to share. Try again later")),
    ]


def more(ctx: Ctx, entry: nav.Entry) -> Window:
    """A long press on a video."""
    return bottom_sheet(look.theme(ctx), *_more(ctx, entry), space(height=12))


def _more(ctx: Ctx, entry: nav.Entry) -> list[View]:
    number = str(entry["args"]["id"])
    kept = number in saved(ctx)["favorites"]
    return [
        _entry(ctx, "Remove from Favorites" if kept else "Add to Favorites", "bookmark", ("keep", number)),
        _entry(ctx, "Save video", "download", ("say", "Couldn't save. This creator has turned off downloads")),
        _entry(ctx, "Not interested", "block", ("refuse",)),
        _entry(ctx, "Report", "flag", ("say", "Thanks for reporting")),
    ]


def keep(ctx: Ctx, number: str) -> None:
    """Add to Favorites, from a sheet."""
    nav.close_all(ctx)
    favorite(ctx, number)


def unfollow(ctx: Ctx, entry: nav.Entry) -> Window:
    """Asks before an account is given up."""
    who, colors = catalog.creator(ctx, entry["args"]["handle"]), look.theme(ctx)
    return bottom_sheet(
        colors,
        _title(ctx, who["name"]),
        _entry(ctx, "Unfollow", "person", ("unfollow", who["handle"]), color=look.RED),
        _entry(ctx, "Cancel", "close", CLOSE),
        space(height=12),
    )


def menu(ctx: Ctx, _opened: nav.Entry) -> Window:
    """The menu of the own profile."""
    return bottom_sheet(
        look.theme(ctx),
        _entry(ctx, "TikTok Studio", "chart", ("say", "TikTok Studio isn't available in your region")),
        _entry(ctx, "My QR code", "qr_code", ("say", "Couldn't load. Try again later")),
        _entry(ctx, "Settings and privacy", "settings", ("page", "settings")),
        space(height=12),
    )


def filters(ctx: Ctx, _opened: nav.Entry) -> Window:
    """The one order of results there is here."""
    return bottom_sheet(
        look.theme(ctx),
        _title(ctx, "Filters"),
        _entry(ctx, "Sort by: Relevance", "sort", CLOSE),
        _entry(ctx, "Date posted: All time", "today", CLOSE),
        space(height=12),
    )


def likes(ctx: Ctx, entry: nav.Entry) -> Window:
    """The counter Likes explains itself."""
    who = catalog.creator(ctx, entry["args"]["handle"])
    words = f"“{who['name']}” received a total of {catalog.count(who['likes'])} likes across all videos."
    return alert_dialog(look.theme(ctx), "", words, positive=Action("OK"))


HANDLERS: Final[dict[str, nav.Handler]] = {
    "like": like, "love": love, "favorite": favorite, "keep": keep, "say": say, "post": post, "page": open_page,
}  # fmt: skip
DIALOGS: Final = {
    "comments": comments, "share": share, "share_profile": share_profile, "more": more, "unfollow": unfollow,
    "menu": menu, "filters": filters, "likes": likes,
}  # fmt: skip
