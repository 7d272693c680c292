"""eval.py on emulators (the stand-in), as a user runs it: killed, resumed, an emulator lost, and the doctor."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from avd_sdk import FakeSdk, alone, make_sdk, processes, wait_for
from phones import ROOT, Adb

TASKS = ["clock_2", "clock_3", "clock_5", "clock_6", "zoom_1", "zoom_2"]
pytestmark = pytest.mark.timeout(200)


@pytest.fixture
def sdk(tmp_path: Path, adb_server: Adb) -> Iterator[FakeSdk]:
    with alone():
        yield make_sdk(tmp_path, adb_server.port)


def start(sdk: FakeSdk, script: str, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(ROOT / script), *words],
        cwd=ROOT, env=os.environ | sdk.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip


def avd_options(sdk: FakeSdk) -> list[str]:
    """The shipped config on the stand-in, with the reference agent instead of a model."""
    facts = {
        "logs_dir": sdk.root.parent / "logs", "phone.kind": "avd", "phone.sdk_path": sdk.root,
        "phone.adb_server_port": sdk.adb_server_port, "retries": 3,
    }  # fmt: skip
    return [word for key, value in facts.items() for word in ("--set", f"{key}={value}")]


def test_a_killed_run_goes_on_and_a_lost_emulator_costs_no_episode(sdk: FakeSdk):
    sdk.make_avd()
    words = ["-n", "r", "-c", "configs/quickstart.yaml", "-p", "2", *avd_options(sdk), "--task_id", *TASKS]
    folder = sdk.root.parent / "logs" / "r"
    results = lambda: list(folder.glob("*/result.json"))  # noqa: E731
    first = start(sdk, "eval.py", *words)
    wait_for(lambda: len(results()) >= 2)
    first.send_signal(signal.SIGKILL)
    first.communicate()
    wait_for(lambda: not sdk.left_behind())
    early = {path: path.stat().st_mtime_ns for path in results()}
    assert 2 <= len(early) < len(TASKS)

    begun = time.time_ns()
    second = start(sdk, "eval.py", *words)
    wait_for(lambda: any(path.stat().st_mtime_ns > begun for path in folder.glob("*/screens/001.png")))
    victim = next(pid for pid, line in processes() if str(sdk.avds) in line and "standins/emulator\0" in line)
    os.kill(victim, signal.SIGKILL)
    output, _ = second.communicate(timeout=120)
    assert second.returncode == 0, output
    assert not sdk.left_behind()
    assert sorted(path.parent.name for path in results()) == sorted(f"{task}.1" for task in TASKS)
    assert {path: path.stat().st_mtime_ns for path in early} == early  # not run again
    outcomes = [json.loads(path.read_text())["outcome"] for path in results()]
    assert outcomes == ["finished"] * len(TASKS)
    lost = [json.loads(path.read_text())["outcome"] for path in folder.glob("*/retries/*/result.json")]
    assert set(lost) <= {"infra_error"}

    report = start(sdk, "generate_result.py", "--input_folder", str(folder), "--output_folder", str(folder / "out"))
    said, _ = report.communicate(timeout=120)
    assert report.returncode == 0, said
    verdicts = [json.loads(path.read_text())["result"] for path in folder.glob("*/verdict.state.json")]
    assert verdicts == ["pass"] * len(TASKS)


def test_ctrl_c_waits_for_no_boot(sdk: FakeSdk):
    sdk.make_avd(never=1)
    options = [*avd_options(sdk), "--set", "phone.boot_timeout_s=600"]
    run = start(sdk, "eval.py", "-n", "r", "-c", "configs/quickstart.yaml", "-p", "2", *options)
    wait_for(lambda: len(sdk.starts()) == 2)
    run.send_signal(signal.SIGINT)
    output, _ = run.communicate(timeout=60)
    assert run.returncode == 130, output
    assert "Resume: python eval.py" in output
    wait_for(lambda: not sdk.left_behind(), 20)


def test_the_doctor_of_a_good_machine(sdk: FakeSdk):
    sdk.make_avd()
    check = start(sdk, "eval.py", "-c", "configs/quickstart.yaml", "--check", "-p", "1", *avd_options(sdk))
    output, _ = check.communicate(timeout=60)
    assert check.returncode == 0, output
    for wanted in (
        "sdk",
        "emulator",
        "acceleration",
        "avd",
        "disk",
        "memory",
        "1440x3120@560",
        "1 of kind avd",
    ):
        assert wanted in output, output
    assert not sdk.left_behind()


def test_the_doctor_of_a_bad_machine_names_every_fix(sdk: FakeSdk, monkeypatch: pytest.MonkeyPatch):
    folder = sdk.make_avd()
    config = (folder / "config.ini").read_text()
    changed = config.replace("x86_64", "armeabi-v7a").replace("3120", "2400") + "hw.ramSize=900000\n"
    (folder / "config.ini").write_text(changed)
    monkeypatch.setenv("STANDIN_ACCEL", "/dev/kvm is not found: VT disabled in BIOS or KVM kernel module not loaded")
    check = start(sdk, "eval.py", "-c", "configs/quickstart.yaml", "--check", *avd_options(sdk))
    output, _ = check.communicate(timeout=60)
    assert check.returncode == 2
    for wanted in ("VT disabled", "system-images;android-33", "phone.memory_mb", "1440x2400@560", "screens may differ"):
        assert wanted in output, output
    assert not sdk.starts()
