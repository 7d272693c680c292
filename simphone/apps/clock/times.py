"""Times, days and lengths of time, as Clock writes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Final

from simphone.apps.clock.state import WEEK, Day
from simphone.core.app import Ctx
from simphone.core.dates import short_date

HAIR: Final = "\u200a"
"""Android puts a hair space between the digits and AM or PM."""

SHORT: Final[dict[Day, str]] = {
    "mon": "Mon",
    "tue": "Tue",
    "wed": "Wed",
    "thu": "Thu",
    "fri": "Fri",
    "sat": "Sat",
    "sun": "Sun",
}
LONG: Final[dict[Day, str]] = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}


def parse(value: str) -> time:
    """HH:MM as a time of day."""
    return time.fromisoformat(value)


def plain(hour: int, minute: int) -> str:
    """The stored form, HH:MM."""
    return f"{hour:02d}:{minute:02d}"


def split(ctx: Ctx, at: time, *, seconds: bool = False) -> tuple[str, str]:
    """A time of day as digits and AM or PM (empty on a 24-hour phone)."""
    tail = f":{at.second:02d}" if seconds else ""
    if ctx.hours24:
        return f"{at.hour:02d}:{at.minute:02d}{tail}", ""
    return f"{at.hour % 12 or 12}:{at.minute:02d}{tail}", "AM" if at.hour < 12 else "PM"


def joined(digits: str, period: str) -> str:
    """The parts of `split` as one text."""
    return f"{digits}{HAIR}{period}" if period else digits


def clock_text(ctx: Ctx, at: time) -> str:
    """7:30 AM, with a hair space."""
    return joined(*split(ctx, at))


def date_text(day: date) -> str:
    """Fri, May 10."""
    return short_date(day)


def month_day(day: date) -> str:
    """May 10: without the day of the week, which cards write for repetitions only."""
    return date_text(day).partition(", ")[2]


def week_from(start: Day) -> list[Day]:
    """The days of a week that begins with `start`."""
    first = WEEK.index(start)
    return [*WEEK[first:], *WEEK[:first]]


def days_text(days: Iterable[Day], start: Day, *, full: bool = False) -> str:
    """Mon, Tue, Wed - in the order of the week that the settings ask for; a single day is written out."""
    picked = [day for day in week_from(start) if day in set(days)]
    if len(picked) == len(WEEK):
        return "Every day"
    names = LONG if full or len(picked) == 1 else SHORT
    return ", ".join(names[day] for day in picked)


def next_at(now: datetime, at: time) -> datetime:
    """The next moment, after `now`, at that time of day."""
    today = datetime.combine(now.date(), at)
    return today if today > now else today + timedelta(days=1)


def count(number: int, noun: str) -> str:
    """1 hour, 2 hours."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def until_text(minutes: int) -> str:
    """3 hours and 5 minutes: what lies before an alarm, in whole minutes."""
    days, rest = divmod(minutes, 24 * 60)
    parts = [(days, "day"), (rest // 60, "hour"), (rest % 60, "minute")]
    words = [count(number, noun) for number, noun in parts if number]
    if not words:
        return "less than 1 minute"
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def spoken_parts(hours: int, minutes: int, seconds: int) -> str:
    """1 hour, 15 minutes, 0 seconds: the description of a length of time."""
    return f"{count(hours, 'hour')}, {count(minutes, 'minute')}, {count(seconds, 'second')}"


def spoken_length(total_s: int) -> str:
    """The same, of a length in seconds."""
    return spoken_parts(total_s // 3600, total_s // 60 % 60, total_s % 60)
