"""The whole path, as a user walks it: eval.py on simulated phones over real adb, then generate_result.py."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

ROOT = Path(__file__).parents[1]
QUICKSTART = "configs/quickstart.yaml"
TIMING = re.compile(r'("(?:\w+_s|seconds|setup_seconds|\w+_at)"): (?:[-\d.e]+|"[^"]*"|null)')
pytestmark = pytest.mark.timeout(280)


def command(script: str, *words: str) -> list[str]:
    return [sys.executable, str(ROOT / script), *words]


def run(script: str, *words: str, timeout: float = 240) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(script, *words), cwd=ROOT, capture_output=True, text=True, timeout=timeout, check=False
    )


def evaluate(logs: Path, name: str, *words: str) -> subprocess.CompletedProcess[str]:
    return run("eval.py", "-n", name, "-c", QUICKSTART, "--set", f"logs_dir={logs}", *words)


def report(logs: Path, name: str, *words: str) -> dict[str, str]:
    """Verdict by task."""
    folders = ("--input_folder", str(logs / name), "--output_folder", str(logs / f"{name}-out"))
    done = run("generate_result.py", *folders, *words)
    assert done.returncode == 0, done.stderr
    verdicts = [json.loads(path.read_text()) for path in (logs / name).glob("*/verdict.state.json")]
    return {verdict["task_id"]: verdict["result"] for verdict in verdicts}


def comparable(folder: Path) -> dict[str, bytes]:
    """Every file of a trace, less what tells the host's time."""
    files: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.name in {"run.log", ".lock"}:
            continue
        data = path.read_bytes()
        if path.suffix in {".json", ".jsonl"}:
            data = TIMING.sub(r"\1: 0", data.decode()).encode()
        files[str(path.relative_to(folder))] = data
    return files


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of logs with an undisturbed run `whole` of the quickstart suite."""
    logs = tmp_path_factory.mktemp("logs")
    done = evaluate(logs, "whole")
    assert done.returncode == 0, done.stdout + done.stderr
    return logs


def test_reference_passes_all_tasks(reference: Path):
    verdicts = report(reference, "whole")
    assert len(verdicts) == 32
    assert set(verdicts.values()) == {"pass"}, verdicts


def test_spreadsheet_says_what_the_run_was(reference: Path):
    report(reference, "whole")
    book = openpyxl.load_workbook(reference / "whole-out" / "results.xlsx")
    assert book.sheetnames == [
        "Overview", "Summary", "Charts", "By app", "Tasks", "Episodes", "Steps", "Speed", "Judge", "About"
    ]  # fmt: skip
    for sheet in book:
        texts = [str(cell.value) for row in sheet.iter_rows(max_row=6) for cell in row if cell.value is not None]
        assert any("simulated" in text.lower() for text in texts), sheet.title


def test_same_run_twice_is_the_same_to_the_byte(reference: Path, tmp_path: Path):
    done = evaluate(tmp_path, "whole")
    assert done.returncode == 0, done.stdout + done.stderr
    first, second = comparable(reference / "whole"), comparable(tmp_path / "whole")
    # verdicts are written by generate_result.py, which only the first run has seen; the log folder is in the config
    first = {name: data for name, data in first.items() if "verdict" not in name}
    assert first.keys() == second.keys()
    strip = lambda data, logs: data.replace(str(logs).encode(), b"LOGS")  # noqa: E731
    differing = [n for n in first if strip(first[n], reference) != strip(second[n], tmp_path)]
    assert [name for name in differing if name != "lock.json"] == []


@pytest.mark.parametrize(
    ("policy", "steps"), [("noop", 25), ("random", 5), pytest.param("random", 25, marks=pytest.mark.slow)]
)
def test_idle_agents_pass_only_what_holds_untouched(tmp_path: Path, policy: str, steps: int):
    done = evaluate(tmp_path, policy, "--set", f"agent.policy={policy}", "--set", f"limits.max_steps={steps}")
    assert done.returncode == 0, done.stdout + done.stderr
    passed = {task for task, result in report(tmp_path, policy, "--no_html").items() if result == "pass"}
    assert passed <= {"clock_25"}, passed  # "open the Clock app", which in_app has done already


# The near misses of all tasks are played without adb by tests/simphone/apps/test_tasks.py.
@pytest.mark.parametrize(
    ("words", "tasks", "near_misses"),
    [
        # 26 operation tasks with at least two each; queries have theirs on top
        pytest.param((), 32, 2 * 26, marks=pytest.mark.slow),
        (("--task_id", "clock_1", "clock_1[2-5]", "zoom_*"), 10, 15),
    ],
)
def test_every_solution_passes_and_every_near_miss_fails(words: tuple[str, ...], tasks: int, near_misses: int):
    done = run("eval.py", "-c", QUICKSTART, "--validate", *words)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr
    last = done.stdout.strip().splitlines()[-1]
    found = re.search(r"(\d+)/(\d+) solutions pass, (\d+)/(\d+) near misses fail", last)
    assert found, last
    assert found[1] == found[2] == str(tasks)
    assert found[3] == found[4]
    assert int(found[4]) >= near_misses


def test_killed_run_goes_on_with_the_same_command(reference: Path, tmp_path: Path):
    words = command("eval.py", "-n", "whole", "-c", QUICKSTART, "--set", f"logs_dir={tmp_path}")
    process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_for(lambda: len(list(tmp_path.glob("whole/*/result.json"))) >= 8)
    process.send_signal(signal.SIGKILL)
    process.wait()
    early = {path.parent.name for path in tmp_path.glob("whole/*/result.json")}
    assert 8 <= len(early) < 32
    stamps = {name: (tmp_path / "whole" / name / "result.json").stat().st_mtime_ns for name in early}
    wait_for(lambda: not left_over_phones(process.pid))
    done = evaluate(tmp_path, "whole")
    assert done.returncode == 0, done.stdout + done.stderr
    assert {n: (tmp_path / "whole" / n / "result.json").stat().st_mtime_ns for n in early} == stamps  # not run again
    first, second = comparable(reference / "whole"), comparable(tmp_path / "whole")
    assert {n for n in first if "verdict" not in n} == set(second)
    for name, data in second.items():
        if name.endswith((".png", ".xml", "result.json", "state_after.json")):
            assert data == first[name], name


def test_phone_killed_in_an_episode_is_retried_and_costs_the_agent_nothing(tmp_path: Path):
    words = command(
        "eval.py", "-n", "hurt", "-c", QUICKSTART, "-p", "1", "--task_id", "clock_2", "clock_3",
        "--set", f"logs_dir={tmp_path}",
    )  # fmt: skip
    process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    folder = tmp_path / "hurt"
    wait_for(lambda: any((folder / "clock_2.1").glob("screens/003.png")))
    (phone,) = left_over_phones(process.pid)
    os.kill(phone, signal.SIGKILL)
    output, _ = process.communicate(timeout=120)
    assert process.returncode == 0, output
    lost = list((folder / "clock_2.1" / "retries").glob("*/result.json"))
    assert len(lost) == 1
    assert json.loads(lost[0].read_text())["outcome"] == "infra_error"
    assert json.loads((folder / "clock_2.1" / "result.json").read_text())["retries"] == 1
    assert report(tmp_path, "hurt") == {"clock_2": "pass", "clock_3": "pass"}


def wait_for(condition: Any, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.01)


def left_over_phones(parent: int) -> list[int]:
    """Process numbers of the simulated phones that a process has started (also after it is gone)."""
    return [pid for pid, words in processes() if "simphone" in words and f"--parent-pid\0{parent}" in words]


def processes() -> Iterator[tuple[int, str]]:
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            yield int(path.parent.name), path.read_text()
        except OSError:
            continue
