"""Two runs on the same tasks: exact tests, corrections for many tests, and what could have been seen at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import comb, log, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray


def mcnemar_exact(wins: int, losses: int) -> float:
    """Two-sided exact p-value for `wins` and `losses` among discordant pairs; 1.0 without any.

    Q. McNemar, Psychometrika 12 (1947) 153-157, with the binomial distribution in place of chi-square: under the
    null hypothesis each discordant pair is a win with probability 1/2. Raises ValueError for negative counts.
    """
    if wins < 0 or losses < 0:
        raise ValueError(f"{wins} wins and {losses} losses")
    discordant = wins + losses
    tail = sum(comb(discordant, count) for count in range(min(wins, losses) + 1))
    chance: float = 2 * tail / 2**discordant
    return min(1.0, chance)


def sign_flip(nets: Sequence[int]) -> float:
    """Two-sided exact p-value that the units' net wins have no direction; `nets` are wins minus losses of each unit.

    The paired randomisation test (R. A. Fisher, The Design of Experiments, 1935, section 21) on the sum: under the
    null hypothesis a unit's net is as likely to have the other sign. The distribution of the sum is computed, not
    sampled. With one pair per unit this is exact McNemar; with several attempts per task it takes tasks as the units.
    """
    observed = abs(sum(nets))
    # Probabilities of the sum, at indices sum + reach.
    chances, reach = np.ones(1), 0
    for size, count in sorted(Counter(abs(net) for net in nets if net).items()):
        one_size = np.zeros(2 * count * size + 1)
        one_size[:: 2 * size] = _fair_binomial(count)
        chances, reach = np.convolve(chances, one_size), reach + count * size
    sums = np.abs(np.arange(-reach, reach + 1))
    return min(1.0, float(chances[sums >= observed].sum()))


def holm(p_values: Sequence[float]) -> list[float]:
    """Adjusted p-values in the given order, so that the chance of any false alarm among them stays at the level.

    S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian J. of Statistics 6 (1979) 65-70.
    """
    adjusted = [0.0] * len(p_values)
    largest = 0.0
    for rank, place in enumerate(sorted(range(len(p_values)), key=lambda place: p_values[place])):
        largest = max(largest, min(1.0, (len(p_values) - rank) * p_values[place]))
        adjusted[place] = largest
    return adjusted


def detectable_difference(
    differences: Sequence[float], *, power: float = 0.8, significance: float = 0.05
) -> float | None:
    """The smallest true difference of success rates that a paired test of such units finds with `power`.

    `differences` are the units' (tasks') own, -1..1; with one attempt each their mean square s is the share of
    discordant pairs. Solves sqrt(n) d = z_a sqrt(s) + z_b sqrt(s - d^2) for d: the sample size formula of R. J. Connor,
    Biometrics 43 (1987) 207-211, turned around. None where these units differ too little to find any.
    """
    units = len(differences)
    if not any(differences):
        return None
    mean_square = sum(difference**2 for difference in differences) / units
    at_level = NormalDist().inv_cdf(1 - significance / 2)
    at_power = NormalDist().inv_cdf(power)

    def shortfall(difference: float) -> float:
        needed = at_level * sqrt(mean_square) + at_power * sqrt(max(0.0, mean_square - difference**2))
        return needed - sqrt(units) * difference

    # The same units cannot differ by more than this, all in one direction.
    low, high = 0.0, sum(map(abs, differences)) / units
    if shortfall(high) > 0:
        return None
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if shortfall(middle) > 0 else (low, middle)
    return high


def _fair_binomial(trials: int) -> NDArray[np.float64]:
    """Probabilities of 0..trials heads of a fair coin; by logarithms, as the counts outgrow floats."""
    factorials = np.concatenate(([0.0], np.cumsum(np.log(np.arange(1, trials + 1)))))
    weights = np.exp(factorials[-1] - factorials - factorials[::-1] - trials * log(2))
    return np.asarray(weights / weights.sum())
