"""What a View is when its flags do not say: the natural values that the XML shows and that touch follows."""

from __future__ import annotations

from typing import Final, Literal

from simphone.ui.frame import Box
from simphone.ui.view import View

BULLET: Final = "•"


def clickable(view: View) -> bool:
    """Answers a tap."""
    if view.clickable is None:
        return view.on_tap is not None or view.edit is not None or _canvas_knows(view, "on_tap")
    return view.clickable


def long_clickable(view: View) -> bool:
    """Answers a long press."""
    if view.long_clickable is None:
        return view.on_long_press is not None or view.edit is not None or _canvas_knows(view, "on_hold")
    return view.long_clickable


def _canvas_knows(view: View, gesture: Literal["on_tap", "on_hold"]) -> bool:
    return view.canvas is not None and getattr(view.canvas, gesture) is not None


def focusable(view: View) -> bool:
    """May take the input focus."""
    if view.focusable is None:
        return clickable(view) or view.edit is not None or view.scroll is not None
    return view.focusable


def scrollable(box: Box) -> bool:
    """Holds more than it shows."""
    if box.view.scrollable is not None:
        return box.view.scrollable
    return max_offset(box) > 0


def max_offset(box: Box) -> int:
    """px that a scroller can move from its start to its end; 0 for any other box."""
    scroll = box.view.scroll
    if scroll is None:
        return 0
    left, top, right, bottom = box.rect
    return max(0, box.content[0] - (right - left) if scroll.axis == "x" else box.content[1] - (bottom - top))


def shown_text(view: View) -> str:
    """The text as it stands on the screen: bullets for a password, the hint while a field is empty."""
    if view.edit is not None and not view.text:
        return view.edit.hint
    return BULLET * len(view.text) if view.password else view.text
