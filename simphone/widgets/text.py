"""Text of all kinds, and the line between things."""

from __future__ import annotations

from typing import Unpack

from simphone.ui.view import MATCH, Color, HAlign, Paint, TextStyle, Theme, View, Weight
from simphone.widgets.box import Attrs, build

TEXT_VIEW = "android.widget.TextView"


def text(
    theme: Theme,
    value: str,
    *,
    size: float = 14.0,
    color: Color | None = None,
    font: Weight = "regular",
    align: HAlign = "start",
    max_lines: int = 0,
    line_height: float = 0.0,
    underline: bool = False,
    strike: bool = False,
    **attrs: Unpack[Attrs],
) -> View:
    """A TextView. `size` and `line_height` in sp; `font` is the weight of the type (`weight` is that of the layout)."""
    style = TextStyle(
        size=size,
        color=color or theme.on_surface,
        weight=font,
        align=align,
        max_lines=max_lines,
        line_height=line_height,
        underline=underline,
        strike=strike,
    )
    return build(attrs, cls=TEXT_VIEW, text=value, style=style)


def heading(theme: Theme, value: str, *, size: float = 22.0, **attrs: Unpack[Attrs]) -> View:
    """A title of a page or a part of it."""
    return text(theme, value, size=size, **attrs)


def section_header(theme: Theme, value: str, **attrs: Unpack[Attrs]) -> View:
    """The small coloured line above a group of rows."""
    placed: Attrs = {"id": "android:id/title", "width": MATCH, "padding": (24, 24, 24, 8)}
    placed.update(attrs)
    return text(theme, value, size=14, font="medium", color=theme.primary, **placed)


def divider(theme: Theme, **attrs: Unpack[Attrs]) -> View:
    """A hairline across the parent; paint only."""
    return build(attrs, in_tree=False, width=MATCH, height=1.0, paint=Paint(fill=theme.divider))
