"""What all judges share: from goals to a verdict."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any, Literal

from evaluation.judge.answers import match_answer
from phonebench.schema.episode import Outcome
from phonebench.schema.errors import JudgeError
from phonebench.schema.protocols import EpisodeReader
from phonebench.schema.task import Task
from phonebench.schema.verdict import GoalVerdict, Verdict


def unscored_reason(episode: EpisodeReader) -> str | None:
    """Why an episode cannot be judged whatever the judge: the machinery failed, or somebody stopped it. Else None."""
    result = episode.result
    if result.outcome is Outcome.INFRA_ERROR:
        error = f": {result.error.type}: {result.error.message}" if result.error else ""
        return f"infra_error{error}"
    return "cancelled" if result.outcome is Outcome.CANCELLED else None


def answer_says(task: Task) -> str | None:
    """The goal that a query's answer must meet, in words; None when the task asks for no answer."""
    if task.answer is None:
        return None
    joint = " and " if task.answer.kind == "set" else " or "
    return f"the final answer says {joint.join(repr(entry) for entry in task.answer.accept)}"


def answer_goal(task: Task, episode: EpisodeReader) -> tuple[GoalVerdict, ...]:
    """The answer of a query task as a goal; empty when the task asks for none. Raises JudgeError for a broken task."""
    says = answer_says(task)
    if task.answer is None or says is None:
        return ()
    result = episode.result
    match = match_answer(task.answer, result.answer if result.outcome is Outcome.FINISHED else None)
    return (GoalVerdict(says=says, passed=match.right, reason=match.reason),)


def conclude(goals: Sequence[GoalVerdict]) -> tuple[Literal["pass", "fail", "unscored"], str]:
    """(result, reason) of a task: all its goals. A failed goal fails it; else an undecided one unscores it."""
    if not goals:
        raise JudgeError("nothing to judge by", why="the task has no goal for this judge")
    for goal in goals:
        if goal.passed is False:
            return "fail", f"{goal.says}: {goal.reason}" if goal.reason else goal.says
    for goal in goals:
        if goal.passed is None:
            return "unscored", f"{goal.says}: {goal.reason or 'not decided'}"
    return "pass", "all goals met"


def unscored(judge: str, episode: EpisodeReader, reason: str) -> Verdict:
    """The verdict of a judge that cannot answer."""
    info = episode.info
    return Verdict(task_id=info.task_id, attempt=info.attempt, judge=judge, result="unscored", reason=reason)


def digest(value: Any) -> str:
    """sha256 (hex) of a JSON value."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode("utf-8", "replace")).hexdigest()
