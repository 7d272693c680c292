"""UiSelector: which node is meant.

Format: the JSON of the uiautomator2 client (its `_selector.py`): fields of Android's UiSelector, `mask` with a bit for
each field that counts, and two parallel lists, `childOrSibling` ("child" or "sibling") and `childOrSiblingSelector`.
An object that `childByText` and its like have found is named by a text; here the text is the JSON of the question.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any, Final

from simphone.uiautomator.nodes import Node

Json = Any
_MAX_DEPTH: Final = 20

_TEXTS: Final[dict[str, tuple[int, int, int, int]]] = {
    "text": (0x01, 0x02, 0x04, 0x08),
    "description": (0x40, 0x80, 0x100, 0x200),
}
"""Mask bits of FIELD, FIELDContains, FIELDMatches, FIELDStartsWith."""
_FLAGS: Final = {
    "checkable": 0x400, "checked": 0x800, "clickable": 0x1000, "longClickable": 0x2000, "scrollable": 0x4000,
    "enabled": 0x8000, "focusable": 0x10000, "focused": 0x20000, "selected": 0x40000,
}  # fmt: skip
_WHOLE: Final = {"className": (0x10, 0x20), "packageName": (0x80000, 0x100000), "resourceId": (0x200000, 0x400000)}
"""Mask bits of FIELD and FIELDMatches."""
_INDEX: Final = 0x800000
_INSTANCE: Final = 0x1000000


class SelectorError(ValueError):
    """A selector that cannot be understood."""


def find(roots: list[Node], selector: Json) -> Iterator[Node]:
    """The nodes that are meant, in document order; the first one is the object. Raises SelectorError."""
    if isinstance(selector, str):
        yield from _named(roots, selector)
    elif isinstance(selector, Mapping):
        yield from _search(roots, selector, 0)
    else:
        raise SelectorError(f"a selector is an object, not {type(selector).__name__}")


def child_name(collection: Json, pattern: Json, *, by: str, value: Json) -> str:
    """The text that stands for a child of a collection, by what it holds or by its number."""
    return json.dumps({"collection": collection, "pattern": pattern, "by": by, "value": value})


def _named(roots: list[Node], name: str) -> Iterator[Node]:
    try:
        asked = json.loads(name)
        collection, pattern, by, value = (asked[key] for key in ("collection", "pattern", "by", "value"))
    except (ValueError, TypeError, KeyError):
        raise SelectorError(f"no object is known as {name[:80]!r}") from None
    for parent in islice(find(roots, collection), 1):
        inside = [node for child in parent.children for node in _search([child], pattern, 1)]
        if by == "instance":
            yield from inside[int(value) : int(value) + 1]
        else:
            yield from (node for node in inside if any(getattr(each, by) == value for each in node.walk()))


def _search(roots: list[Node], selector: Mapping[str, Json], depth: int) -> Iterator[Node]:
    """Matches of the selector itself, then of what it says of their children and siblings."""
    if depth > _MAX_DEPTH:
        raise SelectorError("selectors are nested too deep")
    ways, more = selector.get("childOrSibling") or [], selector.get("childOrSiblingSelector") or []
    found = _own(roots, selector)
    for way, then in zip(ways, more, strict=False):
        found = _next(found, way, then, depth)
    return found


def _next(found: Iterator[Node], way: str, then: Mapping[str, Json], depth: int) -> Iterator[Node]:
    """Where a chain goes on: below each node found, or below its parent."""

    def places() -> Iterator[Node]:
        for node in found:
            inside = node.children if way == "child" else node.parent.children if node.parent else []
            yield from (each for child in inside for each in _search([child], {**then, "mask": _mask(then)}, depth + 1))

    return _numbered(_once(places()), then)


def _own(roots: list[Node], selector: Mapping[str, Json]) -> Iterator[Node]:
    fits = matcher(selector)
    return _numbered((node for root in roots for node in root.walk() if fits(node)), selector)


def _mask(selector: Mapping[str, Json]) -> int:
    """The mask without the instance, which counts over all places."""
    return int(selector.get("mask", 0)) & ~_INSTANCE


def _numbered(found: Iterator[Node], selector: Mapping[str, Json]) -> Iterator[Node]:
    if not int(selector.get("mask", 0)) & _INSTANCE:
        return found
    number = int(selector.get("instance", 0))
    if number < 0:
        raise SelectorError("an instance is counted from 0")
    return islice(found, number, number + 1)


def _once(found: Iterator[Node]) -> Iterator[Node]:
    seen: set[int] = set()
    for node in found:
        if id(node) not in seen:
            seen.add(id(node))
            yield node


def matcher(selector: Mapping[str, Json]) -> Callable[[Node], bool]:
    """A test of single nodes. Raises SelectorError."""
    mask = selector.get("mask", 0)
    if not isinstance(mask, int):
        raise SelectorError("a mask is a whole number")
    tests = [*_text_tests(selector, mask), *_whole_tests(selector, mask), *_flag_tests(selector, mask)]
    if mask & _INDEX:
        tests.append(lambda node: node.index == selector.get("index"))
    return lambda node: all(test(node) for test in tests)


def _text_tests(selector: Mapping[str, Json], mask: int) -> Iterator[Callable[[Node], bool]]:
    for name, (equal, contains, matches, starts) in _TEXTS.items():

        def value(node: Node, name: str = name) -> str:
            return str(getattr(node, name))

        if mask & equal:
            yield _fits(value, lambda text, said: text == said, _said(selector, name))
        if mask & contains:  # without regard to case, as UiSelector does it
            yield _fits(value, lambda text, said: said.lower() in text.lower(), _said(selector, f"{name}Contains"))
        if mask & starts:
            yield _fits(value, lambda t, said: t.lower().startswith(said.lower()), _said(selector, f"{name}StartsWith"))
        if mask & matches:
            yield _fullmatch(value, _said(selector, f"{name}Matches"))


def _whole_tests(selector: Mapping[str, Json], mask: int) -> Iterator[Callable[[Node], bool]]:
    read: dict[str, Callable[[Node], str]] = {
        "className": lambda node: node.box.view.cls,
        "packageName": lambda node: node.package,
        "resourceId": lambda node: node.resource_id,
    }
    for name, (equal, matches) in _WHOLE.items():
        if mask & equal:
            yield _fits(read[name], lambda text, said: text == said, _said(selector, name))
        if mask & matches:
            yield _fullmatch(read[name], _said(selector, f"{name}Matches"))


def _flag_tests(selector: Mapping[str, Json], mask: int) -> Iterator[Callable[[Node], bool]]:
    for name, bit in _FLAGS.items():
        if mask & bit:
            key = "long-clickable" if name == "longClickable" else name
            yield _flag(key, bool(selector.get(name)))


def _flag(key: str, wanted: bool) -> Callable[[Node], bool]:
    return lambda node: node.flags[key] == wanted


def _said(selector: Mapping[str, Json], key: str) -> str:
    value = selector.get(key)
    if not isinstance(value, str):
        raise SelectorError(f"{key} is a text")
    return value


def _fits(read: Callable[[Node], str], test: Callable[[str, str], bool], said: str) -> Callable[[Node], bool]:
    return lambda node: test(read(node), said)


def _fullmatch(read: Callable[[Node], str], pattern: str) -> Callable[[Node], bool]:
    """Java's String.matches: the whole text."""
    try:
        compiled = re.compile(pattern, re.DOTALL)
    except re.error as problem:
        raise SelectorError(f"bad pattern {pattern[:80]!r}: {problem}") from None
    return lambda node: compiled.fullmatch(read(node)) is not None
