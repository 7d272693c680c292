"""Live progress of judging and of writing pages: a bar on a terminal, plain lines in a pipe."""

from __future__ import annotations

import sys
import time
from collections import Counter
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from evaluation.metrics import EpisodeFigures
from phonebench.schema.verdict import Verdict

QUIET_S = 10.0
"""Seconds between two lines when the output is no terminal."""


class JudgingProgress:
    """Counts episodes on stderr; silent about what is done at once."""

    def __init__(self, total: int, doing: str = "judging") -> None:
        self._total = total
        self._doing = doing
        self._counts: Counter[str] = Counter()
        self._last_line = time.monotonic()
        self._bar: Progress | None = None
        if sys.stderr.isatty():
            columns = (TextColumn(doing), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[counts]}"))
            self._bar = Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True)
            self._task = self._bar.add_task(doing, total=total, counts="")

    def __enter__(self) -> JudgingProgress:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()

    def advance(self, episode: EpisodeFigures | Verdict) -> None:
        """One more episode."""
        self._counts[episode.result] += 1
        counts = ", ".join(f"{result} {self._counts[result]}" for result in ("pass", "fail", "unscored"))
        if self._bar:
            self._bar.update(self._task, advance=1, counts=counts)
        elif time.monotonic() - self._last_line > QUIET_S:
            self._last_line = time.monotonic()
            print(f"{self._doing} {self._counts.total()}/{self._total}: {counts}", file=sys.stderr, flush=True)
