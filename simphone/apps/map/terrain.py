"""The ground of the map, from terrain.json: water, parks, roads, towns; and the grid that local streets follow.

Everything is given in metres of the flat map (atlas.metric). The grid is turned so that `u` runs along El Camino
Real to the north-west, and `v` across it towards the bay.
"""

from __future__ import annotations

import json
import math
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, NamedTuple

from simphone.apps.map.atlas import metric
from simphone.apps.map.geo import Point

_BEARING: Final = math.radians(310.0)
_SIN, _COS = math.sin(_BEARING), math.cos(_BEARING)

XY = tuple[float, float]


def turned(x: float, y: float) -> XY:
    """(u, v) of a point."""
    return x * _SIN + y * _COS, x * _COS - y * _SIN


def unturned(u: float, v: float) -> XY:
    """The point at (u, v)."""
    return u * _SIN + v * _COS, u * _COS - v * _SIN


class Area(NamedTuple):
    """A polygon with its bounds: left, bottom, right, top."""

    outline: tuple[XY, ...]
    bounds: tuple[float, float, float, float]

    def meets(self, bounds: tuple[float, float, float, float]) -> bool:
        """Whether its bounds share something with others."""
        a, b = self.bounds, bounds
        return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies inside (even-odd rule)."""
        left, bottom, right, top = self.bounds
        if not (left <= x <= right and bottom <= y <= top):
            return False
        inside = False
        x0, y0 = self.outline[-1]
        for x1, y1 in self.outline:
            if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
                inside = not inside
            x0, y0 = x1, y1
        return inside


class Road(NamedTuple):
    """A line with a name. kind: motorway, primary, secondary, rail."""

    kind: str
    name: str
    line: tuple[XY, ...]


class Name(NamedTuple):
    """A name on the map. size 3 is a large town; 0 is water."""

    name: str
    at: XY
    size: int


@lru_cache(maxsize=1)
def _content() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(Path(__file__).with_name("terrain.json").read_text(encoding="utf-8"))
    return loaded


def _flat(pair: list[float]) -> XY:
    return metric().flat(Point(pair[1], pair[0]))


@lru_cache(maxsize=8)
def areas(kind: str) -> tuple[Area, ...]:
    """Polygons of a kind: water, islands, parks, campus."""
    found = []
    for outline in _content()[kind]:
        points = tuple(map(_flat, outline))
        xs, ys = [x for x, _ in points], [y for _, y in points]
        found.append(Area(points, (min(xs), min(ys), max(xs), max(ys))))
    return tuple(found)


@lru_cache(maxsize=1)
def roads() -> tuple[Road, ...]:
    """All roads and railways that have a course of their own."""
    return tuple(Road(each["kind"], each["name"], tuple(map(_flat, each["line"]))) for each in _content()["roads"])


@lru_cache(maxsize=1)
def names() -> tuple[Name, ...]:
    """Towns, large ones first, and waters."""
    found = [Name(each["name"], _flat(each["at"]), each["size"]) for each in _content()["towns"]]
    found += [Name(each["name"], _flat(each["at"]), 0) for each in _content()["waters"]]
    return tuple(found)


@lru_cache(maxsize=1)
def street_names() -> tuple[dict[int, str], dict[int, str]]:
    """Names of the streets of the grid: those along u by their row, those along v by their column."""
    streets = _content()["streets"]
    along = {int(row): str(name) for row, name in streets["along"].items()}
    across = {int(column): str(name) for column, name in streets["across"].items()}
    return along, across


# --- highways as a net ----------------------------------------------------------------------------------------------
@lru_cache(maxsize=1)
def junctions() -> tuple[XY, ...]:
    """Corners of the motorways."""
    return tuple(dict.fromkeys(point for road in roads() if road.kind == "motorway" for point in road.line))


@lru_cache(maxsize=1)
def edges() -> dict[int, tuple[int, ...]]:
    """Which corners are joined, by their index."""
    index = {point: at for at, point in enumerate(junctions())}
    joined: dict[int, set[int]] = {}
    for road in roads():
        if road.kind == "motorway":
            for a, b in pairwise(road.line):
                joined.setdefault(index[a], set()).add(index[b])
                joined.setdefault(index[b], set()).add(index[a])
    return {at: tuple(sorted(others)) for at, others in joined.items()}
