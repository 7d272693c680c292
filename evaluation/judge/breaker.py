"""Stops asking an endpoint that is dead."""

from __future__ import annotations

import threading

from phonebench.schema.errors import AgentError, BenchError, ContextOverflow, JudgeError, ModelError

MOST_FAILURES = 3
"""Failures in a row, each after all its retries, that end the asking."""


class CircuitBreaker:
    """Counts failures in a row, over all threads of a judge. Once open it stays so: the same command later goes on."""

    def __init__(self, most: int = MOST_FAILURES) -> None:
        self._most = most
        self._failures = 0
        self._last = ""
        self._lock = threading.Lock()

    def check(self) -> None:
        """Raises JudgeError, at once, when the endpoint has failed too often."""
        if self._failures >= self._most:
            raise JudgeError(
                f"not asked: the judge's endpoint failed {self._most} times in a row",
                why=self._last,
                next_step="run the same command again when it answers; what is judged stays judged",
            )

    def worked(self) -> None:
        """An answer came."""
        with self._lock:
            if self._failures < self._most:
                self._failures = 0

    def failed(self, problem: ModelError | AgentError) -> None:
        """A request failed after all its retries; one that the server refused for what it holds does not count."""
        with self._lock:
            if _is_dead(problem) and self._failures < self._most:
                self._failures += 1
                self._last = str(problem)


def _is_dead(problem: BenchError) -> bool:
    status = getattr(problem.__cause__, "status_code", None)
    refused = isinstance(status, int) and 400 <= status < 500 and status not in (408, 429)
    return not refused and not isinstance(problem, ContextOverflow)
