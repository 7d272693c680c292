"""A uiautomator dump as a tree of nodes. It comes from a phone, or from a recorded trace: untrusted input."""

from __future__ import annotations

import re
from typing import Final
from xml.parsers import expat

from phonebench.schema.errors import UiDumpError
from phonebench.schema.observation import Bounds, UiNode

MAX_DUMP_BYTES: Final = 16 * 1024 * 1024
MAX_DEPTH: Final = 400
MAX_NODES: Final = 50_000

_BOUNDS: Final = re.compile(r"\[(-?\d{1,7}),(-?\d{1,7})\]\[(-?\d{1,7}),(-?\d{1,7})\]")


def parse_ui(xml: str) -> UiNode | None:
    """The root node of a uiautomator dump; None when it holds no node. Several top nodes get a root around them.

    Raises UiDumpError for anything that is no such dump: malformed, declaring entities, too large or too deep.
    """
    data = xml.encode("utf-8", "replace")
    if len(data) > MAX_DUMP_BYTES:
        raise UiDumpError(f"the UI dump has {len(data)} bytes; {MAX_DUMP_BYTES} are allowed")
    tree = _Tree()
    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler = tree.start
    parser.EndElementHandler = tree.end
    parser.StartDoctypeDeclHandler = tree.doctype
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise UiDumpError("the UI dump is no XML", why=str(error)) from error
    if len(tree.top) > 1:
        return UiNode(bounds=_around(tree.top), children=tuple(tree.top))
    return tree.top[0] if tree.top else None


class _Tree:
    """Builds nodes from the inside out, as elements end."""

    def __init__(self) -> None:
        self.top: list[UiNode] = []
        self._open: list[tuple[str, dict[str, str], list[UiNode]]] = []
        self._count = 0

    def doctype(self, *_: object) -> None:
        raise UiDumpError("the UI dump declares a document type", why="A phone's dump never does.")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if len(self._open) >= MAX_DEPTH or self._count > MAX_NODES:
            raise UiDumpError(f"the UI dump is deeper than {MAX_DEPTH} or has more than {MAX_NODES} nodes")
        if not self._open and name != "hierarchy":
            raise UiDumpError(f"the UI dump begins with <{name[:40]}>, not with <hierarchy>")
        self._open.append((name, attributes, []))

    def end(self, _: str) -> None:
        name, attributes, children = self._open.pop()
        if not self._open:
            self.top = children
        elif name == "node":
            self._open[-1][2].append(_node(attributes, children))


def _node(attributes: dict[str, str], children: list[UiNode]) -> UiNode:
    get = attributes.get
    return UiNode(
        bounds=_bounds(get("bounds", "")),
        cls=get("class", ""),
        text=get("text", ""),
        desc=get("content-desc", ""),
        resource_id=get("resource-id", ""),
        package=get("package", ""),
        checkable=get("checkable") == "true",
        checked=get("checked") == "true",
        clickable=get("clickable") == "true",
        enabled=get("enabled", "true") == "true",
        focusable=get("focusable") == "true",
        focused=get("focused") == "true",
        scrollable=get("scrollable") == "true",
        long_clickable=get("long-clickable") == "true",
        password=get("password") == "true",
        selected=get("selected") == "true",
        children=tuple(children),
    )


def _bounds(text: str) -> Bounds:
    match = _BOUNDS.fullmatch(text)
    if not match:
        raise UiDumpError(f"a node of the UI dump has bounds {text[:60]!r}")
    left, top, right, bottom = map(int, match.groups())
    return Bounds(left, top, right, bottom)


def _around(nodes: list[UiNode]) -> Bounds:
    boxes = [node.bounds for node in nodes]
    return Bounds(
        min(b.left for b in boxes),
        min(b.top for b in boxes),
        max(b.right for b in boxes),
        max(b.bottom for b in boxes),
    )
