"""The Main tab: what was spent lately, the latest entries, the budget of the month."""

from __future__ import annotations

from datetime import date
from typing import Final

from simphone.apps.bluecoins import ledger, look, money
from simphone.apps.bluecoins.state import saved, today
from simphone.core.app import Ctx
from simphone.core.dates import DAYS, month_year
from simphone.ui.view import MATCH, Paint, Theme, View
from simphone.widgets.box import column, row, scroll_column, space
from simphone.widgets.controls import progress_bar
from simphone.widgets.text import divider, text

_BARS: Final = 88.0
_LATEST: Final = 3


def body(ctx: Ctx) -> View:
    """The cards."""
    colors = look.theme(ctx)
    return scroll_column("main", _daily(ctx, colors), _latest(ctx, colors), _budget(ctx, colors), space(height=96))


def _daily(ctx: Ctx, colors: Theme) -> View:
    """Expenses of the days of this week as bars, and what a day costs on the average."""
    now, entries = today(ctx), saved(ctx)["transactions"]
    days = ledger.week(now)
    spent = [abs(ledger.total(ledger.between(entries, day, day), "expense")) for day in days]
    most = max(*spent, 1)
    bars = [_bar(colors, day, amount / most, day == now) for day, amount in zip(days, spent, strict=True)]
    averages = [
        row(
            text(colors, f"{count} days average", color=colors.on_surface_soft, width=0, weight=1.0),
            text(colors, money.told(ledger.average(entries, now, count)), font="medium", color=colors.error),
            padding=(16, 4, 16, 4),
        )
        for count in (7, 30)
    ]
    return look.titled_card(
        colors,
        "Daily Summary",
        text(colors, "Expense", size=13, color=colors.on_surface_soft, margin=(16, 0, 16, 4)),
        row(*bars, padding=(12, 0, 12, 8), valign="bottom"),
        divider(colors, margin=(16, 0, 16, 6)),
        *averages,
    )


def _bar(colors: Theme, day: date, share: float, now: bool) -> View:
    fill = colors.primary if now else colors.primary_soft
    bar = View(in_tree=False, width=22, height=max(2.0, share * _BARS), paint=Paint(fill=fill, radii=(4, 4, 0, 0)))
    name = text(
        colors,
        DAYS[day.weekday()],
        size=12,
        font="medium" if now else "regular",
        align="center",
        width=MATCH,
        color=colors.on_surface if now else colors.on_surface_soft,
        margin=(0, 6, 0, 0),
    )
    return column(space(weight=1.0), bar, name, in_tree=False, width=0, weight=1.0, height=_BARS + 24, halign="center")


def _latest(ctx: Ctx, colors: Theme) -> View | None:
    """What was entered last, whatever its date."""
    latest = sorted(saved(ctx)["transactions"], key=lambda each: -each["id"])[:_LATEST]
    if not latest:
        return None
    return look.titled_card(colors, "Last Entries", *(look.transaction_row(ctx, entry) for entry in latest))


def _budget(ctx: Ctx, colors: Theme) -> View:
    """Expenses of the month against the budget."""
    now = today(ctx)
    entries = ledger.in_month(saved(ctx)["transactions"], now.isoformat())
    spent, planned = abs(ledger.total(entries, "expense")), sum(saved(ctx)["budgets"].values())
    return look.titled_card(
        colors,
        "Budget Summary",
        row(
            text(colors, "EXPENSE", size=13, color=colors.on_surface_soft, width=0, weight=1.0),
            text(colors, month_year(now), size=13, color=colors.on_surface_soft),
            padding=(16, 0, 16, 6),
        ),
        progress_bar(colors, spent / planned if planned else 0.0, margin=(16, 4, 16, 8), height=8),
        row(
            text(colors, money.told(spent), font="medium", color=colors.error),
            text(colors, f"of {money.told(planned)}" if planned else "No budget", color=colors.on_surface_soft),
            gap=8,
            padding=(16, 0, 16, 0),
        ),
        on_tap=("drawer.tab", "budget"),
    )
