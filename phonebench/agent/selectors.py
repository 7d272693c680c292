"""Finds nodes of a UI tree by the selectors that tasks are written in (schema.task.Selector)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from phonebench.schema.errors import AgentError
from phonebench.schema.observation import Bounds, Observation, UiNode
from phonebench.schema.task import Selector

_BLANKS: Final = str.maketrans({"\u00a0": " ", "\u2009": " ", "\u200a": " ", "\u202f": " "})
"""No-break, thin, hair and narrow no-break space: Android puts them into times and numbers."""


def matches(node: UiNode, selector: Selector) -> bool:
    """True when all fields given by the selector fit the node; `index` and `within` are not looked at."""
    return (
        _same(selector.text, node.text)
        and _same(selector.desc, node.desc)
        and _holds(selector.text_contains, node.text)
        and _holds(selector.desc_contains, node.desc)
        and (selector.id is None or selector.id in (node.resource_id, node.resource_id.rpartition("/")[2]))
        and (selector.cls is None or selector.cls in (node.cls, node.cls.rpartition(".")[2]))
        and (selector.checked is None or node.checked == selector.checked)
    )


def find(root: UiNode, selector: Selector) -> UiNode | None:
    """The node that a selector means, or None; `within` looks below the node that it finds, not at it."""
    outer = root
    if selector.within is not None:
        found = find(root, selector.within)
        if found is None:
            return None
        outer = found
    hits = _hits(outer, selector, below_only=selector.within is not None)
    return next((node for position, node in enumerate(hits) if position == selector.index), None)


def need(observation: Observation, selector: Selector) -> UiNode:
    """The node that a selector means; raises AgentError saying what is on the screen instead."""
    node = find(observation.ui, selector) if observation.ui is not None else None
    if node is None:
        raise AgentError(f"nothing on the screen matches {show(selector)}", why=f"there is: {texts(observation)}")
    return node


def texts(observation: Observation, most: int = 60) -> str:
    """Texts and descriptions on the screen, for messages."""
    if observation.ui is None:
        return "no UI tree"
    seen = [value for node in observation.ui.walk() for value in (node.text, node.desc) if value]
    return f"{observation.package}: {', '.join(map(repr, seen[:most]))}{' …' if len(seen) > most else ''}"


def show(selector: Selector) -> str:
    """A selector as it stands in a task file."""
    given = selector.model_dump(exclude_defaults=True, exclude={"within"})
    shown = ", ".join(f"{key}: {value}" for key, value in given.items())
    return f"{{{shown}}}" + (f" within {show(selector.within)}" if selector.within else "")


def area(observation: Observation, selector: Selector | None) -> Bounds:
    """Bounds of the node, or of the whole screen without a selector."""
    return need(observation, selector).bounds if selector else Bounds(0, 0, observation.width, observation.height)


def _hits(root: UiNode, selector: Selector, *, below_only: bool) -> Iterator[UiNode]:
    for node in root.walk():
        if (node is not root or not below_only) and not node.bounds.empty and matches(node, selector):
            yield node


def _same(wanted: str | None, found: str) -> bool:
    return wanted is None or wanted.translate(_BLANKS) == found.translate(_BLANKS)


def _holds(wanted: str | None, found: str) -> bool:
    return wanted is None or wanted.translate(_BLANKS) in found.translate(_BLANKS)
