"""The state judge: the truth about a simulated phone, read from its state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import jmespath
from jmespath.exceptions import JMESPathError

from evaluation.judge.differences import side_effects
from evaluation.judge.goals import answer_goal, conclude, digest, unscored, unscored_reason
from phonebench.schema.errors import JudgeError
from phonebench.schema.protocols import EpisodeReader
from phonebench.schema.task import Goal, Task
from phonebench.schema.verdict import GoalVerdict, Verdict


class StateJudge:
    """Judges by the goals' JMESPath expressions, and lists side effects; whatever ended the episode."""

    id = "state"

    def judge(self, task: Task, episode: EpisodeReader) -> Verdict:
        """Raises JudgeError when a goal of the task is broken."""
        if reason := unscored_reason(episode):
            return unscored(self.id, episode, reason)
        before, after = episode.state_before(), episode.state_after()
        if before is None or after is None:
            return unscored(self.id, episode, "no recorded state: only a simulated phone has one")
        goals = (*(self._goal(task, goal, before, after) for goal in task.goals), *answer_goal(task, episode))
        result, reason = conclude(goals)
        evidence = [before, after, episode.result.answer, [goal.state for goal in task.goals], task.may_change]
        return Verdict(
            task_id=episode.info.task_id,
            attempt=episode.info.attempt,
            judge=self.id,
            result=result,
            reason=reason,
            goals=goals,
            side_effects=side_effects(before, after, task.may_change),
            evidence_digest=digest(evidence),
        )

    @staticmethod
    def _goal(task: Task, goal: Goal, before: dict[str, Any], after: dict[str, Any]) -> GoalVerdict:
        if goal.state is None:
            return GoalVerdict(says=goal.says, passed=None, reason="the goal has no state expression")
        try:
            value = jmespath.search(goal.state, {**after, "before": before, "after": after})
        except JMESPathError as problem:
            raise JudgeError(
                f"task {task.id}: goal '{goal.says}' cannot be evaluated",
                where=task.source,
                why=f"{goal.state}: {str(problem).splitlines()[0]}",
                next_step="mend the expression; python eval.py --validate tries every task",
            ) from None
        passed = is_true(value)
        return GoalVerdict(says=goal.says, passed=passed, reason="" if passed else f"not so in the state: {goal.state}")


def is_true(value: Any) -> bool:
    """JMESPath truth: null, false, and empty strings, lists and objects are false; every number is true."""
    if isinstance(value, str | list | Mapping):
        return len(value) > 0
    return value is not None and value is not False
