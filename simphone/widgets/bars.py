"""Bars at the top of a page: app bar, collapsing toolbar, tabs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Unpack

from simphone.ui.view import MATCH, WRAP, Color, Msg, Paint, Scroll, Theme, View
from simphone.widgets.box import FRAME, GROUP, LINEAR, Attrs, build, column, row, space
from simphone.widgets.buttons import icon_button
from simphone.widgets.text import text

UP: Final[Msg] = ("nav.back",)
"""The message of "Navigate up"; StackApp answers it."""
EXPANDED: Final = 164.0
"""Height of a collapsing toolbar in dp, before the page is scrolled."""
COLLAPSED: Final = 64.0
"""Its least height: that of its buttons."""
_LARGE_TITLE: Final = 50.0
"""Room below the buttons that the large title needs."""


def app_bar(
    theme: Theme,
    title: str,
    *actions: View | None,
    up: Msg | None = UP,
    up_icon: str = "arrow_back",
    up_desc: str = "Navigate up",
    overflow: Msg | None = None,
    size: float = 20.0,
    color: Color | None = None,
    **attrs: Unpack[Attrs],
) -> View:
    """A toolbar of 64 dp: up button, title, actions, the three dots. `up=None` leaves the up button out."""
    ink = color or theme.on_surface
    placed: Attrs = {"cls": GROUP, "id": "toolbar", "height": 64, "padding": (4, 0, 4, 0)}
    placed.update(attrs)
    return row(
        icon_button(theme, up_icon, up_desc, up, color=ink) if up else space(width=12),
        column(text(theme, title, size=size, color=ink, max_lines=1), width=0, weight=1.0, margin=(8, 0, 8, 0)),
        *actions,
        icon_button(theme, "more_vert", "More options", overflow, color=ink) if overflow else None,
        **placed,
    )


def collapsing_toolbar(theme: Theme, title: str, *actions: View | None, up: Msg = UP, **attrs: Unpack[Attrs]) -> View:
    """The tall bar of Settings pages. Its title is its content description; it is drawn large, and beside the buttons
    once `height` leaves no room below them. `height` runs from EXPANDED to COLLAPSED as the page scrolls."""
    tall = attrs.get("height", EXPANDED) - COLLAPSED > _LARGE_TITLE
    large = text(theme, title, size=36, in_tree=False, self_valign="bottom", margin=(24, 0, 24, 20), max_lines=2)
    small = text(theme, title, size=20, in_tree=False, width=0, weight=1.0, margin=(8, 0, 8, 0), max_lines=1)
    bar = row(
        icon_button(theme, "arrow_back", "Navigate up", up, color=theme.on_surface),
        space(weight=1.0) if tall else small,
        *actions,
        cls=GROUP,
        id="action_bar",
        height=COLLAPSED,
        padding=(4, 0, 4, 0),
    )
    return build(
        attrs,
        cls=FRAME,
        id="collapsing_toolbar",
        desc=title,
        width=MATCH,
        height=EXPANDED,
        clip=True,
        children=[bar, large] if tall else [bar],
    )


def tabs(theme: Theme, labels: Sequence[str], selected: int, on_pick: Msg, /, **attrs: Unpack[Attrs]) -> View:
    """Tabs of equal width; a tap sends `on_pick + (index,)`. The selected one is not clickable, as in Material."""
    cells = [_tab(theme, label, index == selected, (*on_pick, index)) for index, label in enumerate(labels)]
    placed: Attrs = {"cls": "android.widget.HorizontalScrollView", "height": 48}
    placed.update(attrs)
    return row(*cells, **placed)


def scrolling_tabs(
    theme: Theme,
    key: str,
    labels: Sequence[str],
    selected: int,
    on_pick: Msg,
    /,
    *,
    start: float = 0.0,
    **attrs: Unpack[Attrs],
) -> View:
    """Tabs as wide as their labels, in a strip that scrolls. `key` names the scroller, `key:index` its tabs, for
    Ctx.scroll_to; `start` is the room before the first in dp."""
    cells = [
        replace(
            _tab(theme, label, index == selected, (*on_pick, index)),
            width=WRAP,
            weight=0.0,
            min_width=72,
            padding=(16, 0, 16, 0),
            key=f"{key}:{index}",
        )
        for index, label in enumerate(labels)
    ]
    return build(
        attrs,
        cls="android.widget.HorizontalScrollView",
        layout="row",
        width=MATCH,
        height=48,
        scroll=Scroll(key, axis="x"),
        children=[space(width=start), *cells],
    )


def _tab(theme: Theme, label: str, selected: bool, on_tap: Msg) -> View:
    color = theme.primary if selected else theme.on_surface_soft
    caption = text(theme, label, size=14, color=color, align="center", font="medium")
    mark = View(
        in_tree=False,
        width=48,
        height=3,
        self_halign="center",
        paint=Paint(fill=theme.primary, radii=(3, 3, 0, 0)) if selected else None,
    )
    return column(
        space(weight=1.0),
        caption,
        space(weight=1.0),
        mark,
        cls=LINEAR,
        desc=label,
        selected=selected,
        clickable=not selected,
        focusable=True,
        on_tap=None if selected else on_tap,
        width=0,
        weight=1.0,
        height=MATCH,
        halign="center",
    )
