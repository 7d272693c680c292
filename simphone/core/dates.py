"""English names of days and months; the host's locale has no say in what the phone shows."""

from __future__ import annotations

import calendar
from datetime import date
from typing import Final

DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LONG_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LONG_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def short_date(day: date) -> str:
    """As the home screen and the shade write it: `Fri, May 10`."""
    return f"{DAYS[day.weekday()]}, {MONTHS[day.month - 1]} {day.day}"


def medium_date(day: date) -> str:
    """With the year, as pickers and settings write it: `May 10, 2024`."""
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


def long_date(day: date) -> str:
    """With the month in full: `March 8, 2024`."""
    return f"{LONG_MONTHS[day.month - 1]} {day.day}, {day.year}"


def month_year(day: date) -> str:
    """Heading of a month: `May 2024`."""
    return f"{LONG_MONTHS[day.month - 1]} {day.year}"


def month_grid(year: int, month: int) -> list[list[int]]:
    """The days of a month in weeks from Sunday to Saturday; 0 where a week lies outside of the month."""
    return calendar.Calendar(calendar.SUNDAY).monthdayscalendar(year, month)
