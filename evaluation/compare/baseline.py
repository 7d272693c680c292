"""A run set against a baseline on the tasks that both drove: requests to the cloud, and time per step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from evaluation.metrics import EpisodeFigures, work_of
from evaluation.statistics import Interval, bootstrap_ratio

Pair = tuple[EpisodeFigures, EpisodeFigures]
"""The baseline's episode, and the run's of the same task and attempt."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """A run's total over the baseline's, on the same episodes, with a 95% bootstrap interval over tasks."""

    value: float
    interval: Interval | None
    episodes: int


@dataclass(frozen=True, slots=True)
class Reduction:
    """Share of the baseline's requests to the cloud that a run saves; negative where it makes more."""

    value: float
    interval: Interval | None
    episodes: int


@dataclass(frozen=True, slots=True)
class Against:
    """A run against the baseline; None where there is nothing to set against each other."""

    baseline: str
    cloud_only: bool
    """Did the cloud model decide every step of the baseline?"""
    cloud_calls: Reduction | None
    """Over the episodes that both drove."""
    cloud_calls_passed: Reduction | None
    """Over the episodes that both passed."""
    step_time: Ratio | None
    """Seconds per step over the baseline's, as mean over the episodes that both drove."""


def is_cloud_only(episodes: Iterable[EpisodeFigures]) -> bool:
    """Was every step that was driven decided by the cloud model?"""
    work = work_of(episode for episode in episodes if episode.driven)
    return 0 < work.steps == work.cloud_steps


def set_against(
    baseline: str, baseline_episodes: Sequence[EpisodeFigures], episodes: Iterable[EpisodeFigures]
) -> Against:
    """Set a run's episodes against those of the baseline."""
    other = {(e.task_id, e.attempt): e for e in baseline_episodes if e.driven}
    own = (episode for episode in episodes if episode.driven)
    pairs = [(other[e.task_id, e.attempt], e) for e in own if (e.task_id, e.attempt) in other]
    return Against(
        baseline=baseline,
        cloud_only=is_cloud_only(baseline_episodes),
        cloud_calls=_reduction(pairs),
        cloud_calls_passed=_reduction([pair for pair in pairs if all(episode.passed for episode in pair)]),
        step_time=_ratio([pair for pair in pairs if all(len(e.times.total) for e in pair)], _mean_step),
    )


def _reduction(pairs: Sequence[Pair]) -> Reduction | None:
    ratio = _ratio(pairs, lambda episode: float(work_of([episode]).cloud_calls))
    if ratio is None:
        return None
    interval = None if ratio.interval is None else Interval(1 - ratio.interval.high, 1 - ratio.interval.low)
    return Reduction(1 - ratio.value, interval, ratio.episodes)


def _ratio(pairs: Sequence[Pair], measure: Callable[[EpisodeFigures], float]) -> Ratio | None:
    tasks: dict[str, tuple[float, float]] = {}
    for first, second in pairs:
        base, own = tasks.get(first.task_id, (0.0, 0.0))
        tasks[first.task_id] = (base + measure(first), own + measure(second))
    base, own = (sum(task[side] for task in tasks.values()) for side in (0, 1))
    if not base:
        return None
    known = all(first > 0 for first, _ in tasks.values())
    return Ratio(own / base, bootstrap_ratio(list(tasks.values())) if known else None, len(pairs))


def _mean_step(episode: EpisodeFigures) -> float:
    return sum(episode.times.total) / len(episode.times.total)
