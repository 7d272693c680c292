"""MAPS.ME's tasks can be done and cannot be faked."""

from __future__ import annotations

import pytest
from driver import Driver, allowed, begin, load_tasks, near_misses

from evaluation.judge.answers import match_answer
from phonebench.schema.task import NearMiss, Task
from simphone.phone.phone import Phone

TASKS = load_tasks("map")
MISSES = near_misses(TASKS)


@pytest.fixture(scope="module")
def phone() -> Phone:
    return Phone()


def passes(driver: Driver, task: Task) -> bool:
    answered = task.answer is None or match_answer(task.answer, driver.answer).right
    return answered and all(driver.goals(task))


def test_there_are_15_tasks() -> None:
    assert [task.id for task in TASKS] == [f"map_{number}" for number in range(1, 16)]
    for task in TASKS:
        assert task.instruction_zh and len(task.near_misses) >= (1 if task.kind == "query" else 2)


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.id)
def test_solution_passes_within_the_human_steps_and_changes_nothing_else(phone: Phone, task: Task) -> None:
    driver = begin(phone, task)
    assert not passes(driver, task)
    driver.run(task.solution)
    assert passes(driver, task)
    assert driver.steps <= task.reference_steps
    assert [path for path in driver.changed() if not allowed(path, task)] == []


@pytest.mark.parametrize(("task", "miss"), MISSES, ids=[f"{task.id}: {miss.name}" for task, miss in MISSES])
def test_near_miss_fails(phone: Phone, task: Task, miss: NearMiss) -> None:
    driver = begin(phone, task)
    driver.run(miss.solution)
    assert not passes(driver, task)
