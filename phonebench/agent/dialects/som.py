"""Set of marks: the screenshot carries numbers, the model names one (source: AndroidLab's multimodal baseline).

A reply ends in one call: tap(3), text("..."), long_press(3), swipe(3, "up", "medium"), back(), home(), wait(2) or
finish("..."). Swipes start at the mark's middle; units.py tells how far they go.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from itertools import islice
from typing import Any, ClassVar, Final

from phonebench.agent import marks
from phonebench.agent.calls import MAX_REPLY, Call, find_calls
from phonebench.agent.dialects.base import Dialect, Language, Parsed, View, bad, has_frills, prompt_file, surroundings
from phonebench.agent.dialects.units import unit_stroke, words_of
from phonebench.agent.values import read_wait
from phonebench.schema.action import Action, Finish, LongPress, Point, PressKey, Swipe, Tap, TypeText, Wait
from phonebench.schema.observation import Bounds, Observation

_NAMES: Final = ("tap", "text", "long_press", "longpress", "long press", "swipe", "back", "home", "wait", "finish")
_MOST_MARKERS: Final = 20
_MARKERS: Final = re.compile(
    r"<\s?CALL(?:ED)?[_ -]?FUNC\w{0,12}\s?>|<answer>|^[ \t>*#]{0,20}Action(?:\*\*)?\s{0,9}[:：]|```[a-z]{0,20}\n?",
    re.I | re.M,
)
_LINE: Final = re.compile(rf"^[ \t>*`-]{{0,20}}(?=(?:{'|'.join(_NAMES)})\s{{0,9}}[(（])", re.I | re.M)


@dataclass(frozen=True)
class SetOfMarks(Dialect):
    """The dialect `som`."""

    name: ClassVar[str] = "som"

    def system_prompt(self, language: Language) -> str:
        """The way of answering, around the list of functions that dialects with marks share."""
        return prompt_file(self.name, language).replace("{functions}", prompt_file("som_functions", language))

    def look(self, observation: Observation) -> View:
        """The screenshot with a number on everything that can be touched."""
        seen = observation
        boxes = marks.choose(seen.ui, seen.width, seen.height)
        png = marks.draw(seen.png, boxes) if boxes else seen.png
        return View.of(seen, png=png, marks=boxes)

    def observation_text(self, view: View, language: Language) -> str:
        """The app in front, the keyboard, and how many marks there are."""
        most = len(view.marks)
        if language == "zh":
            carries = f"有 1 到 {most} 号标记" if most else "没有标记"
            return f"{surroundings(view, language)}屏幕截图上{carries}。"
        carries = f"the marks 1 to {most}" if most else "no marks"
        return f"{surroundings(view, language)} The screenshot carries {carries}."

    def parse(self, reply: str, view: View) -> Parsed:
        """The call after a tag, else after a fence or `Action:`, else the first on a line of its own, else any."""
        reply = reply[:MAX_REPLY]
        marked = sorted(islice(_MARKERS.finditer(reply), _MOST_MARKERS), key=lambda hit: not hit[0].startswith("<"))
        starts = [hit.end() for hit in (*marked, *islice(_LINE.finditer(reply), 1))]
        for start in (*starts, 0):
            call = next(find_calls(reply[start:], _NAMES, ("text", "message", "content", "answer")), None)
            if call is not None:
                thought = reply[: start + call.start].strip().removesuffix("Action:").strip()
                return Parsed(self._action(call, view, reply), thought)
        raise bad("no function call in the reply", reply)

    def render(self, action: Action, view: View) -> str:
        """One bare call; points must be the middle of a mark."""
        if has_frills(action):
            raise ValueError(f"{self.name} has no word for {action!r}")
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
                raise ValueError(f"{self.name} has no word for {action!r}")

    def _render_swipe(self, action: Swipe, view: View) -> str:
        way, distance = words_of(action, view)
        return f'swipe({_index(action.start, view)}, "{way}", "{distance}")'

    def _action(self, call: Call, view: View, reply: str) -> Action:
        try:
            return _build(call, view)
        except (KeyError, IndexError, TypeError, ValueError, OverflowError) as problem:
            raise bad(f"{call.name}: {problem}", reply) from problem


def _build(call: Call, view: View) -> Action:
    match call.name:
        case "tap":
            return Tap(at=_middle(_mark(call, view), view))
        case "long_press" | "longpress" | "long press":
            return LongPress(at=_middle(_mark(call, view), view))
        case "swipe":
            way = str(_argument(call, 1, "direction", "up"))
            distance = str(_argument(call, 2, "dist", call.kwargs.get("distance", "medium")))
            return unit_stroke(_middle(_mark(call, view), view), way, distance, view)
        case "text":
            return TypeText(text=str(_argument(call, 0, "text", call.kwargs.get("content"))))
        case "back" | "home":
            return PressKey(key=call.name)
        case "wait":
            return read_wait(_argument(call, 0, "seconds", 1))
        case _:
            return Finish(answer=str(_argument(call, 0, "message", call.kwargs.get("answer", ""))))


def _argument(call: Call, position: int, key: str, default: Any) -> Any:
    value = call.args[position] if position < len(call.args) else call.kwargs.get(key, default)
    if value is None:
        raise ValueError(f"{key} is missing")
    return value


def _mark(call: Call, view: View) -> Bounds:
    value = _argument(call, 0, "index", call.kwargs.get("element"))
    value = value[0] if isinstance(value, list | tuple) and len(value) == 1 else value
    if isinstance(value, bool) or not re.fullmatch(r"\d{1,4}(\.0)?", str(value).strip()):
        raise ValueError("a mark is a whole number")
    index = int(float(value))
    if not 1 <= index <= len(view.marks):
        raise ValueError(f"there is no mark {index}; the screen has 1 to {len(view.marks)}")
    return view.marks[index - 1]


def _middle(mark: Bounds, view: View) -> Point:
    return view.clamp(*mark.center)


def _index(point: Point, view: View) -> int:
    for index, mark in enumerate(view.marks, 1):
        if _middle(mark, view) == point:
            return index
    raise ValueError("som can only name the middle of a mark")
