"""`eval.py --build_calibration`: a balanced set of known truth, played on the simulated phone, that judges can read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from test_eval import SMALL, evaluate

from evaluation.judge.calibration.labelled import load_set
from phonebench.schema.calibration import CalibrationManifest
from phonebench.trace.files import read_model

assert evaluate  # the fixture of test_eval
CHOSEN = ["--task_id", "clock_1", "clock_3", "clock_5", "clock_7", "clock_13", "clock_14"]


@pytest.fixture
def build(
    tmp_path: Path, evaluate: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[int, str, str]]:
    monkeypatch.setattr("phonebench.cli.commands.CALIBRATIONS", str(tmp_path / "logs" / "calibration"))
    return lambda *argv: evaluate("--build_calibration", "mini", *CHOSEN, *SMALL, *argv)


def test_a_set_is_balanced_versioned_and_readable(build: Any, tmp_path: Path) -> None:
    code, out, _ = build()
    assert code == 0
    assert "mini@1: 6 passed and 6 failed episodes, on a simulated phone" in " ".join(out.split())
    folder = tmp_path / "logs" / "calibration" / "mini"
    manifest = read_model(CalibrationManifest, folder / "manifest.json")
    assert [entry.passed for entry in manifest.episodes if entry.source == "solution"] == [True] * 6
    assert {entry.source for entry in manifest.episodes} >= {"solution", "near_miss"}
    found = load_set(folder)
    assert found.name == "mini@1"
    assert [entry.passed for entry in found.episodes] == [entry.passed for entry in manifest.episodes]
    assert {entry.task.id for entry in found.episodes} == set(CHOSEN[1:])
    assert all(entry.episode.result.steps for entry in found.episodes)
    # The same command plays nothing again, and the same seed makes the same set.
    assert build()[0] == 0
    assert read_model(CalibrationManifest, folder / "manifest.json").digest == manifest.digest
    assert json.loads((folder / "manifest.json").read_text())["version"] == 1


def test_only_the_simulated_phone_knows_the_truth(evaluate: Any) -> None:
    code, _, err = evaluate("--build_calibration", "--set", "phone.kind=attached")
    assert code == 2
    assert "needs the simulated phone" in err


def test_a_set_has_a_plain_name(evaluate: Any) -> None:
    code, _, err = evaluate("--build_calibration", "../x")
    assert code == 2
    assert "cannot name a run" in err
