"""English names of days and months; the host's locale has no say in what the phone shows."""

from __future__ import annotations

from datetime import date
from typing import Final

DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def short_date(day: date) -> str:
    """As the home screen and the shade write it: `Fri, May 10`."""
    return f"{DAYS[day.weekday()]}, {MONTHS[day.month - 1]} {day.day}"
