"""The date picker of the platform (android.app.DatePickerDialog): a coloured head, the days of a month, or the years.

Works as date_picker does: state is a draft of plain data, `touch` applies what a touch sent, OK sends `on + ("ok",)`,
Cancel and back send `on + ("cancel",)`. Days are described as TalkBack reads them: "01 May 2024".
"""

from __future__ import annotations

import calendar
from datetime import date
from typing import Final

from simphone.core.dates import LONG_MONTHS, month_grid, month_year, short_date
from simphone.ui.view import MATCH, Msg, Paint, Scalar, Scroll, TextStyle, Theme, View, Window
from simphone.widgets import date_picker as material
from simphone.widgets.box import GROUP, column, frame, row, space
from simphone.widgets.buttons import icon_button
from simphone.widgets.date_picker import DateDraft, draft
from simphone.widgets.dialogs import Action, button_bar, dialog_window
from simphone.widgets.text import text

__all__ = ["YEARS", "DateDraft", "draft", "platform_date_picker", "touch"]

YEARS: Final = (1970, 2100)
"""First and last year that can be picked."""
_CELL: Final = 42.0
_BODY: Final = 40.0 + 24.0 + 6 * _CELL
_YEAR: Final = 56.0


def touch(draft: DateDraft, what: str, value: Scalar = None) -> DateDraft:
    """The draft after a touch: `day`, `month` (forward or back), `head` (the "years", or back to the "days"), `year`.

    Another year keeps the day, unless the month is too short for it."""
    after = draft.copy()
    if what == "head":
        after["mode"] = "years" if value == "years" else "days"
    elif what == "year":
        chosen = date.fromisoformat(draft["chosen"])
        year = int(value or chosen.year)
        day = min(chosen.day, calendar.monthrange(year, chosen.month)[1])
        after["year"], after["month"], after["mode"] = year, chosen.month, "days"
        after["chosen"] = date(year, chosen.month, day).isoformat()
    else:
        after = material.touch(draft, what, value)
        if not YEARS[0] <= after["year"] <= YEARS[1]:
            return draft
    return after


def platform_date_picker(theme: Theme, draft: DateDraft, on: Msg, *, key: str) -> Window:
    """The dialog. `key` names the scroller of the years."""
    body = _years(theme, draft, on, key) if draft["mode"] == "years" else _month(theme, draft, on)
    return dialog_window(
        theme,
        _head(theme, draft, on),
        body,
        button_bar(theme, Action("Cancel", (*on, "cancel")), Action("OK", (*on, "ok"))),
        dismiss=(*on, "cancel"),
    )


def _head(theme: Theme, draft: DateDraft, on: Msg) -> View:
    chosen = date.fromisoformat(draft["chosen"])
    days, ink, faded = draft["mode"] == "days", theme.on_primary, theme.on_primary + "b3"
    return column(
        text(
            theme,
            str(chosen.year),
            size=16,
            font="medium",
            color=faded if days else ink,
            id="android:id/date_picker_header_year",
            on_tap=(*on, "head", "years"),
        ),
        text(
            theme,
            short_date(chosen),
            size=34,
            font="medium",
            color=ink if days else faded,
            id="android:id/date_picker_header_date",
            on_tap=(*on, "head", "days"),
        ),
        id="android:id/date_picker_header",
        padding=(24, 18, 24, 18),
        gap=4,
        paint=Paint(fill=theme.primary, radii=(28, 28, 0, 0)),
    )


def _month(theme: Theme, draft: DateDraft, on: Msg) -> View:
    caption = month_year(date(draft["year"], draft["month"], 1))
    letters = [
        text(theme, name, size=12, align="center", width=0, weight=1.0, color=theme.on_surface_soft, in_tree=False)
        for name in "SMTWTFS"
    ]
    weeks = [
        row(*(_day(theme, draft, on, number) for number in week), height=_CELL, in_tree=False)
        for week in month_grid(draft["year"], draft["month"])
    ]
    first, last = (YEARS[0], 1), (YEARS[1], 12)
    shown = (draft["year"], draft["month"])
    previous = icon_button(theme, "chevron_left", "Previous month", (*on, "month", -1), id="android:id/prev")
    following = icon_button(theme, "chevron_right", "Next month", (*on, "month", 1), id="android:id/next")
    grid = column(
        frame(
            text(
                theme, caption, size=16, font="medium", align="center", width=MATCH, in_tree=False, self_valign="center"
            ),
            in_tree=False,
            width=MATCH,
            height=40.0,
        ),
        row(*letters, height=24.0, in_tree=False),
        *weeks,
        cls="android.view.View",
        id="android:id/month_view",
        padding=(12, 0, 12, 0),
    )
    turns = row(
        previous if shown > first else space(width=48),
        space(weight=1.0),
        following if shown < last else None,
        in_tree=False,
        height=40.0,
        padding=(12, 0, 12, 0),
    )
    return frame(
        grid, turns, cls=GROUP, id="android:id/date_picker_day_picker", width=MATCH, height=_BODY, margin=(0, 12, 0, 0)
    )


def _day(theme: Theme, draft: DateDraft, on: Msg, number: int) -> View:
    if not number:
        return space(weight=1.0, height=_CELL)
    day = date(draft["year"], draft["month"], number)
    picked, today = draft["chosen"] == day.isoformat(), draft["today"] == day.isoformat()
    ink = theme.on_primary if picked else theme.primary if today else theme.on_surface
    label = View(
        in_tree=False,
        text=str(number),
        width=40,
        style=TextStyle(14, ink, weight="medium" if today or picked else "regular", align="center"),
    )
    disc = View(
        in_tree=False,
        width=40,
        height=40,
        halign="center",
        valign="center",
        children=[label],
        paint=Paint(fill=theme.primary if picked else None, radius=20),
    )
    return View(
        cls="android.view.View",
        text=str(number),
        desc=f"{number:02d} {LONG_MONTHS[day.month - 1]} {day.year}",
        checkable=True,
        checked=picked,
        on_tap=(*on, "day", number),
        width=0,
        weight=1.0,
        height=MATCH,
        halign="center",
        valign="center",
        children=[disc],
    )


def _years(theme: Theme, draft: DateDraft, on: Msg, key: str) -> View:
    chosen = date.fromisoformat(draft["chosen"]).year
    entries = [
        text(
            theme,
            str(year),
            size=24 if year == chosen else 16,
            align="center",
            width=MATCH,
            color=theme.primary if year == chosen else theme.on_surface,
            font="medium" if year == chosen else "regular",
            id="android:id/text1",
            on_tap=(*on, "year", year),
            key=f"{key}:{year}",
            height=_YEAR,
            padding=(0, 12, 0, 12),
        )
        for year in range(YEARS[0], YEARS[1] + 1)
    ]
    return View(
        cls="android.widget.ListView",
        id="android:id/date_picker_year_picker",
        layout="column",
        width=MATCH,
        height=_BODY + 12,
        focusable=True,
        scroll=Scroll(key, start_at=f"{key}:{max(YEARS[0], chosen - 2)}"),
        children=list(entries),
    )
