"""Recorded episodes as task scripts: what a person (or a model) did, in the form of docs/tasks.md.

A touch becomes a selector when the element touched can be named: the smallest one under the finger, else one inside of
what answers, that has a text, a description or an id, and whose middle answers a touch in the same way. What the script
cannot say stands in a comment.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, get_args

import yaml

from phonebench.schema.action import (
    Action,
    Drag,
    Finish,
    Launch,
    LongPress,
    Point,
    PressKey,
    Swipe,
    Tap,
    TypeText,
    Wait,
)
from phonebench.schema.authority import leading
from phonebench.schema.episode import StepRecord
from phonebench.schema.errors import ConfigError, TraceError, UiDumpError
from phonebench.schema.observation import UiNode
from phonebench.schema.task import KeyStep
from phonebench.trace import Episode
from phonebench.uitree import parse_ui

FILE: Final = "solutions.yaml"
_KEYS: Final = frozenset(get_args(KeyStep.model_fields["key"].annotation))
Script = dict[str, Any]


def export_solutions(episodes: Iterable[Episode], out: Path) -> int:
    """Writes the passed episodes to `solutions.yaml` in `out`; returns how many. Raises ConfigError."""
    parts = [_entry(episode) for episode in episodes if _passed(episode)]
    try:
        out.mkdir(parents=True, exist_ok=True)
        (out / FILE).write_text("\n".join(parts), encoding="utf-8")
    except OSError as problem:
        raise ConfigError("the export cannot be written", where=str(out), why=str(problem)) from None
    return len(parts)


def _passed(episode: Episode) -> bool:
    verdict = leading(episode.verdicts())
    return verdict is not None and verdict.result == "pass"


def _entry(episode: Episode) -> str:
    info = episode.info
    lines = [f"# {info.run}, attempt {info.attempt}, by {_comment(info.agent)}", f"- id: {info.task_id}", "  solution:"]
    return "\n".join([*lines, *(f"    {line}" for line in script(episode))]) + "\n"


def script(episode: Episode) -> Iterator[str]:
    """One line of YAML a step, or a comment."""
    for step in episode.steps():
        if step.action is None:
            continue
        line = in_words(step, step.action, _tree(episode, step))
        if line is None:
            yield f"# step {step.index + 1} has no word: {_comment(step.action.model_dump_json())}"
        elif line:
            yield "- " + yaml.safe_dump(line, default_flow_style=True, allow_unicode=True, width=10_000).strip()


def in_words(step: StepRecord, action: Action, root: UiNode | None) -> Script | None:
    """A step of a script; empty for what does not touch the phone, None for what a script cannot say."""
    match action:
        case Tap():
            return _on("tap", action.at, root)
        case LongPress():
            return _on("long_press", action.at, root)
        case Swipe():
            return _swipe(action, step, root)
        case Drag():
            found = selector(root, action.start) if root else None
            to = [round(action.end.x / step.width, 3), round(action.end.y / step.height, 3)]
            return {"drag": found, "to": to} if found else None
        case TypeText():
            more = {"enter": True} if action.enter else {}
            return {"type": action.text, **more} | ({} if action.clear else {"clear": False})
        case PressKey():
            return {"key": action.key} if action.key in _KEYS else None
        case Launch():
            return {"launch": action.app}
        case Wait():
            return {"wait": action.seconds}
        case Finish():
            return {"finish": action.answer}
        case _:
            return None if action.type == "double_tap" else {}


def _on(word: str, at: Point, root: UiNode | None) -> Script | None:
    found = selector(root, at) if root else None
    return {word: found} if found else None


def _swipe(action: Swipe, step: StepRecord, root: UiNode | None) -> Script | None:
    """Over the middle of the screen; over what scrolls under the finger when that is something else."""
    dx, dy = action.end.x - action.start.x, action.end.y - action.start.y
    if not (dx or dy) or not step.width or not step.height:
        return None
    upright = abs(dy) >= abs(dx)
    way = ("down" if dy > 0 else "up") if upright else ("right" if dx > 0 else "left")
    width, height = step.width, step.height
    said: Script = {"swipe": way}
    nodes = list(root.walk()) if root else []
    over = _scroller(nodes, action.start.x, action.start.y)
    if over is not None and over is not _scroller(nodes, width // 2, height // 2):
        named = _named(nodes, over)
        if named is None:
            return None
        said["on"] = named
        width, height = over.bounds.right - over.bounds.left, over.bounds.bottom - over.bounds.top
    share = abs(dy) / height if upright else abs(dx) / width
    return {**said, "distance": round(min(max(share, 0.01), 1.0), 2)}


def selector(root: UiNode, at: Point) -> Script | None:
    """How a script names what a finger at this point touches; None when nothing there has a name."""
    nodes = [node for node in root.walk() if not node.bounds.empty]
    around = sorted((node for node in nodes if node.bounds.holds(at.x, at.y)), key=lambda node: node.bounds.area)
    target = _answering(nodes, at.x, at.y)
    inside = [node for node in target.walk() if not node.bounds.empty] if target else []
    for node in [*around, *inside]:
        if _answering(nodes, *node.bounds.center) is not target:
            continue
        named = _named(nodes, node)
        if named is not None:
            return named
    return None


def _named(nodes: Sequence[UiNode], node: UiNode) -> Script | None:
    """A selector of a node; None when it has no name."""
    found = next(((field, value) for field, value in _names(node).items() if value), None)
    if found is None:
        return None
    field, value = found
    same = [each for each in nodes if not each.bounds.empty and _names(each)[field] == value]
    position = next(number for number, each in enumerate(same) if each is node)
    return {field: value} | ({"index": position} if position else {})


def _names(node: UiNode) -> dict[str, str]:
    return {"text": node.text, "desc": node.desc, "id": node.resource_id.rpartition("/")[2]}


def _answering(nodes: Sequence[UiNode], x: int, y: int) -> UiNode | None:
    """The smallest element under a point that takes touches."""
    hits = [n for n in nodes if n.touchable and n.bounds.holds(x, y)]
    return min(hits, key=lambda node: node.bounds.area, default=None)


def _scroller(nodes: Sequence[UiNode], x: int, y: int) -> UiNode | None:
    """The smallest element under a point that scrolls."""
    hits = [node for node in nodes if node.scrollable and node.bounds.holds(x, y)]
    return min(hits, key=lambda node: node.bounds.area, default=None)


def _tree(episode: Episode, step: StepRecord) -> UiNode | None:
    """The recorded UI tree before a step; None when there is none that can be read."""
    if step.ui is None:
        return None
    try:
        return parse_ui(episode.read_bytes(step.ui).decode("utf-8", "replace"))
    except (FileNotFoundError, TraceError, UiDumpError):
        return None


def _comment(text: str) -> str:
    """Text from outside on one line of a comment."""
    return json.dumps(text, ensure_ascii=False)
