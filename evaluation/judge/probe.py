"""The probe judge: what adb saw at the end of an episode, against what the task expects. For real phones."""

from __future__ import annotations

import re

from evaluation.judge.goals import answer_goal, conclude, digest, unscored, unscored_reason
from phonebench.schema.errors import JudgeError
from phonebench.schema.protocols import EpisodeReader
from phonebench.schema.task import Probe, Task
from phonebench.schema.verdict import GoalVerdict, Verdict


class ProbeJudge:
    """Judges by the regular expressions of the task's probes, and by the answer of a query."""

    id = "probe"

    def judge(self, task: Task, episode: EpisodeReader) -> Verdict:
        """Raises JudgeError when the task gives nothing to judge by, or a probe is broken."""
        if reason := unscored_reason(episode):
            return unscored(self.id, episode, reason)
        if not can_probe(task):
            raise JudgeError(f"task {task.id} has no probe that expects anything", where=task.source)
        outputs = episode.probes()
        probes = [_goal(task, probe, probe.expect, outputs) for probe in task.probes if probe.expect is not None]
        goals = (*probes, *answer_goal(task, episode))
        result, reason = conclude(goals)
        return Verdict(
            task_id=episode.info.task_id,
            attempt=episode.info.attempt,
            judge=self.id,
            result=result,
            reason=reason,
            goals=goals,
            evidence_digest=digest([outputs, episode.result.answer, [probe.expect for probe in task.probes]]),
        )


def can_probe(task: Task) -> bool:
    """Does the task give a probe judge enough to decide it? The goals of an operation show in its probes only."""
    return any(probe.expect is not None for probe in task.probes) or (task.answer is not None and not task.goals)


def _goal(task: Task, probe: Probe, expect: str, outputs: dict[str, str]) -> GoalVerdict:
    says = f"probe {probe.name} shows {expect!r}"
    output = outputs.get(probe.name)
    if output is None:
        return GoalVerdict(says=says, passed=None, reason="the probe was not recorded")
    try:
        found = re.search(expect, output, re.MULTILINE) is not None
    except re.error as problem:
        raise JudgeError(
            f"task {task.id}: probe {probe.name} expects no regular expression", where=task.source, why=str(problem)
        ) from None
    return GoalVerdict(says=says, passed=found, reason="" if found else f"the output was {output[:200]!r}")
