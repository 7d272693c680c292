"""What a page says by itself: snackbar, empty state."""

from __future__ import annotations

from typing import Unpack

from simphone.ui.view import MATCH, Msg, Paint, Theme, View
from simphone.widgets.box import Attrs, column, row, space
from simphone.widgets.buttons import filled_button, text_button
from simphone.widgets.image import icon
from simphone.widgets.text import text


def snackbar(
    theme: Theme, message: str, *, action: str = "", on_action: Msg | None = None, **attrs: Unpack[Attrs]
) -> View:
    """The dark bar at the bottom of a page, with one action or none."""
    fill, ink, accent = ("#e3e3e3", "#1f1f1f", "#0b57d0") if theme.dark else ("#303030", "#f2f2f2", "#a8c7fa")
    placed: Attrs = {
        "id": "snackbar_layout",
        "margin": (12, 0, 12, 12),
        "padding": (16, 0, 8, 0),
        "min_height": 48,
        "paint": Paint(fill=fill, radius=4, elevation=3),
    }
    placed.update(attrs)
    return row(
        text(theme, message, size=14, color=ink, id="snackbar_text", width=0, weight=1.0, margin=(0, 14, 0, 14)),
        text_button(theme, action, on_action, color=accent, id="snackbar_action") if action and on_action else None,
        **placed,
    )


def empty_state(
    theme: Theme,
    title: str,
    message: str = "",
    *,
    icon_name: str = "",
    action: str = "",
    on_action: Msg | None = None,
    **attrs: Unpack[Attrs],
) -> View:
    """What stands in the middle of a list without entries."""
    placed: Attrs = {"weight": 1.0, "height": 0, "halign": "center", "padding": (40, 0, 40, 0)}
    placed.update(attrs)
    return column(
        space(weight=1.0),
        icon(theme, icon_name, size=96, color=theme.outline, margin=(0, 0, 0, 24)) if icon_name else None,
        text(theme, title, size=18, align="center", width=MATCH),
        text(theme, message, size=14, color=theme.on_surface_soft, align="center", width=MATCH, margin=(0, 8, 0, 0))
        if message
        else None,
        filled_button(theme, action, on_action, margin=(0, 24, 0, 0)) if action and on_action else None,
        space(weight=1.3),
        **placed,
    )
