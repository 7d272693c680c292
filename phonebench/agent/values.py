"""Points, keys and times as models write them: what dialects share when they make actions of words.

A model counts on a grid: the pixels of the picture it was sent, or 0..1000 over the whole screen. On a grid of
`width` x `height` cells the pixel of a cell is cell / grid * screen, rounded down.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any, Final, get_args

from phonebench.agent.dialects.base import View
from phonebench.schema.action import Key, Point, Swipe, Wait

THOUSAND: Final = (1000, 1000)
"""The grid of models that were trained on coordinates from 0 to 1000."""
_NUMBER: Final = re.compile(r"-?\d{1,9}(?:\.\d{1,9})?")
WAYS: Final = {"up": (0, -1), "down": (0, 1), "left": (-1, 0), "right": (1, 0)}
"""Directions on the screen as (x, y)."""
OPPOSITE: Final = {"up": "down", "down": "up", "left": "right", "right": "left"}
"""Which way the finger moves to look further in a direction."""
_KEYS: Final[Mapping[str, Key]] = {
    **{key: key for key in get_args(Key)},
    "app_switch": "recents",
    "recent": "recents",
    "overview": "recents",
    "return": "enter",
    "del": "delete",
    "backspace": "delete",
}
_MAX_WAIT_S: Final = 60.0
_PAIR_IN_TEXT: Final = 200
"""Characters of a text in which a point is looked for."""


def read_point(value: Any, view: View, grid: tuple[int, int]) -> Point:
    """The pixel that a model means by [x, y], a box [x1, y1, x2, y2], {"x": .., "y": ..} or a text with such numbers.

    Points outside of the screen become the nearest ones on it. Raises ValueError for what is no point.
    """
    x, y = _pair(value)
    return view.clamp(x * view.width / grid[0], y * view.height / grid[1])


def write_point(point: Point, view: View, grid: tuple[int, int]) -> tuple[int, int]:
    """The first cell of the grid whose pixel is not before the point."""
    return -(-point.x * grid[0] // view.width), -(-point.y * grid[1] // view.height)


def read_key(word: str) -> Key:
    """A key by its name, also by Android's: back, Enter, KEYCODE_VOLUME_UP. Raises ValueError for another."""
    name = re.sub(r"[\s-]+", "_", word.strip().lower()).removeprefix("keycode_")
    if name not in _KEYS:
        raise ValueError(f"no key '{word[:40]}'")
    return _KEYS[name]


def read_wait(seconds: Any) -> Wait:
    """A pause of at most a minute; raises ValueError for what is no number."""
    return Wait(seconds=min(max(number(seconds), 0.0), _MAX_WAIT_S))


def number(value: Any) -> float:
    """A finite number, also one that stands in a text; raises ValueError."""
    if isinstance(value, str):
        found = _NUMBER.search(value[:_PAIR_IN_TEXT])
        value = float(found[0]) if found else None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError("not a number")
    return float(value)


def stroke(middle: Point, way: str, view: View) -> Swipe:
    """A finger's way up, down, left or right over half of the screen around a point, as far as the screen reaches.

    Raises ValueError for another direction.
    """
    if way not in WAYS:
        raise ValueError(f"no direction '{way[:20]}'")
    dx, dy = WAYS[way]
    x = _inside(middle.x, view.width) if dx else middle.x
    y = _inside(middle.y, view.height) if dy else middle.y
    reach_x, reach_y = dx * view.width // 4, dy * view.height // 4
    return Swipe(start=view.clamp(x - reach_x, y - reach_y), end=view.clamp(x + reach_x, y + reach_y))


def _inside(value: int, extent: int) -> int:
    """The nearest middle around which the stroke keeps off the edges, where gestures belong to the system."""
    margin = extent // 4 + extent // 20
    return min(max(value, margin), extent - margin)


def _pair(value: Any) -> tuple[float, float]:
    if isinstance(value, str):
        value = _NUMBER.findall(value[:_PAIR_IN_TEXT])
    elif isinstance(value, Mapping):
        value = [value.get("x"), value.get("y")]
    elif isinstance(value, list | tuple) and len(value) == 1:
        return _pair(value[0])
    if not isinstance(value, list | tuple) or len(value) not in (2, 4):
        raise ValueError("a point is [x, y]")
    if isinstance(value[0], list | tuple):  # a box as two corners
        value = [part for corner in value for part in (corner if isinstance(corner, list | tuple) else ())]
        if len(value) != 4:
            raise ValueError("a point is [x, y]")
    numbers = [number(part) for part in value]
    if len(numbers) == 4:
        numbers = [(numbers[0] + numbers[2]) / 2, (numbers[1] + numbers[3]) / 2]
    return numbers[0], numbers[1]
