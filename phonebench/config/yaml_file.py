"""Reads YAML as plain data together with the place of every value.

Scalars are resolved as in the core schema of YAML 1.2 (https://yaml.org/spec/1.2.2/#103-core-schema) less what
surprises people: `On`, `no`, `3:00`, `2024-05-10` and `0987654321` stay text. Size, depth and the number of values
after expanding aliases are bounded, so that a hostile file costs no more than an ordinary one; merge keys and duplicate
keys are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

from phonebench.schema.errors import ConfigError, UserError

KeyPath = tuple[str | int, ...]

MAX_BYTES: Final = 4 * 1024 * 1024
MAX_DEPTH: Final = 40
MAX_VALUES: Final = 500_000

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INT: Final = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_FLOAT: Final = re.compile(r"[-+]?(\.[0-9]+|[0-9]+\.[0-9]*)([eE][-+]?[0-9]+)?|[-+]?[0-9]+[eE][-+]?[0-9]+")
_WORDS: Final = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Document:
    """Plain data and, per key path, the place (`file:line`) where it was written."""

    data: Any
    places: dict[KeyPath, str] = field(default_factory=dict)
    name: str = ""

    def place(self, path: KeyPath) -> str:
        """Place of a value, or of the nearest thing around it."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.places:
                return self.places[path[:length]]
        return self.name


@dataclass(slots=True)
class _Node:
    value: Any
    """A scalar, a list of nodes, or a list of (key, key line, node)."""
    kind: str
    line: int


def read_yaml(path: Path, *, error: type[UserError] = ConfigError, shown: str | None = None) -> Document:
    """Read one YAML document from a file; raises `error` with file and line for whatever is wrong with it."""
    shown = shown or show_path(path)
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise error(f"file of {size} bytes", where=shown, why=f"at most {MAX_BYTES} bytes are read")
        text = path.read_bytes().decode("utf-8")
    except OSError as problem:
        why = problem.strerror or str(problem)
        raise error("cannot read the file", where=shown, why=why, next_step=_nearby(path)) from problem
    except UnicodeDecodeError as problem:
        raise error("not UTF-8 text", where=shown, why=str(problem.reason)) from problem
    return parse_yaml(text, shown, error=error)


def parse_yaml(text: str, name: str, *, error: type[UserError] = ConfigError) -> Document:
    """Parse one YAML document; `name` stands in the places and messages."""
    try:
        root = _Composer(text, name, error).compose()
    except yaml.MarkedYAMLError as problem:
        line = problem.problem_mark.line + 1 if problem.problem_mark else 1
        raise error("malformed YAML", where=f"{name}:{line}", why=problem.problem or str(problem)) from problem
    except yaml.YAMLError as problem:
        raise error("malformed YAML", where=name, why=str(problem).splitlines()[0]) from problem
    places: dict[KeyPath, str] = {}
    data = _Expander(name, error, places).expand(root, ()) if root else None
    return Document(data, places, name)


def show_path(path: Path) -> str:
    """A path as messages show it: relative to the working directory when it lies below."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _nearby(path: Path) -> str:
    folder = path.parent
    names = sorted(p.name for p in folder.glob("*.yaml")) if folder.is_dir() else []
    return f"in {show_path(folder)}/ there are: {', '.join(names[:12])}" if names else ""


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


class _Composer:
    """Turns parser events into nodes: the part of PyYAML's composer that we need, with a bound on depth."""

    def __init__(self, text: str, name: str, error: type[UserError]) -> None:
        self._events: Iterator[yaml.Event] = iter(yaml.parse(text, Loader=_LOADER))
        self._name = name
        self._error = error
        self._anchors: dict[str, _Node] = {}

    def compose(self) -> _Node | None:
        root: _Node | None = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    raise self._refuse(event, "more than one document in the file")
                root = self._node(next(self._events), 0)
        return root

    def _refuse(self, event: yaml.Event, what: str) -> UserError:
        return self._error(what, where=f"{self._name}:{_line(event)}")

    def _node(self, event: yaml.Event, depth: int) -> _Node:
        if depth > MAX_DEPTH:
            raise self._refuse(event, f"nested more than {MAX_DEPTH} levels deep")
        if isinstance(event, yaml.AliasEvent):
            if event.anchor not in self._anchors:
                raise self._refuse(event, f"alias *{event.anchor} stands before or inside its anchor")
            return self._anchors[event.anchor]
        line = _line(event)
        if isinstance(event, yaml.ScalarEvent):
            node = _Node(self._scalar(event), "scalar", line)
        elif isinstance(event, yaml.SequenceStartEvent):
            node = _Node(self._items(depth), "list", line)
        else:
            node = _Node(self._pairs(depth), "map", line)
        anchor = getattr(event, "anchor", None)
        if anchor:
            self._anchors[anchor] = node
        return node

    def _scalar(self, event: yaml.ScalarEvent) -> Any:
        if event.tag is not None and event.tag not in ("!", "tag:yaml.org,2002:str"):
            raise self._refuse(event, f"tag {event.tag} is not allowed")
        if not event.implicit[0]:
            return event.value
        if event.value in _WORDS:
            return _WORDS[event.value]
        if len(event.value) > 40:
            return event.value
        if _INT.fullmatch(event.value):
            return int(event.value)
        return float(event.value) if _FLOAT.fullmatch(event.value) else event.value

    def _items(self, depth: int) -> list[_Node]:
        items = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._node(event, depth + 1))
        return items

    def _pairs(self, depth: int) -> list[tuple[str, int, _Node]]:
        pairs: list[tuple[str, int, _Node]] = []
        seen: set[str] = set()
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise self._refuse(event, "a key must be plain text")
            if event.value == "<<":
                raise self._refuse(event, "merge keys (<<) are not supported; use an alias for a whole value")
            if event.value in seen:
                raise self._refuse(event, f"key '{event.value}' stands twice")
            seen.add(event.value)
            pairs.append((event.value, _line(event), self._node(next(self._events), depth + 1)))
        return pairs


class _Expander:
    """Turns nodes into plain data, noting places; counts values, so that aliases cannot multiply without end."""

    def __init__(self, name: str, error: type[UserError], places: dict[KeyPath, str]) -> None:
        self._name = name
        self._error = error
        self._places = places
        self._left = MAX_VALUES

    def expand(self, node: _Node, path: KeyPath, line: int | None = None) -> Any:
        self._left -= 1
        here = f"{self._name}:{line or node.line}"
        if self._left < 0 or len(path) > MAX_DEPTH:
            raise self._error("aliases blow the file up", where=here, why=f"more than {MAX_VALUES} values")
        self._places[path] = here
        if node.kind == "map":
            return {key: self.expand(value, (*path, key), at) for key, at, value in node.value}
        if node.kind == "list":
            return [self.expand(value, (*path, index)) for index, value in enumerate(node.value)]
        return node.value
