"""Whose word counts where an episode has several verdicts: the phone's state, people, a model, probes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from phonebench.schema.verdict import Verdict

STATE: Final = "state"
HUMAN: Final = "human:"
"""Ids of people's verdicts begin so."""
MODEL: Final = "llm:"
"""Ids of models' verdicts begin so."""
_MACHINES: Final = (STATE, "llm", "probe")


def leading(verdicts: Iterable[Verdict]) -> Verdict | None:
    """The verdict that stands for an episode where no judge is named; None without any.

    The truth, if it is known; else a model's, else the probes'. One that decides goes before an unscored one.
    """
    given = list(verdicts)
    machines = [verdict for verdict in given if not verdict.judge.startswith(HUMAN)]
    return truth_of(given) or min(machines, key=_place, default=None)


def truth_of(verdicts: Iterable[Verdict]) -> Verdict | None:
    """A verdict that models can be measured by: the state's, else that of most people; None when neither decided."""
    given = list(verdicts)
    state = next((verdict for verdict in given if verdict.judge == STATE and verdict.result != "unscored"), None)
    return state or people_say(given)


def people_say(verdicts: Sequence[Verdict]) -> Verdict | None:
    """One of the verdicts that most people gave; None when nobody did, or when they disagree half and half."""
    labels = [verdict for verdict in verdicts if verdict.judge.startswith(HUMAN) and verdict.result != "unscored"]
    passes = [verdict for verdict in labels if verdict.result == "pass"]
    fails = [verdict for verdict in labels if verdict.result == "fail"]
    if len(passes) == len(fails):
        return None
    return max(passes, fails, key=len)[0]


def _place(verdict: Verdict) -> tuple[bool, int, str]:
    kind = verdict.judge.partition(":")[0]
    rank = _MACHINES.index(kind) if kind in _MACHINES else len(_MACHINES)
    return verdict.result == "unscored", rank, verdict.judge
