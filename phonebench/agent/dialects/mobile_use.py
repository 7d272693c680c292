"""What Qwen-VL models and their relatives speak on phones (source: the `mobile_use` function that Qwen publishes with
Qwen2.5-VL and Qwen3-VL; facts in docs/dialects.md).

One function, whose argument `action` says what to do: `<tool_call>{"name": "mobile_use", "arguments": {"action":
"click", "coordinate": [540, 1200]}}</tool_call>`. Qwen2.5-VL counts in pixels of the picture as sent, Qwen3-VL from 0
to 1000. The function is described in the system prompt as the models' chat template does, or given as a native tool.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final, Literal

from phonebench.agent.dialects.base import Dialect, Language, Parsed, View, prompt_file, surroundings
from phonebench.agent.json_calls import JsonCall, find_json_calls, first_action
from phonebench.agent.values import OPPOSITE, THOUSAND, number, read_key, read_point, read_wait, stroke, write_point
from phonebench.schema.action import (
    Action,
    DoubleTap,
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

FUNCTION: Final = "mobile_use"
_ACTIONS: Final = (
    *("click", "long_press", "double_click", "swipe", "type", "key", "system_button", "open", "wait"),
    *("answer", "terminate"),
)
_SAME: Final[Mapping[str, str]] = {
    "tap": "click",
    "left_click": "click",
    "longpress": "long_press",
    "long_click": "long_press",
    "double_tap": "double_click",
    "doubleclick": "double_click",
    "input_text": "type",
    "type_text": "type",
    "open_app": "open",
    "launch": "open",
    "press": "key",
    "press_key": "key",
    "press_button": "system_button",
    "finish": "terminate",
    "finished": "terminate",
    "interact": "call_user",
}
"""Other words for the same, as models mix them up."""
_Given = Mapping[str, Any]
_Grid = tuple[int, int]
_PROPERTIES: Final[Mapping[str, Any]] = {
    "action": {"type": "string", "enum": list(_ACTIONS)},
    "coordinate": {"type": "array", "items": {"type": "number"}},
    "coordinate2": {"type": "array", "items": {"type": "number"}},
    "direction": {"type": "string", "enum": ["up", "down", "left", "right"]},
    "text": {"type": "string"},
    "clear": {"type": "boolean"},
    "button": {"type": "string", "enum": ["Back", "Home", "Menu", "Enter"]},
    "time": {"type": "number"},
    "status": {"type": "string", "enum": ["success", "failure"]},
}
_ABOUT: Final[Mapping[Language, Mapping[str, str]]] = {
    "en": {
        "coordinate": "[x, y]",
        "coordinate2": "[x, y] where a swipe ends",
        "clear": "type: empty the field first",
        "time": "seconds",
    },
    "zh": {
        "coordinate": "[x, y]",
        "coordinate2": "滑动终点 [x, y]",
        "clear": "type：先清空输入框",
        "time": "秒数",
    },
}
"""What is said of some of them."""


@dataclass(frozen=True)
class MobileUse(Dialect):
    """The dialect `mobile_use`."""

    name: ClassVar[str] = "mobile_use"
    coordinates: Literal["pixels", "thousand"] = "pixels"
    """Pixels of the picture as sent (Qwen2.5-VL), or 0..1000 (Qwen3-VL)."""
    calls: Literal["text", "native"] = "text"
    """The function stands in the system prompt, or is a tool of the chat API."""

    def system_prompt(self, language: Language) -> str:
        """The actions; for calls as text also the function's schema."""
        prompt = prompt_file(self.name, language)
        if self.calls == "native":
            return prompt
        schema = json.dumps(_schema(language), ensure_ascii=False)
        return f"{prompt}\n\n{prompt_file('mobile_use_text', language).replace('{function}', schema)}"

    def observation_text(self, view: View, language: Language) -> str:
        """The app in front, the keyboard, and the size that coordinates count in."""
        width, height = self._grid(view)
        if language == "zh":
            return f"{surroundings(view, language)}坐标范围：x 为 0 到 {width - 1}，y 为 0 到 {height - 1}。"
        return f"{surroundings(view, language)} Coordinates: x from 0 to {width - 1}, y from 0 to {height - 1}."

    def tools(self, language: Language, view: View) -> Sequence[Mapping[str, Any]] | None:
        """The one function, for native calls."""
        del view
        return [_schema(language)] if self.calls == "native" else None

    def parse(self, reply: str, view: View) -> Parsed:
        """The first call of the function that says something."""
        calls = find_json_calls(reply, (FUNCTION, *_ACTIONS, *_SAME), ("action",))
        return first_action(reply, calls, lambda call: self._action(call, view), "no call of mobile_use in the reply")

    def render(self, action: Action, view: View) -> str:
        """One `<tool_call>` block."""
        written = json.dumps({"name": FUNCTION, "arguments": self._arguments(action, view)}, ensure_ascii=False)
        return f"<tool_call>\n{written}\n</tool_call>"

    def _grid(self, view: View) -> tuple[int, int]:
        return THOUSAND if self.coordinates == "thousand" else view.sent

    def _arguments(self, action: Action, view: View) -> dict[str, Any]:
        grid = self._grid(view)
        match action:
            case Tap(sensitive=None):
                return {"action": "click", "coordinate": write_point(action.at, view, grid)}
            case DoubleTap():
                return {"action": "double_click", "coordinate": write_point(action.at, view, grid)}
            case LongPress():
                return {"action": "long_press", "coordinate": write_point(action.at, view, grid)}
            case Swipe():
                start, end = write_point(action.start, view, grid), write_point(action.end, view, grid)
                return {"action": "swipe", "coordinate": start, "coordinate2": end}
            case TypeText(enter=False):
                return {"action": "type", "text": action.text} | ({"clear": True} if action.clear else {})
            case PressKey(key="back" | "home" | "menu" | "enter"):
                return {"action": "system_button", "button": action.key.title()}
            case PressKey():
                return {"action": "key", "text": action.key}
            case Launch():
                return {"action": "open", "text": action.app}
            case Wait():
                return {"action": "wait", "time": action.seconds}
            case Finish(answer=""):
                return {"action": "terminate", "status": "success" if action.success else "failure"}
            case Finish(success=True):
                return {"action": "answer", "text": action.answer}
            case _:
                raise ValueError(f"mobile_use has no word for {action!r}")

    def _action(self, call: JsonCall, view: View) -> Action:
        word = str(call.arguments.get("action", "" if call.name == FUNCTION else call.name))
        kind = re.sub(r"[\s-]+", "_", word.strip().lower())
        build = _BUILD.get(_SAME.get(kind, kind))
        if build is None:
            raise ValueError(f"no action '{word[:40]}'")
        return build(call.arguments, view, self._grid(view))


def _at(given: _Given, view: View, grid: _Grid) -> Point:
    return read_point(_first(given, "coordinate", "point", "position"), view, grid)


def _long_press(given: _Given, view: View, grid: _Grid) -> Action:
    held = number(given["time"]) if "time" in given else 1.0
    return LongPress(at=_at(given, view, grid), duration_ms=int(min(max(held, 0.5), 10.0) * 1000))


def _swipe(given: _Given, view: View, grid: _Grid) -> Action:
    """From point to point, or in the direction of the finger."""
    start = _first(given, "coordinate", "coordinate1", "start_coordinate")
    end = _first(given, "coordinate2", "end_coordinate")
    if end is not None:
        return Swipe(start=read_point(start, view, grid), end=read_point(end, view, grid))
    middle = view.clamp(view.width // 2, view.height // 2) if start is None else read_point(start, view, grid)
    return stroke(middle, _text(given, "direction").strip().lower(), view)


def _scroll(given: _Given, view: View, grid: _Grid) -> Action:
    """A word of relatives: the direction is that of the content."""
    way = _text(given, "direction").strip().lower()
    return _swipe({**given, "direction": OPPOSITE.get(way, way)}, view, grid)


def _key(given: _Given, view: View, grid: _Grid) -> Action:
    del view, grid
    word = _text(given, "text", "button", "key")
    return TypeText(text="") if word.strip().lower() == "clear" else PressKey(key=read_key(word))


def _terminate(given: _Given, view: View, grid: _Grid) -> Action:
    del view, grid
    failed = str(given.get("status", "success")).strip().lower() in ("failure", "fail", "failed")
    return Finish(answer=str(_first(given, "text", "answer") or ""), success=not failed)


_BUILD: Final[Mapping[str, Callable[[_Given, View, _Grid], Action]]] = {
    "click": lambda given, view, grid: Tap(at=_at(given, view, grid)),
    "double_click": lambda given, view, grid: DoubleTap(at=_at(given, view, grid)),
    "long_press": _long_press,
    "swipe": _swipe,
    "scroll": _scroll,
    "type": lambda g, _view, _grid: TypeText(text=_text(g, "text", "content"), clear=g.get("clear") is True),
    "key": _key,
    "system_button": _key,
    "back": lambda *_: PressKey(key="back"),
    "home": lambda *_: PressKey(key="home"),
    "enter": lambda *_: PressKey(key="enter"),
    "open": lambda given, _view, _grid: Launch(app=_text(given, "text", "app", "app_name")),
    "wait": lambda given, _view, _grid: read_wait(given.get("time", 1)),
    "answer": lambda given, _view, _grid: Finish(answer=_text(given, "text", "answer", "content")),
    "terminate": _terminate,
    "call_user": lambda given, _view, _grid: TakeOver(message=str(given.get("text", ""))),
}


def _first(given: Mapping[str, Any], *keys: str) -> Any:
    return next((given[key] for key in keys if key in given), None)


def _text(given: Mapping[str, Any], *keys: str) -> str:
    value = _first(given, *keys)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError(f"{keys[0]} is missing")
    return str(value)


def _schema(language: Language) -> dict[str, Any]:
    does = "操作一部安卓手机" if language == "zh" else "Operate an Android phone"
    about = _ABOUT[language]
    told = {key: kind | ({"description": about[key]} if key in about else {}) for key, kind in _PROPERTIES.items()}
    parameters = {"type": "object", "properties": told, "required": ["action"]}
    return {"type": "function", "function": {"name": FUNCTION, "description": does, "parameters": parameters}}
