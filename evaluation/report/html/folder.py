"""Writes the folder: pages, data of the runs, and of each episode what is not there yet or has changed since."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from evaluation.metrics import EpisodeFigures
from evaluation.report.html.episode import heavy, light
from evaluation.report.html.links import INDEX
from evaluation.report.html.pictures import Pictures, Screens
from evaluation.report.html.scripts import head_of, script, write
from evaluation.report.html.summary import EPISODE_FIELDS, episode_row, summary
from evaluation.report.numbers import Report, RunReport
from phonebench.schema.errors import ConfigError, TraceError
from phonebench.trace import Episode, EpisodeKey, RunReader

Progress = Callable[[EpisodeFigures], None]

MARKER = "data/report.js"
"""A folder that has this file is a report, and may be written over."""
FORMAT = 1
"""Counts up when the pages want other data, so that what an older version wrote is written anew."""


def write_report(
    report: Report,
    folder: Path,
    *,
    screens: Screens = "small",
    threads: int = 2,
    progress: Progress = lambda _: None,
) -> Path:
    """Write the report into `folder`; returns the page to open.

    Episodes that the folder already holds and whose traces have not changed are left as they are, so a repetition is
    quick. `screens` tells what becomes of screenshots: `small` copies, `full` copies, or only a `link` to the trace.
    Raises ConfigError when the folder cannot be written to or holds something else.
    """
    check_folder(folder)
    ids = report.run_ids
    try:
        _copy_assets(folder)
        write(folder / MARKER, script("report", summary(report)))
        for run_id, run in zip(ids, report.runs, strict=True):
            desk = _Desk(folder, run_id, RunReader(Path(run.folder)), screens)
            rows = list(_in_order(desk, run, threads, progress))
            listing = {"fields": EPISODE_FIELDS, "rows": rows}
            write(folder / "data" / run_id / "episodes.js", script(f"episodes/{run_id}", listing))
        _drop_others(folder, dict(zip(ids, report.runs, strict=True)))
    except OSError as problem:
        raise _cannot_write(folder, str(problem)) from None
    return folder / INDEX


def check_folder(folder: Path) -> None:
    """Raise ConfigError now, rather than after an hour of judging, when the report cannot be written there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()) and not (folder / MARKER).exists() and not (folder / INDEX).exists():
            raise _cannot_write(folder, "it holds files that are no report")
        probe = folder / ".probe"
        probe.touch()
        probe.unlink()
    except OSError as problem:
        raise _cannot_write(folder, str(problem)) from None


@dataclass(frozen=True)
class _Desk:
    """Where one run is written."""

    folder: Path
    run_id: str
    run: RunReader
    screens: Screens

    def row(self, figures: EpisodeFigures) -> list[Any]:
        """Write an episode, unless that is done; returns its row in the list of episodes."""
        key = EpisodeKey(figures.task_id, figures.attempt)
        if figures.outcome is None:
            return episode_row(figures, "", (), recorded=False)
        episode = self.run.episode(key)
        path = self.folder / "data" / self.run_id / f"{key}.js"
        stamp = self._stamp(episode, figures)
        head = head_of(path)
        if not isinstance(head, dict) or head.get("stamp") != stamp:
            try:
                head = self._write(episode, key, figures.judge, path, stamp)
            except TraceError as problem:
                return episode_row(figures, str(problem), (), recorded=False)
        return episode_row(figures, head["instruction"], head["by"], recorded=True)

    def _write(self, episode: Episode, key: EpisodeKey, judge: str, path: Path, stamp: str) -> dict[str, Any]:
        shots = self.folder / "screens" / self.run_id / str(key)
        shutil.rmtree(shots, ignore_errors=True)
        path.unlink(missing_ok=True)
        steps = list(episode.steps())
        shown = light(episode, steps, judge, Pictures(episode, shots, self.screens), self.folder)
        name = f"{self.run_id}/{key}"
        write(path.with_suffix(".more.js"), script(f"more/{name}", heavy(episode, steps)))
        by = list(dict.fromkeys(step["by"] for step in shown["steps"]))
        head = {"stamp": stamp, "by": by, "instruction": shown["instruction"]}
        # Last, so that what an interruption leaves behind is no finished episode.
        write(path, script(f"episode/{name}", shown, head))
        return head

    def _stamp(self, episode: Episode, figures: EpisodeFigures) -> str:
        """Changes when anything does that the episode's pages are made of."""
        told = [str(FORMAT), self.screens, figures.judge, str(self.folder.resolve())]
        for path in sorted(episode.folder.glob("*.json*")):
            state = path.stat()
            told.append(f"{path.name} {state.st_size} {state.st_mtime_ns}")
        return hashlib.blake2b("\n".join(told).encode(), digest_size=12).hexdigest()


def _in_order(desk: _Desk, run: RunReport, threads: int, progress: Progress) -> Iterator[list[Any]]:
    pool = ThreadPoolExecutor(threads, thread_name_prefix="html")
    try:
        for figures, row in zip(run.episodes, pool.map(desk.row, run.episodes), strict=True):
            progress(figures)
            yield row
    finally:
        pool.shutdown(cancel_futures=True)


def _copy_assets(folder: Path) -> None:
    assets = files("evaluation.report.html") / "assets"
    for asset in assets.iterdir():
        if asset.is_file() and not asset.name.startswith("."):
            place = folder / INDEX if asset.name == INDEX else folder / "assets" / asset.name
            write(place, asset.read_text("utf-8"))


def _drop_others(folder: Path, runs: Mapping[str, RunReport]) -> None:
    """Remove what an earlier report wrote of runs and episodes that are not in this one."""
    for kind in ("data", "screens"):
        for place in (folder / kind).glob("*/"):
            if place.name not in runs:
                shutil.rmtree(place)
                continue
            known = {f"{episode.task_id}.{episode.attempt}" for episode in runs[place.name].episodes} | {"episodes"}
            for entry in place.iterdir():
                if entry.name.removesuffix(".js").removesuffix(".more") not in known:
                    shutil.rmtree(entry) if entry.is_dir() else entry.unlink()


def _cannot_write(folder: Path, why: str) -> ConfigError:
    return ConfigError(
        "the HTML report cannot be written",
        where=str(folder),
        why=why,
        next_step="name another --output_folder, or leave the report out: --no_html",
    )
