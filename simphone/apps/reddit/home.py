"""The feeds, the selector among them, the drawer, and the other places of the bar at the bottom."""

from __future__ import annotations

from typing import Final

from simphone.apps.reddit import cards, catalog, communities, look
from simphone.apps.reddit.state import saved
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, Paint, Scene, View, Window
from simphone.widgets import nav
from simphone.widgets.box import column, frame, list_view, row, space
from simphone.widgets.buttons import icon_button
from simphone.widgets.feedback import empty_state
from simphone.widgets.image import icon
from simphone.widgets.menus import bottom_sheet, drawer_item, navigation_drawer
from simphone.widgets.nav import DialogFn, Entry, Handler, ScreenFn, ask, go, key
from simphone.widgets.rows import list_row
from simphone.widgets.text import divider, text

_FEED_ICONS: Final = {
    "home": "home", "popular": "trending_up", "news": "book", "watch": "play_circle", "latest": "schedule",
}  # fmt: skip


def home(ctx: Ctx, entry: Entry) -> Scene:
    """A feed, by `args.feed`."""
    feed = str(entry["args"]["feed"])
    above = [_region(ctx)] if feed == "popular" else []
    posts = cards.post_list(ctx, key(entry, feed), catalog.feed_posts(saved(ctx), feed), *above)
    return look.page(ctx, _top_bar(ctx, feed), posts, look.bottom_bar(ctx, "home"))


def _top_bar(ctx: Ctx, feed: str) -> View:
    colors, name = look.theme(ctx), catalog.feed_name(feed)
    selector = row(
        text(
            colors, name, size=24 if feed == "popular" else 20, font="bold", desc=f"{name} feed", max_lines=1,
            color=look.ORANGE if feed == "home" else colors.on_surface, on_tap=ask("feeds"), height=48,
            valign="center", padding=(4, 0, 22, 0),
        ),
        icon(colors, "expand_more", size=20, in_tree=False, margin=(-20, 0, 0, 0)),
        in_tree=False, width=0, weight=1.0,
    )  # fmt: skip
    account = saved(ctx)["account"]
    face = frame(
        look.face(account), cls="android.widget.ImageButton", desc=f"{account} account", width=48, height=48,
        halign="center", valign="center", on_tap=ask("account"),
    )  # fmt: skip
    ink = colors.on_surface
    bar = row(
        icon_button(colors, "menu", "Open community drawer", ask("drawer"), color=ink), selector,
        icon_button(colors, "search", "Search", go("search", word=""), color=ink, id="feed_control_search_icon"), face,
        height=56, padding=(4, 0, 4, 0), cls=look.COMPOSE,
    )  # fmt: skip
    return column(bar, divider(colors), in_tree=False)


def _region(ctx: Ctx) -> View:
    """What Popular says above its posts."""
    colors = look.theme(ctx)
    return row(
        look.pill(colors, "Everywhere", ("offline", "Can't load other regions while offline"), desc="Region"),
        padding=(16, 10, 16, 6), in_tree=False,
    )  # fmt: skip


def feeds(ctx: Ctx, _entry: Entry) -> Window:
    """The selector, dropped down."""
    colors, shown = look.theme(ctx), str(nav.top(ctx)["args"].get("feed", ""))
    items = [
        row(
            icon(colors, _FEED_ICONS[feed], size=22, in_tree=False, color=colors.on_surface),
            text(
                colors, name, size=16, font="bold" if feed == shown else "regular", desc=f"{name} feed", width=0,
                weight=1.0,
            ),
            icon(colors, "check", size=20, in_tree=False, color=colors.on_surface) if feed == shown else None,
            cls=look.COMPOSE, on_tap=("feed", feed), selected=feed == shown, height=50, gap=14, padding=(16, 0, 16, 0),
        )
        for feed, name in catalog.FEEDS.items()
    ]  # fmt: skip
    box = column(
        *items, width=224, padding=(0, 8, 0, 8), cls=look.COMPOSE,
        paint=Paint(fill=colors.surface, radius=16, elevation=6),
    )  # fmt: skip
    return Window(root=box, kind="menu", anchor=(44, 102), dismiss=("nav.close",))


def drawer(ctx: Ctx, entry: Entry) -> Window:
    """Popular and All, then the communities one is in."""
    colors, data = look.theme(ctx), saved(ctx)
    return navigation_drawer(
        colors, key(entry, "list"),
        space(height=16),
        drawer_item(colors, "Popular", ("feed", "popular"), icon_name="trending_up"),
        drawer_item(colors, "All", ("feed", catalog.ALL), icon_name="bar_chart"),
        divider(colors, margin=(16, 8, 16, 8)),
        text(colors, "Your communities", size=14, font="bold", margin=(28, 8, 28, 8)),
        *(_drawer_row(ctx, name) for name in sorted(data["joined"], key=str.casefold)),
        drawer_item(colors, "Create a community", ("offline", "Can't do this while offline"), icon_name="add"),
        space(height=16),
    )  # fmt: skip


def _drawer_row(ctx: Ctx, name: str) -> View:
    colors = look.theme(ctx)
    return row(
        look.badge(name),
        text(colors, f"r/{name}", size=14, font="medium", max_lines=1, width=0, weight=1.0),
        cls=look.COMPOSE, on_tap=("community", name), height=48, gap=16, padding=(28, 0, 16, 0),
    )  # fmt: skip


def account(ctx: Ctx, _entry: Entry) -> Window:
    """Who is signed in, and what is theirs."""
    colors, data = look.theme(ctx), saved(ctx)
    head = column(
        look.face(data["account"], size=72),
        text(colors, f"u/{data['account']}", size=18, font="bold"),
        halign="center", gap=10, padding=(24, 8, 24, 12), in_tree=False,
    )  # fmt: skip
    offline = ("offline", "Can't load this while offline")
    rows = (
        ("person", "Profile", offline),
        ("bookmark", "Saved", go("kept")),
        ("history", "History", offline),
        ("settings", "Settings", offline),
    )
    return bottom_sheet(
        colors, head, divider(colors),
        *(
            list_row(colors, label, icon=icon(colors, sign), on_tap=("leave_sheet", *message))
            for sign, label, message in rows
        ),
        space(height=12),
    )  # fmt: skip


def kept(ctx: Ctx, entry: Entry) -> Scene:
    """Posts that were saved, the last one first."""
    data = saved(ctx)
    idents = [ident for ident in reversed(data["kept"]) if ident in data["posts"]]
    return look.page(
        ctx, communities.title_bar(ctx, "Saved"), cards.post_list(ctx, key(entry, "list"), idents),
    )  # fmt: skip


def chat(ctx: Ctx, _entry: Entry) -> Scene:
    """No conversations."""
    colors = look.theme(ctx)
    return look.page(
        ctx,
        communities.title_bar(ctx, "Chat", up=False),
        empty_state(colors, "Welcome to chat!", "Chats with other redditors show up here", icon_name="chat"),
        look.bottom_bar(ctx, "chat"),
    )


def inbox(ctx: Ctx, entry: Entry) -> Scene:
    """Notices."""
    colors, notices = look.theme(ctx), saved(ctx)["notices"]
    lines = [
        row(
            look.face(each["title"], size=36),
            column(
                text(colors, f"{each['title']} • {look.age(each['age'])}", size=14, font="medium", width=MATCH),
                text(colors, each["text"], size=13, color=colors.on_surface_soft, width=MATCH, max_lines=2),
                in_tree=False, width=0, weight=1.0, gap=3,
            ),
            cls=look.COMPOSE, on_tap=("post", each["post"]), gap=12, padding=(16, 12, 16, 12),
        )
        for each in notices
    ]  # fmt: skip
    body = (
        list_view(key(entry, "list"), *lines) if lines else empty_state(colors, "No notifications", icon_name="inbox")
    )
    return look.page(ctx, communities.title_bar(ctx, "Inbox", up=False), body, look.bottom_bar(ctx, "inbox"))


# --- messages -------------------------------------------------------------------------------------------------------
def pick_feed(ctx: Ctx, feed: str) -> None:
    """A feed of the selector or the drawer."""
    nav.close_all(ctx)
    nav.pop_to(ctx, "home")
    ctx.ui["snackbar"] = None
    nav.top(ctx)["args"]["feed"] = feed


def place(ctx: Ctx, name: str) -> None:
    """An entry of the bar at the bottom; back from any leads to the feed."""
    nav.close_all(ctx)
    here = nav.top(ctx)["name"]
    if here == name == "home":
        ctx.system.set_scroll(key(nav.top(ctx), str(nav.top(ctx)["args"]["feed"])), 0)
    elif here != name:
        if name != "create":
            nav.pop_to(ctx, "home")
        if name != "home":
            nav.push(ctx, name)


def leave_sheet(ctx: Ctx, name: str, *values: str) -> None:
    """A row of the account's sheet: close it, then do what the row says."""
    nav.close_all(ctx)
    if name == "offline":
        ctx.system.toast(values[0])
    else:
        nav.push(ctx, values[0])


SCREENS: Final[dict[str, ScreenFn]] = {"home": home, "chat": chat, "inbox": inbox, "kept": kept}
DIALOGS: Final[dict[str, DialogFn]] = {"feeds": feeds, "drawer": drawer, "account": account}
HANDLERS: Final[dict[str, Handler]] = {"feed": pick_feed, "place": place, "leave_sheet": leave_sheet}
