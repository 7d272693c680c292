"""Figures on golden episodes: every rate with its numerator and denominator."""

from __future__ import annotations

from pathlib import Path
from statistics import stdev
from typing import Any

import pytest
from golden_runs import ALARM_OFF, COUNT, ZOOM, Recipe, Run, passed, state

from evaluation.judge.boundary import verdict_of
from evaluation.judge.state import StateJudge
from evaluation.metrics import EpisodeFigures, HealthFigures, Rate, meaning, measure, missing, summarise
from evaluation.metrics.health import health_of, sum_up
from evaluation.statistics import wilson
from phonebench.config import PriceConfig
from phonebench.schema.episode import (
    DeviceHealth,
    ErrorInfo,
    HealthReading,
    ModelCall,
    Outcome,
    StepRecord,
    Usage,
)


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


def scored(task_id: str, attempt: int, passed: bool, app: str = "clock") -> EpisodeFigures:
    result: Any = "pass" if passed else "fail"
    return EpisodeFigures(
        task_id, attempt, app, "operation", Outcome.FINISHED, result, "", goals=1, goals_passed=passed
    )


def test_attempts_take_tasks_as_units() -> None:
    results = {"a": (True, True, True), "b": (True, False, False), "c": (False, False, False)}
    episodes = [scored(task, number, ok) for task, oks in results.items() for number, ok in enumerate(oks, 1)]
    figures = summarise([*episodes, scored("d", 1, True), missing("d", 2, "clock", "operation", "not run")])
    attempts = figures.attempts
    assert attempts is not None
    assert (attempts.per_task, attempts.tasks) == (3, 3)
    assert attempts.pass_at == pytest.approx((4 / 9, (1 + 2 / 3 + 0) / 3, 2 / 3))
    assert attempts.pass_hat == pytest.approx((4 / 9, 1 / 3, 1 / 3))
    assert attempts.by_attempt == (Rate(3, 4), Rate(1, 3), Rate(1, 3))
    assert attempts.spread == pytest.approx(stdev([3 / 4, 1 / 3, 1 / 3]))
    assert figures.tasks == 4
    assert figures.success == Rate(5, 10)
    # 10 episodes, but 4 units: wider than ten independent trials.
    interval, naive = figures.success.interval, wilson(5, 10)
    assert interval is not None and naive is not None
    assert interval.high - interval.low > naive.high - naive.low


def test_single_attempts_have_wilson_intervals_and_apps_a_second_line() -> None:
    episodes = [scored(f"{app}{n}", 1, app == "a", app) for app in "abc" for n in range(6)]
    figures = summarise(episodes)
    assert figures.attempts is None
    assert figures.success.interval == wilson(6, 18)
    # All of an app passes or fails together, so that three apps tell nearly nothing.
    by_app = figures.success_by_app
    assert by_app is not None
    assert (by_app.low, by_app.high) == (0.0, 1.0)


def call(role: Any, model: str, prompt: int, completion: int, cached: int = 0) -> ModelCall:
    usage = Usage(prompt_tokens=prompt, completion_tokens=completion, cached_tokens=cached)
    return ModelCall(role=role, model=model, total_s=1.0, usage=usage)


def handed_over(run: Run, recipe: Recipe) -> EpisodeFigures:
    """Two steps of the device model, the second with a controller call, then one of the cloud model."""
    episode = run.add(recipe)
    steps = [
        StepRecord(index=0, calls=(call("planner", "big", 50, 5), call("device", "tiny", 100, 10))),
        StepRecord(index=1, calls=(call("controller", "big", 80, 1), call("device", "tiny", 100, 10))),
        StepRecord(index=2, decided_by="cloud", calls=(call("cloud", "big", 1000, 100, cached=400),)),
    ]
    return measure(episode.info, episode.result, steps, verdict_of(StateJudge(), recipe.task, episode))


def test_device_and_cloud_are_counted_by_hand(run: Run) -> None:
    prices = {
        "tiny": PriceConfig(prompt=1.0, completion=2.0),
        "big": PriceConfig(prompt=10.0, completion=40.0, cached=5.0),
    }
    figures = summarise([handed_over(run, passed()), handed_over(run, Recipe(ZOOM))], prices)
    assert figures.cloud == Rate(2, 6)
    work = figures.work
    assert (work.episodes, work.steps, work.device_steps, work.cloud_steps) == (2, 6, 4, 2)
    assert (work.controller_calls, work.cloud_calls, work.cloud_tokens) == (2, 6, 2 * (55 + 81 + 1100))
    assert figures.work_passed.steps == 3
    assert figures.work_passed.per_episode("controller_calls") == 1.0
    device = 200 * 1.0 + 20 * 2.0
    cloud = (50 + 80 + 600) * 10.0 + 400 * 5.0 + 106 * 40.0
    assert figures.cost.total == pytest.approx(2 * (device + cloud) / 1e6)
    assert figures.cost.cloud == pytest.approx(2 * cloud / 1e6)


def test_a_model_without_a_price_costs_nobody_knows_what(run: Run) -> None:
    episodes = [handed_over(run, passed())]
    cost = summarise(episodes, {"big": PriceConfig(prompt=10.0)}).cost
    assert (cost.total, cost.unpriced) == (None, ("tiny",))
    assert cost.cloud == pytest.approx(1130 * 10 / 1e6)
    assert summarise(episodes).cost.total is None


def test_long_words_are_cut_so_that_thousands_of_episodes_fit_in_memory(run: Run) -> None:
    episode = run.add(passed(answer="x" * 5000))
    verdict = StateJudge().judge(ALARM_OFF, episode).model_copy(update={"reason": "y" * 5000})
    figures = measure(episode.info, episode.result, episode.steps(), verdict)
    assert len(figures.answer or "") == len(figures.reason) == 1000


def test_battery_counts_only_unplugged_and_heat_at_its_highest() -> None:
    def reading(percent: int, celsius: float, powered: bool, thermal: int = 0) -> HealthReading:
        return HealthReading(battery_percent=percent, battery_celsius=celsius, powered=powered, thermal_status=thermal)

    free = health_of(DeviceHealth(start=reading(80, 30.0, False), end=reading(77, 35.5, False, thermal=2)))
    fed = health_of(DeviceHealth(start=reading(80, 31.0, True), end=reading(80, 32.0, True)))
    assert (free.battery_points, free.celsius, free.throttled) == (3.0, 35.5, True)
    assert (fed.battery_points, fed.throttled) == (None, False)
    assert sum_up([free, fed, None]) == HealthFigures(3.0, 35.5, True)
    assert sum_up([None]) == HealthFigures()
