"""Compares recorded runs: everything but host times must be equal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

TIMES = {"seconds", "setup_seconds", "started_at", "created_at", "serial"}


def timeless(value: Any) -> Any:
    """A trace's JSON without host times and serial numbers."""
    if isinstance(value, dict):
        return {k: timeless(v) for k, v in value.items() if k not in TIMES and not k.endswith("_s")}
    return [timeless(item) for item in value] if isinstance(value, list) else value


def contents(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_dir() or name in ("run.log", ".writing"):
            continue
        if path.suffix == ".json":
            found[name] = timeless(json.loads(path.read_bytes()))
        elif path.suffix == ".jsonl":
            found[name] = [timeless(json.loads(line)) for line in path.read_bytes().splitlines()]
        else:
            found[name] = path.read_bytes()
    return found
