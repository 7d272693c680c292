"""The means of motifs.py: a brush, and what several scenes show.

Scenes are drawn on a canvas 1 wide and 2 high, whose middle, (0.5, 1), is what every cut keeps.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL.ImageDraw import ImageDraw

_SKIN: Final = ("#e0ac83", "#8d5a3b", "#f1c9a5", "#5c3a26")
_SHIRTS: Final = ("#d62839", "#1d6fd1", "#f2b705", "#f5f5f5", "#2a9d5c", "#7b3fa0", "#ff7f2a", "#22242c")


class Brush(NamedTuple):
    """A pen, and how many px one unit is."""

    pen: ImageDraw
    scale: float

    def box(self, x: float, y: float, width: float, height: float, color: str, radius: float = 0.0) -> None:
        """A rectangle from its top left corner."""
        s = self.scale
        self.pen.rounded_rectangle((x * s, y * s, (x + width) * s, (y + height) * s), radius * s, fill=color)

    def disc(self, x: float, y: float, radius: float, color: str, flat: float = 1.0) -> None:
        """A circle around a point; `flat` times as high as wide."""
        s = self.scale
        high = radius * flat
        self.pen.ellipse(((x - radius) * s, (y - high) * s, (x + radius) * s, (y + high) * s), fill=color)

    def shape(self, points: Sequence[tuple[float, float]], color: str) -> None:
        """A polygon."""
        self.pen.polygon([(x * self.scale, y * self.scale) for x, y in points], fill=color)

    def line(self, points: Sequence[tuple[float, float]], color: str, width: float) -> None:
        """A line with round joins and ends."""
        drawn = [(x * self.scale, y * self.scale) for x, y in points]
        self.pen.line(drawn, fill=color, width=max(1, round(width * self.scale)), joint="curve")
        for x, y in (points[0], points[-1]):
            self.disc(x, y, width / 2, color)

    def fade(self, top: float, bottom: float, first: str, last: str) -> None:
        """A gradient from one colour to another, downwards."""
        one, two = _rgb(first), _rgb(last)
        steps = 96
        for index in range(steps):
            part = index / (steps - 1)
            color = "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in zip(one, two, strict=True))
            high = (bottom - top) / steps
            self.box(0, top + high * index, 1, high + 0.004, color)


def _rgb(color: str) -> tuple[int, ...]:
    return tuple(int(color[index : index + 2], 16) for index in (1, 3, 5))


def noise(*numbers: int) -> float:
    """A number from 0 to 1 that follows from others, and looks random."""
    value = 0x9E3779B9
    for number in numbers:
        value = ((value ^ (number + 1)) * 0x85EBCA6B) & 0xFFFFFFFF
        value = ((value ^ (value >> 13)) * 0xC2B2AE35) & 0xFFFFFFFF
        value ^= value >> 16
    return value / 0x100000000


def person(
    brush: Brush, x: float, y: float, size: float, *, tint: int = 0, arms: str = "down", legs: str = "stand",
    shorts: str = "#22242c",
) -> None:  # fmt: skip
    """A figure, `size` high, that stands on (x, y)."""
    skin, shirt = _SKIN[(tint * 7 + 3) % len(_SKIN)], _SHIRTS[tint % len(_SHIRTS)]
    hip, neck, limb = y - size * 0.45, y - size * 0.8, size * 0.085
    feet = {"stand": (-0.09, 0.09), "run": (-0.26, 0.2), "kick": (-0.06, 0.3)}[legs]
    rise = {"stand": 0.0, "run": 0.16, "kick": 0.18}[legs]
    knees = ((x + feet[0] * size * 0.4, hip + size * 0.22), (x + feet[1] * size * 0.8, hip + size * 0.2))
    for knee, foot, lift in ((knees[0], feet[0], 0.0 if legs != "run" else rise), (knees[1], feet[1], rise)):
        end = (x + foot * size, y - lift * size * (0.9 if foot > 0 else 0.6))
        brush.line([(x, hip), knee, end], skin, limb)
        brush.line([(x, hip), knee], shorts, limb * 1.35)
        brush.disc(end[0] + size * 0.025, end[1], limb * 0.75, "#f4f4f4", 0.6)
    hands = {
        "down": ((-0.17, 0.33), (0.17, 0.33)), "up": ((-0.2, -0.32), (0.2, -0.32)),
        "run": ((-0.2, 0.16), (0.22, 0.1)), "hold": ((-0.1, -0.36), (0.1, -0.36)),
        "wide": ((-0.34, 0.02), (0.34, 0.02)),
    }[arms]  # fmt: skip
    for side, (dx, dy) in zip((-1, 1), hands, strict=True):
        shoulder = (x + side * size * 0.1, neck + size * 0.05)
        elbow = (x + (dx * 0.75 + side * 0.05) * size, neck + dy * size * 0.45)
        brush.line([shoulder, elbow, (x + dx * size, neck + dy * size)], skin, limb * 0.8)
        brush.line([shoulder, elbow], shirt, limb)
    brush.shape(
        [(x - size * 0.12, neck), (x + size * 0.12, neck), (x + size * 0.1, hip + size * 0.03),
         (x - size * 0.1, hip + size * 0.03)], shirt,
    )  # fmt: skip
    brush.disc(x, neck - size * 0.1, size * 0.085, skin, 1.15)
    hair = "#2b1d14" if tint % 3 else "#5b3a1e"
    brush.disc(x, neck - size * 0.155, size * 0.083, hair, 0.6)


def ball(brush: Brush, x: float, y: float, radius: float) -> None:
    """A football."""
    brush.disc(x, y, radius, "#f8f8f8")
    brush.disc(x, y, radius * 0.36, "#1b1b1f")
    for index in range(5):
        angle = math.tau * index / 5 - math.pi / 2
        brush.disc(x + radius * 0.72 * math.cos(angle), y + radius * 0.72 * math.sin(angle), radius * 0.2, "#1b1b1f")


def crowd(brush: Brush, top: float, bottom: float, colors: Sequence[str], *, size: float = 0.022) -> None:
    """Rows of heads and shirts."""
    y, line = top, 0
    while y < bottom:
        for column in range(math.ceil(1 / (size * 2)) + 1):
            x = column * size * 2 + (size if line % 2 else 0)
            shirt = colors[int(noise(line, column) * len(colors)) % len(colors)]
            brush.disc(x, y + size * 1.1, size * 0.95, shirt)
            brush.disc(x, y, size * 0.5, _SKIN[int(noise(column, line, 5) * 4) % 4])
        y, line = y + size * 1.5, line + 1


def pitch(brush: Brush, top: float) -> None:
    """Striped grass down to the lower edge."""
    count = 9
    for index in range(count):
        start = top + (2 - top) * (index / count) ** 1.3
        end = top + (2 - top) * ((index + 1) / count) ** 1.3
        brush.box(0, start, 1, end - start + 0.004, ("#2f8a3e", "#38994a")[index % 2])
