"""The nodes that selectors look at: those of the XML dump, with the way up and the whole place of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from simphone.phone.phone import Phone
from simphone.ui import hierarchy
from simphone.ui.frame import Box, Rect
from simphone.ui.traits import shown_text


@dataclass(slots=True, eq=False)
class Node:
    """One node of the active window; `index` counts among its siblings."""

    box: Box
    index: int
    package: str
    flags: dict[str, bool]
    parent: Node | None
    children: list[Node] = field(default_factory=list)

    @property
    def text(self) -> str:
        """As it is shown."""
        return shown_text(self.box.view)

    @property
    def description(self) -> str:
        """content-desc."""
        return self.box.view.desc

    @property
    def resource_id(self) -> str:
        """Whole, with its package."""
        return hierarchy.resource_id(self.box.view, self.package)

    @property
    def center(self) -> tuple[float, float]:
        """Middle of what is visible, px."""
        left, top, right, bottom = self.box.visible
        return (left + right) / 2, (top + bottom) / 2

    def walk(self) -> Iterator[Node]:
        """This node and all below, parents first."""
        yield self
        for child in self.children:
            yield from child.walk()

    def info(self) -> dict[str, Any]:
        """What `objInfo` tells."""
        view = self.box.view
        told = {name: self.flags[name] for name in self.flags if name not in ("password", "long-clickable")}
        return told | {
            "bounds": _rect(self.box.rect),
            "childCount": len(self.children),
            "className": view.cls,
            "contentDescription": view.desc or None,
            "longClickable": self.flags["long-clickable"],
            "packageName": self.package,
            "resourceName": self.resource_id or None,
            "text": self.text,
            "visibleBounds": _rect(self.box.visible),
        }


def _rect(rect: Rect) -> dict[str, int]:
    return dict(zip(("left", "top", "right", "bottom"), rect, strict=True))


def roots(phone: Phone) -> list[Node]:
    """The nodes of the active window as it is now."""
    frame = phone.frame()
    if not frame.windows:
        return []
    window = frame.windows[frame.active]
    return _nodes([window.root], None, window.package, phone.focus_key())


def _nodes(boxes: list[Box], parent: Node | None, package: str, focus_key: str | None) -> list[Node]:
    found = []
    for index, box in enumerate(hierarchy.nodes(boxes)):
        node = Node(box, index, package, dict(hierarchy.flags(box, focus_key)), parent)
        node.children = _nodes(box.children, node, package, focus_key)
        found.append(node)
    return found
