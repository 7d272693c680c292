"""Swipes as AndroidLab's agents name them: a direction, and short, medium or long (source: AndroidLab).

They travel in the direction of the finger. A unit is a tenth of the screen's width; short is 1 unit, medium 2, long 10;
vertical ones are twice as long.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from phonebench.agent.dialects.base import View
from phonebench.agent.values import WAYS
from phonebench.schema.action import Point, Swipe

_UNITS: Final = {"short": 1, "medium": 2, "long": 10}


def unit_stroke(start: Point, way: str, distance: str, view: View) -> Swipe:
    """The swipe of these words; raises ValueError for others."""
    way, distance = way.strip().lower(), distance.strip().lower()
    if way not in WAYS or distance not in _UNITS:
        raise ValueError(f"no swipe '{way[:20]}', '{distance[:20]}'")
    dx, dy = WAYS[way]
    length = _UNITS[distance] * view.width // 10
    return Swipe(start=start, end=view.clamp(start.x + dx * length, start.y + dy * length * 2))


def words_of(swipe: Swipe, view: View) -> tuple[str, str]:
    """(direction, distance) of a swipe that has such words; raises ValueError for others."""
    for way, distance in _all_words():
        if unit_stroke(swipe.start, way, distance, view) == swipe:
            return way, distance
    raise ValueError("a swipe in units has no word for this one")


def _all_words() -> Iterator[tuple[str, str]]:
    return ((way, distance) for way in WAYS for distance in _UNITS)
