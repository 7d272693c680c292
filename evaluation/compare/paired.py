"""Paired comparison of two runs: the same task, the same attempt, both scored; tasks are the units."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from evaluation.metrics import EpisodeFigures
from evaluation.statistics import (
    Interval,
    bootstrap_ratio,
    detectable_difference,
    holm,
    rounded,
    sign_flip,
    wilson,
)

LEVEL = 0.05
"""A p-value (after Holm) below it is called a difference."""


@dataclass(frozen=True, slots=True)
class Paired:
    """Counts over the pairs that both runs have scored; ties are pairs with the same result."""

    first: str
    second: str
    wins: int
    """The first run passed where the second failed."""
    losses: int
    both_passed: int
    both_failed: int
    tasks: int = 0
    """Tasks with a pair; several attempts at one are no further units."""
    interval: Interval | None = None
    """95% bootstrap interval of the difference, tasks resampled; Wilson's where no task differs from another."""
    p_value: float | None = None
    """Exact, two-sided: McNemar's test for one attempt per task, sign flips of the tasks for several."""
    adjusted: float | None = None
    """The p-value after Holm's correction for all pairs of the report."""
    detectable: float | None = None
    """Smallest true difference that so many tasks would show with 80% power; None: they can show none."""

    @property
    def pairs(self) -> int:
        """Pairs compared."""
        return self.wins + self.losses + self.ties

    @property
    def ties(self) -> int:
        """Pairs with the same result."""
        return self.both_passed + self.both_failed

    @property
    def difference(self) -> float | None:
        """Success rate of the first run minus that of the second, on the pairs; None without pairs."""
        return (self.wins - self.losses) / self.pairs if self.pairs else None

    @property
    def shown(self) -> bool:
        """Is a difference shown, after the correction for many pairs?"""
        return self.adjusted is not None and self.adjusted < LEVEL

    @property
    def words(self) -> str:
        """What may be said of the two runs."""
        if self.adjusted is None or self.difference is None:
            return "not comparable: no task is scored in both"
        if self.shown:
            better, worse = (self.first, self.second) if self.difference > 0 else (self.second, self.first)
            return f"{better} passes more than {worse}"
        if self.detectable is None:
            return "tied: no difference shown; these tasks could show none, too few differ"
        return f"tied: no difference shown; one below {rounded(self.detectable * 100, 1)} points would rarely be seen"


def compare(
    first: str, first_episodes: Iterable[EpisodeFigures], second: str, second_episodes: Iterable[EpisodeFigures]
) -> Paired:
    """Compare two runs by name on the episodes that both have scored; `adjusted` is the p-value itself."""
    other = {(e.task_id, e.attempt): e.passed for e in second_episodes if e.scored}
    counts = {(True, True): 0, (True, False): 0, (False, True): 0, (False, False): 0}
    tasks: dict[str, tuple[int, int]] = {}
    for episode in first_episodes:
        key = (episode.task_id, episode.attempt)
        if episode.scored and key in other:
            counts[episode.passed, other[key]] += 1
            pairs, net = tasks.get(episode.task_id, (0, 0))
            tasks[episode.task_id] = (pairs + 1, net + episode.passed - other[key])
    units = list(tasks.values())
    p_value = sign_flip([net for _, net in units]) if units else None
    return Paired(
        first=first,
        second=second,
        wins=counts[True, False],
        losses=counts[False, True],
        both_passed=counts[True, True],
        both_failed=counts[False, False],
        tasks=len(units),
        interval=_interval(units),
        p_value=p_value,
        adjusted=p_value,
        detectable=detectable_difference([net / pairs for pairs, net in units]),
    )


def _interval(units: Sequence[tuple[int, int]]) -> Interval | None:
    """95% interval of the difference over tasks (pairs, net wins).

    Where all tasks differ by the same, as when no result differs, resampling would claim certainty. A task is then one
    trial that could have come out otherwise, and Wilson's bound tells how many may.
    """
    shares = {net / pairs for pairs, net in units}
    unseen = wilson(0, len(units)) if len(shares) == 1 else None
    if unseen is None:
        return bootstrap_ratio(units)
    (share,) = shares
    return Interval(max(-1.0, share - unseen.high), min(1.0, share + unseen.high))


def compare_all(runs: Sequence[tuple[str, Sequence[EpisodeFigures]]]) -> tuple[Paired, ...]:
    """Each pair of (name, episodes), its p-value adjusted for all the others."""
    found = [compare(*first, *second) for first, second in combinations(runs, 2)]
    tested = [pair for pair in found if pair.p_value is not None]
    adjusted = iter(holm([pair.p_value for pair in tested if pair.p_value is not None]))
    return tuple(replace(pair, adjusted=next(adjusted)) if pair.p_value is not None else pair for pair in found)
