"""Confidence intervals for shares."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist


@dataclass(frozen=True, slots=True)
class Interval:
    """A closed interval, low <= high; of shares in 0..1, of differences and ratios as these are."""

    low: float
    high: float


def wilson(hits: float, of: float, confidence: float = 0.95) -> Interval | None:
    """Score interval for `hits` successes in `of` independent trials; None when there were no trials.

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927) 209-212;
    without continuity correction (method 3 of R. G. Newcombe, Statistics in Medicine 17 (1998) 857-872).
    Fractions are trials that tell less than a whole one: design_effect. Raises ValueError when the counts cannot be
    counts of the same trials.
    """
    if not 0 <= hits <= of:
        raise ValueError(f"{hits} hits in {of} trials")
    if not 0 < confidence < 1:
        raise ValueError(f"confidence {confidence} is not between 0 and 1")
    if of == 0:
        return None
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share = hits / of
    scale = 1 + z * z / of
    centre = (share + z * z / (2 * of)) / scale
    half = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / scale
    # The bounds are exact at the two ends; rounding must not push them off.
    low = 0.0 if hits == 0 else max(0.0, centre - half)
    high = 1.0 if hits == of else min(1.0, centre + half)
    return Interval(low, high)
