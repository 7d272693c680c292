"""`--build_calibration`: episodes with known truth, played on the simulated phone, to measure judges by."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from phonebench import __version__
from phonebench.config import AgentConfig, RunConfig, SafetyConfig
from phonebench.runner.attempts import Score, utc_now
from phonebench.runner.events import Listener
from phonebench.runner.run import MakeProvider, execute, make_plan
from phonebench.schema.calibration import MANIFEST, TASKS, CalibrationManifest, LabelledEpisode, Source
from phonebench.schema.errors import ConfigError
from phonebench.schema.task import FinishStep, Suite, Task
from phonebench.suite import make_suite
from phonebench.trace import EpisodeKey, RunReader
from phonebench.trace.files import read_model, write_json

FAILING: Final[tuple[Source, ...]] = ("near_miss", "near_miss", "truncated", "random")
"""What stands against each solution, drawn by seed: near misses are the hard ones, so they are half."""
RANDOM_STEPS: Final = 8


@dataclass(frozen=True, slots=True)
class _Script:
    """One episode to play: its task as played, what it is made of, and the run that it belongs to."""

    played: Task
    of_task: Task
    source: Source

    @property
    def run(self) -> str:
        return "random" if self.source == "random" else "scripts"


def build_calibration(
    config: RunConfig, suite: Suite, make_provider: MakeProvider, listener: Listener, score: Score, folder: Path
) -> CalibrationManifest:
    """Play each task's solution and one run that should fail, judge both by state, and write the manifest last.

    So passes and fails are balanced, over apps and kinds too. Repeating the command goes on where it stopped. Raises
    UserError, GaveUpError.
    """
    if config.phone.kind != "sim":
        raise ConfigError(
            "a calibration set needs the simulated phone", where="phone.kind", next_step="--set phone.kind=sim"
        )
    scripts = list(_scripts(suite, random.Random(config.seed)))
    for name, agent, steps in (("scripts", "reference", 100), ("random", "random", RANDOM_STEPS)):
        tasks = [script.played for script in scripts if script.run == name]
        if not tasks:
            continue
        limits = config.limits.model_copy(update={"max_steps": steps})
        settings = config.model_copy(
            update={
                "agent": AgentConfig.model_validate(agent),
                "limits": limits,
                "safety": SafetyConfig(),
                "attempts": 1,
                "models": {},
            }
        )
        plan = make_plan(settings, make_suite(f"{suite.name}-{name}", tasks), name, folder)
        execute(plan, make_provider, listener, score=score)
    return _write(config, suite, scripts, folder)


def _scripts(suite: Suite, draw: random.Random) -> Iterator[_Script]:
    for task in suite.tasks:
        yield _Script(task, task, "solution")
        source = draw.choice(FAILING)
        if source == "near_miss" and task.near_misses:
            number = draw.randrange(len(task.near_misses))
            script = task.near_misses[number].solution
            yield _Script(_variant(task, f"miss{number + 1}", script), task, source)
        elif source == "random":
            yield _Script(task, task, source)
        else:
            steps = [step for step in task.solution if not isinstance(step, FinishStep)]
            kept = steps[: draw.randrange(len(steps))] if steps else []
            yield _Script(_variant(task, "cut", (*kept, FinishStep(finish="done"))), task, "truncated")


def _variant(task: Task, name: str, script: tuple[object, ...]) -> Task:
    return task.model_copy(update={"id": f"{task.id}-{name}", "solution": script})


def _write(config: RunConfig, suite: Suite, scripts: list[_Script], folder: Path) -> CalibrationManifest:
    labelled, lost = [], []
    for script in scripts:
        episode = RunReader(folder / script.run).episode(EpisodeKey(script.played.id, 1))
        truth = episode.verdict("state")
        if truth is None or truth.result == "unscored":
            lost.append(f"{script.run}/{script.played.id}")
            continue
        labelled.append(
            LabelledEpisode(
                run=script.run,
                task_id=script.played.id,
                of_task=script.of_task.id,
                source=script.source,
                passed=truth.result == "pass",
            )
        )
    content = [suite.digest, config.seed, [label.model_dump(mode="json") for label in labelled]]
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    manifest = CalibrationManifest(
        name=folder.name,
        version=_version(folder / MANIFEST, digest),
        digest=digest,
        created_at=utc_now(),
        phonebench_version=__version__,
        suite=suite.name,
        suite_digest=suite.digest,
        seed=config.seed,
        simulated=True,
        truth="state",
        left_out=tuple(lost),
        episodes=tuple(labelled),
    )
    write_json(folder / TASKS, suite)
    write_json(folder / MANIFEST, manifest)
    return manifest


def _version(path: Path, digest: str) -> int:
    if not path.exists():
        return 1
    earlier = read_model(CalibrationManifest, path)
    return earlier.version + (earlier.digest != digest)
