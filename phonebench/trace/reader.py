"""Reads runs: `RunReader` a run's folder, `Episode` one finished episode in it. Everything lazily, nothing held."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from phonebench.schema.episode import EpisodeInfo, EpisodeResult, Lock, RunInfo, StepRecord
from phonebench.schema.errors import TraceError
from phonebench.schema.verdict import Verdict
from phonebench.trace import layout
from phonebench.trace.files import Model, corrupt, parse_model, read_json, read_model, write_json
from phonebench.trace.layout import EpisodeKey


def _required(model: type[Model], path: Path, why: str) -> Model:
    try:
        return read_model(model, path)
    except FileNotFoundError:
        raise TraceError(f"no {path.name}", where=str(path.parent), why=why) from None


class Episode:
    """One recorded episode; what the protocol schema.EpisodeReader describes, and its verdicts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def info(self) -> EpisodeInfo:
        """episode.json; raises TraceError."""
        return _required(EpisodeInfo, self.folder / layout.EPISODE, "the episode was never started")

    @cached_property
    def result(self) -> EpisodeResult:
        """result.json; raises TraceError when the episode is not done."""
        return _required(EpisodeResult, self.folder / layout.RESULT, "the episode is not finished")

    def steps(self) -> Iterator[StepRecord]:
        """The steps in order. A last line that a killed process left half-written is passed over."""
        path = self.folder / layout.STEPS
        if not path.exists():
            return
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.endswith(b"\n"):
                    yield parse_model(StepRecord, line, path, number)

    def read_bytes(self, relative: str) -> bytes:
        """A file of the episode by the relative path that a step names; raises FileNotFoundError, TraceError."""
        path = (self.folder / relative).resolve()
        if not path.is_relative_to(self.folder.resolve()):
            raise TraceError(f"path '{relative}' leads out of the episode", where=str(self.folder))
        return path.read_bytes()

    def state_before(self) -> dict[str, Any] | None:
        """The phone's state at the start; None on a real phone."""
        return self._optional(layout.STATE_BEFORE)

    def state_after(self) -> dict[str, Any] | None:
        """The phone's state at the end; None on a real phone."""
        return self._optional(layout.STATE_AFTER)

    def probes(self) -> dict[str, str]:
        """Outputs of the task's adb queries by name."""
        return self._optional(layout.PROBES) or {}

    def retries(self) -> Iterator[EpisodeResult]:
        """Results of the tries that ended in infra_error."""
        shelf = self.folder / layout.RETRIES
        if shelf.is_dir():
            for entry in sorted(shelf.iterdir(), key=lambda path: (len(path.name), path.name)):
                if (entry / layout.RESULT).exists():
                    yield read_model(EpisodeResult, entry / layout.RESULT)

    def verdict(self, judge: str) -> Verdict | None:
        """What a judge said; None when it was not asked yet."""
        path = self.folder / layout.verdict(judge)
        return read_model(Verdict, path) if path.exists() else None

    def verdicts(self) -> Iterator[Verdict]:
        """All verdicts, in the order of their file names."""
        for path in sorted(self.folder.glob("verdict.*.json")):
            yield read_model(Verdict, path)

    def write_verdict(self, verdict: Verdict) -> None:
        """Store a verdict in place of the same judge's earlier one."""
        write_json(self.folder / layout.verdict(verdict.judge), verdict)

    def _optional(self, name: str) -> dict[str, Any] | None:
        path = self.folder / name
        if not path.exists():
            return None
        value = read_json(path)
        if not isinstance(value, dict):
            raise corrupt(path, "not an object")
        return value


class RunReader:
    """A recorded run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def info(self) -> RunInfo:
        """run.json; raises TraceError."""
        return _required(RunInfo, self.folder / layout.RUN, "eval.py writes it; this is no recorded run")

    @cached_property
    def lock(self) -> Lock:
        """lock.json; raises TraceError."""
        return _required(Lock, self.folder / layout.LOCK, "eval.py writes it; this is no recorded run")

    def keys(self) -> list[EpisodeKey]:
        """Episodes that are done, in the order of the run's tasks, then of attempts."""
        order = {task_id: index for index, task_id in enumerate(self.info.task_ids)}
        found = (layout.episode_key(path.parent.name) for path in self.folder.glob(f"*/{layout.RESULT}"))
        return sorted(
            (key for key in found if key is not None),
            key=lambda key: (order.get(key.task_id, len(order)), key.task_id, key.attempt),
        )

    def unfinished(self) -> list[EpisodeKey]:
        """Episodes that the run asks for and that are not done."""
        done = set(self.keys())
        attempts = range(1, self.info.attempts + 1)
        wanted = (EpisodeKey(task_id, attempt) for task_id in self.info.task_ids for attempt in attempts)
        return [key for key in wanted if key not in done]

    def episode(self, key: EpisodeKey) -> Episode:
        """One episode, done or not."""
        return Episode(self.folder / str(key))

    def episodes(self) -> Iterator[Episode]:
        """The episodes that are done, one after the other."""
        for key in self.keys():
            yield self.episode(key)


def find_runs(root: Path) -> list[RunReader]:
    """The run in this folder, or the runs in the folders below it, by name; raises TraceError when there are none."""
    if (root / layout.RUN).exists():
        return [RunReader(root)]
    runs = [RunReader(path.parent) for path in sorted(root.glob(f"*/{layout.RUN}"))]
    if not runs:
        raise TraceError("no recorded run here", where=str(root), next_step="record one: python eval.py -c FILE")
    return runs
