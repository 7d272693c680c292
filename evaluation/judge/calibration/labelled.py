"""Episodes whose truth is known: a set that eval.py --build_calibration made, and what people labelled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from phonebench.schema.authority import people_say
from phonebench.schema.calibration import MANIFEST, TASKS, CalibrationManifest
from phonebench.schema.errors import ConfigError
from phonebench.schema.task import Suite, Task
from phonebench.trace import Episode, EpisodeKey, RunReader
from phonebench.trace.files import read_model

Source = Literal["solution", "near_miss", "truncated", "random", "recorded"]


@dataclass(frozen=True, slots=True)
class Labelled:
    """One episode, its task and its truth. `human`: the truth is a person's word, else the phone's state."""

    task: Task
    episode: Episode
    passed: bool
    source: Source
    human: bool = False


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """A set on disk. `name` is name@version."""

    name: str
    digest: str
    episodes: tuple[Labelled, ...]


def load_set(folder: Path) -> LabelledSet:
    """A set by its folder; raises ConfigError when there is none, TraceError when it is damaged."""
    if not (folder / MANIFEST).exists():
        raise ConfigError(
            "no calibration set here",
            where=str(folder),
            next_step="build one on the simulated phone: python eval.py --build_calibration " + folder.name,
        )
    manifest = read_model(CalibrationManifest, folder / MANIFEST)
    tasks = {task.id: task for task in read_model(Suite, folder / TASKS).tasks}
    missing = [entry.of_task for entry in manifest.episodes if entry.of_task not in tasks]
    if missing:
        raise ConfigError("the set lacks a task", where=str(folder / TASKS), why=missing[0], next_step="build it anew")
    episodes = tuple(
        Labelled(
            tasks[entry.of_task],
            RunReader(folder / entry.run).episode(EpisodeKey(entry.task_id, 1)),
            entry.passed,
            entry.source,
        )
        for entry in manifest.episodes
    )
    return LabelledSet(f"{manifest.name}@{manifest.version}", manifest.digest, episodes)


def human_labels(episodes: Iterable[Episode], tasks: Mapping[str, Task]) -> Iterator[Labelled]:
    """The episodes that people labelled and agree on, of tasks that are still known."""
    for episode in episodes:
        label = people_say(list(episode.verdicts()))
        if label is not None and episode.info.task_id in tasks:
            yield Labelled(tasks[episode.info.task_id], episode, label.result == "pass", "recorded", human=True)
