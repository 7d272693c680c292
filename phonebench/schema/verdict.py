"""How an episode was judged; never how it ended."""

from __future__ import annotations

from typing import Any, Literal

from phonebench.schema.base import SCHEMA_VERSION, Record
from phonebench.schema.episode import ModelCall


class GoalVerdict(Record):
    """One goal: passed, failed, or None when it could not be decided; with the reason."""

    says: str
    passed: bool | None
    reason: str = ""


class SideEffect(Record):
    """A difference between the states before and after that the task does not allow. Values are JSON, cut when long."""

    path: str
    before: Any = None
    after: Any = None


class Verdict(Record):
    """verdict.<judge>.json."""

    schema_version: int = SCHEMA_VERSION
    task_id: str
    attempt: int
    judge: str
    """Identity of the judge, e.g. `state` or `llm:MODEL`."""
    result: Literal["pass", "fail", "unscored"]
    reason: str = ""
    goals: tuple[GoalVerdict, ...] = ()
    side_effects: tuple[SideEffect, ...] = ()
    evidence_digest: str = ""
    prompt: str = ""
    raw_reply: str = ""
    calls: tuple[ModelCall, ...] = ()
    judge_digest: str = ""
    """Of an llm judge: model, prompt and settings (sha256, hex); what a calibration of it is kept under."""
    votes: tuple[tuple[bool, ...], ...] = ()
    """Of a judge that votes: each usable vote's decisions, goal by goal; `goals` holds their majority."""
