"""What is known of an episode besides a model's verdict: a person's label, or the phone's own state."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from phonebench.schema.verdict import Verdict

HUMAN = "human:"
"""Ids of people's verdicts begin so."""


@dataclass(frozen=True, slots=True)
class Truth:
    """Did the episode pass, and who says so."""

    passed: bool
    by: Literal["human", "state"]


def truth_of(verdicts: Iterable[Verdict]) -> Truth | None:
    """The truth among an episode's verdicts: the majority of people, else the state; None when nobody decided.

    People who disagree half and half decide nothing, whatever the state says.
    """
    state: Truth | None = None
    votes = 0
    labelled = False
    for verdict in verdicts:
        if verdict.result == "unscored":
            continue
        passed = verdict.result == "pass"
        if verdict.judge.startswith(HUMAN):
            labelled = True
            votes += 1 if passed else -1
        elif verdict.judge == "state":
            state = Truth(passed, "state")
    if labelled:
        return Truth(votes > 0, "human") if votes else None
    return state
