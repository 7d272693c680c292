"""Reddit's colours, how it writes numbers and ages, and parts that several of its pages share."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from simphone.core.app import Ctx
from simphone.ui.view import DARK, LIGHT, MATCH, Msg, Paint, Scene, TextStyle, Theme, View
from simphone.widgets import nav
from simphone.widgets.box import build, column, row
from simphone.widgets.buttons import BUTTON
from simphone.widgets.image import avatar, icon, picture
from simphone.widgets.text import text

COMPOSE: Final = "android.view.View"
"""Class of what the app draws with Compose."""
ORANGE: Final = "#ff4500"
DOWN: Final = "#6a5cff"
"""Colour of a vote against."""
BAR: Final = 60.0
"""Height of the bar at the bottom in dp."""
_TABS: Final = (
    ("home", "Home", "home"), ("communities", "Communities", "people"), ("create", "Create", "add"),
    ("chat", "Chat", "chat"), ("inbox", "Inbox", "notifications"),
)  # fmt: skip
_LIGHT: Final = replace(
    LIGHT, background="#ffffff", surface="#ffffff", surface_high="#eaedef", on_surface="#0e1113",
    on_surface_soft="#5c6c74", outline="#8ba2ad", primary="#0a449b", primary_soft="#d9e3f5", on_primary_soft="#0a449b",
    divider="#e3e8ea",
)  # fmt: skip
_DARK: Final = replace(
    DARK, background="#0e1113", surface="#181c1f", surface_high="#2a3236", on_surface="#eef1f3",
    on_surface_soft="#a3b1b7", outline="#5c6c74", primary="#89a7f5", on_primary="#0e1113", primary_soft="#273a63",
    on_primary_soft="#d5e0ff", divider="#2a3236",
)  # fmt: skip
_STEPS: Final = ((525600, "y"), (43200, "mo"), (10080, "w"), (1440, "d"), (60, "h"), (1, "m"))


def theme(ctx: Ctx) -> Theme:
    """Reddit's palette, in the phone's look."""
    return _DARK if ctx.system.dark else _LIGHT


def page(ctx: Ctx, *parts: View | None) -> Scene:
    """A page of Reddit."""
    return nav.page(theme(ctx), column(*parts))


def count(number: int) -> str:
    """842, 3.1K, 620K, 3.0M."""
    if abs(number) >= 1_000_000:
        return f"{number / 1_000_000:.1f}M"
    if abs(number) >= 1_000:
        return f"{number / 1_000:.1f}".removesuffix(".0") + "K"
    return str(number)


def age(minutes: int) -> str:
    """18m, 2h, 2d, 3w, 4mo, 1y."""
    for size, unit in _STEPS:
        if minutes >= size:
            return f"{minutes // size}{unit}"
    return "now"


def badge(name: str, *, size: float = 24.0) -> View:
    """The round icon of a community; no node of its own."""
    return avatar(name, size=size, in_tree=False)


def face(name: str, *, size: float = 32.0) -> View:
    """The round picture of a user; no node of its own."""
    return picture("reddit.face", name, width=size, height=size, paint=Paint(radius=size / 2), in_tree=False)


def pill(colors: Theme, label: str, on_tap: Msg, *, desc: str = "", filled: bool = False, arrow: bool = True) -> View:
    """A small rounded button whose label names what is chosen."""
    ink = colors.background if filled else colors.on_surface
    parts = [View(in_tree=False, text=label, style=TextStyle(size=13, weight="medium", color=ink, max_lines=1))]
    if arrow:
        parts.append(icon(colors, "expand_more", size=16, color=ink, in_tree=False))
    return build(
        {}, cls=BUTTON, text=label, desc=desc, selected=filled, on_tap=on_tap, layout="row", gap=4, height=36,
        valign="center", padding=(14, 0, 10 if arrow else 14, 0), children=parts,
        paint=Paint(fill=colors.on_surface if filled else colors.surface_high, radius=18),
    )  # fmt: skip


def action(colors: Theme, label: str, on_tap: Msg, *, strong: bool, desc: str = "", height: float = 36.0) -> View:
    """Join (strong) and Joined (outlined): a pill with a label."""
    ink = "#ffffff" if strong else colors.on_surface
    fill = "#0a449b" if strong else None
    drawn = View(in_tree=False, text=label, style=TextStyle(size=14, weight="bold", color=ink, max_lines=1))
    return build(
        {}, cls=BUTTON, text=label, desc=desc, on_tap=on_tap, height=height, valign="center", halign="center",
        padding=(16, 0, 16, 0), children=[drawn],
        paint=Paint(fill=fill, border=None if strong else colors.outline, radius=height / 2),
    )  # fmt: skip


def bottom_bar(ctx: Ctx, current: str) -> View:
    """The five places of the app."""
    colors = theme(ctx)
    return column(
        View(in_tree=False, width=MATCH, height=1, paint=Paint(fill=colors.divider)),
        row(*(_place(colors, *each, current) for each in _TABS), height=BAR - 1, in_tree=False),
        paint=Paint(fill=colors.surface), height=BAR, cls=COMPOSE,
    )  # fmt: skip


def _place(colors: Theme, name: str, label: str, sign: str, current: str) -> View:
    here = name == current
    ink = colors.on_surface if here else colors.on_surface_soft
    drawn = "home_filled" if here and sign == "home" else sign
    caption = text(
        colors, label, size=10.5, font="bold" if here else "medium", color=ink, align="center", width=MATCH,
        in_tree=False, max_lines=1,
    )  # fmt: skip
    return build(
        {}, cls=BUTTON, desc=label, selected=here, on_tap=("place", name), layout="column", halign="center", gap=3,
        width=0, weight=1.0, height=MATCH, padding=(0, 9, 0, 0),
        children=[icon(colors, drawn, size=24, color=ink, in_tree=False), caption],
    )  # fmt: skip
