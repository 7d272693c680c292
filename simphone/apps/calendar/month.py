"""The month of the Calendar tab: its heading, its days, and turning its pages."""

from __future__ import annotations

from datetime import date
from typing import Final

from simphone.apps.calendar import look, times
from simphone.apps.calendar.state import Event, select, shown
from simphone.core.app import Ctx
from simphone.core.dates import month_grid, month_year
from simphone.ui.view import MATCH, Paint, Scalar, TextStyle, Theme, View, Window
from simphone.widgets import date_picker, nav
from simphone.widgets.box import GROUP, column, row, space
from simphone.widgets.buttons import BUTTON
from simphone.widgets.image import icon
from simphone.widgets.picking import picked
from simphone.widgets.text import text

_CELL: Final = 46.0
_MOST_DOTS: Final = 3


def title(colors: Theme, first: date) -> View:
    """May 2024; a tap jumps to any other date."""
    caption = month_year(first)
    return View(
        cls=BUTTON,
        id="month_title",
        text=caption,
        on_tap=("month.pick",),
        layout="row",
        height=48,
        gap=4,
        padding=(12, 0, 8, 0),
        valign="center",
        children=[
            View(in_tree=False, text=caption, style=TextStyle(22, colors.on_surface, "bold", max_lines=1)),
            icon(colors, "arrow_drop_down", size=22, in_tree=False),
        ],
    )


def grid(colors: Theme, first: date, chosen: date, today: date, events: list[Event]) -> list[View]:
    """The letters of the week and the days of a month; dots tell how many events a day has."""
    letters = [
        text(colors, letter, size=12, font="medium", color=colors.on_surface_soft, align="center", width=0, weight=1.0)
        for letter in "SMTWTFS"
    ]
    weeks = [
        row(*(_day(colors, first, number, chosen, today, events) for number in week), height=_CELL)
        for week in month_grid(first.year, first.month)
    ]
    days = column(
        *weeks,
        cls=GROUP,
        id="month",
        padding=(12, 0, 12, 0),
        on_swipe={"left": ("month.turn", 1), "right": ("month.turn", -1)},
    )
    return [row(*letters, height=28, padding=(12, 0, 12, 0)), days]


def _day(colors: Theme, first: date, number: int, chosen: date, today: date, events: list[Event]) -> View:
    if not number:
        return space(weight=1.0, height=_CELL)
    day = first.replace(day=number)
    picked_day, now = day == chosen, day == today
    ink = colors.on_primary if picked_day else colors.primary if now else colors.on_surface
    label = View(
        in_tree=False, text=str(number), width=34, style=TextStyle(15, ink, "bold" if now else "regular", "center")
    )
    disc = View(
        in_tree=False,
        width=34,
        height=34,
        halign="center",
        valign="center",
        paint=Paint(fill=colors.primary, radius=17) if picked_day else None,
        children=[label],
    )
    count = min(_MOST_DOTS, sum(times.occurs(event, day) for event in events))
    dots = [View(in_tree=False, width=5, height=5, paint=Paint(fill=colors.primary, radius=2.5)) for _ in range(count)]
    return View(
        cls="android.widget.TextView",
        text=str(number),
        selected=picked_day,
        on_tap=("month.day", day.isoformat()),
        width=0,
        weight=1.0,
        height=MATCH,
        layout="column",
        halign="center",
        valign="center",
        children=[disc, row(*dots, in_tree=False, width=-2.0, height=7, gap=3)],
    )


def jump_dialog(ctx: Ctx, entry: nav.Entry) -> Window:
    """The date to jump to."""
    return date_picker.date_picker(look.theme(ctx), entry["args"]["draft"], ("month.on_date",))


# --- messages -------------------------------------------------------------------------------------------------------
def turn(ctx: Ctx, months: int) -> None:
    """Months forward or back; the selected day stays what it is."""
    first = date.fromisoformat(shown(ctx)["month"])
    count = first.year * 12 + first.month - 1 + months
    if date_picker.YEARS[0] <= count // 12 <= date_picker.YEARS[1]:
        shown(ctx)["month"] = date(count // 12, count % 12 + 1, 1).isoformat()


def choose(ctx: Ctx, day: str) -> None:
    """A day was tapped."""
    select(ctx, date.fromisoformat(day))


def to_today(ctx: Ctx) -> None:
    """Back to today."""
    select(ctx, ctx.system.now().date())


def pick(ctx: Ctx) -> None:
    """Open the picker on the selected day."""
    chosen = date.fromisoformat(shown(ctx)["selected"])
    nav.open_dialog(ctx, "jump", draft=date_picker.draft(chosen, ctx.system.now().date()))


def on_date(ctx: Ctx, what: str, value: Scalar = None) -> None:
    """A touch of that picker."""
    draft = picked(ctx, date_picker.touch, what, value)
    if draft is not None:
        select(ctx, date.fromisoformat(draft["chosen"]))


DIALOGS: Final[dict[str, nav.DialogFn]] = {"jump": jump_dialog}
HANDLERS: Final[dict[str, nav.Handler]] = {
    "month.turn": turn,
    "month.day": choose,
    "month.today": to_today,
    "month.pick": pick,
    "month.on_date": on_date,
}
