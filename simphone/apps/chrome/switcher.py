"""The grid of open tabs, standard and incognito ones apart."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from simphone.apps.chrome import look, menu, state, web
from simphone.apps.chrome.browser import MENU
from simphone.apps.chrome.state import Tab
from simphone.core.app import Ctx, Json
from simphone.ui.view import MATCH, Paint, Picture, Scene, TextStyle, Theme, View
from simphone.widgets import nav
from simphone.widgets.box import FRAME, column, grid_view, row, space
from simphone.widgets.buttons import icon_button
from simphone.widgets.feedback import empty_state
from simphone.widgets.nav import Entry, Handler, ScreenFn, key
from simphone.widgets.text import text


def switcher(ctx: Ctx, entry: Entry) -> Scene:
    """New tab, the two kinds, the three dots; below them the tabs of one kind."""
    incognito = bool(entry["args"]["incognito"])
    colors = look.theme(ctx, incognito=incognito)
    cards = [_card(ctx, colors, tab) for tab in state.tabs(ctx, incognito=incognito)]
    if cards:
        body = grid_view(key(entry, "tabs"), 2, *cards, id="tab_list_recycler_view", gap=12, padding=(12, 12, 12, 24))
    elif incognito:
        body = empty_state(
            colors,
            "You’ll find your Incognito tabs here",
            "Open an Incognito tab to browse privately",
            icon_name="incognito",
        )
    else:
        body = empty_state(colors, "You’ll find your tabs here", "Open tabs to visit different pages", icon_name="tab")
    bar = row(
        icon_button(
            colors,
            "add",
            "New tab",
            ("tab.new", incognito),
            cls="android.widget.Button",
            id="new_tab_button",
            color=colors.on_surface,
        ),
        space(weight=1.0),
        _kind(ctx, colors, incognito=False, chosen=not incognito),
        _kind(ctx, colors, incognito=True, chosen=incognito),
        space(weight=1.0),
        icon_button(colors, "more_vert", MENU, menu.OPEN_SWITCHER_MENU, id="menu_button", color=colors.on_surface),
        id="tab_switcher_toolbar",
        cls=FRAME,
        height=56,
        padding=(4, 0, 4, 0),
    )
    scene = nav.page(colors, column(bar, body), activity=look.TABBED)
    return replace(scene, status_bar=colors.background, nav_bar=colors.background)


def _kind(ctx: Ctx, colors: Theme, *, incognito: bool, chosen: bool) -> View:
    count = len(state.tabs(ctx, incognito=incognito))
    noun = "Incognito tabs" if incognito else "standard tabs"
    ink = colors.primary if chosen else colors.on_surface_soft
    if incognito:
        mark = View(in_tree=False, width=24, height=24, picture=Picture("icon", "incognito", ink, 24))
    else:
        label = View(in_tree=False, text=str(count), style=TextStyle(size=11, color=ink, weight="bold"))
        mark = View(
            in_tree=False, width=20, height=20, halign="center", valign="center",
            paint=Paint(border=ink, border_width=2, radius=4), children=[label],
        )  # fmt: skip
    line = View(in_tree=False, width=40, height=3, paint=Paint(fill=colors.primary, radius=2) if chosen else None)
    return column(
        space(weight=1.0),
        mark,
        space(weight=1.0),
        line,
        desc=f"{count} open {noun}",
        selected=chosen,
        on_tap=("switcher.kind", incognito),
        width=72,
        height=56,
        halign="center",
    )


def _card(ctx: Ctx, colors: Theme, tab: Tab) -> View:
    ink = "#ffffff" if tab["shown"] and not colors.dark else colors.on_surface
    fill = (colors.primary if not colors.dark else "#0842a0") if tab["shown"] else colors.surface_high
    head = row(
        text(colors, tab["title"], size=14, color=ink, max_lines=1, id="tab_title", width=0, weight=1.0),
        icon_button(
            colors, "close", f"Close {tab['title']} tab", ("switcher.close", tab["id"]), size=18, color=ink,
            id="action_button", width=40, height=40,
        ),
        in_tree=False,
        height=40,
        padding=(12, 0, 0, 0),
    )  # fmt: skip
    picture = column(
        *_preview(ctx, colors, tab),
        in_tree=False,
        height=168,
        margin=(4, 0, 4, 4),
        padding=(12, 12, 12, 12),
        clip=True,
        paint=Paint(fill=colors.background if tab["url"] == web.NEW_TAB else "#ffffff", radius=10),
    )
    return column(
        head,
        picture,
        id="card_view",
        cls=FRAME,
        desc=f"{tab['title']}, tab",
        selected=tab["shown"],
        on_tap=("switcher.pick", tab["id"]),
        paint=Paint(fill=fill, radius=14),
    )


def _preview(ctx: Ctx, colors: Theme, tab: Tab) -> list[View]:
    """The page in small, as far as it fits: paint only."""
    if tab["url"] == web.NEW_TAB:
        mark, ink = ("incognito", colors.on_surface_soft) if tab["incognito"] else ("search", colors.outline)
        icon = View(in_tree=False, width=MATCH, height=130, picture=Picture("icon", mark, ink, 40))
        return [icon]
    lines = [block[1] for block in state.page(ctx, tab)["blocks"] if block[0] in ("h1", "h2", "text", "result")]
    styles = [TextStyle(size=11, color="#202124", weight="bold", max_lines=2), TextStyle(size=8, color="#5f6368")]
    return [
        View(in_tree=False, text=line, width=MATCH, style=styles[min(index, 1)], margin=(0, 0, 0, 6))
        for index, line in enumerate(lines[:8])
    ]


# --- messages ---------------------------------------------------------------------------------------------------------
def open_switcher(ctx: Ctx) -> None:
    """From the square with the number."""
    nav.push(ctx, "switcher", incognito=state.current(ctx)["incognito"])


def kind(ctx: Ctx, incognito: bool) -> None:
    """Standard or incognito tabs."""
    nav.top(ctx)["args"]["incognito"] = incognito


def pick(ctx: Ctx, number: int) -> None:
    """A tab was tapped."""
    state.show(ctx, number)
    nav.pop_to(ctx, "browser")


def close(ctx: Ctx, number: int) -> None:
    """A tab's cross; an incognito tab is gone for good."""
    closed = state.close_tab(ctx, number)
    if closed is not None and not closed["incognito"]:
        ctx.ui["closed"] = [dict(closed)]
        nav.snack(ctx, f"Closed {closed['title']}", "Undo", ("switcher.undo",))


def close_all(ctx: Ctx) -> None:
    """Close all tabs of the kind that is shown."""
    nav.close_all(ctx)
    incognito = bool(nav.top(ctx)["args"]["incognito"])
    gone: list[dict[str, Json]] = [dict(tab) for tab in state.tabs(ctx, incognito=incognito)]
    for tab in gone:
        state.close_tab(ctx, tab["id"])
    if gone and not incognito:
        ctx.ui["closed"] = gone
        nav.snack(ctx, f"Closed {len(gone)} tabs", "Undo", ("switcher.undo",))


def undo(ctx: Ctx) -> None:
    """Bring back what was closed last, in its order."""
    back: list[dict[str, Json]] = ctx.ui["closed"]
    ctx.ui["closed"] = []
    ctx.data["tabs"] = sorted([*state.tabs(ctx), *back], key=lambda tab: int(tab["id"]))
    seen = next((tab for tab in back if tab["shown"]), None)
    if seen is not None:
        state.show(ctx, int(seen["id"]))


SCREENS: Final[dict[str, ScreenFn]] = {"switcher": switcher}
HANDLERS: Final[dict[str, Handler]] = {
    "switcher.open": open_switcher,
    "switcher.kind": kind,
    "switcher.pick": pick,
    "switcher.close": close,
    "switcher.close_all": close_all,
    "switcher.undo": undo,
}
