"""The first screen: eight tabs under a bar, the floating button, the drawer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from simphone.apps.bluecoins import dashboard, look, month, reports, transactions
from simphone.apps.bluecoins.state import TABS, Tab, shown, turned
from simphone.core.app import Ctx
from simphone.ui.view import Scene, View, Window
from simphone.widgets import nav
from simphone.widgets.bars import app_bar, scrolling_tabs
from simphone.widgets.box import column, space
from simphone.widgets.buttons import icon_button
from simphone.widgets.fab import fab
from simphone.widgets.image import round_icon
from simphone.widgets.menus import drawer_item, navigation_drawer
from simphone.widgets.nav import Entry, ask, go
from simphone.widgets.text import divider, text

SNACKBAR_ABOVE: Final = 88.0
"""Above the floating button."""
_STRIP: Final = "tabs"
_MIDDLE: Final = 150.0
"""dp from the edge to a tab that was picked, so that its neighbours can be seen."""
_WITH_BUTTON: Final = ("main", "transactions", "calendar")
_BODIES: Final[dict[Tab, Callable[[Ctx], View]]] = {
    "main": dashboard.body,
    "transactions": transactions.body,
    "reminders": reports.reminders,
    "balance_sheet": reports.balance_sheet,
    "budget": reports.budget,
    "net_earnings": reports.net_earnings,
    "items_summary": reports.items_summary,
    "calendar": month.body,
}
_ICONS: Final[dict[Tab, str]] = {
    "main": "home",
    "transactions": "list",
    "reminders": "notifications",
    "balance_sheet": "bank",
    "budget": "wallet",
    "net_earnings": "trending_up",
    "items_summary": "receipt",
    "calendar": "calendar",
}


def home(ctx: Ctx, _entry: Entry) -> Scene:
    """The tab that the user is on."""
    colors, tab = look.theme(ctx), shown(ctx)["tab"]
    bar = transactions.marked_bar(ctx) if shown(ctx)["selected"] else _bar(ctx)
    names = list(TABS)
    strip = scrolling_tabs(
        look.on_bar(colors), _STRIP, list(TABS.values()), names.index(tab), ("tab",), start=32, id="tab_layout"
    )
    pages = replace(
        _BODIES[tab](ctx), weight=1.0, height=0, on_swipe={"left": ("tab.step", 1), "right": ("tab.step", -1)}
    )
    button = (
        fab(
            colors,
            "add",
            "Add transaction",
            ("edit.new",),
            round_=True,
            fill=colors.primary,
            color=colors.on_primary,
            self_halign="end",
            self_valign="bottom",
            margin=(0, 0, 16, 16),
        )
        if tab in _WITH_BUTTON and not shown(ctx)["selected"]
        else None
    )
    return look.page(colors, column(bar, strip, in_tree=False), pages, above=button)


def _bar(ctx: Ctx) -> View:
    white = look.on_bar(look.theme(ctx))
    listing = shown(ctx)["tab"] == "transactions"
    return app_bar(
        white,
        "Bluecoins",
        icon_button(white, "search", "Search", go("search"), color=white.on_surface, id="menu_search"),
        icon_button(white, "today", "Today", ("month.today",), color=white.on_surface)
        if shown(ctx)["tab"] == "calendar"
        else None,
        up=ask("drawer"),
        up_icon="menu",
        up_desc="Open navigation drawer",
        overflow=ask("list_menu") if listing else None,
    )


def drawer(ctx: Ctx, entry: Entry) -> Window:
    """The way to every tab, to the categories and to the settings."""
    colors, tab = look.theme(ctx), shown(ctx)["tab"]
    head = column(
        round_icon("coins", colors.primary, colors.on_primary, size=56, in_tree=False),
        text(colors, "Bluecoins", size=20, font="medium", margin=(0, 12, 0, 0)),
        text(colors, "Finance & Budget", size=14, color=colors.on_surface_soft),
        in_tree=False,
        padding=(24, 32, 24, 16),
    )
    tabs = [
        drawer_item(colors, label, ("drawer.tab", name), icon_name=_ICONS[name], selected=name == tab)
        for name, label in TABS.items()
    ]
    return navigation_drawer(
        colors,
        nav.key(entry, "drawer"),
        head,
        divider(colors),
        space(height=8),
        *tabs,
        space(height=8),
        divider(colors),
        space(height=8),
        drawer_item(colors, "Categories", ("drawer.go", "categories"), icon_name="category"),
        drawer_item(colors, "Settings", ("drawer.go", "settings"), icon_name="settings"),
        space(height=16),
    )


# --- messages -------------------------------------------------------------------------------------------------------
def show(ctx: Ctx, tab: Tab) -> None:
    """Go to a tab; what was marked in the list is not any more."""
    shown(ctx)["tab"], shown(ctx)["selected"] = tab, []
    ctx.system.scroll_to(_STRIP, f"{_STRIP}:{list(TABS).index(tab)}", _MIDDLE)


def pick(ctx: Ctx, index: int) -> None:
    """A tab was tapped."""
    show(ctx, list(TABS)[index])


def step(ctx: Ctx, way: int) -> None:
    """The page was swiped: to the next tab, or the one before."""
    index = list(TABS).index(shown(ctx)["tab"]) + way
    if 0 <= index < len(TABS):
        pick(ctx, index)


def drawer_tab(ctx: Ctx, tab: Tab) -> None:
    """A tab of the drawer."""
    nav.close(ctx)
    show(ctx, tab)


def drawer_go(ctx: Ctx, screen: str) -> None:
    """A page of the drawer."""
    nav.close(ctx)
    nav.push(ctx, screen)


def turn_period(ctx: Ctx, months: int) -> None:
    """Another month in the reports."""
    shown(ctx)["period"] = turned(shown(ctx)["period"], months)


SCREENS: Final[dict[str, nav.ScreenFn]] = {"home": home}
DIALOGS: Final[dict[str, nav.DialogFn]] = {"drawer": drawer}
HANDLERS: Final[dict[str, nav.Handler]] = {
    "tab": pick,
    "tab.step": step,
    "drawer.tab": drawer_tab,
    "drawer.go": drawer_go,
    "period.turn": turn_period,
}
