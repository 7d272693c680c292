"""The Transactions tab, marking transactions in it, and the search."""

from __future__ import annotations

import copy
from typing import Final

from simphone.apps.bluecoins import ledger, look, money
from simphone.apps.bluecoins.catalog import Kind
from simphone.apps.bluecoins.state import Order, Transaction, saved, shown
from simphone.core.app import Ctx
from simphone.ui.view import Scene, View, Window
from simphone.widgets import nav
from simphone.widgets.bars import UP, app_bar
from simphone.widgets.box import list_view, row, space
from simphone.widgets.buttons import icon_button
from simphone.widgets.dialogs import Action, Choice, alert_dialog, choice_dialog
from simphone.widgets.feedback import empty_state
from simphone.widgets.fields import bare_field
from simphone.widgets.menus import popup_menu
from simphone.widgets.nav import Entry, ask, keep, key
from simphone.widgets.text import divider, text

LIST: Final = "transactions"
"""The scroller of the list."""
ORDERS: Final[dict[Order, str]] = {"newest": "Newest first", "oldest": "Oldest first"}
_FAB_ROOM: Final = 88.0
_IN_SIGHT: Final = 5
"""Transactions of a day that can be seen together with its date."""
_FILTERS: Final[dict[Kind | None, str]] = {
    None: "All transactions",
    "expense": "Expense",
    "income": "Income",
    "transfer": "Transfer",
}


# --- views ----------------------------------------------------------------------------------------------------------
def listed(ctx: Ctx) -> list[Transaction]:
    """What the list shows, in its order."""
    entries = ledger.of_kind(saved(ctx)["transactions"], shown(ctx)["only"])
    return ledger.ordered(entries, saved(ctx)["settings"]["order"])


def body(ctx: Ctx) -> View:
    """All transactions under their days."""
    colors, marked = look.theme(ctx), shown(ctx)["selected"]
    entries = listed(ctx)
    if not entries:
        return empty_state(colors, "No transactions", icon_name="receipt", id="empty_tab")
    rows: list[View] = []
    for day, group in ledger.by_day(entries):
        rows.append(look.day_header(colors, day, group))
        for entry in group:
            rows += [
                look.transaction_row(ctx, entry, picked=entry["id"] in marked if marked else None),
                divider(colors),
            ]
    return list_view(LIST, *rows, space(height=_FAB_ROOM))


def marked_bar(ctx: Ctx) -> View:
    """What stands in place of the bar while transactions are marked."""
    white, count = look.on_bar(look.theme(ctx)), len(shown(ctx)["selected"])
    return app_bar(
        white,
        str(count),
        icon_button(white, "select_all", "Select all", ("list.mark_all",), color=white.on_surface),
        icon_button(white, "copy", "Copy", ("list.copy",), color=white.on_surface) if count == 1 else None,
        icon_button(white, "delete", "Delete", ask("delete_marked"), color=white.on_surface),
        up=("list.clear",),
        up_icon="close",
        up_desc="Clear selection",
    )


def menu(ctx: Ctx, _entry: Entry) -> Window:
    """The three dots of the list."""
    choices = [Choice("Sort", ("list.ask", "sort")), Choice("Filter by type", ("list.ask", "filter"))]
    return popup_menu(look.theme(ctx), choices)


def sort_dialog(ctx: Ctx, entry: Entry) -> Window:
    """Newest or oldest first."""
    now = saved(ctx)["settings"]["order"]
    choices = [Choice(label, ("list.sort", order), order == now) for order, label in ORDERS.items()]
    return choice_dialog(look.theme(ctx), "Sort", choices, key=key(entry, "list"))


def filter_dialog(ctx: Ctx, entry: Entry) -> Window:
    """All transactions, or those of one kind."""
    now = shown(ctx)["only"]
    choices = [Choice(label, ("list.filter", kind), kind == now) for kind, label in _FILTERS.items()]
    return choice_dialog(look.theme(ctx), "Filter by type", choices, key=key(entry, "list"))


def delete_dialog(ctx: Ctx, _entry: Entry) -> Window:
    """Asked before what is marked goes."""
    count = len(shown(ctx)["selected"])
    return alert_dialog(
        look.theme(ctx),
        "Delete transaction?" if count == 1 else f"Delete {count} transactions?",
        negative=Action("Cancel"),
        positive=Action("Delete", ("list.delete",)),
    )


def search(ctx: Ctx, entry: Entry) -> Scene:
    """A word, and the transactions that have it."""
    colors, word = look.theme(ctx), str(entry["args"].get("word", ""))
    white = look.on_bar(colors)
    bar = row(
        icon_button(white, "arrow_back", "Navigate up", UP, color=white.on_surface),
        bare_field(
            white,
            key(entry, "word"),
            word,
            keep("word"),
            hint="Search",
            id="search_src_text",
            autofocus=True,
            width=0,
            weight=1.0,
            size=18,
        ),
        icon_button(
            white, "close", "Clear query", ("nav.keep", "word", ""), color=white.on_surface, id="search_close_btn"
        )
        if word
        else None,
        id="search_bar",
        height=64,
        padding=(4, 0, 4, 0),
        gap=8,
    )
    return look.page(colors, bar, _found(ctx, word, key(entry, f"found.{word}")))


def _found(ctx: Ctx, word: str, scroller: str) -> View:
    colors = look.theme(ctx)
    found = ledger.ordered(ledger.matching(saved(ctx)["transactions"], word))
    if not word.strip():
        return empty_state(
            colors, "Search transactions", "By title, note, category, account, label or amount", icon_name="search"
        )
    if not found:
        return empty_state(colors, "No transactions found", icon_name="receipt", id="empty_tab")
    noun = "transaction" if len(found) == 1 else "transactions"
    summary = row(
        text(colors, f"{len(found)} {noun}", color=colors.on_surface_soft, width=0, weight=1.0),
        text(colors, money.told(ledger.total(found)), font="medium", color=look.ink(colors, ledger.total(found))),
        in_tree=False,
        height=44,
        padding=(16, 0, 16, 0),
    )
    rows = [view for entry in found for view in (look.transaction_row(ctx, entry), divider(colors))]
    return list_view(scroller, summary, *rows, space(height=24))


# --- messages -------------------------------------------------------------------------------------------------------
def ask_about(ctx: Ctx, dialog: str) -> None:
    """An entry of the menu opens its dialog."""
    nav.close(ctx)
    nav.open_dialog(ctx, dialog)


def sort(ctx: Ctx, order: Order) -> None:
    """Another order, for good."""
    nav.close(ctx)
    saved(ctx)["settings"]["order"] = order
    ctx.system.set_scroll(LIST, 0)


def narrow(ctx: Ctx, kind: Kind | None) -> None:
    """One kind only, until the app is closed."""
    nav.close(ctx)
    shown(ctx)["only"] = kind
    ctx.system.set_scroll(LIST, 0)


def mark(ctx: Ctx, number: int) -> None:
    """Mark a transaction, or take the mark away. Only the list has marks."""
    if shown(ctx)["tab"] != "transactions" or nav.top(ctx)["name"] != "home":
        return
    marked = shown(ctx)["selected"]
    shown(ctx)["selected"] = [each for each in marked if each != number] if number in marked else [*marked, number]


def mark_all(ctx: Ctx) -> None:
    """Mark all that the list shows."""
    shown(ctx)["selected"] = [each["id"] for each in listed(ctx)]


def clear(ctx: Ctx) -> None:
    """No marks."""
    shown(ctx)["selected"] = []


def delete(ctx: Ctx) -> None:
    """Delete what is marked."""
    nav.close(ctx)
    remove(ctx, shown(ctx)["selected"])


def remove(ctx: Ctx, numbers: list[int]) -> None:
    """Take transactions away; for a while they can be brought back."""
    data = saved(ctx)
    gone = [each for each in data["transactions"] if each["id"] in numbers]
    data["transactions"] = [each for each in data["transactions"] if each["id"] not in numbers]
    shown(ctx)["deleted"], shown(ctx)["selected"] = copy.deepcopy(gone), []
    noun = "Transaction" if len(gone) == 1 else f"{len(gone)} transactions"
    nav.snack(ctx, f"{noun} deleted", "UNDO", ("list.undo",))


def undo(ctx: Ctx) -> None:
    """Undo of the snackbar."""
    data = saved(ctx)
    data["transactions"] = sorted(data["transactions"] + shown(ctx)["deleted"], key=lambda each: each["id"])
    shown(ctx)["deleted"] = []


def bring_up(ctx: Ctx, entry: Transaction) -> None:
    """Scroll the list to the day of a transaction; to the transaction itself when it stands far down in its day."""
    day = [each["id"] for each in listed(ctx) if each["date"] == entry["date"]]
    near = entry["id"] in day[:_IN_SIGHT]
    ctx.system.scroll_to(LIST, f"day:{entry['date']}" if near else f"row:{entry['id']}")


SCREENS: Final[dict[str, nav.ScreenFn]] = {"search": search}
DIALOGS: Final[dict[str, nav.DialogFn]] = {
    "list_menu": menu,
    "sort": sort_dialog,
    "filter": filter_dialog,
    "delete_marked": delete_dialog,
}
HANDLERS: Final[dict[str, nav.Handler]] = {
    "list.ask": ask_about,
    "list.sort": sort,
    "list.filter": narrow,
    "list.mark": mark,
    "list.mark_all": mark_all,
    "list.clear": clear,
    "list.delete": delete,
    "list.undo": undo,
}
