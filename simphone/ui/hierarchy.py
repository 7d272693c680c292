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


def _open_tag(box: Box, index: int, package: str, focus_key: str | None) -> str:
    view = box.view
    left, top, right, bottom = box.visible
    focused = view.edit is not None and view.edit.key == focus_key
    flags = (
        ("checkable", view.checkable),
        ("checked", view.checked),
        ("clickable", clickable(view)),
        ("enabled", view.enabled),
        ("focusable", focusable(view)),
        ("focused", focused),
        ("scrollable", scrollable(box)),
        ("long-clickable", long_clickable(view)),
        ("password", view.password),
        ("selected", view.selected),
    )
    texts = (
        f'<node index="{index}"',
        _attribute("text", shown_text(view)),
        _attribute("resource-id", resource_id(view, package)),
        _attribute("class", view.cls),
        _attribute("package", package),
        _attribute("content-desc", view.desc),
    )
    told = " ".join(f'{name}="{"true" if value else "false"}"' for name, value in flags)
    return f'{" ".join(texts)} {told} bounds="[{left},{top}][{right},{bottom}]"'


def _nodes(boxes: list[Box]) -> list[Box]:
    """The boxes that are nodes: visible ones; a box outside the tree gives its children instead."""
    found: list[Box] = []
    for box in boxes:
        left, top, right, bottom = box.visible
        if left >= right or top >= bottom:
            continue
        found += [box] if box.view.in_tree else _nodes(box.children)
    return found


def _write(box: Box, index: int, package: str, focus_key: str | None, out: list[str]) -> None:
    out.append(_open_tag(box, index, package, focus_key))
    children = _nodes(box.children)
    if not children:
        out.append(" />")
        return
    out.append(">")
    for position, child in enumerate(children):
        _write(child, position, package, focus_key, out)
    out.append("</node>")


def dump(frame: Frame, focus_key: str | None) -> str:
    """The XML of the active window; `focus_key` names the text field that has the focus."""
    out = [_HEAD, f'<hierarchy rotation="{frame.metrics.rotation}">']
    if frame.windows:
        window = frame.windows[frame.active]
        for position, box in enumerate(_nodes([window.root])):
            _write(box, position, window.package, focus_key, out)
    out.append("</hierarchy>")
    return "".join(out)
