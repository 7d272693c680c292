"""Rows of contacts, as the list, the search, labels and the picker show them."""

from __future__ import annotations

from typing import Final

from simphone.apps.contacts import look
from simphone.apps.contacts.book import Contact, name_of
from simphone.ui.view import Msg, Paint, Picture, Theme, View
from simphone.widgets import controls
from simphone.widgets.box import GROUP, row, space
from simphone.widgets.image import IMAGE_VIEW
from simphone.widgets.text import text

HEIGHT: Final = 56.0
_LETTER: Final = 48.0


def contact_row(
    colors: Theme,
    contact: Contact,
    on_tap: Msg,
    *,
    on_long_press: Msg | None = None,
    letter: str | None = None,
    picked: bool = False,
    box: bool | None = None,
    note: str = "",
) -> View:
    """Picture and name. `letter`: what stands in the margin, None for no margin. `box`: a check box at the end.

    The name stands twice, as text and as description, on the name and nowhere on the row: that is how the list is read.
    """
    name = name_of(contact)
    margin = None
    if letter:
        margin = text(colors, letter, size=14, font="medium", color=colors.primary, id="header", width=_LETTER,
                      align="center")  # fmt: skip
    elif letter is not None:
        margin = space(width=_LETTER)
    mark = _tick(colors) if picked else look.face(colors, contact)
    return row(
        margin,
        mark,
        text(colors, name, size=16, id="cliv_name_textview", desc=name, max_lines=1, width=0, weight=1.0),
        text(colors, note, size=14, color=colors.on_surface_soft, max_lines=1) if note else None,
        controls.checkbox(colors, box, id="checkbox", clickable=False) if box is not None else None,
        cls=GROUP,
        on_tap=on_tap,
        on_long_press=on_long_press,
        long_clickable=True,
        selected=picked,
        height=HEIGHT,
        gap=16,
        padding=(8 if letter is not None else 24, 0, 24, 0),
        paint=Paint(fill=colors.primary_soft) if picked else None,
    )


def _tick(colors: Theme) -> View:
    return View(
        cls=IMAGE_VIEW, width=40, height=40, paint=Paint(fill=colors.primary, radius=20),
        picture=Picture("icon", "check", colors.on_primary, 24),
    )  # fmt: skip
