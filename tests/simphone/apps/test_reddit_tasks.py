"""Reddit's tasks can be done and cannot be faked."""

from __future__ import annotations

import re

import pytest
from driver import Driver, allowed, begin, load_tasks, near_misses

from phonebench.schema.task import NearMiss, Task
from simphone.phone.phone import Phone
from simphone.shell.session import run_sync

TASKS = load_tasks("reddit")
MISSES = near_misses(TASKS)
SEEN_AT_THE_END = {
    "reddit_1": {"r/ChatGPT", "Joined", "Leave r/\ufeffChatGPT"},
    "reddit_2": {"Popular", "Popular feed", "TIL some lighthouses still keep a library"},
    "reddit_3": {"Qwen", "Today", "Time range: Today"},
    "reddit_4": {"Qwen", "New", "Sort by: New"},
    "reddit_5": {"r/ChatGPT", "Join", "Join r/\ufeffChatGPT"},
}
"""What a judge looks for in the last picture; lists are scrolled to it where needed."""


@pytest.fixture(scope="module")
def phone() -> Phone:
    return Phone()


def probed(driver: Driver, task: Task) -> bool:
    """Whether every probe of a task shows what it expects."""
    for probe in task.probes:
        status, out, err = run_sync(driver.phone, probe.shell)
        assert status == 0, err
        if re.search(probe.expect or "", out.decode(), re.MULTILINE) is None:
            return False
    return True


def test_there_are_5_tasks() -> None:
    assert [task.id for task in TASKS] == [f"reddit_{number}" for number in range(1, 6)]


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.id)
def test_solution_passes_and_changes_nothing_else(phone: Phone, task: Task) -> None:
    driver = begin(phone, task)
    assert not all(driver.goals(task))
    driver.run(task.solution)
    assert driver.goals(task) == [True] * len(task.goals)
    assert probed(driver, task)
    assert driver.steps <= task.reference_steps
    assert [path for path in driver.changed() if not allowed(path, task)] == []
    seen = set(driver.texts())
    for _ in range(6 if task.id == "reddit_2" else 0):
        driver.swipe("up")
        seen |= set(driver.texts())
    assert seen >= SEEN_AT_THE_END[task.id]


@pytest.mark.parametrize(("task", "miss"), MISSES, ids=[f"{task.id}: {miss.name}" for task, miss in MISSES])
def test_near_miss_fails(phone: Phone, task: Task, miss: NearMiss) -> None:
    driver = begin(phone, task)
    driver.run(miss.solution)
    assert not all(driver.goals(task))


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.id)
def test_enough_near_misses(task: Task) -> None:
    assert len(task.near_misses) >= 2
    assert task.instruction_zh
