"""The Settings page."""

from __future__ import annotations

from typing import Final

from simphone.apps.bluecoins import catalog, look
from simphone.apps.bluecoins.state import saved
from simphone.apps.bluecoins.transactions import ORDERS
from simphone.core.app import Ctx
from simphone.ui.view import Scene, Window
from simphone.widgets import nav
from simphone.widgets.bars import app_bar
from simphone.widgets.box import scroll_column
from simphone.widgets.dialogs import Choice, choice_dialog
from simphone.widgets.nav import Entry, ask, key
from simphone.widgets.rows import list_row, switch_row
from simphone.widgets.text import section_header


def page(ctx: Ctx, entry: Entry) -> Scene:
    """Currency, defaults, the list."""
    colors, chosen = look.theme(ctx), saved(ctx)["settings"]
    body = scroll_column(
        key(entry, "page"),
        section_header(colors, "General"),
        list_row(colors, "Base currency", catalog.CURRENCY, on_tap=ask("currency")),
        list_row(colors, "Default account", chosen["account"], on_tap=ask("default_account")),
        section_header(colors, "Transactions list"),
        list_row(colors, "Sort", ORDERS[chosen["order"]], on_tap=ask("sort")),
        switch_row(
            colors,
            "Show notes",
            "Below the name of each transaction",
            on=chosen["show_notes"],
            toggle=("settings.notes",),
        ),
    )
    return look.page(colors, app_bar(look.on_bar(colors), "Settings"), body)


def account_dialog(ctx: Ctx, entry: Entry) -> Window:
    """The account of new transactions."""
    now = saved(ctx)["settings"]["account"]
    choices = [Choice(each.name, ("settings.account", each.name), each.name == now) for each in catalog.ACCOUNTS]
    return choice_dialog(look.theme(ctx), "Default account", choices, key=key(entry, "list"))


def currency_dialog(ctx: Ctx, entry: Entry) -> Window:
    """All accounts of this set-up are in one currency."""
    choices = [Choice(f"{catalog.CURRENCY} - Chinese Yuan", ("nav.close",), checked=True)]
    return choice_dialog(look.theme(ctx), "Currency", choices, key=key(entry, "list"))


def set_account(ctx: Ctx, name: str) -> None:
    """Another account for new transactions."""
    nav.close(ctx)
    saved(ctx)["settings"]["account"] = name


def toggle_notes(ctx: Ctx) -> None:
    """Notes in lists, or not."""
    saved(ctx)["settings"]["show_notes"] = not saved(ctx)["settings"]["show_notes"]


SCREENS: Final[dict[str, nav.ScreenFn]] = {"settings": page}
DIALOGS: Final[dict[str, nav.DialogFn]] = {"default_account": account_dialog, "currency": currency_dialog}
HANDLERS: Final[dict[str, nav.Handler]] = {"settings.account": set_account, "settings.notes": toggle_notes}
