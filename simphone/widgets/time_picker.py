"""The Material time picker: a dialog with a clock dial or, in text mode, two fields.

A picker's state is plain data, a `TimeDraft`. `time_picker(theme, draft, on)` draws it; every touch sends
`on + (what, value)`, which `touch(draft, what, value)` turns into the next draft; OK sends `on + ("ok",)`, Cancel and
back send `on + ("cancel",)`: the app takes the time from `draft["hour"]`, `draft["minute"]` and forgets the draft.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Final, Literal, TypedDict

from simphone.ui.view import MATCH, Msg, Paint, Picture, Scalar, Slide, TextStyle, Theme, View, Window
from simphone.widgets.box import FRAME, GROUP, LINEAR, column, frame, row, space
from simphone.widgets.buttons import icon_button, text_button
from simphone.widgets.dialogs import dialog_window
from simphone.widgets.fields import bare_field
from simphone.widgets.text import text

DIAL: Final = 256.0
"""Diameter of the clock face in dp."""
_RING: Final = 101.0
_INNER_RING: Final = 64.0
_NUMBER: Final = 48.0
_HAND: Final = 2.0
_FULL: Final = 2
"""Digits of a field."""

TO_TEXT: Final = "Switch to text input mode for the time input."
TO_DIAL: Final = "Switch to clock mode for the time input."


class TimeDraft(TypedDict):
    """A time that is being picked. `hour` 0..23. `typed_*` are the texts of the fields in text mode."""

    hour: int
    minute: int
    part: Literal["hour", "minute"]
    mode: Literal["dial", "text"]
    typed_hour: str
    typed_minute: str
    hours24: bool


def draft(hour: int, minute: int, *, hours24: bool = False) -> TimeDraft:
    """A picker that opens on a time."""
    fresh: TimeDraft = {
        "hour": hour,
        "minute": minute,
        "part": "hour",
        "mode": "dial",
        "typed_hour": "",
        "typed_minute": "",
        "hours24": hours24,
    }
    return _written(fresh)


def touch(draft: TimeDraft, what: str, value: Scalar = None) -> TimeDraft:
    """The draft after a touch; unknown ones leave it as it is."""
    after = draft.copy()
    if what == "hour":
        after["hour"] = _hour_of(draft, int(value or 0))
        after["part"] = "minute"
    elif what == "minute":
        after["minute"] = int(value or 0) % 60
    elif what == "part":
        after["part"] = "hour" if value == "hour" else "minute"
    elif what == "period":
        after["hour"] = draft["hour"] % 12 + (12 if value == "PM" else 0)
    elif what == "dial":
        return _turned(draft, float(value or 0.0))
    elif what == "mode":
        after["mode"] = "text" if draft["mode"] == "dial" else "dial"
    elif what in ("typed_hour", "typed_minute"):
        return _typed(draft, what == "typed_hour", str(value))
    return _written(after)


def _written(draft: TimeDraft) -> TimeDraft:
    """The fields of text mode, following the time."""
    draft["typed_hour"] = f"{_shown_hour(draft):02d}"
    draft["typed_minute"] = f"{draft['minute']:02d}"
    return draft


def _shown_hour(draft: TimeDraft) -> int:
    return draft["hour"] if draft["hours24"] else draft["hour"] % 12 or 12


def _hour_of(draft: TimeDraft, shown: int) -> int:
    """A picked hour (1..12, or 0..23) as hour of the day; AM or PM stays."""
    if draft["hours24"]:
        return shown % 24
    return shown % 12 + (12 if draft["hour"] >= 12 else 0)


def _turned(draft: TimeDraft, turn: float) -> TimeDraft:
    """The hand dragged to a fraction of a full turn, clockwise from twelve."""
    if draft["part"] == "minute":
        return touch(draft, "minute", round(turn * 60) % 60)
    return touch(draft, "hour", round(turn * 12) % 12 or 12)


def _typed(draft: TimeDraft, is_hour: bool, value: str) -> TimeDraft:
    """A field edited. As in Material, what makes the number too large, or is no digit, is not taken, and a field that
    is full is selected as a whole: what is typed then takes its place."""
    after = draft.copy()
    before, digits = draft["typed_hour" if is_hour else "typed_minute"], value.strip()
    if len(before) == _FULL < len(digits):
        digits = digits.removeprefix(before)
    low, high = (0, 59)
    if is_hour:
        low, high = (0, 23) if draft["hours24"] else (1, 12)
    if digits and not (digits.isascii() and digits.isdigit() and len(digits) <= 2 and int(digits) <= high):
        return after
    if is_hour:
        after["typed_hour"] = digits
        if digits and int(digits) >= low:
            after["hour"] = _hour_of(draft, int(digits))
    else:
        after["typed_minute"] = digits
        if digits:
            after["minute"] = int(digits)
    return after


# --- drawing --------------------------------------------------------------------------------------------------------
def time_picker(theme: Theme, draft: TimeDraft, on: Msg, *, title: str = "Select time") -> Window:
    """The dialog."""
    dial = draft["mode"] == "dial"
    headline = text(
        theme, title, size=12, font="medium", color=theme.on_surface_soft, id="header_title", margin=(24, 24, 24, 16)
    )
    return dialog_window(
        theme,
        headline,
        _display(theme, draft, on) if dial else _fields(theme, draft, on),
        _face(theme, draft, on) if dial else None,
        _buttons(theme, dial, on),
        dismiss=(*on, "cancel"),
        title=title,
    )


def _display(theme: Theme, draft: TimeDraft, on: Msg) -> View:
    hour, minute = _shown_hour(draft), draft["minute"]
    picked = draft["part"]
    return row(
        _box(theme, f"{hour:02d}", f"{hour} o'clock", "material_hour_tv", picked == "hour", (*on, "part", "hour")),
        _colon(theme),
        _box(
            theme,
            f"{minute:02d}",
            f"{minute} minutes",
            "material_minute_tv",
            picked == "minute",
            (*on, "part", "minute"),
        ),
        _period(theme, draft, on),
        halign="center",
        padding=(24, 0, 24, 0),
    )


def _box(theme: Theme, value: str, desc: str, name: str, picked: bool, on_tap: Msg) -> View:
    ink = theme.on_primary_soft if picked else theme.on_surface
    return View(
        cls="android.view.View",
        id=name,
        text=value,
        desc=desc,
        checkable=True,
        checked=picked,
        on_tap=on_tap,
        width=96,
        height=80,
        valign="center",
        halign="center",
        paint=Paint(fill=theme.primary_soft if picked else _well(theme), radius=8),
        children=[_drawn(value, 57, ink, width=96)],
    )


def _well(theme: Theme) -> str:
    return theme.divider


def _drawn(value: str, size: float, color: str, *, width: float) -> View:
    """Drawn text that is no node of its own: its parent carries the text."""
    style = TextStyle(size=size, color=color, align="center", max_lines=1)
    return View(in_tree=False, text=value, style=style, width=width)


def _colon(theme: Theme) -> View:
    return text(theme, ":", size=57, align="center", width=24, id="material_clock_display_separator")


def _period(theme: Theme, draft: TimeDraft, on: Msg) -> View | None:
    if draft["hours24"]:
        return None
    afternoon = draft["hour"] >= 12
    return column(
        _half(theme, "AM", not afternoon, on),
        View(in_tree=False, width=MATCH, height=1, paint=Paint(fill=theme.outline)),
        _half(theme, "PM", afternoon, on),
        cls=LINEAR,
        id="material_clock_period_toggle",
        desc="Select AM or PM",
        width=52,
        height=80,
        margin=(12, 0, 0, 0),
        paint=Paint(border=theme.outline, radius=8),
        clip=True,
    )


def _half(theme: Theme, label: str, picked: bool, on: Msg) -> View:
    ink = theme.on_primary_soft if picked else theme.on_surface_soft
    return View(
        cls="android.widget.CompoundButton",
        id=f"material_clock_period_{label.lower()}_button",
        text=label,
        checkable=True,
        checked=picked,
        on_tap=(*on, "period", label),
        width=MATCH,
        height=0,
        weight=1.0,
        valign="center",
        halign="center",
        paint=Paint(fill=theme.primary_soft) if picked else None,
        children=[_drawn(label, 16, ink, width=52)],
    )


def _face(theme: Theme, draft: TimeDraft, on: Msg) -> View:
    hours = draft["part"] == "hour"
    value = draft["hour"] if hours else draft["minute"]
    inner = hours and draft["hours24"] and _is_inner(value)
    turn = (value % 12) / 12 if hours else value / 60
    numbers = _hour_numbers(theme, draft, on) if hours else _minute_numbers(theme, draft, on)
    face = frame(
        *_hand(theme, turn, _INNER_RING if inner else _RING),
        *numbers,
        cls=GROUP,
        id="material_clock_face",
        width=DIAL,
        height=DIAL,
        self_halign="center",
        margin=(0, 28, 0, 8),
        paint=Paint(fill=_well(theme), radius=DIAL / 2),
    )
    if not (hours and draft["hours24"]):  # two rings of hours: an angle does not tell which
        face.slide = Slide((*on, "dial"), axis="circle")
    return face


def _is_inner(hour: int) -> bool:
    """On a 24-hour dial 1..12 stand on the outer ring, 13..23 and 0 on the inner one."""
    return hour == 0 or hour > 12


def _at(turn: float, ring: float, size: float) -> tuple[float, float]:
    """Offset in the face of a square of `size` whose centre is at `turn` on a ring."""
    angle = turn * 2 * math.pi
    return (DIAL / 2 + ring * math.sin(angle) - size / 2, DIAL / 2 - ring * math.cos(angle) - size / 2)


def _hand(theme: Theme, turn: float, ring: float) -> list[View]:
    """The hand: its line, the pin in the middle and the disc below the number; paint only."""
    line = Picture("shape", "clock_hand", theme.primary, size=0.0, args=(turn, ring / DIAL, _HAND / DIAL))
    disc = Paint(fill=theme.primary, radius=_NUMBER / 2)
    pin = Paint(fill=theme.primary, radius=4)
    return [
        View(in_tree=False, width=DIAL, height=DIAL, picture=line),
        View(in_tree=False, width=8, height=8, offset=_at(0, 0, 8), paint=pin),
        View(in_tree=False, width=_NUMBER, height=_NUMBER, offset=_at(turn, ring, _NUMBER), paint=disc),
    ]


def _number(theme: Theme, label: str, desc: str, place: tuple[float, float], picked: bool, on_tap: Msg) -> View:
    ink = theme.on_primary if picked else theme.on_surface
    return View(
        cls="android.widget.TextView",
        text=label,
        desc=desc,
        selected=picked,
        on_tap=on_tap,
        width=_NUMBER,
        height=_NUMBER,
        offset=place,
        valign="center",
        halign="center",
        children=[_drawn(label, 16, ink, width=_NUMBER)],
    )


def _hour_numbers(theme: Theme, draft: TimeDraft, on: Msg) -> list[View]:
    shown = _shown_hour(draft)
    hours = [*range(1, 13), *(range(13, 24) if draft["hours24"] else ()), *((0,) if draft["hours24"] else ())]
    return [
        _number(
            theme,
            f"{hour:02d}" if hour == 0 else str(hour),
            f"{hour} o'clock",
            _at(hour / 12, _INNER_RING if _is_inner(hour) else _RING, _NUMBER),
            hour == shown,
            (*on, "hour", hour),
        )
        for hour in hours
    ]


def _minute_numbers(theme: Theme, draft: TimeDraft, on: Msg) -> list[View]:
    return [
        _number(
            theme,
            f"{minute:02d}",
            f"{minute} minutes",
            _at(minute / 60, _RING, _NUMBER),
            minute == draft["minute"],
            (*on, "minute", minute),
        )
        for minute in range(0, 60, 5)
    ]


def _fields(theme: Theme, draft: TimeDraft, on: Msg) -> View:
    return row(
        _field(theme, "hour", draft["typed_hour"], "Hour", on),
        _colon(theme),
        _field(theme, "minute", draft["typed_minute"], "Minute", on),
        _period(theme, draft, on),
        halign="center",
        valign="top",
        padding=(24, 0, 24, 8),
    )


def _field(theme: Theme, part: Literal["hour", "minute"], value: str, label: str, on: Msg) -> View:
    field = bare_field(
        theme,
        f"time_picker.{part}",
        value,
        (*on, f"typed_{part}"),
        keyboard="number",
        size=45,
        id=f"material_{part}_edit",
        width=96,
        min_height=72,
        halign="center",
        autofocus=part == "hour",
        paint=Paint(fill=_well(theme), radius=8),
    )
    if field.style is not None:
        field.style = replace(field.style, align="center")
    return column(
        field, text(theme, label, size=12, color=theme.on_surface_soft, margin=(0, 7, 0, 0)), cls=FRAME, width=96
    )


def _buttons(theme: Theme, dial: bool, on: Msg) -> View:
    return row(
        icon_button(
            theme,
            "keyboard" if dial else "schedule",
            TO_TEXT if dial else TO_DIAL,
            (*on, "mode"),
            id="material_timepicker_mode_button",
            cls="android.widget.Button",
        ),
        space(weight=1.0),
        text_button(theme, "Cancel", (*on, "cancel"), id="material_timepicker_cancel_button"),
        text_button(theme, "OK", (*on, "ok"), id="material_timepicker_ok_button"),
        gap=8,
        padding=(12, 8, 24, 12),
    )
