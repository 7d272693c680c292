"""Colours and parts that Contacts, Messages and Phone have in common."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, Unpack

from simphone.apps.contacts.book import Contact, initial, name_of
from simphone.core.app import Ctx
from simphone.ui.view import DARK, LIGHT, Color, Paint, Picture, TextStyle, Theme, View
from simphone.widgets.box import Attrs, build
from simphone.widgets.image import IMAGE_VIEW

_LIGHT: Final = replace(
    LIGHT, background="#fdfcff", surface="#eff1f8", surface_high="#e9edf6", on_surface="#1a1c1e",
    on_surface_soft="#43474e", outline="#73777f", primary="#0b57d0", primary_soft="#d3e3fd", divider="#dfe2eb",
)  # fmt: skip
_DARK: Final = replace(DARK, background="#111318", surface="#1d2024", surface_high="#282a2f", divider="#33363d")

_TONES: Final = (
    ("#c2e7ff", "#004a77"), ("#ffd8e4", "#7d2950"), ("#c4eed0", "#0f5223"), ("#ffdf99", "#5c4300"),
    ("#e8def8", "#4a3f68"), ("#ffdad6", "#8c1d18"), ("#cfe6f1", "#1f4e5f"), ("#dfe4b6", "#454a1c"),
)  # fmt: skip
"""Pastel discs of the round pictures: fill, ink; the other way round in the dark."""


def theme(ctx: Ctx) -> Theme:
    """The system's theme in the colours of Google's communication apps."""
    return _DARK if ctx.system.dark else _LIGHT


def disc(colors: Theme, name: str, letter: str, *, size: float = 40.0, **attrs: Unpack[Attrs]) -> View:
    """A round picture: the letter, or a head where there is none; its colour follows from the name."""
    fill, ink = tones(colors, name)
    mark = View(in_tree=False, text=letter, width=-1.0, style=TextStyle(size * 0.46, ink, align="center", max_lines=1))
    return build(
        attrs,
        cls=IMAGE_VIEW,
        width=size,
        height=size,
        halign="center",
        valign="center",
        paint=Paint(fill=fill, radius=size / 2),
        picture=None if letter else Picture("icon", "person_filled", ink, size * 0.6),
        children=[mark] if letter else [],
    )


def tones(colors: Theme, name: str) -> tuple[Color, Color]:
    """Fill and ink that belong to a name."""
    pale, deep = _TONES[sum(map(ord, name)) % len(_TONES)]
    return (deep, pale) if colors.dark else (pale, deep)


def face(colors: Theme, contact: Contact, *, size: float = 40.0, **attrs: Unpack[Attrs]) -> View:
    """The round picture of a contact."""
    return disc(colors, name_of(contact), initial(contact), size=size, **attrs)
