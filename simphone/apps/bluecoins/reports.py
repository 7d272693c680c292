"""The tabs that only tell: reminders, balance sheet, budget, net earnings, items; and the page of all categories."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Final

from simphone.apps.bluecoins import catalog, ledger, look, money
from simphone.apps.bluecoins.state import Transaction, saved, shown, today
from simphone.core.app import Ctx
from simphone.core.dates import month_year
from simphone.ui.view import Scene, Theme, View, Window
from simphone.widgets import nav
from simphone.widgets.bars import app_bar
from simphone.widgets.box import column, row, scroll_column, space
from simphone.widgets.buttons import icon_button
from simphone.widgets.controls import progress_bar
from simphone.widgets.dialogs import Action, text_dialog
from simphone.widgets.feedback import empty_state
from simphone.widgets.image import icon, round_icon
from simphone.widgets.nav import Entry, key
from simphone.widgets.text import divider, text


def reminders(ctx: Ctx) -> View:
    """There are none: this phone's Bluecoins has no recurring transactions."""
    return empty_state(
        look.theme(ctx),
        "No reminders",
        "Bills and other recurring transactions are listed here.",
        icon_name="notifications",
        id="empty_tab",
    )


# --- balance sheet --------------------------------------------------------------------------------------------------
def balance_sheet(ctx: Ctx) -> View:
    """What is on the accounts today."""
    colors = look.theme(ctx)
    held = {each.name: ledger.balance(saved(ctx)["transactions"], each.name, today(ctx)) for each in catalog.ACCOUNTS}
    cards = [
        _accounts(colors, group, list(accounts), held)
        for group, accounts in groupby(catalog.ACCOUNTS, lambda each: each.group)
    ]
    worth = look.titled_card(colors, "Net Worth", look.amount_line(colors, "Total", sum(held.values()), strong=True))
    return scroll_column("balance_sheet", *cards, worth, space(height=24))


def _accounts(colors: Theme, group: str, accounts: list[catalog.Account], held: dict[str, int]) -> View:
    lines: list[View] = []
    for sort, members in groupby(accounts, lambda each: each.type):
        inside = list(members)
        lines.append(look.amount_line(colors, sort, sum(held[each.name] for each in inside), strong=True))
        lines += [
            look.amount_line(
                colors, each.name, held[each.name], indent=8, icon=icon(colors, each.icon, size=20, in_tree=False)
            )
            for each in inside
        ]
    total = look.amount_line(colors, f"Total {group}", sum(held[each.name] for each in accounts), strong=True)
    return look.titled_card(colors, group, *lines, divider(colors, margin=(16, 4, 16, 4)), total)


# --- months ---------------------------------------------------------------------------------------------------------
def _period(ctx: Ctx, colors: Theme) -> View:
    """The month of the reports, and the way to others."""
    return row(
        icon_button(colors, "chevron_left", "Previous month", ("period.turn", -1)),
        text(
            colors,
            month_year(date.fromisoformat(shown(ctx)["period"])),
            size=16,
            font="medium",
            align="center",
            width=0,
            weight=1.0,
            id="period_tv",
        ),
        icon_button(colors, "chevron_right", "Next month", ("period.turn", 1)),
        in_tree=False,
        height=52,
        padding=(8, 4, 8, 0),
    )


def _entries(ctx: Ctx) -> list[Transaction]:
    return ledger.in_month(saved(ctx)["transactions"], shown(ctx)["period"])


def _category_icon(kind: catalog.Kind, name: str, size: float = 32) -> View:
    sort = catalog.category(kind, name)
    return round_icon(sort.icon, sort.color, "#ffffff", size=size, in_tree=False)


def net_earnings(ctx: Ctx) -> View:
    """Income and expenses of a month by category, and what is left."""
    colors, entries = look.theme(ctx), _entries(ctx)
    cards: list[View] = []
    kinds: tuple[catalog.Kind, ...] = ("income", "expense")
    for kind in kinds:
        name = catalog.KIND_NAMES[kind]
        lines = [
            look.amount_line(colors, line.name, line.amount, icon=_category_icon(kind, line.name))
            for line in ledger.summed(entries, kind)
        ]
        total = look.amount_line(colors, f"Total {name}", ledger.total(entries, kind), strong=True)
        cards.append(look.titled_card(colors, name, *lines, divider(colors, margin=(16, 4, 16, 4)), total))
    left = look.titled_card(
        colors, "Net Earnings", look.amount_line(colors, "Income less expense", ledger.total(entries), strong=True)
    )
    return column(
        _period(ctx, colors),
        scroll_column(f"net.{shown(ctx)['period']}", *cards, left, space(height=24)),
        in_tree=False,
    )


def items_summary(ctx: Ctx) -> View:
    """What each item comes to in a month, the dearest first."""
    colors = look.theme(ctx)
    lines = ledger.items(_entries(ctx))
    rows = [look.amount_line(colors, line.name, line.amount, note=_times(line.entries)) for line in lines]
    listing = (
        scroll_column(
            f"items.{shown(ctx)['period']}", look.titled_card(colors, "Items Summary", *rows), space(height=24)
        )
        if lines
        else empty_state(colors, "No transactions", icon_name="receipt", id="empty_tab")
    )
    return column(_period(ctx, colors), listing, in_tree=False)


def _times(count: int) -> str:
    return "1 transaction" if count == 1 else f"{count} transactions"


# --- budget ---------------------------------------------------------------------------------------------------------
def budget(ctx: Ctx) -> View:
    """Expenses of a month by category against what was planned; a tap plans."""
    colors, plans = look.theme(ctx), saved(ctx)["budgets"]
    spent = {line.name: abs(line.amount) for line in ledger.summed(_entries(ctx), "expense")}
    names = [each.name for each in catalog.CATEGORIES if each.kind == "expense"]
    rows = [_plan(colors, name, spent.get(name, 0), plans.get(name, 0)) for name in names]
    total = _plan(colors, "Total", sum(spent.values()), sum(plans.values()), tap=False)
    return column(
        _period(ctx, colors),
        scroll_column(
            f"budget.{shown(ctx)['period']}", look.titled_card(colors, "EXPENSE", total, *rows), space(height=24)
        ),
        in_tree=False,
    )


def _plan(colors: Theme, name: str, spent: int, planned: int, *, tap: bool = True) -> View:
    over = spent > planned > 0
    return row(
        _category_icon("expense", name) if tap else None,
        column(
            row(
                text(colors, name, size=15, font="regular" if tap else "medium", width=0, weight=1.0, max_lines=1),
                text(colors, money.told(spent), size=14, font="medium", color=colors.error if over else None),
                in_tree=False,
            ),
            progress_bar(colors, spent / planned if planned else 0.0, color=colors.error if over else None),
            text(
                colors, f"of {money.told(planned)}" if planned else "No budget", size=12, color=colors.on_surface_soft
            ),
            in_tree=False,
            width=0,
            weight=1.0,
            gap=5,
        ),
        on_tap=("budget.ask", name) if tap else None,
        min_height=60,
        gap=12,
        padding=(16, 6, 16, 6),
    )


def budget_dialog(ctx: Ctx, entry: Entry) -> Window:
    """What a category may cost a month."""
    typed = str(entry["args"]["amount"])
    return text_dialog(
        look.theme(ctx),
        f"Budget: {entry['args']['name']}",
        key(entry, "amount"),
        typed,
        ("budget.type",),
        positive=Action("OK", ("budget.set",)),
        keyboard="number",
        hint="0.00",
    )


def ask_budget(ctx: Ctx, name: str) -> None:
    """A category of the budget was tapped."""
    planned = saved(ctx)["budgets"].get(name, 0)
    nav.open_dialog(ctx, "budget", name=name, amount=money.plain(planned) if planned else "")


def type_budget(ctx: Ctx, typed: str) -> None:
    """The field of that dialog was edited."""
    nav.args(ctx)["amount"] = money.clean(typed)


def set_budget(ctx: Ctx) -> None:
    """OK: an empty field, or nothing, takes the budget away."""
    args = nav.args(ctx)
    planned = money.parse(str(args["amount"]))
    if planned:
        saved(ctx)["budgets"][str(args["name"])] = planned
    else:
        saved(ctx)["budgets"].pop(str(args["name"]), None)
    nav.close(ctx)


# --- categories -----------------------------------------------------------------------------------------------------
def categories(ctx: Ctx, entry: Entry) -> Scene:
    """The tree of categories."""
    colors = look.theme(ctx)
    cards: list[View] = []
    for (kind, parent), members in groupby(catalog.CATEGORIES, lambda each: (each.kind, each.parent)):
        rows = [
            row(
                _category_icon(kind, each.name),
                text(colors, each.name, size=15),
                height=48,
                gap=14,
                padding=(16, 0, 16, 0),
            )
            for each in members
        ]
        cards.append(look.titled_card(colors, f"{catalog.KIND_NAMES[kind]} › {parent}", *rows))
    bar = app_bar(look.on_bar(colors), "Categories")
    return look.page(colors, bar, scroll_column(key(entry, "page"), *cards, space(height=24)))


SCREENS: Final[dict[str, nav.ScreenFn]] = {"categories": categories}
DIALOGS: Final[dict[str, nav.DialogFn]] = {"budget": budget_dialog}
HANDLERS: Final[dict[str, nav.Handler]] = {
    "budget.ask": ask_budget,
    "budget.type": type_budget,
    "budget.set": set_budget,
}
