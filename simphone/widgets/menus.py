"""Popup menus, bottom sheets and navigation drawers: windows of their own."""

from __future__ import annotations

from collections.abc import Sequence

from simphone.ui.view import MATCH, Msg, Paint, Scroll, Theme, View, Window
from simphone.widgets.box import FRAME, column, row, space
from simphone.widgets.dialogs import CLOSE, Choice
from simphone.widgets.image import icon
from simphone.widgets.text import text

MENU_WIDTH = 196.0


def popup_menu(
    theme: Theme,
    choices: Sequence[Choice],
    *,
    anchor: tuple[float, float] = (-12.0, 44.0),
    width: float = MENU_WIDTH,
    dismiss: Msg | None = CLOSE,
) -> Window:
    """The overflow menu. `anchor` in dp from the top left of the screen; a negative x counts from the right edge."""
    items = [_menu_item(theme, choice) for choice in choices]
    listing = View(
        cls="android.widget.ListView",
        layout="column",
        width=width,
        focusable=True,
        padding=(0, 8, 0, 8),
        paint=Paint(fill=theme.surface_high, radius=4, elevation=3),
        children=items,
    )
    return Window(root=listing, kind="menu", anchor=anchor, dismiss=dismiss)


def _menu_item(theme: Theme, choice: Choice) -> View:
    mark = icon(theme, "check", size=20, color=theme.primary, in_tree=False) if choice.checked else None
    return row(
        row(
            text(theme, choice.label, size=16, max_lines=1, id="title", width=0, weight=1.0),
            mark,
            cls="android.widget.RelativeLayout",
        ),
        id="content",
        on_tap=choice.on_tap,
        height=48,
        padding=(16, 0, 16, 0),
    )


def bottom_sheet(
    theme: Theme, *parts: View | None, dismiss: Msg | None = CLOSE, handle: bool = True, title: str = ""
) -> Window:
    """A sheet from the bottom edge with rounded upper corners."""
    grip = View(
        in_tree=False,
        width=32,
        height=4,
        self_halign="center",
        margin=(0, 12, 0, 12),
        paint=Paint(fill=theme.outline, radius=2),
    )
    root = column(
        grip if handle else None,
        *parts,
        cls=FRAME,
        id="design_bottom_sheet",
        paint=Paint(fill=theme.surface, radii=(28, 28, 0, 0)),
        clip=True,
    )
    return Window(root=root, kind="sheet", dismiss=dismiss, title=title)


def navigation_drawer(
    theme: Theme, key: str, *parts: View | None, width: float = 304.0, dismiss: Msg = CLOSE
) -> Window:
    """A drawer at the left edge; a tap beside it closes it."""
    drawer = View(
        cls="android.widget.FrameLayout",
        id="navigation_view",
        layout="column",
        width=width,
        height=MATCH,
        scroll=Scroll(key),
        paint=Paint(fill=theme.surface),
        children=[part for part in parts if part is not None],
    )
    rest = View(in_tree=False, width=0, weight=1.0, height=MATCH, on_tap=dismiss, paint=Paint(fill=theme.scrim))
    return Window(root=row(drawer, rest, height=MATCH, valign="top"), kind="panel", dismiss=dismiss)


def drawer_item(
    theme: Theme, label: str, on_tap: Msg, *, icon_name: str = "", selected: bool = False, count: str = ""
) -> View:
    """An entry of a navigation drawer."""
    color = theme.on_primary_soft if selected else theme.on_surface_soft
    return row(
        icon(theme, icon_name, color=color, in_tree=False) if icon_name else None,
        text(theme, label, size=14, font="medium", color=color, max_lines=1),
        space(weight=1.0),
        text(theme, count, size=12, color=color) if count else None,
        on_tap=on_tap,
        selected=selected,
        height=48,
        gap=16,
        margin=(12, 0, 12, 0),
        padding=(16, 0, 16, 0),
        paint=Paint(fill=theme.primary_soft, radius=24) if selected else None,
    )
