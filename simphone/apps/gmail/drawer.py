"""The navigation drawer, and the card of the account."""

from __future__ import annotations

from typing import Final

from simphone.apps.gmail import look, mailbox
from simphone.apps.gmail.state import mail_of, saved
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, Window
from simphone.widgets import nav
from simphone.widgets.box import column, row, space
from simphone.widgets.buttons import outlined_button
from simphone.widgets.dialogs import Action, dialog_window, text_dialog
from simphone.widgets.menus import drawer_item, navigation_drawer
from simphone.widgets.nav import DialogFn, Entry, Handler, keep, key
from simphone.widgets.rows import list_row
from simphone.widgets.text import divider, text

_PLACES: Final = (
    ("all_inboxes", "All inboxes", "all_inbox"), ("inbox", "Primary", "inbox"), ("", "All labels", ""),
    ("starred", "Starred", "star"), ("snoozed", "Snoozed", "schedule"), ("important", "Important", "label_important"),
    ("sent", "Sent", "send"), ("scheduled", "Scheduled", "schedule_send"), ("outbox", "Outbox", "outbox"),
    ("drafts", "Drafts", "draft"), ("all", "All mail", "mail"), ("spam", "Spam", "spam"), ("trash", "Trash", "delete"),
)  # fmt: skip
_COUNTED: Final = ("inbox", "all_inboxes")


def drawer(ctx: Ctx, entry: Entry) -> Window:
    """All folders and labels, then settings."""
    colors, data = look.theme(ctx), saved(ctx)
    shown = str(nav.top(ctx)["args"].get("view", ""))
    parts = [
        text(colors, "Gmail", size=22, color="#d93025" if not colors.dark else "#f28b82", margin=(28, 20, 28, 12)),
        divider(colors),
    ]
    for view, label, sign in _PLACES:
        if not view:
            parts.append(text(colors, label, size=14, font="medium", margin=(28, 16, 28, 8)))
            continue
        unread = sum(mail_of(data, each)["unread"] for each in mailbox.listed(data, view)) if view in _COUNTED else 0
        count = str(unread) if unread else ""
        parts.append(
            drawer_item(colors, label, ("home.show", view), icon_name=sign, selected=view == shown, count=count)
        )
    for name in data["labels"]:
        view = f"label:{name}"
        parts.append(drawer_item(colors, name, ("home.show", view), icon_name="label", selected=view == shown))
    parts += [
        drawer_item(colors, "Create new", ("menu.ask", "new_label"), icon_name="add"),
        divider(colors, margin=(28, 8, 0, 8)),
        drawer_item(colors, "Settings", ("settings.open",), icon_name="settings"),
        drawer_item(colors, "Help & feedback", ("say", "Help isn't available offline"), icon_name="help"),
        space(height=16),
    ]
    return navigation_drawer(colors, key(entry, "list"), *parts)


def account(ctx: Ctx, _entry: Entry) -> Window:
    """Who is signed in."""
    colors, who = look.theme(ctx), saved(ctx)["account"]
    head = row(
        look.face(who["name"], ident="account_avatar"),
        column(
            text(colors, who["name"], size=16, id="account_display_name"),
            text(colors, who["email"], size=14, color=colors.on_surface_soft, id="account_name"),
            in_tree=False, width=0, weight=1.0,
        ),
        gap=16, padding=(24, 8, 24, 12),
    )  # fmt: skip
    offline = ("say", "You're offline")
    return dialog_window(
        colors,
        text(colors, "Google", size=22, align="center", width=MATCH, margin=(24, 20, 24, 12)),
        head,
        outlined_button(colors, "Google Account", offline, self_halign="start", margin=(80, 0, 24, 12)),
        divider(colors),
        list_row(colors, "Add another account", on_tap=offline, icon=None),
        list_row(colors, "Manage accounts on this device", on_tap=offline),
        space(height=12),
    )  # fmt: skip


def new_label(ctx: Ctx, entry: Entry) -> Window:
    """The name of a new label."""
    name = str(entry["args"].get("name", ""))
    done = Action("Done", ("label.create",), bool(name.strip()))
    return text_dialog(
        look.theme(ctx), "Label name", key(entry, "name"), name, keep("name"), positive=done, hint="Label name"
    )


def create_label(ctx: Ctx) -> None:
    """Done: the label is there and opened."""
    name, labels = str(nav.args(ctx)["name"]).strip(), saved(ctx)["labels"]
    if name.casefold() in (each.casefold() for each in labels):
        ctx.system.toast("A label with this name already exists")
        return
    labels.append(name)
    labels.sort(key=str.casefold)
    nav.close(ctx)


DIALOGS: Final[dict[str, DialogFn]] = {"drawer": drawer, "account": account, "new_label": new_label}
HANDLERS: Final[dict[str, Handler]] = {"label.create": create_label}
