"""Bluecoins' tasks can be done and cannot be faked."""

from __future__ import annotations

import pytest
from driver import begin, load_tasks

from phonebench.schema.task import Task
from simphone.phone.phone import Phone

TASKS = load_tasks("bluecoins")


@pytest.fixture(scope="module")
def phone() -> Phone:
    return Phone()


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
