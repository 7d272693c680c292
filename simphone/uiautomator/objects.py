"""Methods that speak of an object on the screen, named by a selector.

Waiting takes no time of the host: the phone's own clock moves on until the object is there, or gone, or time is over.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from simphone.phone.phone import Phone
from simphone.uiautomator.device import drag, milliseconds
from simphone.uiautomator.nodes import Node, roots
from simphone.uiautomator.selector import child_name, find

Json = Any
_WAIT_STEP_MS: Final = 100
_MAX_WAIT_MS: Final = 3_600_000
_MOST_SWIPES: Final = 30
"""Of a search, as UiScrollable's default."""
_DEAD_ZONE: Final = 0.1
"""Of a scroller's edge, where UiScrollable does not touch."""
_FLING_STEPS: Final = 5
_SCROLL_STEPS: Final = 55
_LONG_MS: Final = 600


class ObjectNotFound(Exception):
    """No node answers to a selector."""


def first(phone: Phone, selector: Json) -> Node:
    """The object that is meant. Raises ObjectNotFound, SelectorError."""
    node = next(find(roots(phone), selector), None)
    if node is None:
        raise ObjectNotFound(str(selector))
    return node


def exists(phone: Phone, selector: Json) -> bool:
    """Whether it is on the screen."""
    return next(find(roots(phone), selector), None) is not None


def count(phone: Phone, selector: Json) -> int:
    """How many answer to the selector."""
    return sum(1 for _ in find(roots(phone), selector))


def _waits(wanted: bool) -> Callable[[Phone, Json, int], bool]:
    def wait(phone: Phone, selector: Json, ms: int = 0) -> bool:
        left = max(0, min(int(ms), _MAX_WAIT_MS))
        while exists(phone, selector) is not wanted:
            if left <= 0:
                return False
            phone.advance(min(left, _WAIT_STEP_MS))
            left -= _WAIT_STEP_MS
        return True

    return wait


def info(phone: Phone, selector: Json) -> dict[str, Json]:
    """Everything told of the object."""
    return first(phone, selector).info()


def info_of_all(phone: Phone, selector: Json) -> list[dict[str, Json]]:
    """The same of every node that answers."""
    return [node.info() for node in find(roots(phone), selector)]


def text(phone: Phone, selector: Json) -> str:
    """What it shows."""
    return first(phone, selector).text


def set_text(phone: Phone, selector: Json, value: str) -> bool:
    """Put a text into a field, in place of what it held; False for an object that holds no text."""
    node = first(phone, selector)
    field = next((each for each in node.walk() if each.box.view.edit is not None), None)
    if field is None:
        return False
    if not field.flags["focused"]:
        phone.tap(*field.center)
    phone.clear_text()
    return phone.insert_text(str(value)) if value else True


def clear_text(phone: Phone, selector: Json) -> None:
    """Empty a field."""
    set_text(phone, selector, "")


def click_object(phone: Phone, selector: Json) -> bool:
    """Touch its middle."""
    phone.tap(*first(phone, selector).center)
    return True


def long_click(phone: Phone, selector: Json) -> bool:
    """Hold its middle."""
    x, y = first(phone, selector).center
    phone.swipe(x, y, x, y, _LONG_MS)
    return True


def drag_to(phone: Phone, selector: Json, *where: Json) -> bool:
    """To a point (x, y, steps) or to another object (selector, steps)."""
    x, y = first(phone, selector).center
    if len(where) == 3:
        return drag(phone, x, y, float(where[0]), float(where[1]), int(where[2]))
    return drag(phone, x, y, *first(phone, where[0]).center, int(where[1]))


def swipe_object(phone: Phone, selector: Json, direction: str, *rest: Json) -> bool:
    """From its middle to an edge: (direction, steps) or (direction, percent, steps)."""
    left, top, right, bottom = first(phone, selector).box.visible
    x, y = (left + right) / 2, (top + bottom) / 2
    ends = {"up": (x, top), "down": (x, bottom - 1), "left": (left, y), "right": (right - 1, y)}
    phone.swipe(x, y, *ends[str(direction)], milliseconds(int(rest[-1]) if rest else _SCROLL_STEPS))
    return True


# --- scrolling ----------------------------------------------------------------------------------------------------
def _stroke(phone: Phone, selector: Json, vertical: bool, forward: bool, steps: int) -> bool:
    """One stroke over a scroller, clear of its edges; whether the screen changed.

    Few steps are a fling. Many are a scroll, which UiScrollable makes slow enough that nothing is passed over: here
    the content stops with the finger.
    """
    left, top, right, bottom = first(phone, selector).box.visible
    x, y = (left + right) / 2, (top + bottom) / 2
    low, high = (top, bottom) if vertical else (left, right)
    margin = (high - low) * _DEAD_ZONE
    start, end = (high - margin, low + margin) if forward else (low + margin, high - margin)
    before = phone.xml()
    ms = milliseconds(steps)
    points = (x, start, x, end) if vertical else (start, y, end, y)
    phone.swipe(*points, ms if steps < _SCROLL_STEPS // 2 else 0)
    phone.advance(ms)
    return phone.xml() != before


def _once(forward: bool, default: int) -> Callable[..., bool]:
    def scroll(phone: Phone, selector: Json, vertical: bool = True, steps: int = default) -> bool:
        return _stroke(phone, selector, vertical, forward, steps)

    return scroll


def _to_edge(forward: bool, default: int) -> Callable[..., bool]:
    def scroll(
        phone: Phone, selector: Json, vertical: bool = True, most: int = _MOST_SWIPES, steps: int = default
    ) -> bool:
        return any(not _stroke(phone, selector, vertical, forward, steps) for _ in range(max(0, int(most))))

    return scroll


def scroll_to(phone: Phone, selector: Json, target: Json, vertical: bool = True) -> bool:
    """Bring an object inside a scroller into view: from where it is, else from its beginning on."""
    if exists(phone, target):
        return True
    _to_edge(False, _SCROLL_STEPS)(phone, selector, vertical)
    for _ in range(_MOST_SWIPES):
        if exists(phone, target):
            return True
        if not _stroke(phone, selector, vertical, True, _SCROLL_STEPS):
            break
    return exists(phone, target)


# --- children of collections --------------------------------------------------------------------------------------
def _child_by(what: str) -> Callable[..., str]:
    def child(phone: Phone, collection: Json, pattern: Json, value: Json, search: bool = False) -> str:
        name = child_name(collection, pattern, by=what, value=value)
        if search:
            scroll_to(phone, collection, name)
        first(phone, name)
        return name

    return child


def child_by_instance(phone: Phone, collection: Json, pattern: Json, number: int) -> str:
    """The child with this number, from 0."""
    name = child_name(collection, pattern, by="instance", value=int(number))
    first(phone, name)
    return name


def _one_finger(phone: Phone, selector: Json, *_: Json) -> bool:
    """Gestures of two fingers: this phone knows one. The object has to be there all the same."""
    first(phone, selector)
    return False


METHODS: Final[dict[str, Callable[..., Json]]] = {
    "childByDescription": _child_by("description"),
    "childByInstance": child_by_instance,
    "childByText": _child_by("text"),
    "clearTextField": clear_text,
    "count": count,
    "dragTo": drag_to,
    "exist": exists,
    "flingBackward": _once(False, _FLING_STEPS),
    "flingForward": _once(True, _FLING_STEPS),
    "flingToBeginning": _to_edge(False, _FLING_STEPS),
    "flingToEnd": _to_edge(True, _FLING_STEPS),
    "gesture": _one_finger,
    "getText": text,
    "longClick": long_click,
    "objInfo": info,
    "objInfoOfAllInstances": info_of_all,
    "pinchIn": _one_finger,
    "pinchOut": _one_finger,
    "scrollBackward": _once(False, _SCROLL_STEPS),
    "scrollForward": _once(True, _SCROLL_STEPS),
    "scrollTo": scroll_to,
    "scrollToBeginning": _to_edge(False, _SCROLL_STEPS),
    "scrollToEnd": _to_edge(True, _SCROLL_STEPS),
    "setText": set_text,
    "waitForExists": _waits(True),
    "waitUntilGone": _waits(False),
}
"""Methods by their JSON-RPC names; the first parameter names the object."""
ON_OBJECTS: Final[dict[str, Callable[..., Json]]] = {"click": click_object, "swipe": swipe_object}
"""Methods that the phone as a whole has too: here for calls that begin with a selector."""
