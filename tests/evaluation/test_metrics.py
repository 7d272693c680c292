"""Figures on golden episodes: every rate with its numerator and denominator."""

from __future__ import annotations

from pathlib import Path

import pytest
from golden_runs import ALARM_OFF, COUNT, ZOOM, Recipe, Run, passed, state

from evaluation.compare import compare
from evaluation.judge.boundary import verdict_of
from evaluation.judge.state import StateJudge
from evaluation.metrics import EpisodeFigures, Rate, meaning, measure, missing, summarise
from phonebench.schema.episode import ErrorInfo, Outcome


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return Run(tmp_path)


def measured(run: Run, recipe: Recipe) -> EpisodeFigures:
    episode = run.add(recipe)
    return measure(episode.info, episode.result, episode.steps(), verdict_of(StateJudge(), recipe.task, episode))


def lost(task_id: str = "zoom_1") -> EpisodeFigures:
    return missing(task_id, 1, "zoom", "operation", "not run")


def test_one_episode(run: Run) -> None:
    figures = measured(run, passed(steps=4, effects=("changed", "unchanged", "changed", "none")))
    assert (figures.steps, figures.touching_steps, figures.changing_steps) == (4, 3, 2)
    assert (figures.goals_passed, figures.goals, figures.side_effects) == (2, 2, 0)
    assert (figures.prompt_tokens, figures.completion_tokens, figures.model_calls) == (400, 80, 4)
    assert list(figures.times.model) == [1.0, 2.0, 3.0, 4.0]
    assert list(figures.times.ttft) == [0.2] * 4


def test_rates_have_their_denominators(run: Run) -> None:
    dirty = state([{"id": 1, "time": "07:30", "enabled": False}], airplane_mode_on="1")
    figures = summarise(
        [
            measured(run, passed(steps=4)),
            measured(run, Recipe(ALARM_OFF, attempt=2, after=dirty, steps=2)),
            measured(run, Recipe(COUNT, answer="Two", steps=1)),
            measured(run, Recipe(ZOOM, outcome=Outcome.STEP_LIMIT, steps=5)),
            measured(
                run,
                Recipe(ZOOM, attempt=2, outcome=Outcome.INFRA_ERROR, error=ErrorInfo(type="DeviceLost", message="x")),
            ),
            lost(),
        ]
    )
    assert figures.coverage == Rate(4, 6)
    assert figures.success == Rate(2, 4)
    assert figures.sub_goals == Rate(4, 6)
    assert figures.redundancy == pytest.approx((2 / 4 + 2 / 2) / 2)
    assert figures.clean == Rate(1, 4)
    assert figures.side_effects == 2
    # Three finished with a claim of success; the query's answer was wrong. The step limit claims nothing.
    assert figures.false_completions == Rate(1, 3)
    assert figures.mean_steps == pytest.approx((4 + 2 + 1 + 5) / 4)
    assert figures.reasonable == Rate(3 + 1 + 0 + 5, 3 + 1 + 0 + 5)
    # The lost episode's two steps count neither in times nor in tokens.
    assert figures.model_calls == 12
    assert figures.prompt_tokens == 1200
    assert figures.outcomes == (("finished", 3), ("infra_error", 1), ("not run", 1), ("step_limit", 1))
    assert figures.errors == (("DeviceLost", 1),)


def test_latency_and_throughput(run: Run) -> None:
    figures = summarise([measured(run, passed(steps=4))])
    assert figures.model.p50 == pytest.approx(2.5)
    assert figures.model.p95 == pytest.approx(3.85)
    assert figures.step.p50 == pytest.approx(2.9)
    assert figures.ttft.p50 == pytest.approx(0.2)
    assert figures.tokens_per_second == pytest.approx(80 / 10)


def test_nothing_gives_no_rates_rather_than_zero() -> None:
    for figures in (summarise([]), summarise([lost()])):
        assert figures.success.value is None
        assert figures.success.interval is None
        assert figures.redundancy is None
        assert figures.mean_steps is None
        assert figures.side_effects is None
        assert figures.step.p50 is None
        assert figures.tokens_per_second is None


def test_a_judge_that_sees_no_side_effects_gives_no_clean_success(run: Run) -> None:
    episode = run.add(passed())
    verdict = StateJudge().judge(ALARM_OFF, episode).model_copy(update={"judge": "llm:m"})
    figures = summarise([measure(episode.info, episode.result, episode.steps(), verdict)])
    assert figures.success == Rate(1, 1)
    assert figures.clean == Rate(0, 0)
    assert figures.side_effects is None


def test_every_rate_says_what_it_is() -> None:
    assert meaning("success") == "passed episodes / scored episodes"
    with pytest.raises(KeyError):
        meaning("nothing")


def test_pairs_count_what_both_scored(run: Run) -> None:
    won, same = measured(run, passed()), measured(run, Recipe(COUNT, answer="one"))
    other = [measured(run, Recipe(ALARM_OFF)), measured(run, Recipe(COUNT, answer="one")), lost("zoom_4")]
    pair = compare("a", [won, same, lost("clock_1")], "b", other)
    assert (pair.pairs, pair.wins, pair.losses, pair.ties, pair.difference) == (2, 1, 0, 1, 0.5)
    assert compare("a", [], "b", other).difference is None
