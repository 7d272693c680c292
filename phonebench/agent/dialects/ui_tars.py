"""What UI-TARS speaks on phones (source: the mobile prompt that ByteDance publishes with UI-TARS; facts in
docs/dialects.md).

A reply is `Thought: ...` and, on the next line, `Action: click(point='<point>500 250</point>')`. Models of version 1.0
count from 0 to 1000 over the screen, those of 1.5 in pixels of the picture as sent. `scroll` names the way in which the
content is looked through: down shows what is further down, so that the finger moves up.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final, Literal

from phonebench.agent.calls import MAX_REPLY, Call, find_calls
from phonebench.agent.dialects.base import Dialect, Language, Parsed, View, bad
from phonebench.agent.values import OPPOSITE, THOUSAND, read_point, read_wait, stroke, write_point
from phonebench.schema.action import (
    Action,
    DoubleTap,
    Drag,
    Finish,
    Launch,
    LongPress,
    Point,
    PressKey,
    Swipe,
    TakeOver,
    Tap,
    TypeText,
    Wait,
)

_SAME: Final[Mapping[str, str]] = {
    **{name: name for name in ("click", "long_press", "type", "scroll", "swipe", "drag", "open_app", "press_home")},
    **{name: name for name in ("press_back", "press_enter", "wait", "finished", "call_user")},
    "left_double": "double_click",
    "double_click": "double_click",
    "double_tap": "double_click",
    "tap": "click",
    "left_single": "click",
    "finish": "finished",
}
"""Names of functions, and other words for the same."""
_TEXT_KEYS: Final = ("content", "text", "app_name")
_TOUCHES: Final = {"tap": "click", "double_tap": "double_click", "long_press": "long_press"}
_POINT_KEYS: Final = ("point", "start_box", "start_point", "box", "coordinate")
_TYPING: Final = ("type", "finished", "finish", "call_user", "open_app")
_MARKER: Final = re.compile(r"(?:\*\*)?(?:Action|动作|操作|行动)(?:\*\*)?\s{0,9}[:：](?:\*\*)?", re.I)
_THOUGHT: Final = re.compile(r"^(?:\*\*)?(?:Thought|思考)(?:\*\*)?\s{0,9}[:：](?:\*\*)?|</?think>", re.I | re.M)
_POINT: Final = re.compile(
    r"[\"'“”‘’]?\s{0,9}(?:<point>|<\|box_start\|>|<bbox>)([^<>\n]{1,80})(?:</?point>|<\|box_end\|>|</?bbox>|(?=[\"')]))"
    r"\s{0,9}[\"'“”‘’]?",
    re.I,
)
_DIGITS: Final = re.compile(r"-?\d{1,9}(?:\.\d{1,9})?")
_LINE_BREAK: Final = ("\n", "\\n")


@dataclass(frozen=True)
class UiTars(Dialect):
    """The dialect `ui_tars`."""

    name: ClassVar[str] = "ui_tars"
    coordinates: Literal["thousand", "pixels"] = "pixels"
    """0..1000 (UI-TARS 1.0), or pixels of the picture as sent (1.5)."""

    def observation_text(self, view: View, language: Language) -> str:
        """The size that coordinates count in."""
        width, height = self._grid(view)
        return f"截图，坐标范围 {width} x {height}。" if language == "zh" else f"Screenshot, {width} x {height}."

    def parse(self, reply: str, view: View) -> Parsed:
        """The first call after `Action:`; where no such line is, the first call."""
        reply = reply[:MAX_REPLY]
        marker = _MARKER.search(reply)
        start = marker.end() if marker else 0
        call = _call(reply[start:])
        if call is None:
            raise bad("no action of ui_tars in the reply", reply)
        try:
            action = self._action(call, view)
        except (KeyError, IndexError, TypeError, ValueError, OverflowError) as problem:
            raise bad(f"{call.name}: {problem}", reply) from problem
        return Parsed(action, _THOUGHT.sub("", reply[: marker.start() if marker else call.start]).strip())

    def render(self, action: Action, view: View) -> str:
        """One line `Action: ...`."""
        return f"Action: {self._said(action, view)}"

    def _grid(self, view: View) -> tuple[int, int]:
        return THOUSAND if self.coordinates == "thousand" else view.sent

    def _said(self, action: Action, view: View) -> str:
        def at(point: Point) -> str:
            x, y = write_point(point, view, self._grid(view))
            return f"'<point>{x} {y}</point>'"

        match action:
            case Tap(sensitive=None) | DoubleTap() | LongPress():
                return f"{_TOUCHES[action.type]}(point={at(action.at)})"
            case Swipe():
                return self._scroll(action, view)
            case Drag():
                return f"drag(start_point={at(action.start)}, end_point={at(action.end)})"
            case TypeText(clear=False) if action.enter or not action.text.endswith(_LINE_BREAK):
                end = "\n" if action.enter else ""
                return f"type(content={_quote(action.text + end)})"
            case PressKey(key="back" | "home" | "enter"):
                return f"press_{action.key}()"
            case Launch():
                return f"open_app(app_name={_quote(action.app)})"
            case Wait():
                return f"wait(seconds={action.seconds:g})"
            case TakeOver():
                return f"call_user(content={_quote(action.message)})"
            case Finish(success=True):
                return f"finished(content={_quote(action.answer)})"
            case _:
                raise ValueError(f"ui_tars has no word for {action!r}")

    def _scroll(self, action: Swipe, view: View) -> str:
        """The point and direction that make this stroke; strokes at an edge are kept off it, so that also is tried."""
        grid = self._grid(view)
        middle = view.clamp((action.start.x + action.end.x) // 2, (action.start.y + action.end.y) // 2)
        x, y = write_point(middle, view, grid)
        for at in itertools.product((x, 0, grid[0] - 1), (y, 0, grid[1] - 1)):
            for way, finger in OPPOSITE.items():
                if stroke(read_point(at, view, grid), finger, view) == action:
                    return f"scroll(point='<point>{at[0]} {at[1]}</point>', direction='{way}')"
        raise ValueError("ui_tars has no word for this swipe")

    def _action(self, call: Call, view: View) -> Action:
        grid = self._grid(view)
        match call.name:
            case "click":
                return Tap(at=_at(call, view, grid))
            case "double_click":
                return DoubleTap(at=_at(call, view, grid))
            case "long_press":
                return LongPress(at=_at(call, view, grid))
            case "scroll":
                return _scroll(call, view, grid)
            case "drag" | "swipe" as name:
                end = read_point(_argument(call, 1, "end_point", "end_box"), view, grid)
                start = _at(call, view, grid)
                return Drag(start=start, end=end) if name == "drag" else Swipe(start=start, end=end)
            case _:
                return _spoken(call)


def _spoken(call: Call) -> Action:
    """Actions without a point."""
    match call.name:
        case "type":
            text = _text(call, "content", "text")
            return TypeText(text=text.removesuffix("\n"), clear=False, enter=text.endswith("\n"))
        case "open_app":
            return Launch(app=_text(call, "app_name", "app", "content"))
        case "press_home":
            return PressKey(key="home")
        case "press_back":
            return PressKey(key="back")
        case "press_enter":
            return PressKey(key="enter")
        case "wait":
            return read_wait(_argument(call, 0, "seconds", "time", default=1))
        case "call_user":
            return TakeOver(message=_text(call, "content", "message", default=""))
        case _:
            return Finish(answer=_text(call, "content", "answer", default=""))


def _at(call: Call, view: View, grid: tuple[int, int]) -> Point:
    if len(call.args) == 2 and not isinstance(call.args[0], str | list | tuple):
        return read_point(call.args, view, grid)
    if "x" in call.kwargs:
        return read_point(call.kwargs, view, grid)
    return read_point(_argument(call, 0, *_POINT_KEYS), view, grid)


def _scroll(call: Call, view: View, grid: tuple[int, int]) -> Swipe:
    """Half a screen around the point, or around the middle of the screen without one."""
    pointed = len(call.args) > 1 or any(key in call.kwargs for key in _POINT_KEYS)
    middle = _at(call, view, grid) if pointed else view.clamp(view.width // 2, view.height // 2)
    way = str(_argument(call, 1 if pointed else 0, "direction")).strip().lower()
    return stroke(middle, OPPOSITE.get(way, way), view)


def _call(text: str) -> Call | None:
    """The first call that can be read; points in the notations of the models become lists of numbers before."""
    first = next(find_calls(text, tuple(_SAME), _TEXT_KEYS), None)
    if first is None or first.name.lower() not in _TYPING:
        first = next(find_calls(_POINT.sub(_as_list, text), tuple(_SAME), _TEXT_KEYS), first)
    return None if first is None else Call(_SAME[first.name.lower()], first.args, first.kwargs, first.start)


def _as_list(point: re.Match[str]) -> str:
    return f"[{','.join(_DIGITS.findall(point[1])[:4])}]"


def _argument(call: Call, position: int, *keys: str, default: Any = None) -> Any:
    value = next((call.kwargs[key] for key in keys if key in call.kwargs), None)
    if value is None and position < len(call.args):
        value = call.args[position]
    if value is None and default is None:
        raise ValueError(f"{keys[0] if keys else 'point'} is missing")
    return default if value is None else value


def _text(call: Call, *keys: str, default: str | None = None) -> str:
    return str(_argument(call, 0, *keys, default=default))


def _quote(text: str) -> str:
    """A text in single quotes, as the models write it."""
    escaped = text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace("\r", "\\r")
    return f"'{escaped}'"
