"""TikTok's tasks can be done and cannot be faked."""

from __future__ import annotations

import pytest
from driver import load_tasks

from evaluation.judge.answers import match_answer
from simphone.phone.phone import Phone

TASKS = load_tasks("tiktok")
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
