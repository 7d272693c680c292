"""Task files: what they must hold, and how a suite is narrowed."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from phonebench.schema.errors import TaskError
from phonebench.suite import load_suite, select, task_digest

GOOD = """\
app: clock
package: com.example.clock
tasks:
  - id: clock_1
    kind: operation
    instruction: Set an alarm.
    reference_steps: 3
    goals:
      - {says: there is one, state: "apps.clock.alarms[?time=='15:00']"}
    solution:
      - {tap: {desc: Add alarm}}
      - {type: "1500", into: {id: field}}
      - {finish: done}
  - id: clock_2
    kind: query
    instruction: Which time?
    reference_steps: 1
    answer: {kind: time, accept: ["15:00"]}
"""


def write(folder: Path, text: str, name: str = "clock.yaml") -> Path:
    path = folder / name
    path.write_text(textwrap.dedent(text))
    return path


def test_tasks_have_app_package_and_place(tmp_path: Path) -> None:
    suite = load_suite(str(write(tmp_path, GOOD)))
    first, second = suite.tasks
    assert (first.app, first.package, second.kind) == ("clock", "com.example.clock", "query")
    assert first.source.endswith("clock.yaml:4")
    assert len(first.solution) == 3


ERRORS = [
    ("  - id: clock_1\n", "  - id: clock_2\n", "task id 'clock_2' stands twice"),
    ("kind: query", "kind: qeury", ":15: tasks[1].kind"),
    ("instruction: Set an alarm.", "instructions: Set an alarm.", "clock.yaml:6: unknown key 'instructions'"),
    (
        "{tap: {desc: Add alarm}}",
        "{tap: {dsc: Add alarm}}",
        "clock.yaml:11: unknown key 'dsc' in tasks[0].solution[0].tap",
    ),
    ("{tap: {desc: Add alarm}}", "{tapp: {desc: Add alarm}}", "clock.yaml:11: missing key 'tap'"),
    (
        "apps.clock.alarms[?time=='15:00']",
        "apps.clock.alarms[?",
        "clock.yaml:9: clock_1: the state of a goal is no JMESPath",
    ),
    ("reference_steps: 3", "reference_steps: many", "clock.yaml:7: tasks[0].reference_steps"),
    ('    answer: {kind: time, accept: ["15:00"]}\n', "", "clock_2: a task needs goals or an answer"),
    ('accept: ["15:00"]', "accept: []", "clock.yaml:18: clock_2: accept holds nothing"),
    ("id: clock_1", "id: ../evil", "clock.yaml:4: ../evil: an id holds letters"),
    ("app: clock\n", "", "missing key 'app'"),
    ("tasks:\n", "task:\n", "tasks must be a list"),
]


@pytest.mark.parametrize(("old", "new", "said"), ERRORS)
def test_every_error_names_file_and_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in GOOD
    with pytest.raises(TaskError) as raised:
        load_suite(str(write(tmp_path, GOOD.replace(old, new))))
    assert said in str(raised.value)


def test_ids_are_unique_over_files(tmp_path: Path) -> None:
    write(tmp_path, GOOD, "a.yaml")
    write(tmp_path, GOOD, "b.yaml")
    with pytest.raises(TaskError) as raised:
        load_suite(str(tmp_path))
    assert "b.yaml:4" in str(raised.value)
    assert "a.yaml:4" in str(raised.value)


def test_select(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    write(tmp_path, GOOD.replace("clock", "zoom"), "zoom.yaml")
    suite = load_suite(str(tmp_path))

    def ids(*args: list[str]) -> list[str]:
        return [task.id for task in select(suite, *args).tasks]

    assert ids() == ["clock_1", "clock_2", "zoom_1", "zoom_2"]
    assert ids(["clock_*", "zoom_1"]) == ["clock_1", "clock_2", "zoom_1"]
    assert ids([], ["zoom"]) == ["zoom_1", "zoom_2"]
    assert ids(["*_2"], ["zoom"]) == ["zoom_2"]
    with pytest.raises(TaskError, match="did you mean 'clock_2'"):
        select(suite, ["clock_22"])
    with pytest.raises(TaskError, match="did you mean 'clock'"):
        select(suite, [], ["clocks"])
    with pytest.raises(TaskError, match="no task is left"):
        select(suite, ["zoom_1"], ["clock"])


def test_digests_follow_what_is_asked(tmp_path: Path) -> None:
    suite = load_suite(str(write(tmp_path, GOOD)))
    noted = load_suite(str(write(tmp_path, GOOD.replace("kind: query", "kind: query\n    notes: easy"))))
    other = load_suite(str(write(tmp_path, GOOD.replace("Which time?", "What time?"))))
    assert suite.digest == noted.digest != other.digest
    assert task_digest(suite.tasks[0]) == task_digest(other.tasks[0])
    assert select(suite, ["clock_1"]).digest != suite.digest


def test_the_shipped_suites_load() -> None:
    suite = load_suite("tasks/androidlab")
    assert {"zoom_1", "zoom_5"} <= {task.id for task in suite.tasks}
    assert all(task.solution and task.near_misses for task in suite.tasks)
