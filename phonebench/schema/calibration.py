"""A set of recorded episodes whose truth is known, to measure judges by."""

from __future__ import annotations

from typing import Literal

from phonebench.schema.base import SCHEMA_VERSION, Record

MANIFEST = "manifest.json"
"""The set's description, in the set's folder."""
TASKS = "tasks.json"
"""Its tasks as they were judged (a Suite): later changes of the task files leave the truth as it is."""

Source = Literal["solution", "near_miss", "truncated", "random"]


class LabelledEpisode(Record):
    """One episode and what the phone's state says of it."""

    run: str
    """Folder of its run, relative to the set."""
    task_id: str
    """As recorded: names the script too, e.g. clock_1-miss2."""
    of_task: str
    """The task that it is about, in `TASKS`."""
    source: Source
    passed: bool


class CalibrationManifest(Record):
    """manifest.json. `digest` (sha256, hex) covers tasks, seed and every label."""

    schema_version: int = SCHEMA_VERSION
    name: str
    version: int
    """Counts up when a set of this name is built anew with another content."""
    digest: str
    created_at: str
    """Host time, ISO 8601 UTC."""
    phonebench_version: str
    suite: str
    suite_digest: str
    seed: int
    simulated: bool
    truth: str
    """Id of the judge whose verdicts are the truth."""
    left_out: tuple[str, ...]
    """Episodes that have no truth: lost to the machinery."""
    episodes: tuple[LabelledEpisode, ...]
