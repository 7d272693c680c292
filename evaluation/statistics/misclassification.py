"""A judge against the truth: its error rates with intervals, and what they leave of a rate that it measured.

"Positive" is a passed episode: sensitivity is the share of truly passed episodes that the judge passes, specificity the
share of truly failed ones that it fails.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from evaluation.statistics.intervals import Interval, wilson


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95% interval; a figure that cannot be had is no Estimate but None."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Confusion:
    """Counts of truth and judgement over the same episodes."""

    passed_passed: int = 0
    """Truly passed, and the judge passes them."""
    passed_failed: int = 0
    """Truly passed, but the judge fails them."""
    failed_failed: int = 0
    """Truly failed, and the judge fails them."""
    failed_passed: int = 0
    """Truly failed, but the judge passes them."""

    @property
    def positives(self) -> int:
        """Truly passed episodes."""
        return self.passed_passed + self.passed_failed

    @property
    def negatives(self) -> int:
        """Truly failed episodes."""
        return self.failed_failed + self.failed_passed

    @property
    def total(self) -> int:
        """Episodes with truth and judgement."""
        return self.positives + self.negatives

    @property
    def errors(self) -> int:
        """Episodes that the judge got wrong."""
        return self.passed_failed + self.failed_passed

    def plus(self, truth: bool, judged: bool) -> Confusion:
        """With one more episode."""
        return Confusion(
            self.passed_passed + (truth and judged),
            self.passed_failed + (truth and not judged),
            self.failed_failed + (not truth and not judged),
            self.failed_passed + (not truth and judged),
        )


def sensitivity(counts: Confusion) -> Estimate | None:
    """Share of truly passed episodes that the judge passes, with Wilson's interval; None without such episodes."""
    return _share(counts.passed_passed, counts.positives)


def specificity(counts: Confusion) -> Estimate | None:
    """Share of truly failed episodes that the judge fails, with Wilson's interval; None without such episodes."""
    return _share(counts.failed_failed, counts.negatives)


def error_rate(counts: Confusion) -> Estimate | None:
    """Share of episodes that the judge gets wrong, with Wilson's interval; None without episodes."""
    return _share(counts.errors, counts.total)


def balanced_accuracy(counts: Confusion) -> Estimate | None:
    """Mean of sensitivity and specificity; None unless both exist.

    Interval by square-and-add of the two Wilson intervals (method 10 of R. G. Newcombe, Statistics in Medicine 17
    (1998) 873-890, for a sum instead of a difference).
    """
    first, second = sensitivity(counts), specificity(counts)
    if first is None or second is None:
        return None
    value = (first.value + second.value) / 2
    below = sqrt((first.value - first.low) ** 2 + (second.value - second.low) ** 2) / 2
    above = sqrt((first.high - first.value) ** 2 + (second.high - second.value) ** 2) / 2
    return Estimate(value, max(0.0, value - below), min(1.0, value + above))


def kappa(counts: Confusion, confidence: float = 0.95) -> Estimate | None:
    """Agreement beyond chance (J. Cohen, Educational and Psychological Measurement 20 (1960) 37-46); -1..1.

    Interval by the large-sample variance of J. L. Fleiss, J. Cohen and B. S. Everitt, Psychological Bulletin 72 (1969)
    323-327, equation 13. None when chance alone explains everything: judge and truth know one and the same answer.
    """
    n = counts.total
    if n == 0:
        return None
    cells = ((counts.passed_passed / n, counts.passed_failed / n), (counts.failed_passed / n, counts.failed_failed / n))
    truth = (sum(cells[0]), sum(cells[1]))
    judged = (cells[0][0] + cells[1][0], cells[0][1] + cells[1][1])
    observed = cells[0][0] + cells[1][1]
    chance = sum(a * b for a, b in zip(truth, judged, strict=True))
    if chance == 1:
        return None
    value = (observed - chance) / (1 - chance)
    agree = sum(cells[i][i] * (1 - (truth[i] + judged[i]) * (1 - value)) ** 2 for i in (0, 1))
    differ = (1 - value) ** 2 * sum(cells[i][1 - i] * (judged[i] + truth[1 - i]) ** 2 for i in (0, 1))
    variance = (agree + differ - (value - chance * (1 - value)) ** 2) / (n * (1 - chance) ** 2)
    half = _z(confidence) * sqrt(max(0.0, variance))
    return Estimate(value, max(-1.0, value - half), min(1.0, value + half))


def corrected_rate(
    hits: int, of: int, calibration: Confusion, confidence: float = 0.95, *, design: float = 1.0
) -> Estimate | None:
    """The true rate behind `hits` of `of` episodes passed by a judge whose errors `calibration` counted.

    Point: W. J. Rogan and B. Gladen, American Journal of Epidemiology 107 (1978) 71-76, kept within 0..1. Interval: Z.
    Lang and J. Reiczigel, Preventive Veterinary Medicine 113 (2014) 13-22, which carries the uncertainty of rate,
    sensitivity and specificity, each measured on other episodes. Both assume that the judge errs on these episodes as
    often as on the calibration's. `design` is the design effect of the episodes, for attempts at the same task tell
    less than as many tasks. None without episodes, without passed and failed calibration episodes, or when the
    judge did no better than chance: nothing can be learnt from it then.
    """
    first, second = sensitivity(calibration), specificity(calibration)
    if not 0 <= hits <= of:
        raise ValueError(f"{hits} hits in {of} trials")
    if of == 0 or first is None or second is None or first.value + second.value <= 1:
        return None
    point = (hits / of + second.value - 1) / (first.value + second.value - 1)
    z = _z(confidence)
    n, positives, negatives = of / design + z * z, calibration.positives + 2, calibration.negatives + 2
    rate = (hits / design + z * z / 2) / n
    right = (calibration.passed_passed + 1) / positives
    rejected = (calibration.failed_failed + 1) / negatives
    youden = right + rejected - 1
    if youden <= 0:
        return None
    centre = (rate + rejected - 1) / youden
    of_right, of_rejected = right * (1 - right) / positives, rejected * (1 - rejected) / negatives
    shift = 2 * z * z * (centre * of_right - (1 - centre) * of_rejected)
    spread = sqrt(rate * (1 - rate) / n + centre**2 * of_right + (1 - centre) ** 2 * of_rejected) / youden
    low, high = _within(centre + shift - z * spread), _within(centre + shift + z * spread)
    point = _within(point)
    return Estimate(point, min(low, point), max(high, point))


def _share(hits: int, of: int) -> Estimate | None:
    interval: Interval | None = wilson(hits, of)
    return None if interval is None else Estimate(hits / of, interval.low, interval.high)


def _within(share: float) -> float:
    return min(1.0, max(0.0, share))


def _z(confidence: float) -> float:
    if not 0 < confidence < 1:
        raise ValueError(f"confidence {confidence} is not between 0 and 1")
    return NormalDist().inv_cdf((1 + confidence) / 2)
