"""Cantook's tasks can be done and cannot be faked."""

from __future__ import annotations

import re

import pytest
from driver import Driver, allowed, begin, load_tasks, near_misses

from evaluation.judge.answers import match_answer
from phonebench.schema.task import NearMiss, Task
from simphone.phone.phone import Phone
from simphone.shell.session import run_sync

TASKS = load_tasks("cantook")
MISSES = near_misses(TASKS)
LONGER = {"cantook_6": 2}
"""Steps above the published human trace, which ends before the book can be seen: see the sheet's reference path."""
SEEN_AT_THE_END = {
    "cantook_6": ("Alice's Adventures in Wonderland", "Lewis Carroll"),
    "cantook_7": ("My Books", "Emma"),
    "cantook_8": ("Hamlet", "100.0%", "Mark as unread"),
    "cantook_9": ("Oliver Twist", "0.0%", "Mark as read"),
    "cantook_10": ("Romeo and Juliet", "Mer. Thou desir'st me to stop in my tale against the haire"),
    "cantook_11": ("Tragedies", "Hamlet", "Romeo and Juliet"),
    "cantook_12": ("Favorite",),
}
"""What a judge looks for on the last page: bare text views, not to be clicked, without a description."""


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


def plain_texts(driver: Driver) -> set[str]:
    return {
        node.attrib["text"]
        for node in driver.tree().iter("node")
        if node.attrib["class"].endswith("TextView")
        and not node.attrib["content-desc"]
        and {node.attrib[flag] for flag in ("clickable", "focusable", "selected", "long-clickable")} == {"false"}
    }


def test_there_are_12_tasks() -> None:
    assert [task.id for task in TASKS] == [f"cantook_{number}" for number in range(1, 13)]


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


@pytest.mark.parametrize("task", [task for task in TASKS if task.id in SEEN_AT_THE_END], ids=lambda task: task.id)
def test_the_end_shows_it_as_plain_text(phone: Phone, task: Task) -> None:
    driver = begin(phone, task)
    driver.run(task.solution)
    assert set(SEEN_AT_THE_END[task.id]) <= plain_texts(driver)
    if task.id == "cantook_7":
        assert "Don Quixote" not in driver.texts()


@pytest.mark.parametrize(("task", "miss"), MISSES, ids=[f"{task.id}: {miss.name}" for task, miss in MISSES])
def test_near_miss_fails(phone: Phone, task: Task, miss: NearMiss) -> None:
    driver = begin(phone, task)
    driver.run(miss.solution)
    assert not passes(driver, task)


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.id)
def test_enough_near_misses(task: Task) -> None:
    assert len(task.near_misses) >= (1 if task.kind == "query" else 2)
    assert task.instruction_zh
