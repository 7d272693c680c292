"""Live progress of judging: a bar on a terminal, plain lines in a pipe."""

from __future__ import annotations

import sys
import time
from collections import Counter
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from evaluation.metrics import EpisodeFigures

QUIET_S = 10.0
"""Seconds between two lines when the output is no terminal."""


class JudgingProgress:
    """Counts verdicts on stderr; silent about runs that are judged at once."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._counts: Counter[str] = Counter()
        self._last_line = time.monotonic()
        self._bar: Progress | None = None
        if sys.stderr.isatty():
            columns = (TextColumn("judging"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[counts]}"))
            self._bar = Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True)
            self._task = self._bar.add_task("judging", total=total, counts="")

    def __enter__(self) -> JudgingProgress:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()

    def advance(self, episode: EpisodeFigures) -> None:
        """One more verdict."""
        self._counts[episode.result] += 1
        counts = ", ".join(f"{result} {self._counts[result]}" for result in ("pass", "fail", "unscored"))
        if self._bar:
            self._bar.update(self._task, advance=1, counts=counts)
        elif time.monotonic() - self._last_line > QUIET_S:
            self._last_line = time.monotonic()
            print(f"judged {self._counts.total()}/{self._total}: {counts}", file=sys.stderr, flush=True)
