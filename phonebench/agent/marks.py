"""Numbered marks on a screenshot: which nodes get one, and how they are drawn."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

from phonebench.agent.image import open_png
from phonebench.schema.observation import Bounds, UiNode

_COLORS = ("#d32f2f", "#1565c0", "#2e7d32", "#6a1b9a", "#ad1457", "#00695c")
Box = tuple[int, int, int, int]


def choose(root: UiNode | None, width: int, height: int) -> list[Bounds]:
    """Bounds of the nodes to mark: clickable ones, then focusable ones that are not nearly the same.

    Two marks whose centres lie closer than 1/36 of the screen's width are one; the first in the tree stays.
    """
    if root is None:
        return []
    near = max(8, width // 36)
    chosen: list[Bounds] = []
    nodes = list(root.walk())
    for wanted in ("clickable", "focusable"):
        for node in nodes:
            box = node.bounds.clipped(width, height)
            if getattr(node, wanted) and node.enabled and not box.empty and not _known(box, chosen, near):
                chosen.append(box)
    return sorted(chosen, key=lambda box: (box.top, box.left, box.bottom, box.right))


def draw(png: bytes, marks: Sequence[Bounds]) -> bytes:
    """The screenshot with outlines and numbers from 1; a number moves aside when another stands in its place."""
    image = open_png(png)
    canvas = ImageDraw.Draw(image)
    size = max(18, image.width // 36)
    font = ImageFont.load_default(size)
    taken: list[Box] = []
    for number, mark in enumerate(marks, 1):
        color = _COLORS[number % len(_COLORS)]
        line = max(2, image.width // 360)
        canvas.rectangle((mark.left, mark.top, mark.right - 1, mark.bottom - 1), outline=color, width=line)
        left, top, right, bottom = canvas.textbbox((0, 0), str(number), font=font)
        tag = (int(right - left) + size // 2, int(bottom - top) + size // 2)
        box = _place(mark, tag, image, taken)
        taken.append(box)
        canvas.rectangle(box, fill=color)
        canvas.text(((box[0] + box[2]) / 2, (box[1] + box[3]) / 2), str(number), font=font, fill="white", anchor="mm")
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=1)
    return out.getvalue()


def _place(mark: Bounds, tag: tuple[int, int], image: Image.Image, taken: Sequence[Box]) -> Box:
    """Where a tag stands: a corner of its mark, the middle of an edge, or beside, whichever is free first."""
    width, height = tag
    x_middle, y_middle = mark.center
    spots = [
        (mark.left, mark.top),
        (mark.right - width, mark.top),
        (mark.left, mark.bottom - height),
        (mark.right - width, mark.bottom - height),
        (x_middle - width // 2, mark.top),
        (x_middle - width // 2, mark.bottom - height),
        (mark.left - width, y_middle - height // 2),
        (mark.right, y_middle - height // 2),
    ]
    boxes = []
    for x, y in spots:
        x = max(0, min(x, image.width - width))
        y = max(0, min(y, image.height - height))
        boxes.append((x, y, x + width, y + height))
    return next((box for box in boxes if not any(_overlap(box, other) for other in taken)), boxes[0])


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _known(box: Bounds, chosen: Sequence[Bounds], near: int) -> bool:
    x, y = box.center
    return any(abs(x - other.center[0]) + abs(y - other.center[1]) < near for other in chosen)
