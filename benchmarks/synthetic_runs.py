"""Made-up recorded runs of any size, in the layout of real ones: for benchmarks of reports, and to look at them.

    python -m benchmarks.synthetic_runs FOLDER [--episodes N] [--attempts K] [--seed S]

The tasks are judged by the phone's state, so that generate_result.py goes its whole way. Screenshots are a few tiny
pictures, hard-linked, so that a large run takes little room.
"""

from __future__ import annotations

import argparse
import io
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import yaml
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
from phonebench.suite import load_suite
from phonebench.trace import EpisodeKey, layout
from phonebench.trace.files import dump_line

APPS = ("bluecoins", "calendar", "cantook", "clock", "contacts", "map_me", "pi_music", "setting", "zoom")
MOST_LINKS = 30_000
"""Hard links to one file before the next is begun; file systems allow 65,000 and more."""
WHEN = "2026-01-01T00:00:00Z"


@dataclass(frozen=True)
class Kind:
    """What a made-up run is like: its models, its skill (0..1), seconds per model call, and the cloud's share."""

    name: str
    models: dict[str, str]
    skill: float
    seconds: float
    cloud: float = 0.0

    @property
    def agent(self) -> str:
        """As run.json names it."""
        return "device_cloud/openphone" if 0 < self.cloud < 1 else "single/autoglm"


KINDS = (
    Kind("device_3b", {"device": "openphone-3b"}, 0.18, 0.8),
    Kind("hand_over", {"device": "openphone-3b", "cloud": "big-cloud"}, 0.45, 0.8, cloud=0.65),
    Kind("cloud_only", {"cloud": "big-cloud"}, 0.55, 2.4, cloud=1.0),
    Kind("phone_9b", {"device": "autoglm-phone-9b"}, 0.42, 1.6),
)
PRICES = {
    "openphone-3b": {"prompt": 0.0, "completion": 0.0},
    "autoglm-phone-9b": {"prompt": 0.0, "completion": 0.0},
    "big-cloud": {"prompt": 2.0, "completion": 8.0},
}


def make_tasks(folder: Path, count: int) -> Path:
    """Write `count` tasks, spread over the apps."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, app in enumerate(APPS):
        tasks = [
            {
                "id": f"{app}_{place}",
                "kind": "operation",
                "instruction": f"Do task {place}.",
                "reference_steps": 5,
                "goals": [{"says": "it is done", "state": f"apps.{app}.done"}],
                "may_change": [f"apps.{app}.done"],
            }
            for place in range(1, len(range(number, count, len(APPS))) + 1)
        ]
        if tasks:
            text = yaml.safe_dump({"app": app, "package": f"org.example.{app}", "tasks": tasks})
            (folder / f"{app}.yaml").write_text(text, encoding="utf-8")
    return folder


def make_run(logs: Path, tasks: Path, kind: Kind, *, attempts: int = 1, seed: int = 0, steps: int = 8) -> Path:
    """Write one run of all tasks in the folder `tasks`; returns its folder."""
    suite = load_suite(str(tasks))
    folder = logs / kind.name
    folder.mkdir(parents=True, exist_ok=True)
    random = Random(f"{kind.name}.{seed}")
    hard = {task.id: Random(f"{task.id}.{seed}").gauss(0, 0.25) for task in suite.tasks}
    config: dict[str, Any] = {
        "suite": {"path": str(tasks)},
        "prices": PRICES,
        "models": {role: {"name": name, "hardware": "1 x example GPU"} for role, name in kind.models.items()},
    }
    info = RunInfo(
        name=kind.name,
        created_at=WHEN,
        phonebench_version="0",
        suite=suite.name,
        suite_digest=suite.digest,
        task_ids=tuple(task.id for task in suite.tasks),
        attempts=attempts,
        agent=kind.agent,
        models=kind.models,
        device_kind="sim",
        simulated=True,
        world="synthetic",
        config=config,
    )
    _write(folder / layout.RUN, info)
    _write(folder / layout.LOCK, Lock(config="0" * 64, tasks=suite.digest, prompts="0" * 64, versions={}))
    pictures = _pictures(folder / ".pictures")
    for task in suite.tasks:
        for attempt in range(1, attempts + 1):
            passed = random.random() < kind.skill + hard[task.id]
            key = EpisodeKey(task.id, attempt)
            _episode(
                folder / str(key), key, task.app, kind, passed, max(1, round(random.gauss(steps, 2))), random, pictures
            )
    return folder


def _episode(
    folder: Path,
    key: EpisodeKey,
    app: str,
    kind: Kind,
    passed: bool,
    count: int,
    random: Random,
    pictures: Iterator[Path],
) -> None:
    lost = random.random() < 0.01
    outcome = Outcome.INFRA_ERROR if lost else Outcome.FINISHED if random.random() < 0.85 else Outcome.STEP_LIMIT
    (folder / "screens").mkdir(parents=True)
    info = EpisodeInfo(
        run=kind.name,
        task_id=key.task_id,
        attempt=key.attempt,
        app=app,
        package=f"org.example.{app}",
        kind="operation",
        instruction="Do it.",
        reference_steps=5,
        agent=kind.agent,
        device=DeviceInfo(serial="sim", kind="sim", simulated=True, width=36, height=78),
        seed=0,
        started_at=WHEN,
    )
    _write(folder / layout.EPISODE, info)
    with (folder / layout.STEPS).open("w", encoding="utf-8") as file:
        for index in range(count):
            screen = f"screens/{index:03d}.png"
            os.link(next(pictures), folder / screen)
            by_cloud = index >= count * (1 - kind.cloud)
            last = index == count - 1 and outcome is Outcome.FINISHED
            file.write(dump_line(_step(index, screen, kind, by_cloud, last, random)) + "\n")
    for name, done in ((layout.STATE_BEFORE, False), (layout.STATE_AFTER, passed)):
        _write(folder / name, {"apps": {app: {"done": done}}, "settings": {}, "packages": {}, "files": {}, "ui": {}})
    result = EpisodeResult(
        task_id=key.task_id,
        attempt=key.attempt,
        outcome=outcome,
        answer="done" if outcome is Outcome.FINISHED else None,
        claimed_success=True if outcome is Outcome.FINISHED else None,
        steps=count,
        seconds=count * (kind.seconds + 0.9),
        error=ErrorInfo(type="DeviceLost", message="the phone went away") if lost else None,
    )
    _write(folder / layout.RESULT, result)


def _step(index: int, screen: str, kind: Kind, by_cloud: bool, last: bool, random: Random) -> StepRecord:
    role: Any = "cloud" if by_cloud else "device"
    seconds = (2.4 if by_cloud else kind.seconds) * random.lognormvariate(0, 0.3)
    usage = Usage(prompt_tokens=1500, completion_tokens=60)
    calls: tuple[ModelCall, ...] = (
        ModelCall(role=role, model=kind.models[role], ttft_s=seconds * 0.3, total_s=seconds, usage=usage),
    )
    if 0 < kind.cloud < 1 and index % 5 == 4 and not by_cloud:
        asked = Usage(prompt_tokens=900, completion_tokens=5)
        calls = (ModelCall(role="controller", model=kind.models["cloud"], total_s=0.6, usage=asked), *calls)
    model = sum(call.total_s for call in calls)
    action: Action = Finish(answer="done", success=True) if last else Tap(at=Point(x=5 + index, y=9))
    return StepRecord(
        index=index,
        screen=screen,
        decided_by=role,
        thought="The next thing to do is to tap.",
        reply="do(action=...)",
        action=action,
        effect="none" if last else "changed" if random.random() < 0.9 else "unchanged",
        calls=calls,
        timings=StepTimings(observe_s=0.15, model_s=model, act_s=0.1, settle_s=0.5, total_s=model + 0.8),
    )


def _pictures(folder: Path) -> Iterator[Path]:
    """Files to link to, without end."""
    folder.mkdir(parents=True, exist_ok=True)
    number = 0
    while True:
        path = folder / f"{number}.png"
        image = io.BytesIO()
        Image.new("RGB", (36, 78), (40 * number % 256, 90, 160)).save(image, "PNG")
        path.write_bytes(image.getvalue())
        for _ in range(MOST_LINKS):
            yield path
        number += 1


def _write(path: Path, value: Any) -> None:
    # Not the atomic, synced writes of the trace's own writer: nothing is lost if this is interrupted.
    path.write_text(dump_line(value) + "\n", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """Write four runs to look at."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.synthetic_runs", description="Made-up recorded runs.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--episodes", type=int, default=138, help="of each run (%(default)s)")
    parser.add_argument("--attempts", type=int, default=1, help="per task (%(default)s)")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    tasks = make_tasks(options.folder / "tasks", max(1, options.episodes // options.attempts))
    for kind in KINDS:
        run = make_run(options.folder / "logs", tasks, kind, attempts=options.attempts, seed=options.seed)
        print(run)


if __name__ == "__main__":
    main()
