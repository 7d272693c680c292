"""The bottom navigation bar of Material 3: three to five destinations, the current one in a pill."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple, Unpack

from simphone.ui.view import MATCH, Color, Msg, Paint, Picture, Theme, View
from simphone.widgets.box import FRAME, Attrs, build, row
from simphone.widgets.image import IMAGE_VIEW
from simphone.widgets.text import text

HEIGHT: Final = 80.0
_PILL: Final = (64.0, 32.0)


class Destination(NamedTuple):
    """An entry of the bar; `id` is its resource id."""

    label: str
    icon: str
    id: str
    on_tap: Msg


def bottom_nav(
    theme: Theme,
    destinations: Sequence[Destination],
    current: int,
    /,
    *,
    fill: Color | None = None,
    **attrs: Unpack[Attrs],
) -> View:
    """Entries of equal width. As in Material, the current one is selected and not clickable."""
    placed: Attrs = {
        "cls": FRAME,
        "id": "navigation_bar",
        "height": HEIGHT,
        "valign": "top",
        "paint": Paint(fill=fill or theme.surface),
    }
    placed.update(attrs)
    return row(*(_entry(theme, entry, index == current) for index, entry in enumerate(destinations)), **placed)


def _entry(theme: Theme, entry: Destination, current: bool) -> View:
    ink = theme.on_primary_soft if current else theme.on_surface_soft
    pill = View(
        cls=IMAGE_VIEW,
        id="navigation_bar_item_icon_view",
        selected=current,
        width=_PILL[0],
        height=_PILL[1],
        paint=Paint(fill=theme.primary_soft, radius=16) if current else None,
        picture=Picture("icon", entry.icon, ink, 24),
    )
    label = text(
        theme,
        entry.label,
        size=12,
        font="medium" if not current else "bold",
        color=theme.on_surface if current else theme.on_surface_soft,
        align="center",
        max_lines=1,
        id=f"navigation_bar_item_{'large' if current else 'small'}_label_view",
        width=MATCH,
    )
    return build(
        {},
        cls=FRAME,
        id=entry.id,
        desc=entry.label,
        selected=current,
        clickable=not current,
        focusable=True,
        on_tap=None if current else entry.on_tap,
        layout="column",
        halign="center",
        width=0,
        weight=1.0,
        height=HEIGHT,
        padding=(0, 12, 0, 0),
        gap=4,
        children=[pill, label],
    )
