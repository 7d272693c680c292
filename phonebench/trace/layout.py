"""The names of everything in a run's folder. Whoever wants a file of a trace asks here."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Final, NamedTuple

from phonebench.schema.errors import TraceError

RUN: Final = "run.json"
LOCK: Final = "lock.json"
LOG: Final = "run.log"
SUMMARY: Final = "summary.json"
EPISODE: Final = "episode.json"
STEPS: Final = "steps.jsonl"
STATE_BEFORE: Final = "state_before.json"
STATE_AFTER: Final = "state_after.json"
PROBES: Final = "probes.json"
RESULT: Final = "result.json"
RETRIES: Final = "retries"

_RUN_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_EPISODE_NAME: Final = re.compile(r"([A-Za-z0-9][A-Za-z0-9_-]*)\.([1-9][0-9]*)")


class EpisodeKey(NamedTuple):
    """One task, one attempt (from 1)."""

    task_id: str
    attempt: int

    def __str__(self) -> str:
        return f"{self.task_id}.{self.attempt}"


def episode_key(folder_name: str) -> EpisodeKey | None:
    """The key that a folder's name stands for; None when it is no episode's."""
    match = _EPISODE_NAME.fullmatch(folder_name)
    return EpisodeKey(match[1], int(match[2])) if match else None


def run_folder(logs_dir: Path, name: str) -> Path:
    """Where a run of this name lies; raises TraceError for a name that is no plain folder name."""
    if not _RUN_NAME.fullmatch(name):
        raise TraceError(f"'{name}' cannot name a run", why="letters, digits, '.', '_' and '-' only; -n gives a name")
    return logs_dir / name


def screen(index: int) -> str:
    """Relative path of the screenshot before step `index`."""
    return f"screens/{index:03d}.png"


def ui(index: int) -> str:
    """Relative path of the UI dump before step `index`."""
    return f"ui/{index:03d}.xml"


def prompt(index: int) -> str:
    """Relative path of the prompt of step `index`."""
    return f"prompts/{index:03d}.json"


def verdict(judge: str) -> str:
    """File name of a judge's verdict; distinct judges never share one."""
    plain = re.sub(r"[^A-Za-z0-9.-]+", "_", judge)[:80]
    if plain != judge:
        plain = f"{plain}-{hashlib.sha256(judge.encode()).hexdigest()[:8]}"
    return f"verdict.{plain}.json"
