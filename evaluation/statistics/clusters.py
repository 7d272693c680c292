"""Shares whose trials are not independent: attempts at one task, tasks of one app."""

from __future__ import annotations

from collections.abc import Sequence
from math import atan, cos, pi, sin, sqrt

from evaluation.statistics.intervals import Interval, wilson


def clustered(counts: Sequence[tuple[float, float]], confidence: float = 0.95) -> Interval | None:
    """Interval of sum(hits) / sum(of) over clusters (hits, of), which are the independent units; None without any.

    Cluster-robust variance of a ratio with the small-sample factor G / (G - 1), and Student's t with G - 1 degrees of
    freedom: A. C. Cameron and D. L. Miller, "A practitioner's guide to cluster-robust inference", J. of Human
    Resources 50 (2015) 317-372. Cut to 0..1. A single cluster says nothing: None. Where all clusters have the same
    share the formula would claim certainty; each cluster then counts as one trial of a Wilson interval.
    """
    groups = [(hits, of) for hits, of in counts if of]
    if len(groups) < 2:
        return None
    total = sum(of for _, of in groups)
    share = sum(hits for hits, _ in groups) / total
    squares = sum((hits - share * of) ** 2 for hits, of in groups)
    if squares <= 1e-18 * total**2:
        return _uniform(share, len(groups), confidence)
    size = len(groups)
    half = student_quantile((1 + confidence) / 2, size - 1) * sqrt(size / (size - 1) * squares) / total
    return Interval(max(0.0, share - half), min(1.0, share + half))


def design_effect(counts: Sequence[tuple[float, float]]) -> float:
    """How many trials, of clusters (hits, of), tell as much as one independent trial; 1 to the mean cluster size.

    The cluster-robust variance of the share over that of as many independent trials: L. Kish, Survey Sampling (1965),
    section 8.2. Where all trials agree it cannot be seen, and each cluster counts as one trial.
    """
    groups = [(hits, of) for hits, of in counts if of]
    total = sum(of for _, of in groups)
    most = total / len(groups) if groups else 1.0
    share = sum(hits for hits, _ in groups) / total if groups else 0.0
    if len(groups) < 2 or share * (1 - share) == 0:
        return most
    squares = sum((hits - share * of) ** 2 for hits, of in groups)
    robust = len(groups) / (len(groups) - 1) * squares / total**2
    return min(most, max(1.0, robust / (share * (1 - share) / total)))


def student_quantile(share: float, freedom: int) -> float:
    """The `share` quantile of Student's t with `freedom` degrees of freedom, by bisection of its distribution.

    Raises ValueError for a share outside 0.5..1 (ends excluded, the lower half mirrors) or no degree of freedom.
    """
    if not 0.5 < share < 1 or freedom < 1:
        raise ValueError(f"quantile {share} of t with {freedom} degrees of freedom")
    low, high = 0.0, 1.0
    while _student_cdf(high, freedom) < share:
        high *= 2
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if _student_cdf(middle, freedom) < share else (low, middle)
    return high


def _student_cdf(t: float, freedom: int) -> float:
    """M. Abramowitz and I. A. Stegun, Handbook of Mathematical Functions (1964), 26.7.3 and 26.7.4; t >= 0."""
    angle = atan(t / sqrt(freedom))
    square = cos(angle) ** 2
    odd = freedom % 2 == 1
    term, total = (cos(angle), cos(angle)) if odd else (1.0, 1.0)
    for number in range(3 if odd else 2, freedom - 1, 2):
        term *= square * (number - 1) / number
        total += term
    if freedom == 1:
        total = 0.0
    within = 2 / pi * (angle + sin(angle) * total) if odd else sin(angle) * total
    return (1 + within) / 2


def _uniform(share: float, size: int, confidence: float) -> Interval | None:
    interval = wilson(round(share * size), size, confidence)
    # Shares such as 2 of 3 attempts at each task are no whole trials: widen to hold them.
    return None if interval is None else Interval(min(interval.low, share), max(interval.high, share))
