"""Paired comparison of two runs: the same task, the same attempt, both scored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from evaluation.metrics import EpisodeFigures


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


def compare(
    first: str, first_episodes: Iterable[EpisodeFigures], second: str, second_episodes: Iterable[EpisodeFigures]
) -> Paired:
    """Compare two runs by name on the episodes that both have scored."""
    other = {(e.task_id, e.attempt): e.passed for e in second_episodes if e.scored}
    counts = {(True, True): 0, (True, False): 0, (False, True): 0, (False, False): 0}
    for episode in first_episodes:
        key = (episode.task_id, episode.attempt)
        if episode.scored and key in other:
            counts[episode.passed, other[key]] += 1
    return Paired(first, second, counts[True, False], counts[False, True], counts[True, True], counts[False, False])
