"""Several attempts at each task; tasks are the units, an attempt more makes no task more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, stdev

from evaluation.metrics.episode import EpisodeFigures
from evaluation.metrics.rates import Rate
from evaluation.statistics import pass_at_k, pass_hat_k


@dataclass(frozen=True, slots=True)
class AttemptFigures:
    """What repeating shows, over the tasks all of whose attempts are scored; index k - 1 holds the figure for k."""

    per_task: int
    tasks: int
    """Tasks with all attempts scored."""
    pass_at: tuple[float, ...]
    """pass@k: chance that at least one of k attempts passes; pass@1 is the mean over attempts."""
    pass_hat: tuple[float, ...]
    """pass^k: chance that all of k attempts pass."""
    by_attempt: tuple[Rate, ...]
    """Success rate of each attempt number, over all its scored episodes."""

    @property
    def spread(self) -> float | None:
        """Standard deviation of the success rate from one attempt number to the next."""
        rates = [rate.value for rate in self.by_attempt if rate.value is not None]
        return stdev(rates) if len(rates) > 1 else None


def attempt_figures(episodes: Sequence[EpisodeFigures]) -> AttemptFigures | None:
    """None for a single attempt per task, or where no task has all its attempts scored."""
    numbers = sorted({episode.attempt for episode in episodes})
    if len(numbers) < 2:
        return None
    results: dict[str, list[bool]] = {}
    for episode in episodes:
        if episode.scored:
            results.setdefault(episode.task_id, []).append(episode.passed)
    size = len(numbers)
    passed = [sum(task) for task in results.values() if len(task) == size]
    by_attempt = (
        [episode.passed for episode in episodes if episode.scored and episode.attempt == number] for number in numbers
    )
    return AttemptFigures(
        per_task=size,
        tasks=len(passed),
        pass_at=tuple(fmean(pass_at_k(size, count, k) for count in passed) for k in range(1, size + 1) if passed),
        pass_hat=tuple(fmean(pass_hat_k(size, count, k) for count in passed) for k in range(1, size + 1) if passed),
        by_attempt=tuple(Rate(sum(results), len(results)) for results in by_attempt),
    )
