"""My Books: the four tabs, the pages behind their rows, the search."""

from __future__ import annotations

from typing import Final, cast

from simphone.apps.cantook import look
from simphone.apps.cantook.state import (
    ORDERS,
    SHELVES,
    Order,
    Shelved,
    authors,
    categories,
    matching,
    ordered,
    recently_added,
    recently_read,
    saved,
    shown,
)
from simphone.core.app import Ctx
from simphone.ui.view import Scene, Theme, View, Window
from simphone.widgets import nav
from simphone.widgets.bars import UP, app_bar, tabs
from simphone.widgets.box import column, list_view, row, space
from simphone.widgets.buttons import icon_button
from simphone.widgets.dialogs import Action, Choice, choice_dialog
from simphone.widgets.fab import fab
from simphone.widgets.fields import bare_field
from simphone.widgets.nav import Entry, ask, go, keep
from simphone.widgets.text import divider

_ROOM: Final = 88.0
"""dp below the last row, so that the floating button covers none."""


def body(ctx: Ctx) -> View:
    """The tab My Books."""
    colors, shelf = look.theme(ctx), shown(ctx)["shelf"]
    names = list(SHELVES)
    bar = app_bar(
        colors,
        "My Books",
        icon_button(colors, "search", "Search", go("search", query="")),
        icon_button(colors, "sort", "Sort by", ask("sort")) if shelf == "books" else None,
        up=None,
    )
    strip = tabs(colors, list(SHELVES.values()), names.index(shelf), ("shelf",), id="tabs")
    for cell in strip.children:
        cell.cls = "androidx.appcompat.app.ActionBar$Tab"
    listed = _LISTS[shelf](ctx)
    listed.on_swipe = {"left": ("shelf.step", 1), "right": ("shelf.step", -1)}
    return column(bar, strip, divider(colors), listed, in_tree=False, height=0, weight=1.0)


def _rows(ctx: Ctx, scroller: str, books: list[Shelved], collection: str = "") -> View:
    colors = look.theme(ctx)
    return list_view(scroller, *(look.book_row(colors, each, collection) for each in books), id="list")


def _books(ctx: Ctx) -> View:
    books = ordered(saved(ctx)["books"].items(), saved(ctx)["settings"]["order"])
    if not books:
        return look.nothing(look.theme(ctx), "No books yet", "Import files in Settings, or find books in Catalogs.")
    return _rows(ctx, "shelf.books", books)


def _groups(colors: Theme, scroller: str, rows: list[View], empty: str, icon_name: str) -> View:
    if not rows:
        return look.nothing(colors, empty, icon_name=icon_name)
    return list_view(scroller, *rows, id="list")


def _authors(ctx: Ctx) -> View:
    colors = look.theme(ctx)
    rows = [
        look.count_row(colors, name, count, "person", go("list", kind="author", name=name))
        for name, count in authors(ctx).items()
    ]
    return _groups(colors, "shelf.authors", rows, "No authors", "person")


def _categories(ctx: Ctx) -> View:
    colors = look.theme(ctx)
    rows = [
        look.count_row(colors, name, count, "tag", go("list", kind="category", name=name))
        for name, count in categories(ctx).items()
    ]
    return _groups(colors, "shelf.categories", rows, "No categories", "tag")


def _collections(ctx: Ctx) -> View:
    colors = look.theme(ctx)
    listed = sorted(saved(ctx)["collections"].items(), key=lambda each: each[1]["name"].casefold())
    rows = [
        look.count_row(
            colors, each["name"], len(each["books"]), "library", go("list", kind="collection", name=key),
            ask("collection_menu", collection=key),
        )
        for key, each in listed
    ]  # fmt: skip
    if rows:
        rows.append(space(height=_ROOM))
    button = fab(
        colors,
        "add",
        "New collection",
        ask("new_collection", name="", book=""),
        round_=True,
        fill=colors.primary,
        color=colors.on_primary,
        self_halign="end",
        self_valign="bottom",
        margin=(0, 0, 16, 16),
    )
    return look.floating(_groups(colors, "shelf.collections", rows, "No collections yet", "library"), button)


_LISTS: Final = {"books": _books, "authors": _authors, "categories": _categories, "collections": _collections}


# --- pages ----------------------------------------------------------------------------------------------------------
def listing(ctx: Ctx, entry: Entry) -> Scene:
    """The books of an author, a category or a collection, and the whole of a row of Home."""
    colors = look.theme(ctx)
    kind, name = str(entry["args"]["kind"]), str(entry["args"]["name"])
    library = saved(ctx)["books"]
    title, collection = name, ""
    if kind == "read":
        title, books = "Recently read", recently_read(ctx)
    elif kind == "added":
        title, books = "Recently added", recently_added(ctx)
    elif kind == "author":
        books = ordered((each for each in library.items() if each[1]["author"] == name), "title")
    elif kind == "category":
        books = ordered((each for each in library.items() if name in each[1]["categories"]), "title")
    else:
        found = saved(ctx)["collections"].get(name)
        title, collection = found["name"] if found else "", name
        books = ordered([(key, library[key]) for key in (found["books"] if found else [])], "title")
    rows = _rows(ctx, nav.key(entry, "list"), books, collection)
    return look.titled(colors, title, divider(colors), rows if books else look.nothing(colors, "No books"))


def search(ctx: Ctx, entry: Entry) -> Scene:
    """Books by title or author, as the word is typed."""
    colors, query = look.theme(ctx), str(entry["args"]["query"])
    found = matching(ctx, query)
    field = bare_field(
        colors, nav.key(entry, "query"), query, keep("query"), hint="Search", autofocus=True, on_enter=("search.done",),
        id="search_src_text", width=0, weight=1.0,
    )  # fmt: skip
    bar = row(
        icon_button(colors, "arrow_back", "Navigate up", UP, color=colors.on_surface),
        field,
        icon_button(colors, "close", "Clear query", ("nav.keep", "query", "")) if query else None,
        id="toolbar",
        height=64,
        padding=(4, 0, 4, 0),
        gap=4,
    )
    if found:
        listed = _rows(ctx, nav.key(entry, "list"), found)
    elif query.strip():
        listed = look.nothing(
            colors, "No results", f"There is no book for “{query.strip()}” in your library.", "search"
        )
    else:
        listed = space(weight=1.0)
    return look.page(colors, bar, divider(colors), listed)


def sort_dialog(ctx: Ctx, entry: Entry) -> Window:
    """The order of the list of books."""
    chosen = saved(ctx)["settings"]["order"]
    choices = [Choice(label, ("sort", name), name == chosen) for name, label in ORDERS.items()]
    return choice_dialog(look.theme(ctx), "Sort by", choices, key=nav.key(entry, "list"), negative=Action("CANCEL"))


# --- messages -------------------------------------------------------------------------------------------------------
def pick_shelf(ctx: Ctx, index: int) -> None:
    """A tab of My Books."""
    shown(ctx)["shelf"] = list(SHELVES)[index]


def step_shelf(ctx: Ctx, way: int) -> None:
    """The page was swiped."""
    index = list(SHELVES).index(shown(ctx)["shelf"]) + way
    if 0 <= index < len(SHELVES):
        pick_shelf(ctx, index)


def sort_by(ctx: Ctx, order: str) -> None:
    """An order was chosen."""
    nav.close(ctx)
    saved(ctx)["settings"]["order"] = cast(Order, order)
    ctx.system.set_scroll("shelf.books", 0)


def search_done(ctx: Ctx) -> None:
    """Enter: the results are there already, the keyboard goes."""
    ctx.system.hide_keyboard()


SCREENS: Final[dict[str, nav.ScreenFn]] = {"list": listing, "search": search}
DIALOGS: Final[dict[str, nav.DialogFn]] = {"sort": sort_dialog}
HANDLERS: Final[dict[str, nav.Handler]] = {
    "shelf": pick_shelf,
    "shelf.step": step_shelf,
    "sort": sort_by,
    "search.done": search_done,
}
