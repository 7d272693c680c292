"""What can be done with a book or a collection: the options sheet, its dialogs, the page Info."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from simphone.apps.cantook import look
from simphone.apps.cantook.state import (
    add_collection,
    book,
    collection_named,
    delete_book,
    mark,
    percent,
    saved,
)
from simphone.core.app import Ctx
from simphone.core.dates import medium_date
from simphone.ui.view import Msg, Scene, Theme, View, Window
from simphone.widgets import nav
from simphone.widgets.box import column, row, scroll_column, space
from simphone.widgets.buttons import filled_button, wide
from simphone.widgets.controls import progress_bar
from simphone.widgets.dialogs import Action, Choice, alert_dialog, choice_dialog, list_dialog, text_dialog
from simphone.widgets.image import icon
from simphone.widgets.menus import bottom_sheet
from simphone.widgets.nav import Entry, ask, keep
from simphone.widgets.text import divider, text

_MOST_NAME: Final = 100


def _action(colors: Theme, label: str, icon_name: str, on_tap: Msg) -> View:
    return row(
        icon(colors, icon_name, in_tree=False),
        text(colors, label, size=16, id="label"),
        id="action",
        height=52,
        gap=24,
        padding=(24, 0, 24, 0),
        on_tap=on_tap,
    )


def sheet(ctx: Ctx, entry: Entry) -> Window:
    """The options of a book. They stay open when it is marked."""
    colors, key = look.theme(ctx), str(entry["args"]["book"])
    collection = str(entry["args"].get("collection", ""))
    found = book(ctx, key)
    if found is None:
        return bottom_sheet(colors, look.nothing(colors, "This book is gone"))
    head = row(
        look.cover(found, 56),
        column(
            text(colors, found["title"], size=18, font="medium", max_lines=2, id="title"),
            text(colors, found["author"], size=14, color=colors.on_surface_soft, max_lines=1, id="author"),
            text(colors, percent(found["progress"]), size=14, color=colors.primary, font="medium", id="progress"),
            in_tree=False,
            width=0,
            weight=1.0,
            gap=4,
        ),
        in_tree=False,
        gap=16,
        padding=(24, 4, 24, 16),
    )
    done = found["finished"]
    return bottom_sheet(
        colors,
        head,
        divider(colors),
        space(height=8),
        _action(colors, "Read", "book_open", ("read", key)),
        _action(colors, "Info", "info", ("info", key)),
        _action(
            colors,
            "Mark as unread" if done else "Mark as read",
            "undo" if done else "check_circle",
            ("mark", key, not done),
        ),
        _action(colors, "Add to collection", "playlist_add", ask("add_to", book=key)),
        _action(colors, "Remove from collection", "remove_circle", ("collection.drop", collection, key))
        if collection
        else None,
        _action(colors, "Delete", "delete", ask("delete", book=key)),
        space(height=12),
    )


def delete_dialog(ctx: Ctx, entry: Entry) -> Window:
    """The question before a book is deleted."""
    key = str(entry["args"]["book"])
    found = book(ctx, key)
    title = found["title"] if found else ""
    return alert_dialog(
        look.theme(ctx),
        "Delete book",
        f"“{title}” and its file in Cantook will be deleted from this device. Do you want to continue?",
        positive=Action("OK", ("delete", key)),
        negative=Action("CANCEL"),
    )


def info(ctx: Ctx, entry: Entry) -> Scene:
    """All that is known of a book."""
    colors, key = look.theme(ctx), str(entry["args"]["book"])
    found = book(ctx, key)
    if found is None:
        return look.titled(colors, "Info", look.nothing(colors, "This book is gone"))
    facts = {
        "Format": "EPUB",
        "Added": _day(ctx, found["added"]),
        "Last read": _day(ctx, found["read"]) if found["read"] else "Never",
        "Categories": ", ".join(found["categories"]) or "None",
        "Collections": ", ".join(each["name"] for each in saved(ctx)["collections"].values() if key in each["books"])
        or "None",
        "File": found["file"].rpartition("/")[2],
    }
    head = row(
        look.cover(found, 112),
        column(
            text(colors, found["title"], size=22, font="medium", id="title"),
            text(colors, found["author"], size=16, color=colors.on_surface_soft, id="author"),
            space(height=12),
            text(colors, percent(found["progress"]), size=14, font="medium", color=colors.primary, id="progress"),
            progress_bar(colors, found["progress"] / 100),
            in_tree=False,
            width=0,
            weight=1.0,
            gap=4,
        ),
        in_tree=False,
        gap=20,
        padding=(20, 12, 20, 20),
        valign="top",
    )
    return look.titled(
        colors,
        "Info",
        scroll_column(
            nav.key(entry, "info"),
            head,
            wide(filled_button(colors, "Read", ("read", key), margin=(20, 0, 20, 16))),
            text(colors, found["about"], size=15, line_height=22, margin=(20, 0, 20, 16)) if found["about"] else None,
            divider(colors),
            *(_fact(colors, name, value) for name, value in facts.items()),
            space(height=24),
        ),
    )


def _fact(colors: Theme, name: str, value: str) -> View:
    return column(
        text(colors, name, size=13, color=colors.on_surface_soft),
        text(colors, value, size=16),
        in_tree=False,
        gap=2,
        padding=(20, 12, 20, 0),
    )


def _day(ctx: Ctx, epoch_ms: int) -> str:
    moved = timedelta(milliseconds=epoch_ms - ctx.system.epoch_ms())
    day: datetime = ctx.system.now() + moved
    return medium_date(day.date())


# --- collections ----------------------------------------------------------------------------------------------------
def add_dialog(ctx: Ctx, entry: Entry) -> Window:
    """The collections a book can be put into; those that have it are checked."""
    key = str(entry["args"]["book"])
    choices = [
        Choice(each["name"], ("collection.toggle", name, key), key in each["books"])
        for name, each in sorted(saved(ctx)["collections"].items(), key=lambda item: item[1]["name"].casefold())
    ]
    return choice_dialog(
        look.theme(ctx),
        "Add to collection",
        choices,
        key=nav.key(entry, "list"),
        several=True,
        negative=Action("NEW COLLECTION", ask("new_collection", name="", book=key)),
        positive=Action("OK"),
    )


def name_dialog(ctx: Ctx, entry: Entry) -> Window:
    """The name of a collection: of a new one, or of the one that is renamed."""
    args = entry["args"]
    name, old = str(args["name"]), str(args.get("collection", ""))
    done: Msg = ("collection.rename", old) if old else ("collection.new", str(args.get("book", "")))
    return text_dialog(
        look.theme(ctx),
        "Rename collection" if old else "New collection",
        nav.key(entry, "name"),
        name,
        keep("name"),
        positive=Action("OK", done, enabled=bool(name.strip())),
        negative=Action("CANCEL"),
        hint="Name",
        on_enter=("collection.typed",),
    )


def collection_menu(ctx: Ctx, entry: Entry) -> Window:
    """A collection, held: rename, delete."""
    key = str(entry["args"]["collection"])
    found = saved(ctx)["collections"].get(key)
    name = found["name"] if found else ""
    choices = [
        Choice("Rename", ("collection.ask_rename", key)),
        Choice("Delete", ("collection.ask_delete", key)),
    ]
    return list_dialog(look.theme(ctx), name, choices, key=nav.key(entry, "list"))


def delete_collection_dialog(ctx: Ctx, entry: Entry) -> Window:
    """The question before a collection is deleted."""
    key = str(entry["args"]["collection"])
    found = saved(ctx)["collections"].get(key)
    name = found["name"] if found else ""
    return alert_dialog(
        look.theme(ctx),
        "Delete collection",
        f"The collection “{name}” will be deleted. Its books stay in your library.",
        positive=Action("OK", ("collection.delete", key)),
        negative=Action("CANCEL"),
    )


# --- messages -------------------------------------------------------------------------------------------------------
def show_info(ctx: Ctx, key: str) -> None:
    """Info of the sheet."""
    nav.close_all(ctx)
    nav.push(ctx, "info", book=key)


def mark_book(ctx: Ctx, key: str, finished: bool) -> None:
    """Mark as read, Mark as unread."""
    mark(ctx, key, finished=finished)


def confirm_delete(ctx: Ctx, key: str) -> None:
    """OK: the list is shown without the book."""
    delete_book(ctx, key)
    nav.close_all(ctx)
    while nav.top(ctx)["args"].get("book") == key:
        nav.pop(ctx)
    nav.snack(ctx, "Book deleted")


def typed_name(ctx: Ctx) -> None:
    """Enter in the name: the keyboard goes, OK decides."""
    ctx.system.hide_keyboard()


def _free_name(ctx: Ctx, own: str = "") -> str:
    """The name that was typed; empty, and said why, when there is such a collection already."""
    name = " ".join(str(nav.args(ctx)["name"]).split())[:_MOST_NAME]
    taken = collection_named(ctx, name)
    if taken is not None and taken != own:
        ctx.system.toast("A collection with this name already exists")
        return ""
    return name


def new_collection(ctx: Ctx, book_key: str) -> None:
    """OK of New collection; with a book it is put into it."""
    name = _free_name(ctx)
    if name:
        key = add_collection(ctx, name)
        nav.close(ctx)
        if book_key:
            saved(ctx)["collections"][key]["books"].append(book_key)


def ask_rename(ctx: Ctx, key: str) -> None:
    """Rename of a collection's menu."""
    nav.close(ctx)
    nav.open_dialog(ctx, "new_collection", name=saved(ctx)["collections"][key]["name"], collection=key)


def rename_collection(ctx: Ctx, key: str) -> None:
    """OK of Rename collection."""
    name = _free_name(ctx, key)
    if name:
        saved(ctx)["collections"][key]["name"] = name
        nav.close(ctx)


def ask_delete(ctx: Ctx, key: str) -> None:
    """Delete of a collection's menu."""
    nav.close(ctx)
    nav.open_dialog(ctx, "delete_collection", collection=key)


def delete_collection(ctx: Ctx, key: str) -> None:
    """OK: the collection goes, its books stay."""
    saved(ctx)["collections"].pop(key, None)
    nav.close_all(ctx)


def toggle_member(ctx: Ctx, collection: str, key: str) -> None:
    """Put a book into a collection, or take it out."""
    books = saved(ctx)["collections"][collection]["books"]
    if key in books:
        books.remove(key)
    else:
        books.append(key)


def drop_member(ctx: Ctx, collection: str, key: str) -> None:
    """Remove from collection, with a way back."""
    toggle_member(ctx, collection, key)
    nav.close_all(ctx)
    nav.snack(ctx, "Removed from collection", "UNDO", ("collection.toggle", collection, key))


SCREENS: Final[dict[str, nav.ScreenFn]] = {"info": info}
DIALOGS: Final[dict[str, nav.DialogFn]] = {
    "options": sheet,
    "delete": delete_dialog,
    "add_to": add_dialog,
    "new_collection": name_dialog,
    "collection_menu": collection_menu,
    "delete_collection": delete_collection_dialog,
}
HANDLERS: Final[dict[str, nav.Handler]] = {
    "info": show_info,
    "mark": mark_book,
    "delete": confirm_delete,
    "collection.typed": typed_name,
    "collection.new": new_collection,
    "collection.ask_rename": ask_rename,
    "collection.rename": rename_collection,
    "collection.ask_delete": ask_delete,
    "collection.delete": delete_collection,
    "collection.toggle": toggle_member,
    "collection.drop": drop_member,
}
