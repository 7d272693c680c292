"""Cantook's tasks can be done and cannot be faked."""

from __future__ import annotations

import pytest
from driver import Driver, begin, load_tasks

from phonebench.schema.task import Task
from simphone.phone.phone import Phone

TASKS = load_tasks("cantook")
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


def plain_texts(driver: Driver) -> set[str]:
    return {
        node.attrib["text"]
        for node in driver.tree().iter("node")
        if node.attrib["class"].endswith("TextView")
        and not node.attrib["content-desc"]
        and {node.attrib[flag] for flag in ("clickable", "focusable", "selected", "long-clickable")} == {"false"}
    }


@pytest.mark.parametrize("task", [task for task in TASKS if task.id in SEEN_AT_THE_END], ids=lambda task: task.id)
def test_the_end_shows_it_as_plain_text(phone: Phone, task: Task) -> None:
    driver = begin(phone, task)
    driver.run(task.solution)
    assert set(SEEN_AT_THE_END[task.id]) <= plain_texts(driver)
    if task.id == "cantook_7":
        assert "Don Quixote" not in driver.texts()
