"""Buttons and chips."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, Unpack

from simphone.ui.view import MATCH, Color, Msg, Paint, Picture, TextStyle, Theme, View
from simphone.widgets.box import Attrs, build

BUTTON: Final = "android.widget.Button"
PILL: Final = 100.0
"""A radius that rounds any button fully."""
DISABLED_INK: Final = "61"
"""Hex alpha of disabled content: Material's 38 %."""
DISABLED_FILL: Final = "1f"
"""Hex alpha of a disabled container: Material's 12 %."""


def _button(
    theme: Theme,
    label: str,
    on_tap: Msg | None,
    attrs: Attrs,
    *,
    color: Color,
    paint: Paint,
    height: float = 40.0,
    pad: float = 24.0,
    icon: str = "",
) -> View:
    enabled = attrs.get("enabled", True)
    if not enabled:
        color = theme.on_surface + DISABLED_INK
        fill = theme.on_surface + DISABLED_FILL if paint.fill else None
        paint = replace(paint, fill=fill, border=theme.on_surface + DISABLED_FILL if paint.border else None)
    size = 16.0 if attrs.get("height", height) > height else 14.0
    style = TextStyle(size=size, color=color, weight="medium", align="center", max_lines=1)
    # The drawn label is a child so that an icon can stand beside it; the node itself carries the text.
    parts = [View(in_tree=False, text=label, style=style)]
    if icon:
        parts.insert(0, View(in_tree=False, width=18, height=18, picture=Picture("icon", icon, color, 18)))
    content = View(in_tree=False, layout="row", gap=8, valign="center", children=parts)
    return build(
        attrs,
        cls=BUTTON,
        text=label,
        on_tap=on_tap if enabled else None,
        clickable=True,
        height=height,
        padding=(pad, 0, pad, 0),
        halign="center",
        valign="center",
        paint=paint,
        children=[content],
    )


def filled_button(
    theme: Theme, label: str, on_tap: Msg, /, *, icon: str = "", fill: Color | None = None, **attrs: Unpack[Attrs]
) -> View:
    """A pill filled with the primary colour."""
    paint = Paint(fill=fill or theme.primary, radius=PILL)
    return _button(theme, label, on_tap, attrs, color=theme.on_primary, paint=paint, icon=icon)


def tonal_button(theme: Theme, label: str, on_tap: Msg, /, *, icon: str = "", **attrs: Unpack[Attrs]) -> View:
    """A pill filled with the soft primary colour."""
    paint = Paint(fill=theme.primary_soft, radius=PILL)
    return _button(theme, label, on_tap, attrs, color=theme.on_primary_soft, paint=paint, icon=icon)


def outlined_button(theme: Theme, label: str, on_tap: Msg, /, *, icon: str = "", **attrs: Unpack[Attrs]) -> View:
    """A pill with a border only."""
    paint = Paint(border=theme.outline, radius=PILL)
    return _button(theme, label, on_tap, attrs, color=theme.primary, paint=paint, icon=icon)


def text_button(
    theme: Theme, label: str, on_tap: Msg, /, *, color: Color | None = None, icon: str = "", **attrs: Unpack[Attrs]
) -> View:
    """Coloured text without a box: actions of dialogs and snackbars."""
    return _button(
        theme, label, on_tap, attrs, color=color or theme.primary, paint=Paint(radius=PILL), pad=12, icon=icon
    )


def icon_button(
    theme: Theme,
    name: str,
    desc: str,
    on_tap: Msg | None,
    /,
    *,
    size: float = 24.0,
    color: Color | None = None,
    **attrs: Unpack[Attrs],
) -> View:
    """An ImageButton of 48 dp with an icon; `desc` is its content description."""
    drawn = Picture("icon", name, color or theme.on_surface_soft, size)
    return build(attrs, cls="android.widget.ImageButton", desc=desc, on_tap=on_tap, width=48, height=48, picture=drawn)


def chip(
    theme: Theme, label: str, on_tap: Msg, /, *, picked: bool | None = None, icon: str = "", **attrs: Unpack[Attrs]
) -> View:
    """An assist chip, or a filter chip when `picked` is given."""
    chosen = bool(picked)
    color = theme.on_primary_soft if chosen else theme.on_surface_soft
    view = _button(
        theme,
        label,
        on_tap,
        attrs,
        color=color,
        paint=Paint(fill=theme.primary_soft if chosen else None, border=None if chosen else theme.outline, radius=8),
        height=32,
        pad=14,
        icon="check" if chosen and not icon else icon,
    )
    view.checkable = picked is not None
    view.checked = chosen
    return view


def wide(view: View) -> View:
    """The same widget, as wide as its parent."""
    view.width = MATCH
    return view
