"""Whose verdict stands for an episode that has several."""

from __future__ import annotations

from itertools import permutations

import pytest

from phonebench.schema.authority import leading, truth_of
from phonebench.schema.verdict import Verdict


def said(words: str) -> list[Verdict]:
    """Verdicts from words such as `state+ human:ann-`: passed, failed; `?` is unscored."""
    results = {"+": "pass", "-": "fail", "?": "unscored"}
    return [
        Verdict.model_validate({"task_id": "t", "attempt": 1, "judge": word[:-1], "result": results[word[-1]]})
        for word in words.split()
    ]


@pytest.mark.parametrize(
    ("words", "stands", "truth"),
    [
        ("", None, None),
        ("human:ann- state+", "state", "state"),
        ("human:ann- llm:m+ probe+", "human:ann", "human:ann"),
        ("human:ann- human:bob+ human:cid+ llm:m-", "human:bob", "human:bob"),
        ("human:ann- human:bob+ llm:m-", "llm:m", None),
        ("human:ann- human:bob+", None, None),
        ("llm:m? probe+ auto?", "probe", None),
        ("llm:m+ probe-", "llm:m", None),
        ("state? human:ann+", "human:ann", "human:ann"),
        ("auto? llm:m?", "llm:m", None),
        ("auto?", "auto", None),
    ],
)
def test_the_state_goes_before_people_and_people_before_models(
    words: str, stands: str | None, truth: str | None
) -> None:
    for order in list(permutations(said(words)))[:6]:
        first, true = leading(order), truth_of(order)
        assert (first.judge if first else None) in ({"human:bob", "human:cid"} if stands == "human:bob" else {stands})
        assert (true.judge if true else None) in ({"human:bob", "human:cid"} if truth == "human:bob" else {truth})
