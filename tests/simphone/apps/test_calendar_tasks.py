"""Calendar's tasks can be done and cannot be faked."""

from __future__ import annotations

import pytest
from driver import allowed, begin, load_tasks, near_misses

from phonebench.schema.task import NearMiss, Task
from simphone.phone.phone import Phone

TASKS = load_tasks("calendar")
MISSES = near_misses(TASKS)
LONGER = {"calendar_7": 8}
"""Published human traces of an older wording that asked for less."""


@pytest.fixture(scope="module")
def phone() -> Phone:
    return Phone()


def test_there_are_14_tasks() -> None:
    assert [task.id for task in TASKS] == [f"calendar_{number}" for number in range(1, 15)]
    assert all(task.instruction_zh and len(task.near_misses) >= 2 for task in TASKS)


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.id)
def test_solution_passes_within_the_human_steps_and_changes_nothing_else(phone: Phone, task: Task) -> None:
    driver = begin(phone, task)
    assert not all(driver.goals(task))
    driver.run(task.solution)
    assert driver.goals(task) == [True] * len(task.goals)
    assert driver.steps <= LONGER.get(task.id, task.reference_steps)
    assert [path for path in driver.changed() if not allowed(path, task)] == []


@pytest.mark.parametrize(("task", "miss"), MISSES, ids=[f"{task.id}: {miss.name}" for task, miss in MISSES])
def test_near_miss_fails(phone: Phone, task: Task, miss: NearMiss) -> None:
    driver = begin(phone, task)
    driver.run(miss.solution)
    assert not all(driver.goals(task))
