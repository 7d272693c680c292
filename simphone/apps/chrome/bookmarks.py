"""Bookmarks: folders, what is in them, editing."""

from __future__ import annotations

from typing import Final

from simphone.apps.chrome import address, browser, look, state
from simphone.apps.chrome.state import READING, Bookmark, Folder
from simphone.core.app import Ctx
from simphone.ui.view import Paint, Scene, Theme, View, Window
from simphone.widgets import nav
from simphone.widgets.bars import UP, app_bar
from simphone.widgets.box import column, list_view, row, scroll_column
from simphone.widgets.buttons import BUTTON, icon_button, text_button
from simphone.widgets.dialogs import Action, Choice, list_dialog, text_dialog
from simphone.widgets.feedback import empty_state
from simphone.widgets.fields import labelled_field, search_field
from simphone.widgets.image import icon
from simphone.widgets.nav import DialogFn, Entry, Handler, ScreenFn, ask, go, keep, key
from simphone.widgets.text import text

_SORTS: Final = ("Newest", "Oldest", "Last opened", "Alphabetical", "Reverse alphabetical")


def bookmarks(ctx: Ctx, entry: Entry) -> Scene:
    """All folders, or what a search finds in them."""
    colors = look.theme(ctx)
    word = str(entry["args"].get("word", "")).strip().casefold()
    if word:
        hits = [
            _bookmark(colors, folder["key"], index, each)
            for folder in state.folders(ctx)
            for index, each in enumerate(folder["entries"])
            if word in each["title"].casefold() or word in each["url"].casefold()
        ]
        body = _list(entry, *hits) if hits else empty_state(colors, "No results found", icon_name="search")
    else:
        body = _list(entry, *(_folder_row(colors, folder) for folder in state.folders(ctx)))
    return _page(ctx, entry, "Bookmarks", body, root=True)


def folder(ctx: Ctx, entry: Entry) -> Scene:
    """One folder."""
    colors = look.theme(ctx)
    shown = state.folder(ctx, str(entry["args"]["folder"]))
    order = _sorted(ctx, shown["entries"])
    rows = [_bookmark(colors, shown["key"], index, shown["entries"][index]) for index in order]
    if rows:
        body = _list(entry, *rows)
    elif shown["key"] == READING:
        body = empty_state(colors, "Your reading list will show up here", icon_name="book")
    else:
        body = empty_state(colors, "Your bookmarks will show up here", "You don’t have any here yet", icon_name="star")
    return _page(ctx, entry, shown["title"], body, root=False)


def _sorted(ctx: Ctx, entries: list[Bookmark]) -> list[int]:
    """Indexes of the entries in the order that was chosen; the last one added is the newest."""
    order = list(range(len(entries)))
    how = ctx.data["settings"]["bookmark_order"]
    if how in ("Alphabetical", "Reverse alphabetical"):
        order.sort(key=lambda index: entries[index]["title"].casefold(), reverse=how.startswith("Reverse"))
    elif how != "Oldest":
        order.reverse()
    return order


def _page(ctx: Ctx, entry: Entry, title: str, body: View, *, root: bool) -> Scene:
    colors = look.theme(ctx)
    close = icon_button(colors, "close", "Close", ("bookmark.close",), id="close_menu_id")
    sort = icon_button(colors, "sort", "Sort and view options", ask("sort"), cls=BUTTON, id="sort_menu_id")
    create = icon_button(
        colors, "folder", "Create new folder", ask("new_folder", name=""), cls=BUTTON, id="create_new_folder_menu_id"
    )
    bar = app_bar(
        colors, title, sort, create, close, up=None if root else UP, up_desc="Go back", size=20, id="bookmark_toolbar"
    )
    field = search_field(
        colors, key(entry, "word"), str(entry["args"].get("word", "")), keep("word"), hint="Search bookmarks",
        id="search_text",
    ) if root else None  # fmt: skip
    return nav.page(colors, column(bar, field, body), activity=look.BOOKMARKS)


def _list(entry: Entry, *rows: View) -> View:
    return list_view(key(entry, "list"), *rows, id="selectable_list_recycler_view", padding=(0, 4, 0, 24))


def _disc(colors: Theme, mark: str) -> View:
    return View(
        in_tree=False,
        width=40,
        height=40,
        halign="center",
        valign="center",
        paint=Paint(fill=colors.surface_high, radius=20),
        children=[icon(colors, mark, size=22, in_tree=False)],
    )


def _folder_row(colors: Theme, shown: Folder) -> View:
    count = len(shown["entries"])
    if shown["key"] == READING:
        note = f"{count} unread page" + ("" if count == 1 else "s") if count else "No unread pages"
    else:
        note = f"{count} bookmark" + ("" if count == 1 else "s") if count else "No bookmarks"
    return _row(
        colors,
        _disc(colors, "book" if shown["key"] == READING else "folder"),
        shown["title"],
        note,
        None,
        go("folder", folder=shown["key"]),
    )


def _bookmark(colors: Theme, where: str, index: int, each: Bookmark) -> View:
    options = icon_button(
        colors, "more_vert", "Options", ask("options", folder=where, index=index), id="more", clickable=True
    )
    row_view = _row(colors, _disc(colors, "globe"), each["title"], each["url"], options, ("web.go", each["url"]))
    row_view.on_long_press = ask("options", folder=where, index=index)
    return row_view


def _row(
    colors: Theme,
    lead: View,
    title: str,
    note: str,
    end: View | None,
    on_tap: tuple[str | int | float | bool | None, ...],
) -> View:
    return row(
        lead,
        column(
            text(colors, title, size=16, max_lines=1, id="title"),
            text(colors, note, size=14, color=colors.on_surface_soft, max_lines=1, id="description"),
            width=0,
            weight=1.0,
            in_tree=False,
        ),
        end,
        on_tap=on_tap,
        height=72,
        gap=16,
        padding=(16, 0, 4, 0),
    )


def edit_bookmark(ctx: Ctx, entry: Entry) -> Scene:
    """Name and address of a bookmark."""
    colors, args = look.theme(ctx), entry["args"]
    fields = [
        labelled_field(colors, label, key(entry, name), str(args[name]), keep(name), id=f"{name}_text", width=-1.0)
        for label, name in (("Name", "title"), ("URL", "url"))
    ]
    trash = icon_button(colors, "delete", "Delete bookmark", ("bookmark.delete",), id="edit_bookmark_delete")
    wrong = not address.is_address(str(args["url"]))
    note = text(colors, "Enter a valid URL", size=13, color=colors.error, margin=(4, 0, 0, 0)) if wrong else None
    body = scroll_column(
        key(entry, "page"),
        column(*fields, note, gap=12, padding=(20, 16, 20, 16), in_tree=False),
        text_button(
            colors,
            "Save",
            ("bookmark.save",),
            enabled=not wrong and bool(str(args["title"]).strip()),
            margin=(20, 0, 0, 0),
            id="save",
        ),
    )
    return look.titled_page(colors, "Edit bookmark", body, trash, activity=look.BOOKMARKS)


# --- small windows ----------------------------------------------------------------------------------------------------
def options(ctx: Ctx, entry: Entry) -> Window:
    """What can be done with a bookmark."""
    where, index = str(entry["args"]["folder"]), int(entry["args"]["index"])
    shown = state.folder(ctx, where)["entries"][index]
    choices = [
        Choice("Edit", ("bookmark.edit", where, index)),
        Choice("Open in new tab", ("tab.new", False, shown["url"])),
        Choice("Open in Incognito tab", ("tab.new", True, shown["url"])),
        Choice("Delete", ("bookmark.remove", where, index)),
    ]
    return list_dialog(look.theme(ctx), shown["title"], choices, key=key(entry, "list"))


def sort(ctx: Ctx, entry: Entry) -> Window:
    """The order of bookmarks."""
    chosen = ctx.data["settings"]["bookmark_order"]
    choices = [Choice(f"{name} ✓" if name == chosen else name, ("bookmark.sort", name)) for name in _SORTS]
    return list_dialog(look.theme(ctx), "Sort and view options", choices, key=key(entry, "list"))


def new_folder(ctx: Ctx, entry: Entry) -> Window:
    """The name of a new folder."""
    name = str(entry["args"]["name"])
    return text_dialog(
        look.theme(ctx),
        "New folder",
        key(entry, "name"),
        name,
        keep("name"),
        hint="Folder name",
        positive=Action("Create", ("bookmark.folder",), enabled=bool(name.strip())),
    )


# --- messages ---------------------------------------------------------------------------------------------------------
def close(ctx: Ctx) -> None:
    """Back to the page."""
    browser.to_page(ctx)


def edit(ctx: Ctx, where: str, index: int) -> None:
    """Open a bookmark for editing."""
    nav.close_all(ctx)
    nav.push(ctx, "edit_bookmark", **state.bookmark_args(ctx, where, index))


def save(ctx: Ctx) -> None:
    """Keep what was edited."""
    args = nav.top(ctx)["args"]
    nav.pop(ctx)
    for entry in state.folder(ctx, args["folder"])["entries"][args["index"] :][:1]:
        entry["title"], entry["url"] = str(args["title"]).strip(), address.bare(str(args["url"]))


def delete(ctx: Ctx) -> None:
    """Delete the bookmark that is edited."""
    args = nav.top(ctx)["args"]
    nav.pop(ctx)
    remove(ctx, args["folder"], args["index"])


def remove(ctx: Ctx, where: str, index: int) -> None:
    """Delete a bookmark; it can be brought back for a while."""
    nav.close_all(ctx)
    entries = state.folder(ctx, where)["entries"]
    if index >= len(entries):
        return
    gone = entries.pop(index)
    nav.snack(ctx, f"{gone['title']} deleted", "Undo", ("bookmark.undo", where, index, gone["title"], gone["url"]))


def undo(ctx: Ctx, where: str, index: int, title: str, url: str) -> None:
    """Bring a bookmark back to its place."""
    state.folder(ctx, where)["entries"].insert(index, {"title": title, "url": url})


def set_order(ctx: Ctx, how: str) -> None:
    """Choose the order."""
    nav.close_all(ctx)
    ctx.data["settings"]["bookmark_order"] = how


def create(ctx: Ctx) -> None:
    """Make a folder."""
    name = str(nav.args(ctx)["name"]).strip()
    nav.close_all(ctx)
    number = 1 + max(
        (int(each["key"][6:]) for each in state.folders(ctx) if each["key"].startswith("folder")), default=0
    )
    made: Folder = {"key": f"folder{number}", "title": name, "entries": []}
    state.folders(ctx).append(made)


SCREENS: Final[dict[str, ScreenFn]] = {"bookmarks": bookmarks, "folder": folder, "edit_bookmark": edit_bookmark}
DIALOGS: Final[dict[str, DialogFn]] = {"options": options, "sort": sort, "new_folder": new_folder}
HANDLERS: Final[dict[str, Handler]] = {
    "bookmark.close": close,
    "bookmark.edit": edit,
    "bookmark.save": save,
    "bookmark.delete": delete,
    "bookmark.remove": remove,
    "bookmark.undo": undo,
    "bookmark.sort": set_order,
    "bookmark.folder": create,
}
