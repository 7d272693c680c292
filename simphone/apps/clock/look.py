"""Clock's colours and the text looks that several of its pages share."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import Final, Unpack

from simphone.apps.clock import times
from simphone.core.app import Ctx
from simphone.ui.view import Color, TextStyle, Theme, View, Weight
from simphone.widgets.box import Attrs, build
from simphone.widgets.text import TEXT_VIEW

FADED: Final = "8f"
"""Hex alpha of what is switched off."""


def theme(ctx: Ctx) -> Theme:
    """The system's theme in Clock's colours."""
    if ctx.system.dark:
        return replace(
            ctx.theme,
            background="#121318",
            surface="#26282f",
            surface_high="#282a31",
            on_surface="#e3e2e9",
            on_surface_soft="#c5c6d0",
            outline="#8f909a",
            primary="#b0c6ff",
            on_primary="#0b2c6f",
            primary_soft="#32457a",
            on_primary_soft="#d9e2ff",
            divider="#3a3c44",
        )
    return replace(
        ctx.theme,
        background="#fafaff",
        surface="#e9eaf6",
        surface_high="#eff0fa",
        on_surface="#1a1b21",
        on_surface_soft="#44464f",
        outline="#757780",
        primary="#375ca8",
        primary_soft="#d9e2ff",
        on_primary_soft="#0a1b3d",
        divider="#dfe1ee",
    )


def button_fill(theme: Theme) -> Color:
    """Of the large floating button, which has to stand out from the cards below it."""
    return theme.primary_soft if theme.dark else "#b4c7ff"


def one_node(view: View, label: str) -> View:
    """A composed view that carries a text as one node of the XML; what draws it has to be `in_tree=False`."""
    return replace(view, text=label)


def clock(
    ctx: Ctx,
    at: time,
    *,
    size: float,
    color: Color,
    font: Weight = "light",
    seconds: bool = False,
    **attrs: Unpack[Attrs],
) -> View:
    """A time of day. The node carries the whole text; drawn are large digits and a smaller AM or PM beside them."""
    digits, period = times.split(ctx, at, seconds=seconds)
    small = max(12.0, size * 0.42)
    # Both boxes get the line height of their own size; the lower padding lifts AM/PM to the base line of the digits.
    parts = [View(in_tree=False, text=digits, style=TextStyle(size, color, font, max_lines=1))]
    if period:
        lift = (size - small) * 0.23
        style = TextStyle(small, color, "regular", max_lines=1)
        parts.append(View(in_tree=False, text=period, style=style, padding=(0, 0, 0, lift)))
    line = View(in_tree=False, layout="row", valign="bottom", gap=size * 0.06, children=parts)
    placed: Attrs = {"cls": TEXT_VIEW}
    placed.update(attrs)
    return build(placed, text=times.joined(digits, period), valign="center", children=[line])
