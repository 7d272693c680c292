"""The screen as uiautomator tells it: one XML document of the active window.

Format: AOSP `AccessibilityNodeInfoDumper` (frameworks/base, cmds/uiautomator) written by `KXmlSerializer`: one line,
seventeen attributes a node in a fixed order, bounds cut to what is visible, characters that XML cannot hold as dots.
"""

from __future__ import annotations

import re
from typing import Final

from simphone.ui.frame import Box, Frame
from simphone.ui.traits import clickable, focusable, long_clickable, scrollable, shown_text
from simphone.ui.view import View

_HEAD: Final = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>"
_INVALID: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufddf\ufffe\uffff]")
_SPECIAL: Final = re.compile("[&<>\t\n\r\"'\U00010000-\U0010ffff]")
_DEEPEST: Final = 1000
_NAMED: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def _attribute(name: str, value: str) -> str:
    """One attribute, quoted as KXmlSerializer does: in single quotes when the value holds double ones."""
    value = _INVALID.sub(".", value)
    quote = "'" if '"' in value else '"'

    def escaped(match: re.Match[str]) -> str:
        char = match.group()
        if char in _NAMED:
            return _NAMED[char]
        if char in "\"'":
            return "&apos;" if char == quote else char
        return f"&#{ord(char)};"

    if _SPECIAL.search(value):
        value = _SPECIAL.sub(escaped, value)
    return f"{name}={quote}{value}{quote}"


def resource_id(view: View, package: str) -> str:
    """The whole resource id."""
    return view.id if not view.id or ":" in view.id else f"{package}:id/{view.id}"


def flags(box: Box, focus_key: str | None) -> tuple[tuple[str, bool], ...]:
    """The ten attributes of a node that are true or false, in the order of the document."""
    view = box.view
    return (
        ("checkable", view.checkable),
        ("checked", view.checked),
        ("clickable", clickable(view)),
        ("enabled", view.enabled),
        ("focusable", focusable(view)),
        ("focused", view.edit is not None and view.edit.key == focus_key),
        ("scrollable", scrollable(box)),
        ("long-clickable", long_clickable(view)),
        ("password", view.password),
        ("selected", view.selected),
    )


def _open_tag(box: Box, index: int, package: str, focus_key: str | None) -> str:
    view = box.view
    left, top, right, bottom = box.visible
    texts = (
        f'<node index="{index}"',
        _attribute("text", shown_text(view)),
        _attribute("resource-id", resource_id(view, package)),
        _attribute("class", view.cls),
        _attribute("package", package),
        _attribute("content-desc", view.desc),
    )
    told = " ".join(f'{name}="{"true" if value else "false"}"' for name, value in flags(box, focus_key))
    return f'{" ".join(texts)} {told} bounds="[{left},{top}][{right},{bottom}]"'


def nodes(boxes: list[Box]) -> list[Box]:
    """The boxes that are nodes: visible ones; a box outside the tree gives its children instead."""
    found: list[Box] = []
    for box in boxes:
        left, top, right, bottom = box.visible
        if left >= right or top >= bottom:
            continue
        found += [box] if box.view.in_tree else nodes(box.children)
    return found


def _write(box: Box, index: int, package: str, focus_key: str | None, out: list[str], depth: int) -> None:
    out.append(_open_tag(box, index, package, focus_key))
    children = nodes(box.children) if depth > 1 else []
    if not children:
        out.append(" />")
        return
    out.append(">")
    for position, child in enumerate(children):
        _write(child, position, package, focus_key, out, depth - 1)
    out.append("</node>")


def dump(frame: Frame, focus_key: str | None, max_depth: int | None = None) -> str:
    """The XML of the active window; `focus_key` names the text field that has the focus.

    `max_depth` cuts what lies deeper, 1 being the root.
    """
    out = [_HEAD, f'<hierarchy rotation="{frame.metrics.rotation}">']
    if frame.windows:
        window = frame.windows[frame.active]
        for position, box in enumerate(nodes([window.root])):
            _write(box, position, window.package, focus_key, out, max_depth or _DEEPEST)
    out.append("</hierarchy>")
    return "".join(out)
