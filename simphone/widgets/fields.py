"""Text fields. `key` names the field within its window; each edit sends `on_change + (text,)`."""

from __future__ import annotations

from typing import Final, Literal, Unpack

from simphone.ui.view import MATCH, Edit, Msg, Paint, TextStyle, Theme, View
from simphone.widgets.box import Attrs, build, column, frame, row
from simphone.widgets.image import icon as image_icon
from simphone.widgets.text import text

EDIT_TEXT: Final = "android.widget.EditText"

Keyboard = Literal["text", "number", "phone", "email", "url"]


class FieldAttrs(Attrs, total=False):
    """What every text field takes besides key, value and on_change."""

    hint: str
    keyboard: Keyboard
    on_enter: Msg | None
    autofocus: bool
    multiline: bool
    size: float


def bare_field(theme: Theme, key: str, value: str, on_change: Msg, /, **options: Unpack[FieldAttrs]) -> View:
    """An EditText without a box."""
    edit = Edit(
        key=key,
        on_change=on_change,
        on_enter=options.pop("on_enter", None),
        hint=options.pop("hint", ""),
        keyboard=options.pop("keyboard", "text"),
        autofocus=options.pop("autofocus", False),
        multiline=options.pop("multiline", False),
        hint_color=theme.on_surface_soft,
    )
    style = TextStyle(size=options.pop("size", 16.0), color=theme.on_surface, max_lines=0 if edit.multiline else 1)
    attrs: Attrs = {}
    attrs.update(options)
    return build(attrs, cls=EDIT_TEXT, text=value, style=style, edit=edit, width=MATCH, min_height=48, valign="center")


def outlined_field(theme: Theme, key: str, value: str, on_change: Msg, /, **options: Unpack[FieldAttrs]) -> View:
    """An EditText in a rounded border."""
    placed: FieldAttrs = {
        "padding": (16, 0, 16, 0),
        "min_height": 56,
        "paint": Paint(border=theme.outline, radius=4),
    }
    placed.update(options)
    return bare_field(theme, key, value, on_change, **placed)


def underlined_field(theme: Theme, key: str, value: str, on_change: Msg, /, **options: Unpack[FieldAttrs]) -> View:
    """An EditText over a line."""
    outer = _outer(options)
    placed: FieldAttrs = {"padding": (4, 0, 4, 0)}
    placed.update(options)
    line = View(in_tree=False, width=MATCH, height=1.0, paint=Paint(fill=theme.outline))
    return column(bare_field(theme, key, value, on_change, **placed), line, **outer)


def labelled_field(
    theme: Theme, label: str, key: str, value: str, on_change: Msg, /, **options: Unpack[FieldAttrs]
) -> View:
    """An outlined field whose name stands in it as its hint, and on its border once it has a value."""
    outer = _outer(options)
    options["hint"] = label
    caption = View(
        in_tree=False,
        text=label,
        margin=(12, 0, 12, 0),
        padding=(4, 0, 4, 0),
        paint=Paint(fill=theme.background),
        style=TextStyle(size=12, color=theme.on_surface_soft, max_lines=1),
    )
    options["margin"] = (0, 8, 0, 0)
    placed: Attrs = {"width": MATCH}
    placed.update(outer)
    return frame(outlined_field(theme, key, value, on_change, **options), caption if value else None, **placed)


def _outer(options: FieldAttrs) -> Attrs:
    """Takes out of the options what places the whole of field and decoration within their parent."""
    outer: Attrs = {"in_tree": False}
    if "margin" in options:
        outer["margin"] = options.pop("margin")
    if "weight" in options:
        outer["weight"] = options.pop("weight")
    if "width" in options:
        outer["width"] = options.pop("width")
    return outer


def search_field(theme: Theme, key: str, value: str, on_change: Msg, /, **options: Unpack[FieldAttrs]) -> View:
    """A field in a pill with a magnifying glass."""
    placed: FieldAttrs = {"weight": 1.0, "width": 0, "hint": "Search"}
    placed.update(options)
    return row(
        image_icon(theme, "search", in_tree=False),
        bare_field(theme, key, value, on_change, **placed),
        height=52,
        padding=(16, 0, 16, 0),
        gap=12,
        margin=(16, 8, 16, 8),
        paint=Paint(fill=theme.surface_high, radius=26),
    )


def search_bar(theme: Theme, hint: str, on_tap: Msg, /, **attrs: Unpack[Attrs]) -> View:
    """A pill that opens a search page."""
    placed: Attrs = {
        "height": 52,
        "padding": (20, 0, 20, 0),
        "gap": 16,
        "margin": (16, 8, 16, 8),
        "paint": Paint(fill=theme.surface_high, radius=26),
        "cls": "android.view.ViewGroup",
        "on_tap": on_tap,
    }
    placed.update(attrs)
    return row(
        image_icon(theme, "search", in_tree=False),
        text(theme, hint, size=16, color=theme.on_surface_soft),
        **placed,
    )
