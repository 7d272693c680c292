"""Recorded observations, and how to get some when there are none."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Final

from PIL import Image

from phonebench.config import RunConfig
from phonebench.config.paths import REPO_ROOT, resolve
from phonebench.schema.action import Action
from phonebench.schema.episode import EpisodeInfo, StepRecord
from phonebench.schema.errors import TraceError, UiDumpError, UserError
from phonebench.schema.observation import Observation, UiNode
from phonebench.suite import load_suite, select
from phonebench.trace import Episode, find_runs
from phonebench.uitree import parse_ui

RECORDING_TIMEOUT_S: Final = 600.0
_MARK: Final = 24
"""Edge of the mark that makes a screenshot new, in pixels: still one pixel when the screenshot is sent at 1/24."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What was seen at one step and done there."""

    observation: Observation
    action: Action | None


@dataclass(frozen=True, slots=True)
class Story:
    """One episode: its task as put to the agent, and its scenes in order."""

    info: EpisodeInfo
    scenes: tuple[Scene, ...]


def load_stories(folder: Path, steps: int) -> tuple[tuple[Story, ...], bool]:
    """At most `steps` recorded observations of a run (or a folder of runs), and whether the phone was simulated.

    Raises TraceError when there are none.
    """
    stories: list[Story] = []
    simulated = False
    left = steps
    for run in find_runs(folder):
        for episode in run.episodes():
            scenes = tuple(_scenes(episode, left))
            left -= len(scenes)
            if scenes:
                simulated = simulated or run.info.simulated
                stories.append(Story(episode.info, scenes))
            if left <= 0:
                return tuple(stories), simulated
    if not stories:
        raise TraceError("the recording holds no screenshot", where=str(folder), why="no finished episode has a step")
    return tuple(stories), simulated


def record_stories(config: str, run_config: RunConfig, steps: int, logs: Path) -> Path:
    """Let the reference agent play tasks of the config on the simulated phone; returns the run's folder.

    Raises UserError when the recording fails, with what eval.py said.
    """
    tasks = list(_enough_tasks(run_config, steps))
    settings = ["agent=reference", "phone.kind=sim", "phone.count=1", f"logs_dir={logs}", "judge.kind=none"]
    command = [sys.executable, str(REPO_ROOT / "eval.py"), "-n", "recording", "-c", str(resolve(config))]
    command += [word for setting in settings for word in ("--set", setting)]
    try:
        done = subprocess.run(  # noqa: S603 - our own script; words from the config and the suite
            [*command, "--task_id", *tasks], capture_output=True, text=True, timeout=RECORDING_TIMEOUT_S, check=False
        )
    except subprocess.TimeoutExpired:
        raise UserError(f"recording observations took longer than {RECORDING_TIMEOUT_S:g} s") from None
    if done.returncode not in (0, 1):
        raise UserError(
            "observations could not be recorded on the simulated phone",
            why=(done.stderr or done.stdout).strip()[-800:],
            next_step="give recorded ones: --trace RUN_FOLDER",
        )
    return logs / "recording"


def made_new(seen: Observation, nonce: str) -> Observation:
    """The same observation with a small mark in the corner of its screenshot, so that no server has seen it before."""
    digest = sha256(nonce.encode()).digest()
    with Image.open(io.BytesIO(seen.png), formats=["PNG"]) as image:
        pixels = image.convert("RGB")
    half = _MARK // 2
    for index in range(4):
        left, top = (index % 2) * half, (index // 2) * half
        colour = (digest[3 * index], digest[3 * index + 1], digest[3 * index + 2])
        pixels.paste(colour, (left, top, left + half, top + half))
    out = io.BytesIO()
    pixels.save(out, "PNG", compress_level=1)
    return replace(seen, png=out.getvalue())


def _scenes(episode: Episode, most: int) -> Iterator[Scene]:
    for number, step in enumerate(step for step in episode.steps() if step.screen):
        if number == most:
            return
        yield Scene(_observation(episode, step), step.action)


def _observation(episode: Episode, step: StepRecord) -> Observation:
    xml = episode.read_bytes(step.ui).decode("utf-8", "replace") if step.ui else ""
    return Observation(
        png=episode.read_bytes(step.screen or ""),
        width=step.width,
        height=step.height,
        xml=xml,
        ui=_tree(xml),
        package=step.package,
        activity=step.activity,
        device_time=step.device_time,
        keyboard_shown=step.keyboard_shown,
    )


def _tree(xml: str) -> UiNode | None:
    try:
        return parse_ui(xml) if xml else None
    except UiDumpError:
        return None


def _enough_tasks(config: RunConfig, steps: int) -> Iterator[str]:
    """Ids of tasks, in the suite's order, whose own solutions take so many steps together."""
    suite = select(load_suite(config.suite.path), config.suite.task_ids, config.suite.apps)
    playable: Sequence[tuple[str, int]] = [(task.id, len(task.solution)) for task in suite.tasks if task.solution]
    if not playable:
        raise UserError(f"suite '{suite.name}' holds no task with a solution to play", next_step="give --trace FOLDER")
    for task_id, length in playable:
        yield re.sub(r"([*?\[])", r"[\1]", task_id)
        steps -= length
        if steps <= 0:
            return
