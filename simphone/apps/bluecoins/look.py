"""Bluecoins' colours, and the rows and bars that several of its pages share."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from simphone.apps.bluecoins import catalog, ledger, money
from simphone.apps.bluecoins.state import Transaction, saved
from simphone.core.app import Ctx
from simphone.core.dates import long_date
from simphone.ui.view import DARK, LIGHT, MATCH, Color, Msg, Paint, Scene, Theme, View
from simphone.widgets import nav
from simphone.widgets.box import build, column, row
from simphone.widgets.card import card
from simphone.widgets.image import round_icon
from simphone.widgets.text import text

_LIGHT: Final = replace(
    LIGHT,
    background="#f2f4f7",
    surface="#ffffff",
    surface_high="#ffffff",
    on_surface="#202124",
    on_surface_soft="#6b7280",
    outline="#9aa3af",
    primary="#1e88e5",
    primary_soft="#d6e9fb",
    on_primary_soft="#0d5ea6",
    error="#d93a34",
    divider="#e5e8ec",
)
_DARK: Final = replace(
    DARK,
    background="#121417",
    surface="#1d2024",
    surface_high="#272b30",
    on_surface="#e6e8eb",
    on_surface_soft="#9aa3af",
    outline="#6b7280",
    primary="#64b5f6",
    on_primary="#06263f",
    primary_soft="#1d4466",
    on_primary_soft="#cfe6fb",
    error="#ff7b72",
    divider="#31363c",
)
_BAR: Final = {False: ("#1e88e5", "#1976d2"), True: ("#1d2733", "#161d26")}
"""Dark mode -> fill of the bars at the top, and of the status bar."""
_INCOME: Final = {False: "#2e9e4f", True: "#6fd08c"}
GAP: Final = 12.0
"""Between cards, and from them to the edge of the screen."""


def theme(ctx: Ctx) -> Theme:
    """Bluecoins' palette in the phone's light or dark mode."""
    return _DARK if ctx.system.dark else _LIGHT


def on_bar(colors: Theme) -> Theme:
    """The palette of what stands on the bars at the top."""
    return replace(
        colors,
        background=_BAR[colors.dark][0],
        surface=_BAR[colors.dark][0],
        on_surface="#ffffff",
        on_surface_soft="#ffffffb8",
        primary="#ffffff",
    )


def page(colors: Theme, bar: View, *parts: View | None, above: View | None = None) -> Scene:
    """A page below a coloured bar; `above` floats over it."""
    head = replace(bar, paint=Paint(fill=_BAR[colors.dark][0], elevation=2))
    body = column(head, *parts, in_tree=False, height=MATCH)
    root = body if above is None else build({}, in_tree=False, width=MATCH, height=MATCH, children=[body, above])
    scene = nav.page(colors, root)
    return replace(scene, status_bar=_BAR[colors.dark][1], nav_bar=colors.background)


def ink(colors: Theme, amount: int) -> Color:
    """The colour of a sum: red when it leaves, green when it comes in."""
    return colors.error if amount < 0 else _INCOME[colors.dark] if amount > 0 else colors.on_surface


def kind_ink(colors: Theme, kind: catalog.Kind) -> Color:
    """The colour of a kind of transaction."""
    return {"expense": colors.error, "income": _INCOME[colors.dark], "transfer": colors.on_surface_soft}[kind]


def titled_card(colors: Theme, title: str, *parts: View | None, on_tap: Msg | None = None) -> View:
    """A card of the dashboard and of reports."""
    return card(
        colors,
        text(colors, title, size=16, font="medium", margin=(16, 14, 16, 6), max_lines=1, id="card_title_tv"),
        *parts,
        radius=8,
        elevation=1,
        margin=(GAP, GAP, GAP, 0),
        padding=(0, 0, 0, 12),
        on_tap=on_tap,
    )


def amount_line(
    colors: Theme,
    name: str,
    amount: int,
    *,
    note: str = "",
    strong: bool = False,
    indent: float = 0.0,
    icon: View | None = None,
    on_tap: Msg | None = None,
    node: str = "amount_tv",
) -> View:
    """A name and its amount at the right, as reports list them."""
    return row(
        icon,
        column(
            text(colors, name, size=15, font="medium" if strong else "regular", max_lines=1),
            text(colors, note, size=12, color=colors.on_surface_soft, max_lines=1) if note else None,
            in_tree=False,
            width=0,
            weight=1.0,
            gap=2,
        ),
        text(
            colors,
            money.told(amount),
            size=15,
            font="medium" if strong else "regular",
            color=ink(colors, amount),
            max_lines=1,
            id=node,
        ),
        min_height=44,
        gap=12,
        padding=(16 + indent, 6, 16, 6),
        on_tap=on_tap,
    )


def category_icon(entry: Transaction) -> View:
    """The round picture of a transaction's category; it is described by the kind of the transaction."""
    sort = catalog.category(entry["type"], entry["category"])
    return round_icon(sort.icon, sort.color, "#ffffff", size=38, desc=catalog.KIND_NAMES[entry["type"]], id="icon_iv")


def day_header(colors: Theme, day: date, entries: list[Transaction]) -> View:
    """The date above the transactions of a day, and their sum."""
    amount = ledger.total(entries)
    return row(
        text(
            colors,
            long_date(day),
            size=14,
            font="medium",
            color=colors.on_surface_soft,
            width=0,
            weight=1.0,
            id="header_date_tv",
        ),
        text(colors, money.told(amount), size=14, font="medium", color=ink(colors, amount), id="header_amount_tv"),
        id="header_layout",
        height=40,
        padding=(16, 8, 16, 0),
        key=f"day:{day.isoformat()}",
    )


def transaction_row(ctx: Ctx, entry: Transaction, *, picked: bool | None = None) -> View:
    """A transaction of a list: a tap opens it, a long press marks it. While some are marked (`picked` is given) a tap
    marks too."""
    colors, number = theme(ctx), entry["id"]
    sort = catalog.category(entry["type"], entry["category"])
    filed = f"{sort.parent}: {sort.name}" if sort.parent else sort.name
    note = entry["notes"].replace("\n", " ") if saved(ctx)["settings"]["show_notes"] else ""
    account = f"{entry['account']} → {entry['to_account']}" if entry["type"] == "transfer" else entry["account"]
    mark = round_icon("check", colors.primary, colors.on_primary, size=38, desc="Selected", id="icon_iv")
    left = column(
        text(colors, ledger.headline(entry), size=16, max_lines=1, id="item_tv"),
        text(colors, note, size=13, max_lines=1, id="notes_tv") if note else None,
        _small(colors, filed, "category_tv"),
        in_tree=False,
        width=0,
        weight=1.0,
        gap=2,
    )
    right = column(
        text(
            colors,
            money.signed(entry["amount"]),
            size=15,
            font="medium",
            color=kind_ink(colors, entry["type"]),
            max_lines=1,
            id="amount_tv",
        ),
        _small(colors, account, "account_tv"),
        _small(colors, long_date(date.fromisoformat(entry["date"])), "date_tv"),
        in_tree=False,
        width=-2.0,
        halign="end",
        gap=2,
    )
    return row(
        mark if picked else category_icon(entry),
        left,
        right,
        id="transaction_row",
        min_height=72,
        gap=14,
        padding=(16, 8, 16, 8),
        key=f"row:{number}",
        on_tap=("list.open", number) if picked is None else ("list.mark", number),
        on_long_press=("list.mark", number),
        selected=bool(picked),
        paint=Paint(fill=colors.primary_soft if picked else colors.surface),
    )


def _small(colors: Theme, value: str, node: str) -> View:
    return text(colors, value, size=12, color=colors.on_surface_soft, max_lines=1, id=node)
