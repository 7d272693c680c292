"""The Material date picker: a dialog with the days of one month.

State is a `DateDraft`, plain data; `date_picker` draws it, `touch` applies what a touch sent, as in time_picker.
OK sends `on + ("ok",)`, Cancel and back `on + ("cancel",)`; the app reads `draft["chosen"]`.
"""

from __future__ import annotations

import calendar
from datetime import date
from typing import Final, TypedDict

from simphone.ui.view import MATCH, Msg, Paint, Scalar, TextStyle, Theme, View, Window
from simphone.widgets.box import GROUP, column, row, space
from simphone.widgets.buttons import icon_button, text_button
from simphone.widgets.dialogs import dialog_window
from simphone.widgets.text import divider, text

_CELL: Final = 44.0
_TURN: Final = "month_navigation"
_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DAYS: Final = ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat")


class DateDraft(TypedDict):
    """A date that is being picked: the month that is shown, the day chosen and today (both YYYY-MM-DD)."""

    year: int
    month: int
    chosen: str
    today: str


def draft(chosen: date, today: date) -> DateDraft:
    """A picker that opens on a date."""
    return {"year": chosen.year, "month": chosen.month, "chosen": chosen.isoformat(), "today": today.isoformat()}


def touch(draft: DateDraft, what: str, value: Scalar = None) -> DateDraft:
    """The draft after a touch: `day` (of the month shown), `month` (months forward or back)."""
    after = draft.copy()
    if what == "day":
        after["chosen"] = date(draft["year"], draft["month"], int(value or 1)).isoformat()
    elif what == "month":
        count = draft["year"] * 12 + draft["month"] - 1 + int(value or 0)
        after["year"], after["month"] = count // 12, count % 12 + 1
    return after


def short_date(day: date) -> str:
    """Fri, May 10."""
    return f"{_DAYS[(day.weekday() + 1) % 7]}, {_MONTHS[day.month - 1][:3]} {day.day}"


def date_picker(theme: Theme, draft: DateDraft, on: Msg, *, title: str = "Select date") -> Window:
    """The dialog."""
    chosen = date.fromisoformat(draft["chosen"])
    label = "mtrl_picker_title_text"
    return dialog_window(
        theme,
        text(theme, title, size=12, font="medium", color=theme.on_surface_soft, id=label, margin=(24, 20, 24, 0)),
        text(theme, short_date(chosen), size=32, id="mtrl_picker_header_selection_text", margin=(24, 28, 24, 12)),
        divider(theme),
        _months(theme, draft, on),
        *_weeks(theme, draft, on),
        row(
            space(weight=1.0),
            text_button(theme, "Cancel", (*on, "cancel"), id="cancel_button"),
            text_button(theme, "OK", (*on, "ok"), id="confirm_button"),
            gap=8,
            padding=(12, 8, 12, 12),
        ),
        dismiss=(*on, "cancel"),
        title=title,
    )


def _months(theme: Theme, draft: DateDraft, on: Msg) -> View:
    caption = f"{_MONTHS[draft['month'] - 1]} {draft['year']}"
    return row(
        text(theme, caption, size=14, font="medium", color=theme.on_surface_soft, id=f"{_TURN}_fragment_toggle"),
        space(weight=1.0),
        icon_button(theme, "chevron_left", "Change to previous month", (*on, "month", -1), id=f"{_TURN}_previous"),
        icon_button(theme, "chevron_right", "Change to next month", (*on, "month", 1), id=f"{_TURN}_next"),
        padding=(24, 4, 12, 0),
    )


def _weeks(theme: Theme, draft: DateDraft, on: Msg) -> list[View]:
    """The line of day names and six weeks, Sunday first; always six, so that the dialog keeps its height."""
    names = [
        text(theme, name[0], size=12, align="center", width=0, weight=1.0, color=theme.on_surface_soft, desc=name)
        for name in _DAYS
    ]
    first, count = calendar.monthrange(draft["year"], draft["month"])
    lead = (first + 1) % 7
    numbers = [0] * lead + list(range(1, count + 1))
    numbers += [0] * (42 - len(numbers))
    weeks = [numbers[start : start + 7] for start in range(0, 42, 7)]
    grid = column(
        *(row(*(_day(theme, draft, on, number) for number in week), height=_CELL) for week in weeks),
        cls=GROUP,
        id="mtrl_calendar_days_of_week",
        padding=(12, 0, 12, 0),
    )
    return [row(*names, height=32, padding=(12, 0, 12, 0)), grid]


def _day(theme: Theme, draft: DateDraft, on: Msg, number: int) -> View:
    if not number:
        return space(weight=1.0, height=_CELL)
    day = date(draft["year"], draft["month"], number)
    picked, today = draft["chosen"] == day.isoformat(), draft["today"] == day.isoformat()
    ink = theme.on_primary if picked else theme.primary if today else theme.on_surface
    disc = Paint(fill=theme.primary if picked else None, border=theme.primary if today else None, radius=20)
    label = View(in_tree=False, text=str(number), width=40, style=TextStyle(14, ink, align="center"))
    return View(
        cls="android.widget.TextView",
        text=str(number),
        desc=("Today " if today else "") + short_date(day),
        selected=picked,
        on_tap=(*on, "day", number),
        width=0,
        weight=1.0,
        height=MATCH,
        halign="center",
        valign="center",
        children=[
            View(in_tree=False, width=40, height=40, halign="center", valign="center", paint=disc, children=[label])
        ],
    )
