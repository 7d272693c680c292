"""Writes runs: `RunWriter` a run's folder, `EpisodeWriter` one episode in it."""

from __future__ import annotations

import contextlib
import logging
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

from phonebench.schema.episode import EpisodeInfo, EpisodeResult, Lock, RunInfo, StepRecord
from phonebench.schema.errors import TraceError
from phonebench.schema.observation import Observation
from phonebench.trace import layout
from phonebench.trace.files import dump_line, read_model, write_json
from phonebench.trace.layout import EpisodeKey
from phonebench.trace.lock import exclusive


class RunWriter:
    """A run's folder, new or resumed. Different episodes may be written by different threads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    @contextlib.contextmanager
    def open(cls, folder: Path, info: RunInfo, lock: Lock) -> Iterator[RunWriter]:
        """Begin a run or go on with it; one that never came to an episode is begun anew.

        Raises TraceError when the folder holds a run of another config, suite or version, or when another process
        is writing to it. While open, log records of `phonebench` go to run.log as well.
        """
        with exclusive(folder / ".writing"), _logging_to(folder / layout.LOG):
            begun = any(path.is_dir() for path in folder.iterdir())
            if begun:
                _check_lock(folder, lock)
            if not begun or not (folder / layout.RUN).exists():
                write_json(folder / layout.RUN, info)
            write_json(folder / layout.LOCK, lock)
            yield cls(folder)

    def done(self, key: EpisodeKey) -> bool:
        """True when the episode needs no further run."""
        return (self.folder / str(key) / layout.RESULT).exists()

    def forget(self, key: EpisodeKey) -> None:
        """Delete an episode, so that it is run again."""
        shutil.rmtree(self.folder / str(key), ignore_errors=True)

    def episode(self, key: EpisodeKey) -> EpisodeWriter:
        """A writer for one episode; what an interrupted process left of it is deleted, its retries are kept."""
        return EpisodeWriter(self.folder / str(key))

    def write_summary(self, summary: Any) -> None:
        """summary.json: counts at the end of a run."""
        write_json(self.folder / layout.SUMMARY, summary)


class EpisodeWriter:
    """One episode's folder. Steps are appended and flushed; `finish` writes result.json, and only then it is done."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._steps: TextIO | None = None
        self._clear()

    def start(self, info: EpisodeInfo) -> None:
        """Write episode.json and open steps.jsonl."""
        write_json(self.folder / layout.EPISODE, info)
        self._steps = (self.folder / layout.STEPS).open("w", encoding="utf-8", errors="replace", newline="\n")

    @property
    def started(self) -> bool:
        """True between `start` and the end of this try."""
        return self._steps is not None

    def observation(self, index: int, seen: Observation) -> tuple[str | None, str | None]:
        """Store screenshot and UI dump; returns their relative paths, None for what the phone did not give."""
        screen = self._bytes(layout.screen(index), seen.png) if seen.png else None
        ui = self._bytes(layout.ui(index), seen.xml.encode("utf-8", "replace")) if seen.xml else None
        return screen, ui

    def prompt(self, index: int, prompt: Any) -> str | None:
        """Store a prompt as JSON; returns its relative path."""
        if prompt is None:
            return None
        write_json(self.folder / layout.prompt(index), prompt)
        return layout.prompt(index)

    def step(self, record: StepRecord) -> None:
        """Append one line to steps.jsonl and flush it."""
        if self._steps is None:
            raise TraceError("the episode was not started", where=str(self.folder))
        self._steps.write(dump_line(record) + "\n")
        self._steps.flush()

    def state_before(self, state: dict[str, Any] | None) -> None:
        """Store the phone's state at the start; None (a real phone) stores nothing."""
        if state is not None:
            write_json(self.folder / layout.STATE_BEFORE, state)

    def state_after(self, state: dict[str, Any] | None) -> None:
        """Store the phone's state at the end; None (a real phone) stores nothing."""
        if state is not None:
            write_json(self.folder / layout.STATE_AFTER, state)

    def probes(self, outputs: dict[str, str]) -> None:
        """Store the outputs of the task's adb queries."""
        if outputs:
            write_json(self.folder / layout.PROBES, outputs)

    def finish(self, result: EpisodeResult) -> None:
        """The episode is done."""
        self.close()
        write_json(self.folder / layout.RESULT, result)

    def retire(self, result: EpisodeResult) -> None:
        """Keep what this try recorded under retries/<n>/ and make room for the next one."""
        self.close()
        shelf = self.folder / layout.RETRIES / str(self.retries + 1)
        shelf.mkdir(parents=True)
        for item in self._own():
            item.rename(shelf / item.name)
        write_json(shelf / layout.RESULT, result)

    @property
    def retries(self) -> int:
        """Tries on the shelf so far."""
        shelf = self.folder / layout.RETRIES
        return sum(1 for entry in shelf.iterdir() if entry.is_dir()) if shelf.is_dir() else 0

    def close(self) -> None:
        """Close steps.jsonl."""
        if self._steps is not None:
            self._steps.close()
            self._steps = None

    def _own(self) -> Iterable[Path]:
        return [item for item in self.folder.iterdir() if item.name != layout.RETRIES]

    def _clear(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        for item in self._own():
            if item.is_dir():
                shutil.rmtree(item)
            else:
                item.unlink()

    def _bytes(self, relative: str, data: bytes) -> str:
        path = self.folder / relative
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        return relative


def _check_lock(folder: Path, lock: Lock) -> None:
    path = folder / layout.LOCK
    if not path.exists():
        return
    old = read_model(Lock, path)
    changed = [key for key in ("config", "tasks", "prompts", "versions") if getattr(old, key) != getattr(lock, key)]
    if changed:
        raise TraceError(
            f"run '{folder.name}' was begun with another {' and '.join(changed)}",
            where=str(path),
            why="mixing the two would give numbers that nobody can read",
            next_step=f"start a new run with -n NAME, or delete {folder}",
        )


@contextlib.contextmanager
def _logging_to(path: Path) -> Iterator[None]:
    handler = logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(threadName)s %(message)s"))
    logger = logging.getLogger("phonebench")
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO if level == logging.NOTSET else min(level, logging.INFO))
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
        handler.close()
