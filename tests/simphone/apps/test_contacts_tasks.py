"""The tasks on Contacts can be done and cannot be faked; what adb would find is probed as well."""

from __future__ import annotations

import pytest
from driver import Driver, allowed, begin, load_tasks, near_misses

from evaluation.judge.answers import match_answer
from phonebench.schema.task import NearMiss, Task
from simphone.phone.phone import Phone

TASKS = load_tasks("contacts")
MISSES = near_misses(TASKS)


@pytest.fixture(scope="module")
def phone() -> Phone:
    return Phone()


def passes(driver: Driver, task: Task) -> bool:
    answered = task.answer is None or match_answer(task.answer, driver.answer).right
    return answered and all(driver.goals(task))


def test_there_are_15_tasks_with_enough_near_misses() -> None:
    assert [task.id for task in TASKS] == [f"contacts_{number}" for number in range(1, 16)]
    for task in TASKS:
        assert len(task.near_misses) >= (1 if task.kind == "query" else 2)
        assert task.instruction_zh


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.id)
def test_solution_passes_within_the_human_steps_and_changes_nothing_else(phone: Phone, task: Task) -> None:
    driver = begin(phone, task)
    assert not passes(driver, task)
    driver.run(task.solution)
    assert driver.goals(task) == [True] * len(task.goals)
    assert passes(driver, task)
    assert driver.steps <= task.reference_steps
    assert [path for path in driver.changed() if not allowed(path, task)] == []


@pytest.mark.parametrize(("task", "miss"), MISSES, ids=[f"{task.id}: {miss.name}" for task, miss in MISSES])
def test_near_miss_fails(phone: Phone, task: Task, miss: NearMiss) -> None:
    driver = begin(phone, task)
    driver.run(miss.solution)
    assert not passes(driver, task)


@pytest.mark.parametrize("task", TASKS[:9], ids=lambda task: task.id)
def test_solution_works_as_well_with_the_keyboard_of_agents(phone: Phone, task: Task) -> None:
    driver = begin(phone, task)
    phone.put_setting("secure", "default_input_method", "com.android.adbkeyboard/.AdbIME")
    driver.run(task.solution)
    assert driver.goals(task) == [True] * len(task.goals)


def test_the_birthday_of_the_answer_is_that_of_the_world(phone: Phone) -> None:
    driver = begin(phone, TASKS[13])
    driver.tap(text="ABC")
    assert TASKS[13].answer is not None
    assert driver.has(text=TASKS[13].answer.accept[0])
