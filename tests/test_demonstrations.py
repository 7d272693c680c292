"""A recorded run, exported as task scripts, plays again and passes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import yaml

from evaluation.export.solutions import in_words, selector
from phonebench.schema.action import Action, Point, Swipe
from phonebench.schema.episode import StepRecord
from phonebench.uitree import parse_ui

ROOT = Path(__file__).parents[1]
TASKS = {"clock": ["clock_1", "clock_6"], "zoom": ["zoom_1", "zoom_2"]}


def run(*command: str) -> str:
    done = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_what_was_done_can_be_played_again(tmp_path: Path) -> None:
    ids = [each for tasks in TASKS.values() for each in tasks]
    logs = ("--set", f"logs_dir={tmp_path}/logs")
    run("eval.py", "-n", "first", "-c", "configs/quickstart.yaml", "--task_id", *ids, "--judge", *logs)
    out = run("generate_result.py", "--input_folder", f"{tmp_path}/logs/first", "--export", "solutions",
              "--output_folder", f"{tmp_path}/out")  # fmt: skip
    assert "4 passed episodes as task scripts" in out
    text = (tmp_path / "out/solutions.yaml").read_text()
    assert "has no word" not in text
    scripts = {entry["id"]: entry["solution"] for entry in yaml.safe_load(text)}
    assert set(scripts) == set(ids)
    for app, tasks in TASKS.items():
        document = yaml.safe_load((ROOT / f"tasks/androidlab/{app}.yaml").read_text())
        document["tasks"] = [
            {**task, "solution": scripts[task["id"]]} for task in document["tasks"] if task["id"] in tasks
        ]
        file = tmp_path / "tasks" / f"{app}.yaml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(yaml.safe_dump(document, allow_unicode=True))
    played = ("eval.py", "-n", "again", "-c", "configs/quickstart.yaml", "--judge")
    said = run(*played, "--task_config", f"{tmp_path}/tasks",
               *logs)  # fmt: skip
    assert said.count("- pass -") == 4, said


def test_a_touch_is_named_by_what_answers_it() -> None:
    root = parse_ui(
        '<hierarchy rotation="0"><node class="L" bounds="[0,0][100,100]">'
        '<node class="R" clickable="true" bounds="[0,0][100,50]"><node class="T" text="Row" bounds="[0,0][60,50]"/>'
        '<node class="S" clickable="true" resource-id="p:id/more" bounds="[60,0][100,50]"/></node>'
        '<node class="R" clickable="true" bounds="[0,50][100,100]"><node class="T" text="Row" bounds="[0,50][60,100]"/>'
        "</node></node></hierarchy>"
    )
    assert root is not None
    assert selector(root, Point(x=10, y=10)) == {"text": "Row"}
    assert selector(root, Point(x=70, y=10)) == {"id": "more"}
    assert selector(root, Point(x=10, y=60)) == {"text": "Row", "index": 1}
    assert selector(root, Point(x=80, y=60)) == {"text": "Row", "index": 1}, "named by what is inside"
    assert selector(root, Point(x=200, y=200)) is None


def test_a_swipe_is_over_what_scrolls_under_the_finger() -> None:
    root = parse_ui(
        '<hierarchy rotation="0"><node class="L" bounds="[0,0][100,200]">'
        '<node class="R" scrollable="true" resource-id="p:id/list" bounds="[0,0][100,150]"/>'
        '<node class="R" scrollable="true" resource-id="p:id/wheel" bounds="[0,160][40,200]"/>'
        '<node class="R" scrollable="true" bounds="[50,160][100,200]"/></node></hierarchy>'
    )
    step = StepRecord(index=0, width=100, height=200)

    def swipe(x1: int, y1: int, x2: int, y2: int) -> Action:
        return Swipe(start=Point(x=x1, y=y1), end=Point(x=x2, y=y2))

    assert in_words(step, swipe(50, 140, 50, 40), root) == {"swipe": "up", "distance": 0.5}
    assert in_words(step, swipe(5, 140, 5, 40), root) == {"swipe": "up", "distance": 0.5}, "the same list"
    assert in_words(step, swipe(20, 190, 20, 170), root) == {"swipe": "up", "on": {"id": "wheel"}, "distance": 0.5}
    assert in_words(step, swipe(60, 190, 60, 170), root) is None, "what scrolls there has no name"
    assert in_words(step, swipe(5, 140, 5, 40), None) == {"swipe": "up", "distance": 0.5}
