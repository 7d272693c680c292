"""Quantiles of a sample and the bootstrap."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor

import numpy as np

from evaluation.statistics.intervals import Interval

AT_ONCE = 1_000_000
"""Values drawn at a time: bounds the memory of a bootstrap over many units."""


def quantile(values: Sequence[float], share: float) -> float | None:
    """The `share` quantile (0..1) by linear interpolation between order statistics; None for an empty sample.

    Definition 7 of R. J. Hyndman and Y. Fan, "Sample quantiles in statistical packages", The American Statistician 50
    (1996) 361-365: the default of R, NumPy and the PERCENTILE function of spreadsheets, so that the three agree.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"quantile {share} is not between 0 and 1")
    if not len(values):
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
    return bootstrap_ratio([(1.0, value) for value in values], seed=seed, resamples=resamples, confidence=confidence)


def bootstrap_ratio(
    pairs: Sequence[tuple[float, float]], *, seed: int = 0, resamples: int = 2000, confidence: float = 0.95
) -> Interval | None:
    """Percentile bootstrap interval of sum(second) / sum(first) over pairs from the same unit; None when empty.

    Pairs are resampled as wholes, so what a unit does to both sides cancels. Firsts must be positive.
    """
    if not pairs:
        return None
    first, second = np.array(pairs, dtype=float).T
    random = np.random.default_rng(seed)
    rows = max(1, AT_ONCE // len(pairs))
    ratios: list[float] = []
    while len(ratios) < resamples:
        drawn = random.integers(len(pairs), size=(min(rows, resamples - len(ratios)), len(pairs)))
        ratios.extend(second[drawn].sum(axis=1) / first[drawn].sum(axis=1))
    tail = (1 - confidence) / 2
    low, high = np.quantile(ratios, (tail, 1 - tail))
    return Interval(float(low), float(high))
