"""A judge is measured on episodes of known truth, and reports carry its errors: through the real judge and commands."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from golden_runs import ALARM_OFF, COUNT, Recipe, Run, passed
from stub_server import Answer, Fault, Reply, StubServer

from evaluation.cli import main
from evaluation.judge.calibration import CalibrationStore, JudgeCalibration
from evaluation.judge.calibration.labelled import Labelled, load_set
from evaluation.judge.calibration.measure import measure_judge
from evaluation.judge.llm import LlmJudge
from phonebench.model import ScriptedChat
from phonebench.schema.calibration import MANIFEST, TASKS, CalibrationManifest, LabelledEpisode
from phonebench.schema.task import Task
from phonebench.schema.verdict import Verdict
from phonebench.suite import make_suite
from phonebench.trace import Episode, RunReader
from phonebench.trace.files import write_json

ROOT = Path(__file__).parents[2]


def reply(met: bool) -> str:
    return json.dumps({"goals": [{"goal": n, "evidence": "seen", "met": met} for n in (1, 2)]})


@pytest.fixture
def suite(tmp_path: Path) -> str:
    task = {
        "id": "clock_26", "kind": "operation", "instruction": ALARM_OFF.instruction, "reference_steps": 2,
        "goals": [goal.model_dump() for goal in ALARM_OFF.goals], "may_change": list(ALARM_OFF.may_change),
    }  # fmt: skip
    (tmp_path / "tasks").mkdir()
    content = {"app": "clock", "package": ALARM_OFF.package, "tasks": [task]}
    (tmp_path / "tasks" / "clock.yaml").write_text(json.dumps(content))
    return str(tmp_path / "tasks")


def a_set(logs: Path, size: int = 20) -> Path:
    """A labelled set: even numbers passed, odd ones failed; each episode says its number."""
    folder = logs / "calibration" / "mini"
    tasks = [ALARM_OFF.model_copy(update={"id": f"clock_{n}"}) for n in range(size)]
    run = Run(folder, "scripts", tasks=tasks)
    for number, task in enumerate(tasks):
        run.add(Recipe(task, answer=f"episode {number}", steps=1))
    labels = tuple(
        LabelledEpisode(
            run="scripts", task_id=task.id, of_task=task.id,
            source="near_miss" if number % 2 else "solution", passed=number % 2 == 0,
        )
        for number, task in enumerate(tasks)
    )  # fmt: skip
    manifest = CalibrationManifest(
        name="mini", version=1, digest="d", created_at="", phonebench_version="0", suite="golden", suite_digest="s",
        seed=0, simulated=True, truth="state", left_out=(), episodes=labels,
    )  # fmt: skip
    write_json(folder / TASKS, make_suite("golden", tasks))
    write_json(folder / MANIFEST, manifest)
    return folder


def number_of(body: dict[str, Any]) -> int:
    text = body["messages"][1]["content"][0]["text"]
    return int(text.split('"final_answer": "episode ')[1].split('"')[0])


def wrong_on(*numbers: int) -> Any:
    """A judge that knows the truth of a set, but on these."""
    return lambda body: Reply(reply((number_of(body) % 2 == 0) is (number_of(body) not in numbers)))


def command(logs: Path, *arguments: str) -> int:
    runs = logs / "evaluation"
    runs.mkdir(parents=True, exist_ok=True)
    out = logs.parent / "out"
    return main(["--input_folder", str(runs), "--output_folder", str(out), "--no_html", *arguments])


def endpoint(stub: StubServer) -> list[str]:
    return ["--judge_model", "big", "--api_base", stub.base_url]


def calibrations(logs: Path) -> list[JudgeCalibration]:
    files = sorted((logs / "calibration" / "judges").glob("llm*.json"))
    return [JudgeCalibration.model_validate_json(path.read_bytes()) for path in files]


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    return tmp_path / "logs"


@pytest.fixture
def stub() -> Iterator[StubServer]:
    with StubServer([Reply(reply(True))]) as server:
        yield server


def test_calibrate_counts_and_stores_what_a_judge_gets_right(
    logs: Path, stub: StubServer, capsys: pytest.CaptureFixture[str]
) -> None:
    a_set(logs)
    stub.plan = wrong_on(0, 1, 3)
    assert command(logs, "--calibrate", "mini", *endpoint(stub), "--judge_price", "2", "10") == 0
    (found,) = calibrations(logs)
    overall = found.overall
    assert (overall.passed_passed, overall.passed_failed, overall.failed_failed, overall.failed_passed) == (9, 1, 8, 2)
    assert overall.sensitivity is not None
    assert overall.sensitivity.value == 0.9
    assert overall.kappa is not None
    assert overall.kappa.value == pytest.approx(0.7)
    assert found.by_source["near_miss"].sensitivity is None
    assert set(found.by_app) == {"clock"}
    assert (found.sets, found.simulated, found.calls, found.prompt_tokens) == (("mini@1",), True, 20, 2000)
    assert found.cost == pytest.approx((2000 * 2 + found.completion_tokens * 10) / 1e6)
    printed = capsys.readouterr().out
    assert "SIMULATED PHONE" in printed
    assert "90.0%" in printed
    assert command(logs, "--calibrate", "mini", *endpoint(stub)) == 0
    assert len(stub.requests) == 20  # nothing was asked twice


def test_what_the_judge_cannot_decide_is_counted_apart(logs: Path, stub: StubServer) -> None:
    a_set(logs)
    stub.plan = lambda body: Reply("prose") if number_of(body) == 4 else wrong_on()(body)
    assert command(logs, "--calibrate", "mini", *endpoint(stub)) == 1
    (found,) = calibrations(logs)
    assert (found.overall.unscored, found.overall.confusion.total) == (1, 19)


def test_a_dead_endpoint_leaves_the_old_calibration(
    logs: Path, stub: StubServer, capsys: pytest.CaptureFixture[str]
) -> None:
    a_set(logs)
    stub.plan = wrong_on()
    command(logs, "--calibrate", "mini", *endpoint(stub))
    before = calibrations(logs)
    for plan in ([Fault("400")], lambda body: Fault("400") if number_of(body) > 5 else wrong_on()(body)):
        stub.plan = plan
        assert command(logs, "--calibrate", "mini", *endpoint(stub), "--rejudge") == 1
        assert calibrations(logs) == before
    assert "only 6 of 20 episodes could be judged; the calibration on 20 episodes stays" in capsys.readouterr().out


def test_no_set_is_said_with_the_command_that_makes_one(
    logs: Path, stub: StubServer, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(logs, "--calibrate", *endpoint(stub)) == 2
    assert "python eval.py --build_calibration" in capsys.readouterr().err


def judge_row(logs: Path) -> dict[str, Any]:
    sheet = openpyxl.load_workbook(logs.parent / "out" / "results.xlsx")["Judge"]
    lines = [[cell.value for cell in line] for line in sheet.iter_rows(min_row=3)]
    return dict(zip(lines[0], lines[1], strict=True))


def real_run(logs: Path, suite: str, count: int = 6) -> Run:
    run = Run(logs / "evaluation", "real", simulated=False, suite=suite, tasks=[ALARM_OFF])
    for attempt in range(1, count + 1):
        run.add(passed(attempt=attempt, answer=f"episode {attempt}", before=None, after=None, steps=1))
    return run


def test_a_report_says_when_the_judge_was_never_calibrated(
    logs: Path, suite: str, stub: StubServer, capsys: pytest.CaptureFixture[str]
) -> None:
    real_run(logs, suite)
    stub.plan = wrong_on()
    assert command(logs, *endpoint(stub)) == 0
    row = judge_row(logs)
    assert "never calibrated" in row["In words"]
    assert (row["Judge"], row["Raw SR"], row["Corrected SR"], row["Sensitivity"]) == ("llm:big", 0.5, None, None)
    assert "never calibrated" in " ".join(capsys.readouterr().out.split())


def test_a_report_shows_raw_and_corrected_rate(
    logs: Path, suite: str, stub: StubServer, capsys: pytest.CaptureFixture[str]
) -> None:
    a_set(logs)
    real_run(logs, suite)
    stub.plan = wrong_on(1, 3)
    command(logs, "--calibrate", "mini", *endpoint(stub))
    assert command(logs, *endpoint(stub)) == 0
    row = judge_row(logs)
    # Sensitivity 1, specificity 0.8; 2, 4, 6 pass, and 1 and 3 wrongly so: (5/6 - 0.2) / 0.8.
    assert row["Raw SR"] == pytest.approx(5 / 6)
    assert row["Corrected SR"] == pytest.approx((5 / 6 - 0.2) / 0.8)
    assert row["Corrected low"] < row["Corrected SR"] < row["Corrected high"]
    assert (row["Sensitivity"], row["Specificity"], row["Calibration episodes"]) == (1, 0.8, 20)
    said = " ".join(capsys.readouterr().out.split())
    assert "corrected rate, Rogan-Gladen: 79.2%" in said
    assert "simulated phone" in said


def test_a_calibration_holds_for_its_prompt_and_settings_only(
    logs: Path, suite: str, stub: StubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_set(logs)
    real_run(logs, suite)
    stub.plan = wrong_on()
    command(logs, "--calibrate", "mini", *endpoint(stub))
    command(logs, *endpoint(stub), "--votes", "3")
    assert "another prompt or other settings" in judge_row(logs)["In words"]
    monkeypatch.setattr("evaluation.judge.llm.PROMPT_DIGEST", "another")
    command(logs, *endpoint(stub))
    assert "another prompt or other settings" in judge_row(logs)["In words"]


@pytest.mark.parametrize(
    ("wrong", "words"), [(range(12), "no better than chance: its rate says nothing"), (range(8), "perhaps no better")]
)
def test_a_judge_that_guesses_is_called_so(logs: Path, suite: str, stub: StubServer, wrong: range, words: str) -> None:
    a_set(logs)
    real_run(logs, suite, 2)
    stub.plan = wrong_on(*wrong)
    command(logs, "--calibrate", "mini", *endpoint(stub))
    command(logs, *endpoint(stub))
    assert words in judge_row(logs)["In words"]


def test_a_calibration_can_be_named(logs: Path, suite: str, stub: StubServer, tmp_path: Path) -> None:
    a_set(logs)
    real_run(logs, suite)
    stub.plan = wrong_on()
    command(logs, "--calibrate", "mini", *endpoint(stub))
    (stored,) = (logs / "calibration" / "judges").glob("*.json")
    elsewhere = stored.rename(tmp_path / "mine.json")
    command(logs, *endpoint(stub))
    assert judge_row(logs)["Corrected SR"] is None
    command(logs, *endpoint(stub), "--calibration", str(elsewhere))
    assert judge_row(logs)["Corrected SR"] == pytest.approx(0.5)
    elsewhere.write_text("{}")
    assert command(logs, *endpoint(stub), "--calibration", str(elsewhere)) == 2


def label(episode: Episode, word: str, name: str = "ann") -> None:
    info = episode.info
    verdict = {"task_id": info.task_id, "attempt": info.attempt, "judge": f"human:{name}", "result": word}
    episode.write_verdict(Verdict.model_validate(verdict))


def test_labels_of_people_make_prediction_powered_rates(logs: Path, suite: str, stub: StubServer) -> None:
    run = real_run(logs, suite, 40)
    stub.plan = wrong_on(1, 3, 5, 7)
    for key in RunReader(run.folder).keys()[:20]:
        label(RunReader(run.folder).episode(key), "fail" if key.attempt % 2 else "pass")
    assert command(logs, *endpoint(stub)) == 0
    row = judge_row(logs)
    assert row["True verdicts"] == 20
    assert row["Raw SR"] == pytest.approx(24 / 40)
    assert abs(row["PPI SR"] - 0.5) < abs(row["Raw SR"] - 0.5)
    assert row["PPI low"] < 0.5 < row["PPI high"]


def test_labels_are_added_to_the_calibration(logs: Path, suite: str, stub: StubServer) -> None:
    run = real_run(logs, suite, 10)
    stub.plan = wrong_on(2)
    reader = RunReader(run.folder)
    keys = reader.keys()
    for key in keys:
        label(reader.episode(key), "fail" if key.attempt % 2 else "pass")
    label(reader.episode(keys[0]), "pass", "bob")  # ann and bob differ: no truth
    assert command(logs, "--calibrate", "--labels", *endpoint(stub)) == 0
    (found,) = calibrations(logs)
    assert (found.human_labels, found.overall.confusion.total, found.overall.passed_failed) == (9, 9, 1)
    assert found.simulated is False
    a_set(logs)
    assert command(logs, "--calibrate", "mini", "--labels", *endpoint(stub)) == 0
    assert calibrations(logs)[0].overall.confusion.total == 29


def test_without_a_model_a_persons_word_stands(logs: Path, suite: str) -> None:
    run = real_run(logs, suite, 1)
    label(RunReader(run.folder).episode(RunReader(run.folder).keys()[0]), "pass")
    assert command(logs) == 0
    assert judge_row(logs)["Judge"] == "human:ann"


@pytest.mark.parametrize("fault", ["drop", "500", "hang", "html", "not_json", "cut", "429"])
def test_trouble_with_the_judge_lowers_the_coverage_never_the_rate(
    logs: Path, suite: str, stub: StubServer, fault: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    real_run(logs, suite, 8)
    monkeypatch.setattr("evaluation.cli.options.ModelConfig", quick_model)
    stub.plan = [Fault(fault)]
    assert command(logs, *endpoint(stub), "-p", "1") == 1
    row = judge_row(logs)
    assert (row["Episodes"], row["Scored"], row["Raw SR"]) == (8, 0, None)
    assert len(stub.requests) == 3  # then the endpoint counts as dead
    assert "3 times in a row" in row["Unscored because"]


def quick_model(**values: Any) -> Any:
    from phonebench.config import ModelConfig

    return ModelConfig(**values, retries=0, timeout_s=0.3)


def test_killed_midway_nothing_answered_is_asked_again(logs: Path, suite: str) -> None:
    """SIGKILL while an answer is being waited for: the repetition asks for that one again, and for none before it."""
    real_run(logs, suite, 8)
    stuck = threading.Event()
    killed = threading.Event()

    def plan(body: dict[str, Any]) -> Answer:
        if len(stub.requests) == 11 and not killed.is_set():
            stuck.set()
            return Fault("hang")
        return wrong_on()(body)

    with StubServer(plan) as stub:
        arguments = [
            sys.executable, str(ROOT / "generate_result.py"), "--input_folder", str(logs / "evaluation"),
            "--output_folder", str(logs.parent / "out"), "--no_html", "-p", "1", "--votes", "3", *endpoint(stub),
        ]  # fmt: skip
        process = subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        assert stuck.wait(60)
        killed.set()
        os.kill(process.pid, signal.SIGKILL)
        process.wait(10)
        done = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        asked = [(number_of(body), body["seed"]) for body in stub.requests]
        assert len(asked) == 8 * 3 + 1
        assert [entry for entry in set(asked) if asked.count(entry) > 1] == [asked[10]]


class NoisyChat(ScriptedChat):
    """A model of sensitivity 0.90 and specificity 0.85: knows the truth by the answer, and errs by its digest."""

    def __init__(self) -> None:
        super().__init__([], name="noisy")

    def complete(self, messages: Any, **_: Any) -> Any:
        number = number_of({"messages": messages})
        dice = int(hashlib.sha256(f"dice {number}".encode()).hexdigest()[:8], 16) / 2**32
        met = dice < 0.90 if number % 2 == 0 else dice >= 0.85
        self._replies = iter([reply(met)])
        return super().complete(messages, role="judge")


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_two_thousand_episodes_through_the_real_judge(tmp_path: Path) -> None:
    found = load_set(a_set(tmp_path / "logs", 2000))
    calibration = measure_judge(LlmJudge(lambda vote: NoisyChat()), found.episodes, sets=[found.name], threads=2)
    first, second = calibration.overall.sensitivity, calibration.overall.specificity
    assert first is not None
    assert second is not None
    assert first.low <= 0.90 <= first.high
    assert second.low <= 0.85 <= second.high
    assert calibration.overall.confusion.total == 2000


def test_a_judge_is_measured_on_queries_too(tmp_path: Path) -> None:
    def one(task: Task, recipe: Recipe, truth: bool) -> Labelled:
        return Labelled(task, Run(tmp_path, f"r{truth}", tasks=[task]).add(recipe), truth, "recorded")

    episodes = [one(COUNT, Recipe(COUNT, answer="One"), True), one(COUNT, Recipe(COUNT, answer="Two"), False)]
    one_goal = json.dumps({"goals": [{"goal": 1, "evidence": "", "met": True}]})
    judge = LlmJudge(lambda vote: ScriptedChat([one_goal] * 2, name="yes"))
    found = measure_judge(judge, episodes)
    assert (found.by_kind["query"].passed_passed, found.by_kind["query"].failed_passed) == (1, 1)


def test_the_shelf_finds_only_what_was_measured(tmp_path: Path) -> None:
    store = CalibrationStore(tmp_path)
    assert store.find("llm:a/b", "0" * 64) is None
    assert not store.outdated("llm:a/b", "0" * 64)
    judge = LlmJudge(lambda vote: ScriptedChat([], name="a/b"))
    store.save(measure_judge(judge, []))
    assert store.find("llm:a/b", judge.digest) is not None
    assert store.outdated("llm:a/b", "0" * 64)


def test_the_injection_probe_is_a_command(logs: Path, stub: StubServer, capsys: pytest.CaptureFixture[str]) -> None:
    stub.plan = [Reply(reply(False))]
    assert command(logs, "--probe_injection", *endpoint(stub), "--ui_trees") == 0
    (path,) = (logs / "calibration" / "judges").glob("injection.*.json")
    stored = json.loads(path.read_text())
    # One who never passes anything is not fooled into passing; attacks that want a fail find him wrong already.
    assert (stored["overall"]["flips"], stored["wrong_without"]) == (0, 4)
    assert stored["overall"]["of"] >= 30
    printed = capsys.readouterr().out
    assert "0.0%" in printed
    assert "not counted: 4" in printed


@pytest.mark.parametrize("option", ["--calibrate", "--probe_injection"])
def test_a_judge_must_be_named(logs: Path, option: str, capsys: pytest.CaptureFixture[str]) -> None:
    (logs / "evaluation").mkdir(parents=True)
    Run(logs / "evaluation", "r")
    assert command(logs, option) == 2
    assert "which judge?" in capsys.readouterr().err


def test_settings_that_make_no_sense_are_refused(
    logs: Path, stub: StubServer, capsys: pytest.CaptureFixture[str]
) -> None:
    Run(logs / "evaluation", "r")
    assert command(logs, *endpoint(stub), "--votes", "99") == 2
    assert "votes" in capsys.readouterr().err
