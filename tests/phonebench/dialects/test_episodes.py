"""Whole episodes in every dialect and variant: eval.py, a model behind HTTP that speaks it, a real adb, a verdict."""

from __future__ import annotations

import json
import signal
from pathlib import Path
from typing import Any

import pytest
from guided import GuidedAgent, next_reply
from phones import SimProcess
from spoken import variant_id, variants
from stub_server import StubServer

from evaluation.judge import scorer
from phonebench.agent import build
from phonebench.cli import main
from phonebench.schema.action import Swipe
from phonebench.trace import EpisodeKey, RunReader

TASKS = ["zoom_1", "setting_7"]
"""One that types, one that scrolls."""
IMAGE = {"max_pixels": 300_000, "multiple_of": 28}
"""The model sees a smaller picture of a slightly other shape than the screen."""


@pytest.fixture(scope="session")
def small_sim(start_sim: Any) -> SimProcess:
    return start_sim("--size", "540x1200", "--density", "210")


@pytest.mark.parametrize("variant", list(variants()), ids=variant_id)
def test_episodes_end_in_pass(
    tmp_path: Path,
    small_sim: SimProcess,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    variant: tuple[str, dict[str, Any]],
) -> None:
    monkeypatch.setattr(build, "ModelAgent", GuidedAgent)
    name, options = variant
    phone = {"kind": "attached", "adb_server_port": small_sim.adb.port, "serials": [small_sim.serial]}
    agent = {"dialect": name, "dialect_options": options, "image": IMAGE}
    with StubServer(next_reply) as server:
        models = {"device": {"base_url": server.base_url, "name": "stub-model"}}
        config = {"phone": phone, "agent": agent, "models": models, "logs_dir": str(tmp_path)}
        (tmp_path / "x.yaml").write_text(json.dumps(config))
        before = signal.getsignal(signal.SIGTERM)
        code = main(["-c", str(tmp_path / "x.yaml"), "-n", "run", "--task_id", *TASKS, "--judge", "state"], scorer)
        signal.signal(signal.SIGTERM, before)
    out, err = capsys.readouterr()
    assert code == 0, out + err
    swiped = []
    for task in TASKS:
        assert f"{task}.1 finished - pass" in out
        steps = list(RunReader(tmp_path / "run").episode(EpisodeKey(task, 1)).steps())
        assert all(step.decided_by == "device" for step in steps)
        swiped.append(any(isinstance(step.action, Swipe) for step in steps))
    assert swiped == [False, True]
