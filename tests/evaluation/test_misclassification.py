"""A judge's error rates and the rates that are left: against statsmodels, numpy, and the truth of simulated judges."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import cohens_kappa

from evaluation.statistics import design_effect, wilson
from evaluation.statistics.misclassification import (
    Confusion,
    balanced_accuracy,
    corrected_rate,
    error_rate,
    kappa,
    sensitivity,
    specificity,
)
from evaluation.statistics.ppi import powered_rate

SENSITIVITY, SPECIFICITY = 0.90, 0.85
counts = st.builds(Confusion, *[st.integers(0, 60)] * 4)


def judged(draw: random.Random, truth: bool) -> bool:
    return draw.random() < (SENSITIVITY if truth else 1 - SPECIFICITY)


def calibrated(draw: random.Random, episodes: int = 2000) -> Confusion:
    found = Confusion()
    for number in range(episodes):
        truth = number % 2 == 0
        found = found.plus(truth, judged(draw, truth))
    return found


def a_run(draw: random.Random, episodes: int, rate: float) -> list[tuple[bool, bool]]:
    truths = (draw.random() < rate for _ in range(episodes))
    return [(truth, judged(draw, truth)) for truth in truths]


def test_two_thousand_labelled_episodes_show_what_a_judge_is() -> None:
    found = calibrated(random.Random(1))
    first, second = sensitivity(found), specificity(found)
    assert first is not None
    assert second is not None
    assert first.low < SENSITIVITY < first.high
    assert second.low < SPECIFICITY < second.high
    assert first.high - first.low < 0.05


@pytest.mark.parametrize("rate", [0.1, 0.3, 0.6])
def test_the_corrected_rate_covers_the_truth_where_the_raw_rate_misses_it(rate: float) -> None:
    repetitions = 400  # of 100 alone, chance takes 92 or fewer in one of eight tries, at a true coverage of 95%
    covered = raw_covered = 0
    for seed in range(repetitions):
        draw = random.Random(seed)
        calibration = calibrated(draw)
        passed = sum(verdict for _, verdict in a_run(draw, 1000, rate))
        corrected, raw = corrected_rate(passed, 1000, calibration), wilson(passed, 1000)
        assert corrected is not None
        assert raw is not None
        covered += corrected.low <= rate <= corrected.high
        raw_covered += raw.low <= rate <= raw.high
    assert covered / repetitions >= 0.93
    # At 60% the errors of both kinds nearly cancel: 0.9 x 0.6 + 0.15 x 0.4 = 0.6. Elsewhere the raw rate is wrong.
    assert raw_covered == 0 if rate < 0.6 else raw_covered / repetitions > 0.8


def test_attempts_at_the_same_tasks_leave_a_wider_interval() -> None:
    tasks, attempts, repetitions = 80, 5, 300
    covered = naive = 0
    for seed in range(repetitions):
        draw = random.Random(seed)
        calibration = calibrated(draw)
        counts = []
        for _ in range(tasks):  # half of the tasks are hard, half are easy: 0.4 in the mean
            chance = draw.choice((0.05, 0.75))
            counts.append((sum(verdict for _, verdict in a_run(draw, attempts, chance)), attempts))
        design, passed = design_effect(counts), sum(hits for hits, _ in counts)
        assert 1 < design <= attempts
        for effect in (design, 1.0):
            found = corrected_rate(passed, tasks * attempts, calibration, design=effect)
            assert found is not None
            holds = found.low <= 0.4 <= found.high
            covered, naive = (covered + holds, naive) if effect > 1 else (covered, naive + holds)
    assert covered / repetitions >= 0.92
    assert naive / repetitions < 0.88


def test_true_verdicts_of_a_part_do_it_too_and_sharper_than_alone() -> None:
    covered = 0
    widths = []
    for seed in range(100):
        episodes = a_run(random.Random(1000 + seed), 600, 0.3)
        powered = powered_rate(episodes[:150], [verdict for _, verdict in episodes[150:]])
        alone = wilson(sum(truth for truth, _ in episodes[:150]), 150)
        assert powered is not None
        assert alone is not None
        covered += powered.low <= 0.3 <= powered.high
        widths.append((powered.high - powered.low) / (alone.high - alone.low))
    assert covered >= 90
    assert np.mean(widths) < 0.85


def test_power_tuning_is_the_papers_formula() -> None:
    draw = random.Random(3)
    labelled, others = a_run(draw, 80, 0.4), [verdict for _, verdict in a_run(draw, 300, 0.4)]
    truth, told = np.array(labelled, float).T
    rest = np.array(others, float)
    weight = np.cov(truth, told, ddof=1)[0, 1] / ((1 + 80 / 300) * np.concatenate([told, rest]).var(ddof=1))
    rectified = truth - weight * told
    point = rectified.mean() + weight * rest.mean()
    half = 1.959964 * math.sqrt(rectified.var(ddof=1) / 80 + weight**2 * rest.var(ddof=1) / 300)
    found = powered_rate(labelled, others)
    assert found is not None
    assert (found.value, found.low, found.high) == pytest.approx((point, point - half, point + half), abs=1e-6)


def test_few_labels_stand_alone() -> None:
    assert powered_rate([], [True] * 50) is None
    few = powered_rate([(True, True)] * 20 + [(False, True)] * 3, [True] * 50)
    alone = wilson(20, 23)
    assert few is not None
    assert alone is not None
    assert (few.low, few.high) == (alone.low, alone.high)


@pytest.mark.parametrize("table", [(45, 5, 40, 10), (20, 15, 40, 3), (1, 0, 99, 0), (7, 3, 2, 8)])
def test_kappa_is_statsmodels(table: tuple[int, int, int, int]) -> None:
    both, missed, neither, invented = table
    theirs = cohens_kappa(np.array([[both, missed], [invented, neither]]))
    ours = kappa(Confusion(both, missed, neither, invented))
    assert ours is not None
    assert ours.value == pytest.approx(theirs.kappa)
    assert (ours.low, ours.high) == pytest.approx((max(-1, theirs.kappa_low), min(1, theirs.kappa_upp)))


def test_a_perfect_judge_changes_nothing() -> None:
    found = corrected_rate(30, 100, Confusion(10_000, 0, 10_000, 0))
    raw = wilson(30, 100)
    assert found is not None
    assert raw is not None
    assert found.value == pytest.approx(0.3)
    assert (found.low, found.high) == pytest.approx((raw.low, raw.high), abs=0.005)


@pytest.mark.parametrize(
    "calibration",
    [Confusion(), Confusion(5, 5, 0, 0), Confusion(0, 0, 5, 5), Confusion(5, 5, 5, 5), Confusion(1, 9, 2, 8)],
)
def test_a_judge_that_knows_nothing_corrects_nothing(calibration: Confusion) -> None:
    assert corrected_rate(30, 100, calibration) is None


@given(counts, st.integers(0, 200), st.integers(0, 200))
def test_intervals_hold_their_point_and_stay_shares(calibration: Confusion, hits: int, more: int) -> None:
    def estimates() -> Iterator[tuple[float, float, float, float]]:
        for made in (sensitivity, specificity, balanced_accuracy, error_rate):
            if (found := made(calibration)) is not None:
                yield 0, found.low, found.value, found.high
        if (found := corrected_rate(hits, hits + more, calibration)) is not None:
            yield 0, found.low, found.value, found.high
        if (found := kappa(calibration)) is not None:
            yield -1, found.low, found.value, found.high

    for least, low, value, high in estimates():
        assert least <= low <= value + 1e-12
        assert value - 1e-12 <= high <= 1


def test_wrong_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="5 hits in 3 trials"):
        corrected_rate(5, 3, Confusion(9, 1, 9, 1))
