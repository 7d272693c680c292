"""Points on the ground, and how distances and times are written."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

_EARTH_M: Final = 6_371_000.0
_M_PER_DEGREE: Final = _EARTH_M * math.pi / 180
_FEET_PER_M: Final = 3.28084
_M_PER_MILE: Final = 1609.344


class Point(NamedTuple):
    """Degrees, WGS 84."""

    lat: float
    lon: float


class Metric(NamedTuple):
    """A flat sheet laid on the ground at `origin`: x metres east, y metres north. Good for a bay area, not a globe."""

    origin: Point

    def flat(self, point: Point) -> tuple[float, float]:
        """Metres from the origin."""
        east = (point.lon - self.origin.lon) * _M_PER_DEGREE * math.cos(math.radians(self.origin.lat))
        return east, (point.lat - self.origin.lat) * _M_PER_DEGREE

    def point(self, x: float, y: float) -> Point:
        """The point that lies x metres east and y metres north."""
        shrink = math.cos(math.radians(self.origin.lat))
        return Point(self.origin.lat + y / _M_PER_DEGREE, self.origin.lon + x / _M_PER_DEGREE / shrink)


def great_circle(a: Point, b: Point) -> float:
    """Metres along the sphere (haversine formula)."""
    dlat, dlon = math.radians(b.lat - a.lat), math.radians(b.lon - a.lon)
    half = math.sin(dlat / 2) ** 2
    half += math.cos(math.radians(a.lat)) * math.cos(math.radians(b.lat)) * math.sin(dlon / 2) ** 2
    return 2 * _EARTH_M * math.asin(math.sqrt(half))


def distance_text(meters: float, *, imperial: bool = False, whole_from: float = math.inf) -> str:
    """`260 m`, `2.1 km`, `50.6 km`; kilometres (miles) are whole numbers from `whole_from` of them."""
    if imperial:
        small, unit, large, large_unit = meters * _FEET_PER_M, "ft", meters / _M_PER_MILE, "mi"
        in_small = large < 0.1
    else:
        small, unit, large, large_unit = meters, "m", meters / 1000, "km"
        in_small = meters < 995
    if in_small:
        return f"{max(10, round(small / 10) * 10)} {unit}"
    return f"{large:.0f} {large_unit}" if large >= whole_from else f"{large:.1f} {large_unit}"


def duration_text(minutes: int) -> str:
    """`8 min`, `4 hr 7 min`, `2 hr`."""
    hours, rest = divmod(max(1, minutes), 60)
    parts = [f"{hours} hr"] if hours else []
    if rest or not hours:
        parts.append(f"{rest} min")
    return " ".join(parts)


def coordinates(point: Point) -> str:
    """`37.43800, -122.15600`."""
    return f"{point.lat:.5f}, {point.lon:.5f}"
