"""Floating action buttons."""

from __future__ import annotations

from typing import Final, Literal, Unpack

from simphone.ui.view import Color, Msg, Paint, Picture, Theme, View
from simphone.widgets.box import Attrs, build

Size = Literal["small", "regular", "large"]

_EDGE: Final[dict[Size, float]] = {"small": 40.0, "regular": 56.0, "large": 96.0}
_RADIUS: Final[dict[Size, float]] = {"small": 12.0, "regular": 16.0, "large": 28.0}
_ICON: Final[dict[Size, float]] = {"small": 24.0, "regular": 24.0, "large": 36.0}


def fab(
    theme: Theme,
    name: str,
    desc: str,
    on_tap: Msg,
    /,
    *,
    size: Size = "regular",
    round_: bool = False,
    fill: Color | None = None,
    color: Color | None = None,
    **attrs: Unpack[Attrs],
) -> View:
    """A FAB with an icon: 40, 56 or 96 dp; `round_` makes it a circle. Material 3, floating-action-button specs."""
    edge = _EDGE[size]
    paint = Paint(fill=fill or theme.primary_soft, radius=edge / 2 if round_ else _RADIUS[size], elevation=3)
    drawn = Picture("icon", name, color or theme.on_primary_soft, _ICON[size])
    return build(
        attrs,
        cls="android.widget.ImageButton",
        id="fab",
        desc=desc,
        on_tap=on_tap,
        width=edge,
        height=edge,
        paint=paint,
        picture=drawn,
    )
