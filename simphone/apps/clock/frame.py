"""The frame of Clock's five tabs: title and overflow above, the page, its floating button, the tabs below.

Dimensions (dp from the edges of the display) are those of the real app, see the project's fact sheet for Clock, 4.1.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from simphone.apps.clock import look
from simphone.apps.clock.state import Tab, shown
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, Msg, Paint, Scene, Theme, View
from simphone.widgets import nav
from simphone.widgets.bottom_nav import Destination, bottom_nav
from simphone.widgets.box import GROUP, column, frame, row, space
from simphone.widgets.buttons import BUTTON, icon_button
from simphone.widgets.fab import fab
from simphone.widgets.image import IMAGE_VIEW, icon
from simphone.widgets.text import text

LIST_TOP: Final = 114.0
"""From the top of the display to the page."""
TABS_HEIGHT: Final = 104.0
"""From the upper edge of the tabs to the bottom of the display."""
PAGER: Final = "androidx.viewpager.widget.ViewPager"
FAB_ABOVE_TABS: Final = 16.0
SIDE_WIDTH: Final = 72.0
FAB_ROOM: Final = 128.0
"""What lists leave free at their end for the floating button: its 96 dp and 16 above and below."""

TITLES: Final[dict[Tab, str]] = {
    "alarm": "Alarm",
    "clock": "Clock",
    "timer": "Timer",
    "stopwatch": "Stopwatch",
    "bedtime": "Bedtime",
}
_ICONS: Final[dict[Tab, str]] = {
    "alarm": "alarm",
    "clock": "schedule",
    "timer": "hourglass",
    "stopwatch": "stopwatch",
    "bedtime": "bed",
}


Beside = tuple[View | None, View | None]
"""Buttons left and right of the floating one."""


def tab_page(
    ctx: Ctx, page: View, *, button: View | None = None, title: str = "", beside: Beside = (None, None)
) -> Scene:
    """A tab (or, with a title of its own, a page below one) around `page`."""
    theme = look.theme(ctx)
    root = frame(
        column(
            _bar(ctx, theme, title),
            frame(
                frame(page, id="desk_clock_pager", cls=PAGER, width=MATCH, height=MATCH),
                _buttons(button, beside),
                id="desk_clock_pager_frame",
                width=MATCH,
                height=0,
                weight=1.0,
                clip=True,
            ),
            _tabs(ctx, theme),
            in_tree=False,
            height=MATCH,
        ),
        cls=GROUP,
        id="content",
        width=MATCH,
        height=MATCH,
    )
    return replace(nav.page(theme, root), nav_bar=theme.surface, keyboard="nothing")


def _bar(ctx: Ctx, theme: Theme, title: str) -> View:
    metrics = ctx.system.metrics
    below = [icon_button(theme, "arrow_back", "Navigate up", ("nav.back",), color=theme.on_surface)] if title else []
    name = title or TITLES[shown(ctx)["tab"]]
    toolbar = row(
        *below,
        text(theme, name, size=22, id="action_bar_title", width=0, weight=1.0, max_lines=1),
        icon_button(
            theme, "more_vert", "More options", nav.ask("overflow"), id="overflow_action_button", cls=IMAGE_VIEW
        ),
        cls=GROUP,
        id="toolbar",
        height=64,
        padding=(4 if below else 24, 0, 4, 0),
    )
    return column(toolbar, id="app_bar_layout", height=LIST_TOP - metrics.status_bar / metrics.scale)


def _buttons(button: View | None, beside: Beside) -> View | None:
    if button is None and beside == (None, None):
        return None
    left, right = beside
    return row(
        left or space(width=SIDE_WIDTH),
        button or space(width=96),
        right or space(width=SIDE_WIDTH),
        cls=GROUP,
        id="fab_container",
        width=MATCH,
        halign="center",
        gap=24,
        self_valign="bottom",
        margin=(0, 0, 0, FAB_ABOVE_TABS),
    )


def _tabs(ctx: Ctx, theme: Theme) -> View:
    metrics = ctx.system.metrics
    entries = [Destination(TITLES[tab], _ICONS[tab], f"tab_menu_{tab}", ("tab", tab)) for tab in TITLES]
    current = list(TITLES).index(shown(ctx)["tab"])
    height = TABS_HEIGHT - metrics.nav_bar / metrics.scale
    return bottom_nav(theme, entries, current, height=height)


def main_button(ctx: Ctx, name: str, desc: str, on_tap: Msg, *, round_: bool = False) -> View:
    """The large floating button."""
    theme = look.theme(ctx)
    fill = look.button_fill(theme)
    return fab(theme, name, desc, on_tap, size="large", round_=round_, fill=fill, cls="android.widget.Button")


def side_button(ctx: Ctx, name: str, desc: str, on_tap: Msg, *, label: str = "") -> View:
    """A tonal button beside the floating one; a label is drawn instead of an icon."""
    theme = look.theme(ctx)
    face = (
        text(theme, label, size=14, font="medium", color=theme.on_surface, in_tree=False)
        if label
        else icon(theme, name, color=theme.on_surface, in_tree=False)
    )
    button = frame(
        face,
        cls=BUTTON,
        desc=desc,
        on_tap=on_tap,
        width=SIDE_WIDTH,
        height=56,
        halign="center",
        valign="center",
        paint=Paint(fill=theme.surface, radius=28),
    )
    return look.one_node(button, label)
