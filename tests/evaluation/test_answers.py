"""Answer matching: a table of realistic answers, and properties that hold for any text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from evaluation.judge.answers import match_answer
from phonebench.schema.errors import JudgeError
from phonebench.schema.task import AnswerSpec

TABLE: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "answers.yaml").read_text(encoding="utf-8"))
ROWS = [
    pytest.param(AnswerSpec(**entry["spec"]), str(answer), expected, id=f"{entry['question'][:20]}-{expected}-{n}")
    for entry in TABLE
    for expected, answers in ((True, entry["right"]), (False, entry["wrong"]))
    for n, answer in enumerate(answers)
]
KINDS = ["number", "time", "duration", "date", "yes_no", "set", "text"]
ACCEPT = {"number": "2 alarms", "time": "7:30 AM", "duration": "6 hours", "date": "May 10", "yes_no": "No"}


def test_the_table_is_large_enough() -> None:
    assert len(ROWS) >= 150


@pytest.mark.parametrize(("spec", "answer", "expected"), ROWS)
def test_realistic_answers(spec: AnswerSpec, answer: str, expected: bool) -> None:
    match = match_answer(spec, answer)
    assert match.right is expected, f"{answer!r}: {match.reason}"
    assert match.reason


@given(st.sampled_from(KINDS), st.text(max_size=300))
def test_any_text_gets_a_verdict_with_a_reason(kind: str, answer: str) -> None:
    spec = AnswerSpec(kind=kind, accept=(ACCEPT.get(kind, "Pulse Live"),))  # type: ignore[arg-type]
    assert match_answer(spec, answer).reason


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "piece", ["7:30 ", "1 hour ", "a", "(", "not ", "10,", "一", "1.", "may 1 ", "either ", "\n", "4 x of "]
)
def test_hostile_length_is_bounded(kind: str, piece: str) -> None:
    spec = AnswerSpec(kind=kind, accept=(ACCEPT.get(kind, "Pulse Live"),))  # type: ignore[arg-type]
    assert match_answer(spec, piece * 3000).reason


@given(st.integers(0, 23), st.integers(0, 59))
def test_a_time_is_found_in_any_usual_form(hour: int, minute: int) -> None:
    spec = AnswerSpec(kind="time", accept=(f"{hour:02d}:{minute:02d}",))
    half, twelve = ("am" if hour < 12 else "pm"), (hour % 12 or 12)
    for form in (f"{twelve}:{minute:02d} {half}", f"{twelve}:{minute:02d}{half.upper()}", f"at {hour}:{minute:02d}."):
        assert match_answer(spec, form).right, form
    other = (hour * 60 + minute + 1) % 1440
    assert not match_answer(spec, f"{other // 60:02d}:{other % 60:02d}").right


@given(st.integers(0, 10**7), st.integers(0, 99))
def test_a_number_is_found_with_and_without_separators(whole: int, cents: int) -> None:
    spec = AnswerSpec(kind="number", accept=(f"{whole}.{cents:02d} CNY",))
    for form in (f"{whole:,}.{cents:02d} CNY", f"¥{whole}.{cents:02d}", f"It was {whole:,}.{cents:02d}."):
        assert match_answer(spec, form).right, form
    assert not match_answer(spec, f"{whole + 1}.{cents:02d} CNY").right


@given(st.integers(1, 99), st.integers(1, 59), st.integers(1, 59))
def test_a_duration_adds_up_its_parts(hours: int, minutes: int, seconds: int) -> None:
    spec = AnswerSpec(kind="duration", accept=(f"{hours * 3600 + minutes * 60 + seconds} s",))
    for form in (f"{hours} h {minutes} min {seconds} s", f"{hours} hours, {minutes} minutes and {seconds} seconds"):
        assert match_answer(spec, form).right, form
    assert match_answer(spec, f"{hours}小时{minutes}分钟{seconds}秒").right


@given(st.dates())
def test_a_date_is_found_in_any_usual_form(day: Any) -> None:
    spec = AnswerSpec(kind="date", accept=(f"{day.year:04d}-{day.month:02d}-{day.day:02d}",))
    month = f"{day:%B}"
    for form in (
        f"{month} {day.day}, {day.year:04d}",
        f"{day.day} {month} {day.year:04d}",
        f"{day.year:04d}/{day.month}/{day.day}",
    ):
        assert match_answer(spec, form).right, form
    assert match_answer(spec, f"{day.year:04d}年{day.month}月{day.day}日").right


def test_no_answer_is_wrong_and_says_so() -> None:
    match = match_answer(AnswerSpec(kind="text", accept=("x",)), None)
    assert (match.right, match.reason) == (False, "the episode did not finish with an answer")


@pytest.mark.parametrize(
    "spec",
    [
        AnswerSpec(kind="number", accept=("many",)),
        AnswerSpec(kind="time", accept=("soon",)),
        AnswerSpec(kind="duration", accept=()),
        AnswerSpec(kind="yes_no", accept=("perhaps",)),
    ],
)
def test_a_task_that_cannot_be_read_is_the_judges_error(spec: AnswerSpec) -> None:
    with pytest.raises(JudgeError):
        match_answer(spec, "2")
