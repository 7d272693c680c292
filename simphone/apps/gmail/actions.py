"""What is done to mails: by the toolbar of a conversation or of selected rows, by menus, by swipes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from simphone.apps.gmail import look, mailbox
from simphone.apps.gmail.state import FOLDERS, mail_of, saved
from simphone.core.app import Ctx
from simphone.core.dates import DAYS
from simphone.ui.view import Msg, Window
from simphone.widgets import nav
from simphone.widgets.dialogs import Action, Choice, alert_dialog, choice_dialog, list_dialog
from simphone.widgets.menus import popup_menu
from simphone.widgets.nav import DialogFn, Entry, Handler

_MOVE_TO: Final = ("inbox", "archive", "spam", "trash")
_ASKED: Final = {"archive": "confirm_archive", "trash": "confirm_delete"}


def targets(ctx: Ctx) -> list[str]:
    """Ids of what a command is for: the open conversation, or the selected rows."""
    args = nav.top(ctx)["args"]
    return [args["mail"]] if "mail" in args else list(args.get("selected", []))


def _leave(ctx: Ctx) -> list[str]:
    """The targets, after which the conversation or the selection is left."""
    found = targets(ctx)
    nav.close_all(ctx)
    if "mail" in nav.top(ctx)["args"]:
        nav.pop(ctx)
    else:
        nav.top(ctx)["args"]["selected"] = []
    return found


# --- commands -------------------------------------------------------------------------------------------------------
def move(ctx: Ctx, folder: str) -> None:
    """Move to a folder; archive and delete may be set to ask before."""
    asked = _ASKED.get(folder)
    if asked and saved(ctx)["settings"][asked] and nav.dialog(ctx) is None:  # type: ignore[literal-required]
        nav.open_dialog(ctx, "confirm", folder=folder)
        return
    found = _leave(ctx)
    data = saved(ctx)
    if folder == "trash" and found and all(mail_of(data, each)["folder"] == "trash" for each in found):
        mailbox.forget(ctx, found)
        nav.snack(ctx, f"{len(found)} deleted forever")
        return
    mailbox.move(ctx, found, folder)


def archive(ctx: Ctx) -> None:
    """Archive."""
    move(ctx, "archive")


def delete(ctx: Ctx) -> None:
    """Delete: into Trash; out of Trash, for good."""
    move(ctx, "trash")


def not_spam(ctx: Ctx) -> None:
    """Not spam: back into the inbox."""
    found = _leave(ctx)
    mailbox.change(ctx, found, f"{len(found)} marked as not spam", folder="inbox")


def unread(ctx: Ctx, value: bool) -> None:
    """Mark as read or unread."""
    found = _leave(ctx)
    mailbox.change(ctx, found, f"{len(found)} marked as {'unread' if value else 'read'}", unread=value)


def important(ctx: Ctx, value: bool) -> None:
    """Mark as important or not."""
    found = targets(ctx)
    nav.close_all(ctx)
    said = "important" if value else "not important"
    mailbox.change(ctx, found, f"{len(found)} marked as {said}", important=value)


def mute(ctx: Ctx) -> None:
    """Mute: out of the inbox, and quiet."""
    found = _leave(ctx)
    mailbox.change(ctx, found, f"{len(found)} muted", muted=True, folder="archive")


def star(ctx: Ctx, ident: str) -> None:
    """Set or take the star of a mail."""
    mailbox.put(ctx, ident, starred=not mail_of(saved(ctx), ident)["starred"])


def swipe(ctx: Ctx, ident: str, way: str) -> None:
    """A row was swiped away; the settings say what that means."""
    settings = saved(ctx)["settings"]
    action = settings["swipe_right"] if way == "right" else settings["swipe_left"]
    if action == "read":
        mailbox.change(ctx, [ident], "1 changed", unread=not mail_of(saved(ctx), ident)["unread"])
    elif action != "none":
        mailbox.move(ctx, [ident], action)


def snooze(ctx: Ctx, until: str) -> None:
    """Snooze until a time."""
    found = _leave(ctx)
    at = datetime.fromisoformat(until)
    said = f"Snoozed until {DAYS[at.weekday()]}, {look.clock(ctx, at)}"
    mailbox.change(ctx, found, said, folder="snoozed", wakes=until)


def label(ctx: Ctx, name: str) -> None:
    """Give a label to the targets, or take it from them."""
    data, found = saved(ctx), targets(ctx)
    everywhere = all(name in mail_of(data, each)["labels"] for each in found)
    for ident in found:
        labels = [each for each in mail_of(data, ident)["labels"] if each != name]
        mailbox.put(ctx, ident, labels=labels if everywhere else [*labels, name])


def block(ctx: Ctx, email: str) -> None:
    """Block a sender."""
    nav.close_all(ctx)
    blocked = saved(ctx)["blocked"]
    if email in blocked:
        blocked.remove(email)
    else:
        blocked.append(email)
    nav.snack(ctx, f"{email} {'blocked' if email in blocked else 'unblocked'}")


def empty(ctx: Ctx, folder: str) -> None:
    """Empty Spam or Trash: what is in it is gone."""
    nav.close_all(ctx)
    mailbox.forget(ctx, mailbox.listed(saved(ctx), folder))


def _ask(dialog: str) -> Msg:
    return ("menu.ask", dialog)


def ask_from_menu(ctx: Ctx, dialog: str) -> None:
    """An entry of a menu that asks something: the menu goes."""
    nav.close_all(ctx)
    nav.open_dialog(ctx, dialog)


# --- menus and dialogs ----------------------------------------------------------------------------------------------
def mail_menu(ctx: Ctx, _entry: Entry) -> Window:
    """More options of a conversation or of the selected rows."""
    data, found = saved(ctx), targets(ctx)
    mails = [mail_of(data, each) for each in found]
    marked, spam = all(mail["important"] for mail in mails), all(mail["folder"] == "spam" for mail in mails)
    choices = [
        Choice("Move to", _ask("move_to")),
        Choice("Snooze", _ask("snooze")),
        Choice("Change labels", _ask("labels")),
        Choice("Mark as not important" if marked else "Mark as important", ("mail.important", not marked)),
        *([Choice("Print all", ("say", "No printer found"))] if "mail" in nav.top(ctx)["args"] else []),
        Choice("Mute", ("mail.mute",)),
        Choice("Not spam", ("mail.not_spam",)) if spam else Choice("Report spam", ("mail.move", "spam")),
        Choice("Help & feedback", ("say", "Help isn't available offline")),
    ]
    return popup_menu(look.theme(ctx), choices, width=224)


def move_to(ctx: Ctx, entry: Entry) -> Window:
    """Where to."""
    choices = [Choice("All mail" if place == "archive" else FOLDERS[place], ("mail.move", place)) for place in _MOVE_TO]
    return list_dialog(look.theme(ctx), "Move to", choices, key=nav.key(entry, "list"))


def snooze_times(ctx: Ctx, entry: Entry) -> Window:
    """Until when."""
    now = ctx.system.now().replace(minute=0, second=0, microsecond=0)
    tomorrow = (now + timedelta(days=1)).replace(hour=8)
    weekend = (now + timedelta(days=(5 - now.weekday()) % 7 or 7)).replace(hour=8)
    monday = (now + timedelta(days=7 - now.weekday())).replace(hour=8)
    times = [("Tomorrow", tomorrow), ("This weekend", weekend), ("Next week", monday)]
    if now.hour < 18:
        times.insert(0, ("Later today", now.replace(hour=18)))
    choices = [
        Choice(f"{name} · {DAYS[at.weekday()]} {look.clock(ctx, at)}", ("mail.snooze", f"{at:%Y-%m-%dT%H:%M}"))
        for name, at in times
    ]
    return list_dialog(look.theme(ctx), "Snooze until…", choices, key=nav.key(entry, "list"))


def labels(ctx: Ctx, entry: Entry) -> Window:
    """Which labels."""
    colors, data, found = look.theme(ctx), saved(ctx), targets(ctx)
    if not data["labels"]:
        return alert_dialog(
            colors, "Label as", "No labels yet.", positive=Action("OK"), neutral=Action("Create new", _ask("new_label"))
        )
    choices = [
        Choice(name, ("mail.label", name), all(name in mail_of(data, each)["labels"] for each in found))
        for name in data["labels"]
    ]
    return choice_dialog(colors, "Label as", choices, key=nav.key(entry, "list"), several=True, positive=Action("OK"))


def confirm(ctx: Ctx, entry: Entry) -> Window:
    """Before archiving or deleting, where the settings want it."""
    folder, count = str(entry["args"]["folder"]), len(targets(ctx))
    verb = "Delete" if folder == "trash" else "Archive"
    return alert_dialog(
        look.theme(ctx), "", f"{verb} {count} conversation{'s' * (count != 1)}?",
        negative=Action("Cancel"), positive=Action("OK", ("mail.move", folder)),
    )  # fmt: skip


def empty_dialog(ctx: Ctx, entry: Entry) -> Window:
    """Before Spam or Trash is emptied."""
    folder = str(entry["args"]["folder"])
    return alert_dialog(
        look.theme(ctx), f"Empty {FOLDERS[folder]}?", "All messages in it will be deleted permanently.",
        negative=Action("Cancel"), positive=Action("Empty", ("mail.empty", folder)),
    )  # fmt: skip


DIALOGS: Final[dict[str, DialogFn]] = {
    "mail_menu": mail_menu, "move_to": move_to, "snooze": snooze_times, "labels": labels, "confirm": confirm,
    "empty": empty_dialog,
}  # fmt: skip
HANDLERS: Final[dict[str, Handler]] = {
    "mail.move": move, "mail.archive": archive, "mail.delete": delete, "mail.not_spam": not_spam,
    "mail.unread": unread, "mail.important": important, "mail.mute": mute, "mail.star": star, "mail.swipe": swipe,
    "mail.snooze": snooze, "mail.label": label, "mail.block": block, "mail.empty": empty, "mail.undo": mailbox.undo,
    "menu.ask": ask_from_menu,
}  # fmt: skip
