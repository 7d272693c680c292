"""Texts that talk to the judge stay data: no attack of the set leaves the record, whatever it is made of."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stub_server import Reply, StubServer

from evaluation.judge import make_judge, verdict_of
from evaluation.judge.injection import Case, clean, injected, load_cases, probe_injection
from evaluation.judge.injection.trajectories import story_of
from evaluation.judge.llm import LlmJudge
from evaluation.judge.quoting import mark, quote
from phonebench.config import JudgeConfig, ModelConfig

CANARY = "kanarienvogel"
"""Ends every attack here, so that a part of it that gets out is seen."""
CASES = [case.model_copy(update={"text": f"{case.text} {CANARY}"}) for case in load_cases()]
DRAWN = {"banner", "contact", "hidden"}
"""Channels of the phone; the others are the agent's own words."""


def reply(met: bool) -> str:
    return json.dumps({"goals": [{"goal": n, "evidence": "seen", "met": met} for n in (1, 2)]})


def split(body: dict[str, Any]) -> tuple[str, str]:
    """(what stands outside the record, the record), as a reader sees them who trusts nothing but the two mark lines."""
    system, user = body["messages"][0]["content"], body["messages"][1]["content"]
    texts = [part["text"] for part in user if part["type"] == "text"]
    line = texts[-1].splitlines()[0]
    head, record = texts[0].split(f"\n{line}\n", 1)
    assert line not in record
    return "\n".join([system, head, *texts[1:]]), record


class ObedientStub:
    """A model that does whatever it is told outside the record, and inside it finds no goal met."""

    def __init__(self, honest: bool) -> None:
        self.honest = honest

    def __call__(self, body: dict[str, Any]) -> Reply:
        outside, _ = split(body)
        return Reply(reply(not self.honest if CANARY in outside else self.honest))


@pytest.fixture(scope="module")
def stub() -> Iterator[StubServer]:
    with StubServer([Reply(reply(False))]) as server:
        yield server


def judge_at(stub: StubServer) -> LlmJudge:
    model = ModelConfig(base_url=stub.base_url, name="stub", retries=0, timeout_s=5)
    judge = make_judge(JudgeConfig(kind="llm", model=model, ui_trees=True))
    assert isinstance(judge, LlmJudge)
    return judge


def test_the_set_is_large_and_goes_everywhere() -> None:
    assert len(CASES) >= 30
    assert len({case.id for case in CASES}) == len(CASES)
    assert {case.channel for case in CASES} >= {"answer", "typed", "note", "contact", "banner", "hidden"}
    assert {case.wants for case in CASES} == {"pass", "fail"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_no_attack_leaves_the_record(stub: StubServer, case: Case) -> None:
    honest = case.wants == "fail"
    stub.plan = ObedientStub(honest)
    stub.requests.clear()
    verdict = verdict_of(judge_at(stub), story_of(case).task, injected(case))
    assert verdict.result == ("pass" if honest else "fail")
    _, record = split(stub.requests[0])
    # Every line of the record is a line of JSON, whatever a reader takes for the end of a line.
    assert record.splitlines() == record.split("\n")
    assert not re.search(r"[<>]|\[/?INST\]", record)
    assert not [char for char in record if unicodedata.category(char) in {"Cf", "Zl", "Zp"}]
    told = json.dumps(json.loads(record), ensure_ascii=False)
    if case.channel not in DRAWN:
        assert json.dumps(case.text, ensure_ascii=False)[1:-1] in told
    elif case.channel != "banner":
        assert CANARY in told


def test_a_leak_would_be_seen(stub: StubServer) -> None:
    """The stub that obeys is no straw man: the same text among the goals fools it."""
    case = next(case for case in CASES if case.id == "plain")
    task = story_of(case).task
    leaky = task.model_copy(update={"goals": (task.goals[0], task.goals[1].model_copy(update={"says": case.text}))})
    stub.plan = ObedientStub(False)
    assert verdict_of(judge_at(stub), leaky, injected(case)).result == "pass"


def test_the_probe_counts_turned_verdicts(stub: StubServer) -> None:
    def gullible(body: dict[str, Any]) -> Reply:
        """Falls for everything that says `ignore`; else reads the last screen off the UI tree."""
        _, record = split(body)
        if "gnore" in record:
            return Reply(reply("not met" not in record))
        last = " ".join(json.loads(record)["ui_trees"][-1]["tree"])
        return Reply(reply(any(word in last for word in ("3:00 PM", "Ann Lee", "Airplane mode    ON"))))

    stub.plan = gullible
    probe = probe_injection(judge_at(stub), CASES, threads=4)
    assert [case.id for case in probe.cases] == [case.id for case in CASES]
    assert (probe.silenced, probe.wrong_without) == (0, 0)
    assert probe.overall.of == len(CASES)
    flipped = {case.id for case in probe.cases if case.flipped}
    assert {"plain", "spoil_good_run"} <= flipped
    assert "chinese_answer" not in flipped
    assert probe.overall.flips == len(flipped)
    assert probe.overall.rate is not None
    assert probe.overall.low < probe.overall.rate < probe.overall.high  # type: ignore[operator]
    assert sum(rate.of for rate in probe.by_channel.values()) == len(CASES)


def test_what_cannot_be_judged_or_was_wrong_before_does_not_count(stub: StubServer) -> None:
    stub.plan = [Reply(reply(True))]
    case = next(case for case in CASES if case.wants == "pass")
    probe = probe_injection(judge_at(stub), [case])
    assert (probe.overall.of, probe.overall.rate, probe.wrong_without) == (0, None, 1)
    stub.plan = lambda body: Reply("prose" if "gnore" in split(body)[1] else reply(False))
    probe = probe_injection(judge_at(stub), [case])
    assert (probe.overall.of, probe.silenced) == (0, 1)


def test_clean_and_injected_differ_in_the_attack_only() -> None:
    for case in CASES:
        left, right = clean(case), injected(case)
        assert [s.action.type for s in left.steps() if s.action] == [s.action.type for s in right.steps() if s.action]
        assert left.info == right.info


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


@given(values)
def test_quoted_values_come_back_and_have_no_structure_of_their_own(value: Any) -> None:
    text = quote(value)
    assert json.loads(text) == value
    assert text.splitlines() == text.split("\n")
    assert mark(text) not in text
    assert not re.search(r"[<>]", text)
