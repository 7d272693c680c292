"""The call of the moment, and the log of calls.

The call is the phone's, `state["telephony"]["call"]`: null, or {number, state: dialing | active | ringing}, which the
emulator console writes too. The log is the call_log provider's: rows with columns of android.provider.CallLog.Calls.
`ui.ongoing` is what this app knows of the call: {number, log (row id), incoming, since and answered (epoch ms; null)}.
"""

from __future__ import annotations

from typing import Any, Final

from simphone.apps.contacts import book, times
from simphone.core.app import Ctx

Row = dict[str, Any]
LOG: Final = "content://call_log/calls"
INCOMING: Final = 1
OUTGOING: Final = 2
MISSED: Final = 3
REJECTED: Final = 5
ANSWER_MS: Final = 4000
"""After how long the other side of an outgoing call answers."""


def current(ctx: Ctx) -> Row | None:
    """The call of the moment."""
    call: Row | None = ctx.system.state["telephony"]["call"]
    return call


def log(ctx: Ctx) -> list[Row]:
    """All calls, the newest first."""
    rows: list[Row] = ctx.system.state["providers"].get(LOG, [])
    return sorted(rows, key=lambda row: (-times.whole(row.get("date")), -times.whole(row.get("_id"))))


def _note(ctx: Ctx, number: str, kind: int) -> int:
    """A new row of the log; its id."""
    rows: list[Row] = ctx.system.state["providers"].setdefault(LOG, [])
    known = book.by_number(ctx, number)
    row: Row = {
        "_id": 1 + max((times.whole(each.get("_id")) for each in rows), default=0),
        "number": number,
        "date": ctx.system.epoch_ms(),
        "duration": 0,
        "type": kind,
        "name": book.name_of(known) if known else None,
        "new": int(kind != OUTGOING),
    }
    rows.append(row)
    return int(row["_id"])


def dial(ctx: Ctx, number: str) -> None:
    """Call a number; a call that is going on is ended first."""
    hang_up(ctx)
    ctx.system.state["telephony"]["call"] = {"number": number, "state": "dialing"}
    row = _note(ctx, number, OUTGOING)
    ctx.ui["ongoing"] = {"number": number, "log": row, "incoming": False, "answered": None,
                         "since": ctx.system.epoch_ms()}  # fmt: skip


def take_up(ctx: Ctx) -> None:
    """Know of a call that came from outside."""
    call = current(ctx)
    if call is not None:
        row = _note(ctx, str(call["number"]), MISSED)
        ctx.ui["ongoing"] = {"number": str(call["number"]), "log": row, "incoming": True, "answered": None,
                             "since": ctx.system.epoch_ms()}  # fmt: skip


def answer(ctx: Ctx) -> None:
    """Take the call that rings."""
    call = current(ctx)
    if call is not None:
        call["state"] = "active"
        follow(ctx)


def hang_up(ctx: Ctx) -> None:
    """End the call, or turn it down while it rings."""
    call, known = current(ctx), ctx.ui["ongoing"]
    if call is not None and call["state"] == "ringing" and known is not None:
        _set(ctx, known["log"], type=REJECTED)
    ctx.system.state["telephony"]["call"] = None
    follow(ctx)


def follow(ctx: Ctx) -> bool:
    """Bring what this app knows up to date with the phone's call; False when the call it knew is over."""
    call, known = current(ctx), ctx.ui["ongoing"]
    if known is None:
        return call is not None
    if call is None or str(call["number"]) != known["number"]:
        if known["answered"] is not None:
            _set(ctx, known["log"], duration=max(0, ctx.system.epoch_ms() - known["answered"]) // 1000)
        ctx.ui["ongoing"] = None
        return False
    due = known["since"] + ANSWER_MS
    if call["state"] == "dialing" and ctx.system.epoch_ms() >= due:
        call["state"] = "active"
        known["answered"] = due
    if call["state"] == "active" and known["answered"] is None:
        known["answered"] = ctx.system.epoch_ms()
        if known["incoming"]:
            _set(ctx, known["log"], type=INCOMING)
    return True


def _set(ctx: Ctx, number: int, **values: int) -> None:
    for row in ctx.system.state["providers"].get(LOG, []):
        if row.get("_id") == number:
            row.update(values)


def delete(ctx: Ctx, number: int) -> None:
    """Take a row out of the log."""
    rows = ctx.system.state["providers"].get(LOG, [])
    ctx.system.state["providers"][LOG] = [row for row in rows if row.get("_id") != number]


def clear(ctx: Ctx) -> None:
    """Empty the log."""
    ctx.system.state["providers"][LOG] = []
