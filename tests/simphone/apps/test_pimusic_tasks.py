"""Pi Music Player's tasks can be done and cannot be faked."""

from __future__ import annotations

import re

import pytest
from driver import Driver, allowed, begin, load_tasks, near_misses

from evaluation.judge.answers import match_answer
from phonebench.schema.task import NearMiss, Task
from simphone.phone.phone import Phone
from simphone.shell.session import run_sync

TASKS = load_tasks("pimusic")
MISSES = near_misses(TASKS)
UNPROBED = {"played from the list of all songs"}
"""adb does not tell which list a song is played from."""


@pytest.fixture(scope="module")
def phone() -> Phone:
    return Phone()


def passes(driver: Driver, task: Task) -> bool:
    answered = task.answer is None or match_answer(task.answer, driver.answer).right
    return answered and all(driver.goals(task))


def probed(driver: Driver, task: Task) -> list[bool]:
    """Whether each probe of a task shows what it expects."""
    found = []
    for probe in task.probes:
        status, out, err = run_sync(driver.phone, probe.shell)
        assert status == 0, err
        found.append(re.search(probe.expect or "", out.decode(), re.MULTILINE) is not None)
    return found


def test_there_are_12_tasks() -> None:
    assert [task.id for task in TASKS] == [f"pimusic_{number}" for number in range(1, 13)]


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.id)
def test_solution_passes_within_the_human_steps_and_changes_nothing_else(phone: Phone, task: Task) -> None:
    driver = begin(phone, task)
    assert not passes(driver, task)
    assert not task.probes or not all(probed(driver, task))
    driver.run(task.solution)
    assert driver.goals(task) == [True] * len(task.goals)
    assert passes(driver, task)
    assert all(probed(driver, task))
    assert driver.steps <= task.reference_steps
    assert [path for path in driver.changed() if not allowed(path, task)] == []


@pytest.mark.parametrize(("task", "miss"), MISSES, ids=[f"{task.id}: {miss.name}" for task, miss in MISSES])
def test_near_miss_fails(phone: Phone, task: Task, miss: NearMiss) -> None:
    driver = begin(phone, task)
    driver.run(miss.solution)
    assert not passes(driver, task)
    assert not task.probes or not all(probed(driver, task)) or miss.name in UNPROBED


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.id)
def test_enough_near_misses(task: Task) -> None:
    assert len(task.near_misses) >= (1 if task.kind == "query" else 2)
    assert task.instruction_zh
