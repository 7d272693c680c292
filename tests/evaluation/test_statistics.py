"""Statistics against published values and an independent library."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests

from evaluation.statistics import (
    bootstrap_mean,
    clustered,
    design_effect,
    detectable_difference,
    holm,
    mcnemar_exact,
    pass_at_k,
    pass_hat_k,
    percent,
    quantile,
    rounded,
    sign_flip,
    student_quantile,
    wilson,
)

# R. G. Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3 (score without continuity correction).
NEWCOMBE = [
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0000, 0.1611),
    (1, 29, 0.0061, 0.1718),
]


@pytest.mark.parametrize(("hits", "of", "low", "high"), NEWCOMBE)
def test_wilson_gives_the_published_intervals(hits: int, of: int, low: float, high: float) -> None:
    interval = wilson(hits, of)
    assert interval is not None
    assert (round(interval.low, 4), round(interval.high, 4)) == (low, high)


def test_wilson_of_nothing_is_nothing() -> None:
    assert wilson(0, 0) is None


@pytest.mark.parametrize(("hits", "of"), [(-1, 3), (4, 3), (1, 0)])
def test_wilson_refuses_impossible_counts(hits: int, of: int) -> None:
    with pytest.raises(ValueError, match="hits in"):
        wilson(hits, of)


@given(st.integers(1, 5000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_wilson_holds_the_share_and_mirrors(counts: tuple[int, int]) -> None:
    hits, of = counts
    interval, mirror = wilson(hits, of), wilson(of - hits, of)
    assert interval is not None and mirror is not None
    assert 0 <= interval.low <= hits / of <= interval.high <= 1
    assert interval.low == pytest.approx(1 - mirror.high, abs=1e-12)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=50), st.floats(0, 1))
def test_quantile_agrees_with_numpy(values: list[float], share: float) -> None:
    assert quantile(values, share) == pytest.approx(float(np.quantile(values, share)), rel=1e-9, abs=1e-6)


def test_quantile_of_nothing_is_nothing() -> None:
    assert quantile([], 0.5) is None


def test_bootstrap_is_seeded_and_holds_the_mean() -> None:
    values = [0.0] * 40 + [1.0] * 60
    first, again, other = bootstrap_mean(values), bootstrap_mean(values), bootstrap_mean(values, seed=1)
    assert first is not None
    assert first == again
    assert first != other
    # Normal approximation: 0.6 +- 1.96 * sqrt(0.24 / 100) = [0.504, 0.696].
    assert first.low == pytest.approx(0.504, abs=0.02)
    assert first.high == pytest.approx(0.696, abs=0.02)


def test_bootstrap_of_nothing_is_nothing() -> None:
    assert bootstrap_mean([]) is None


@given(st.integers(0, 400), st.integers(0, 400))
def test_mcnemar_agrees_with_scipy(wins: int, losses: int) -> None:
    expected = scipy.stats.binomtest(wins, wins + losses).pvalue if wins + losses else 1.0
    assert mcnemar_exact(wins, losses) == pytest.approx(expected, rel=1e-9)


def test_mcnemar_agrees_with_statsmodels() -> None:
    table = [[101, 16], [6, 33]]
    expected = mcnemar(table, exact=True).pvalue
    assert mcnemar_exact(16, 6) == pytest.approx(expected)
    assert mcnemar_exact(6, 16) == mcnemar_exact(16, 6)


@given(st.lists(st.sampled_from([-1, 0, 1]), max_size=60))
def test_sign_flips_of_single_attempts_are_mcnemar(nets: list[int]) -> None:
    assert sign_flip(nets) == pytest.approx(mcnemar_exact(nets.count(1), nets.count(-1)))


@given(st.lists(st.integers(-4, 4), min_size=1, max_size=10))
def test_sign_flips_agree_with_trying_all_signs(nets: list[int]) -> None:
    all_sums = [sum(s * n for s, n in zip(signs, nets, strict=True)) for signs in product((-1, 1), repeat=len(nets))]
    expected = sum(abs(total) >= abs(sum(nets)) for total in all_sums) / len(all_sums)
    assert sign_flip(nets) == pytest.approx(expected)


def test_sign_flips_of_many_tasks_do_not_overflow() -> None:
    assert sign_flip([1] * 9_000 + [-1] * 9_000 + [3] * 200 + [-3] * 200) == pytest.approx(1.0)
    assert sign_flip([2] * 5_000) < 1e-300


@pytest.mark.parametrize("p_values", [[0.01], [0.04, 0.01, 0.03, 0.02], [0.9, 0.5, 0.001], [0.02, 0.02, 1.0]])
def test_holm_agrees_with_statsmodels(p_values: list[float]) -> None:
    expected = multipletests(p_values, method="holm")[1]
    assert holm(p_values) == pytest.approx(list(expected))


@pytest.mark.parametrize(("units", "discordant"), [(140, 0.2), (140, 0.4), (500, 0.1), (60, 0.5)])
def test_the_detectable_difference_is_found_in_four_of_five(units: int, discordant: float) -> None:
    """Exact power of the asymptotic McNemar test at that difference, by summing over all tables with scipy."""
    differences = [1.0] * round(units * discordant) + [0.0] * round(units * (1 - discordant))
    difference = detectable_difference(differences)
    discordant = sum(differences) / units
    assert difference is not None
    win = (discordant + difference) / 2
    found = 0.0
    for count in range(units + 1):
        wins = np.arange(count + 1)
        rejected = (2 * wins - count) ** 2 > 1.959964**2 * count
        chance = scipy.stats.binom.pmf(wins, count, win / discordant)
        found += scipy.stats.binom.pmf(count, units, discordant) * float(chance[rejected].sum())
    assert found == pytest.approx(0.8, abs=0.03)


def test_too_few_tasks_detect_nothing() -> None:
    assert detectable_difference([1.0, 0.0, 0.0, 0.0, 0.0]) is None
    assert detectable_difference([0.0] * 100) is None
    assert detectable_difference([]) is None


@given(st.floats(0.51, 0.999), st.integers(1, 300))
def test_student_quantiles_agree_with_scipy(share: float, freedom: int) -> None:
    assert student_quantile(share, freedom) == pytest.approx(float(scipy.stats.t.ppf(share, freedom)), rel=1e-7)


@pytest.mark.filterwarnings("ignore::Warning")  # statsmodels uses what pandas will drop, and says so when imported
def test_clusters_agree_with_statsmodels() -> None:
    from statsmodels.regression.linear_model import OLS

    random = np.random.default_rng(3)
    sizes = [3, 12, 7, 1, 20, 9]
    values = [random.random(size) < 0.2 + 0.1 * place for place, size in enumerate(sizes)]
    groups = np.repeat(np.arange(len(sizes)), sizes)
    flat = np.concatenate(values).astype(float)
    model = OLS(flat, np.ones(len(flat)))
    fit = model.fit(cov_type="cluster", cov_kwds={"groups": groups}, use_t=True)
    low, high = fit.conf_int()[0]
    found = clustered([(float(v.sum()), float(len(v))) for v in values])
    assert found is not None
    assert (found.low, found.high) == (pytest.approx(low), pytest.approx(high))


def test_clusters_without_spread_claim_no_certainty() -> None:
    assert clustered([(5, 5)]) is None
    assert clustered([]) is None
    assert clustered([(4, 4)] * 20) == wilson(20, 20)
    third = clustered([(1, 3), (1, 3)])
    assert third is not None
    assert third.low <= 1 / 3 <= third.high


def test_design_effect() -> None:
    assert design_effect([]) == 1
    assert design_effect([(hits, 1) for hits in (0, 1, 1)]) == 1  # independent
    assert design_effect([(3, 3), (0, 3)] * 50) == pytest.approx(3, abs=0.05)  # three attempts tell as much as one
    assert design_effect([(3, 3)] * 9) == 3  # nothing differs: nothing can be seen
    assert design_effect([(1, 2)] * 9) == 1
    drawn = np.random.default_rng(5).binomial(4, 0.3, size=2000)
    assert design_effect([(int(hits), 4) for hits in drawn]) == pytest.approx(1, abs=0.1)


@pytest.mark.parametrize(("attempts", "passed", "k"), [(5, 2, 1), (5, 2, 3), (10, 7, 4), (4, 0, 2), (4, 4, 4)])
def test_pass_at_k_and_pass_hat_k_agree_with_drawing_all_subsets(attempts: int, passed: int, k: int) -> None:
    subsets = list(combinations([True] * passed + [False] * (attempts - passed), k))
    assert pass_at_k(attempts, passed, k) == pytest.approx(sum(map(any, subsets)) / len(subsets))
    assert pass_hat_k(attempts, passed, k) == pytest.approx(sum(map(all, subsets)) / len(subsets))


def test_attempts_that_were_not_made_are_refused() -> None:
    with pytest.raises(ValueError, match="3 of 2 attempts"):
        pass_at_k(2, 1, 3)


def test_the_bootstrap_agrees_with_scipys() -> None:
    random = np.random.default_rng(1)
    nets = random.choice([-1.0, 0.0, 1.0], size=138, p=[0.1, 0.7, 0.2])
    found = bootstrap_mean(list(nets), resamples=4000)
    expected = scipy.stats.bootstrap((nets,), np.mean, n_resamples=4000, method="percentile", rng=2).confidence_interval
    assert found is not None
    assert found.low == pytest.approx(expected.low, abs=0.01)
    assert found.high == pytest.approx(expected.high, abs=0.01)


@pytest.mark.parametrize(
    ("share", "shown"),
    [(5 / 16, "31.3%"), (1 / 16, "6.3%"), (-1 / 16, "-6.3%"), (1 / 3, "33.3%"), (0.1 + 0.2, "30.0%"), (1, "100.0%")],
)
def test_texts_have_the_digits_of_a_spreadsheet(share: float, shown: str) -> None:
    """As Excel and LibreOffice show these numbers with the format 0.0%."""
    assert percent(share) == shown


def test_signs_and_thousands() -> None:
    assert [percent(share, sign=True) for share in (0.0625, 0.0, -0.5)] == ["+6.3%", "0.0%", "-50.0%"]
    assert (rounded(1234567.5, 0), rounded(1.0005, 3), rounded(-0.25, 1)) == ("1,234,568", "1.001", "-0.3")


@given(st.floats(-1e9, 1e9), st.integers(0, 4))
def test_rounding_moves_a_number_by_half_a_digit_at_most(value: float, digits: int) -> None:
    shown = float(rounded(value, digits).replace(",", ""))
    assert abs(shown - value) <= 0.5 * 10**-digits + 1e-15 * abs(value) + 1e-12
