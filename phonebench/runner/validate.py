"""`--validate`: every task's solution must pass and every near miss must fail, on the simulated phone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from phonebench.config import AgentConfig, RunConfig, SafetyConfig
from phonebench.runner.attempts import Score
from phonebench.runner.events import Listener
from phonebench.runner.run import MakeProvider, execute, make_plan
from phonebench.schema.errors import ConfigError
from phonebench.schema.task import Suite, Task
from phonebench.schema.verdict import Verdict
from phonebench.suite import make_suite
from phonebench.trace import EpisodeKey, RunReader


@dataclass(frozen=True, slots=True)
class Finding:
    """One script played: what the judge should say, what it said, and on which evidence."""

    task: Task
    script: str
    """`solution`, or the near miss's name."""
    expected: str
    verdict: Verdict | None
    steps: int
    error: str
    folder: Path

    @property
    def ok(self) -> bool:
        """True for a solution that passes without side effects and a near miss that fails, both played to the end."""
        if self.verdict is None or self.error or self.verdict.result != self.expected:
            return False
        return self.expected == "fail" or not self.verdict.side_effects


def validate_suite(
    config: RunConfig, suite: Suite, make_provider: MakeProvider, listener: Listener, score: Score, logs_dir: Path
) -> list[Finding]:
    """Play all scripts as episodes of one run below `logs_dir` and judge them; raises UserError, GaveUpError."""
    if config.phone.kind != "sim":
        raise ConfigError("--validate needs the simulated phone", where="phone.kind", next_step="--set phone.kind=sim")
    scripts = list(_scripts(suite))
    played = make_suite(f"{suite.name}-scripts", [task for _, _, task in scripts])
    limits = config.limits.model_copy(update={"max_steps": max(config.limits.max_steps, 100)})
    settings = config.model_copy(
        update={
            "agent": AgentConfig(policy="reference"),
            "limits": limits,
            "safety": SafetyConfig(),
            "attempts": 1,
            "models": {},
        }
    )
    plan = make_plan(settings, played, "validate", logs_dir)
    execute(plan, make_provider, listener, score=score)
    run = RunReader(plan.folder)
    return [_finding(run, *script) for script in scripts]


def _scripts(suite: Suite) -> Iterator[tuple[Task, str, Task]]:
    """(task, script name, the task with this script as its solution)."""
    for task in suite.tasks:
        yield task, "solution", task
        for number, miss in enumerate(task.near_misses, 1):
            yield task, miss.name, task.model_copy(update={"id": f"{task.id}-miss{number}", "solution": miss.solution})


def _finding(run: RunReader, task: Task, script: str, played: Task) -> Finding:
    episode = run.episode(EpisodeKey(played.id, 1))
    result = episode.result
    return Finding(
        task=task,
        script=script,
        expected="pass" if script == "solution" else "fail",
        verdict=episode.verdict("state"),
        steps=result.steps,
        error=f"{result.error.type}: {result.error.message}" if result.error else "",
        folder=episode.folder,
    )
