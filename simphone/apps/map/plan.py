"""What is to be drawn of the ground: shapes in px, lowest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, NamedTuple

from simphone.apps.map.camera import meters_per_dp
from simphone.apps.map.terrain import XY

_WIDTHS: Final = {
    "motorway": (1.8, 2.0, 2.2, 2.6, 3.2, 4.5, 6.5, 10.0, 14.0, 19.0, 24.0),
    "primary": (0.0, 0.9, 1.2, 1.6, 2.2, 3.4, 5.0, 9.0, 13.0, 17.0, 22.0),
    "secondary": (0.0, 0.0, 0.0, 0.9, 1.4, 2.4, 3.6, 7.0, 11.0, 15.0, 20.0),
    "rail": (0.0, 0.0, 0.6, 0.8, 1.0, 1.2, 1.6, 2.0, 2.4, 3.0, 3.4),
    "street": (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.6, 4.5, 8.0, 12.0, 17.0),
}
"""Widths in dp by zoom, from 8 to 18."""


def width_of(kind: str, zoom: int) -> float:
    """How broad a road is drawn, in dp; 0 leaves it out."""
    return _WIDTHS[kind][zoom - 8]


class Shape(NamedTuple):
    """A filled polygon, or a line of a width; px of the finished picture. The bounds are its first and last row."""

    points: list[XY]
    color: str
    width: float
    top: float
    bottom: float


@dataclass(slots=True)
class Plan:
    """Where the ground lies on the picture, and what is to be drawn, lowest first."""

    center: XY
    zoom: int
    scale: float
    """px per dp."""
    size: tuple[int, int]
    shapes: list[Shape] = field(default_factory=list)

    @property
    def px(self) -> float:
        """px per metre."""
        return self.scale / meters_per_dp(self.zoom)

    def at(self, xy: XY) -> XY:
        """Metres -> px."""
        k = self.px
        return self.size[0] / 2 + (xy[0] - self.center[0]) * k, self.size[1] / 2 - (xy[1] - self.center[1]) * k

    def bounds(self, slack: float = 0.0) -> tuple[float, float, float, float]:
        """left, bottom, right, top in metres, `slack` metres more on each side."""
        half = (self.size[0] / 2 / self.px + slack, self.size[1] / 2 / self.px + slack)
        x, y = self.center
        return x - half[0], y - half[1], x + half[0], y + half[1]

    def add(self, points: Sequence[XY], color: str) -> None:
        """Plan a polygon."""
        placed = [self.at(point) for point in points]
        rows = [y for _, y in placed]
        self.shapes.append(Shape(placed, color, 0.0, min(rows), max(rows)))

    def trace(self, points: Sequence[XY], color: str, width: float) -> None:
        """Plan a line of a width in dp; of a long one, the parts that may be seen."""
        broad = max(1.0, width * self.scale)
        run: list[XY] = []
        placed = [self.at(point) for point in points]
        for a, b in pairwise(placed):
            if self._may_show(a, b, broad):
                run += [b] if run else [a, b]
            elif run:
                self._line(run, color, broad)
                run = []
        if run:
            self._line(run, color, broad)

    def _line(self, run: list[XY], color: str, broad: float) -> None:
        rows = [y for _, y in run]
        self.shapes.append(Shape(run, color, broad, min(rows) - broad, max(rows) + broad))

    def _may_show(self, a: XY, b: XY, broad: float) -> bool:
        width, height = self.size
        return (
            max(a[0], b[0]) > -broad
            and min(a[0], b[0]) < width + broad
            and max(a[1], b[1]) > -broad
            and min(a[1], b[1]) < height + broad
        )
