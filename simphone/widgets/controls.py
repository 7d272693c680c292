"""Things with a value: switches, check boxes, radio buttons, sliders, progress."""

from __future__ import annotations

from typing import Final, Unpack

from simphone.ui.view import MATCH, Color, Msg, Paint, Picture, Slide, TextStyle, Theme, View
from simphone.widgets.box import Attrs, build

SWITCH: Final = "android.widget.Switch"
CHECK_BOX: Final = "android.widget.CheckBox"
RADIO_BUTTON: Final = "android.widget.RadioButton"
CHECKED_TEXT: Final = "android.widget.CheckedTextView"
SEEK_BAR: Final = "android.widget.SeekBar"
SEEK_BAR_HEIGHT: Final = 48.0
_THUMB: Final = 20.0


def _muted(enabled: bool, paint: Paint) -> Paint:
    if enabled:
        return paint
    return Paint(fill=paint.fill, radius=paint.radius, border=paint.border, border_width=paint.border_width, alpha=0.4)


def switch(theme: Theme, checked: bool, on_tap: Msg | None = None, /, **attrs: Unpack[Attrs]) -> View:
    """A Switch; without `on_tap` it shows state only and its row toggles (setting.md 4.0)."""
    thumb_size = 20.0
    thumb = View(
        in_tree=False,
        width=thumb_size,
        height=thumb_size,
        paint=Paint(fill=theme.on_primary if checked else theme.outline, radius=thumb_size / 2),
    )
    track = View(
        in_tree=False,
        width=52,
        height=28,
        padding=(4, 4, 4, 4),
        halign="end" if checked else "start",
        valign="center",
        paint=_muted(
            attrs.get("enabled", True),
            Paint(
                fill=theme.primary if checked else theme.surface_high,
                radius=14,
                border=None if checked else theme.outline,
                border_width=1.5,
            ),
        ),
        children=[thumb],
    )
    return build(
        attrs,
        cls=SWITCH,
        checkable=True,
        checked=checked,
        on_tap=on_tap,
        width=52,
        height=32,
        valign="center",
        children=[track],
    )


def check_mark(theme: Theme, checked: bool, *, enabled: bool = True) -> View:
    """The square of a check box; paint only."""
    paint = Paint(fill=theme.primary, radius=2) if checked else Paint(border=theme.outline, border_width=2, radius=2)
    picture = Picture("icon", "check", theme.on_primary, 16) if checked else None
    return View(in_tree=False, width=18, height=18, paint=_muted(enabled, paint), picture=picture)


def radio_mark(theme: Theme, checked: bool, *, enabled: bool = True) -> View:
    """The ring of a radio button; paint only."""
    dot = View(in_tree=False, width=10, height=10, paint=Paint(fill=theme.primary, radius=5))
    ring = Paint(border=theme.primary if checked else theme.outline, border_width=2, radius=10)
    return View(
        in_tree=False,
        width=20,
        height=20,
        halign="center",
        valign="center",
        paint=_muted(enabled, ring),
        children=[dot] if checked else [],
    )


def _compound(theme: Theme, cls: str, mark: View, label: str, checked: bool, on_tap: Msg | None, attrs: Attrs) -> View:
    style = TextStyle(size=16, color=theme.on_surface)
    parts = [mark]
    if label:
        parts.append(View(in_tree=False, text=label, style=style, weight=1.0 if attrs.get("width") == MATCH else 0.0))
    content = View(in_tree=False, layout="row", gap=16, valign="center", width=attrs.get("width", -2.0), children=parts)
    return build(
        attrs,
        cls=cls,
        text=label,
        checkable=True,
        checked=checked,
        on_tap=on_tap,
        min_height=48 if label else 32,
        min_width=0 if label else 32,
        valign="center",
        halign="start" if label else "center",
        children=[content],
    )


def checkbox(
    theme: Theme, checked: bool, on_tap: Msg | None = None, /, *, label: str = "", **attrs: Unpack[Attrs]
) -> View:
    """A CheckBox, with its label when one is given."""
    mark = check_mark(theme, checked, enabled=attrs.get("enabled", True))
    return _compound(theme, CHECK_BOX, mark, label, checked, on_tap, attrs)


def radio(
    theme: Theme, checked: bool, on_tap: Msg | None = None, /, *, label: str = "", **attrs: Unpack[Attrs]
) -> View:
    """A RadioButton, with its label when one is given."""
    mark = radio_mark(theme, checked, enabled=attrs.get("enabled", True))
    return _compound(theme, RADIO_BUTTON, mark, label, checked, on_tap, attrs)


def checked_text(
    theme: Theme, label: str, checked: bool, on_tap: Msg, /, *, several: bool = False, **attrs: Unpack[Attrs]
) -> View:
    """One choice of a dialog's list, as AppCompat draws it: mark, then label. `several`: check box instead of ring."""
    mark = check_mark(theme, checked) if several else radio_mark(theme, checked)
    placed: Attrs = {"id": "android:id/text1", "width": MATCH, "padding": (24, 8, 24, 8), "min_height": 52}
    placed.update(attrs)
    return _compound(theme, CHECKED_TEXT, mark, label, checked, on_tap, placed)


def seek_bar(
    theme: Theme,
    fraction: float,
    on_slide: Msg,
    *,
    color: Color | None = None,
    **attrs: Unpack[Attrs],
) -> View:
    """A SeekBar; a tap or drag sends `on_slide + (fraction,)`, 0 at the left end, 1 at the right."""
    share = min(max(fraction, 0.0), 1.0)
    active = color or theme.primary
    bars = [
        View(in_tree=False, weight=share, width=0, height=4, paint=Paint(fill=active, radius=2)),
        View(in_tree=False, width=_THUMB, height=_THUMB, paint=Paint(fill=active, radius=_THUMB / 2)),
        View(in_tree=False, weight=1.0 - share, width=0, height=4, paint=Paint(fill=theme.primary_soft, radius=2)),
    ]
    line = View(in_tree=False, layout="row", width=MATCH, valign="center", children=[bar for bar in bars if _seen(bar)])
    return build(
        attrs,
        cls=SEEK_BAR,
        focusable=True,
        width=MATCH,
        height=SEEK_BAR_HEIGHT,
        valign="center",
        slide=Slide(on_slide, ends=_THUMB / 2 / SEEK_BAR_HEIGHT),
        children=[line],
    )


def _seen(bar: View) -> bool:
    return bar.width > 0 or bar.weight > 0


def progress_bar(theme: Theme, fraction: float, *, color: Color | None = None, **attrs: Unpack[Attrs]) -> View:
    """A horizontal ProgressBar filled to `fraction`."""
    share = min(max(fraction, 0.0), 1.0)
    parts = [
        View(in_tree=False, weight=share, width=0, height=4, paint=Paint(fill=color or theme.primary, radius=2)),
        View(in_tree=False, weight=1.0 - share, width=0, height=4),
    ]
    line = View(
        in_tree=False,
        layout="row",
        width=MATCH,
        paint=Paint(fill=theme.primary_soft, radius=2),
        children=[part for part in parts if part.weight > 0],
    )
    return build(attrs, cls="android.widget.ProgressBar", width=MATCH, height=4, children=[line])


def spinner(theme: Theme, *, size: float = 40.0, color: Color | None = None, **attrs: Unpack[Attrs]) -> View:
    """An endless ProgressBar (a still of it)."""
    drawn = Picture("icon", "refresh", color or theme.primary, size)
    return build(attrs, cls="android.widget.ProgressBar", width=size, height=size, picture=drawn)
