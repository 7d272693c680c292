"""Rows of lists, in the shape of Android's preference rows.

LinearLayout (clickable) [ ImageView? | RelativeLayout [title | summary?] | LinearLayout widget_frame [widget]? ]
"""

from __future__ import annotations

from typing import Unpack

from simphone.ui.view import MATCH, Color, Msg, Theme, View
from simphone.widgets import controls
from simphone.widgets.box import LINEAR, RELATIVE, Attrs, build, column, present, row
from simphone.widgets.text import text

FADED = "61"
"""Hex alpha of disabled text."""


def list_row(
    theme: Theme,
    title: str,
    summary: str = "",
    *,
    icon: View | None = None,
    widget: View | None = None,
    size: float = 16.0,
    summary_color: Color | None = None,
    summary_lines: int = 0,
    title_desc: str = "",
    **attrs: Unpack[Attrs],
) -> View:
    """Title, summary below it, an icon before and a control after. `size` of the title in sp."""
    faded = "" if attrs.get("enabled", True) else FADED
    texts = column(
        text(
            theme,
            title,
            size=size,
            line_height=size * 1.33,
            color=theme.on_surface + faded,
            id="android:id/title",
            desc=title_desc,
        ),
        text(
            theme,
            summary,
            size=14,
            line_height=18.9,
            color=(summary_color or theme.on_surface_soft) + faded,
            id="android:id/summary",
            max_lines=summary_lines,
        )
        if summary
        else None,
        cls=RELATIVE,
        weight=1.0,
        width=0,
    )
    frame = (
        row(widget, id="android:id/widget_frame", width=widget.width, padding=(0, 0, 0, 0))
        if widget is not None
        else None
    )
    return build(
        attrs,
        cls=LINEAR,
        layout="row",
        width=MATCH,
        min_height=48.0,
        padding=(24, 16, 24, 16),
        gap=16.0,
        valign="center",
        children=present((icon, texts, frame)),
    )


def switch_row(
    theme: Theme,
    title: str,
    summary: str = "",
    *,
    on: bool,
    toggle: Msg | None,
    open_row: Msg | None = None,
    icon: View | None = None,
    size: float = 16.0,
    **attrs: Unpack[Attrs],
) -> View:
    """A row with a Switch that the row toggles. With `open_row` the row has two targets: itself, and the Switch, which
    then carries the title as its description. Without `toggle` nothing can be switched."""
    enabled = attrs.get("enabled", True)
    if open_row is None:
        control = controls.switch(theme, on, id="android:id/switch_widget", enabled=enabled)
        control.clickable = False
    else:
        control = controls.switch(theme, on, toggle, id="android:id/switch_widget", desc=title, enabled=enabled)
    attrs["on_tap"] = open_row or toggle
    return list_row(theme, title, summary, icon=icon, widget=control, size=size, **attrs)


def check_row(
    theme: Theme,
    title: str,
    summary: str = "",
    *,
    on: bool,
    toggle: Msg,
    icon: View | None = None,
    size: float = 16.0,
    **attrs: Unpack[Attrs],
) -> View:
    """A row with a CheckBox at its end."""
    box = controls.checkbox(theme, on, id="android:id/checkbox")
    attrs["on_tap"] = toggle
    return list_row(theme, title, summary, icon=icon, widget=box, size=size, **attrs)


def radio_row(
    theme: Theme,
    title: str,
    summary: str = "",
    *,
    on: bool,
    toggle: Msg,
    size: float = 16.0,
    **attrs: Unpack[Attrs],
) -> View:
    """A row that begins with a RadioButton, nested one level as preference lists do."""
    ring = controls.radio(theme, on, id="android:id/checkbox")
    lead = row(ring, width=32)
    attrs["on_tap"] = toggle
    return list_row(theme, title, summary, icon=lead, size=size, **attrs)
