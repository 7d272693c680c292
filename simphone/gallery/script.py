"""Plays UI scripts - lists of plain steps, as task files hold them - on a phone in this process.

Steps: {tap: SELECTOR}, {long_press: SELECTOR}, {type: TEXT, into?, clear?, enter?}, {swipe: WAY, on?, distance?},
{drag: SELECTOR, at?, to, on?}, {key: NAME}, {launch: APP}, {wait: SECONDS}, {finish: TEXT},
{scroll_to: SELECTOR, on?, direction?, most?}. A selector gives any of text, desc, text_contains, desc_contains, id,
cls, checked, index, within; a blank in it also matches the narrow blanks of Android's times.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from simphone.phone.phone import Phone

Step = Mapping[str, Any]
Selector = Mapping[str, Any]
Bounds = tuple[int, int, int, int]

KEYS: Final = {"back": 4, "home": 3, "enter": 66, "recents": 187, "delete": 67, "menu": 82}
_BLANKS: Final = str.maketrans({"\u200a": " ", "\u202f": " ", "\u00a0": " "})
_WAYS: Final = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}
_TRIES: Final = 12
_SWIPE_MS: Final = 300


class NotFoundError(Exception):
    """A selector matches nothing; the message tells what is on the screen."""


def play(phone: Phone, script: Sequence[Step]) -> Iterator[None]:
    """Carries out a script; yields after each touch, so that the caller can look. Raises NotFoundError."""
    for step in script:
        if "scroll_to" in step:
            yield from _scroll_to(phone, step)
        elif "type" in step:
            if step.get("into"):
                phone.tap(*centre(phone, step["into"]))
                yield
            _type(phone, step)
            yield
        elif "finish" not in step:
            _do(phone, step)
            yield


def find(phone: Phone, selector: Selector) -> list[ET.Element]:
    """All nodes of the active window that match, in document order."""
    root = ET.fromstring(phone.xml())  # noqa: S314 - the phone's own dump
    if within := selector.get("within"):
        outer = find(phone, within)
        root = outer[within.get("index", 0)] if outer else ET.Element("none")
    return [node for node in root.iter("node") if node is not root and _matches(selector, node)]


def bounds(node: ET.Element) -> Bounds:
    """left, top, right, bottom of a node, px."""
    left, top, right, bottom = (int(part) for part in node.attrib["bounds"][1:-1].replace("][", ",").split(","))
    return left, top, right, bottom


def centre(phone: Phone, selector: Selector) -> tuple[float, float]:
    """Middle of the node that a selector names, px. Raises NotFoundError."""
    left, top, right, bottom = bounds(_need(phone, selector))
    return (left + right) / 2, (top + bottom) / 2


def _need(phone: Phone, selector: Selector) -> ET.Element:
    nodes = find(phone, selector)
    index = selector.get("index", 0)
    if len(nodes) <= index:
        root = ET.fromstring(phone.xml())  # noqa: S314 - the phone's own dump
        shown = [n.attrib["text"] or n.attrib["content-desc"] for n in root.iter("node")]
        raise NotFoundError(f"nothing matches {dict(selector)}; on the screen: {[text for text in shown if text]}")
    return nodes[index]


def _matches(selector: Selector, node: ET.Element) -> bool:
    text, desc = node.attrib["text"].translate(_BLANKS), node.attrib["content-desc"].translate(_BLANKS)
    name, cls = node.attrib["resource-id"], node.attrib["class"]
    wanted = {key: value.translate(_BLANKS) if isinstance(value, str) else value for key, value in selector.items()}
    facts: dict[str, bool] = {
        "text": wanted.get("text") == text,
        "desc": wanted.get("desc") == desc,
        "text_contains": str(wanted.get("text_contains")) in text,
        "desc_contains": str(wanted.get("desc_contains")) in desc,
        "id": wanted.get("id") in (name, name.rpartition("/")[2]),
        "cls": wanted.get("cls") in (cls, cls.rpartition(".")[2]),
        "checked": wanted.get("checked") == (node.attrib["checked"] == "true"),
    }
    return all(facts[key] for key in wanted if key in facts)


def _do(phone: Phone, step: Step) -> None:
    match step:
        case {"tap": target}:
            phone.tap(*centre(phone, target))
        case {"long_press": target}:
            x, y = centre(phone, target)
            phone.swipe(x, y, x, y, 1000)
        case {"swipe": way}:
            _swipe(phone, way, _area(phone, step.get("on")), step.get("distance", 0.5))
        case {"drag": target}:
            start = _inside(bounds(_need(phone, target)), step.get("at", (0.5, 0.5)))
            phone.drag(*start, *_inside(_area(phone, step.get("on")), step["to"]))
        case {"key": name}:
            phone.key(KEYS[name])
        case {"launch": app}:
            labels = {str(info.get("label")): package for package, info in phone.state["packages"].items()}
            if not phone.launch(labels.get(app) or str(app)):
                raise NotFoundError(f"no app {app!r} to launch")
        case {"wait": seconds}:
            phone.advance(int(seconds * 1000))
        case _:
            raise ValueError(f"unknown step {dict(step)}")


def _type(phone: Phone, step: Step) -> None:
    if step.get("clear", True):
        phone.clear_text()
    phone.type_text(str(step["type"]))
    if step.get("enter"):
        phone.key(KEYS["enter"])


def _scroll_to(phone: Phone, step: Step) -> Iterator[None]:
    for _ in range(step.get("most", _TRIES)):
        if find(phone, step["scroll_to"]):
            return
        _swipe(phone, step.get("direction", "up"), _area(phone, step.get("on")), 0.5)
        yield
    _need(phone, step["scroll_to"])


def _area(phone: Phone, selector: Selector | None) -> Bounds:
    return bounds(_need(phone, selector)) if selector else (0, 0, phone.metrics.width, phone.metrics.height)


def _inside(area: Bounds, share: Sequence[float]) -> tuple[float, float]:
    left, top, right, bottom = area
    return left + (right - left) * share[0], top + (bottom - top) * share[1]


def _swipe(phone: Phone, way: str, area: Bounds, distance: float) -> None:
    x, y = _inside(area, (0.5, 0.5))
    dx = _WAYS[way][0] * (area[2] - area[0]) * distance / 2
    dy = _WAYS[way][1] * (area[3] - area[1]) * distance / 2
    phone.swipe(x - dx, y - dy, x + dx, y + dy, _SWIPE_MS)
