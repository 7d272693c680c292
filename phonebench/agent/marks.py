"""Numbered marks on a screenshot: which nodes get one, and how they are drawn.

A mark is an outline with a number on a small tag. Tags never stand on one another while the screen has room, and keep
clear of what is drawn there - labels, icons - wherever a place beside it is free: a model must read both.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Final

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from phonebench.agent.image import open_png
from phonebench.schema.observation import Bounds, UiNode

_COLORS: Final = ("#d32f2f", "#1565c0", "#2e7d32", "#6a1b9a", "#ad1457", "#00695c")
_EDGE: Final = 24
"""Difference of neighbouring grey values, of 255, from which something is drawn there."""
_CLEAR: Final = 0.01
"""Share of drawn pixels that a place may hold and still be free."""
_HALF: Final = 2
_RIM: Final = 4
"""Pixels."""
_REACH: Final = 12
"""How far a tag may move away from a crowded mark, in tags."""


def choose(root: UiNode | None, width: int, height: int) -> list[Bounds]:
    """Bounds of the nodes to mark: clickable ones, then focusable ones that are not nearly the same.

    Two marks whose centres lie closer than 1/36 of the screen's width are one; the first in the tree stays. What is
    scrolled out of sight but for a sliver, thinner than 1/100 of the width, gets none.
    """
    if root is None:
        return []
    near, sliver = max(8, width // 36), width // 100
    chosen: list[Bounds] = []
    nodes = list(root.walk())
    for wanted in ("clickable", "focusable"):
        for node in nodes:
            box = node.bounds.clipped(width, height)
            seen = not box.empty and min(box.right - box.left, box.bottom - box.top) >= sliver
            if getattr(node, wanted) and node.enabled and seen and not _known(box, chosen, near):
                chosen.append(box)
    return sorted(chosen, key=lambda box: (box.top, box.left, box.bottom, box.right))


def draw(png: bytes, marks: Sequence[Bounds]) -> bytes:
    """The screenshot with outlines and numbers from 1."""
    image = open_png(png)
    font = ImageFont.load_default(max(18, image.width // 36))
    tags = place(image, marks, font)
    canvas = ImageDraw.Draw(image)
    line = max(2, image.width // 360)
    for number, mark in enumerate(marks, 1):
        outline = (mark.left, mark.top, mark.right - 1, mark.bottom - 1)
        canvas.rectangle(outline, outline=_color(number), width=line)
    for number, tag in enumerate(tags, 1):
        canvas.rectangle((tag.left, tag.top, tag.right - 1, tag.bottom - 1), fill=_color(number))
        middle = ((tag.left + tag.right) / 2, (tag.top + tag.bottom) / 2)
        canvas.text(middle, str(number), font=font, fill="white", anchor="mm")
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=1)
    return out.getvalue()


def place(
    image: Image.Image, marks: Sequence[Bounds], font: ImageFont.FreeTypeFont | ImageFont.ImageFont
) -> list[Bounds]:
    """Where the tag of each mark stands: the first place by its mark that is free, else the one that hides least."""
    ink = _ink(image)
    placed: list[Bounds] = []
    for number, mark in enumerate(marks, 1):
        left, top, right, bottom = font.getbbox(str(number))
        pad = int(bottom - top) // 2
        tag = (int(right - left) + pad, int(bottom - top) + pad)
        spots = [spot for spot in _spots(mark, tag, image.size) if not any(_overlap(spot, other) for other in placed)]
        free = (spot for spot in spots if _covered(ink, spot) <= _CLEAR)
        best = next(free, None) or min(spots, key=lambda spot: _covered(ink, spot), default=None)
        placed.append(best or next(_afar(mark, tag, image.size, placed)))
    return placed


def _ink(image: Image.Image) -> Image.Image:
    """255 where something is drawn, 0 where the ground is even; at half the size, for speed."""
    edges = image.convert("L").reduce(_HALF).filter(ImageFilter.FIND_EDGES)
    return edges.point([0] * _EDGE + [255] * (256 - _EDGE))


def _covered(ink: Image.Image, box: Bounds) -> float:
    """Share of the box that is drawn on, its rim aside: there runs the border of what is marked."""
    inner = (box.left + _RIM, box.top + _RIM, box.right - _RIM, box.bottom - _RIM)
    left, top, right, bottom = (edge // _HALF for edge in inner)
    drawn = ink.crop((left, top, right, bottom)).histogram()[255]
    return drawn * _HALF**2 / box.area


def _spots(mark: Bounds, tag: tuple[int, int], size: tuple[int, int]) -> Iterator[Bounds]:
    """Places for a tag from the best: the mark's corners, along its edges, then just outside of it."""
    width, height = tag
    x_middle, y_middle = mark.center
    right, bottom = mark.right - width, mark.bottom - height
    inside_x, inside_y = x_middle - width // 2, y_middle - height // 2
    spots = [(mark.left, mark.top), (right, mark.top), (mark.left, bottom), (right, bottom)]
    spots += [(inside_x, mark.top), (inside_x, bottom), (mark.left, inside_y), (right, inside_y)]
    for share in (0.25, 0.75):
        along_x = int(mark.left + (right - mark.left) * share)
        spots += [(along_x, mark.top), (along_x, bottom), (along_x, inside_y)]
    spots += [(mark.left - width, inside_y), (mark.right, inside_y), (mark.left - width, mark.top)]
    spots += [(mark.right, mark.top), (mark.left, mark.top - height), (mark.left, mark.bottom)]
    for x, y in spots:
        yield _at(x, y, tag, size)


def _afar(mark: Bounds, tag: tuple[int, int], size: tuple[int, int], placed: Sequence[Bounds]) -> Iterator[Bounds]:
    """The nearest places in growing squares around a crowded mark; its corner when all of them are taken."""
    for ring in range(1, _REACH + 1):
        for across in range(-ring, ring + 1):
            for down in range(-ring, ring + 1):
                if max(abs(across), abs(down)) == ring:
                    spot = _at(mark.left + across * tag[0], mark.top + down * tag[1], tag, size)
                    if not any(_overlap(spot, other) for other in placed):
                        yield spot
    yield _at(mark.left, mark.top, tag, size)


def _at(x: int, y: int, tag: tuple[int, int], size: tuple[int, int]) -> Bounds:
    """A tag with its corner at a point, moved onto the screen."""
    left = max(0, min(x, size[0] - tag[0]))
    top = max(0, min(y, size[1] - tag[1]))
    return Bounds(left, top, left + tag[0], top + tag[1])


def _overlap(one: Bounds, other: Bounds) -> bool:
    return one.left < other.right and other.left < one.right and one.top < other.bottom and other.top < one.bottom


def _color(number: int) -> str:
    return _COLORS[number % len(_COLORS)]


def _known(box: Bounds, chosen: Sequence[Bounds], near: int) -> bool:
    x, y = box.center
    return any(abs(x - other.center[0]) + abs(y - other.center[1]) < near for other in chosen)
