"""The tasks on Contacts can be done and cannot be faked; what adb would find is probed as well."""

from __future__ import annotations

import pytest
from driver import begin, load_tasks

from phonebench.schema.task import Task
from simphone.phone.phone import Phone

TASKS = load_tasks("contacts")


@pytest.fixture(scope="module")
def phone() -> Phone:
    return Phone()


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
