"""Set of marks: the screenshot carries numbers, the model names one (source: AndroidLab's multimodal baseline).

A reply ends in one call: tap(3), text("..."), long_press(3), swipe(3, "up", "medium"), back(), home(), wait(2) or
finish("..."). Swipes start at the mark's middle and travel in the direction of the finger: a unit is a tenth of the
screen's width; short is 1 unit, medium 2, long 10; vertical ones are twice as long.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from phonebench.agent import marks
from phonebench.agent.calls import Call, find_calls
from phonebench.agent.dialects.base import Dialect, Language, Parsed, View, bad, surroundings
from phonebench.schema.action import Action, Finish, LongPress, Point, PressKey, Swipe, Tap, TypeText, Wait
from phonebench.schema.observation import Bounds, Observation

_NAMES: Final = ("tap", "text", "long_press", "swipe", "back", "home", "wait", "finish")
_UNITS: Final = {"short": 1, "medium": 2, "long": 10}
_WAYS: Final = {"up": (0, -1), "down": (0, 1), "left": (-1, 0), "right": (1, 0)}
_MARKERS: Final = re.compile(
    r"<CALLED_FUNCTION>|<answer>|(?:^|\n)\s*(?:\*\*)?Action(?:\*\*)?\s*[:：]|```[a-z]*\n?", re.I
)
_LINE: Final = re.compile(rf"^[\s>*`-]*(?={'|'.join(_NAMES)}\s*[(（])", re.M)
_MAX_WAIT_S: Final = 60.0


@dataclass(frozen=True)
class SetOfMarks(Dialect):
    """The dialect `som`."""

    name: ClassVar[str] = "som"

    def look(self, observation: Observation) -> View:
        """The screenshot with a number on everything that can be touched."""
        seen = observation
        boxes = marks.choose(seen.ui, seen.width, seen.height)
        png = marks.draw(seen.png, boxes) if boxes else seen.png
        return View.of(seen, png=png, marks=boxes)

    def observation_text(self, view: View, language: Language) -> str:
        """The app in front, the keyboard, and how many marks there are."""
        if language == "zh":
            return f"{surroundings(view, language)}屏幕截图上有 1 到 {len(view.marks)} 号标记。"
        return f"{surroundings(view, language)} The screenshot carries the marks 1 to {len(view.marks)}."

    def parse(self, reply: str, view: View) -> Parsed:
        """The call after a marker (tag, code fence, `Action:`), else the first on a line of its own, else the first."""
        reply = reply[:100_000]
        starts = [hit.end() for hit in _MARKERS.finditer(reply)][:20]
        starts += [hit.end() for hit in _LINE.finditer(reply)][:1]
        for start in (*starts, 0):
            call = next(find_calls(reply[start:], _NAMES, ("text", "message", "content", "answer")), None)
            if call is not None:
                thought = reply[: start + call.start].strip().removesuffix("Action:").strip()
                return Parsed(self._action(call, view, reply), thought)
        raise bad("no function call in the reply", reply)

    def render(self, action: Action, view: View) -> str:
        """One bare call; points must be the middle of a mark."""
        match action:
            case Tap():
                return f"tap({_index(action.at, view)})"
            case LongPress():
                return f"long_press({_index(action.at, view)})"
            case Swipe():
                return self._render_swipe(action, view)
            case TypeText(clear=True, enter=False):
                return f"text({json.dumps(action.text, ensure_ascii=False)})"
            case PressKey(key="back" | "home"):
                return f"{action.key}()"
            case Wait():
                return f"wait({action.seconds:g})"
            case Finish(success=True):
                return f"finish({json.dumps(action.answer, ensure_ascii=False)})"
            case _:
                raise ValueError(f"som has no word for {action.type}")

    def _render_swipe(self, action: Swipe, view: View) -> str:
        index = _index(action.start, view)
        for way in _WAYS:
            for distance in _UNITS:
                if _stroke(view.marks[index - 1], way, distance, view) == action:
                    return f'swipe({index}, "{way}", "{distance}")'
        raise ValueError("som has no word for this swipe")

    def _action(self, call: Call, view: View, reply: str) -> Action:
        try:
            return _build(call, view)
        except (KeyError, IndexError, TypeError, ValueError, OverflowError) as problem:
            raise bad(f"{call.name}: {problem}", reply) from problem


def _build(call: Call, view: View) -> Action:
    match call.name:
        case "tap":
            return Tap(at=_middle(_mark(call, view), view))
        case "long_press":
            return LongPress(at=_middle(_mark(call, view), view))
        case "swipe":
            way = str(_argument(call, 1, "direction", "up")).strip().lower()
            distance = str(_argument(call, 2, "dist", call.kwargs.get("distance", "medium"))).strip().lower()
            return _stroke(_mark(call, view), way, distance, view)
        case "text":
            return TypeText(text=str(_argument(call, 0, "text", call.kwargs.get("content"))))
        case "back" | "home":
            return PressKey(key=call.name)
        case "wait":
            seconds = float(_argument(call, 0, "seconds", 1))
            if not math.isfinite(seconds):
                raise ValueError("not a time")
            return Wait(seconds=min(max(seconds, 0.0), _MAX_WAIT_S))
        case _:
            return Finish(answer=str(_argument(call, 0, "message", call.kwargs.get("answer", ""))))


def _argument(call: Call, position: int, key: str, default: Any) -> Any:
    value = call.args[position] if position < len(call.args) else call.kwargs.get(key, default)
    if value is None:
        raise ValueError(f"{key} is missing")
    return value


def _mark(call: Call, view: View) -> Bounds:
    value = _argument(call, 0, "index", None)
    if isinstance(value, bool) or not re.fullmatch(r"\d{1,4}(\.0)?", str(value).strip()):
        raise ValueError("a mark is a whole number")
    index = int(float(value))
    if not 1 <= index <= len(view.marks):
        raise ValueError(f"there is no mark {index}; the screen has 1 to {len(view.marks)}")
    return view.marks[index - 1]


def _middle(mark: Bounds, view: View) -> Point:
    return view.clamp(*mark.center)


def _stroke(mark: Bounds, way: str, distance: str, view: View) -> Swipe:
    if way not in _WAYS or distance not in _UNITS:
        raise ValueError(f"no swipe '{way[:20]}', '{distance[:20]}'")
    start = _middle(mark, view)
    dx, dy = _WAYS[way]
    length = _UNITS[distance] * view.width // 10
    return Swipe(start=start, end=view.clamp(start.x + dx * length, start.y + dy * length * 2))


def _index(point: Point, view: View) -> int:
    for index, mark in enumerate(view.marks, 1):
        if _middle(mark, view) == point:
            return index
    raise ValueError("som can only name the middle of a mark")
