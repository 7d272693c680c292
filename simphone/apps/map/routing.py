"""How to get from one end to the other: times and lengths of the four ways to travel, and the line on the map."""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final, Literal, NamedTuple, TypedDict

from simphone.apps.map import terrain
from simphone.apps.map.atlas import at_spot, content, metric, place
from simphone.apps.map.geo import Point, great_circle

MY_LOCATION: Final = "my_location"
Mode = Literal["car", "walk", "transit", "bicycle"]
MODES: Final[tuple[Mode, ...]] = ("car", "walk", "transit", "bicycle")

_DETOUR: Final = 1.3
_KMH: Final[dict[Mode, float]] = {"car": 45.0, "walk": 5.6, "bicycle": 17.0}
_TRANSIT_FACTOR: Final = 2.0
"""Where nothing was noted: the way is 1.3 times the great circle, public transport takes twice the time of a car."""
_LEAST_M: Final = 20.0
"""Ends nearer than this have no route between them."""
_HIGHWAY_FROM_M: Final = 9000.0


class End(TypedDict):
    """An end of a route: a place of the atlas, or where the phone is."""

    id: str
    name: str


class Trip(NamedTuple):
    """A way to travel. `meters` is None for public transport; `lines` are then its vehicles, `walks` the minutes on
    foot before and after them."""

    minutes: int
    meters: int | None = None
    lines: tuple[str, ...] = ()
    walks: tuple[int, int] = (0, 0)


def my_location() -> End:
    """Where the phone is."""
    return {"id": MY_LOCATION, "name": "My location"}


def end_of(ident: str) -> End:
    """A place as an end."""
    return my_location() if ident == MY_LOCATION else {"id": ident, "name": place(ident).name}


def point_of(end: End, here: Point) -> Point:
    """Where an end lies."""
    return here if end["id"] == MY_LOCATION else place(end["id"]).point


def trip(start: End, to: End, mode: Mode, here: Point) -> Trip | None:
    """Time and length in either direction; None when there is no route."""
    if great_circle(point_of(start, here), point_of(to, here)) < _LEAST_M:
        return None
    noted = _noted(frozenset((start["id"], to["id"])))
    if noted is not None and (at_spot(here) or MY_LOCATION not in (start["id"], to["id"])):
        return _read(noted[mode], mode)
    return _reckoned(point_of(start, here), point_of(to, here), mode)


@lru_cache(maxsize=256)
def _noted(ends: frozenset[str]) -> dict[str, Any] | None:
    return next((route for route in content()["routes"] if frozenset(route["ends"]) == ends), None)


def _read(leg: dict[str, Any] | None, mode: Mode) -> Trip | None:
    if leg is None:
        return None
    if mode == "transit":
        before, after = leg["walk"]
        return Trip(leg["minutes"], lines=tuple(leg["lines"]), walks=(before, after))
    return Trip(leg["minutes"], leg["meters"])


def _reckoned(a: Point, b: Point, mode: Mode) -> Trip:
    meters = great_circle(a, b) * _DETOUR
    if mode == "transit":
        minutes = max(4, round(_minutes(meters, "car") * _TRANSIT_FACTOR))
        return Trip(
            minutes,
            lines=("Bus 22",) if meters < _HIGHWAY_FROM_M else ("Caltrain Local", "Bus 22"),
            walks=(max(1, minutes // 10), max(1, minutes // 12)),
        )
    return Trip(max(1, round(_minutes(meters, mode))), max(10, round(meters)))


def _minutes(meters: float, mode: Mode) -> float:
    return meters / 1000 / _KMH[mode] * 60


# --- the line -------------------------------------------------------------------------------------------------------
Line = tuple[tuple[float, float], ...]


@lru_cache(maxsize=64)
def line(a: Point, b: Point) -> Line:
    """The way in metres of the flat map: along the grid of streets, and on highways when it is far."""
    start, to = metric().flat(a), metric().flat(b)
    if great_circle(a, b) < _HIGHWAY_FROM_M:
        return _along_streets(start, to)
    first, last = _nearest(start), _nearest(to)
    between = [terrain.junctions()[at] for at in _shortest(first, last)]
    return (*_along_streets(start, between[0]), *between[1:-1], *_along_streets(between[-1], to))


def _along_streets(a: tuple[float, float], b: tuple[float, float]) -> Line:
    """Two legs, parallel and square to the streets."""
    (ua, va), (_, vb) = terrain.turned(*a), terrain.turned(*b)
    ub = terrain.turned(*b)[0]
    corner = terrain.unturned(ub, va) if abs(ub - ua) > abs(vb - va) else terrain.unturned(ua, vb)
    return (a, corner, b)


def _nearest(point: tuple[float, float]) -> int:
    nodes = terrain.junctions()
    return min(range(len(nodes)), key=lambda at: math.dist(nodes[at], point))


def _shortest(start: int, to: int) -> Sequence[int]:
    """Dijkstra's algorithm on the highways; the two nodes alone where they do not join."""
    nodes, edges = terrain.junctions(), terrain.edges()
    best, came = {start: 0.0}, {}
    queue = [(0.0, start)]
    while queue:
        cost, at = heapq.heappop(queue)
        if at == to:
            break
        for other in edges.get(at, ()):
            further = cost + math.dist(nodes[at], nodes[other])
            if further < best.get(other, math.inf):
                best[other], came[other] = further, at
                heapq.heappush(queue, (further, other))
    path = [to]
    while path[-1] in came:
        path.append(came[path[-1]])
    return path[::-1] if path[-1] == start else (start, to)
