"""A UI tree as text that a model can afford: about a tenth of the raw dump.

One line a node, indented by nesting, with its short class, its words, what can be done with it, its state and its
rectangle on the screen:

    RecyclerView #list scroll [0,300][1080,2154]
      ViewGroup tap [0,300][1080,520]
        TextView "8:30 AM" [44,320][410,420]
        Switch "Alarm" off tap [850,340][1030,440]

Left out are nodes that nobody can see (empty rectangles, off the screen) and those that say nothing; a wrapper that
adds nothing to what it wraps gives way to it. All words are JSON strings, so no text of an app can pose as a line.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from phonebench.schema.observation import Bounds, UiNode

MAX_TEXT: Final = 400
"""Characters of one text that are kept."""
MAX_LINES: Final = 1000
"""Lines that are kept: no screen of an app has as many, a hostile one may."""
_BREAKS: Final = {ord(char): f"\\u{ord(char):04x}" for char in "\x7f\x85\u2028\u2029"}
"""What breaks a line, or cannot be seen, and JSON lets stand."""
_INDENT: Final = "  "
_MOST_INDENT: Final = 8


@dataclass(frozen=True, slots=True)
class Line:
    """A node that is kept: nesting among the kept ones, its visible rectangle, its words without either."""

    depth: int
    node: UiNode
    bounds: Bounds
    words: str

    @property
    def acts(self) -> bool:
        """True when something can be done with the node."""
        return bool(_actions(self.node))

    @property
    def text(self) -> str:
        """The line as it stands in the compressed tree."""
        box = self.bounds
        indent = _INDENT * min(self.depth, _MOST_INDENT)
        return f"{indent}{self.words} [{box.left},{box.top}][{box.right},{box.bottom}]"


def compressed(root: UiNode | None, width: int, height: int) -> str:
    """The tree of a screen of width x height pixels as text; empty when nothing on it says anything."""
    return "\n".join(line.text for line in lines(root, width, height))


def lines(root: UiNode | None, width: int, height: int) -> list[Line]:
    """The kept nodes in document order, at most MAX_LINES."""
    found: list[Line] = []
    for line in _kept(root, width, height) if root else ():
        found.append(line)
        if len(found) == MAX_LINES:
            break
    return found


def _kept(root: UiNode, width: int, height: int) -> Iterator[Line]:
    """Iterative, since a hostile tree may be deep."""
    stack = [(root, 0)]
    while stack:
        node, depth = stack.pop()
        box = node.bounds.clipped(width, height)
        words = "" if box.empty else _words(node)
        if words:
            yield Line(depth, node, box, words)
            depth += 1
        stack.extend((child, depth) for child in reversed(node.children))


def _words(node: UiNode) -> str:
    """What a node says and does; empty when it does not matter."""
    said = [quoted(text) for text in dict.fromkeys((node.text.strip(), node.desc.strip())) if text]
    does = _actions(node)
    states = _states(node)
    if not (said or does or states):
        return ""
    name = "" if said or not node.resource_id else f"#{node.resource_id.rpartition('/')[2]}"
    parts = (node.cls.rpartition(".")[2] or "View", " / ".join(said), name, *states, *does)
    return " ".join(part for part in parts if part)


def _actions(node: UiNode) -> list[str]:
    if not node.enabled:
        return []
    can = {
        "tap": node.clickable,
        "long": node.long_clickable,
        "scroll": node.scrollable,
        "edit": node.editable,
    }
    return [word for word, applies in can.items() if applies]


def _states(node: UiNode) -> list[str]:
    is_in = {
        "on": node.checked,
        "off": node.checkable and not node.checked,
        "selected": node.selected,
        "focused": node.focused,
        "password": node.password,
        "disabled": node.touchable and not node.enabled,
    }
    return [word for word, applies in is_in.items() if applies]


def quoted(text: str) -> str:
    """A text as a JSON string on one line, cut when long."""
    shown = text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 1] + "…"
    return json.dumps(shown, ensure_ascii=False).translate(_BREAKS)
