"""How the editor looks: the fields of a draft below each other."""

from __future__ import annotations

from typing import Any, Final, cast

from simphone.apps.contacts import book, draft, look
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, Msg, Paint, Scene, Theme, View
from simphone.widgets import nav
from simphone.widgets.bars import UP
from simphone.widgets.box import FRAME, GROUP, column, frame, row, scroll_column, space
from simphone.widgets.buttons import filled_button, icon_button, outlined_button, text_button
from simphone.widgets.fields import Keyboard, labelled_field
from simphone.widgets.image import icon
from simphone.widgets.nav import Entry, ask, key
from simphone.widgets.text import text

ACTIVITY: Final = "com.google.android.apps.contacts.editor.ContactEditorActivity"
_EDGE: Final = 56.0
"""Width of the margins at the left (icons) and right (buttons)."""
_NAMES: Final = {
    "prefix": "Name prefix", "first": "First name", "middle": "Middle name", "last": "Last name",
    "suffix": "Name suffix",
}  # fmt: skip
_PHONETIC: Final = {
    "phonetic_last": "Phonetic last name", "phonetic_middle": "Phonetic middle name",
    "phonetic_first": "Phonetic first name",
}  # fmt: skip
_HINT: Final = {"phones": "Phone", "emails": "Email", "addresses": "Address", "relations": "Related person"}
_ICON: Final = {"phones": "phone", "emails": "mail", "addresses": "place", "dates": "event", "relations": "people"}
_KEYBOARD: Final[dict[str, Keyboard]] = {"phones": "phone", "emails": "email"}
_ADD: Final = {"phones": "Add phone", "emails": "Add email", "addresses": "Add address",
               "dates": "Add significant date", "relations": "Add related person"}  # fmt: skip


def editor(ctx: Ctx, entry: Entry) -> Scene:
    """Create contact, Edit contact."""
    colors, form, args = look.theme(ctx), draft.of(entry), entry["args"]
    body = scroll_column(
        key(entry, "page"),
        _account(colors),
        _photo(colors),
        *_name(colors, entry),
        *_plain(colors, entry, ("company",), ("Company",), "work"),
        *_work(colors, entry),
        *_list(colors, entry, "phones"),
        *_list(colors, entry, "emails"),
        *_phonetic(colors, entry),
        *_lower(ctx, colors, entry, form),
        None if args["more"] else _more_button(colors),
        space(height=32),
    )  # fmt: skip
    return nav.page(colors, column(_bar(colors, bool(args["contact"])), body), activity=ACTIVITY)


def _bar(colors: Theme, edits: bool) -> View:
    return row(
        icon_button(colors, "close", "Cancel", UP, color=colors.on_surface),
        text(colors, "Edit contact" if edits else "Create contact", size=20, width=0, weight=1.0, margin=(8, 0, 8, 0)),
        filled_button(colors, "Save", ("edit.save",), id="toolbar_button"),
        icon_button(colors, "more_vert", "More options", ask("editor_menu"), color=colors.on_surface,
                    cls="android.widget.ImageView"),
        cls=GROUP, id="toolbar", height=64, padding=(4, 0, 4, 0),
    )  # fmt: skip


def _account(colors: Theme) -> View:
    return row(
        icon(colors, "phone_android", size=20, in_tree=False),
        text(colors, "Save to", size=14, color=colors.on_surface_soft),
        text(colors, "Device", size=14, font="medium"),
        icon_button(colors, "arrow_drop_down", "Switch to another account", ("edit.account",), height=40),
        height=40, gap=8, halign="center",
    )  # fmt: skip


def _photo(colors: Theme) -> View:
    box = View(
        cls=FRAME, id="photo_touch_intercept_overlay", desc="Add contact photo", on_tap=("edit.photo",), width=72,
        height=72, halign="center", valign="center", paint=Paint(fill=colors.primary_soft, radius=36),
        children=[icon(colors, "camera", size=28, color=colors.on_primary_soft, in_tree=False)],
    )  # fmt: skip
    button = text_button(colors, "Add picture", ("edit.photo",), height=40)
    return column(box, button, halign="center", padding=(0, 4, 0, 0))


# --- lines of the form ----------------------------------------------------------------------------------------------
def _line(mark: View | None, field: View, end: View | None = None, name: str = "") -> View:
    """A field between its icon and its button; `name` to scroll to it."""
    left = row(mark, width=_EDGE, halign="center", in_tree=False, padding=(0, 8, 0, 0))
    right = row(end, width=_EDGE, halign="center", in_tree=False, padding=(0, 8, 0, 0))
    return row(left, field, right, in_tree=False, padding=(0, 2, 0, 2), key=name)


def _field(
    colors: Theme,
    entry: Entry,
    hint: str,
    value: str,
    path: tuple[Any, ...],
    *,
    keyboard: Keyboard = "text",
    multiline: bool = False,
) -> View:
    return labelled_field(
        colors, hint, key(entry, ".".join(map(str, path))), value, ("edit.set", *path), keyboard=keyboard,
        multiline=multiline, width=0, weight=1.0,
    )  # fmt: skip


def _mark(colors: Theme, name: str) -> View | None:
    return icon(colors, name, in_tree=False) if name else None


def _plain(
    colors: Theme, entry: Entry, names: tuple[str, ...], hints: tuple[str, ...], mark: str, end: View | None = None
) -> list[View]:
    """Fields of the contact that are plain texts; the icon and the button stand at the first."""
    form = cast(dict[str, str], draft.of(entry))
    return [
        _line(
            _mark(colors, "" if index else mark),
            _field(colors, entry, hint, form[name], (name,)),
            None if index else end,
            name=name,
        )
        for index, (name, hint) in enumerate(zip(names, hints, strict=True))
    ]


def _name(colors: Theme, entry: Entry) -> list[View]:
    whole = bool(entry["args"]["names"])
    names = tuple(_NAMES) if whole else ("first", "last")
    words = ("expand_less", "Show fewer name fields") if whole else ("expand_more", "Show more name fields")
    end = icon_button(colors, words[0], words[1], ("edit.names",))
    return _plain(colors, entry, names, tuple(_NAMES[name] for name in names), "person", end)


def _work(colors: Theme, entry: Entry) -> list[View]:
    form, more = draft.of(entry), entry["args"]["more"]
    names = [name for name, value in (("department", form["department"]), ("title", form["title"])) if more or value]
    return _plain(colors, entry, tuple(names), tuple(name.capitalize() for name in names), "")


def _phonetic(colors: Theme, entry: Entry) -> list[View]:
    form, more = cast(dict[str, str], draft.of(entry)), entry["args"]["more"]
    names = tuple(name for name in _PHONETIC if more or form[name])
    return _plain(colors, entry, names, tuple(_PHONETIC[name] for name in names), "")


def _list(colors: Theme, entry: Entry, kind: str) -> list[View]:
    """Value and label of each entry, and the button for one more once the last is filled."""
    lines: list[View] = []
    held = book.entries(draft.of(entry), kind)
    value = book.VALUE[kind]
    for index, each in enumerate(held):
        if kind == "dates":
            field, end = _date_field(colors, each, index)
        else:
            field = _field(colors, entry, _HINT[kind], each[value], (kind, index, value),
                           keyboard=_KEYBOARD.get(kind, "text"))  # fmt: skip
            end = None
        mark = _mark(colors, "" if index else _ICON[kind])
        lines += [_line(mark, field, end, name=f"{kind}.{index}"), _label(colors, kind, index, each["label"])]
    if held[-1][value].strip():
        add = outlined_button(colors, _ADD[kind], ("edit.add", kind), icon="add")
        lines.append(row(add, in_tree=False, padding=(_EDGE, 8, _EDGE, 8)))
    return lines


def _label(colors: Theme, kind: str, index: int, label: str) -> View:
    """What kind of number it is: text and arrow both open the list of kinds."""
    opens: Msg = ask("label_menu", kind=kind, index=index)
    box = row(
        text(colors, label or "No label", size=16, on_tap=opens, width=0, weight=1.0, height=48,
             padding=(16, 13, 0, 0)),
        icon_button(colors, "arrow_drop_down", "Show dropdown menu", opens),
        in_tree=False, width=0, weight=1.0, height=48, paint=Paint(border=colors.outline, radius=4),
    )  # fmt: skip
    return row(space(width=_EDGE), box, space(width=_EDGE), in_tree=False, padding=(0, 8, 0, 6))


def _date_field(colors: Theme, event: dict[str, str], index: int) -> tuple[View, View | None]:
    """A date is not typed but picked in a dialog."""
    value = book.date_text(event["date"]) if event["date"] else ""
    ink = colors.on_surface if value else colors.on_surface_soft
    box = text(
        colors, value or "Significant date", size=16, color=ink, on_tap=("edit.date", index), width=MATCH, height=56,
        margin=(0, 8, 0, 0), padding=(16, 18, 16, 0), paint=Paint(border=colors.outline, radius=4),
    )  # fmt: skip
    box.cls = "android.widget.EditText"
    caption = text(colors, "Significant date", size=12, color=colors.on_surface_soft, in_tree=False,
                   margin=(12, 0, 0, 0), padding=(4, 0, 4, 0),
                   paint=Paint(fill=colors.background)) if value else None  # fmt: skip
    clear = icon_button(colors, "close", "Remove significant date", ("edit.set", "dates", index, "date", ""))
    return frame(box, caption, in_tree=False, width=0, weight=1.0), clear if value else None


def _more_button(colors: Theme) -> View:
    button = text_button(colors, "More fields", ("edit.more",), height=48)
    return row(button, in_tree=False, padding=(_EDGE - 12, 8, 0, 8))


def _lower(ctx: Ctx, colors: Theme, entry: Entry, form: book.Contact) -> list[View]:
    """What More fields reveals; before that, what of it is filled in."""
    more = bool(entry["args"]["more"])
    lines: list[View] = []
    if more or form["addresses"][0]["text"]:
        lines += _list(colors, entry, "addresses")
    if more or any(form["websites"]):
        for index, site in enumerate(form["websites"]):
            field = _field(colors, entry, "Website", site, ("websites", index), keyboard="url")
            lines.append(_line(_mark(colors, "" if index else "globe"), field, name=f"websites.{index}"))
        if form["websites"][-1].strip():
            add = outlined_button(colors, "Add website", ("edit.add", "websites"), icon="add")
            lines.append(row(add, in_tree=False, padding=(_EDGE, 8, _EDGE, 8)))
    for kind in ("dates", "relations"):
        if more or book.entries(form, kind)[0][book.VALUE[kind]]:
            lines += _list(colors, entry, kind)
    if more or form["notes"]:
        field = _field(colors, entry, "Notes", form["notes"], ("notes",), multiline=True)
        lines.append(_line(_mark(colors, "note"), field, name="notes"))
    titles = ", ".join(book.label_titles(ctx, form))
    if more or titles:
        lines.append(_labels_field(colors, titles))
    return lines


def _labels_field(colors: Theme, titles: str) -> View:
    ink = colors.on_surface if titles else colors.on_surface_soft
    box = text(
        colors, titles or "Labels", size=16, color=ink, on_tap=ask("labels"), width=0, weight=1.0, height=56,
        padding=(16, 18, 16, 0), paint=Paint(border=colors.outline, radius=4),
    )  # fmt: skip
    return row(
        row(icon(colors, "label", in_tree=False), width=_EDGE, halign="center", in_tree=False), box,
        space(width=_EDGE), in_tree=False, padding=(0, 10, 0, 2),
    )  # fmt: skip
