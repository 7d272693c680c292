"""What happens in the editor: fields are filled in, labels chosen, the form is saved or discarded."""

from __future__ import annotations

from typing import Any, Final

from simphone.apps.contacts import book, dates, draft, look, numbers
from simphone.apps.contacts.form import editor
from simphone.core.app import Ctx, Intent, Json
from simphone.ui.view import Scalar, Window
from simphone.widgets import nav
from simphone.widgets.dialogs import Action, Choice, alert_dialog, choice_dialog, text_dialog
from simphone.widgets.menus import popup_menu
from simphone.widgets.nav import DialogFn, Entry, Handler, ScreenFn, key

_EXTRAS: Final = {"company": "company", "job_title": "title", "notes": "notes"}
_LISTS: Final = {"phone": "phones", "email": "emails", "postal": "addresses"}


# --- menus and dialogs ----------------------------------------------------------------------------------------------
def label_menu(ctx: Ctx, entry: Entry) -> Window:
    """The list of labels of one field."""
    kind, index = str(entry["args"]["kind"]), int(entry["args"]["index"])
    now = book.entries(draft.of(nav.top(ctx)), kind)[index]["label"]
    choices = [
        Choice(label, ("edit.label", kind, index, label), checked=label == (now or "No label"))
        for label in book.LABELS[kind]
    ]
    return popup_menu(look.theme(ctx), choices, anchor=(_MENU_X, _MENU_Y), width=240)


_MENU_X: Final = 56.0
_MENU_Y: Final = 330.0


def custom_dialog(ctx: Ctx, entry: Entry) -> Window:
    """A label in the user's own words."""
    value = str(entry["args"].get("value", ""))
    return text_dialog(
        look.theme(ctx), "Custom label name", key(entry, "value"), value, nav.keep("value"),
        positive=Action("OK", ("edit.custom",), enabled=bool(value.strip())),
    )  # fmt: skip


def discard_dialog(ctx: Ctx, _entry: Entry) -> Window:
    """Before changes are lost."""
    return alert_dialog(
        look.theme(ctx), "", "Discard your changes?", negative=Action("Cancel"),
        positive=Action("Discard", ("edit.discard",)),
    )  # fmt: skip


def editor_menu(ctx: Ctx, _entry: Entry) -> Window:
    """More options."""
    edits = bool(nav.top(ctx)["args"]["contact"])
    choices = [Choice("Delete", ("edit.ask_delete",))] if edits else []
    return popup_menu(look.theme(ctx), [*choices, Choice("Help & feedback", ("card.help",))])


def labels_dialog(ctx: Ctx, entry: Entry) -> Window:
    """Which labels the contact bears."""
    held = draft.of(nav.top(ctx))["labels"]
    labels = sorted(book.saved(ctx)["labels"], key=lambda each: each["title"].casefold())
    choices = [Choice(each["title"], ("edit.bear", each["id"]), checked=each["id"] in held) for each in labels]
    return choice_dialog(
        look.theme(ctx), "Labels", [*choices, Choice("Create label", ("label.new",))], key=key(entry, "list"),
        several=True, positive=Action("OK"),
    )  # fmt: skip


# --- messages -------------------------------------------------------------------------------------------------------
def new(ctx: Ctx) -> None:
    """An empty form."""
    nav.push(ctx, "editor", **draft.opened(None))


def open_editor(ctx: Ctx, number: int, kind: str = "") -> None:
    """The form of a contact; with `kind` the first field of that list has the focus."""
    contact = book.find(ctx, number)
    if contact is None:
        return
    nav.push(ctx, "editor", **draft.opened(contact))
    if kind:
        ctx.system.show_keyboard(key(nav.top(ctx), f"{kind}.0.{book.VALUE[kind]}"))


def set_value(ctx: Ctx, *path: Scalar) -> None:
    """A field was edited: the path to it in the draft, then its text."""
    *steps, last, value = path
    place: Any = draft.of(nav.top(ctx))
    for step in steps:
        place = place[step]
    place[last] = numbers.as_typed(str(value)) if last == "number" else value


def set_label(ctx: Ctx, kind: str, index: int, label: str) -> None:
    """A label was chosen from the list."""
    nav.close_all(ctx)
    if label == "Custom":
        nav.open_dialog(ctx, "custom", kind=kind, index=index)
    else:
        book.entries(draft.of(nav.top(ctx)), kind)[index]["label"] = "" if label == "No label" else label


def set_custom(ctx: Ctx) -> None:
    """OK on a label in the user's own words."""
    asked = nav.args(ctx)
    label = str(asked.get("value", "")).strip()
    nav.close_all(ctx)
    if label:
        book.entries(draft.of(nav.top(ctx)), asked["kind"])[asked["index"]]["label"] = label


def add(ctx: Ctx, kind: str) -> None:
    """One more field, which gets the focus and is brought in sight with its label."""
    entry = nav.top(ctx)
    form = draft.of(entry)
    if kind == "websites":
        form["websites"].append("")
        name = f"websites.{len(form['websites']) - 1}"
        field = name
    else:
        draft.add(form, kind)
        name = f"{kind}.{len(book.entries(form, kind)) - 1}"
        field = f"{name}.{book.VALUE[kind]}"
    ctx.system.scroll_to(key(entry, "page"), name, _LEAD)
    if kind != "dates":
        ctx.system.show_keyboard(key(entry, field))


_LEAD: Final = 160.0
"""dp above a field that was scrolled to."""


def more(ctx: Ctx) -> None:
    """More fields: they appear where the button was."""
    entry = nav.top(ctx)
    entry["args"]["more"] = True
    ctx.system.hide_keyboard()
    ctx.system.scroll_to(key(entry, "page"), "phonetic_last", 8.0)


def names(ctx: Ctx) -> None:
    """Show all parts of the name, or first and last only."""
    args = nav.top(ctx)["args"]
    args["names"] = not args["names"]


def bear(ctx: Ctx, number: int) -> None:
    """A box in the dialog of labels."""
    held = draft.of(nav.top(ctx))["labels"]
    if number in held:
        held.remove(number)
    else:
        held.append(number)


def save(ctx: Ctx) -> None:
    """Save: to the page of the contact. A form with nothing in it is just closed."""
    entry = nav.top(ctx)
    form = draft.of(entry)
    ctx.system.hide_keyboard()
    if draft.empty(form):
        _close(ctx)
        return
    number = draft.keep(ctx, form)
    ctx.ui["stack"].pop()
    if not entry["args"]["contact"] or not ctx.ui["stack"] or nav.top(ctx)["name"] != "card":
        ctx.ui["stack"] = ctx.ui["stack"] or nav.start("home")["stack"]
        nav.push(ctx, "card", contact=number)
    ctx.system.toast(f"{book.name_of(draft.stripped(form))} saved")


def leave(ctx: Ctx) -> bool:
    """Back on the editor: asks before changes are lost. True when it did; the editor is closed otherwise."""
    if draft.changed(nav.top(ctx)):
        nav.open_dialog(ctx, "discard")
        return True
    return False


def discard(ctx: Ctx) -> None:
    """Discard was confirmed."""
    nav.close_all(ctx)
    _close(ctx)


def _close(ctx: Ctx) -> None:
    if not nav.pop(ctx):
        ctx.system.finish()


def ask_delete(ctx: Ctx) -> None:
    """Delete, from the menu of the editor: asked on the contact's page."""
    nav.close_all(ctx)
    nav.pop(ctx)
    nav.open_dialog(ctx, "delete")


def account(ctx: Ctx) -> None:
    """Switch to another account: there is none."""
    ctx.system.toast("Device is the only place to save to")


def photo(ctx: Ctx) -> None:
    """Add picture: there are no pictures to choose from."""
    ctx.system.toast("No photos found")


def insert(ctx: Ctx, intent: Intent) -> None:
    """The form that ACTION_INSERT asks for, filled in from its extras (android.provider.ContactsContract.Intents)."""
    new(ctx)
    form = draft.of(nav.top(ctx))
    extras: dict[str, Json] = intent.extras
    first, _, last = str(extras.get("name", "")).strip().partition(" ")
    form["first"], form["last"] = first, last.strip()
    for name, part in _EXTRAS.items():
        set_value(ctx, part, str(extras.get(name, "")))
    for name, kind in _LISTS.items():
        if extras.get(name):
            set_value(ctx, kind, 0, book.VALUE[kind], str(extras[name]))


SCREENS: Final[dict[str, ScreenFn]] = {"editor": editor}
DIALOGS: Final[dict[str, DialogFn]] = {
    "label_menu": label_menu,
    "custom": custom_dialog,
    "discard": discard_dialog,
    "editor_menu": editor_menu,
    "labels": labels_dialog,
    "date": dates.dialog,
}
HANDLERS: Final[dict[str, Handler]] = {
    "edit.new": new,
    "edit.open": open_editor,
    "edit.set": set_value,
    "edit.label": set_label,
    "edit.custom": set_custom,
    "edit.add": add,
    "edit.more": more,
    "edit.names": names,
    "edit.bear": bear,
    "edit.save": save,
    "edit.discard": discard,
    "edit.ask_delete": ask_delete,
    "edit.account": account,
    "edit.photo": photo,
    "edit.date": dates.ask_date,
    "date.type": dates.write,
    "date.step": dates.step,
    "date.year": dates.toggle_year,
    "date.set": dates.set_date,
}
