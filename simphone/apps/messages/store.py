"""Text messages: where they are kept, and conversations made of them.

The messages themselves belong to the phone, not to this app: they are rows of the sms provider in `state["providers"]`,
with the columns of android.provider.Telephony.Sms, so that `content query`, the emulator console and this app see the
same ones. Drafts are the app's own: `drafts` {number: text}.
"""

from __future__ import annotations

from typing import Any, Final

from simphone.apps.contacts import numbers
from simphone.core.app import Ctx

Row = dict[str, Any]
INBOX: Final = "content://sms/inbox"
SENT: Final = "content://sms/sent"
_TYPES: Final = {INBOX: 1, SENT: 2}


def _rows(ctx: Ctx, uri: str) -> list[Row]:
    rows: list[Row] = ctx.system.state["providers"].get(uri, [])
    return rows


def address_key(address: str) -> str:
    """What two ways of writing a number have in common; names of senders stay as they are."""
    plain = numbers.digits(address)
    return plain[-10:] if plain else address


def messages(ctx: Ctx, address: str) -> list[Row]:
    """The conversation with a number, oldest first."""
    wanted = address_key(address)
    found = [row for uri in _TYPES for row in _rows(ctx, uri) if address_key(str(row["address"])) == wanted]
    return sorted(found, key=lambda row: (row["date"], row["_id"]))


def conversations(ctx: Ctx) -> list[tuple[str, Row | None]]:
    """Address and last message (None: a draft only) of every conversation, the newest first."""
    last: dict[str, Row] = {}
    for uri in _TYPES:
        for row in _rows(ctx, uri):
            kept = last.get(address_key(str(row["address"])))
            if kept is None or (row["date"], row["_id"]) > (kept["date"], kept["_id"]):
                last[address_key(str(row["address"]))] = row
    newest = sorted(last.values(), key=lambda row: (-int(row["date"]), -int(row["_id"])))
    drafts = [address for address, text in ctx.data["drafts"].items() if text and address_key(address) not in last]
    return [*((address, None) for address in drafts), *((str(row["address"]), row) for row in newest)]


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
    providers = ctx.system.state["providers"]
    every = [row["_id"] for uri, rows in providers.items() if uri.startswith("content://sms") for row in rows]
    row = {
        "_id": max(every, default=0) + 1,
        "address": address,
        "body": text,
        "date": ctx.system.epoch_ms(),
        "read": 1,
        "type": _TYPES[SENT],
    }
    providers.setdefault(SENT, []).append(row)


def read(ctx: Ctx, address: str) -> None:
    """Mark what a number sent as read, and take its notifications away."""
    for row in messages(ctx, address):
        if not row.get("read", 1):
            row["read"] = 1
            ctx.system.cancel_notification(f"sms:{row['_id']}")


def unread(ctx: Ctx, address: str) -> bool:
    """Whether a conversation has messages that nobody has looked at."""
    return any(not row.get("read", 1) for row in messages(ctx, address))


def arrived(ctx: Ctx) -> list[Row]:
    """Messages that came in and were not told of yet; they are marked as told."""
    fresh = [row for row in _rows(ctx, INBOX) if not row.get("read", 1) and not row.get("seen", 0)]
    for row in fresh:
        row["seen"] = 1
    return fresh


def delete(ctx: Ctx, address: str) -> None:
    """Delete a conversation."""
    providers, gone = ctx.system.state["providers"], address_key(address)
    for uri in _TYPES:
        if uri in providers:
            providers[uri] = [row for row in providers[uri] if address_key(str(row["address"])) != gone]
    ctx.data["drafts"].pop(gone, None)
