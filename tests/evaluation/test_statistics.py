"""Statistics against published values and an independent library."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.statistics import bootstrap_mean, quantile, wilson

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
