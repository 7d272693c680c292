from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from golden_runs import Run, passed

from evaluation.cli import main
from evaluation.export.androidlab import parsed_action
from phonebench.schema.action import (
    Drag,
    Finish,
    Launch,
    LongPress,
    Point,
    PressKey,
    Swipe,
    Tap,
    TypeText,
    Wait,
)
from phonebench.schema.episode import StepRecord

AT = Point(x=10, y=20)


def stroke(x: int, y: int, direction: str, dist: str) -> dict[str, Any]:
    return {"element": [x, y], "direction": direction, "dist": dist}


@pytest.mark.parametrize(
    ("action", "operation", "name", "kwargs"),
    [
        (Tap(at=AT), "do", "Tap", {"element": [10, 20]}),
        (LongPress(at=AT), "do", "Long Press", {"element": [10, 20]}),
        (TypeText(text="a'\n\"b"), "do", "Type", {"text": "a'\n\"b"}),
        (Swipe(start=Point(x=500, y=900), end=Point(x=500, y=850)), "do", "Swipe", stroke(500, 900, "up", "short")),
        (Swipe(start=Point(x=900, y=500), end=Point(x=500, y=510)), "do", "Swipe", stroke(900, 500, "left", "medium")),
        (Drag(start=Point(x=0, y=0), end=Point(x=0, y=900)), "do", "Swipe", stroke(0, 0, "down", "long")),
        (PressKey(key="home"), "do", "Home", {}),
        (PressKey(key="back"), "do", "Back", {}),
        (PressKey(key="enter"), "do", "Enter", {}),
        (PressKey(key="menu"), "do", "Wait", {"note": "key menu"}),
        (Launch(app="Clock"), "do", "Launch", {"app": "Clock"}),
        (Wait(seconds=2), "do", "Wait", {"seconds": 2.0}),
        (Finish(answer="7:30"), "finish", "finish", {"message": "7:30"}),
        (None, "do", "Wait", {"error": "no action"}),
    ],
)  # fmt: skip
def test_actions_in_androidlabs_words(action: Any, operation: str, name: str, kwargs: dict[str, Any]):
    error = None if action else "no action"
    step = StepRecord(index=0, width=1000, height=1000, action=action, error=error)
    assert parsed_action(step) == {"operation": operation, "action": name, "kwargs": kwargs}


def test_a_recorded_run_in_androidlabs_layout(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    run = Run(tmp_path / "logs")
    run.add(passed(steps=3))
    run.add(passed(attempt=2))
    out = tmp_path / "out"
    assert main(["--input_folder", str(run.folder), "--export", "androidlab", "--output_folder", str(out)]) == 0
    assert "2 traces in AndroidLab's layout" in capsys.readouterr().out
    folders = sorted((out / run.name).iterdir())
    assert len(folders) == 2
    for folder in folders:
        assert re.fullmatch(r"[a-z]+_\d+(\.\d+)?_\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d", folder.name)
        lines = [json.loads(line) for line in (folder / "traces" / "trace.jsonl").read_text().splitlines()]
        assert [line["index"] for line in lines] == list(range(len(lines)))
        for line in lines:
            assert set(line) == {
                "trace_id", "index", "prompt", "image", "xml", "ac_xml", "current_activity", "window", "target",
                "response", "current_response", "parsed_action",
            }  # fmt: skip
            assert line["ac_xml"] is None
            for key in ("image", "xml"):
                assert line[key] is None or (folder / line[key]).stat().st_size > 0
