"""Native tool calls, for general models (source: the tools of the chat-completions API; facts in docs/dialects.md).

One function for each action. The classes below are the one table of them: their JSON schemas are what the model gets
to see, and what its arguments are checked against. Points are pixels of the picture as sent.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from phonebench.agent.dialects.base import Dialect, Language, Parsed, View, surroundings
from phonebench.agent.json_calls import JsonCall, find_json_calls, first_action
from phonebench.agent.values import read_key, read_point, read_wait, write_point
from phonebench.schema import action as actions
from phonebench.schema.action import ACTION, Action, Key
from phonebench.schema.base import Record

Pixel = Annotated[float, Field(allow_inf_nan=False, json_schema_extra={"type": "integer"})]
KeyName = Annotated[Key, BeforeValidator(lambda word: read_key(str(word)))]
_POINTS: Final = {"at": ("x", "y"), "start": ("x1", "y1"), "end": ("x2", "y2")}
"""Which arguments make the points of an action; all others have the names of the action's own fields."""

_SENSITIVE: Final = "only if the touch pays or gives away private data: what it does"


class _Function(BaseModel):
    """A function of the table. Its docstring is the description that models read, `makes` the action that it means."""

    model_config = ConfigDict(coerce_numbers_to_str=True)
    makes: ClassVar[type[Record]]


class Tap(_Function):
    """Touch a point, the middle of the thing that is meant."""

    makes = actions.Tap
    x: Pixel
    y: Pixel
    sensitive: Annotated[str | None, Field(description=_SENSITIVE)] = None


class DoubleTap(_Function):
    """Touch a point twice in quick succession."""

    makes = actions.DoubleTap
    x: Pixel
    y: Pixel


class LongPress(_Function):
    """Touch a point and hold it for a second."""

    makes = actions.LongPress
    x: Pixel
    y: Pixel


class Swipe(_Function):
    """Move a finger from (x1, y1) to (x2, y2); upwards to see what is further down."""

    makes = actions.Swipe
    x1: Pixel
    y1: Pixel
    x2: Pixel
    y2: Pixel


class Drag(_Function):
    """Hold the thing at (x1, y1) and carry it to (x2, y2)."""

    makes = actions.Drag
    x1: Pixel
    y1: Pixel
    x2: Pixel
    y2: Pixel


class TypeText(_Function):
    """Put text into the field that has the focus; tap the field before if it has none."""

    makes = actions.TypeText
    text: str
    clear: Annotated[bool, Field(description="empty the field first")] = True
    enter: Annotated[bool, Field(description="press enter afterwards")] = False


class PressKey(_Function):
    """Press a key of the phone; back also closes dialogs and the keyboard."""

    makes = actions.PressKey
    key: KeyName


class OpenApp(_Function):
    """Open an app by its name; quicker than looking for its icon."""

    makes = actions.Launch
    app: str


class Wait(_Function):
    """Let the page load."""

    makes = actions.Wait
    seconds: Annotated[float, BeforeValidator(lambda seconds: read_wait(seconds).seconds)] = 1.0


class Note(_Function):
    """Keep something from this page for later."""

    makes = actions.Note
    text: str


class AskUser(_Function):
    """Hand over to the user: a login, a password, a puzzle, or a choice that only the user can make."""

    makes = actions.TakeOver
    message: str = ""


class Finish(_Function):
    """End the task. If the user asked a question, `answer` must hold the full answer."""

    makes = actions.Finish
    answer: str = ""
    success: Annotated[bool, Field(description="false when the task cannot be done")] = True


FUNCTIONS: Final[Mapping[str, type[_Function]]] = {
    "tap": Tap,
    "double_tap": DoubleTap,
    "long_press": LongPress,
    "swipe": Swipe,
    "drag": Drag,
    "type_text": TypeText,
    "press_key": PressKey,
    "open_app": OpenApp,
    "wait": Wait,
    "note": Note,
    "ask_user": AskUser,
    "finish": Finish,
}

_IN_CHINESE: Final[Mapping[str, str]] = {
    "tap": "点击一点，即目标元素的中心。",
    "tap.sensitive": "仅在点击会付款或泄露隐私时填写：说明会发生什么",
    "double_tap": "快速连续点击同一点两次。",
    "long_press": "按住一点一秒。",
    "swipe": "手指从 (x1, y1) 滑到 (x2, y2)；向上滑可以看到下方内容。",
    "drag": "按住 (x1, y1) 处的物体，拖到 (x2, y2)。",
    "type_text": "在已获得焦点的输入框中输入文字；没有焦点时请先点击输入框。",
    "type_text.clear": "先清空输入框",
    "type_text.enter": "输入后按回车",
    "press_key": "按手机的按键；back 也可关闭弹窗和键盘。",
    "open_app": "按名称打开应用，比在桌面找图标更快。",
    "wait": "等待页面加载。",
    "note": "记下本页内容备用。",
    "ask_user": "交给用户处理：登录、密码、验证，或只有用户能做的选择。",
    "finish": "结束任务。若用户提出了问题，answer 必须写出完整答案。",
    "finish.success": "任务无法完成时为 false",
}
"""The descriptions of functions, and of arguments that have one."""


@dataclass(frozen=True)
class Tools(Dialect):
    """The dialect `tools`."""

    name: ClassVar[str] = "tools"

    def observation_text(self, view: View, language: Language) -> str:
        """The app in front, the keyboard, and the size that coordinates count in."""
        width, height = view.sent
        if language == "zh":
            return f"{surroundings(view, language)}截图大小为 {width} x {height} 像素。"
        return f"{surroundings(view, language)} The screenshot is {width} x {height} pixels."

    def tools(self, language: Language, view: View) -> Sequence[Mapping[str, Any]] | None:
        """One function for each action."""
        del view
        return [_schema(name, function, language) for name, function in FUNCTIONS.items()]

    def parse(self, reply: str, view: View) -> Parsed:
        """The first call with arguments that fit."""
        calls = find_json_calls(reply, tuple(FUNCTIONS))
        return first_action(reply, calls, lambda call: _action(call, view), "no tool call in the reply")

    def render(self, action: Action, view: View) -> str:
        """One call as native ones reach `parse`: a `<tool_call>` block."""
        name, arguments = _said(action, view)
        written = json.dumps({"name": name, "arguments": arguments}, ensure_ascii=False)
        return f"<tool_call>{written}</tool_call>"


def _action(call: JsonCall, view: View) -> Action:
    function = FUNCTIONS.get(call.name)
    if function is None:
        raise ValueError(f"there is no function '{call.name[:40]}'")
    given = function.model_validate(_placed(call.arguments, function)).model_dump()
    axes = {axis for pair in _POINTS.values() for axis in pair}
    fields: dict[str, Any] = {key: value for key, value in given.items() if key not in axes}
    for key, (x, y) in _POINTS.items():
        if x in given:
            fields[key] = read_point((given[x], given[y]), view, view.sent)
    return ACTION.validate_python(function.makes(**fields))


def _placed(given: Mapping[str, Any], function: type[_Function]) -> Mapping[str, Any]:
    """Arguments with x and y of their own, where a model gave a point as [x, y]."""
    for key in ("coordinate", "point", "position", "at"):
        point = given.get(key)
        if "x" in function.model_fields and "x" not in given and isinstance(point, list) and len(point) == 2:
            return {**given, "x": point[0], "y": point[1]}
    return given


def _said(action: Action, view: View) -> tuple[str, dict[str, Any]]:
    name, function = next(entry for entry in FUNCTIONS.items() if entry[1].makes is type(action))
    places = {key: write_point(getattr(action, key), view, view.sent) for key in _POINTS if hasattr(action, key)}
    axes = {axis: place for key, at in places.items() for axis, place in zip(_POINTS[key], at, strict=True)}
    said = {key: axes[key] if key in axes else getattr(action, key) for key in function.model_fields}
    return name, {key: value for key, value in said.items() if value is not None}


def _schema(name: str, function: type[_Function], language: Language) -> dict[str, Any]:
    parameters = function.model_json_schema()
    about = parameters.pop("description")
    parameters.pop("title")
    for key, field in parameters.get("properties", {}).items():
        field.pop("title", None)
        if language == "zh" and "description" in field:
            field["description"] = _IN_CHINESE[f"{name}.{key}"]
    about = _IN_CHINESE[name] if language == "zh" else about
    return {"type": "function", "function": {"name": name, "description": about, "parameters": parameters}}
