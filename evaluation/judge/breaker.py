"""Stops asking an endpoint that is dead."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from phonebench.schema.errors import AgentError, BenchError, ContextOverflow, JudgeError, ModelError

MOST_FAILURES = 3
"""Failures in a row, each after all its retries, that end the asking."""
REST_S = 120.0
"""Seconds after which one episode may try again: a run that judges as it goes lasts for hours."""


class CircuitBreaker:
    """Counts failures in a row, over all threads of a judge. `now` gives seconds; it is there for tests."""

    def __init__(self, most: int = MOST_FAILURES, *, now: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._now = now
        self._failures = 0
        self._last = ""
        self._rests_until = 0.0
        self._lock = threading.Lock()

    def check(self) -> None:
        """Raises JudgeError, at once, when the endpoint has failed too often."""
        with self._lock:
            if self._failures < self._most:
                return
            if self._now() >= self._rests_until:
                self._rest()
                return
        raise JudgeError(
            f"not asked: the judge's endpoint failed {self._most} times in a row",
            why=self._last,
            next_step="ask again when it answers: python generate_result.py; what is judged stays judged",
        )

    def worked(self) -> None:
        """An answer came."""
        with self._lock:
            self._failures = 0

    def failed(self, problem: ModelError | AgentError) -> None:
        """A request failed after all its retries; one that the server refused for what it holds does not count."""
        with self._lock:
            if _is_dead(problem):
                self._failures += 1
                self._last = str(problem)
                self._rest()

    def _rest(self) -> None:
        self._rests_until = self._now() + REST_S


def _is_dead(problem: BenchError) -> bool:
    status = getattr(problem.__cause__, "status_code", None)
    refused = isinstance(status, int) and 400 <= status < 500 and status not in (408, 429)
    return not refused and not isinstance(problem, ContextOverflow)
