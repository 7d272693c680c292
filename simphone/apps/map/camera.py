"""What part of the ground is looked at, and where a point of it stands on the screen."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final, NamedTuple, TypedDict

from simphone.apps.map.atlas import Place, metric, places
from simphone.apps.map.geo import Point

LEAST_ZOOM: Final = 8
MOST_ZOOM: Final = 18
_M_PER_DP: Final = 4.0
"""At zoom 15; each step halves it."""
_TOUCH_DP: Final = 26.0
_EDGE: Final = (-122.9, 36.8, -121.7, 38.2)
"""How far the map goes: west, south, east, north."""

_LANDMARKS: Final = frozenset(("University", "Hospital", "Mall", "Train station", "Sports centre", "Furniture store"))
_NAMES_ONLY: Final = frozenset(("City", "Street"))


class Camera(TypedDict):
    """Kept in the UI state: the point in the middle, and the zoom."""

    lat: float
    lon: float
    zoom: int


class Sight(NamedTuple):
    """A camera with the size of what it fills, in dp."""

    camera: Camera
    width: float
    height: float

    @property
    def meters(self) -> float:
        """Metres per dp."""
        return meters_per_dp(self.camera["zoom"])

    def at(self, point: Point) -> tuple[float, float]:
        """dp from the top left corner."""
        x, y = metric().flat(point)
        x0, y0 = metric().flat(Point(self.camera["lat"], self.camera["lon"]))
        return self.width / 2 + (x - x0) / self.meters, self.height / 2 - (y - y0) / self.meters

    def ground(self, x: float, y: float) -> Point:
        """The point under a place on the screen, in dp."""
        x0, y0 = metric().flat(Point(self.camera["lat"], self.camera["lon"]))
        return metric().point(x0 + (x - self.width / 2) * self.meters, y0 - (y - self.height / 2) * self.meters)

    def touched(self, x: float, y: float) -> Place | None:
        """The nearest shown place under a finger."""
        near = [(math.dist(self.at(each.point), (x, y)), each) for each in shown(self.camera["zoom"])]
        found = min(near, key=lambda pair: pair[0], default=None)
        return found[1] if found is not None and found[0] <= _TOUCH_DP else None


def meters_per_dp(zoom: int) -> float:
    """The scale of a zoom."""
    return _M_PER_DP * 2.0 ** (15 - zoom)


def shown(zoom: int) -> list[Place]:
    """Places that have a sign on the map at a zoom."""
    if zoom >= 15:
        return [each for each in places() if each.type not in _NAMES_ONLY]
    if zoom >= 13:
        return [each for each in places() if each.type in _LANDMARKS]
    return []


def looking_at(point: Point, zoom: int) -> Camera:
    """A camera on a point, within the map."""
    west, south, east, north = _EDGE
    return {
        "lat": round(min(north, max(south, point.lat)), 6),
        "lon": round(min(east, max(west, point.lon)), 6),
        "zoom": min(MOST_ZOOM, max(LEAST_ZOOM, zoom)),
    }


def panned(sight: Sight, dx: float, dy: float) -> Camera:
    """The camera after the ground was moved by (dx, dy) dp."""
    return looking_at(sight.ground(sight.width / 2 - dx, sight.height / 2 - dy), sight.camera["zoom"])


def around(points: Iterable[Point], sight: Sight, top: float, bottom: float) -> Camera:
    """The nearest camera that shows all points, where `top` and `bottom` dp of the screen are covered."""
    flat = [metric().flat(point) for point in points]
    left, right = min(x for x, _ in flat), max(x for x, _ in flat)
    low, high = min(y for _, y in flat), max(y for _, y in flat)
    room = (sight.width * 0.72, max(80.0, sight.height - top - bottom) * 0.72)
    zoom = next(
        (
            zoom
            for zoom in range(16, LEAST_ZOOM, -1)
            if (right - left) / meters_per_dp(zoom) <= room[0] and (high - low) / meters_per_dp(zoom) <= room[1]
        ),
        LEAST_ZOOM,
    )
    shift = (top - bottom) / 2 * meters_per_dp(zoom)
    return looking_at(metric().point((left + right) / 2, (low + high) / 2 + shift), zoom)
