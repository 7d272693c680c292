"""What changed between two states of a simulated phone, less what a task allows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from phonebench.schema.verdict import SideEffect

JUDGED = ("apps", "settings", "packages", "files", "providers")
"""Branches of the state that a user owns; the rest (screens, focus, clock ...) changes with any use."""

SCRATCH_FILES = re.compile(r"/data/local/tmp/.*|/(?:sdcard|storage/emulated/0)/window_dump\.xml")
"""Files that looking at a phone leaves behind."""

LONGEST_VALUE = 300
"""Characters of JSON that a recorded value keeps."""

_MISSING: Any = object()
Path = tuple[str, ...]


def side_effects(before: dict[str, Any], after: dict[str, Any], may_change: Sequence[str]) -> tuple[SideEffect, ...]:
    """Differences under `JUDGED` that no pattern of `may_change` allows, in the order of their paths.

    A pattern is a dotted path; it allows everything below it, and `*` stands for one key. Keys may hold dots
    themselves (package names, file names): they match the same text in a pattern. Items of lists are told apart by
    their `id` when all have one, by position otherwise.
    """
    patterns = [tuple(pattern.split(".")) for pattern in may_change]
    left, right = _judged(before), _judged(after)
    return tuple(
        SideEffect(path=".".join(path), before=_shown(old), after=_shown(new))
        for branch in JUDGED
        for path, old, new in _differences((branch,), left[branch], right[branch], patterns)
        if not any(_allows(pattern, path) for pattern in patterns)
    )


def _judged(state: dict[str, Any]) -> dict[str, Any]:
    kept = {branch: state.get(branch) or {} for branch in JUDGED}
    # Writing the same content again is no difference, so times of change do not count.
    kept["files"] = {
        path: {key: value for key, value in node.items() if key != "mtime_ns"}
        for path, node in kept["files"].items()
        if not SCRATCH_FILES.fullmatch(path)
    }
    return kept


def _differences(path: Path, old: Any, new: Any, patterns: Sequence[Path]) -> Iterator[tuple[Path, Any, Any]]:
    """(path, before, after) at the shallowest level that says it all - deeper where a pattern speaks of a part."""
    if _same(old, new):
        return
    keyed = _keyed(old, new)
    if keyed is None and any(_reaches_below(pattern, path) for pattern in patterns):
        keyed = _keyed({} if old is _MISSING or old is None else old, {} if new is _MISSING or new is None else new)
    if keyed is None:
        yield path, old, new
        return
    left, right = keyed
    for key in [*left, *(key for key in right if key not in left)]:
        yield from _differences((*path, key), left.get(key, _MISSING), right.get(key, _MISSING), patterns)


def _keyed(old: Any, new: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Both values as mappings of the same kind; None when they can only be compared as wholes."""
    if isinstance(old, dict) and isinstance(new, dict):
        return old, new
    if not (isinstance(old, list) and isinstance(new, list)):
        return None
    left, right = _by_id(old), _by_id(new)
    if left is not None and right is not None:
        return left, right
    return {str(n): item for n, item in enumerate(old)}, {str(n): item for n, item in enumerate(new)}


def _by_id(items: list[Any]) -> dict[str, Any] | None:
    keyed = {str(item["id"]): item for item in items if isinstance(item, dict) and "id" in item}
    return keyed if len(keyed) == len(items) else None


def _same(old: Any, new: Any) -> bool:
    """Equal as JSON: true is not 1, here."""
    if old is _MISSING or new is _MISSING:
        return old is new
    if isinstance(old, bool) != isinstance(new, bool):
        return False
    if isinstance(old, dict) and isinstance(new, dict):
        return old.keys() == new.keys() and all(_same(value, new[key]) for key, value in old.items())
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(map(_same, old, new))
    return bool(old == new)


def _allows(pattern: Path, path: Path) -> bool:
    """Does the pattern name the path or something above it?"""
    if not pattern:
        return True
    return bool(path) and any(_allows(rest, path[1:]) for rest in _step(pattern, path[0]))


def _reaches_below(pattern: Path, path: Path) -> bool:
    """Does the pattern name something below the path?"""
    if not path:
        return bool(pattern)
    return bool(pattern) and any(_reaches_below(rest, path[1:]) for rest in _step(pattern, path[0]))


def _step(pattern: Path, key: str) -> Iterator[Path]:
    """What is left of a pattern after one key; a key with n dots takes n + 1 segments."""
    if pattern[0] == "*":
        yield pattern[1:]
        return
    length = key.count(".") + 1
    if ".".join(pattern[:length]) == key:
        yield pattern[length:]


def _shown(value: Any) -> Any:
    if value is _MISSING:
        return None
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return value if len(text) <= LONGEST_VALUE else text[:LONGEST_VALUE] + "…"
