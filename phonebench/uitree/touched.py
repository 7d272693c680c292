"""What a touch meets, in the words that stand there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from phonebench.schema.action import Action, DoubleTap, LongPress, Point, Tap
from phonebench.schema.observation import UiNode

_MOST: Final = 4


def texts_at(root: UiNode | None, at: Point, *, ids: bool = True) -> Iterator[str]:
    """All words that belong to what a tap there touches: of every node around the point, and inside the smallest of
    them that can be clicked. `ids`: the names of resources too."""
    around = [node for node in root.walk() if node.bounds.holds(at.x, at.y)] if root is not None else []
    for node in around:
        yield from _texts(node, ids)
    clickable = [node for node in around if node.touchable]
    if clickable:
        for node in min(clickable, key=lambda node: node.bounds.area).walk():
            yield from _texts(node, ids)


def touched(action: Action, root: UiNode | None) -> tuple[str, ...]:
    """The innermost words that a tap touches, each once; names of resources where it says nothing else. None for other
    actions."""
    if not isinstance(action, Tap | DoubleTap | LongPress):
        return ()
    words = dict.fromkeys(texts_at(root, action.at, ids=False)) or dict.fromkeys(texts_at(root, action.at))
    return tuple(words)[-_MOST:]


def _texts(node: UiNode, ids: bool) -> Iterator[str]:
    resource = node.resource_id.rpartition("/")[2] if ids else ""
    yield from (text for text in (node.text, node.desc, resource) if text)
