"""Views -> Boxes: where everything of a window stands on the screen, scrolled and clipped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from simphone.ui.frame import Box, Metrics, Rect, WindowFrame
from simphone.ui.measure import Limit, Measurer, Node
from simphone.ui.view import Window

_DIALOG_MARGIN: Final = 24.0
"""dp that a dialog keeps from the edges of its area."""


def intersect(a: Rect, b: Rect) -> Rect:
    """What two rectangles share; empty (no width or height) when they do not meet."""
    left = a[0] if a[0] > b[0] else b[0]
    top = a[1] if a[1] > b[1] else b[1]
    right = a[2] if a[2] < b[2] else b[2]
    bottom = a[3] if a[3] < b[3] else b[3]
    return (left, top, right if right > left else left, bottom if bottom > top else top)


def _find(node: Node, key: str, axis: int) -> int | None:
    """Place of the child named `key` along an axis, from the corner of `node`; depth first."""
    for kid, place in zip(node.children, node.places, strict=True):
        if kid.view.key == key:
            return place[axis]
        deeper = _find(kid, key, axis)
        if deeper is not None:
            return place[axis] + deeper
    return None


def _scrolled(node: Node, offsets: Mapping[str, int]) -> int:
    """px that a scroller has moved: its kept offset, or where it starts; within what its content allows."""
    scroll = node.view.scroll
    if scroll is None:
        return 0
    axis = 0 if scroll.axis == "x" else 1
    offset = None if scroll.page else offsets.get(scroll.key)
    if offset is None and scroll.start_at is not None:
        offset = _find(node, scroll.start_at, axis)
        offset = None if offset is None else offset - (0 if scroll.page else _lead(node, axis))
    most = node.content[axis] - (node.width, node.height)[axis]
    return max(0, min(offset or 0, most))


def _lead(node: Node, axis: int) -> int:
    """Room before the first child: a scroller that starts at a child keeps it above that one."""
    return min((place[axis] for place in node.places), default=0)


def _place(node: Node, x: int, y: int, clip: Rect, offsets: Mapping[str, int], metrics: Metrics) -> Box:
    view = node.view
    if view.offset != (0.0, 0.0):
        x, y = x + round(view.offset[0] * metrics.scale), y + round(view.offset[1] * metrics.scale)
    rect = (x, y, x + node.width, y + node.height)
    visible = intersect(rect, clip)
    moved = _scrolled(node, offsets)
    if moved and view.scroll is not None:
        x, y = (x - moved, y) if view.scroll.axis == "x" else (x, y - moved)
    children = [
        _place(kid, x + dx, y + dy, visible, offsets, metrics)
        for kid, (dx, dy) in zip(node.children, node.places, strict=True)
    ]
    return Box(view, rect, visible, children, node.lines, node.content, moved)


def layout_window(
    window: Window,
    package: str,
    metrics: Metrics,
    offsets: Mapping[str, int],
    area: Rect,
    *,
    focus_key: str | None = None,
) -> WindowFrame:
    """Lay a window out within `area` (px: the screen less bars and keyboard).

    `offsets` gives the px that each scroller (by key) has moved; they are clamped, and `Box.offset` tells the result.
    `focus_key` names the text field with the focus: it shows its text uncut, while others end in an ellipsis.
    """
    measurer = Measurer(metrics, focus_key)
    left, top, right, bottom = area
    wide, high = max(0, right - left), max(0, bottom - top)
    root = window.root
    if window.kind in ("activity", "panel"):
        node = measurer.measure(root, Limit(wide, True), Limit(high, True))
        x, y = left, top
    elif window.kind == "dialog":
        margin = metrics.px(_DIALOG_MARGIN)
        node = measurer.measure(
            root,
            measurer.own(root.width, Limit(max(0, wide - 2 * margin)), True),
            measurer.own(root.height, Limit(max(0, high - 2 * margin)), True),
        )
        x, y = left + (wide - node.width) // 2, top + (high - node.height) // 2
    elif window.kind == "sheet":
        node = measurer.measure(root, Limit(wide, True), measurer.own(root.height, Limit(high), True))
        x, y = left, bottom - node.height
    else:
        node = measurer.measure(
            root, measurer.own(root.width, Limit(wide), True), measurer.own(root.height, Limit(high), True)
        )
        x, y = _anchored(window, metrics, node, area)
    rect = (x, y, x + node.width, y + node.height)
    return WindowFrame(window, package, _place(node, x, y, rect, offsets, metrics), rect)


def _anchored(window: Window, metrics: Metrics, node: Node, area: Rect) -> tuple[int, int]:
    """Top left corner of a menu, kept within the area. A negative x counts from the right edge of the screen."""
    dx, dy = window.anchor
    x = metrics.px(dx) if dx >= 0 else metrics.width - metrics.px(-dx) - node.width
    x = max(area[0], min(x, area[2] - node.width))
    return x, max(area[1], min(metrics.px(dy), area[3] - node.height))
