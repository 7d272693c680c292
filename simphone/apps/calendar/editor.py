"""What the editors of events and of tasks share: the bar, title and note, saving, discarding, deleting.

An open editor is an entry of the stack whose args are a `Form`; nothing is saved before SAVE.
"""

from __future__ import annotations

import copy
from datetime import date
from typing import Final, Literal, cast

from simphone.apps.calendar import look, times
from simphone.apps.calendar.state import (
    Deleted,
    Form,
    Kind,
    find,
    items,
    new_event,
    new_task,
    next_id,
    select,
    shown,
)
from simphone.core.app import Ctx, Json
from simphone.ui.view import MATCH, Msg, Paint, Scene, Theme, View, Window
from simphone.widgets import nav
from simphone.widgets.bars import UP
from simphone.widgets.box import column, row, scroll_column, space
from simphone.widgets.buttons import icon_button, text_button
from simphone.widgets.dialogs import Action, alert_dialog
from simphone.widgets.fields import bare_field
from simphone.widgets.image import icon
from simphone.widgets.menus import bottom_sheet
from simphone.widgets.text import text

LINE: Final = 44.0


def form(ctx: Ctx) -> Form:
    """The open editor."""
    return cast(Form, nav.top(ctx)["args"])


def editing(ctx: Ctx) -> bool:
    """Whether an editor is what the user sees below any dialogs."""
    return nav.top(ctx)["name"] in ("event", "task")


def changed(ctx: Ctx) -> bool:
    """Whether the open editor holds anything that is not saved."""
    return form(ctx)["draft"] != form(ctx)["original"]


# --- views ----------------------------------------------------------------------------------------------------------
def page(ctx: Ctx, entry: nav.Entry, *lines: View | None, hint: str) -> Scene:
    """Close and SAVE, the title, the lines of the kind, the note."""
    colors, kind, opened = look.theme(ctx), entry["name"], cast(Form, entry["args"])
    draft = opened["draft"]
    bar = row(
        icon_button(colors, "close", "Close", UP, color=colors.on_surface),
        space(weight=1.0),
        None if opened["new"] else icon_button(colors, "delete", f"Delete {kind}", nav.ask("delete")),
        text_button(colors, "SAVE", ("edit.save",), id="save", margin=(4, 0, 0, 0)),
        in_tree=False,
        height=56,
        padding=(4, 0, 8, 0),
    )
    body = scroll_column(
        nav.key(entry, "page"),
        bare_field(
            colors,
            nav.key(entry, "title"),
            draft["title"],
            ("edit.text", "title"),
            hint=hint,
            size=24,
            autofocus=opened["new"],
            id="title",
            margin=(56, 4, 16, 8),
            padding=(4, 0, 4, 0),
        ),
        *lines,
        line(
            colors,
            "note",
            bare_field(
                colors,
                nav.key(entry, "note"),
                draft["note"],
                ("edit.text", "note"),
                hint="Note…",
                multiline=True,
                id="note",
                padding=(4, 12, 4, 12),
                width=0,
                weight=1.0,
            ),
        ),
        space(height=24),
    )
    return nav.page(colors, column(bar, body, height=MATCH))


def line(colors: Theme, name: str, *parts: View | None) -> View:
    """A line of the editor behind its icon; without a name the icon is left out."""
    lead = icon(colors, name, size=22, in_tree=False) if name else space(width=22)
    return row(lead, *parts, in_tree=False, min_height=LINE, gap=14, padding=(20, 2, 16, 2))


def field(
    colors: Theme, value: str, on_tap: Msg, *, soft: bool = False, wrong: bool = False, wide: bool = True
) -> View:
    """A text of the editor that opens a dialog; `soft` where nothing is set yet, `wrong` where SAVE would refuse."""
    ink = colors.error if wrong else colors.on_surface_soft if soft else colors.on_surface
    view = text(
        colors,
        value,
        size=16,
        color=ink,
        max_lines=1,
        on_tap=on_tap,
        height=LINE,
        valign="center",
        padding=(4, 0, 4, 0),
    )
    if wide:
        view.width, view.weight = 0, 1.0
    return view


def rule(colors: Theme) -> View:
    """The hairline between parts of the editor."""
    return View(in_tree=False, width=MATCH, height=1, margin=(60, 4, 0, 4), paint=Paint(fill=colors.divider))


def discard_dialog(ctx: Ctx, _entry: nav.Entry) -> Window:
    """Asked on the way out of an editor with changes."""
    return alert_dialog(
        look.theme(ctx), "Discard changes?", negative=Action("Cancel"), positive=Action("Discard", ("edit.discard",))
    )


def delete_dialog(ctx: Ctx, entry: nav.Entry) -> Window:
    """Asked before an event or task goes; from its menu the dialog knows which, else it is the one being edited."""
    kind = entry["args"].get("kind") or nav.top(ctx)["name"]
    number = entry["args"].get("number") or form(ctx)["draft"]["id"]
    return alert_dialog(
        look.theme(ctx),
        f"Delete {kind}?",
        negative=Action("Cancel"),
        positive=Action("DELETE", ("edit.delete", kind, number)),
    )


def menu(ctx: Ctx, entry: nav.Entry) -> Window:
    """What a long press on a card offers."""
    colors, kind, number = look.theme(ctx), str(entry["args"]["kind"]), int(entry["args"]["number"])
    item = find(ctx, cast(Kind, kind), number) or {"title": ""}
    return bottom_sheet(
        colors,
        text(colors, item["title"] or times.NO_TITLE, size=18, font="medium", max_lines=1, margin=(24, 4, 24, 8)),
        _choice(colors, "edit", "Edit", ("edit.open", kind, number)),
        _choice(colors, "delete", "Delete", ("menu.delete", kind, number)),
        space(height=12),
    )


def _choice(colors: Theme, name: str, label: str, on_tap: Msg) -> View:
    return row(
        icon(colors, name, in_tree=False),
        text(colors, label, size=16),
        height=56,
        gap=20,
        padding=(24, 0, 24, 0),
        on_tap=on_tap,
    )


# --- messages -------------------------------------------------------------------------------------------------------
def new(ctx: Ctx, kind: Kind) -> None:
    """An empty editor; on the Calendar tab the event's date is the selected one."""
    now, day = ctx.system.now(), ctx.system.now().date()
    if shown(ctx)["tab"] == "calendar":
        day = date.fromisoformat(shown(ctx)["selected"])
    _open(ctx, kind, dict(new_event(now, day) if kind == "event" else new_task()), fresh=True)


def edit(ctx: Ctx, kind: Kind, number: int) -> None:
    """Open what is saved."""
    nav.close_all(ctx)
    item = find(ctx, kind, number)
    if item is not None:
        _open(ctx, kind, item, fresh=False)


def _open(ctx: Ctx, kind: Kind, item: dict[str, Json], *, fresh: bool) -> None:
    nav.push(ctx, kind, draft=copy.deepcopy(item), original=copy.deepcopy(item), new=fresh)


def open_menu(ctx: Ctx, kind: Kind, number: int) -> None:
    """A long press on a card."""
    nav.open_dialog(ctx, "menu", kind=kind, number=number)


def delete_from_menu(ctx: Ctx, kind: Kind, number: int) -> None:
    """Delete in that menu."""
    nav.close(ctx)
    nav.open_dialog(ctx, "delete", kind=kind, number=number)


def write(ctx: Ctx, name: Literal["title", "note"], value: str) -> None:
    """Title or note was edited."""
    form(ctx)["draft"][name] = value


def save(ctx: Ctx) -> None:
    """SAVE: keep the draft and go back to where the editor was opened from, where it can be seen."""
    opened, kind = form(ctx), cast(Kind, nav.top(ctx)["name"])
    draft = copy.deepcopy(opened["draft"])
    if kind == "event" and not draft["all_day"] and draft["end"] < draft["start"]:
        ctx.system.toast("The event can't end before it starts")
        return
    draft["title"], draft["note"] = draft["title"].strip(), draft["note"].strip()
    stored = items(ctx, kind)
    if opened["new"]:
        draft["id"] = next_id(stored)
        stored.append(draft)
    else:
        stored[:] = [draft if item["id"] == draft["id"] else item for item in stored]
    nav.pop(ctx)
    if kind == "event" and (opened["new"] or draft["date"] != opened["original"]["date"]):
        select(ctx, date.fromisoformat(draft["date"]))


def discard(ctx: Ctx) -> None:
    """Leave the editor without saving."""
    nav.close_all(ctx)
    nav.pop(ctx)


def delete(ctx: Ctx, kind: Kind, number: int) -> None:
    """Take an event or task away; for a while it can be brought back."""
    nav.close_all(ctx)
    if editing(ctx):
        nav.pop(ctx)
    stored = items(ctx, kind)
    index = next((at for at, item in enumerate(stored) if item["id"] == number), None)
    if index is None:
        return
    gone: Deleted = {"kind": kind, "index": index, "item": stored.pop(index)}
    shown(ctx)["deleted"] = gone
    nav.snack(ctx, f"{kind.capitalize()} deleted", "UNDO", ("edit.undelete",))


def undelete(ctx: Ctx) -> None:
    """Undo of the snackbar."""
    gone, shown(ctx)["deleted"] = shown(ctx)["deleted"], None
    if gone is not None:
        items(ctx, gone["kind"]).insert(gone["index"], gone["item"])


DIALOGS: Final[dict[str, nav.DialogFn]] = {"discard": discard_dialog, "delete": delete_dialog, "menu": menu}
HANDLERS: Final[dict[str, nav.Handler]] = {
    "edit.new": new,
    "edit.open": edit,
    "menu.open": open_menu,
    "menu.delete": delete_from_menu,
    "edit.text": write,
    "edit.save": save,
    "edit.discard": discard,
    "edit.delete": delete,
    "edit.undelete": undelete,
}
