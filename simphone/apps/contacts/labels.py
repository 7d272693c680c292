"""Labels: creating one, its page, who is put under it."""

from __future__ import annotations

from typing import Final

from simphone.apps.contacts import book, look, rows
from simphone.apps.contacts.book import Contact, Label
from simphone.core.app import Ctx
from simphone.ui.view import Scene, Window
from simphone.widgets import nav
from simphone.widgets.bars import app_bar
from simphone.widgets.box import column, list_view
from simphone.widgets.buttons import icon_button, text_button
from simphone.widgets.dialogs import Action, Choice, alert_dialog, choice_dialog, text_dialog
from simphone.widgets.feedback import empty_state
from simphone.widgets.menus import popup_menu
from simphone.widgets.nav import DialogFn, Entry, Handler, ScreenFn, ask, key
from simphone.widgets.text import text


def _label(ctx: Ctx) -> Label | None:
    """The label that the visible page is about."""
    number = nav.top(ctx)["args"].get("label")
    return next((each for each in book.saved(ctx)["labels"] if each["id"] == number), None)


def members(ctx: Ctx, number: int) -> list[Contact]:
    """Who bears a label."""
    data = book.saved(ctx)
    return book.in_order((each for each in data["contacts"] if number in each["labels"]), data["order"])


# --- pages ----------------------------------------------------------------------------------------------------------
def page(ctx: Ctx, entry: Entry) -> Scene:
    """The label's members under a line that counts them."""
    colors, label = look.theme(ctx), _label(ctx)
    title = label["title"] if label else ""
    bar = app_bar(
        colors,
        title,
        icon_button(colors, "person_add", "Add contacts", ("label.add",), cls="android.widget.Button"),
        icon_button(colors, "more_vert", "More options", ask("label_page_menu"), cls="android.widget.ImageView"),
    )
    people = members(ctx, entry["args"]["label"])
    if not people:
        body = empty_state(colors, "No contacts with this label", icon_name="label")
        return nav.page(colors, column(bar, body))
    count = "1 contact" if len(people) == 1 else f"{len(people)} contacts"
    header = text(colors, f"{title} • label • {count}", size=14, color=colors.on_surface_soft, margin=(24, 8, 24, 8))
    lines = [rows.contact_row(colors, each, ("search.open", each["id"]), on_long_press=("label.drop", each["id"]))
             for each in people]  # fmt: skip
    return nav.page(colors, column(bar, list_view(key(entry, "list"), header, *lines)))


def picker(ctx: Ctx, entry: Entry) -> Scene:
    """Select contacts: everybody who does not bear the label yet."""
    colors, picked = look.theme(ctx), entry["args"]["picked"]
    data, number = book.saved(ctx), entry["args"]["label"]
    others = book.in_order((each for each in data["contacts"] if number not in each["labels"]), data["order"])
    title = f"{len(picked)} selected" if picked else "Select contacts"
    add = text_button(colors, "Add", ("label.picked",)) if picked else None
    lines = [rows.contact_row(colors, each, ("label.pick", each["id"]), box=each["id"] in picked) for each in others]
    body = list_view(key(entry, "list"), *lines) if lines else empty_state(colors, "No contacts to add")
    return nav.page(colors, column(app_bar(colors, title, add), body))


# --- dialogs --------------------------------------------------------------------------------------------------------
def create_dialog(ctx: Ctx, entry: Entry) -> Window:
    """Create label, or rename one."""
    value = str(entry["args"].get("value", ""))
    title = "Rename label" if entry["args"].get("label") else "Create label"
    return text_dialog(
        look.theme(ctx), title, key(entry, "value"), value, nav.keep("value"), hint="Label name",
        positive=Action("OK", ("label.save",), enabled=bool(value.strip())),
    )  # fmt: skip


def page_menu(ctx: Ctx, _entry: Entry) -> Window:
    """More options of a label's page."""
    return popup_menu(
        look.theme(ctx), [Choice("Rename label", ("label.rename",)), Choice("Delete label", ("label.ask_delete",))]
    )


def delete_dialog(ctx: Ctx, _entry: Entry) -> Window:
    """Before a label is deleted."""
    return alert_dialog(
        look.theme(ctx), "Delete label?", "The contacts themselves won't be deleted.", negative=Action("Cancel"),
        positive=Action("Delete", ("label.delete",)),
    )  # fmt: skip


def drop_dialog(ctx: Ctx, entry: Entry) -> Window:
    """A long press on a member: take the label off."""
    return alert_dialog(
        look.theme(ctx), "Remove from label?", negative=Action("Cancel"),
        positive=Action("Remove", ("label.remove", entry["args"]["contact"])),
    )  # fmt: skip


def choose_dialog(ctx: Ctx, entry: Entry) -> Window:
    """Add to label, for the selected contacts."""
    labels = sorted(book.saved(ctx)["labels"], key=lambda each: each["title"].casefold())
    choices = [Choice(each["title"], ("label.put", each["id"])) for each in labels]
    return choice_dialog(
        look.theme(ctx), "Choose label", [*choices, Choice("Create label", ("label.new",))], key=key(entry, "list")
    )


# --- messages -------------------------------------------------------------------------------------------------------
def new(ctx: Ctx) -> None:
    """Create label, from the drawer or a list of labels."""
    ctx.ui["drawer"] = False
    nav.close_all(ctx)
    nav.open_dialog(ctx, "create_label")


def open_page(ctx: Ctx, number: int) -> None:
    """A label of the drawer."""
    ctx.ui["drawer"] = False
    nav.push(ctx, "label", label=number)


def save(ctx: Ctx) -> None:
    """OK on the name of a label, new or old."""
    asked, data = nav.args(ctx), book.saved(ctx)
    title, number = str(asked.get("value", "")).strip(), int(asked.get("label", 0))
    if not title:
        return
    if any(each["title"].casefold() == title.casefold() and each["id"] != number for each in data["labels"]):
        ctx.system.toast("That label already exists")
        return
    nav.close_all(ctx)
    if number:
        data["labels"] = [{"id": number, "title": title} if each["id"] == number else each for each in data["labels"]]
        return
    number = 1 + max((each["id"] for each in data["labels"]), default=0)
    data["labels"].append({"id": number, "title": title})
    _created(ctx, number)


def _created(ctx: Ctx, number: int) -> None:
    """Where a new label leads: to whatever it was created for, else to its page."""
    if nav.top(ctx)["name"] == "editor":
        nav.top(ctx)["args"]["draft"]["labels"].append(number)
    elif ctx.ui["picked"]:
        put(ctx, number)
    else:
        nav.push(ctx, "label", label=number)


def rename(ctx: Ctx) -> None:
    """Rename label."""
    label = _label(ctx)
    nav.close_all(ctx)
    if label:
        nav.open_dialog(ctx, "create_label", label=label["id"], value=label["title"])


def ask_delete(ctx: Ctx) -> None:
    """Delete label, from the menu."""
    nav.close_all(ctx)
    nav.open_dialog(ctx, "delete_label")


def delete(ctx: Ctx) -> None:
    """Delete label was confirmed."""
    number, data = nav.top(ctx)["args"]["label"], book.saved(ctx)
    nav.close_all(ctx)
    nav.pop(ctx)
    data["labels"] = [each for each in data["labels"] if each["id"] != number]
    for contact in data["contacts"]:
        contact["labels"] = [each for each in contact["labels"] if each != number]


def add(ctx: Ctx) -> None:
    """Add contacts."""
    nav.push(ctx, "picker", label=nav.top(ctx)["args"]["label"], picked=[])


def pick(ctx: Ctx, number: int) -> None:
    """A row of the picker."""
    args = nav.top(ctx)["args"]
    held = args["picked"]
    args["picked"] = [each for each in held if each != number] if number in held else [*held, number]


def picked(ctx: Ctx) -> None:
    """Add, in the picker."""
    args = nav.top(ctx)["args"]
    _give(ctx, args["label"], args["picked"])
    nav.pop(ctx)


def put(ctx: Ctx, number: int) -> None:
    """Put the selected contacts of the list under a label."""
    nav.close_all(ctx)
    _give(ctx, number, ctx.ui["picked"])
    ctx.system.toast("Added to label")
    ctx.ui["picked"] = []


def _give(ctx: Ctx, number: int, people: list[int]) -> None:
    for contact in book.saved(ctx)["contacts"]:
        if contact["id"] in people and number not in contact["labels"]:
            contact["labels"] = [*contact["labels"], number]


def drop(ctx: Ctx, number: int) -> None:
    """A long press on a member."""
    nav.open_dialog(ctx, "drop", contact=number)


def remove(ctx: Ctx, number: int) -> None:
    """Remove from label was confirmed."""
    nav.close_all(ctx)
    label, contact = _label(ctx), book.find(ctx, number)
    if label and contact:
        contact["labels"] = [each for each in contact["labels"] if each != label["id"]]


def choose(ctx: Ctx) -> None:
    """Add to label, from the menu of the selection."""
    nav.close_all(ctx)
    nav.open_dialog(ctx, "choose_label")


SCREENS: Final[dict[str, ScreenFn]] = {"label": page, "picker": picker}
DIALOGS: Final[dict[str, DialogFn]] = {
    "create_label": create_dialog,
    "label_page_menu": page_menu,
    "delete_label": delete_dialog,
    "drop": drop_dialog,
    "choose_label": choose_dialog,
}
HANDLERS: Final[dict[str, Handler]] = {
    "label.new": new,
    "label.open": open_page,
    "label.save": save,
    "label.rename": rename,
    "label.ask_delete": ask_delete,
    "label.delete": delete,
    "label.add": add,
    "label.pick": pick,
    "label.picked": picked,
    "label.put": put,
    "label.drop": drop,
    "label.remove": remove,
    "label.choose": choose,
}
