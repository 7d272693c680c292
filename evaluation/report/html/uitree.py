"""A UI tree, small: one row per node, so that the trees of a thousand episodes stay bearable."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from phonebench.schema.errors import UiDumpError
from phonebench.schema.observation import UiNode
from phonebench.uitree import parse_ui

MOST_NODES: Final = 3000
LONGEST_TEXT: Final = 300
FLAGS: Final = (
    "checkable", "checked", "clickable", "focusable", "focused", "scrollable", "long_clickable", "password", "selected",
)  # fmt: skip

Row = list[Any]


def rows(xml: bytes) -> list[Row] | None:
    """[depth, class, text, description, id, flags, left, top, right, bottom] per node, in document order.

    None for what is no uiautomator dump; a huge one is cut after MOST_NODES nodes.
    """
    try:
        root = parse_ui(xml.decode("utf-8", "replace"))
    except UiDumpError:
        return None
    return [] if root is None else [_row(depth, node) for depth, node in islice(_walk(root), MOST_NODES)]


def _walk(root: UiNode) -> Iterator[tuple[int, UiNode]]:
    stack = [(0, root)]
    while stack:
        depth, node = stack.pop()
        yield depth, node
        stack.extend((depth + 1, child) for child in reversed(node.children))


def _row(depth: int, node: UiNode) -> Row:
    flags = [name.replace("_", "-") for name in FLAGS if getattr(node, name)]
    if not node.enabled:
        flags.append("disabled")
    texts = [_cut(text) for text in (node.cls, node.text, node.desc, node.resource_id)]
    box = node.bounds
    return [depth, *texts, " ".join(flags), box.left, box.top, box.right, box.bottom]


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"
