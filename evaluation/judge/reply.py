"""Reads a judge's reply: JSON, with whatever a model puts around it. Parsed, never obeyed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict, StrictBool, StrictInt, ValidationError

from phonebench.schema.errors import JudgeError
from phonebench.schema.verdict import GoalVerdict

MOST_OBJECTS = 50
"""Places in a reply where a JSON object is looked for."""
LONGEST_REASON = 2000
"""Characters kept of the evidence that a judge quotes."""
_THOUGHT = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL)


class _Decision(BaseModel):
    model_config = ConfigDict(extra="ignore")

    goal: StrictInt
    evidence: str = ""
    met: StrictBool


class _Reply(BaseModel):
    model_config = ConfigDict(extra="ignore")

    goals: tuple[_Decision, ...]


def decisions(reply: str, goals: Sequence[str]) -> tuple[GoalVerdict, ...]:
    """A reply's decisions in the order of the goals.

    Raises JudgeError unless it decides each of them exactly once; a reply that does so twice, and differently, says
    nothing.
    """
    found: list[_Reply] = []
    why = "it holds no JSON object"
    for value in _objects(_THOUGHT.sub("", reply)):
        try:
            parsed = _Reply.model_validate(value)
        except ValidationError as problem:
            why = problem.errors(include_url=False)[0]["msg"]
            continue
        if sorted(entry.goal for entry in parsed.goals) != list(range(1, len(goals) + 1)):
            why = f"it decides {[entry.goal for entry in parsed.goals][:20]} of {len(goals)} goals"
            continue
        found.append(parsed)
    if not found:
        raise JudgeError("the judge's reply is not the JSON it was asked for", why=why)
    if len({tuple(sorted((entry.goal, entry.met) for entry in parsed.goals)) for parsed in found}) > 1:
        raise JudgeError("the judge's reply is not the JSON it was asked for", why="it decides twice, and differently")
    by_number = {entry.goal: entry for entry in found[-1].goals}
    return tuple(
        GoalVerdict(says=says, passed=by_number[number].met, reason=by_number[number].evidence[:LONGEST_REASON])
        for number, says in enumerate(goals, start=1)
    )


def _objects(text: str) -> Iterator[Any]:
    """The outermost JSON objects of a text, in order."""
    decoder = json.JSONDecoder()
    at = -1
    for _ in range(MOST_OBJECTS):
        at = text.find("{", at + 1)
        if at < 0:
            return
        try:
            value, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            continue
        yield value
        at = end - 1
