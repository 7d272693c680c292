"""What Calendar saves (`Ctx.data`) and remembers while it runs (`Ctx.ui`), with typed doors to both."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final, Literal, TypedDict, cast

from simphone.core.app import Ctx, Json
from simphone.widgets import nav

Recurrence = Literal["none", "daily", "weekly", "monthly", "yearly"]
Tab = Literal["tasks", "calendar", "events"]
Kind = Literal["event", "task"]

TABS: Final[tuple[Tab, ...]] = ("tasks", "calendar", "events")
DEFAULT_NOTIFICATION: Final = 0
"""Minutes before a new event: at its time."""


class Event(TypedDict):
    """An event within one day. `date` is YYYY-MM-DD, that of its first occurrence; `start` and `end` are HH:MM and
    stay as they were while `all_day`. `notifications` in minutes before the start, in the order they were added."""

    id: int
    title: str
    date: str
    start: str
    end: str
    all_day: bool
    notifications: list[int]
    recurrence: Recurrence
    note: str


class Task(TypedDict):
    """A thing to do. `remind_at` is the local time of its notification, YYYY-MM-DDTHH:MM, or null."""

    id: int
    title: str
    note: str
    remind_at: str | None
    done: bool


class Data(TypedDict):
    """All that Calendar saves."""

    events: list[Event]
    tasks: list[Task]


class Deleted(TypedDict):
    """What the snackbar's Undo brings back, and where it stood."""

    kind: Kind
    index: int
    item: dict[str, Json]


class Ui(TypedDict):
    """Beside the navigation of StackApp. `month` (YYYY-MM-01) is shown in the grid, `selected` (YYYY-MM-DD) below."""

    tab: Tab
    month: str
    selected: str
    deleted: Deleted | None
    seen: str
    """Local time of the last tick (ISO): what came due since then is notified."""


class Form(TypedDict):
    """The args of an open editor: what is being edited, and how it was when the editor opened."""

    draft: dict[str, Json]
    original: dict[str, Json]
    new: bool


def saved(ctx: Ctx) -> Data:
    """The saved data, typed."""
    return cast(Data, ctx.data)


def shown(ctx: Ctx) -> Ui:
    """The UI state, typed."""
    return cast(Ui, ctx.ui)


def items(ctx: Ctx, kind: Kind) -> list[dict[str, Json]]:
    """The saved events or tasks, as they are stored."""
    stored: list[dict[str, Json]] = ctx.data[f"{kind}s"]
    return stored


def find(ctx: Ctx, kind: Kind, number: int) -> dict[str, Json] | None:
    """The event or task of an id; None when it is gone."""
    return next((item for item in items(ctx, kind) if item["id"] == number), None)


def fresh_data() -> Data:
    """After installation: nothing."""
    return {"events": [], "tasks": []}


def fresh_ui(now: datetime) -> dict[str, Json]:
    """A newly started process: the Calendar tab, today selected."""
    today = now.date()
    own: Ui = {
        "tab": "calendar",
        "month": today.replace(day=1).isoformat(),
        "selected": today.isoformat(),
        "deleted": None,
        "seen": now.isoformat(),
    }
    return {**nav.start("home"), **own}


def select(ctx: Ctx, day: date) -> None:
    """Make a day the one whose events stand below the grid, and show its month."""
    shown(ctx)["selected"] = day.isoformat()
    shown(ctx)["month"] = day.replace(day=1).isoformat()


def next_id(stored: Sequence[dict[str, Json]]) -> int:
    """A number that no event (or task) has."""
    return max((int(item["id"]) for item in stored), default=0) + 1


def new_event(now: datetime, day: date) -> Event:
    """An event not yet saved: at the next full hour, for an hour, with a notification at its time."""
    start = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    if day == now.date():
        day = start.date()  # just before midnight the next full hour is tomorrow's
    end = min(start.hour + 1, 23)
    return {
        "id": 0,
        "title": "",
        "date": day.isoformat(),
        "start": f"{start.hour:02d}:00",
        "end": f"{end:02d}:{0 if end > start.hour else 59:02d}",
        "all_day": False,
        "notifications": [DEFAULT_NOTIFICATION],
        "recurrence": "none",
        "note": "",
    }


def new_task() -> Task:
    """A task not yet saved."""
    return {"id": 0, "title": "", "note": "", "remind_at": None, "done": False}
