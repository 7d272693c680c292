"""Cards."""

from __future__ import annotations

from typing import Final, Unpack

from simphone.ui.view import MATCH, Color, Paint, Theme, View
from simphone.widgets.box import Attrs, build, present

CARD_VIEW: Final = "androidx.cardview.widget.CardView"


def card(
    theme: Theme,
    *children: View | None,
    fill: Color | None = None,
    radius: float = 12.0,
    elevation: float = 0.0,
    **attrs: Unpack[Attrs],
) -> View:
    """A CardView: a rounded box, its children below each other, as wide as the parent."""
    paint = Paint(fill=fill or theme.surface, radius=radius, elevation=elevation)
    return build(attrs, cls=CARD_VIEW, layout="column", width=MATCH, paint=paint, clip=True, children=present(children))
