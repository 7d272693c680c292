"""Quantiles of a sample and the bootstrap."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor
from random import Random

from evaluation.statistics.intervals import Interval


def quantile(values: Sequence[float], share: float) -> float | None:
    """The `share` quantile (0..1) by linear interpolation between order statistics; None for an empty sample.

    Definition 7 of R. J. Hyndman and Y. Fan, "Sample quantiles in statistical packages", The American Statistician 50
    (1996) 361-365: the default of R, NumPy and the PERCENTILE function of spreadsheets, so that the three agree.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"quantile {share} is not between 0 and 1")
    if not values:
        return None
    ordered = sorted(values)
    position = (len(ordered) - 1) * share
    below = floor(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (position - below)


def bootstrap_mean(
    values: Sequence[float], *, seed: int = 0, resamples: int = 2000, confidence: float = 0.95
) -> Interval | None:
    """Percentile bootstrap interval of the mean (B. Efron, Annals of Statistics 7 (1979) 1-26); None when empty.

    Resamples the values with replacement; deterministic for a seed. The values are the independent units (tasks).
    """
    if not values:
        return None
    random = Random(seed)
    size = len(values)
    means = [sum(random.choices(values, k=size)) / size for _ in range(resamples)]
    tail = (1 - confidence) / 2
    low, high = quantile(means, tail), quantile(means, 1 - tail)
    assert low is not None and high is not None
    return Interval(low, high)


def bootstrap_ratio(
    pairs: Sequence[tuple[float, float]], *, seed: int = 0, resamples: int = 2000, confidence: float = 0.95
) -> Interval | None:
    """Percentile bootstrap interval of mean(second) / mean(first) over pairs from the same unit; None when empty.

    Pairs are resampled as wholes, so what a unit does to both sides cancels. Firsts must be positive.
    """
    if not pairs:
        return None
    random = Random(seed)
    ratios = []
    for _ in range(resamples):
        drawn = random.choices(pairs, k=len(pairs))
        ratios.append(sum(second for _, second in drawn) / sum(first for first, _ in drawn))
    tail = (1 - confidence) / 2
    low, high = quantile(ratios, tail), quantile(ratios, 1 - tail)
    assert low is not None and high is not None
    return Interval(low, high)
