"""MAPS.ME's colours, and the parts that its pages share."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from simphone.apps.map.state import saved
from simphone.core.app import Ctx
from simphone.ui.view import DARK, LIGHT, MATCH, Color, Msg, Paint, Picture, Scene, TextStyle, Theme, View
from simphone.widgets.bars import app_bar
from simphone.widgets.box import build, column
from simphone.widgets.buttons import BUTTON, icon_button
from simphone.widgets.nav import page

ACTIVITY: Final = "com.mapswithme.maps.MwmActivity"
GREEN: Final = "#1f9952"
"""Of the app's icon."""
BLUE: Final = "#1e96f0"
ON_BAR: Final = "#ffffff"

_LIGHT: Final = replace(
    LIGHT,
    background="#ffffff",
    surface="#ffffff",
    surface_high="#f4f4f2",
    on_surface="#1f1f1f",
    on_surface_soft="#6f7275",
    outline="#9a9da0",
    primary=BLUE,
    primary_soft="#d6ecfd",
    on_primary="#ffffff",
    divider="#e4e4e2",
    error="#d0433b",
)
_DARK: Final = replace(
    DARK,
    background="#1c1f22",
    surface="#24282c",
    surface_high="#2e3338",
    on_surface="#e9ebed",
    on_surface_soft="#9da3a8",
    outline="#6f757a",
    primary="#45a8f5",
    primary_soft="#1d4363",
    on_primary="#ffffff",
    divider="#373c41",
)


def night(ctx: Ctx) -> bool:
    """Whether the app is dark: as the phone is, unless its own setting says otherwise."""
    chosen = saved(ctx)["settings"]["night"]
    return ctx.system.dark if chosen == "auto" else chosen == "on"


def theme(ctx: Ctx) -> Theme:
    """The app's palette."""
    return _DARK if night(ctx) else _LIGHT


def bar_fill(colors: Theme) -> Color:
    """Of bars at the top."""
    return "#155f38" if colors.dark else GREEN


def on_bar(colors: Theme) -> Theme:
    """The palette of what stands on a bar at the top."""
    return replace(colors, on_surface=ON_BAR, on_surface_soft="#ffffffb3", primary=ON_BAR)


def scene(colors: Theme, root: View, *, bar: Color | None = None) -> Scene:
    """A page; `bar` colours the status bar."""
    return replace(
        page(colors, root, activity=ACTIVITY),
        status_bar=bar or colors.surface,
        nav_bar=colors.surface,
    )


def titled_page(colors: Theme, title: str, body: View, *actions: View | None) -> Scene:
    """A page under a green bar."""
    bar = app_bar(
        on_bar(colors),
        title,
        *actions,
        color=ON_BAR,
        paint=Paint(fill=bar_fill(colors), elevation=2),
        height=56,
    )
    return scene(colors, column(bar, body), bar=bar_fill(colors))


def bar_button(
    colors: Theme,
    label: str,
    icon: str,
    on_tap: Msg,
    *,
    ink: Color | None = None,
    fill: Color | None = None,
) -> View:
    """A Button of a row of equal ones: an icon, its label below; `fill` puts the icon on a disc."""
    mark = View(
        in_tree=False,
        width=36,
        height=32,
        picture=Picture("icon", icon, ink or colors.on_surface_soft, 24),
        paint=Paint(fill=fill, radius=16) if fill else None,
    )
    caption = View(
        in_tree=False,
        text=label,
        style=TextStyle(size=12, color=colors.on_surface_soft, align="center", max_lines=1),
    )
    return build(
        {},
        cls=BUTTON,
        text=label,
        on_tap=on_tap,
        layout="column",
        width=0,
        weight=1.0,
        height=MATCH,
        halign="center",
        valign="center",
        gap=3,
        children=[mark, caption],
    )


def round_button(
    colors: Theme, name: str, icon: str, on_tap: Msg, *, node: str, above: float, ink: Color | None = None
) -> View:
    """A disc on the map, at the right edge and `above` dp from the bottom."""
    paint = Paint(fill=colors.surface_high if colors.dark else colors.surface, radius=24, elevation=3)
    return icon_button(
        colors,
        icon,
        name,
        on_tap,
        color=ink or colors.on_surface_soft,
        id=node,
        paint=paint,
        self_halign="end",
        self_valign="bottom",
        margin=(0, 0, 12, above),
    )


def labelled_icon(colors: Theme, label: str, icon: str, color: Color, on_tap: Msg) -> View:
    """A TextView with an icon before its text, as wide as the list it stands in."""
    parts = [
        View(in_tree=False, width=24, height=24, picture=Picture("icon", icon, color, 24)),
        View(in_tree=False, text=label, style=TextStyle(size=16, color=colors.on_surface, max_lines=1)),
    ]
    content = View(in_tree=False, layout="row", gap=20, valign="center", children=parts)
    return View(
        cls="android.widget.TextView",
        text=label,
        on_tap=on_tap,
        width=MATCH,
        height=52,
        valign="center",
        padding=(20, 0, 16, 0),
        children=[content],
    )
