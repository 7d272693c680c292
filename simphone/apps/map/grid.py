"""Local streets and houses: a grid of blocks where the ground is open, with gaps that look like chance."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Final, NamedTuple

from simphone.apps.map import terrain
from simphone.apps.map.plan import Plan
from simphone.apps.map.terrain import XY, Area

FROM_ZOOM: Final = 14
HOUSES_FROM_ZOOM: Final = 16
BLOCK_M: Final = 130.0
"""Side of a block."""
_ROW_AT: Final = 60.0
_COLUMN_AT: Final = 70.0
_TAKEN_ROWS: Final = (-2, 1)
"""Where El Camino Real and Alma Street run instead."""
_HOUSES: Final = (
    (-0.34, -0.3),
    (0.02, -0.32),
    (0.33, -0.28),
    (-0.32, 0.05),
    (0.3, 0.06),
    (-0.3, 0.34),
    (0.04, 0.33),
    (0.33, 0.32),
)
"""Their middles, in blocks from that of their block."""


class Street(NamedTuple):
    """A straight piece of street: along u in a row, or across in a column, from one crossing to another."""

    along: bool
    number: int
    first: int
    last: int

    def ends(self) -> tuple[XY, XY]:
        """Its two ends in metres of the flat map."""
        if self.along:
            return _ground(self.first, self.number), _ground(self.last, self.number)
        return _ground(self.number, self.first), _ground(self.number, self.last)

    def at(self, crossing: float) -> XY:
        """A point of it; halves lie between crossings."""
        return _ground(crossing, self.number) if self.along else _ground(self.number, crossing)


def mixed(a: int, b: int) -> int:
    """A number 0..999 that follows from two others and looks like chance."""
    value = (a * 73856093 ^ b * 19349663) & 0xFFFFFFFF
    value = (value ^ value >> 13) * 2654435761 & 0xFFFFFFFF
    return (value >> 12) % 1000


def _corner(column: float, row: float) -> XY:
    """(u, v) of a crossing."""
    return column * BLOCK_M + _COLUMN_AT, row * BLOCK_M + _ROW_AT


def _ground(column: float, row: float) -> XY:
    return terrain.unturned(*_corner(column, row))


def _closed(plan: Plan) -> list[Area]:
    """What may lie in sight and bears no streets."""
    bounds = plan.bounds(BLOCK_M)
    return [area for kind in ("water", "parks", "campus") for area in terrain.areas(kind) if area.meets(bounds)]


def _open(xy: XY, closed: list[Area]) -> bool:
    return not any(area.holds(*xy) for area in closed)


def crossings(plan: Plan) -> frozenset[tuple[int, int]]:
    """(column, row) of the crossings that may be seen and lie on open ground."""
    left, bottom, right, top = plan.bounds(BLOCK_M)
    corners = [terrain.turned(x, y) for x in (left, right) for y in (bottom, top)]
    us, vs = [u for u, _ in corners], [v for _, v in corners]
    slack = BLOCK_M * 1.5 * plan.px
    closed = _closed(plan)

    def seen(column: int, row: int) -> bool:
        x, y = plan.at(_ground(column, row))
        return -slack <= x <= plan.size[0] + slack and -slack <= y <= plan.size[1] + slack

    return frozenset(
        (column, row)
        for column in range(int((min(us) - _COLUMN_AT) // BLOCK_M), int((max(us) - _COLUMN_AT) // BLOCK_M) + 2)
        for row in range(int((min(vs) - _ROW_AT) // BLOCK_M), int((max(vs) - _ROW_AT) // BLOCK_M) + 2)
        if seen(column, row) and _open(_ground(column, row), closed)
    )


def streets(free: frozenset[tuple[int, int]]) -> Iterator[Street]:
    """The streets between crossings."""
    rows, columns = sorted({row for _, row in free}), sorted({column for column, _ in free})
    for row in rows:
        if row not in _TAKEN_ROWS:
            steps = [c for c in columns if (c, row) in free and (c + 1, row) in free and mixed(c, row) > 60]
            yield from (Street(True, row, *run) for run in _joined(steps))
    for column in columns:
        steps = [r for r in rows if (column, r) in free and (column, r + 1) in free and mixed(r, column + 7) > 100]
        yield from (Street(False, column, *run) for run in _joined(steps))


def _joined(steps: list[int]) -> Iterator[tuple[int, int]]:
    """First and last crossing of each run of steps that follow on each other."""
    for _, group in groupby(enumerate(steps), lambda pair: pair[1] - pair[0]):
        run = [step for _, step in group]
        yield run[0], run[-1] + 1


def houses(plan: Plan, free: frozenset[tuple[int, int]]) -> Iterator[list[XY]]:
    """Outlines of houses, some in each block."""
    closed = _closed(plan)
    for column, row in sorted(free):
        if (column + 1, row + 1) not in free or row in (-2, 0):
            continue
        for at, (across, up) in enumerate(_HOUSES):
            chance = mixed(column * 8 + at, row)
            if chance < 220:
                continue
            wide, deep = 0.10 + (chance % 7) * 0.006, 0.09 + (chance % 5) * 0.008
            c, r = column + 0.5 + across * 0.98, row + 0.5 + up * 0.98
            if not _open(_ground(c, r), closed):
                continue
            yield [_ground(c + dc, r + dr) for dc, dr in ((-wide, -deep), (wide, -deep), (wide, deep), (-wide, deep))]
