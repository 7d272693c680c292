"""What a tab shows under its toolbar: the New tab page, its incognito kind, a web page."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from simphone.apps.chrome import address, blocks, look, state, web
from simphone.apps.chrome.sheet import sheet
from simphone.apps.chrome.start import HINT, incognito_page, new_tab_page
from simphone.apps.chrome.state import Tab
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, Msg, Paint, Scene, Scroll, TextStyle, Theme, View
from simphone.widgets import nav
from simphone.widgets.box import FRAME, column, row, space
from simphone.widgets.buttons import icon_button
from simphone.widgets.fields import EDIT_TEXT, bare_field
from simphone.widgets.nav import Entry, Handler, ScreenFn, ask, go
from simphone.widgets.text import text

MENU: Final = "Customize and control Google Chrome"


def browser(ctx: Ctx, _entry: Entry) -> Scene:
    """The tab that is looked at."""
    tab = state.current(ctx)
    colors = look.theme(ctx, incognito=tab["incognito"])
    if tab["url"] == web.NEW_TAB:
        content = incognito_page(colors) if tab["incognito"] else new_tab_page(ctx, colors)
    else:
        content = _web_view(ctx, tab)
    bar = _find_bar(ctx, colors, tab) if ctx.ui["find"] is not None else _toolbar(colors, ctx, tab)
    root = column(bar, content, cls=FRAME, id="coordinator")
    scene = nav.page(colors, root, activity=look.TABBED)
    return replace(scene, status_bar=colors.surface, nav_bar=colors.surface)


# --- toolbar ----------------------------------------------------------------------------------------------------------
def _toolbar(colors: Theme, ctx: Ctx, tab: Tab) -> View:
    on_page = tab["url"] != web.NEW_TAB
    bar_shown = on_page or tab["incognito"]
    parts = [
        icon_button(colors, "home", "Home", ("tab.home",), id="home_button", color=colors.on_surface, width=44),
        _location_bar(colors, tab, on_page=on_page) if bar_shown else space(weight=1.0),
        icon_button(colors, "add", "New tab", ("tab.new", tab["incognito"]), id="optional_toolbar_button", width=44)
        if on_page
        else None,
        switcher_button(colors, len(state.tabs(ctx, incognito=tab["incognito"]))),
        icon_button(colors, "more_vert", MENU, ask("menu"), id="menu_button", color=colors.on_surface, width=44),
    ]
    return row(*parts, id="toolbar", cls=FRAME, height=56, padding=(4, 0, 4, 0), paint=Paint(fill=colors.surface))


def _location_bar(colors: Theme, tab: Tab, *, on_page: bool) -> View:
    dead = on_page and web.page(tab["url"])["site"] == "error"
    if tab["incognito"]:
        mark, desc = "incognito", "Incognito mode"
    else:
        mark, desc = ("info", "Not connected") if dead else ("tune", "Connection is secure. Site information")
    status = icon_button(
        colors,
        mark,
        desc,
        ask("site") if on_page else None,
        size=18,
        id="location_bar_status_icon",
        width=36,
        height=40,
    )
    shown = tab["url"] if on_page else HINT
    ink = colors.on_surface if on_page else colors.on_surface_soft
    field = View(
        cls=EDIT_TEXT,
        id="url_bar",
        text=shown,
        on_tap=go("omnibox"),
        width=0,
        weight=1.0,
        height=40,
        valign="center",
        style=TextStyle(size=16, color=ink, max_lines=1),
    )
    return row(
        status,
        field,
        id="location_bar",
        cls=FRAME,
        width=0,
        weight=1.0,
        height=40,
        padding=(2, 0, 12, 0),
        margin=(2, 0, 2, 0),
        paint=Paint(fill=colors.surface_high, radius=20),
    )


def switcher_button(colors: Theme, count: int, on_tap: Msg | None = None) -> View:
    """The square with the number of tabs."""
    number = str(count) if count < 100 else ":D"
    square = View(
        in_tree=False,
        width=20,
        height=20,
        halign="center",
        valign="center",
        paint=Paint(border=colors.on_surface, border_width=2, radius=4),
        children=[View(in_tree=False, text=number, style=TextStyle(size=11, color=colors.on_surface, weight="bold"))],
    )
    return View(
        cls="android.widget.ImageButton",
        id="tab_switcher_button",
        desc="Switch or close tabs",
        on_tap=on_tap or ("switcher.open",),
        width=44,
        height=48,
        halign="center",
        valign="center",
        children=[square],
    )


def _find_bar(ctx: Ctx, colors: Theme, tab: Tab) -> View:
    find = ctx.ui["find"]
    hits = count(ctx, tab)
    status = f"{find['at'] + 1 if hits else 0}/{hits}" if find["text"] else ""
    return row(
        bare_field(
            colors,
            f"find.{tab['id']}",
            find["text"],
            ("find.type",),
            id="find_query",
            hint="Find in page",
            autofocus=True,
            width=0,
            weight=1.0,
            padding=(12, 0, 0, 0),
            on_enter=("find.step", 1),
        ),
        text(colors, status, size=13, color=colors.on_surface_soft, id="find_status") if status else None,
        icon_button(colors, "expand_less", "Previous", ("find.step", -1), id="find_prev_button", width=44),
        icon_button(colors, "expand_more", "Next", ("find.step", 1), id="find_next_button", width=44),
        icon_button(colors, "close", "Close find bar", ("find.close",), id="close_find_button", width=44),
        id="find_toolbar",
        height=56,
        gap=4,
        padding=(4, 0, 4, 0),
        paint=Paint(fill=colors.surface),
    )


def count(ctx: Ctx, tab: Tab) -> int:
    """How often the page holds what is searched for in it."""
    wanted = str(ctx.ui["find"]["text"]).casefold()
    if not wanted or tab["url"] == web.NEW_TAB:
        return 0
    return sum(each.casefold().count(wanted) for each in blocks.words(state.page(ctx, tab)))


# --- pages ------------------------------------------------------------------------------------------------------------
def _web_view(ctx: Ctx, tab: Tab) -> View:
    page = state.page(ctx, tab)
    paper = sheet(ctx, page, incognito=tab["incognito"])
    return View(
        cls="android.webkit.WebView",
        text=tab["title"],
        layout="column",
        width=MATCH,
        height=0,
        weight=1.0,
        focusable=True,
        scroll=Scroll(f"web.{tab['id']}.{len(tab['back'])}.{tab['url']}"),
        paint=Paint(fill=paper.colors.background),
        children=blocks.body(paper, page),
    )


# --- messages ---------------------------------------------------------------------------------------------------------
def follow(ctx: Ctx, url: str) -> None:
    """A link was tapped, or a row that stands for a page."""
    nav.close_all(ctx)
    to_page(ctx)
    state.visit(ctx, url)


def to_page(ctx: Ctx) -> None:
    """Back to the tab that is looked at, or to a new one."""
    nav.pop_to(ctx, "browser")
    if state.shown(ctx) is None:
        state.new_tab(ctx)


def focus(ctx: Ctx, name: str) -> None:
    """A field of the page wakes."""
    ctx.ui["forms"][name] = ""


def typed(ctx: Ctx, name: str, value: str) -> None:
    """What stands in a field of the page."""
    ctx.ui["forms"][name] = value


def submit(ctx: Ctx, name: str) -> None:
    """Enter in a search field of the page."""
    words = str(ctx.ui["forms"].get(name, "")).strip()
    if not words:
        return
    if name == "wiki":
        state.visit(ctx, web.wiki_search(words))
    elif name == "scholar":
        state.visit(ctx, web.SCHOLAR_SEARCH + address.search_url(words).partition("q=")[2])
    else:
        state.visit(ctx, address.search_url(words))


def reload(ctx: Ctx) -> None:
    """The same page again."""
    nav.close_all(ctx)
    state.reload(ctx)


def home(ctx: Ctx) -> None:
    """The home page is the New tab page, unless that is switched off."""
    if state.current(ctx)["url"] != web.NEW_TAB:
        state.visit(ctx, web.NEW_TAB)


def add_tab(ctx: Ctx, incognito: bool = False, url: str = "") -> None:
    """A new tab, on the New tab page or on a link."""
    opener = state.shown(ctx) if url else None
    nav.close_all(ctx)
    nav.pop_to(ctx, "browser")
    state.new_tab(ctx, incognito=incognito, opener=opener["id"] if opener else 0)
    if url:
        state.visit(ctx, url)


def find_type(ctx: Ctx, value: str) -> None:
    """Search the page."""
    ctx.ui["find"] = {"text": value, "at": 0}


def find_step(ctx: Ctx, way: int) -> None:
    """To the next or the previous hit, round and round."""
    hits = count(ctx, state.current(ctx))
    if hits:
        ctx.ui["find"]["at"] = (ctx.ui["find"]["at"] + way) % hits


def find_close(ctx: Ctx) -> None:
    """Leave the search in the page."""
    ctx.ui["find"] = None
    ctx.system.hide_keyboard()


def nothing(_ctx: Ctx) -> None:
    """Parts of pages that do nothing here."""


def voice(ctx: Ctx) -> None:
    """There is nobody to listen."""
    ctx.system.toast("Voice search is not available")


SCREENS: Final[dict[str, ScreenFn]] = {"browser": browser}
HANDLERS: Final[dict[str, Handler]] = {
    "web.go": follow,
    "web.focus": focus,
    "web.type": typed,
    "web.submit": submit,
    "web.reload": reload,
    "web.none": nothing,
    "tab.home": home,
    "tab.new": add_tab,
    "find.type": find_type,
    "find.step": find_step,
    "find.close": find_close,
    "voice": voice,
}
