"""Runs against each other: exact tests, words, and baselines; counted by hand."""

from __future__ import annotations

from array import array
from typing import Any

import pytest

from evaluation.compare import compare, compare_all, is_cloud_only, set_against
from evaluation.metrics import CallFigures, EpisodeFigures, StepTimes, missing
from evaluation.statistics import mcnemar_exact, wilson
from phonebench.schema.episode import Outcome


def episode(task: str, passed: bool | None, attempt: int = 1, **more: Any) -> EpisodeFigures:
    result: Any = {True: "pass", False: "fail", None: "unscored"}[passed]
    return EpisodeFigures(task, attempt, "clock", "operation", Outcome.FINISHED, result, "", **more)


def run_of(results: str) -> list[EpisodeFigures]:
    """One episode a letter: + passed, - failed, ? unscored."""
    return [episode(f"t{place}", {"+": True, "-": False, "?": None}[sign]) for place, sign in enumerate(results)]


def test_pairs_count_what_both_scored() -> None:
    pair = compare("a", [*run_of("++-?"), missing("x", 1, "a", "b", "")], "b", run_of("-+-+"))
    assert (pair.pairs, pair.tasks, pair.wins, pair.losses, pair.ties) == (3, 3, 1, 0, 2)
    assert (pair.difference, pair.p_value) == (pytest.approx(1 / 3), 1.0)


def test_nothing_in_common_is_said() -> None:
    pair = compare("a", [], "b", run_of("+"))
    assert (pair.difference, pair.p_value, pair.interval, pair.detectable) == (None, None, None, None)
    assert pair.words == "not comparable: no task is scored in both"


def test_equal_results_claim_no_certainty() -> None:
    equal = compare("a", run_of("+-" * 10), "b", run_of("+-" * 10)).interval
    none = wilson(0, 20)
    assert equal is not None
    assert none is not None
    assert (equal.low, equal.high) == (-none.high, none.high)
    opposite = compare("a", run_of("+" * 20), "b", run_of("-" * 20)).interval
    assert opposite is not None
    assert (opposite.low, opposite.high) == (pytest.approx(1 - none.high), 1.0)


def test_a_clear_difference_and_a_tie_in_words() -> None:
    clear = compare("a", run_of("+" * 30 + "-" * 10), "b", run_of("-" * 40))
    assert clear.p_value == pytest.approx(mcnemar_exact(30, 0))
    assert clear.words == "a passes more than b"
    assert compare("b", run_of("-" * 40), "a", run_of("+" * 30 + "-" * 10)).words == "a passes more than b"
    tie = compare("a", run_of("+-" * 20), "b", run_of("-+" * 20))
    assert tie.p_value == 1.0
    assert tie.words.startswith("tied: no difference shown; one below 43.0 points")
    assert "could show none" in compare("a", run_of("++++"), "b", run_of("+++-")).words


def test_several_attempts_make_no_more_units() -> None:
    first = [episode(f"t{task}", True, attempt) for task in range(5) for attempt in (1, 2, 3)]
    second = [episode(f"t{task}", False, attempt) for task in range(5) for attempt in (1, 2, 3)]
    pair = compare("a", first, "b", second)
    assert (pair.pairs, pair.tasks, pair.wins) == (15, 5, 15)
    # Five tasks, each all one way: 2 / 2^5, not 2 / 2^15.
    assert pair.p_value == pytest.approx(2 / 2**5)


def test_p_values_are_adjusted_for_all_pairs() -> None:
    strong, weak, none = run_of("+" * 12), run_of("+" * 6 + "-" * 6), run_of("-" * 12)
    pairs = compare_all([("strong", strong), ("weak", weak), ("none", none)])
    raw = [mcnemar_exact(6, 0), mcnemar_exact(12, 0), mcnemar_exact(6, 0)]
    assert [pair.p_value for pair in pairs] == pytest.approx(raw)
    assert [pair.adjusted for pair in pairs] == pytest.approx([2 * raw[0], 3 * raw[1], 2 * raw[2]])
    assert pairs[0].words.startswith("tied")


def driven(task: str, seconds: list[float], *, cloud_calls: int, passed: bool = True, cloud: int = 0) -> EpisodeFigures:
    calls = (CallFigures("cloud", "big", cloud_calls),) if cloud_calls else ()
    return episode(task, passed, times=StepTimes(total=array("d", seconds)), calls=calls, cloud_steps=cloud)


def test_cloud_calls_saved_and_time_per_step_by_hand() -> None:
    base = [
        driven("a", [2.0, 2.0], cloud_calls=2, cloud=2),
        driven("b", [4.0] * 4, cloud_calls=4, cloud=4, passed=False),
        driven("only here", [1.0], cloud_calls=50, cloud=1),
    ]
    run = [driven("a", [1.0, 1.0], cloud_calls=1), driven("b", [1.0, 3.0], cloud_calls=2)]
    assert is_cloud_only(base)
    assert not is_cloud_only(run)
    against = set_against("base", base, run)
    assert against.cloud_only
    assert against.cloud_calls is not None and against.cloud_calls_passed is not None and against.step_time is not None
    assert (against.cloud_calls.value, against.cloud_calls.episodes) == (pytest.approx(1 - 3 / 6), 2)
    assert (against.cloud_calls_passed.value, against.cloud_calls_passed.episodes) == (pytest.approx(1 - 1 / 2), 1)
    assert against.step_time.value == pytest.approx((1 + 2) / (2 + 4))
    assert against.step_time.interval is not None


def test_a_baseline_without_requests_or_tasks_gives_nothing() -> None:
    against = set_against("base", [driven("a", [1.0], cloud_calls=0)], [driven("b", [1.0], cloud_calls=1)])
    assert (against.cloud_calls, against.cloud_calls_passed, against.step_time) == (None, None, None)
