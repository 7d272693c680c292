"""Shares with their counts and intervals, and latencies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from evaluation.metrics.episode import EpisodeFigures
from evaluation.statistics import Interval, clustered, quantile, wilson


@dataclass(frozen=True, slots=True)
class Rate:
    """A share with its counts. Equal counts are equal rates, whatever their intervals."""

    hits: int
    of: int
    independent: bool = field(default=True, compare=False)
    """Is each of the `of` a trial of its own? Steps of an episode and attempts at a task are not."""
    clustered: Interval | None = field(default=None, compare=False)
    """95% interval with tasks as the units, where the trials are not independent."""

    @property
    def value(self) -> float | None:
        """hits / of; None without a denominator."""
        return self.hits / self.of if self.of else None

    @property
    def interval(self) -> Interval | None:
        """95% interval: Wilson's for independent trials, else with tasks as the units; None where nothing is known."""
        return wilson(self.hits, self.of) if self.independent else self.clustered


@dataclass(frozen=True, slots=True)
class Latency:
    """Median, 95th percentile and mean in seconds; None without samples."""

    p50: float | None
    p95: float | None
    mean: float | None = None


def latency(seconds: Sequence[float]) -> Latency:
    """Of a sample."""
    return Latency(quantile(seconds, 0.5), quantile(seconds, 0.95), sum(seconds) / len(seconds) if seconds else None)


def episode_rate(episodes: Sequence[EpisodeFigures], hit: Callable[[EpisodeFigures], bool]) -> Rate:
    """Share of episodes. With several attempts at a task, the tasks are the units of the interval."""
    hits = sum(hit(episode) for episode in episodes)
    if len({episode.task_id for episode in episodes}) == len(episodes):
        return Rate(hits, len(episodes))
    return counted_rate(episodes, lambda episode: (int(hit(episode)), 1))


def counted_rate(episodes: Iterable[EpisodeFigures], counts: Callable[[EpisodeFigures], tuple[int, int]]) -> Rate:
    """Share of things counted (hits, of) in each episode; the interval takes tasks as the units."""
    groups = grouped(episodes, counts, lambda episode: episode.task_id)
    hits, of = (sum(group[place] for group in groups) for place in (0, 1))
    return Rate(hits, of, independent=False, clustered=clustered(groups))


def grouped(
    episodes: Iterable[EpisodeFigures],
    counts: Callable[[EpisodeFigures], tuple[int, int]],
    by: Callable[[EpisodeFigures], str],
) -> list[tuple[int, int]]:
    """(hits, of) summed up per group."""
    groups: dict[str, tuple[int, int]] = {}
    for episode in episodes:
        hits, of = counts(episode)
        before = groups.get(by(episode), (0, 0))
        groups[by(episode)] = (before[0] + hits, before[1] + of)
    return list(groups.values())
