"""The Material date picker: a dialog with the days of one month, a list of years, or a field to type the date into.

State is a `DateDraft`, plain data; `date_picker` draws it, `touch` applies what a touch sent, as in time_picker.
OK sends `on + ("ok",)`, Cancel and back `on + ("cancel",)`; the app reads `draft["chosen"]`. OK is dead while what is
typed is no date, so an app never reads an empty one. Labels are those of Material Components for Android.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final, Literal, TypedDict

from simphone.core.dates import LONG_DAYS, LONG_MONTHS, medium_date, month_grid, month_year
from simphone.ui.view import MATCH, Msg, Paint, Scalar, Scroll, TextStyle, Theme, View, Window
from simphone.widgets.box import GROUP, RECYCLER, column, row, space
from simphone.widgets.buttons import BUTTON, icon_button, text_button
from simphone.widgets.dialogs import dialog_window
from simphone.widgets.fields import outlined_field
from simphone.widgets.image import icon
from simphone.widgets.text import divider, text

TO_TEXT: Final = "Switch to text input mode"
TO_DAYS: Final = "Switch to calendar input mode"
PATTERN: Final = "mm/dd/yyyy"
YEARS: Final = (1900, 2100)
"""First and last year that can be chosen, as in Material."""
_CELL: Final = 44.0
_WEEKS: Final = 6
_TURN: Final = "month_navigation"
_LETTERS: Final = ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat")
_TYPED: Final = re.compile(r"\s*(\d{1,2})/(\d{1,2})/(\d{4})\s*", re.ASCII)


class DateDraft(TypedDict):
    """A date that is being picked: the month that is shown, the day chosen and today (both YYYY-MM-DD).

    `typed` is what stands in the field of text mode; while it is no date, `chosen` is empty."""

    year: int
    month: int
    chosen: str
    today: str
    mode: Literal["days", "years", "text"]
    typed: str


def draft(chosen: date, today: date) -> DateDraft:
    """A picker that opens on a date."""
    return {
        "year": chosen.year,
        "month": chosen.month,
        "chosen": chosen.isoformat(),
        "today": today.isoformat(),
        "mode": "days",
        "typed": "",
    }


def touch(draft: DateDraft, what: str, value: Scalar = None) -> DateDraft:
    """The draft after a touch: `day` (of the month shown), `month` (months forward or back), `years` (the list of
    years, and back), `year`, `text` (the field, and back), `typed`."""
    after = draft.copy()
    if what == "day":
        after["chosen"] = date(draft["year"], draft["month"], int(value or 1)).isoformat()
    elif what == "month":
        count = draft["year"] * 12 + draft["month"] - 1 + int(value or 0)
        if YEARS[0] <= count // 12 <= YEARS[1]:
            after["year"], after["month"] = count // 12, count % 12 + 1
    elif what == "years":
        after["mode"] = "days" if draft["mode"] == "years" else "years"
    elif what == "year":
        after["year"], after["mode"] = int(value or draft["year"]), "days"
    elif what == "text":
        return _to_days(after) if draft["mode"] == "text" else _to_text(after)
    elif what == "typed":
        found = typed_date(str(value))
        after["typed"], after["chosen"] = str(value), found.isoformat() if found else ""
    return after


def typed_date(value: str) -> date | None:
    """A date as text mode takes it, 5/10/2024 or 05/10/2024; None when it is none."""
    match = _TYPED.fullmatch(value)
    if match is None:
        return None
    month, day, year = map(int, match.groups())
    if not YEARS[0] <= year <= YEARS[1]:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _to_text(draft: DateDraft) -> DateDraft:
    chosen = date.fromisoformat(draft["chosen"])
    draft["mode"], draft["typed"] = "text", f"{chosen.month:02d}/{chosen.day:02d}/{chosen.year}"
    return draft


def _to_days(draft: DateDraft) -> DateDraft:
    """The month of what was typed, or of today if that is no date."""
    draft["chosen"] = draft["chosen"] or draft["today"]
    chosen = date.fromisoformat(draft["chosen"])
    draft["mode"], draft["year"], draft["month"] = "days", chosen.year, chosen.month
    return draft


# --- drawing --------------------------------------------------------------------------------------------------------
def date_picker(theme: Theme, draft: DateDraft, on: Msg, *, title: str = "Select Date") -> Window:
    """The dialog."""
    return dialog_window(
        theme,
        text(
            theme,
            title,
            size=12,
            font="medium",
            color=theme.on_surface_soft,
            id="mtrl_picker_title_text",
            margin=(24, 20, 24, 0),
        ),
        _headline(theme, draft, on),
        divider(theme),
        *_body(theme, draft, on),
        row(
            space(weight=1.0),
            text_button(theme, "Cancel", (*on, "cancel"), id="cancel_button"),
            text_button(theme, "OK", (*on, "ok"), id="confirm_button", enabled=bool(draft["chosen"])),
            gap=8,
            padding=(12, 8, 12, 12),
        ),
        dismiss=(*on, "cancel"),
        title=title,
    )


def _headline(theme: Theme, draft: DateDraft, on: Msg) -> View:
    """The date chosen, and the switch between the ways of choosing."""
    chosen = medium_date(date.fromisoformat(draft["chosen"])) if draft["chosen"] else "Selected Date"
    typing = draft["mode"] == "text"
    return row(
        text(theme, chosen, size=30, max_lines=1, id="mtrl_picker_header_selection_text", width=0, weight=1.0),
        icon_button(
            theme,
            "calendar" if typing else "edit",
            TO_DAYS if typing else TO_TEXT,
            (*on, "text"),
            id="mtrl_picker_header_toggle",
        ),
        padding=(24, 18, 12, 8),
    )


def _body(theme: Theme, draft: DateDraft, on: Msg) -> list[View]:
    if draft["mode"] == "text":
        return [_field(theme, draft, on)]
    months = _months(theme, draft, on)
    return [months, _years(theme, draft, on)] if draft["mode"] == "years" else [months, *_weeks(theme, draft, on)]


def _field(theme: Theme, draft: DateDraft, on: Msg) -> View:
    wrong = bool(draft["typed"]) and not draft["chosen"]
    border = Paint(border=theme.error if wrong else theme.primary, border_width=2, radius=4)
    return column(
        text(theme, "Date", size=12, color=theme.error if wrong else theme.primary, in_tree=False),
        outlined_field(
            theme,
            "date_picker.typed",
            draft["typed"],
            (*on, "typed"),
            hint=PATTERN,
            autofocus=True,
            id="mtrl_picker_text_input_date",
            paint=border,
        ),
        text(
            theme,
            f"Invalid format.\nUse: {PATTERN}\nExample: {_example(draft)}" if wrong else PATTERN,
            size=12,
            line_height=17,
            color=theme.error if wrong else theme.on_surface_soft,
            id="textinput_error",
            in_tree=wrong,
        ),
        in_tree=False,
        gap=6,
        padding=(24, 20, 24, 16),
    )


def _example(draft: DateDraft) -> str:
    today = date.fromisoformat(draft["today"])
    return f"{today.month:02d}/{today.day:02d}/{today.year}"


def _months(theme: Theme, draft: DateDraft, on: Msg) -> View:
    years = draft["mode"] == "years"
    turns = (
        icon_button(theme, "chevron_left", "Change to previous month", (*on, "month", -1), id=f"{_TURN}_previous"),
        icon_button(theme, "chevron_right", "Change to next month", (*on, "month", 1), id=f"{_TURN}_next"),
    )
    return row(
        _toggle(theme, draft, on),
        space(weight=1.0),
        *(() if years else turns),
        height=56,
        padding=(12, 4, 12, 0),
    )


def _toggle(theme: Theme, draft: DateDraft, on: Msg) -> View:
    """May 2024, with the arrow that opens the list of years."""
    caption = month_year(date(draft["year"], draft["month"], 1))
    years = draft["mode"] == "years"
    return View(
        cls=BUTTON,
        id=f"{_TURN}_fragment_toggle",
        text=caption,
        desc="Tap to switch to selecting a day" if years else "Tap to switch to selecting a year",
        on_tap=(*on, "years"),
        layout="row",
        height=48,
        gap=4,
        padding=(12, 0, 8, 0),
        valign="center",
        children=[
            View(in_tree=False, text=caption, style=TextStyle(14, theme.on_surface_soft, "medium", max_lines=1)),
            icon(theme, "arrow_drop_up" if years else "arrow_drop_down", size=20, in_tree=False),
        ],
    )


def _weeks(theme: Theme, draft: DateDraft, on: Msg) -> list[View]:
    """The line of day names and six weeks, Sunday first; always six, so that the dialog keeps its height."""
    names = [
        text(theme, name[0], size=12, align="center", width=0, weight=1.0, color=theme.on_surface_soft, desc=name)
        for name in _LETTERS
    ]
    weeks = month_grid(draft["year"], draft["month"])
    weeks += [[0] * 7] * (_WEEKS - len(weeks))
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
    day, today = date(draft["year"], draft["month"], number), date.fromisoformat(draft["today"])
    cell = _cell(theme, str(number), picked=draft["chosen"] == day.isoformat(), now=day == today, width=40)
    cell.desc = _spoken(day, today)
    cell.on_tap = (*on, "day", number)
    cell.weight, cell.width, cell.height = 1.0, 0, MATCH
    return cell


def _spoken(day: date, today: date) -> str:
    """Tuesday, May 21 - with the year when it is another one."""
    year = "" if day.year == today.year else f", {day.year}"
    return f"{'Today ' if day == today else ''}{LONG_DAYS[day.weekday()]}, {LONG_MONTHS[day.month - 1]} {day.day}{year}"


def _years(theme: Theme, draft: DateDraft, on: Msg) -> View:
    now = date.fromisoformat(draft["today"]).year
    cells = []
    for year in range(YEARS[0], YEARS[1] + 1):
        cell = _cell(theme, str(year), picked=year == draft["year"], now=year == now, width=72)
        cell.desc = f"Navigate to {'current ' if year == now else ''}year {year}"
        cell.on_tap, cell.key = (*on, "year", year), str(year)
        cell.width, cell.height = MATCH, 52
        cells.append(cell)
    return View(
        cls=RECYCLER,
        id="mtrl_calendar_year_selector_frame",
        layout="grid",
        columns=3,
        width=MATCH,
        height=32 + _WEEKS * _CELL,
        focusable=True,
        padding=(12, 0, 12, 0),
        scroll=Scroll("date_picker.years", start_at=str(max(YEARS[0], draft["year"] - 6))),
        children=cells,
    )


def _cell(theme: Theme, label: str, *, picked: bool, now: bool, width: float) -> View:
    """A day or a year: a number, on a disc when it is the chosen one, in a ring when it is the present one."""
    ink = theme.on_primary if picked else theme.primary if now else theme.on_surface
    disc = Paint(fill=theme.primary if picked else None, border=theme.primary if now else None, radius=20)
    drawn = View(in_tree=False, text=label, width=width, style=TextStyle(14, ink, align="center"))
    return View(
        cls="android.widget.TextView",
        text=label,
        selected=picked,
        halign="center",
        valign="center",
        children=[
            View(in_tree=False, width=width, height=40, halign="center", valign="center", paint=disc, children=[drawn])
        ],
    )
