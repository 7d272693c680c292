"""State, probe and auto judge, side effects, and the judge boundary - on golden traces."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from golden_runs import ALARM_OFF, ALARMS, COUNT, ZOOM, Recipe, Run, passed, state

from evaluation.judge import make_judge, verdict_of
from evaluation.judge.differences import side_effects
from evaluation.judge.probe import ProbeJudge
from evaluation.judge.state import StateJudge, is_true
from phonebench.config import JudgeConfig
from phonebench.schema.episode import ErrorInfo, Outcome
from phonebench.schema.errors import ConfigError, JudgeError
from phonebench.schema.task import Goal, Probe, Task
from phonebench.schema.verdict import Verdict


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return Run(tmp_path)


def judged(run: Run, recipe: Recipe) -> Verdict:
    return StateJudge().judge(recipe.task, run.add(recipe))


def test_met_goals_pass(run: Run) -> None:
    verdict = judged(run, passed())
    assert (verdict.result, verdict.judge, verdict.side_effects) == ("pass", "state", ())
    assert [goal.passed for goal in verdict.goals] == [True, True]
    assert len(verdict.evidence_digest) == 64


def test_an_unmet_goal_fails_and_says_which(run: Run) -> None:
    verdict = judged(run, Recipe(ALARM_OFF))
    assert verdict.result == "fail"
    assert [goal.passed for goal in verdict.goals] == [True, False]
    assert "it is off" in verdict.reason


@pytest.mark.parametrize("outcome", [Outcome.STEP_LIMIT, Outcome.TIME_LIMIT, Outcome.AGENT_ERROR])
def test_operations_are_judged_however_they_ended(run: Run, outcome: Outcome) -> None:
    assert judged(run, passed(outcome=outcome)).result == "pass"


@pytest.mark.parametrize("outcome", [Outcome.INFRA_ERROR, Outcome.CANCELLED])
def test_lost_episodes_are_unscored(run: Run, outcome: Outcome) -> None:
    verdict = judged(run, passed(outcome=outcome, error=ErrorInfo(type="DeviceLost", message="gone")))
    assert verdict.result == "unscored"
    assert outcome.value in verdict.reason


def test_a_right_answer_passes_a_query(run: Run) -> None:
    verdict = judged(run, Recipe(COUNT, answer="There is 1 alarm on."))
    assert verdict.result == "pass"
    assert verdict.goals[0].says == "the final answer says 'One alarm'"


@pytest.mark.parametrize(("answer", "reason"), [("Two", "states 2"), ("", "empty"), ("1 or 2", "also states 2")])
def test_a_wrong_answer_fails_a_query_with_the_reason(run: Run, answer: str, reason: str) -> None:
    verdict = judged(run, Recipe(COUNT, answer=answer))
    assert verdict.result == "fail"
    assert reason in verdict.reason


def test_a_query_without_finish_fails(run: Run) -> None:
    verdict = judged(run, Recipe(COUNT, outcome=Outcome.STEP_LIMIT))
    assert verdict.result == "fail"
    assert "did not finish" in verdict.reason


def test_a_query_must_meet_its_goals_too(run: Run) -> None:
    task = COUNT.model_copy(update={"goals": (Goal(says="nothing changed", state="before.apps == after.apps"),)})
    touched = state([{**ALARMS[0], "label": "x"}, ALARMS[1]])
    assert judged(run, Recipe(task, answer="one")).result == "pass"
    assert judged(run, Recipe(task, answer="one", attempt=2, after=touched)).result == "fail"


def test_no_state_is_unscored(run: Run) -> None:
    verdict = judged(run, passed(before=None))
    assert verdict.result == "unscored"
    assert "simulated" in verdict.reason


@pytest.mark.parametrize("expression", ["apps.[", "length(apps.nothing)"])
def test_a_broken_goal_is_the_judges_error_and_names_task_and_goal(run: Run, expression: str) -> None:
    task = ALARM_OFF.model_copy(update={"goals": (Goal(says="it rings", state=expression),)})
    with pytest.raises(JudgeError, match=r"clock_26.*it rings"):
        judged(run, Recipe(task))


def test_a_goal_without_state_leaves_the_rest_undecided_but_cannot_save_a_failure(run: Run) -> None:
    seen = Goal(says="seen by a person")
    undecided = ALARM_OFF.model_copy(update={"goals": (seen,)})
    failed = ALARM_OFF.model_copy(update={"goals": (seen, Goal(says="no", state="apps.zoom"))})
    assert judged(run, Recipe(undecided)).result == "unscored"
    assert judged(run, Recipe(failed, attempt=2)).result == "fail"


@pytest.mark.parametrize(
    ("value", "truth"),
    [
        (None, False),
        (False, False),
        ("", False),
        ([], False),
        ({}, False),
        (0, True),
        ("0", True),
        ([0], True),
        (True, True),
    ],
)
def test_jmespath_truth(value: Any, truth: bool) -> None:
    assert is_true(value) is truth


def test_side_effects_are_listed_with_both_values(run: Run) -> None:
    after = state([{**ALARMS[0], "enabled": False, "label": "x"}], airplane_mode_on="1")
    verdict = judged(run, Recipe(ALARM_OFF, after=after))
    assert verdict.result == "pass"
    assert [(effect.path, effect.before, effect.after) for effect in verdict.side_effects] == [
        ("apps.clock.alarms.1.label", None, "x"),
        ("apps.clock.alarms.2", ALARMS[1], None),
        ("settings.global.airplane_mode_on", "0", "1"),
    ]


EMPTY: dict[str, Any] = {}


@pytest.mark.parametrize(
    ("before", "after", "may_change", "paths"),
    [
        # Screens, focus and clock change with any use.
        ({"ui": 1, "clock": 1, "scroll": 2}, {"ui": 2, "clock": 9}, (), []),
        # Lists without ids go by position.
        ({"apps": {"a": {"l": [1, 2]}}}, {"apps": {"a": {"l": [1, 3, 4]}}}, (), ["apps.a.l.1", "apps.a.l.2"]),
        # Lists with ids ignore the order.
        ({"apps": {"a": [{"id": 1}, {"id": 2}]}}, {"apps": {"a": [{"id": 2}, {"id": 1}]}}, (), []),
        # A star is one key; everything below an allowed path is allowed.
        (
            {"apps": {"a": {"x": {"n": 1, "m": 1}}}},
            {"apps": {"a": {"x": {"n": 2, "m": 2}}}},
            ("apps.a.*.n",),
            ["apps.a.x.m"],
        ),
        ({"apps": {"a": {}}}, {"apps": {"a": {"new": {"deep": 1}}}}, ("apps.a",), []),
        # Keys with dots match the same text.
        (
            {"packages": {"com.foo": {"on": True}}},
            {"packages": {"com.foo": {"on": False}}},
            ("packages.com.foo.on",),
            [],
        ),
        (
            {"packages": {"com.foo": {"on": True}}},
            {"packages": {"com.foo": {"on": False}}},
            ("packages.com",),
            ["packages.com.foo.on"],
        ),
        # A pattern below something new allows that part only.
        ({"apps": {"z": None}}, {"apps": {"z": {"name": "A", "id": 3}}}, ("apps.z.name",), ["apps.z.id"]),
        ({"apps": {}}, {"apps": {"z": {"name": "A"}}}, ("apps.z.name",), []),
        # true is not 1.
        ({"apps": {"a": True}}, {"apps": {"a": 1}}, (), ["apps.a"]),
        ({"apps": {"a": [[True]]}}, {"apps": {"a": [[1]]}}, (), ["apps.a.0.0"]),
        # What looking at the phone leaves behind is none of the agent's doing.
        (EMPTY, {"files": {"/data/local/tmp/x.png": {"size": 1}, "/sdcard/window_dump.xml": {"size": 2}}}, (), []),
        (
            {"files": {"/a.txt": {"sha256": "1", "mtime_ns": 1}}},
            {"files": {"/a.txt": {"sha256": "1", "mtime_ns": 2}}},
            (),
            [],
        ),
        (EMPTY, {"files": {"/a.txt": {"size": 1}}}, (), ["files./a.txt"]),
    ],
)
def test_side_effects_by_rule(before: Any, after: Any, may_change: tuple[str, ...], paths: list[str]) -> None:
    assert [effect.path for effect in side_effects(before, after, may_change)] == paths


def test_long_values_are_cut() -> None:
    (effect,) = side_effects({"apps": {}}, {"apps": {"a": "x" * 5000}}, ())
    assert len(effect.after) < 400


PROBED = ZOOM.model_copy(
    update={"probes": (Probe(name="focus", shell="dumpsys window", expect="zoom"), Probe(name="x", shell="y"))}
)


@pytest.mark.parametrize(
    ("probes", "result"),
    [({"focus": "us.zoom.videomeetings"}, "pass"), ({"focus": "launcher"}, "fail"), ({}, "unscored")],
)
def test_probes(run: Run, probes: dict[str, str], result: str) -> None:
    assert ProbeJudge().judge(PROBED, run.add(Recipe(PROBED, probes=probes))).result == result


def test_a_task_without_probes_is_the_judges_error(run: Run) -> None:
    with pytest.raises(JudgeError, match="no probe"):
        ProbeJudge().judge(ZOOM, run.add(Recipe(ZOOM)))


def test_auto_reads_the_state_of_a_simulated_phone(run: Run) -> None:
    judge = make_judge(JudgeConfig(kind="auto"))
    assert judge is not None
    assert verdict_of(judge, ALARM_OFF, run.add(passed())).judge == "state"


def test_auto_takes_probes_on_a_real_phone_and_says_what_is_missing(tmp_path: Path) -> None:
    run = Run(tmp_path, simulated=False)
    judge = make_judge(JudgeConfig())
    assert judge is not None
    probed = verdict_of(judge, PROBED, run.add(Recipe(PROBED, before=None, after=None, probes={"focus": "zoom"})))
    assert (probed.judge, probed.result) == ("probe", "pass")
    blind = verdict_of(judge, ALARM_OFF, run.add(passed(before=None, after=None)))
    assert blind.result == "unscored"
    assert "--judge_model" in blind.reason


class Broken:
    id = "broken"

    def __init__(self, error: Exception) -> None:
        self.error = error

    def judge(self, task: Task, episode: Any) -> Verdict:
        raise self.error


@pytest.mark.parametrize("error", [JudgeError("no"), RuntimeError("boom"), KeyError("x")])
def test_a_judge_that_breaks_leaves_the_episode_unscored(run: Run, error: Exception) -> None:
    verdict = verdict_of(Broken(error), ALARM_OFF, run.add(passed()))
    assert (verdict.result, verdict.judge) == ("unscored", "broken")
    assert verdict.reason


def test_a_wrong_setting_stops_the_judging(run: Run) -> None:
    with pytest.raises(ConfigError):
        verdict_of(Broken(ConfigError("key")), ALARM_OFF, run.add(passed()))


def test_a_task_that_left_the_suite_is_unscored(run: Run) -> None:
    assert "not in the suite" in verdict_of(StateJudge(), None, run.add(passed())).reason


def test_the_llm_judge_needs_a_model() -> None:
    with pytest.raises(ConfigError, match="needs a model"):
        make_judge(JudgeConfig(kind="llm"))


def test_no_judge_is_none() -> None:
    assert make_judge(JudgeConfig(kind="none")) is None
