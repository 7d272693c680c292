"""Bluecoins' tasks can be done and cannot be faked."""

from __future__ import annotations

import re

import pytest
from driver import Driver, allowed, begin, load_tasks, near_misses

from evaluation.judge.answers import match_answer
from phonebench.schema.task import NearMiss, Task
from simphone.phone.phone import Phone
from simphone.shell.session import run_sync

TASKS = load_tasks("bluecoins")
MISSES = near_misses(TASKS)
LONGER = {"bluecoins_9": 3}
"""Steps above the published human trace: two months back in the calendar, one at a time, as the sheet counts them."""


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


def test_there_are_15_tasks() -> None:
    assert [task.id for task in TASKS] == [f"bluecoins_{number}" for number in range(1, 16)]


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.id)
def test_solution_passes_within_the_human_steps_and_changes_nothing_else(phone: Phone, task: Task) -> None:
    driver = begin(phone, task)
    assert not passes(driver, task)
    assert not task.probes or not all(probed(driver, task))
    driver.run(task.solution)
    assert driver.goals(task) == [True] * len(task.goals)
    assert passes(driver, task)
    assert all(probed(driver, task))
    assert driver.steps <= task.reference_steps + LONGER.get(task.id, 0)
    assert [path for path in driver.changed() if not allowed(path, task)] == []


@pytest.mark.parametrize("task", [task for task in TASKS if task.kind == "operation"], ids=lambda task: task.id)
def test_the_end_shows_what_was_saved(phone: Phone, task: Task) -> None:
    driver = begin(phone, task)
    driver.run(task.solution)
    before = driver.before["apps"]["bluecoins"]["transactions"]
    (entry,) = [each for each in phone.state["apps"]["bluecoins"]["transactions"] if each not in before]
    rows = [
        [child.attrib["text"] or child.attrib["content-desc"] for child in row.iter("node")]
        for row in driver.tree().iter("node")
        if row.attrib["resource-id"].endswith("transaction_row")
    ]
    assert any(entry["type"].capitalize() in row and entry["notes"] in (*row, "") for row in rows)
    assert not any(node.attrib["class"].endswith("EditText") for node in driver.tree().iter("node"))


@pytest.mark.parametrize(("task", "miss"), MISSES, ids=[f"{task.id}: {miss.name}" for task, miss in MISSES])
def test_near_miss_fails(phone: Phone, task: Task, miss: NearMiss) -> None:
    driver = begin(phone, task)
    driver.run(miss.solution)
    assert not passes(driver, task)


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.id)
def test_enough_near_misses(task: Task) -> None:
    assert len(task.near_misses) >= (1 if task.kind == "query" else 2)
    assert task.instruction_zh
    assert task.probes or task.kind == "query"
