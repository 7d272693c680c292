"""Prediction-powered inference: a judge's many verdicts and a few true ones make one rate that is honest and sharp."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from statistics import NormalDist, fmean

from evaluation.statistics.intervals import wilson
from evaluation.statistics.misclassification import Estimate

FEWEST = 5
"""Labelled episodes of either truth below which a normal interval would be too narrow, and the labels stand alone."""


def powered_rate(
    labelled: Sequence[tuple[bool, bool]], judged: Sequence[bool], confidence: float = 0.95, *, design: float = 1.0
) -> Estimate | None:
    """The true pass rate, from (truth, judgement) of labelled episodes and the judgement alone of the others.

    A. N. Angelopoulos, S. Bates, C. Fannjiang, M. I. Jordan, T. Zrnic, "Prediction-powered inference", Science 382
    (2023) 669-674, with the power tuning of "PPI++" (A. N. Angelopoulos, J. C. Duchi, T. Zrnic, arXiv:2311.01453,
    example 6.1): the weight of the judgements minimises the variance, so a judge without worth costs nothing. Kept
    within 0..1. Assumes that the labelled episodes were drawn at random from all. `design` is the design effect of the
    episodes. Where judgements cannot help (`labels_alone`) it is the labels' own rate with Wilson's interval. None
    without labels.
    """
    n, rest = len(labelled), len(judged)
    truths = [float(truth) for truth, _ in labelled]
    passed = round(sum(truths))
    if labels_alone(labelled, judged):
        alone = wilson(passed / design, n / design, confidence)
        return None if alone is None else Estimate(passed / n, alone.low, alone.high)
    told = [float(verdict) for _, verdict in labelled]
    others = [float(verdict) for verdict in judged]
    weight = _weight(truths, told, others)
    rectified = [truth - weight * verdict for truth, verdict in zip(truths, told, strict=True)]
    point = fmean(rectified) + weight * fmean(others)
    variance = design * (_variance(rectified) / n + weight**2 * _variance(others) / rest)
    half = NormalDist().inv_cdf((1 + confidence) / 2) * sqrt(variance)
    return Estimate(_within(point), _within(point - half), _within(point + half))


def labels_alone(labelled: Sequence[tuple[bool, bool]], judged: Sequence[bool]) -> bool:
    """Is the rate that of the labels: because all are labelled, or fewer than `FEWEST` of either truth?"""
    passed = sum(truth for truth, _ in labelled)
    return not judged or min(passed, len(labelled) - passed) < FEWEST


def _weight(truths: Sequence[float], told: Sequence[float], others: Sequence[float]) -> float:
    """Power tuning: cov(truth, judgement) / ((1 + n / N) var(judgement)), kept within 0..1."""
    spread = _variance([*told, *others])
    if spread == 0:
        return 0.0
    mean_truth, mean_told = fmean(truths), fmean(told)
    products = ((a - mean_truth) * (b - mean_told) for a, b in zip(truths, told, strict=True))
    covariance = sum(products) / (len(truths) - 1)
    return _within(covariance / ((1 + len(truths) / len(others)) * spread))


def _variance(values: Sequence[float]) -> float:
    mean = fmean(values)
    return sum((value - mean) ** 2 for value in values) / (len(values) - 1) if len(values) > 1 else 0.0


def _within(share: float) -> float:
    return min(1.0, max(0.0, share))
