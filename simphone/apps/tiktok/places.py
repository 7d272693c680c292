"""The other places of the bottom bar, and the pages behind them: friends, inbox, create, chats, settings."""

from __future__ import annotations

from typing import Final

from simphone.apps.tiktok import catalog, look, player
from simphone.apps.tiktok.state import Notice, playing, saved, shown
from simphone.core.app import Ctx, Intent
from simphone.ui.view import MATCH, Msg, Paint, Scene, View, Window
from simphone.widgets import nav
from simphone.widgets.box import LINEAR, column, list_view, row, space
from simphone.widgets.dialogs import Action, alert_dialog
from simphone.widgets.fields import bare_field, labelled_field
from simphone.widgets.image import icon
from simphone.widgets.text import text

_NAME_MOST: Final = 30
_BIO_MOST: Final = 80


# --- messages -------------------------------------------------------------------------------------------------------
def place(ctx: Ctx, name: str) -> None:
    """An entry of the bottom bar. Home again, while there, brings the next videos."""
    if name == "home" and nav.top(ctx)["name"] == "home":
        player.step(ctx, 1)
    elif name == "me":
        nav.reset(ctx, "me", tab="Videos")
    else:
        nav.reset(ctx, name)
    shown(ctx)["player"] = playing()


def refuse(ctx: Ctx) -> None:
    """Not interested: on to the next video."""
    nav.close_all(ctx)
    player.step(ctx, 1)
    ctx.system.toast("We'll show you fewer videos like this")


def message(ctx: Ctx, handle: str) -> None:
    """Write to an account."""
    nav.push(ctx, "chat", handle=handle, words="")


def send(ctx: Ctx) -> None:
    """Send what was typed; nothing goes nowhere."""
    args = nav.args(ctx)
    words = str(args["words"]).strip()
    if words:
        saved(ctx)["chats"].setdefault(args["handle"], []).append(words)
        args["words"] = ""


def save_profile(ctx: Ctx) -> None:
    """Save name and bio; a name must be there."""
    args, own = nav.args(ctx), saved(ctx)["me"]
    name, bio = str(args["name"]).strip(), str(args["bio"]).strip()
    if not name or len(name) > _NAME_MOST or len(bio) > _BIO_MOST:
        wrong = f"Bio must be {_BIO_MOST} characters or less" if name and len(name) <= _NAME_MOST else ""
        ctx.system.toast(wrong or f"Name must be between 1 and {_NAME_MOST} characters")
        return
    for each in saved(ctx)["creators"]:
        if each["handle"] == own:
            each["name"], each["bio"] = name, bio
    nav.pop(ctx)


def permissions(ctx: Ctx) -> None:
    """Open the app's permissions in the phone's settings."""
    ctx.system.start(
        Intent(action="android.settings.APPLICATION_DETAILS_SETTINGS", data="package:com.zhiliaoapp.musically")
    )


# --- pages ----------------------------------------------------------------------------------------------------------
def friends(ctx: Ctx, _entry: nav.Entry) -> Scene:
    """Nobody follows back, so there is nothing but an invitation."""
    colors = look.theme(ctx)
    bar = row(
        look.icon_view("person_add", "Add friends", nav.go("accounts", kind="suggested"), colors.on_surface),
        text(colors, "Friends", size=17, font="bold", align="center", width=0, weight=1.0),
        look.icon_view("search", "Search", nav.go("search", words=""), colors.on_surface),
        height=52, padding=(4, 0, 4, 0),
    )  # fmt: skip
    empty = look.nothing(
        ctx, "See videos from your friends", "Videos from accounts that follow you back appear here", icon_name="people"
    )
    return look.page(ctx, bar, empty, look.bottom_bar(ctx, "friends"), activity=look.MAIN)


def inbox(ctx: Ctx, entry: nav.Entry) -> Scene:
    """Followers, activity, notices and chats."""
    colors, data = look.theme(ctx), saved(ctx)
    bar = row(
        look.icon_view("person_add", "Add friends", nav.go("accounts", kind="suggested"), colors.on_surface),
        text(colors, "Inbox", size=17, font="bold", align="center", width=0, weight=1.0),
        look.icon_view("search", "Search", nav.go("search", words=""), colors.on_surface),
        height=52, padding=(4, 0, 4, 0),
    )  # fmt: skip
    latest = data["notices"][0]["title"] if data["notices"] else "No new notifications"
    chats = [
        _line(ctx, look.face(catalog.creator(ctx, each), 52, in_tree=False), catalog.creator(ctx, each)["name"],
              lines[-1], ("message", each))
        for each, lines in data["chats"].items()
    ]  # fmt: skip
    body = list_view(
        nav.key(entry, "list"),
        _line(ctx, _badge("people", look.BLUE), "New followers", "New followers appear here",
              nav.go("accounts", kind="followers")),
        _line(ctx, _badge("heart_filled", look.RED), "Activity", "Likes, comments and mentions appear here",
              nav.go("notices", title="Activity")),
        _line(ctx, _badge("inbox", "#161823" if not colors.dark else "#4a4a4d"), "System notifications", latest,
              nav.go("notices", title="System notifications")),
        *chats,
    )  # fmt: skip
    return look.page(ctx, bar, body, look.bottom_bar(ctx, "inbox"), activity=look.MAIN)


def _badge(drawn: str, fill: str) -> View:
    return icon(look.NIGHT, drawn, size=26, color="#ffffff", width=52, height=52, paint=Paint(fill=fill, radius=26),
                in_tree=False)  # fmt: skip


def _line(ctx: Ctx, lead: View, title: str, words: str, on_tap: Msg) -> View:
    colors = look.theme(ctx)
    return row(
        lead,
        column(
            text(colors, title, size=16, font="bold", max_lines=1),
            text(colors, words, size=14, color=colors.on_surface_soft, max_lines=1),
            in_tree=False, width=0, weight=1.0, gap=3,
        ),
        icon(colors, "chevron_right", size=20, in_tree=False),
        cls=LINEAR, height=76, gap=14, padding=(16, 0, 12, 0), on_tap=on_tap,
    )  # fmt: skip


def notices(ctx: Ctx, entry: nav.Entry) -> Scene:
    """What the app tells the user of."""
    title = str(entry["args"]["title"])
    found = saved(ctx)["notices"] if title != "Activity" else []
    empty = look.nothing(ctx, "No notifications yet", "Notifications appear here", icon_name="notifications")
    body = list_view(nav.key(entry, "list"), *(_notice(ctx, each) for each in found)) if found else empty
    return look.page(ctx, look.title_bar(ctx, title), body, activity=look.MAIN)


def _notice(ctx: Ctx, each: Notice) -> View:
    colors = look.theme(ctx)
    return column(
        text(colors, each["title"], size=16, font="bold"),
        text(colors, each["text"], size=15, line_height=20, width=MATCH),
        text(colors, each["date"], size=13, color=colors.on_surface_soft),
        cls=LINEAR, gap=4, padding=(16, 14, 16, 14),
    )  # fmt: skip


def live(ctx: Ctx, _entry: nav.Entry) -> Scene:
    """Nobody is live."""
    empty = look.nothing(ctx, "No LIVE videos right now", "Check back later", icon_name="tv")
    return look.page(ctx, look.title_bar(ctx, "LIVE"), empty, activity=look.DETAIL)


def create(ctx: Ctx, _entry: nav.Entry) -> Scene:
    """Without the camera's permission there is only the way to give it."""
    colors = look.theme(ctx)
    button = look.pill("Open settings", ("permissions",), look.RED, "#ffffff", height=46, width=MATCH)
    return look.page(
        ctx,
        row(look.icon_view("close", "Close", ("nav.back",), colors.on_surface), in_tree=False, padding=(4, 4, 0, 0)),
        look.nothing(
            ctx, "Allow TikTok to access your camera and microphone",
            "This lets you take photos, record videos, or preview effects", icon_name="camera",
        ),
        row(button, in_tree=False, padding=(24, 0, 24, 32)),
        activity=look.MAIN,
    )  # fmt: skip


def chat(ctx: Ctx, entry: nav.Entry) -> Scene:
    """What the user wrote to an account."""
    colors, handle, words = look.theme(ctx), entry["args"]["handle"], str(entry["args"]["words"])
    who = catalog.creator(ctx, handle)
    said = [
        row(
            text(look.NIGHT, each, size=15, color="#ffffff", padding=(12, 9, 12, 9), max_width=270,
                 paint=Paint(fill="#12a5e0", radius=16)),
            in_tree=False, halign="end", padding=(60, 4, 14, 4),
        )
        for each in saved(ctx)["chats"].get(handle, [])
    ]  # fmt: skip
    field = bare_field(
        colors, nav.key(entry, "words"), words, nav.keep("words"), hint="Send a message…", on_enter=("send",), width=0,
        weight=1.0, size=15, min_height=42, padding=(16, 0, 16, 0), paint=Paint(fill=colors.surface_high, radius=21),
    )  # fmt: skip
    button = look.icon_view("send_filled", "Send", ("send",), look.RED) if words.strip() else None
    return look.page(
        ctx,
        look.title_bar(ctx, who["name"]),
        list_view(nav.key(entry, "said"), *said),
        row(field, button, in_tree=False, gap=8, padding=(14, 8, 14, 12)),
        activity=look.DETAIL,
    )


def edit_profile(ctx: Ctx, entry: nav.Entry) -> Scene:
    """Name and bio."""
    colors, args = look.theme(ctx), entry["args"]
    save = text(
        colors, "Save", size=16, font="bold", color=look.RED, on_tap=("save_profile",), height=48, width=62,
        valign="center", align="center",
    )  # fmt: skip
    return look.page(
        ctx,
        look.title_bar(ctx, "Edit profile", save),
        look.face(catalog.me(ctx), 96, self_halign="center", margin=(0, 12, 0, 20), desc="Change photo"),
        labelled_field(colors, "Name", nav.key(entry, "name"), str(args["name"]), nav.keep("name"),
                       margin=(16, 0, 16, 12)),
        labelled_field(colors, "Bio", nav.key(entry, "bio"), str(args["bio"]), nav.keep("bio"),
                       margin=(16, 0, 16, 0)),
        activity=look.MAIN,
    )  # fmt: skip


_SETTINGS: Final = (
    ("Account", (("Account", "person"), ("Privacy", "lock"), ("Security & permissions", "security"))),
    ("Content & display", (("Notifications", "notifications"), ("Content preferences", "tv"), ("Language", "globe"))),
    ("Support & about", (("Report a problem", "flag"), ("Terms and policies", "info"))),
)


def settings(ctx: Ctx, entry: nav.Entry) -> Scene:
    """Settings and privacy."""
    colors, rows = look.theme(ctx), []
    for head, entries in _SETTINGS:
        rows.append(text(colors, head, size=14, color=colors.on_surface_soft, margin=(20, 18, 20, 6)))
        rows += [_setting(ctx, label, drawn, nav.go("blank", title=label)) for label, drawn in entries]
    rows.append(text(colors, "Login", size=14, color=colors.on_surface_soft, margin=(20, 18, 20, 6)))
    rows.append(_setting(ctx, "Log out", "logout", nav.ask("logout")))
    body = list_view(nav.key(entry, "list"), *rows, space(height=24))
    return look.page(ctx, look.title_bar(ctx, "Settings and privacy"), body, activity=look.MAIN)


def _setting(ctx: Ctx, label: str, drawn: str, on_tap: Msg) -> View:
    colors = look.theme(ctx)
    return row(
        icon(colors, drawn, size=22, in_tree=False),
        text(colors, label, size=16, max_lines=1, width=0, weight=1.0),
        icon(colors, "chevron_right", size=18, in_tree=False),
        cls=LINEAR, height=52, gap=14, padding=(20, 0, 16, 0), on_tap=on_tap,
    )  # fmt: skip


def blank(ctx: Ctx, entry: nav.Entry) -> Scene:
    """A page of the settings, whose content has to come over the network."""
    empty = look.nothing(ctx, "No internet connection", "Connect to the internet and try again", icon_name="cloudy")
    return look.page(ctx, look.title_bar(ctx, str(entry["args"]["title"])), empty, activity=look.MAIN)


def logout(ctx: Ctx, _entry: nav.Entry) -> Window:
    """Logging out needs the network, too."""
    return alert_dialog(
        look.theme(ctx),
        "Are you sure you want to log out?",
        negative=Action("Cancel"),
        positive=Action("Log out", ("say", "No internet connection. Try again")),
    )


HANDLERS: Final[dict[str, nav.Handler]] = {
    "place": place, "refuse": refuse, "message": message, "send": send, "save_profile": save_profile,
    "permissions": permissions,
}  # fmt: skip
SCREENS: Final = {
    "friends": friends, "inbox": inbox, "notices": notices, "live": live, "create": create, "chat": chat,
    "edit_profile": edit_profile, "settings": settings, "blank": blank,
}  # fmt: skip
DIALOGS: Final = {"logout": logout}
