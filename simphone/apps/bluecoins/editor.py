"""What happens in the form: opening it, writing, picking, saving, leaving."""

from __future__ import annotations

import copy
from datetime import date, time
from typing import Final, Literal, cast

from simphone.apps.bluecoins import catalog, draft, look, money, month, transactions
from simphone.apps.bluecoins.draft import Draft, Form
from simphone.apps.bluecoins.state import find, saved, shown, today
from simphone.core.app import Ctx, Json
from simphone.ui.view import Scalar, Window
from simphone.widgets import nav, platform_date_picker, time_picker
from simphone.widgets.dialogs import Action, Choice, alert_dialog, choice_dialog
from simphone.widgets.menus import popup_menu
from simphone.widgets.nav import Entry, key
from simphone.widgets.picking import picked

Named = Literal["category", "account", "to_account", "status"]


def form(ctx: Ctx) -> Form:
    """The open form."""
    return cast(Form, nav.top(ctx)["args"])


def editing(ctx: Ctx) -> bool:
    """Whether a form is what the user sees below any dialogs."""
    return bool(nav.top(ctx)["name"] == "form")


def changed(ctx: Ctx) -> bool:
    """Whether the open form holds anything that is not saved."""
    return form(ctx)["draft"] != form(ctx)["original"]


# --- dialogs --------------------------------------------------------------------------------------------------------
def _one_of(named: Named, title: str, names: tuple[str, ...] | None = None) -> nav.DialogFn:
    """A dialog that chooses one value of the draft; the categories are those of its kind."""

    def dialog(ctx: Ctx, entry: Entry) -> Window:
        opened = form(ctx)["draft"]
        offered = names or tuple(each.name for each in catalog.CATEGORIES if each.kind == opened["type"])
        choices = [Choice(name, ("edit.choose", named, name), name == opened[named]) for name in offered]
        return choice_dialog(look.theme(ctx), title, choices, key=key(entry, "list"))

    return dialog


def labels_dialog(ctx: Ctx, entry: Entry) -> Window:
    """Any number of labels; nothing counts before OK."""
    marked = entry["args"].get("labels", form(ctx)["draft"]["labels"])
    choices = [Choice(name, ("edit.label", name), name in marked) for name in catalog.LABELS]
    return choice_dialog(
        look.theme(ctx),
        "Labels",
        choices,
        key=key(entry, "list"),
        several=True,
        negative=Action("Cancel"),
        positive=Action("OK", ("edit.labels",)),
    )


def date_dialog(ctx: Ctx, entry: Entry) -> Window:
    """The day of the transaction."""
    return platform_date_picker.platform_date_picker(
        look.theme(ctx), entry["args"]["draft"], ("edit.on_date",), key=key(entry, "years")
    )


def time_dialog(ctx: Ctx, entry: Entry) -> Window:
    """The time of the transaction."""
    return time_picker.time_picker(look.theme(ctx), entry["args"]["draft"], ("edit.on_time",))


def menu(ctx: Ctx, _entry: Entry) -> Window:
    """The three dots of a saved transaction."""
    choices = [Choice("Copy", ("edit.copy_open",)), Choice("Delete", ("edit.ask_delete",))]
    return popup_menu(look.theme(ctx), choices)


def discard_dialog(ctx: Ctx, _entry: Entry) -> Window:
    """Asked on the way out of a form with changes."""
    return alert_dialog(
        look.theme(ctx),
        "",
        "Discard changes?",
        negative=Action("Cancel"),
        positive=Action("Discard", ("edit.discard",)),
    )


def delete_dialog(ctx: Ctx, _entry: Entry) -> Window:
    """Asked before the open transaction goes."""
    return alert_dialog(
        look.theme(ctx), "Delete transaction?", negative=Action("Cancel"), positive=Action("Delete", ("edit.delete",))
    )


# --- opening and leaving --------------------------------------------------------------------------------------------
def _open(ctx: Ctx, first: Draft, *, new: bool) -> None:
    nav.push(ctx, "form", draft=cast(Json, first), original=copy.deepcopy(cast(Json, first)), new=new)


def new(ctx: Ctx) -> None:
    """An empty form, of today; on the Calendar tab of the chosen day."""
    day = shown(ctx)["day"] if shown(ctx)["tab"] == "calendar" else today(ctx).isoformat()
    _open(ctx, draft.empty(ctx.system.now(), day, saved(ctx)["settings"]["account"]), new=True)


def edit(ctx: Ctx, number: int) -> None:
    """Open a saved transaction."""
    entry = find(ctx, number)
    if entry is not None:
        _open(ctx, draft.opened(entry), new=False)


def copy_marked(ctx: Ctx) -> None:
    """A new transaction like the marked one, of today."""
    entry = find(ctx, shown(ctx)["selected"][0]) if shown(ctx)["selected"] else None
    transactions.clear(ctx)
    if entry is not None:
        _open(ctx, _of_today(ctx, draft.opened(entry)), new=True)


def copy_open(ctx: Ctx) -> None:
    """A new transaction like the open one as it is saved, of today, in place of it."""
    nav.close(ctx)
    entry = find(ctx, form(ctx)["draft"]["id"])
    nav.pop(ctx)
    if entry is not None:
        _open(ctx, _of_today(ctx, draft.opened(entry)), new=True)


def _of_today(ctx: Ctx, twin: Draft) -> Draft:
    twin["id"], twin["date"], twin["time"] = 0, today(ctx).isoformat(), ctx.system.now().strftime("%H:%M")
    return twin


def save(ctx: Ctx) -> None:
    """Keep the draft and go back to where the form was opened from, where it can be seen."""
    opened, entries = form(ctx), saved(ctx)["transactions"]
    number = max((each["id"] for each in entries), default=0) + 1 if opened["new"] else opened["draft"]["id"]
    entry = draft.transaction(opened["draft"], number)
    if not entry["amount"]:
        ctx.system.toast("Please enter an amount")
        return
    if entry["type"] == "transfer" and entry["account"] == entry["to_account"]:
        ctx.system.toast("Please choose two different accounts")
        return
    if opened["new"]:
        entries.append(entry)
    else:
        saved(ctx)["transactions"] = [entry if each["id"] == number else each for each in entries]
    nav.pop(ctx)
    if opened["new"] or entry["date"] != opened["original"]["date"]:
        month.choose(ctx, entry["date"])
        transactions.bring_up(ctx, entry)
    nav.snack(ctx, f"{catalog.KIND_NAMES[entry['type']]} saved")


def discard(ctx: Ctx) -> None:
    """Leave the form without saving."""
    nav.close_all(ctx)
    nav.pop(ctx)


def ask_delete(ctx: Ctx) -> None:
    """Delete of the menu."""
    nav.close(ctx)
    nav.open_dialog(ctx, "delete")


def delete(ctx: Ctx) -> None:
    """Delete the open transaction."""
    number = form(ctx)["draft"]["id"]
    discard(ctx)
    transactions.remove(ctx, [number])


# --- writing and picking --------------------------------------------------------------------------------------------
def write(ctx: Ctx, name: Literal["title", "notes"], value: str) -> None:
    """Title or notes were edited."""
    form(ctx)["draft"][name] = value


def write_amount(ctx: Ctx, typed: str) -> None:
    """The amount was edited."""
    form(ctx)["draft"]["amount"] = money.clean(typed)


def switch_kind(ctx: Ctx, index: int) -> None:
    """Expense, Income or Transfer was tapped."""
    form(ctx)["draft"] = draft.switched(form(ctx), catalog.KINDS[index])


def flip_sign(ctx: Ctx) -> None:
    """The sign was tapped: a refund, or money given back."""
    opened = form(ctx)["draft"]
    opened["sign"] = "+" if opened["sign"] == "-" else "-"


def focus_notes(ctx: Ctx) -> None:
    """The line of the notes was tapped beside its field."""
    ctx.system.show_keyboard(key(nav.top(ctx), "notes"))


def choose(ctx: Ctx, named: Named, value: str) -> None:
    """An entry of a list was picked."""
    nav.close(ctx)
    form(ctx)["draft"][named] = value


def toggle_label(ctx: Ctx, name: str) -> None:
    """A label was ticked, or not any more."""
    args = nav.args(ctx)
    marked = args.get("labels", form(ctx)["draft"]["labels"])
    args["labels"] = [each for each in catalog.LABELS if (each in marked) != (each == name)]


def set_labels(ctx: Ctx) -> None:
    """OK of the labels."""
    marked = nav.args(ctx).get("labels")
    nav.close(ctx)
    if marked is not None:
        form(ctx)["draft"]["labels"] = marked


def pick_date(ctx: Ctx) -> None:
    """Open the picker on the day of the draft."""
    chosen = date.fromisoformat(form(ctx)["draft"]["date"])
    nav.open_dialog(ctx, "date", draft=cast(Json, platform_date_picker.draft(chosen, today(ctx))))


def on_date(ctx: Ctx, what: str, value: Scalar = None) -> None:
    """A touch of that picker."""
    done = picked(ctx, platform_date_picker.touch, what, value)
    if done is not None:
        form(ctx)["draft"]["date"] = done["chosen"]


def pick_time(ctx: Ctx) -> None:
    """Open the picker on the time of the draft."""
    at = time.fromisoformat(form(ctx)["draft"]["time"])
    hours24 = ctx.system.setting("system", "time_12_24", "12") == "24"
    nav.open_dialog(ctx, "time", draft=cast(Json, time_picker.draft(at.hour, at.minute, hours24=hours24)))


def on_time(ctx: Ctx, what: str, value: Scalar = None) -> None:
    """A touch of that picker."""
    done = picked(ctx, time_picker.touch, what, value)
    if done is not None:
        form(ctx)["draft"]["time"] = f"{done['hour']:02d}:{done['minute']:02d}"


_ACCOUNTS: Final = tuple(each.name for each in catalog.ACCOUNTS)
DIALOGS: Final[dict[str, nav.DialogFn]] = {
    "category": _one_of("category", "Category"),
    "account": _one_of("account", "Account", _ACCOUNTS),
    "to_account": _one_of("to_account", "Account", _ACCOUNTS),
    "status": _one_of("status", "Status", catalog.STATUSES),
    "labels": labels_dialog,
    "date": date_dialog,
    "time": time_dialog,
    "form_menu": menu,
    "discard": discard_dialog,
    "delete": delete_dialog,
}
HANDLERS: Final[dict[str, nav.Handler]] = {
    "edit.new": new,
    "list.open": edit,
    "list.copy": copy_marked,
    "edit.copy_open": copy_open,
    "edit.save": save,
    "edit.discard": discard,
    "edit.ask_delete": ask_delete,
    "edit.delete": delete,
    "edit.write": write,
    "edit.amount": write_amount,
    "edit.kind": switch_kind,
    "edit.sign": flip_sign,
    "edit.focus_notes": focus_notes,
    "edit.choose": choose,
    "edit.label": toggle_label,
    "edit.labels": set_labels,
    "edit.pick_date": pick_date,
    "edit.on_date": on_date,
    "edit.pick_time": pick_time,
    "edit.on_time": on_time,
}
