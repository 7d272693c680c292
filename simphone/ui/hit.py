"""What a finger means: from a point on the screen to the View that answers.

As on Android, the topmost view that handles any touch takes the whole gesture; a view without handlers lets it through
to what is drawn below. Within the chain from that view up to the root, the deepest one that knows the gesture answers.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from simphone.ui.frame import Box, Frame, Rect, WindowFrame
from simphone.ui.traits import clickable, long_clickable, max_offset
from simphone.ui.view import View

Direction = Literal["left", "right", "up", "down"]
Kind = Literal[
    "tap", "edit", "long_press", "double_tap", "swipe", "drag", "slide", "scroll", "page", "canvas", "outside", "none"
]


class Target(NamedTuple):
    """What a gesture reaches. kind `outside`: beside the modal `window`; `none`: swallowed without effect."""

    kind: Kind
    window: WindowFrame
    box: Box


def inside(rect: Rect, x: float, y: float) -> bool:
    """Whether a point lies in a rectangle (right and bottom exclusive)."""
    return rect[0] <= x < rect[2] and rect[1] <= y < rect[3]


def handles_touch(view: View) -> bool:
    """Whether the view takes gestures at all."""
    return (
        clickable(view)
        or long_clickable(view)
        or view.scroll is not None
        or view.slide is not None
        or view.canvas is not None
        or view.on_double_tap is not None
        or view.on_swipe is not None
        or view.on_drag is not None
    )


def _chain(box: Box, x: float, y: float, wanted: Callable[[View], bool]) -> list[Box]:
    """Boxes from `box` down to the topmost wanted one at the point; empty when there is none."""
    if not inside(box.visible, x, y):
        return []
    for child in reversed(box.children):
        chain = _chain(child, x, y, wanted)
        if chain:
            return [box, *chain]
    return [box] if wanted(box.view) else []


def _touched(frame: Frame, x: float, y: float) -> tuple[WindowFrame, list[Box]] | None:
    """The window that takes a touch, with the chain there; an empty chain is a touch beside a modal window.

    System overlays (bars, toasts) let through what they do not handle.
    """
    for window in reversed(frame.windows):
        hit = inside(window.rect, x, y)
        chain = _chain(window.root, x, y, handles_touch) if hit else []
        if chain:
            return window, chain
        if hit and window.layer != "system":
            return window, _chain(window.root, x, y, lambda _: True)
        if window.layer == "app" and window.window.kind in ("dialog", "sheet", "menu"):
            return window, []
    return None


def at(frame: Frame, x: float, y: float) -> list[Box]:
    """Boxes at a point, deepest last, of the topmost window there; empty beside a modal window."""
    found = _touched(frame, x, y)
    return found[1] if found else []


def _resolve(frame: Frame, x: float, y: float, kind_of: Callable[[Box], Kind | None]) -> Target | None:
    found = _touched(frame, x, y)
    if found is None:
        return None
    window, chain = found
    if not chain:
        return Target("outside", window, window.root)
    for box in reversed(chain):
        kind = kind_of(box)
        if kind is not None:
            return Target(kind, window, box)
    return Target("none", window, chain[-1])


def tap(frame: Frame, x: float, y: float) -> Target | None:
    """What a tap reaches: tap, edit, slide, canvas, outside or none."""

    def kind(box: Box) -> Kind | None:
        view = box.view
        if view.slide is not None:
            return "slide" if view.enabled else "none"
        if view.canvas is not None:
            return "canvas"
        if not (clickable(view) or long_clickable(view)):
            return None
        if not view.enabled:
            return "none"
        return "edit" if view.edit is not None else "tap" if view.on_tap is not None else "none"

    return _resolve(frame, x, y, kind)


def long_press(frame: Frame, x: float, y: float) -> Target | None:
    """What a long press reaches; a view that knows only taps takes it as one, as Android does."""

    def kind(box: Box) -> Kind | None:
        view = box.view
        if not view.enabled and (clickable(view) or long_clickable(view)):
            return "none"
        if view.on_long_press is not None:
            return "long_press"
        if view.canvas is not None:
            return "canvas"
        if view.edit is not None:
            return "edit"
        return "tap" if view.on_tap is not None else None

    return _resolve(frame, x, y, kind)


def double_tap(frame: Frame, x: float, y: float) -> Target | None:
    """What two quick taps reach; `none` when only single taps are known there."""
    return _resolve(frame, x, y, lambda box: "double_tap" if box.view.on_double_tap is not None else None)


def drag(frame: Frame, x: float, y: float) -> Target | None:
    """What a long press that then moves reaches."""

    def kind(box: Box) -> Kind | None:
        if not box.view.enabled:
            return None
        return "drag" if box.view.on_drag is not None else "slide" if box.view.slide is not None else None

    return _resolve(frame, x, y, kind)


def direction(dx: float, dy: float) -> Direction:
    """The way a finger went."""
    if abs(dx) >= abs(dy):
        return "right" if dx > 0 else "left"
    return "down" if dy > 0 else "up"


def swipe(frame: Frame, x: float, y: float, dx: float, dy: float) -> Target | None:
    """What a finger that starts at (x, y) and moves by (dx, dy) px moves: slide, swipe, scroll, page or canvas."""
    way = direction(dx, dy)
    axis = "x" if way in ("left", "right") else "y"
    forward = way in ("left", "up")

    def kind(box: Box) -> Kind | None:
        view = box.view
        if view.slide is not None and view.enabled and view.slide.axis in (axis, "circle"):
            return "slide"
        if view.on_swipe is not None and way in view.on_swipe:
            return "swipe"
        if view.canvas is not None:
            return "canvas"
        scroll = view.scroll
        if scroll is None or scroll.axis != axis:
            return None
        if scroll.page:
            return "page"
        return "scroll" if (box.offset < max_offset(box) if forward else box.offset > 0) else None

    return _resolve(frame, x, y, kind)


def scroller_at(frame: Frame, x: float, y: float, axis: Literal["x", "y"] = "y") -> Box | None:
    """The deepest scroller of an axis at a point, whether or not it can move."""
    for box in reversed(at(frame, x, y)):
        if box.view.scroll is not None and box.view.scroll.axis == axis:
            return box
    return None


def slide_fraction(box: Box, x: float, y: float) -> float:
    """Where on a slider a point lies: 0..1 along its axis, or of a full turn clockwise from 12 o'clock."""
    left, top, right, bottom = box.rect
    axis = box.view.slide.axis if box.view.slide is not None else "x"
    if axis == "circle":
        turn = math.atan2(x - (left + right) / 2, (top + bottom) / 2 - y) / math.tau
        return turn % 1.0
    at_, low, high, across = (x, left, right, bottom - top) if axis == "x" else (y, top, bottom, right - left)
    room = box.view.slide.ends * across if box.view.slide is not None else 0.0
    return min(1.0, max(0.0, (at_ - low - room) / max(1, high - low - 2 * room)))


def boxes(frame: Frame) -> Iterator[Box]:
    """All boxes, those of the active window first, then the others from the top."""
    if not frame.windows:
        return
    active = frame.windows[frame.active]
    yield from active.root.walk()
    for window in reversed(frame.windows):
        if window is not active:
            yield from window.root.walk()


def edit_box(frame: Frame, key: str) -> Box | None:
    """The text field of that key."""
    return next((box for box in boxes(frame) if box.view.edit is not None and box.view.edit.key == key), None)


def scroller_box(frame: Frame, key: str) -> Box | None:
    """The scroller of that key."""
    return next((box for box in boxes(frame) if box.view.scroll is not None and box.view.scroll.key == key), None)


def offset_of(scroller: Box, child_key: str) -> int | None:
    """px to scroll so that the child named `child_key` stands at the scroller's start; None without such a child.

    Not clamped: layout does that.
    """
    scroll = scroller.view.scroll
    if scroll is None:
        return None
    side = 0 if scroll.axis == "x" else 1
    for box in scroller.walk():
        if box is not scroller and box.view.key == child_key:
            return box.rect[side] - scroller.rect[side] + scroller.offset
    return None


def reveal(scroller: Box, box: Box, margin: int = 0) -> int:
    """The offset nearest to the present one at which `box`, inside the scroller, is whole; its start wins."""
    side = 0 if scroller.view.scroll is not None and scroller.view.scroll.axis == "x" else 1
    over = scroller.rect[side] + margin - box.rect[side]
    under = box.rect[side + 2] + margin - scroller.rect[side + 2]
    moved = -over if over > 0 else min(under, -over) if under > 0 else 0
    return max(0, min(scroller.offset + moved, max_offset(scroller)))
