"""What a phone tells, parsed: UI dumps, window focus, screenshots. All of it is untrusted input."""

from __future__ import annotations

import re
import struct
from typing import Final
from xml.parsers import expat

from phonebench.schema.errors import DeviceError, UiDumpError
from phonebench.schema.observation import Bounds, UiNode

MAX_DUMP_BYTES: Final = 16 * 1024 * 1024
MAX_DEPTH: Final = 400
MAX_NODES: Final = 50_000

_BOUNDS: Final = re.compile(r"\[(-?\d{1,7}),(-?\d{1,7})\]\[(-?\d{1,7}),(-?\d{1,7})\]")
_FOCUS: Final = re.compile(r"(?:mCurrentFocus|mFocusedApp|mResumedActivity)=.*?\s([\w.]+)/([\w.$]+)")
_PNG_MAGIC: Final = b"\x89PNG\r\n\x1a\n"
_PNG_END: Final = b"IEND\xaeB`\x82"
_MAX_SIDE: Final = 32_768


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
    def flag(name: str, default: str = "false") -> bool:
        return attributes.get(name, default) == "true"

    get = attributes.get
    return UiNode(
        bounds=_bounds(get("bounds", "")),
        cls=get("class", ""),
        text=get("text", ""),
        desc=get("content-desc", ""),
        resource_id=get("resource-id", ""),
        package=get("package", ""),
        checkable=flag("checkable"),
        checked=flag("checked"),
        clickable=flag("clickable"),
        enabled=flag("enabled", "true"),
        focusable=flag("focusable"),
        focused=flag("focused"),
        scrollable=flag("scrollable"),
        long_clickable=flag("long-clickable"),
        password=flag("password"),
        selected=flag("selected"),
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


def parse_focus(dumpsys: str) -> tuple[str, str]:
    """(package, activity class written out) of the focused window; empty strings when it is no activity's.

    `mCurrentFocus=Window{1a2b u0 PACKAGE/ACTIVITY}` goes before `mFocusedApp=ActivityRecord{1a2b u0 PACKAGE/.Cls t7}`.
    """
    matches = {match[0].split("=")[0]: match for match in _FOCUS.finditer(dumpsys)}
    match = matches.get("mCurrentFocus") or next(iter(matches.values()), None)
    if match is None:
        return "", ""
    package, activity = match[1], match[2]
    return package, package + activity if activity.startswith(".") else activity


def png_size(png: bytes) -> tuple[int, int]:
    """Width and height in pixels. Raises DeviceError when it is no whole PNG (chunks of PNG 1.2, section 5)."""
    if not png.startswith(_PNG_MAGIC) or png[12:16] != b"IHDR" or len(png) < 33:
        raise DeviceError("the screenshot is no PNG", why=f"It begins with {png[:24]!r} ({len(png)} bytes).")
    if not png.endswith(_PNG_END):
        raise DeviceError(f"the screenshot was cut off after {len(png)} bytes")
    width, height = struct.unpack(">II", png[16:24])
    if not (0 < width <= _MAX_SIDE and 0 < height <= _MAX_SIDE):
        raise DeviceError(f"the screenshot claims to be {width}x{height}")
    return width, height
