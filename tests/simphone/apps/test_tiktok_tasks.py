"""TikTok's tasks can be done and cannot be faked."""

from __future__ import annotations

import pytest
from driver import Driver, allowed, begin, load_tasks, near_misses

from evaluation.judge.answers import match_answer
from phonebench.schema.task import NearMiss, Task
from simphone.phone.phone import Phone

TASKS = load_tasks("tiktok")
MISSES = near_misses(TASKS)
SEEN_AT_THE_END = {
    "tiktok_1": {"IShowSpeed", "@ishowspeed"},
    "tiktok_2": {"@ishowspeed"},
    "tiktok_4": {"Leo Messi", "@messi.18642"},
    "tiktok_5": {"LALIGA", "Real Madrid vs Barcelona: El Clásico match highlights #ElClasico #LALIGA"},
    "tiktok_6": {
        "FIFA World Cup",
        "Messi lifts the trophy: Argentina win the 2022 FIFA World Cup in Qatar #Messi #WorldCup2022",
    },
}
"""Texts that a judge looks for on the last page."""


@pytest.fixture(scope="module")
def phone() -> Phone:
    return Phone("openphone")


def passes(driver: Driver, task: Task) -> bool:
    answered = task.answer is None or match_answer(task.answer, driver.answer).right
    return answered and all(driver.goals(task))


def test_there_are_6_tasks() -> None:
    assert [task.id for task in TASKS] == [f"tiktok_{number}" for number in range(1, 7)]


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.id)
def test_solution_passes_within_the_reference_and_changes_nothing_else(phone: Phone, task: Task) -> None:
    driver = begin(phone, task)
    assert not passes(driver, task)
    driver.run(task.solution)
    assert driver.goals(task) == [True] * len(task.goals)
    assert passes(driver, task)
    assert driver.steps <= task.reference_steps
    assert [path for path in driver.changed() if not allowed(path, task)] == []
    assert SEEN_AT_THE_END.get(task.id, set()) <= set(driver.texts())


@pytest.mark.parametrize(("task", "miss"), MISSES, ids=[f"{task.id}: {miss.name}" for task, miss in MISSES])
def test_near_miss_fails(phone: Phone, task: Task, miss: NearMiss) -> None:
    driver = begin(phone, task)
    driver.run(miss.solution)
    assert not passes(driver, task)


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.id)
def test_enough_near_misses(task: Task) -> None:
    assert len(task.near_misses) >= (1 if task.kind == "query" else 2)
    assert task.instruction_zh


@pytest.mark.parametrize(
    ("answer", "right"),
    [
        ("@messi.18642", True), ("The account ID is messi.18642.", True), ("messi.18643", False),
        ("leomessi", False), ("It is @messi, with 1.4M followers", False),
    ],
)  # fmt: skip
def test_only_the_exact_id_is_right(answer: str, right: bool) -> None:
    (task,) = (task for task in TASKS if task.id == "tiktok_4")
    assert task.answer is not None
    assert match_answer(task.answer, answer).right == right


@pytest.mark.parametrize(
    ("answer", "right"),
    [
        ("You are not following IShowSpeed.", True), ("不是，您没有关注该账号", True), ("not_following", True),
        ("You do follow him.", False), ("Following", False),
    ],
)  # fmt: skip
def test_only_no_is_right(answer: str, right: bool) -> None:
    (task,) = (task for task in TASKS if task.id == "tiktok_2")
    assert task.answer is not None
    assert match_answer(task.answer, answer).right == right
