"""Days and times as Calendar writes them, and the days on which an event happens."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final

from simphone.apps.calendar.state import Event, Recurrence
from simphone.core.app import Ctx
from simphone.core.dates import DAYS, MONTHS

NOTIFICATIONS: Final[dict[int, str]] = {
    0: "At time of event",
    5: "5 minutes before",
    10: "10 minutes before",
    30: "30 minutes before",
    60: "1 hour before",
    1440: "1 day before",
}
"""Minutes before the start -> what the app calls them."""
RECURRENCES: Final[dict[Recurrence, str]] = {
    "daily": "Daily",
    "weekly": "Weekly",
    "monthly": "Monthly",
    "yearly": "Yearly",
}
ALL_DAY: Final = "All-day"
NO_TITLE: Final = "(No title)"
_FARTHEST: Final = 8 * 366
"""Longest way to a next occurrence in days: February 29, over a year that is no leap year."""


def time_text(ctx: Ctx, value: str) -> str:
    """HH:MM as `5:00 PM`, with an ordinary blank as this app writes it."""
    at = time.fromisoformat(value)
    if ctx.hours24:
        return f"{at.hour:02d}:{at.minute:02d}"
    return f"{at.hour % 12 or 12}:{at.minute:02d} {'AM' if at.hour < 12 else 'PM'}"


def date_text(day: date, today: date) -> str:
    """Today, Tomorrow, `Tue, May 21`, `Sat, Jun 01`; with the year when it is another one."""
    if day == today:
        return "Today"
    if day == today + timedelta(days=1):
        return "Tomorrow"
    year = "" if day.year == today.year else f", {day.year}"
    return f"{DAYS[day.weekday()]}, {MONTHS[day.month - 1]} {day.day:02d}{year}"


def span_text(ctx: Ctx, event: Event) -> str:
    """`5:00 PM - 6:00 PM`, or `All-day`."""
    if event["all_day"]:
        return ALL_DAY
    return f"{time_text(ctx, event['start'])} - {time_text(ctx, event['end'])}"


def moment_text(ctx: Ctx, value: str) -> str:
    """A stored local time as `Today, 5:00 PM`."""
    at = datetime.fromisoformat(value)
    return f"{date_text(at.date(), ctx.system.now().date())}, {time_text(ctx, f'{at:%H:%M}')}"


def notification_text(minutes: int) -> str:
    """What a notification is called; also of lengths that the dialog does not offer."""
    return NOTIFICATIONS.get(minutes) or f"{minutes} minutes before"


def occurs(event: Event, day: date) -> bool:
    """Whether an event happens on a day. A month or year without that day is passed over."""
    first = date.fromisoformat(event["date"])
    if day < first:
        return False
    match event["recurrence"]:
        case "daily":
            return True
        case "weekly":
            return (day - first).days % 7 == 0
        case "monthly":
            return day.day == first.day
        case "yearly":
            return (day.month, day.day) == (first.month, first.day)
    return day == first


def next_day(event: Event, today: date) -> date | None:
    """The first day, today or later, on which an event happens; None when it is over."""
    day = max(date.fromisoformat(event["date"]), today)
    if event["recurrence"] == "none":
        return day if occurs(event, day) else None
    for ahead in range(_FARTHEST):
        if occurs(event, day + timedelta(days=ahead)):
            return day + timedelta(days=ahead)
    return None


def sort_key(event: Event) -> tuple[bool, str, str, int]:
    """Order of the events of one day: all-day ones first, then by time."""
    return not event["all_day"], "" if event["all_day"] else event["start"], event["end"], event["id"]


def on_day(events: list[Event], day: date) -> list[Event]:
    """The events of a day, in order."""
    return sorted((event for event in events if occurs(event, day)), key=sort_key)


def coming(events: list[Event], today: date) -> list[tuple[date, Event]]:
    """Every event that is still to come, at its next day, in order."""
    dated = [(day, event) for event in events if (day := next_day(event, today)) is not None]
    return sorted(dated, key=lambda pair: (pair[0], sort_key(pair[1])))


def moved(event: Event, start: str) -> tuple[str, str]:
    """New start and end when the start moves: the length is kept, as far as the day allows."""
    length = max(0, minutes_of(event["end"]) - minutes_of(event["start"]))
    end = min(minutes_of(start) + length, 24 * 60 - 1)
    return start, f"{end // 60:02d}:{end % 60:02d}"


def minutes_of(value: str) -> int:
    """HH:MM in minutes since midnight."""
    at = time.fromisoformat(value)
    return at.hour * 60 + at.minute
