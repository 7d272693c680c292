"""The calls that AutoGLM and AndroidLab's text agents share: do(action="Tap", element=[..]) and finish(message="..").

Both write the same words and differ in what coordinates count: a grid over the screen, or its pixels. One reader serves
both and understands the whole vocabulary, so that a model which strays from its own half of it is still understood.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from phonebench.agent.calls import Call, find_calls
from phonebench.agent.dialects.base import View, bad
from phonebench.agent.dialects.units import unit_stroke
from phonebench.agent.values import read_point, read_wait
from phonebench.schema.action import (
    Action,
    DoubleTap,
    Finish,
    Launch,
    LongPress,
    Note,
    PressKey,
    Swipe,
    TakeOver,
    Tap,
    TypeText,
    Wait,
)
from phonebench.schema.observation import Bounds

Grid = tuple[int, int]
_TEXT_KEYS: Final = ("text", "message", "instruction", "answer")
_ANSWERS: Final = ("message", "answer", "text", "content")


def read_call(
    places: Sequence[str], reply: str, view: View, grid: Grid, elements: Mapping[int, Bounds] | None = None
) -> tuple[Action, Call]:
    """The first call in the first of `places`, parts of the reply, that holds one; raises BadAction.

    `elements` are rectangles that the call may name by number instead of writing them out.
    """
    for place in places:
        for call in find_calls(place, ("do", "finish"), _TEXT_KEYS):
            if elements and "element" in call.kwargs:
                box = _looked_up(call.kwargs["element"], elements)
                call = replace(call, kwargs={**call.kwargs, "element": box})
            return _action(call, view, grid, reply), call
    raise bad('no do(action=...) or finish(message="...") in the reply', reply)


def say(action: Action, point: Callable[[Any], str]) -> str:
    """One bare call; `point` writes a point. Raises ValueError for what has no word."""
    match action:
        case Tap() | LongPress() | DoubleTap():
            warning = getattr(action, "sensitive", None)
            message = "" if warning is None else f", message={quote(warning)}"
            return f'do(action="{_NAMES[action.type]}", element={point(action.at)}{message})'
        case Swipe():
            return f'do(action="Swipe", start={point(action.start)}, end={point(action.end)})'
        case TypeText():
            return f'do(action="Type", text={quote(action.text)})'
        case PressKey(key="back" | "home" | "enter"):
            return f'do(action="{action.key.title()}")'
        case Launch():
            return f'do(action="Launch", app={quote(action.app)})'
        case Wait():
            return f'do(action="Wait", duration="{action.seconds:g} seconds")'
        case Finish():
            return f"finish(message={quote(action.answer)})"
        case _:
            raise ValueError(f"do(...) has no word for {action!r}")


def quote(text: str) -> str:
    """A text as a Python and JSON string."""
    return json.dumps(text, ensure_ascii=False)


def _looked_up(element: Any, elements: Mapping[int, Bounds]) -> Any:
    """The rectangle of a number; anything else, and a number that is none of them, as it is."""
    lone = element[0] if isinstance(element, list | tuple) and len(element) == 1 else element
    number = str(lone).strip().removesuffix(".")
    box = elements.get(int(number)) if re.fullmatch(r"[0-9]{1,4}", number) else None
    return element if box is None else [box.left, box.top, box.right, box.bottom]


_NAMES: Final = {"tap": "Tap", "long_press": "Long Press", "double_tap": "Double Tap"}


def _action(call: Call, view: View, grid: Grid, reply: str) -> Action:
    if call.name == "finish":
        return Finish(answer=_text(call, *_ANSWERS))
    kind = str(call.kwargs.get("action", call.args[0] if call.args else ""))
    build = _ACTIONS.get(re.sub(r"[\s_-]+", "", kind).lower())
    if build is None:
        raise bad(f"no action '{kind[:40]}'", reply)
    try:
        return build(call, view, grid)
    except (KeyError, TypeError, ValueError, OverflowError) as problem:
        raise bad(f"{kind} lacks what it needs: {problem}", reply) from problem


def _text(call: Call, *keys: str) -> str:
    for key in keys:
        if call.kwargs.get(key) is not None:
            return str(call.kwargs[key])
    return str(call.args[-1]) if call.args and isinstance(call.args[-1], str | int | float) else ""


def _tap(call: Call, view: View, grid: Grid) -> Action:
    message = call.kwargs.get("message")
    sensitive = None if message is None else str(message)
    return Tap(at=read_point(call.kwargs["element"], view, grid), sensitive=sensitive)


def _swipe(call: Call, view: View, grid: Grid) -> Action:
    """From point to point, or in a direction from an element or the middle of the screen."""
    said = call.kwargs
    if "start" in said:
        return Swipe(start=read_point(said["start"], view, grid), end=read_point(said["end"], view, grid))
    element = said.get("element")
    middle = view.clamp(view.width // 2, view.height // 2)
    start = middle if element is None else read_point(element, view, grid)
    return unit_stroke(start, str(said["direction"]), str(said.get("dist") or said.get("distance") or "medium"), view)


def _wait(call: Call) -> Action:
    duration = re.search(r"\d{1,6}(\.\d{1,3})?", _text(call, "duration", "interval", "seconds"))
    return read_wait(float(duration[0]) if duration else 1.0)


_Build = Callable[[Call, View, Grid], Action]
_ACTIONS: Final[Mapping[str, _Build]] = {
    "launch": lambda call, _view, _grid: Launch(app=str(call.kwargs["app"])),
    "tap": _tap,
    "type": lambda call, _view, _grid: TypeText(text=str(call.kwargs["text"])),
    "typename": lambda call, _view, _grid: TypeText(text=str(call.kwargs["text"])),
    "swipe": _swipe,
    "longpress": lambda call, view, grid: LongPress(at=read_point(call.kwargs["element"], view, grid)),
    "doubletap": lambda call, view, grid: DoubleTap(at=read_point(call.kwargs["element"], view, grid)),
    "back": lambda _call, _view, _grid: PressKey(key="back"),
    "home": lambda _call, _view, _grid: PressKey(key="home"),
    "enter": lambda _call, _view, _grid: PressKey(key="enter"),
    "wait": lambda call, _view, _grid: _wait(call),
    "takeover": lambda call, _view, _grid: TakeOver(message=_text(call, "message")),
    "interact": lambda call, _view, _grid: TakeOver(message=_text(call, "message")),
    "note": lambda call, _view, _grid: Note(text=_text(call, "message", "text")),
    "callapi": lambda call, _view, _grid: Note(text=_text(call, "instruction", "message")),
    "finish": lambda call, _view, _grid: Finish(answer=_text(call, *_ANSWERS)),
}
