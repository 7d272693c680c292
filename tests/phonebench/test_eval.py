"""eval.py as its users run it: on simulated phones over real adb, with models behind HTTP."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from stub_server import Fault, Reply, StubServer
from traces import contents, spoken

from evaluation.judge import scorer
from phonebench.cli import main
from phonebench.config.paths import REPO_ROOT
from phonebench.schema.episode import Outcome
from phonebench.trace import EpisodeKey, RunReader

SMALL = ["--set", "phone={count: 1, width: 720, height: 1600, density: 280}"]


@pytest.fixture
def evaluate(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Runs eval.py's main; gives (exit code, stdout, stderr). Runs are recorded below tmp_path."""

    def run(*argv: str) -> tuple[int, str, str]:
        old = signal.getsignal(signal.SIGTERM)
        try:
            code = main([*argv, "--set", f"logs_dir={tmp_path}"], scorer)
        except SystemExit as ended:
            code = int(ended.code or 0)
        finally:
            signal.signal(signal.SIGTERM, old)
        out, err = capsys.readouterr()
        assert "Traceback" not in err + out
        return code, out, err

    return run


def config(folder: Path, **settings: Any) -> str:
    path = folder / "x.yaml"
    phone = {"count": 1, "width": 720, "height": 1600, "density": 280}
    path.write_text(json.dumps({"phone": phone} | settings))
    return str(path)


BAD: list[tuple[list[str], str, str]] = [
    ([], "which config?", "configs/quickstart.yaml"),
    (["-c", "configs/nowhere.yaml"], "configs/nowhere.yaml: cannot read the file", "quickstart.yaml"),
    (
        ["-c", "configs/quickstart.yaml", "--set", "limits.max_step=1"],
        "unknown key 'max_step'",
        "did you mean 'max_steps'?",
    ),
    (["-c", "configs/quickstart.yaml", "--task_id", "zoom_11"], "no task 'zoom_11'", "did you mean 'zoom_1'"),
    (["-c", "configs/quickstart.yaml", "--app", "zom"], "no app 'zom'", "did you mean 'zoom'"),
    (
        ["-c", "configs/quickstart.yaml", "--task_config", "nowhere"],
        "no task file or folder 'nowhere'",
        "--task_config",
    ),
    (["-c", "configs/quickstart.yaml", "-p", "0"], "phone.count", "greater than or equal to 1"),
    (["-c", "configs/quickstart.yaml", "-n", "../x"], "'../x' cannot name a run", "letters"),
    (["-c", "configs/cloud_9b.yaml"], "PHONEBENCH_API_KEY is not set", "export PHONEBENCH_API_KEY=..."),
    (["-c", "configs/device_3b.yaml", "--set", "agent.dialect=smo"], "device_3b.yaml", "did you mean 'som'?"),
    (
        ["-c", "configs/device_3b.yaml", "--set", "models.device.base_url=http://127.0.0.1:9/v1"],
        "no endpoint answers at http://127.0.0.1:9/v1",
        "start the server",
    ),
    (["-c", "configs/quickstart.yaml", "--set", "phone.adb_path=/nowhere/adb"], "adb", "/nowhere/adb"),
    (
        ["-c", "configs/quickstart.yaml", "--set", "phone.kind=avd", "--set", "phone.sdk_path=/nowhere"],
        "there is no Android SDK at /nowhere",
        "Android Studio",
    ),
    (["--nonsense"], "unrecognized arguments", ""),
]


@pytest.mark.parametrize(("argv", "said", "hint"), BAD)
def test_bad_input_is_one_readable_message(
    argv: list[str], said: str, hint: str, evaluate: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PHONEBENCH_API_KEY", raising=False)
    code, _, err = evaluate(*argv)
    if "agent.dialect=smo" in argv:
        assert "--set agent.dialect=smo: unknown dialect 'smo' in agent.dialect" in err
    else:
        assert said in err
    assert hint in err
    assert code == 2


@pytest.mark.parametrize("text", ["suite: [\n", "a: !!python/name:os.system x\n", "suite: {path: tasks}\nsuiet: 1\n"])
def test_bad_files_are_named_with_their_line(text: str, tmp_path: Path, evaluate: Any) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(text)
    code, _, err = evaluate("-c", str(path))
    assert code == 2
    assert "bad.yaml:" in err


def test_looking(evaluate: Any) -> None:
    code, out, _ = evaluate("--list", "--app", "zoom")
    assert code == 0
    assert [line.split()[:4] for line in out.splitlines()[1:2]] == [["zoom_1", "zoom", "operation", "3"]]
    assert "5 tasks" in out
    assert "limits.max_steps" in evaluate("--schema")[1]
    assert json.loads(evaluate("--schema", "json")[1])["properties"]["limits"]
    assert "max_steps: 7" in evaluate("-c", "configs/noop.yaml", "--set", "limits.max_steps=7", "--print-config")[1]
    code, out, _ = evaluate("--help")
    assert code == 0
    assert len(out.splitlines()) <= 60


def test_the_whole_path(tmp_path: Path, evaluate: Any) -> None:
    path = config(tmp_path, suite={"apps": ["zoom"]}, agent="reference", name="whole")
    code, out, _ = evaluate("-c", path, "--judge", "state", "--task_id", "zoom_1,zoom_2")
    assert code == 0
    assert "zoom_1.1 finished - pass - 3 steps" in out
    assert "2 of 2 episodes done" in out
    assert "python generate_result.py --input_folder" in out
    run = RunReader(tmp_path / "whole")
    assert run.info.simulated
    assert run.info.device_kind == "sim"
    assert all(episode.info.device.simulated for episode in run.episodes())
    code, out, _ = evaluate("-c", path, "--judge", "state", "--task_id", "zoom_1,zoom_2")
    assert code == 0
    assert "all 2 episodes are done already" in out
    code, _, err = evaluate("-c", path, "--judge", "state", "--task_id", "zoom_1")
    assert code == 2
    assert "begun with another tasks" in err


def test_twice_the_same_is_the_same_to_the_byte(tmp_path: Path, evaluate: Any) -> None:
    path = config(tmp_path, agent="random", limits={"max_steps": 6})
    for name, phones in (("one", "1"), ("two", "2")):
        ids = ["--task_id", "clock_1", "clock_5", "zoom_2"]
        assert evaluate("-c", path, "-n", name, "--seed", "3", "-p", phones, *ids)[0] == 0
    one, two = contents(tmp_path / "one"), contents(tmp_path / "two")
    for run in (one, two):
        run.pop("run.json")
        assert len([name for name in run if name.endswith(".png")]) == 3 * 7
    for name in one:
        assert one[name] == two[name] or name.endswith("episode.json"), name
    assert one.keys() == two.keys()


def test_validate(tmp_path: Path, evaluate: Any) -> None:
    tasks = REPO_ROOT / "tasks/androidlab/zoom.yaml"
    code, out, _ = evaluate("--validate", "--task_config", str(tasks), "--task_id", "zoom_1", *SMALL)
    assert (code, "1/1 solutions pass, 5/5 near misses fail" in out) == (0, True)
    broken = tmp_path / "zoom.yaml"
    broken.write_text(tasks.read_text().replace('{type: "1234567890"}', '{type: "1234567891"}'))
    code, out, _ = evaluate("--validate", "--task_config", str(broken), "--task_id", "zoom_1", *SMALL)
    assert (code, "0/1 solutions pass" in out) == (1, True)
    assert "zoom_1, solution: should pass, is fail" in out


@pytest.mark.parametrize("dialect", ["autoglm", "som"])
def test_a_model_behind_http_drives_an_episode(tmp_path: Path, evaluate: Any, dialect: str) -> None:
    path = config(tmp_path, agent="reference")
    assert evaluate("-c", path, "-n", "reference", "--task_id", "zoom_1")[0] == 0
    replies = [Reply(text) for text in spoken(tmp_path / "reference", dialect)]
    with StubServer(replies) as server:
        models = {"device": {"base_url": server.base_url, "name": "stub-model", "max_tokens": 99}}
        path = config(tmp_path, agent={"policy": "single", "dialect": dialect}, models=models)
        code, out, _ = evaluate("-c", path, "-n", dialect, "--task_id", "zoom_1", "--judge", "state")
    assert code == 0
    assert "zoom_1.1 finished - pass - 3 steps" in out
    assert [request["max_tokens"] for request in server.requests] == [99] * 3
    episode = RunReader(tmp_path / dialect).episode(EpisodeKey("zoom_1", 1))
    steps = list(episode.steps())
    assert [step.decided_by for step in steps] == ["device"] * 3
    assert all(step.calls[0].usage.prompt_tokens == 100 for step in steps)
    assert all(step.calls[0].ttft_s is not None for step in steps)
    assert "base64" not in (episode.folder / str(steps[0].prompt)).read_text()


def test_two_models_with_hand_over_drive_an_episode(tmp_path: Path, evaluate: Any) -> None:
    path = config(tmp_path, agent="reference")
    assert evaluate("-c", path, "-n", "reference", "--task_id", "zoom_1")[0] == 0
    device, cloud = spoken(tmp_path / "reference", "som"), spoken(tmp_path / "reference", "autoglm")
    plan, control = '{"start": 2, "every": 1}', "CLOUD"
    replies = [Reply(text) for text in (plan, device[0], control, *cloud[1:])]
    served = [{"id": name, "object": "model", "owned_by": "vllm", "max_model_len": 8192} for name in ("small", "large")]
    with StubServer(replies, models=served) as server:
        models = {
            role: {"base_url": server.base_url, "name": n} for role, n in (("device", "small"), ("cloud", "large"))
        }
        path = config(tmp_path, agent={"policy": "device_cloud", "dialect": "som"}, models=models)
        checked = evaluate("-c", path, "--check")[1]
        code, out, _ = evaluate("-c", path, "-n", "both", "--task_id", "zoom_1", "--judge", "state")
    assert "models.device" in checked
    assert "models.cloud" in checked
    assert (code, "zoom_1.1 finished - pass - 3 steps" in out) == (0, True)
    run = RunReader(tmp_path / "both")
    assert run.info.models == {"device": "small", "cloud": "large"}
    steps = list(run.episode(EpisodeKey("zoom_1", 1)).steps())
    assert [step.decided_by for step in steps] == ["device", "cloud", "cloud"]
    asked = [[(call.role, call.model) for call in step.calls] for step in steps]
    cloud_step = ("cloud", "large")
    assert asked == [[("planner", "large"), ("device", "small")], [("controller", "large"), cloud_step], [cloud_step]]
    path = config(tmp_path, agent={"policy": "single"}, models={"device": {"replay": str(tmp_path / "both")}})
    code, out, err = evaluate("-c", path, "-n", "again", "--task_id", "zoom_1")
    assert (code, "zoom_1.1 was handed over" in out + err) == (2, True)


ENDS: list[tuple[Any, Outcome, str]] = [
    (Reply("I would rather not."), Outcome.AGENT_ERROR, "BadAction"),
    (Reply(""), Outcome.AGENT_ERROR, "BadAction"),
    (Reply('do(action="Tap", elem', finish_reason="length"), Outcome.AGENT_ERROR, "BadAction"),
    (Fault("overflow"), Outcome.AGENT_ERROR, "ContextOverflow"),
    (Reply("word " * 300, pieces=300, pause_s=0.02), Outcome.TIME_LIMIT, "ReplyTooSlow"),
    (Fault("500"), Outcome.INFRA_ERROR, "ModelUnavailable"),
    (Fault("429", retry_after="0"), Outcome.INFRA_ERROR, "RateLimited"),
    (Fault("hang"), Outcome.INFRA_ERROR, "ModelUnavailable"),
    (Fault("cut"), Outcome.INFRA_ERROR, "ModelUnavailable"),
]


def test_every_bad_reply_ends_in_its_outcome(tmp_path: Path, evaluate: Any) -> None:
    ids = [f"clock_{n}" for n in range(1, len(ENDS) + 1)]
    by_text = {}

    def answer(body: dict[str, Any]) -> Any:
        """Each task meets its own trouble: it is known by its instruction."""
        asked = json.dumps(body["messages"])
        return next(bad for text, bad in by_text.items() if text in asked)

    from phonebench.suite import load_suite

    tasks = {task.id: task for task in load_suite("tasks/androidlab/clock.yaml").tasks}
    for task_id, (bad, _, _) in zip(ids, ENDS, strict=True):
        by_text[json.dumps(tasks[task_id].instruction)[1:-1]] = bad
    with StubServer(answer) as server:
        fast = {"retries": 1, "backoff_s": 0, "stall_timeout_s": 0.3, "timeout_s": 1.0}
        models = {"device": {"base_url": server.base_url, "name": "stub-model"} | fast}
        path = config(tmp_path, agent={"policy": "single"}, models=models, retries=0, stop_after_infra=0, name="bad")
        code, out, _ = evaluate("-c", path, "--task_id", *ids)
    assert code == 1
    run = RunReader(tmp_path / "bad")
    for task_id, (_, outcome, error) in zip(ids, ENDS, strict=True):
        result = run.episode(EpisodeKey(task_id, 1)).result
        assert (result.outcome, result.error and result.error.type) == (outcome, error), task_id
    assert "0 of 0 retries used - unscored" in out


@contextlib.contextmanager
def running(*argv: str) -> Iterator[subprocess.Popen[str]]:
    """eval.py as a process; ended at the end."""
    env = os.environ | {"PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [sys.executable, "eval.py", *argv],
        cwd=REPO_ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=env,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        assert process.stdout
        process.stdout.close()


def children(pid: int) -> list[int]:
    """Simulated phones that a process started."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            stat = (entry / "stat").read_text().rpartition(")")[2].split()
            if int(stat[1]) == pid and b"simphone" in (entry / "cmdline").read_bytes():
                found.append(int(entry.name))
    return found


def alive(pid: int) -> bool:
    try:
        return (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def until(what: Callable[[], bool], timeout_s: float = 60) -> None:
    deadline = time.monotonic() + timeout_s
    while not what():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


FOUR = {"task_ids": ["clock_2", "clock_3", "clock_6", "zoom_2"]}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run that nothing interrupted."""
    folder = tmp_path_factory.mktemp("undisturbed")
    argv = ["-c", config(folder, agent="reference", suite=FOUR), "-n", "x", "--set", f"logs_dir={folder}"]
    with running(*argv) as process:
        assert process.stdout
        said = process.stdout.read()
        assert process.wait(60) == 0, said
    return folder / "x"


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes through /proc")
@pytest.mark.parametrize("kill", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_killed_in_the_middle_and_run_again_is_as_undisturbed(
    tmp_path: Path, evaluate: Any, kill: signal.Signals, undisturbed: Path
) -> None:
    path = config(tmp_path, agent="reference", suite=FOUR)
    with running("-c", path, "-n", "x", "--set", f"logs_dir={tmp_path}") as process:
        until(lambda: bool(list(tmp_path.glob("x/*/result.json"))) or process.poll() is not None)
        process.send_signal(signal.SIGSTOP)  # or it might be over before its phones are found
        phones = children(process.pid)
        process.send_signal(kill)
        process.send_signal(signal.SIGCONT)
        assert process.stdout
        said = process.stdout.read()
        code = process.wait(60)
    assert phones
    until(lambda: not any(map(alive, phones)))
    if kill is not signal.SIGKILL:
        assert code == 130
        assert f"of 4 done. Resume: python eval.py -c {path} -n x" in said
    assert len(list(tmp_path.glob("x/*/result.json"))) < 4
    assert evaluate("-c", path, "-n", "x")[0] == 0
    broken, whole = contents(tmp_path / "x"), contents(undisturbed)
    for run in (broken, whole):
        run.pop("run.json")
    assert broken == whole


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes through /proc")
def test_a_phone_killed_in_the_middle_costs_nobody_anything(tmp_path: Path) -> None:
    path = config(tmp_path, agent="reference", suite=FOUR)
    with running("-c", path, "-n", "x", "--judge", "state", "--set", f"logs_dir={tmp_path}") as process:
        until(lambda: bool(list(tmp_path.glob("x/*/result.json"))) or process.poll() is not None)
        for phone in children(process.pid):
            os.kill(phone, signal.SIGKILL)
        assert process.stdout
        said = process.stdout.read()
        assert process.wait(60) == 0
    assert "is tried again: lost at step" in said
    results = [episode.result for episode in RunReader(tmp_path / "x").episodes()]
    assert [result.outcome for result in results] == [Outcome.FINISHED] * 4
    assert sum(result.retries for result in results) >= 1
    assert said.count(" - pass - ") == 4
