"""The Calendar tab: a month of days with what came and went, and the transactions of one of them."""

from __future__ import annotations

from datetime import date
from typing import Final

from simphone.apps.bluecoins import ledger, look, money
from simphone.apps.bluecoins.catalog import Kind
from simphone.apps.bluecoins.state import Transaction, saved, shown, today, turned
from simphone.core.app import Ctx
from simphone.core.dates import DAYS, long_date, month_grid, month_year
from simphone.ui.view import MATCH, Paint, TextStyle, Theme, View
from simphone.widgets.box import GROUP, column, list_view, row, space
from simphone.widgets.buttons import icon_button
from simphone.widgets.nav import Handler
from simphone.widgets.text import divider, text

_CELL: Final = 44.0
_SUNDAY_FIRST: Final = (DAYS[-1], *DAYS[:-1])


def body(ctx: Ctx) -> View:
    """The month above, the chosen day below."""
    colors, chosen = look.theme(ctx), date.fromisoformat(shown(ctx)["day"])
    entries = ledger.ordered(ledger.between(saved(ctx)["transactions"], chosen, chosen))
    rows = [view for entry in entries for view in (look.transaction_row(ctx, entry), divider(colors))]
    nothing = text(
        colors,
        "No transactions",
        size=15,
        color=colors.on_surface_soft,
        align="center",
        width=MATCH,
        margin=(16, 32, 16, 0),
        id="empty_tab",
    )
    listing = list_view(f"day.{shown(ctx)['day']}", *(rows or [nothing]), space(height=88))
    return column(_month(ctx, colors), _sums(colors, chosen, entries), listing, in_tree=False)


def _month(ctx: Ctx, colors: Theme) -> View:
    first, now = date.fromisoformat(shown(ctx)["month"]), today(ctx)
    entries = ledger.in_month(saved(ctx)["transactions"], shown(ctx)["month"])
    head = row(
        icon_button(colors, "chevron_left", "Previous month", ("month.turn", -1)),
        text(colors, month_year(first), size=18, font="medium", align="center", width=0, weight=1.0, id="month_name"),
        icon_button(colors, "chevron_right", "Next month", ("month.turn", 1)),
        in_tree=False,
        height=48,
        padding=(8, 0, 8, 0),
    )
    names = [
        text(colors, name, size=12, align="center", color=colors.on_surface_soft, width=0, weight=1.0)
        for name in _SUNDAY_FIRST
    ]
    weeks = [
        row(*(_day(ctx, colors, first, number, now, entries) for number in week), in_tree=False, height=_CELL)
        for week in month_grid(first.year, first.month)
    ]
    days = column(
        *weeks, cls=GROUP, id="calendar_view", on_swipe={"left": ("month.turn", 1), "right": ("month.turn", -1)}
    )
    return column(
        head,
        row(*names, in_tree=False, height=22),
        days,
        in_tree=False,
        padding=(8, 4, 8, 8),
        paint=Paint(fill=colors.surface),
    )


def _day(ctx: Ctx, colors: Theme, first: date, number: int, now: date, entries: list[Transaction]) -> View:
    if not number:
        return space(weight=1.0, height=_CELL)
    day = first.replace(day=number)
    picked, mine = day.isoformat() == shown(ctx)["day"], ledger.between(entries, day, day)
    ink = colors.on_primary if picked else colors.primary if day == now else colors.on_surface
    label = View(
        in_tree=False,
        text=str(number),
        width=32,
        style=TextStyle(15, ink, weight="medium" if picked or day == now else "regular", align="center"),
    )
    disc = View(
        in_tree=False,
        width=32,
        height=32,
        halign="center",
        valign="center",
        children=[label],
        paint=Paint(fill=colors.primary, radius=16) if picked else None,
    )
    kinds: list[Kind] = [kind for kind in ("expense", "income") if ledger.of_kind(mine, kind)]
    dots = [
        View(in_tree=False, width=5, height=5, paint=Paint(fill=look.kind_ink(colors, kind), radius=2.5))
        for kind in kinds
    ]
    return View(
        cls="android.view.View",
        desc=long_date(day),
        checkable=True,
        checked=picked,
        on_tap=("month.day", day.isoformat()),
        layout="column",
        width=0,
        weight=1.0,
        height=MATCH,
        halign="center",
        valign="center",
        children=[disc, row(*dots, in_tree=False, width=-2.0, height=7, gap=3)],
    )


def _sums(colors: Theme, day: date, entries: list[Transaction]) -> View:
    """What came in, went out and is left of the day."""
    sums = (
        ("INCOME", ledger.total(entries, "income")),
        ("EXPENSE", ledger.total(entries, "expense")),
        ("NET EARNINGS", ledger.total(entries)),
    )
    cells = [
        column(
            text(colors, name, size=11, color=colors.on_surface_soft, max_lines=1),
            text(
                colors,
                money.told(amount),
                size=13,
                font="medium",
                color=look.ink(colors, amount),
                max_lines=1,
                id="amount_tv",
            ),
            width=0,
            weight=1.0,
            halign="center",
            gap=3,
        )
        for name, amount in sums
    ]
    return column(
        text(
            colors,
            long_date(day),
            size=14,
            font="medium",
            color=colors.on_surface_soft,
            id="day_tv",
            margin=(16, 10, 16, 6),
        ),
        row(*cells, padding=(8, 2, 8, 10)),
        divider(colors),
        in_tree=False,
    )


# --- messages -------------------------------------------------------------------------------------------------------
def turn(ctx: Ctx, months: int) -> None:
    """Another month; the chosen day stays chosen."""
    shown(ctx)["month"] = turned(shown(ctx)["month"], months)


def choose(ctx: Ctx, day: str) -> None:
    """A day was tapped, or is where something was saved."""
    shown(ctx)["day"], shown(ctx)["month"] = day, f"{day[:7]}-01"


def to_today(ctx: Ctx) -> None:
    """Back to today."""
    choose(ctx, today(ctx).isoformat())


HANDLERS: Final[dict[str, Handler]] = {"month.turn": turn, "month.day": choose, "month.today": to_today}
