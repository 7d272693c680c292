"""Builds small recorded runs on disk, through the one writer of traces."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image

from phonebench.schema.action import Action, Finish, Point, Tap
from phonebench.schema.episode import (
    DeviceInfo,
    EpisodeInfo,
    EpisodeResult,
    ErrorInfo,
    Lock,
    ModelCall,
    Outcome,
    RunInfo,
    StepRecord,
    StepTimings,
    Usage,
)
from phonebench.schema.observation import Observation
from phonebench.schema.task import AnswerSpec, Goal, Task
from phonebench.suite import make_suite
from phonebench.trace import Episode, EpisodeKey, RunReader, RunWriter

ALARMS = [{"id": 1, "time": "07:30", "enabled": True}, {"id": 2, "time": "09:00", "enabled": False}]


def png(color: str = "white") -> bytes:
    """A small screenshot."""
    out = io.BytesIO()
    Image.new("RGB", (36, 78), color).save(out, "PNG")
    return out.getvalue()


def state(alarms: Sequence[Mapping[str, Any]] = ALARMS, **settings: str) -> dict[str, Any]:
    """A phone's state with alarms and global settings."""
    return {
        "apps": {"clock": {"alarms": [dict(alarm) for alarm in alarms]}},
        "settings": {"global": {"airplane_mode_on": "0", **settings}},
        "packages": {"com.google.android.deskclock": {"label": "Clock"}},
        "files": {},
        "ui": {},
    }


ALARM_OFF = Task(
    id="clock_26",
    app="clock",
    package="com.google.android.deskclock",
    kind="operation",
    instruction="Switch the 7:30 alarm off.",
    reference_steps=2,
    goals=(
        Goal(says="the 7:30 alarm exists", state="apps.clock.alarms[?time=='07:30']"),
        Goal(says="it is off", state="apps.clock.alarms[?time=='07:30' && !enabled]"),
    ),
    may_change=("apps.clock.alarms.1.enabled",),
)
COUNT = Task(
    id="clock_13",
    app="clock",
    package="com.google.android.deskclock",
    kind="query",
    instruction="How many alarms are on?",
    reference_steps=1,
    answer=AnswerSpec(kind="number", accept=("One alarm",)),
)
ZOOM = Task(
    id="zoom_4",
    app="zoom",
    package="us.zoom.videomeetings",
    kind="operation",
    instruction="Connect audio by itself.",
    reference_steps=5,
    goals=(Goal(says="audio connects", state="settings.global.audio == 'on'"),),
    may_change=("settings.global.audio",),
)
TASKS = (ALARM_OFF, COUNT, ZOOM)


@dataclass
class Recipe:
    """What an episode should look like."""

    task: Task
    attempt: int = 1
    outcome: Outcome = Outcome.FINISHED
    answer: str | None = "done"
    claimed: bool = True
    steps: int = 2
    before: dict[str, Any] | None = field(default_factory=state)
    after: dict[str, Any] | None = field(default_factory=state)
    probes: dict[str, str] = field(default_factory=dict)
    error: ErrorInfo | None = None
    model_s: float = 1.0
    effects: Sequence[str] = ()
    thought: str = ""


def passed(**changes: Any) -> Recipe:
    """The alarm is off, and nothing else changed."""
    return Recipe(ALARM_OFF, **{"after": state([{**ALARMS[0], "enabled": False}, ALARMS[1]]), **changes})


class Run:
    """A run's folder that grows by recipes."""

    def __init__(
        self, root: Path, name: str = "run", *, simulated: bool = True, tasks: Sequence[Task] = TASKS, suite: str = ""
    ) -> None:
        self.folder = root / name
        self.name = name
        self.simulated = simulated
        self.info = RunInfo(
            name=name,
            created_at="2024-05-10T12:00:00Z",
            phonebench_version="0.1.0",
            suite="golden",
            suite_digest=make_suite("golden", tasks).digest,
            task_ids=tuple(task.id for task in tasks),
            attempts=1,
            agent="single/autoglm",
            models={"device": "tiny-3b"},
            device_kind="sim" if simulated else "attached",
            simulated=simulated,
            world="androidlab" if simulated else "",
            config={"suite": {"path": suite}},
        )
        self.lock = Lock(
            config="c" * 64, tasks=self.info.suite_digest, prompts="p" * 64, versions={"phonebench": "0.1.0"}
        )
        with RunWriter.open(self.folder, self.info, self.lock):
            pass

    def add(self, recipe: Recipe) -> Episode:
        """Record one episode; returns a reader of it."""
        key = EpisodeKey(recipe.task.id, recipe.attempt)
        with RunWriter.open(self.folder, self.info, self.lock) as run:
            writer = run.episode(key)
            writer.start(self._episode(recipe))
            writer.state_before(recipe.before)
            for index in range(recipe.steps):
                screen, ui = writer.observation(index, Observation(png=png(), width=36, height=78, xml="<hierarchy/>"))
                writer.step(self._step(recipe, index, screen, ui))
            writer.state_after(recipe.after)
            writer.probes(recipe.probes)
            writer.finish(self._result(recipe))
        return RunReader(self.folder).episode(key)

    def _episode(self, recipe: Recipe) -> EpisodeInfo:
        task = recipe.task
        kind = self.info.device_kind
        return EpisodeInfo(
            run=self.name,
            task_id=task.id,
            attempt=recipe.attempt,
            app=task.app,
            package=task.package,
            kind=task.kind,
            instruction=task.instruction,
            reference_steps=task.reference_steps,
            agent=self.info.agent,
            device=DeviceInfo(serial="emulator-5554", kind=kind, simulated=self.simulated, model="Pixel 7 Pro"),
            seed=0,
            started_at="2024-05-10T12:00:00Z",
        )

    @staticmethod
    def _step(recipe: Recipe, index: int, screen: str | None, ui: str | None) -> StepRecord:
        last = index == recipe.steps - 1
        action: Action = Tap(at=Point(x=index, y=5))
        if last and recipe.outcome is Outcome.FINISHED:
            action = Finish(answer=recipe.answer or "", success=recipe.claimed)
        effect: Any = "none" if isinstance(action, Finish) else "changed"
        if recipe.effects:
            effect = recipe.effects[index]
        seconds = recipe.model_s * (index + 1)
        return StepRecord(
            index=index,
            screen=screen,
            ui=ui,
            thought=recipe.thought,
            reply="do(...)",
            action=action,
            effect=effect,
            calls=(
                ModelCall(
                    role="device",
                    model="tiny-3b",
                    ttft_s=0.2,
                    total_s=seconds,
                    usage=Usage(prompt_tokens=100, completion_tokens=20),
                ),
            ),
            timings=StepTimings(observe_s=0.1, model_s=seconds, act_s=0.05, settle_s=0.2, total_s=seconds + 0.4),
        )

    @staticmethod
    def _result(recipe: Recipe) -> EpisodeResult:
        finished = recipe.outcome is Outcome.FINISHED
        return EpisodeResult(
            task_id=recipe.task.id,
            attempt=recipe.attempt,
            outcome=recipe.outcome,
            answer=recipe.answer if finished else None,
            claimed_success=recipe.claimed if finished else None,
            steps=recipe.steps,
            seconds=10.0,
            error=recipe.error,
            final_screen="screens/000.png" if recipe.steps else None,
        )
