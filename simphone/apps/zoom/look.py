"""Zoom's colours, and the bars and rows that its pages share."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from simphone.core.app import Ctx
from simphone.ui.view import DARK, LIGHT, MATCH, Msg, Paint, Scene, Theme, View
from simphone.widgets import controls
from simphone.widgets.bars import UP
from simphone.widgets.box import RELATIVE, column, frame, row
from simphone.widgets.buttons import icon_button
from simphone.widgets.image import icon
from simphone.widgets.nav import page
from simphone.widgets.text import divider, text

BLUE: Final = "#0e72ed"
ROW_HEIGHT: Final = 52.0

_LIGHT: Final = replace(
    LIGHT,
    background="#f4f5f8",
    surface="#ffffff",
    surface_high="#e4e6eb",
    on_surface="#131619",
    on_surface_soft="#6e7680",
    outline="#a9b0b8",
    primary=BLUE,
    primary_soft="#d7e6fb",
    divider="#e4e6eb",
)
_DARK: Final = replace(
    DARK,
    background="#111315",
    surface="#1f2225",
    surface_high="#3a3f44",
    on_surface="#f5f6f8",
    on_surface_soft="#a5abb3",
    outline="#6e7680",
    primary="#4f9bff",
    on_primary="#ffffff",
    divider="#34383d",
)


def theme(ctx: Ctx) -> Theme:
    """Zoom's palette in the phone's light or dark mode."""
    return _DARK if ctx.system.dark else _LIGHT


def titled_page(colors: Theme, title: str, body: View, *, activity: str) -> Scene:
    """A page under a bar with Back and a centred title."""
    bar = frame(
        icon_button(
            colors,
            "chevron_left",
            "Back",
            UP,
            color=colors.primary,
            size=28,
            id="btnBack",
            cls="android.widget.Button",
            self_valign="center",
        ),
        text(
            colors,
            title,
            size=18,
            font="medium",
            id="txtTitle",
            max_lines=1,
            self_halign="center",
            self_valign="center",
        ),
        id="panelTitleBar",
        width=MATCH,
        height=56,
        cls=RELATIVE,
        paint=Paint(fill=colors.surface),
    )
    return replace(
        page(colors, column(bar, divider(colors), body), activity=activity),
        status_bar=colors.surface,
        nav_bar=colors.background,
    )


def group(colors: Theme, *rows: View) -> View:
    """Rows on one white sheet, hairlines between them; the sheet is paint only."""
    parts: list[View] = []
    for index, entry in enumerate(rows):
        if index:
            parts.append(divider(colors, margin=(16, 0, 0, 0)))
        parts.append(entry)
    return column(*parts, in_tree=False, paint=Paint(fill=colors.surface))


def header(colors: Theme, label: str) -> View:
    """The grey capitals above a group."""
    return text(colors, label, size=13, color=colors.on_surface_soft, margin=(16, 20, 16, 8))


def value_row(colors: Theme, title: str, on_tap: Msg, *, value: str = "", mark: View | None = None) -> View:
    """A row that leads to another page, with its present value at the right."""
    return _row(
        text(colors, title, size=16, width=0, weight=1.0),
        text(colors, value, size=14, color=colors.on_surface_soft, max_lines=1) if value else None,
        mark,
        icon(colors, "chevron_right", size=20, color=colors.outline, in_tree=False),
        on_tap=on_tap,
    )


def switch_row(colors: Theme, title: str, on: bool, on_tap: Msg, *, name: str = "", switch_name: str = "") -> View:
    """A row with a switch. The state is told by the switch, never by the row: so two rows stay distinguishable."""
    control = controls.switch(
        colors,
        on,
        cls=controls.CHECKED_TEXT,
        desc="On, switch" if on else "Off, switch",
        id=switch_name,
        clickable=False,
    )
    return _row(text(colors, title, size=16, width=0, weight=1.0), control, on_tap=on_tap, name=name, cls=RELATIVE)


def pick_row(colors: Theme, title: str, chosen: bool, on_tap: Msg, *, mark: View | None = None) -> View:
    """One of several values; the chosen one is ticked."""
    tick = icon(colors, "check", color=colors.primary, desc="Selected", id="imgSelected") if chosen else None
    return _row(mark, text(colors, title, size=16, width=0, weight=1.0), tick, on_tap=on_tap)


def _row(*parts: View | None, on_tap: Msg, name: str = "", cls: str = "android.widget.LinearLayout") -> View:
    return row(*parts, cls=cls, id=name, on_tap=on_tap, height=ROW_HEIGHT, padding=(16, 0, 16, 0), gap=12)
