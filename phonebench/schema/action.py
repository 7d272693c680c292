"""Actions: what an agent may do to a phone. Coordinates are device pixels, origin top left."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from phonebench.schema.base import Record

Key = Literal["back", "home", "enter", "recents", "delete", "menu", "volume_up", "volume_down", "power"]


class Point(Record):
    """A pixel on the screen."""

    x: int
    y: int


class Tap(Record):
    """A short touch. `sensitive` holds the model's own warning (payment, privacy), if it gave one."""

    type: Literal["tap"] = "tap"
    at: Point
    sensitive: str | None = None


class DoubleTap(Record):
    """Two touches in quick succession."""

    type: Literal["double_tap"] = "double_tap"
    at: Point


class LongPress(Record):
    """A touch held for `duration_ms` milliseconds."""

    type: Literal["long_press"] = "long_press"
    at: Point
    duration_ms: int = 1000


class Swipe(Record):
    """A straight stroke from `start` to `end` in `duration_ms` milliseconds."""

    type: Literal["swipe"] = "swipe"
    start: Point
    end: Point
    duration_ms: int = 400


class Drag(Record):
    """Press, hold, move, release: moves a thing instead of scrolling."""

    type: Literal["drag"] = "drag"
    start: Point
    end: Point
    duration_ms: int = 1000


class TypeText(Record):
    """Text into the focused field; `clear` empties it first, `enter` presses the enter key afterwards."""

    type: Literal["type"] = "type"
    text: str
    clear: bool = True
    enter: bool = False


class PressKey(Record):
    """A hardware or system key."""

    type: Literal["key"] = "key"
    key: Key


class Launch(Record):
    """Bring an app to the front, by label or package."""

    type: Literal["launch"] = "launch"
    app: str


class Wait(Record):
    """Do nothing for `seconds`."""

    type: Literal["wait"] = "wait"
    seconds: float = 1.0


class Note(Record):
    """Something the model wants to remember or have summarised; does not touch the phone."""

    type: Literal["note"] = "note"
    text: str


class TakeOver(Record):
    """The model asks for a person (login, captcha, a choice)."""

    type: Literal["take_over"] = "take_over"
    message: str = ""


class Finish(Record):
    """The agent ends the episode. `answer` is what it tells the user; `success` what it claims."""

    type: Literal["finish"] = "finish"
    answer: str = ""
    success: bool = True


Action = Annotated[
    Tap | DoubleTap | LongPress | Swipe | Drag | TypeText | PressKey | Launch | Wait | Note | TakeOver | Finish,
    Field(discriminator="type"),
]
ACTION: TypeAdapter[Action] = TypeAdapter(Action)


def touches(action: Action) -> bool:
    """True for actions that do something to the phone."""
    return not isinstance(action, Note | TakeOver | Finish)


def in_words(action: Action) -> str:
    """An action on one line: `tap 540,1200`, `type "milk"`."""
    told = action.model_dump(exclude_none=True, exclude_defaults=True, exclude={"type", "sensitive", "duration_ms"})
    return " ".join([action.type.replace("_", " "), *(_value(name, value) for name, value in told.items())])


def _value(name: str, value: Any) -> str:
    if isinstance(value, dict):
        place = f"{value['x']},{value['y']}"
        return f"to {place}" if name == "end" else place
    return f'"{value}"' if isinstance(value, str) else f"{name}={value}"
