"""Settings: general ones, those of the account, and what each of them may be."""

from __future__ import annotations

from typing import Final, NamedTuple

from simphone.apps.gmail import look
from simphone.apps.gmail.state import saved
from simphone.core.app import Ctx, Intent
from simphone.ui.view import Msg, Scene, Theme, View, Window
from simphone.widgets import nav
from simphone.widgets.bars import app_bar
from simphone.widgets.box import list_view
from simphone.widgets.dialogs import Action, Choice, choice_dialog, text_dialog
from simphone.widgets.menus import popup_menu
from simphone.widgets.nav import DialogFn, Entry, Handler, ScreenFn, ask, go, keep, key
from simphone.widgets.rows import check_row, list_row
from simphone.widgets.text import section_header


class Setting(NamedTuple):
    """A row of a settings page: with choices it asks, without them it is a check box."""

    name: str
    title: str
    summary: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    shows_choice: bool = True


_SWIPES: Final = (
    ("archive", "Archive"), ("trash", "Delete"), ("read", "Mark as read/unread"), ("none", "None"),
)  # fmt: skip
GENERAL: Final = (
    Setting("theme", "Theme", choices=(("light", "Light"), ("dark", "Dark"), ("system", "System default"))),
    Setting("notification_action", "Default notification action",
            choices=(("archive", "Archive"), ("trash", "Delete"))),
    Setting("conversation_view", "Conversation view",
            "Group emails in the same conversation for IMAP, POP3 and Exchange accounts"),
    Setting("density", "Conversation list density",
            choices=(("default", "Default"), ("comfortable", "Comfortable"), ("compact", "Compact"))),
    Setting("swipe_right", "Right swipe", choices=_SWIPES),
    Setting("swipe_left", "Left swipe", choices=_SWIPES),
    Setting("reply_action", "Default reply action", choices=(("reply", "Reply"), ("reply_all", "Reply all"))),
    Setting("auto_fit", "Auto-fit messages", "Shrink messages to fit the screen"),
    Setting("auto_advance", "Auto-advance", "Show newer, older or the conversation list after you archive or delete",
            (("newer", "Newer"), ("older", "Older"), ("list", "Conversation list")), shows_choice=False),
    Setting("web_links", "Open web links in Gmail", "Turn on for faster browsing"),
    Setting("confirm_delete", "Confirm before deleting"),
    Setting("confirm_archive", "Confirm before archiving"),
    Setting("confirm_send", "Confirm before sending"),
)  # fmt: skip
_SWIPE_NAMES: Final = ("swipe_right", "swipe_left")
_ON_ACCOUNT: Final = (
    Setting("notifications", "Email notifications",
            choices=(("all", "All"), ("high", "High priority only"), ("none", "None"))),
    Setting("sync", "Sync Gmail"),
)  # fmt: skip
_BY_NAME: Final = {each.name: each for each in (*GENERAL, *_ON_ACCOUNT)}


def _value(ctx: Ctx, name: str) -> object:
    return saved(ctx)["settings"][name]  # type: ignore[literal-required]


def _row(ctx: Ctx, colors: Theme, setting: Setting) -> View:
    value = _value(ctx, setting.name)
    if not setting.choices:
        toggle = ("settings.set", setting.name, not value)
        return check_row(colors, setting.title, setting.summary, on=bool(value), toggle=toggle)
    summary = dict(setting.choices)[str(value)] if setting.shows_choice else setting.summary
    return list_row(colors, setting.title, summary, on_tap=ask("choice", name=setting.name))


def _page(ctx: Ctx, entry: Entry, title: str, *rows: View) -> Scene:
    colors = look.theme(ctx)
    return look.page(
        ctx, app_bar(colors, title, overflow=ask("settings_menu")), list_view(key(entry, "list"), *rows),
        activity=look.SETTINGS,
    )  # fmt: skip


def settings(ctx: Ctx, entry: Entry) -> Scene:
    """Which settings."""
    colors, email = look.theme(ctx), saved(ctx)["account"]["email"]
    return _page(
        ctx, entry, "Settings",
        list_row(colors, "General settings", on_tap=go("general")),
        list_row(colors, email, on_tap=go("account_settings")),
        list_row(colors, "Add account", on_tap=("say", "Couldn't sign in. You're offline.")),
    )  # fmt: skip


def general(ctx: Ctx, entry: Entry) -> Scene:
    """General settings."""
    colors = look.theme(ctx)
    rows = [_row(ctx, colors, each) for each in GENERAL if each.name not in _SWIPE_NAMES]
    at = [each.name for each in GENERAL if each.name not in _SWIPE_NAMES].index("density") + 1
    summary = "Configure swipe actions to quickly act on emails in the conversation list"
    rows.insert(at, list_row(colors, "Swipe actions", summary, on_tap=go("swipes")))
    rows.insert(2, list_row(colors, "Manage notifications", on_tap=("settings.notifications",)))
    return _page(ctx, entry, "General settings", *rows)


def swipes(ctx: Ctx, entry: Entry) -> Scene:
    """Swipe actions."""
    return _page(ctx, entry, "Swipe actions", *(_row(ctx, look.theme(ctx), _BY_NAME[each]) for each in _SWIPE_NAMES))


def account(ctx: Ctx, entry: Entry) -> Scene:
    """Settings of the account."""
    colors, data = look.theme(ctx), saved(ctx)
    signature = data["settings"]["signature"]
    return _page(
        ctx, entry, data["account"]["email"],
        section_header(colors, "Account"),
        list_row(colors, "Manage your Google Account", on_tap=("say", "You're offline")),
        section_header(colors, "Inbox"),
        list_row(colors, "Inbox type", "Default inbox", on_tap=("say", "You're offline")),
        list_row(colors, "Inbox categories", "Primary", on_tap=("say", "You're offline")),
        section_header(colors, "Notifications"),
        _row(ctx, colors, _BY_NAME["notifications"]),
        section_header(colors, "General"),
        list_row(colors, "Mobile Signature", signature or "Not set", on_tap=ask("signature", value=signature)),
        list_row(colors, "Vacation responder", "Off", on_tap=("say", "You're offline")),
        section_header(colors, "Data usage"),
        _row(ctx, colors, _BY_NAME["sync"]),
    )  # fmt: skip


# --- dialogs and messages -------------------------------------------------------------------------------------------
def choice(ctx: Ctx, entry: Entry) -> Window:
    """What a setting may be."""
    setting = _BY_NAME[str(entry["args"]["name"])]
    present = _value(ctx, setting.name)
    choices = [
        Choice(label, ("settings.set", setting.name, value), value == present) for value, label in setting.choices
    ]
    return choice_dialog(look.theme(ctx), setting.title, choices, key=key(entry, "list"))


def signature_dialog(ctx: Ctx, entry: Entry) -> Window:
    """The lines below every mail."""
    value = str(entry["args"]["value"])
    done: Msg = ("settings.signature",)
    return text_dialog(
        look.theme(ctx), "Mobile Signature", key(entry, "text"), value, keep("value"), positive=Action("OK", done)
    )


def settings_menu(ctx: Ctx, _entry: Entry) -> Window:
    """More options."""
    choices = [
        Choice("Manage accounts", ("say", "You're offline")),
        Choice("Help & feedback", ("say", "Help isn't available offline")),
    ]
    return popup_menu(look.theme(ctx), choices)


def open_settings(ctx: Ctx) -> None:
    """Settings, from the drawer or a menu."""
    nav.close_all(ctx)
    nav.push(ctx, "settings")


def put(ctx: Ctx, name: str, value: str | bool) -> None:
    """Change a setting."""
    nav.close_all(ctx)
    saved(ctx)["settings"][name] = value  # type: ignore[literal-required]


def set_signature(ctx: Ctx) -> None:
    """OK below the signature."""
    put(ctx, "signature", str(nav.args(ctx)["value"]).strip())


def notifications(ctx: Ctx) -> None:
    """Manage notifications: a page of the phone's Settings."""
    if not ctx.system.start(Intent("android.settings.NOTIFICATION_SETTINGS")):
        ctx.system.toast("No app can handle this action")


SCREENS: Final[dict[str, ScreenFn]] = {
    "settings": settings, "general": general, "swipes": swipes, "account_settings": account,
}  # fmt: skip
DIALOGS: Final[dict[str, DialogFn]] = {
    "choice": choice, "signature": signature_dialog, "settings_menu": settings_menu,
}  # fmt: skip
HANDLERS: Final[dict[str, Handler]] = {
    "settings.open": open_settings, "settings.set": put, "settings.signature": set_signature,
    "settings.notifications": notifications,
}  # fmt: skip
