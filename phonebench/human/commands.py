"""The words a person types to drive a phone: `tap 3`, `swipe up`, `type hello`. Pure: words in, an action out."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Final, get_args

from phonebench.agent.values import WAYS
from phonebench.schema.action import (
    Action,
    DoubleTap,
    Drag,
    Finish,
    Key,
    Launch,
    LongPress,
    Note,
    Point,
    PressKey,
    Swipe,
    Tap,
    TypeText,
    Wait,
)
from phonebench.schema.observation import Bounds

HELP: Final = """\
tap N | tap X Y       touch element N, or a point (pixels)      long, double      the same, held or twice
swipe up|down|left|right [N]    over the screen or element N    swipe X Y X Y     from point to point
drag X Y X Y          hold a thing, then carry it
type TEXT             into the focused field, emptied first     add TEXT          without emptying it
enter, back, home     and other keys: key NAME                  launch APP        by name or package
wait [SECONDS]        note TEXT                                 finish [ANSWER]   done;  fail [WHY]  given up"""
_REACH: Final = 0.25
"""Share of the extent that a swipe goes to either side of the middle."""
_MAX_WAIT_S: Final = 60.0
_KEYS: Final[tuple[Key, ...]] = get_args(Key)


class Unclear(ValueError):
    """Words that are no command; the text says what is missing."""


def parse(line: str, marks: Sequence[Bounds], width: int, height: int) -> Action:
    """The action of a typed line. `marks` are the numbered elements of a screen of width x height pixels.

    Raises Unclear and nothing else, whatever the text.
    """
    word, _, rest = line.strip().partition(" ")
    command = _COMMANDS.get(word.lower())
    if command is None:
        raise Unclear(f"unknown command {word[:40]!r}" if word else "type a command")
    return command(rest.strip(), _Screen(marks, width, height))


class _Screen:
    """Turns numbers and points into pixels that are on the screen."""

    def __init__(self, marks: Sequence[Bounds], width: int, height: int) -> None:
        self.marks = marks
        self.width = width
        self.height = height

    def point(self, words: str) -> Point:
        numbers = _numbers(words)
        if len(numbers) == 1:
            return self.pixel(*self.mark(numbers[0]).center)
        if len(numbers) == 2:
            return self.pixel(*numbers)
        raise Unclear("say an element's number, or x and y")

    def mark(self, number: float) -> Bounds:
        if number != int(number) or not 1 <= number <= len(self.marks):
            raise Unclear(f"there is no element {number:g}; the screen has 1 to {len(self.marks)}")
        return self.marks[int(number) - 1]

    def pixel(self, x: float, y: float) -> Point:
        return Point(x=int(min(max(x, 0), self.width - 1)), y=int(min(max(y, 0), self.height - 1)))


def _numbers(words: str) -> list[float]:
    parts = words.replace(",", " ").split()
    try:
        numbers = [float(part) for part in parts]
    except ValueError:
        raise Unclear(f"{words[:40]!r} are no numbers") from None
    if not all(math.isfinite(number) for number in numbers):
        raise Unclear("numbers have an end")
    return numbers


def _swipe(words: str, screen: _Screen) -> Action:
    way, _, rest = words.partition(" ")
    if way.lower() not in WAYS:
        numbers = _numbers(words)
        if len(numbers) != 4:
            raise Unclear("swipe up, down, left or right; or swipe x y x y")
        return Swipe(start=screen.pixel(*numbers[:2]), end=screen.pixel(*numbers[2:]))
    box = Bounds(0, 0, screen.width, screen.height)
    if rest.strip():
        numbers = _numbers(rest)
        if len(numbers) != 1:
            raise Unclear("swipe over one element")
        box = screen.mark(numbers[0])
    (x, y), (dx, dy) = box.center, WAYS[way.lower()]
    reach_x, reach_y = dx * _REACH * (box.right - box.left), dy * _REACH * (box.bottom - box.top)
    return Swipe(start=screen.pixel(x - reach_x, y - reach_y), end=screen.pixel(x + reach_x, y + reach_y))


def _drag(words: str, screen: _Screen) -> Action:
    numbers = _numbers(words)
    if len(numbers) != 4:
        raise Unclear("drag x y x y")
    return Drag(start=screen.pixel(*numbers[:2]), end=screen.pixel(*numbers[2:]))


def _key(words: str, _: _Screen) -> Action:
    name = next((key for key in _KEYS if key == words.lower()), None)
    if name is None:
        raise Unclear(f"keys: {', '.join(_KEYS)}")
    return PressKey(key=name)


def _wait(words: str, _: _Screen) -> Action:
    numbers = _numbers(words) or [1.0]
    if len(numbers) != 1:
        raise Unclear("wait for how many seconds?")
    return Wait(seconds=min(max(numbers[0], 0.0), _MAX_WAIT_S))


def _launch(words: str, _: _Screen) -> Action:
    if not words:
        raise Unclear("launch which app?")
    return Launch(app=words)


def _press(key: Key) -> Callable[[str, _Screen], Action]:
    return lambda _words, _screen: PressKey(key=key)


_COMMANDS: Final[Mapping[str, Callable[[str, _Screen], Action]]] = {
    "tap": lambda words, screen: Tap(at=screen.point(words)),
    "double": lambda words, screen: DoubleTap(at=screen.point(words)),
    "long": lambda words, screen: LongPress(at=screen.point(words)),
    "swipe": _swipe,
    "drag": _drag,
    "type": lambda words, _: TypeText(text=words),
    "add": lambda words, _: TypeText(text=words, clear=False),
    "key": _key,
    "enter": _press("enter"),
    "back": _press("back"),
    "home": _press("home"),
    "launch": _launch,
    "wait": _wait,
    "note": lambda words, _: Note(text=words),
    "finish": lambda words, _: Finish(answer=words),
    "fail": lambda words, _: Finish(answer=words, success=False),
}
