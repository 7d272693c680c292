"""The three dots, and the small windows that open from them or from links."""

from __future__ import annotations

from typing import Final

from simphone.apps.chrome import look, state, web
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, Msg, Paint, Scroll, Theme, View, Window
from simphone.widgets import nav
from simphone.widgets.box import LINEAR, row, space
from simphone.widgets.buttons import DISABLED_INK, icon_button
from simphone.widgets.controls import checkbox
from simphone.widgets.dialogs import Action, Choice, alert_dialog, list_dialog, text_dialog
from simphone.widgets.image import icon
from simphone.widgets.menus import bottom_sheet, popup_menu
from simphone.widgets.nav import DialogFn, Entry, Handler, ask, keep, key
from simphone.widgets.text import divider, text

WIDTH: Final = 260.0
_PAGE_ENTRIES: Final = ("Share…", "Find in page", "Translate…", "Add to Home screen", "Desktop site")
_ICONS: Final = {
    "New tab": "add_circle", "New Incognito tab": "incognito", "History": "history",
    "Delete browsing data": "delete", "Downloads": "download", "Bookmarks": "star", "Recent tabs": "devices",
    "Share…": "share", "Find in page": "search", "Translate…": "translate", "Add to Home screen": "phone_android",
    "Desktop site": "laptop", "Settings": "settings", "Help & feedback": "help",
}  # fmt: skip


def menu(ctx: Ctx, entry: Entry) -> Window:
    """Icons in a row, then entries; those about the page are missing on the New tab page."""
    tab = state.current(ctx)
    colors = look.theme(ctx, incognito=tab["incognito"])
    on_page = tab["url"] != web.NEW_TAB
    labels = [label for label in _ICONS if on_page or label not in _PAGE_ENTRIES]
    items = [_item(colors, label, checked=tab["desktop"]) for label in labels]
    listing = View(
        cls="android.widget.ListView",
        id="app_menu_list",
        layout="column",
        width=WIDTH,
        focusable=True,
        scroll=Scroll(key(entry, "list")),
        padding=(0, 4, 0, 8),
        paint=Paint(fill=colors.surface_high if colors.dark else "#ffffff", radius=8, elevation=4),
        clip=True,
        children=[_icon_row(ctx, colors), divider(colors, margin=(0, 0, 0, 4)), *items],
    )
    return Window(root=listing, kind="menu", anchor=(-8.0, 36.0), dismiss=("nav.close",))


def _icon_row(ctx: Ctx, colors: Theme) -> View:
    tab = state.current(ctx)
    on_page = tab["url"] != web.NEW_TAB
    kept = state.bookmarked(ctx, tab["url"]) is not None
    buttons: tuple[tuple[str, str, str, bool], ...] = (
        ("arrow_forward", "Forward", "forward", bool(tab["forward"])),
        ("star_filled" if kept else "star", "Edit bookmark" if kept else "Bookmark", "bookmark", on_page),
        ("download", "Download", "download", on_page),
        ("info", "Page info", "info", on_page),
        ("refresh", "Refresh", "refresh", True),
    )
    cells = []
    for mark, desc, name, enabled in buttons:
        ink = colors.primary if mark == "star_filled" else colors.on_surface
        cells.append(
            icon_button(
                colors,
                mark,
                desc,
                ("menu.icon", name) if enabled else None,
                enabled=enabled,
                clickable=True,
                cls="android.widget.Button" if name == "bookmark" else "android.widget.ImageButton",
                color=ink if enabled else ink + DISABLED_INK,
                width=0,
                weight=1.0,
            )
        )
    return row(*cells, id="icon_row", height=52)


def _item(colors: Theme, label: str, *, checked: bool) -> View:
    box = checkbox(colors, checked, id="menu_item_checkbox", clickable=False) if label == "Desktop site" else None
    return row(
        icon(colors, _ICONS[label], size=20, in_tree=False),
        text(colors, label, size=16, max_lines=1, id="menu_item_text", width=0, weight=1.0),
        box,
        cls=LINEAR,
        on_tap=("menu.pick", label),
        height=48,
        gap=20,
        padding=(18, 0, 16, 0),
    )


# --- windows of a page ------------------------------------------------------------------------------------------------
def site(ctx: Ctx, _entry: Entry) -> Window:
    """What the icon before the address tells of the connection."""
    tab = state.current(ctx)
    colors = look.theme(ctx, incognito=tab["incognito"])
    dead = state.page(ctx, tab)["site"] == "error"
    host = tab["url"].partition("/")[0]
    facts = (
        [("info", "Your connection to this site is not secure")]
        if dead
        else [("lock", "Connection is secure"), ("block", "0 third-party cookies"), ("tune", "Permissions: none asked")]
    )
    rows = [
        row(icon(colors, mark, in_tree=False), text(colors, line, size=16), gap=20, height=52, padding=(24, 0, 24, 0))
        for mark, line in facts
    ]
    head = text(colors, host, size=18, font="medium", width=MATCH, id="page_info_url", margin=(24, 4, 24, 12))
    return bottom_sheet(colors, head, *rows, space(height=24), title="Page info")


def share(ctx: Ctx, _entry: Entry) -> Window:
    """Where a page can be sent."""
    tab = state.current(ctx)
    colors = look.theme(ctx, incognito=tab["incognito"])
    rows = [
        row(
            icon(colors, mark, in_tree=False),
            text(colors, label, size=16),
            on_tap=("share", label),
            gap=20,
            height=52,
            padding=(24, 0, 24, 0),
        )
        for mark, label in (("copy", "Copy link"), ("devices", "Send to your devices"), ("print", "Print"))
    ]
    return bottom_sheet(
        colors,
        text(colors, tab["title"], size=18, font="medium", width=MATCH, max_lines=2, margin=(24, 4, 24, 4)),
        text(colors, tab["url"], size=14, color=colors.on_surface_soft, max_lines=1, margin=(24, 0, 24, 12)),
        divider(colors),
        *rows,
        space(height=24),
        title="Share",
    )


def link(ctx: Ctx, entry: Entry) -> Window:
    """A long press on a link."""
    tab = state.current(ctx)
    colors = look.theme(ctx, incognito=tab["incognito"])
    url = str(entry["args"]["url"])
    choices = [
        Choice("Open in new tab", ("tab.new", tab["incognito"], url)),
        Choice("Open in Incognito tab", ("tab.new", True, url)),
        Choice("Copy link address", ("copy", url)),
        Choice("Copy link text", ("copy", str(entry["args"]["text"]))),
    ]
    return list_dialog(colors, url, choices, key=key(entry, "list"))


def shortcut(ctx: Ctx, entry: Entry) -> Window:
    """Add to Home screen."""
    colors = look.theme(ctx)
    name = str(entry["args"]["name"])
    return text_dialog(
        colors,
        "Add to Home screen",
        key(entry, "name"),
        name,
        keep("name"),
        positive=Action("Add", ("shortcut.add",), enabled=bool(name.strip())),
    )


def unavailable(ctx: Ctx, entry: Entry) -> Window:
    """What this phone's web has no part for."""
    colors = look.theme(ctx)
    return alert_dialog(colors, str(entry["args"]["title"]), str(entry["args"]["message"]), positive=Action("OK"))


def switcher_menu(ctx: Ctx, _entry: Entry) -> Window:
    """The three dots over the grid of tabs."""
    incognito = bool(nav.top(ctx)["args"]["incognito"])
    choices = [
        Choice("New tab", ("tab.new", False)),
        Choice("New Incognito tab", ("tab.new", True)),
        Choice("Close Incognito tabs" if incognito else "Close all tabs", ("switcher.close_all",)),
        Choice("Settings", ("menu.pick", "Settings")),
    ]
    return popup_menu(look.theme(ctx, incognito=incognito), choices, anchor=(-8.0, 36.0))


# --- messages ---------------------------------------------------------------------------------------------------------
_SCREENS: Final = {
    "History": "history", "Downloads": "downloads", "Bookmarks": "bookmarks", "Recent tabs": "recent_tabs",
    "Settings": "settings", "Delete browsing data": "clear_data",
}  # fmt: skip


def pick(ctx: Ctx, label: str) -> None:
    """An entry of the menu."""
    nav.close_all(ctx)
    tab = state.shown(ctx)
    if label in _SCREENS:
        nav.push(ctx, _SCREENS[label])
    elif tab is None:
        return
    elif label in ("New tab", "New Incognito tab"):
        state.new_tab(ctx, incognito=label != "New tab")
    elif label == "Help & feedback":
        state.visit(ctx, "support.google.com/chrome")
    elif label == "Find in page":
        ctx.ui["find"] = {"text": "", "at": 0}
    elif label == "Desktop site":
        tab["desktop"] = not tab["desktop"]
    elif label == "Share…":
        nav.open_dialog(ctx, "share")
    elif label == "Add to Home screen":
        nav.open_dialog(ctx, "shortcut", name=tab["title"])
    else:
        nav.snack(ctx, "This page can’t be translated")


def press(ctx: Ctx, name: str) -> None:
    """An icon of the menu's first row."""
    tab = state.current(ctx)
    nav.close_all(ctx)
    if name == "forward":
        state.step(ctx, "forward")
    elif name == "refresh":
        state.reload(ctx)
    elif name == "info":
        nav.open_dialog(ctx, "site")
    elif name == "download":
        nav.snack(ctx, "Can’t download this page")
    else:
        _star(ctx, tab)


def _star(ctx: Ctx, tab: state.Tab) -> None:
    kept = state.bookmarked(ctx, tab["url"])
    if kept is not None:
        nav.push(ctx, "edit_bookmark", **state.bookmark_args(ctx, *kept))
        return
    entries = state.folder(ctx, state.MOBILE)["entries"]
    entries.append({"title": tab["title"], "url": tab["url"]})
    nav.snack(ctx, "Bookmarked in Mobile bookmarks", "Edit", ("bookmark.edit", state.MOBILE, len(entries) - 1))


def copy(ctx: Ctx, value: str) -> None:
    """Put a text on the clipboard."""
    nav.close_all(ctx)
    ctx.system.state["clipboard"] = value
    ctx.system.toast("Copied")


def send(ctx: Ctx, label: str) -> None:
    """An entry of the share sheet."""
    if label == "Copy link":
        copy(ctx, "https://" + state.current(ctx)["url"])
        return
    nav.close_all(ctx)
    nav.open_dialog(ctx, "unavailable", title=label, message="No device or printer was found.")


def add_shortcut(ctx: Ctx) -> None:
    """Keep a shortcut to the page."""
    name = str(nav.args(ctx)["name"]).strip()
    nav.close_all(ctx)
    ctx.data["shortcuts"].append({"title": name, "url": state.current(ctx)["url"]})
    nav.snack(ctx, f"{name} was added to your Home screen")


DIALOGS: Final[dict[str, DialogFn]] = {
    "menu": menu,
    "site": site,
    "share": share,
    "link": link,
    "shortcut": shortcut,
    "unavailable": unavailable,
    "switcher_menu": switcher_menu,
}
HANDLERS: Final[dict[str, Handler]] = {
    "menu.pick": pick,
    "menu.icon": press,
    "copy": copy,
    "share": send,
    "shortcut.add": add_shortcut,
}
OPEN_SWITCHER_MENU: Final[Msg] = ask("switcher_menu")
