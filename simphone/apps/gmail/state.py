"""What Gmail has saved: its account, settings and mails; and where mails are."""

from __future__ import annotations

from typing import Final, TypedDict, cast

from simphone.core.app import Ctx

FOLDERS: Final = {
    "inbox": "Primary", "archive": "All mail", "snoozed": "Snoozed", "sent": "Sent", "scheduled": "Scheduled",
    "outbox": "Outbox", "drafts": "Drafts", "spam": "Spam", "trash": "Trash",
}  # fmt: skip
"""Where a mail can be -> what the place is called."""


class Person(TypedDict):
    """Name and address of a correspondent."""

    name: str
    email: str


class Mail(TypedDict):
    """A message. `sender` and the recipients are addresses; `at` is local time, ISO 8601 to the minute."""

    folder: str
    sender: str
    to: list[str]
    cc: list[str]
    bcc: list[str]
    subject: str
    body: str
    quoted: str
    """The message that this one answers or forwards, as it stands below it."""
    at: str
    unread: bool
    starred: bool
    important: bool
    muted: bool
    attachments: list[str]
    labels: list[str]
    answers: str
    """Id of the mail that this one replies to; empty for none."""
    wakes: str
    """When a snoozed mail returns, or a scheduled one leaves; local time, ISO 8601."""


class Settings(TypedDict):
    """The settings; the choices of each are in `settings`."""

    theme: str
    notification_action: str
    conversation_view: bool
    density: str
    swipe_right: str
    swipe_left: str
    reply_action: str
    auto_fit: bool
    auto_advance: str
    web_links: bool
    confirm_delete: bool
    confirm_archive: bool
    confirm_send: bool
    notifications: str
    signature: str
    sync: bool


class Saved(TypedDict):
    """All saved data. `mails` by id; those written on the phone are new1, new2, ..."""

    account: Person
    people: list[Person]
    mails: dict[str, Mail]
    settings: Settings
    labels: list[str]
    blocked: list[str]
    recent: list[str]
    """What was searched for, the latest first."""
    written: int
    """How many mails were written on this phone."""


def fresh() -> Saved:
    """A mailbox without mails."""
    return {
        "account": {"name": "Jordan Lee", "email": "jordan.lee@example.com"},
        "people": [],
        "mails": {},
        "settings": {
            "theme": "system", "notification_action": "archive", "conversation_view": True, "density": "default",
            "swipe_right": "archive", "swipe_left": "archive", "reply_action": "reply", "auto_fit": True,
            "auto_advance": "list", "web_links": True, "confirm_delete": False, "confirm_archive": False,
            "confirm_send": False, "notifications": "all", "signature": "", "sync": True,
        },
        "labels": [],
        "blocked": [],
        "recent": [],
        "written": 0,
    }  # fmt: skip


BLANK: Final[Mail] = {
    "folder": "inbox", "sender": "", "to": [], "cc": [], "bcc": [], "subject": "", "body": "", "quoted": "",
    "at": "2025-01-01T00:00", "unread": False, "starred": False, "important": False, "muted": False,
    "attachments": [], "labels": [], "answers": "", "wakes": "",
}  # fmt: skip


def saved(ctx: Ctx) -> Saved:
    """The saved data."""
    return cast("Saved", ctx.data)


def mail_of(data: Saved, ident: str) -> Mail:
    """A mail by its id; what a world leaves out is blank. The copy is for reading; `put` changes."""
    return cast("Mail", {**BLANK, **data["mails"].get(ident, {})})


def person(data: Saved, email: str) -> Person:
    """Who has an address; for a stranger, the address stands for the name."""
    if email == data["account"]["email"]:
        return data["account"]
    known = (each for each in data["people"] if each["email"] == email)
    return next(known, Person(name=email, email=email))
