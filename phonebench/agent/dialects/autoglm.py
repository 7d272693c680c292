"""What AutoGLM-Phone speaks (source: the published Open-AutoGLM client; facts in docs/dialects.md).

A reply is reasoning and one call, `<think>..</think><answer>do(action="Tap", element=[500,250])</answer>` or the same
without tags. Coordinates are whole numbers on a grid of 0..999 over the screen: pixel = value / 1000 * size.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from phonebench.agent.calls import Call, find_calls
from phonebench.agent.dialects.base import Dialect, Language, Parsed, View, bad
from phonebench.schema.action import (
    Action,
    DoubleTap,
    Finish,
    Launch,
    LongPress,
    Note,
    Point,
    PressKey,
    Swipe,
    TakeOver,
    Tap,
    TypeText,
    Wait,
)

GRID: Final = 1000
_TEXT_KEYS: Final = ("text", "message", "instruction")
_THINK: Final = re.compile(r"<think>(.*?)(?:</think>|<answer>|$)", re.S)
_ANSWER: Final = re.compile(r"<answer>(.*?)(?:</answer>|$)", re.S)
_MAX_WAIT_S: Final = 60.0


@dataclass(frozen=True)
class AutoGlm(Dialect):
    """The dialect `autoglm`."""

    name: ClassVar[str] = "autoglm"

    def task_text(self, instruction: str, language: Language) -> str:
        """The instruction as it is."""
        del language
        return instruction

    def observation_text(self, view: View, language: Language) -> str:
        """A line of JSON with the app in front."""
        head = "** 屏幕信息 **" if language == "zh" else "** Screen info **"
        return f"{head}\n{json.dumps({'current_app': view.app_name}, ensure_ascii=False)}"

    def parse(self, reply: str, view: View) -> Parsed:
        """The first call inside <answer>, else in the whole reply."""
        answer = _ANSWER.search(reply)
        places = [answer[1], reply] if answer else [reply]
        for place in places:
            for call in find_calls(place, ("do", "finish"), _TEXT_KEYS):
                return Parsed(self._action(call, view, reply), _thought(reply, call.start))
        raise bad('no do(action=...) or finish(message="...") in the reply', reply)

    def render(self, action: Action, view: View) -> str:
        """One bare call."""
        match action:
            case Tap():
                extra = f", message={_quote(action.sensitive)}" if action.sensitive is not None else ""
                return f'do(action="Tap", element={_grid(action.at, view)}{extra})'
            case DoubleTap():
                return f'do(action="Double Tap", element={_grid(action.at, view)})'
            case LongPress():
                return f'do(action="Long Press", element={_grid(action.at, view)})'
            case Swipe():
                return f'do(action="Swipe", start={_grid(action.start, view)}, end={_grid(action.end, view)})'
            case TypeText(clear=True, enter=False):
                return f'do(action="Type", text={_quote(action.text)})'
            case PressKey(key="back" | "home"):
                return f'do(action="{action.key.title()}")'
            case Launch():
                return f'do(action="Launch", app={_quote(action.app)})'
            case Wait():
                return f'do(action="Wait", duration="{action.seconds:g} seconds")'
            case TakeOver():
                return f'do(action="Take_over", message={_quote(action.message)})'
            case Note():
                return f'do(action="Note", message={_quote(action.text)})'
            case Finish(success=True):
                return f"finish(message={_quote(action.answer)})"
            case _:
                raise ValueError(f"autoglm has no word for {action.type}")

    def _action(self, call: Call, view: View, reply: str) -> Action:
        if call.name == "finish":
            return Finish(answer=_text(call, "message"))
        kind = str(call.kwargs.get("action", call.args[0] if call.args else ""))
        build = _ACTIONS.get(re.sub(r"[\s_-]+", "", kind).lower())
        if build is None:
            raise bad(f"no action '{kind[:40]}'", reply)
        try:
            return build(call, view)
        except (KeyError, TypeError, ValueError, OverflowError) as problem:
            raise bad(f"{kind} lacks what it needs: {problem}", reply) from problem


def _thought(reply: str, start: int) -> str:
    think = _THINK.search(reply)
    if think:
        return think[1].strip()
    head = reply.partition("<answer>")[0] if "<answer>" in reply else reply[:start]
    return head.strip()


def _text(call: Call, *keys: str) -> str:
    for key in keys:
        if key in call.kwargs:
            return str(call.kwargs[key])
    return str(call.args[-1]) if call.args and isinstance(call.args[-1], str) else ""


def _point(value: Any, view: View) -> Point:
    if not isinstance(value, list | tuple) or len(value) not in (2, 4):
        raise ValueError("a point is [x,y] on the grid of 0 to 999")
    if not all(isinstance(n, int | float) and not isinstance(n, bool) and math.isfinite(n) for n in value):
        raise ValueError("a point is two numbers")
    x, y = value if len(value) == 2 else ((value[0] + value[2]) / 2, (value[1] + value[3]) / 2)
    return view.clamp(x * view.width / GRID, y * view.height / GRID)


def _tap(call: Call, view: View) -> Action:
    message = call.kwargs.get("message")
    return Tap(at=_point(call.kwargs["element"], view), sensitive=None if message is None else str(message))


def _wait(call: Call, view: View) -> Action:
    del view
    number = re.search(r"\d{1,6}(\.\d{1,3})?", str(call.kwargs.get("duration", "")))
    return Wait(seconds=min(float(number[0]), _MAX_WAIT_S) if number else 1.0)


def _typed(call: Call, view: View) -> Action:
    del view
    return TypeText(text=str(call.kwargs["text"]))


_ACTIONS: Final[Mapping[str, Callable[[Call, View], Action]]] = {
    "launch": lambda call, _view: Launch(app=str(call.kwargs["app"])),
    "tap": _tap,
    "type": _typed,
    "typename": _typed,
    "swipe": lambda c, v: Swipe(start=_point(c.kwargs["start"], v), end=_point(c.kwargs["end"], v)),
    "longpress": lambda call, view: LongPress(at=_point(call.kwargs["element"], view)),
    "doubletap": lambda call, view: DoubleTap(at=_point(call.kwargs["element"], view)),
    "back": lambda _call, _view: PressKey(key="back"),
    "home": lambda _call, _view: PressKey(key="home"),
    "wait": _wait,
    "takeover": lambda call, _view: TakeOver(message=_text(call, "message")),
    "interact": lambda call, _view: TakeOver(message=_text(call, "message")),
    "note": lambda call, _view: Note(text=_text(call, "message", "text")),
    "callapi": lambda call, _view: Note(text=_text(call, "instruction", "message")),
    "finish": lambda call, _view: Finish(answer=_text(call, "message")),
}


def _grid(point: Point, view: View) -> str:
    """The smallest grid cell whose pixel is not before the point."""
    return f"[{math.ceil(point.x * GRID / view.width)},{math.ceil(point.y * GRID / view.height)}]"


def _quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
