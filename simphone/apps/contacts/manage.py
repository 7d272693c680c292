"""What stands beside the list: Highlights, Fix & manage, the settings of Contacts."""

from __future__ import annotations

from typing import Final

from simphone.apps.contacts import book, look, rows
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, Msg, Scene, Theme, View, Window
from simphone.widgets import nav
from simphone.widgets.bars import app_bar
from simphone.widgets.box import column, list_view, row, scroll_column, space
from simphone.widgets.dialogs import Choice, choice_dialog
from simphone.widgets.feedback import empty_state
from simphone.widgets.image import icon
from simphone.widgets.nav import DialogFn, Entry, Handler, ScreenFn, ask, key
from simphone.widgets.rows import list_row
from simphone.widgets.text import section_header, text

ORDERS: Final = {"first": "First name", "last": "Last name"}
_TOOLS: Final = (
    ("copy", "Merge & fix", "No suggestions right now", ("nav.push", "merge")),
    ("download", "Import from file", "", ("manage.say", "No VCF files found")),
    ("upload", "Export to file", "", ("manage.say", "There is nowhere to export to")),
    ("sim_card", "Import from SIM", "", ("manage.say", "No contacts on the SIM card")),
    ("history", "Restore contacts", "", ("manage.say", "No backups found")),
    ("block", "Blocked numbers", "", ("nav.push", "blocked")),
    ("settings", "Settings", "", ("nav.push", "settings")),
)  # fmt: skip


def highlights(ctx: Ctx, entry: Entry) -> View:
    """Favourites, and who was added last."""
    colors, data = look.theme(ctx), book.saved(ctx)
    starred = [each for each in book.in_order(data["contacts"], data["order"]) if each["starred"]]
    newest = sorted(data["contacts"], key=lambda each: -each["id"])[:4]
    lines = [rows.contact_row(colors, each, ("home.tap", each["id"])) for each in starred]
    recent = [rows.contact_row(colors, each, ("home.tap", each["id"])) for each in newest]
    hint = text(colors, "Favorites you add appear here", color=colors.on_surface_soft, margin=(24, 4, 24, 16))
    return list_view(
        key(entry, "highlights"),
        _header(colors, "Favorites"),
        *(lines or [hint]),
        _header(colors, "Recents"),
        *recent,
        id="highlights_list",
    )


def manage(ctx: Ctx, entry: Entry) -> View:
    """Tools and settings."""
    colors = look.theme(ctx)
    lines = [
        list_row(colors, title, summary, icon=icon(colors, name, in_tree=False), on_tap=msg)
        for name, title, summary, msg in _TOOLS
    ]
    return list_view(key(entry, "manage"), _header(colors, "Fix & manage"), *lines, id="manage_list")


def _header(colors: Theme, title: str) -> View:
    return section_header(colors, title, id="", padding=(24, 20, 24, 8))


# --- pages ----------------------------------------------------------------------------------------------------------
def merge(ctx: Ctx, _entry: Entry) -> Scene:
    """Merge & fix: the book has nothing to merge."""
    return _empty(look.theme(ctx), "Merge & fix", "Your contacts are in good shape", "check_circle")


def blocked(ctx: Ctx, _entry: Entry) -> Scene:
    """Blocked numbers: none."""
    return _empty(look.theme(ctx), "Blocked numbers", "You won't receive calls or texts from blocked numbers", "block")


def _empty(colors: Theme, title: str, says: str, name: str) -> Scene:
    return nav.page(colors, column(app_bar(colors, title), empty_state(colors, says, icon_name=name)))


def settings(ctx: Ctx, entry: Entry) -> Scene:
    """How the list is sorted; the rest is told, not changed."""
    colors = look.theme(ctx)
    body = scroll_column(
        key(entry, "page"),
        _header(colors, "Display"),
        _setting(colors, "Sort by", ORDERS[book.saved(ctx)["order"]], ask("order")),
        _setting(colors, "Theme", "System default", ("manage.theme",)),
        _header(colors, "Edit contacts"),
        _setting(colors, "Default account for new contacts", "Device", ("manage.say", "Device is the only account")),
        _setting(colors, "Your info", "Set up your profile", ("edit.new",)),
        space(height=16),
    )
    bar = app_bar(colors, "Contacts settings")
    return nav.page(colors, column(bar, body), activity="com.google.android.apps.contacts.settings.SettingsActivity")


def _setting(colors: Theme, title: str, value: str, on_tap: Msg) -> View:
    return list_row(colors, title, value, on_tap=on_tap)


def order(ctx: Ctx, entry: Entry) -> Window:
    """Sort by."""
    now = book.saved(ctx)["order"]
    choices = [Choice(title, ("manage.order", name), checked=name == now) for name, title in ORDERS.items()]
    return choice_dialog(look.theme(ctx), "Sort by", choices, key=key(entry, "list"))


def info(ctx: Ctx, _entry: Entry) -> Scene:
    """Help & feedback: there is no web page to show it on."""
    colors = look.theme(ctx)
    says = row(text(colors, "Help isn't available offline", width=MATCH, align="center"), height=MATCH)
    return nav.page(colors, column(app_bar(colors, "Help"), says))


# --- messages -------------------------------------------------------------------------------------------------------
def set_order(ctx: Ctx, name: str) -> None:
    """Sort by was answered."""
    book.saved(ctx)["order"] = name
    nav.close(ctx)


def say(ctx: Ctx, message: str) -> None:
    """What a tool finds."""
    ctx.system.toast(message)


def theme(ctx: Ctx) -> None:
    """Contacts follows the system."""
    ctx.system.toast("Contacts follows the theme of the system")


def open_settings(ctx: Ctx) -> None:
    """From the account dialog."""
    nav.close_all(ctx)
    nav.push(ctx, "settings")


def customize(ctx: Ctx) -> None:
    """Customize view, while a chip filters the list: leads to the settings of the list."""
    open_settings(ctx)


SCREENS: Final[dict[str, ScreenFn]] = {"settings": settings, "merge": merge, "blocked": blocked, "help": info}
DIALOGS: Final[dict[str, DialogFn]] = {"order": order}
HANDLERS: Final[dict[str, Handler]] = {
    "manage.order": set_order,
    "manage.say": say,
    "manage.theme": theme,
    "manage.settings": open_settings,
    "manage.customize": customize,
}
