"""Text messages: where they are kept, and conversations made of them.

The messages themselves belong to the phone, not to this app: they are rows of the sms provider in `state["providers"]`,
with the columns of android.provider.Telephony.Sms, so that `content query`, the emulator console and this app see the
same ones. Drafts are the app's own: `drafts` {number: text}.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from simphone.apps.contacts import numbers, times
from simphone.core.app import Ctx

Row = dict[str, Any]
ALL: Final = "content://sms"
INBOX: Final = "content://sms/inbox"
SENT: Final = "content://sms/sent"
_RECEIVED: Final = 1
_SENT: Final = 2


@dataclass(frozen=True, slots=True)
class Message:
    """A row as this app reads it. The shell may have written anything into it: nothing is taken for granted."""

    row: Row
    address: str
    body: str
    date: int
    mine: bool

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands in time."""
        return self.date, times.whole(self.row.get("_id"))


def _every(ctx: Ctx) -> Iterator[Message]:
    providers = ctx.system.state["providers"]
    for uri, kind in ((ALL, _RECEIVED), (INBOX, _RECEIVED), (SENT, _SENT)):
        for row in providers.get(uri, []):
            address, body = str(row.get("address") or "Unknown"), str(row.get("body") or "")
            mine = times.whole(row.get("type", kind)) == _SENT
            yield Message(row, address, body, times.whole(row.get("date")), mine)


def address_key(address: str) -> str:
    """What two ways of writing a number have in common; names of senders stay as they are."""
    plain = numbers.digits(address)
    return plain[-10:] if plain else address


def messages(ctx: Ctx, address: str) -> list[Message]:
    """The conversation with a number, oldest first."""
    wanted = address_key(address)
    found = (each for each in _every(ctx) if address_key(each.address) == wanted)
    return sorted(found, key=lambda each: each.place)


def conversations(ctx: Ctx) -> list[tuple[str, Message | None]]:
    """Address and last message (None: a draft only) of every conversation, the newest first."""
    last: dict[str, Message] = {}
    for each in sorted(_every(ctx), key=lambda each: each.place):
        last[address_key(each.address)] = each
    newest = sorted(last.values(), key=lambda each: each.place, reverse=True)
    drafts = [address for address, text in ctx.data["drafts"].items() if text and address not in last]
    return [*((address, None) for address in drafts), *((each.address, each) for each in newest)]


def draft(ctx: Ctx, address: str) -> str:
    """What was written to a number and not sent."""
    return str(ctx.data["drafts"].get(address_key(address), ""))


def keep_draft(ctx: Ctx, address: str, text: str) -> None:
    """Keep what was written; nothing is kept of an empty field."""
    drafts: dict[str, str] = ctx.data["drafts"]
    if text:
        drafts[address_key(address)] = text
    else:
        drafts.pop(address_key(address), None)


def send(ctx: Ctx, address: str, text: str) -> None:
    """Send a message: a row of the sent ones."""
    row = {
        "_id": 1 + max((times.whole(each.row.get("_id")) for each in _every(ctx)), default=0),
        "address": address,
        "body": text,
        "date": ctx.system.epoch_ms(),
        "read": 1,
        "type": _SENT,
    }
    ctx.system.state["providers"].setdefault(SENT, []).append(row)


def note_key(row: Row) -> str:
    """Key of the notification that tells of a message."""
    return f"sms:{row.get('_id')}"


def _fresh(message: Message) -> bool:
    return not message.mine and not times.whole(message.row.get("read", 1))


def read(ctx: Ctx, address: str) -> None:
    """Mark what a number sent as read, and take its notifications away."""
    for message in messages(ctx, address):
        if _fresh(message):
            message.row["read"] = 1
            ctx.system.cancel_notification(note_key(message.row))


def unread(ctx: Ctx, address: str) -> bool:
    """Whether a conversation has messages that nobody has looked at."""
    return any(map(_fresh, messages(ctx, address)))


def arrived(ctx: Ctx) -> list[Message]:
    """Messages that came in and were not told of yet; they are marked as told."""
    found = [each for each in _every(ctx) if _fresh(each) and not times.whole(each.row.get("seen"))]
    for each in found:
        each.row["seen"] = 1
    return found


def delete(ctx: Ctx, address: str) -> None:
    """Delete a conversation."""
    providers, gone = ctx.system.state["providers"], {id(each.row) for each in messages(ctx, address)}
    for uri in (ALL, INBOX, SENT):
        if uri in providers:
            providers[uri] = [row for row in providers[uri] if id(row) not in gone]
    ctx.data["drafts"].pop(address_key(address), None)
