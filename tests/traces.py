"""Recorded runs: two compared, in which everything but host times must be equal; and one told again by a model."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from phonebench.agent.dialects import make_dialect
from phonebench.schema.observation import Observation
from phonebench.trace import EpisodeKey, RunReader
from phonebench.uitree import parse_ui

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


def spoken(run: Path, dialect_name: str, task_id: str = "zoom_1") -> list[str]:
    """The replies with which a model of this dialect would do what a recorded episode did."""
    dialect = make_dialect(dialect_name)
    episode = RunReader(run).episode(EpisodeKey(task_id, 1))
    replies = []
    for step in episode.steps():
        xml = episode.read_bytes(str(step.ui)).decode()
        png = episode.read_bytes(str(step.screen))
        view = dialect.look(Observation(png, step.width, step.height, xml, parse_ui(xml), step.package))
        assert step.action is not None
        replies.append(f"Let me see.\n{dialect.render(step.action, view)}")
    return replies
