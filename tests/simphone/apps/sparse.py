"""A screen as tools see it that simplify dumps: which nodes stay together and which stand for themselves.

Such tools drop nodes that carry nothing and dissolve nodes that a later sibling overlaps (the project's fact sheet on
Contacts, 0).
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass, field

from driver import Driver, bounds

FLAGS = (
    "checkable", "checked", "clickable", "focusable", "scrollable", "long-clickable", "password", "selected",
)  # fmt: skip


@dataclass
class Node:
    name: str
    text: str
    desc: str
    rect: tuple[int, int, int, int]
    children: list[Node] = field(default_factory=list)

    def meets(self, other: Node) -> bool:
        a, b = self.rect, other.rect
        return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def sparse(element: ET.Element, outer: tuple[int, int, int, int]) -> list[Node]:
    """The element if it carries anything and lies within its parent; otherwise what is below it."""
    rect = bounds(element)
    below = [node for child in element for node in sparse(child, rect)]
    get = element.attrib
    inside = rect[0] >= outer[0] and rect[1] >= outer[1] and rect[2] <= outer[2] and rect[3] <= outer[3]
    carries = get["text"] or get["content-desc"] or any(get[flag] == "true" for flag in FLAGS)
    if not (inside and carries and rect[0] < rect[2] and rect[1] < rect[3]):
        return below
    return [Node(get["resource-id"].rpartition("/")[2], get["text"], get["content-desc"], rect, below)]


def clear_of(nodes: list[Node], other: Node) -> list[Node]:
    """What of the nodes does not meet the other one."""
    return [part for node in nodes for part in ([node] if not node.meets(other) else clear_of(node.children, other))]


def dissolved(nodes: list[Node]) -> list[Node]:
    """Siblings without those that a later one overlaps; of these, the parts that are clear of it."""
    kept = list(nodes)
    index = 0
    while index < len(kept):
        over = next((later for later in kept[index + 1 :] if kept[index].meets(later)), None)
        if over is None:
            index += 1
        else:
            kept[index : index + 1] = clear_of(kept[index].children, over)
    for node in kept:
        node.children = dissolved(node.children)
    return kept


def seen(driver: Driver) -> list[Node]:
    root = driver.tree()
    whole = (0, 0, driver.phone.metrics.width, driver.phone.metrics.height)
    return dissolved([node for child in root for node in sparse(child, whole)])
