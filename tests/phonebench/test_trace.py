"""Runs on disk: what is written is read back, whatever interrupted it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from phonebench.schema.action import Tap
from phonebench.schema.episode import DeviceInfo, EpisodeInfo, EpisodeResult, Lock, Outcome, RunInfo, StepRecord
from phonebench.schema.errors import TraceError
from phonebench.schema.observation import Observation
from phonebench.schema.verdict import Verdict
from phonebench.trace import EpisodeKey, RunReader, RunWriter, find_runs, run_folder
from phonebench.trace.layout import episode_key, verdict

KEY = EpisodeKey("clock_1", 1)
LOCK = Lock(config="c", tasks="t", prompts="p", versions={"phonebench": "1"})
DEVICE = DeviceInfo(serial="sim-1", kind="sim", simulated=True)
SEEN = Observation(png=b"\x89PNG", width=10, height=20, xml="<hierarchy/>")


def info(**changes: object) -> RunInfo:
    plain = {
        "name": "try1", "created_at": "2024-05-10T12:00:00Z", "phonebench_version": "1", "suite": "s",
        "suite_digest": "d", "task_ids": ("clock_1", "clock_2", "zoom_1"), "attempts": 2, "agent": "noop",
        "models": {}, "device_kind": "sim", "simulated": True, "config": {},
    }  # fmt: skip
    return RunInfo.model_validate(plain | changes)


def episode_info(key: EpisodeKey) -> EpisodeInfo:
    return EpisodeInfo(
        run="try1", task_id=key.task_id, attempt=key.attempt, app="clock", package="p", kind="operation",
        instruction="Do it.", reference_steps=1, agent="noop", device=DEVICE, seed=1, started_at="2024-05-10T12:00:00Z",
    )  # fmt: skip


def result(key: EpisodeKey, outcome: Outcome = Outcome.FINISHED) -> EpisodeResult:
    return EpisodeResult(task_id=key.task_id, attempt=key.attempt, outcome=outcome, steps=1, seconds=1.5)


def record(run: RunWriter, key: EpisodeKey, outcome: Outcome = Outcome.FINISHED) -> None:
    episode = run.episode(key)
    episode.start(episode_info(key))
    screen, ui = episode.observation(0, SEEN)
    action = Tap.model_validate({"at": {"x": 1, "y": 2}})
    prompt = episode.prompt(0, [{"role": "user", "content": "hé"}])
    episode.step(StepRecord(index=0, screen=screen, ui=ui, prompt=prompt, reply="tap\nit \ud800", action=action))
    episode.state_before({"apps": {}})
    episode.state_after({"apps": {"b": 1, "a": 2}})
    episode.probes({"date": "today\n"})
    episode.finish(result(key, outcome))


def test_round_trip(tmp_path: Path) -> None:
    with RunWriter.open(tmp_path / "try1", info(), LOCK) as run:
        for key in (EpisodeKey("zoom_1", 1), EpisodeKey("clock_1", 2), KEY):
            record(run, key)
        assert run.done(KEY)
        assert not run.done(EpisodeKey("clock_2", 1))
    reader = RunReader(tmp_path / "try1")
    assert (reader.info, reader.lock) == (info(), LOCK)
    assert list(map(str, reader.keys())) == ["clock_1.1", "clock_1.2", "zoom_1.1"]
    assert [str(key) for key in reader.unfinished()] == ["clock_2.1", "clock_2.2", "zoom_1.2"]
    episode = reader.episode(KEY)
    (step,) = episode.steps()
    assert step.reply == "tap\nit ?"
    assert step.action == Tap.model_validate({"at": {"x": 1, "y": 2}})
    assert episode.read_bytes(str(step.screen)) == SEEN.png
    assert episode.read_bytes(str(step.ui)) == b"<hierarchy/>"
    assert json.loads(episode.read_bytes(str(step.prompt))) == [{"role": "user", "content": "hé"}]
    assert (episode.state_before(), episode.state_after()) == ({"apps": {}}, {"apps": {"b": 1, "a": 2}})
    assert episode.probes() == {"date": "today\n"}
    assert (episode.info, episode.result) == (episode_info(KEY), result(KEY))


def test_the_bytes_of_a_trace(tmp_path: Path) -> None:
    with RunWriter.open(tmp_path / "try1", info(), LOCK) as run:
        record(run, KEY)
    folder = tmp_path / "try1" / "clock_1.1"
    names = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    assert names == [
        "episode.json", "probes.json", "prompts/000.json", "result.json", "screens/000.png", "state_after.json",
        "state_before.json", "steps.jsonl", "ui/000.xml",
    ]  # fmt: skip
    assert (folder / "state_after.json").read_text() == '{\n "apps": {\n  "a": 2,\n  "b": 1\n }\n}\n'
    line = (folder / "steps.jsonl").read_text()
    assert line.startswith('{"action": {"at": {"x": 1, "y": 2}, "sensitive": null, "type": "tap"}, "activity": ""')
    assert line.endswith('"width": 0}\n')


def test_an_undone_episode_starts_afresh_and_keeps_its_retries(tmp_path: Path) -> None:
    with RunWriter.open(tmp_path / "try1", info(), LOCK) as run:
        for _ in range(2):
            episode = run.episode(KEY)
            episode.start(episode_info(KEY))
            episode.observation(0, SEEN)
            episode.step(StepRecord(index=0))
            episode.retire(result(KEY, Outcome.INFRA_ERROR))
        episode.start(episode_info(KEY))
        episode.step(StepRecord(index=0))
        episode.close()
        assert not run.done(KEY)
        record(run, KEY)
        assert run.episode(EpisodeKey("clock_2", 1)).retries == 0
    reader = RunReader(tmp_path / "try1").episode(KEY)
    assert [tried.outcome for tried in reader.retries()] == [Outcome.INFRA_ERROR] * 2
    assert (reader.folder / "retries/2/screens/000.png").exists()
    assert len(list(reader.steps())) == 1


def test_a_half_written_last_line_is_passed_over(tmp_path: Path) -> None:
    with RunWriter.open(tmp_path / "try1", info(), LOCK) as run:
        record(run, KEY)
    steps = tmp_path / "try1/clock_1.1/steps.jsonl"
    whole = steps.read_bytes()
    for cut in range(1, len(whole)):
        steps.write_bytes(whole + whole[:cut])
        assert len(list(RunReader(tmp_path / "try1").episode(KEY).steps())) == 1


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"5", b"\xff\xfe"])
def test_damaged_files_are_named(tmp_path: Path, content: bytes) -> None:
    with RunWriter.open(tmp_path / "try1", info(), LOCK) as run:
        record(run, KEY)
    folder = tmp_path / "try1" / "clock_1.1"
    for name in ("result.json", "episode.json", "state_after.json", "steps.jsonl"):
        (folder / name).write_bytes(content + b"\n")
    episode = RunReader(tmp_path / "try1").episode(KEY)
    for read in (lambda: episode.result, lambda: episode.info, episode.state_after, lambda: list(episode.steps())):
        with pytest.raises(TraceError) as raised:
            read()
        assert "clock_1.1" in str(raised.value)


def test_paths_do_not_leave_the_episode(tmp_path: Path) -> None:
    with RunWriter.open(tmp_path / "try1", info(), LOCK) as run:
        record(run, KEY)
    episode = RunReader(tmp_path / "try1").episode(KEY)
    for path in ("../run.json", "/etc/passwd"):
        with pytest.raises(TraceError, match="leads out"):
            episode.read_bytes(path)
    with pytest.raises(FileNotFoundError):
        episode.read_bytes("screens/999.png")


def test_resuming_with_another_config_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "try1"
    changed = LOCK.model_copy(update={"config": "x", "prompts": "y"})
    with RunWriter.open(folder, info(name="to no episode"), changed):
        pass
    with RunWriter.open(folder, info(), LOCK) as run:
        record(run, KEY)
    with RunWriter.open(folder, info(name="later"), LOCK):
        pass
    assert RunReader(folder).info.name == "try1"
    with (
        pytest.raises(TraceError, match="begun with another config and prompts"),
        RunWriter.open(folder, info(), changed),
    ):
        pass


def test_two_processes_do_not_write_to_one_run(tmp_path: Path) -> None:
    code = f"""
import sys
from pathlib import Path
from phonebench.trace.lock import exclusive
with exclusive(Path({str(tmp_path)!r}) / "try1" / ".writing"):
    print("held", flush=True)
    sys.stdin.read()
"""
    holder = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert holder.stdout
    assert holder.stdin
    assert holder.stdout.readline() == b"held\n"
    with pytest.raises(TraceError, match=r"another eval\.py"), RunWriter.open(tmp_path / "try1", info(), LOCK):
        pass
    holder.kill()
    holder.wait()
    holder.stdin.close()
    holder.stdout.close()
    with RunWriter.open(tmp_path / "try1", info(), LOCK):
        pass


def test_verdicts(tmp_path: Path) -> None:
    with RunWriter.open(tmp_path / "try1", info(), LOCK) as run:
        record(run, KEY)
    episode = RunReader(tmp_path / "try1").episode(KEY)
    assert episode.verdict("state") is None
    for judge in ("state", "llm:a/b", "llm:a_b"):
        episode.write_verdict(Verdict(task_id="clock_1", attempt=1, judge=judge, result="pass"))
    assert {found.judge for found in episode.verdicts()} == {"state", "llm:a/b", "llm:a_b"}
    assert episode.verdict("llm:a/b") is not None


def test_names() -> None:
    assert episode_key("clock_1.12") == ("clock_1", 12)
    assert all(episode_key(name) is None for name in ("clock_1", "clock_1.0", "a.b.1", ".writing", "run.json"))
    assert verdict("state") == "verdict.state.json"
    assert "/" not in verdict("llm:../../x")
    assert run_folder(Path("/logs"), "try-1.b") == Path("/logs/try-1.b")
    for name in ("a b", "../x", "", ".hidden", "a/b"):
        with pytest.raises(TraceError, match="cannot name a run"):
            run_folder(Path("/logs"), name)


def test_find_runs(tmp_path: Path) -> None:
    with pytest.raises(TraceError, match="no recorded run"):
        find_runs(tmp_path)
    for name in ("b", "a"):
        with RunWriter.open(tmp_path / name, info(name=name), LOCK):
            pass
    assert [run.info.name for run in find_runs(tmp_path)] == ["a", "b"]
    assert [run.info.name for run in find_runs(tmp_path / "a")] == ["a"]
