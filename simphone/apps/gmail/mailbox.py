"""The mailbox: which mails a folder holds, and moving, marking and undoing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from simphone.apps.gmail.state import FOLDERS, Mail, Saved, mail_of, saved
from simphone.core.app import Ctx, Json
from simphone.widgets import nav

HIDDEN: Final = ("spam", "trash")
"""Places that no other list looks into."""
_LOOSE: Final = ("starred", "important", "all")
DONE: Final = {
    "archive": "archived", "trash": "deleted", "spam": "reported as spam", "inbox": "moved to Primary",
    "snoozed": "snoozed",
}  # fmt: skip
"""Where mails went -> what the snackbar says of them."""


def title(view: str) -> str:
    """What stands above a list: Primary, Starred, or the name of a label."""
    return {"all_inboxes": "All inboxes", "starred": "Starred", "important": "Important", "all": "All mail"}.get(
        view, FOLDERS.get(view, view.removeprefix("label:"))
    )


def _in_view(mail: Mail, view: str) -> bool:
    if view == "all_inboxes":
        return mail["folder"] == "inbox"
    if view.startswith("label:"):
        return view.removeprefix("label:") in mail["labels"] and mail["folder"] not in HIDDEN
    if view in _LOOSE:
        return mail["folder"] not in HIDDEN and (view == "all" or bool(mail[view]))  # type: ignore[literal-required]
    return mail["folder"] == view


def newest_first(data: Saved, idents: Sequence[str]) -> list[str]:
    """Ids in the order of lists: the latest on top."""
    return sorted(idents, key=lambda ident: (mail_of(data, ident)["at"], ident), reverse=True)


def listed(data: Saved, view: str) -> list[str]:
    """Ids of the mails of a folder, a label or a view, the newest first."""
    found = [ident for ident in data["mails"] if _in_view(mail_of(data, ident), view)]
    return newest_first(data, found)


def conversation(data: Saved, ident: str) -> list[str]:
    """A mail, and what was answered to it from here, the oldest first."""
    answers = [
        each for each in data["mails"]
        if mail_of(data, each)["answers"] == ident and mail_of(data, each)["folder"] == "sent"
    ]  # fmt: skip
    return [ident, *reversed(newest_first(data, answers))]


def put(ctx: Ctx, ident: str, **changes: Json) -> None:
    """Change a mail."""
    mails = saved(ctx)["mails"]
    if ident in mails:
        mails[ident].update(changes)  # type: ignore[typeddict-item]


def change(ctx: Ctx, idents: Sequence[str], said: str = "", **changes: Json) -> None:
    """Change mails, remembering how they were; a snackbar says so and can undo it."""
    data = saved(ctx)
    before = [
        [ident, name, mail_of(data, ident)[name]]  # type: ignore[literal-required]
        for ident in idents
        for name in changes
    ]
    for ident in idents:
        put(ctx, ident, **changes)
    ctx.ui["undo"] = before
    if said:
        nav.snack(ctx, said, "Undo", ("mail.undo",))


def move(ctx: Ctx, idents: Sequence[str], folder: str) -> None:
    """Put mails into a folder; the snackbar says how many went where."""
    change(ctx, idents, f"{len(idents)} {DONE.get(folder, f'moved to {FOLDERS[folder]}')}", folder=folder)


def undo(ctx: Ctx) -> None:
    """Undo the last change."""
    for ident, name, value in ctx.ui["undo"]:
        put(ctx, ident, **{name: value})
    ctx.ui["undo"] = []


def forget(ctx: Ctx, idents: Sequence[str]) -> None:
    """Delete mails for good."""
    for ident in idents:
        saved(ctx)["mails"].pop(ident, None)


def wake(ctx: Ctx) -> None:
    """Snoozed mails whose time has come return to the inbox; scheduled ones are sent."""
    data, now = saved(ctx), stamp(ctx)
    for ident in data["mails"]:
        mail = mail_of(data, ident)
        if mail["folder"] in ("snoozed", "scheduled") and mail["wakes"] and mail["wakes"] <= now:
            back = {"snoozed": "inbox", "scheduled": "sent"}[mail["folder"]]
            put(ctx, ident, folder=back, at=mail["wakes"], wakes="")


def stamp(ctx: Ctx) -> str:
    """The present time as mails carry it."""
    return ctx.system.now().strftime("%Y-%m-%dT%H:%M")
