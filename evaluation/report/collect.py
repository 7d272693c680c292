"""Judges and measures recorded runs: folders in, one Report out. Episodes are read one at a time and let go."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from pydantic import ValidationError

from evaluation.compare import compare_all, is_cloud_only, set_against
from evaluation.judge import verdict_of
from evaluation.judge.calibration import CalibrationStore, Correction, correct
from evaluation.metrics import EpisodeFigures, Figures, measure, missing, summarise
from evaluation.report.judging import judge_summaries
from evaluation.report.numbers import Report, RunReport
from phonebench.config import PriceConfig
from phonebench.schema.authority import HUMAN, MODEL, leading, truth_of
from phonebench.schema.episode import RunInfo
from phonebench.schema.errors import TraceError
from phonebench.schema.protocols import Judge
from phonebench.schema.task import Suite, Task
from phonebench.schema.verdict import Verdict
from phonebench.suite import make_suite
from phonebench.trace import Episode, EpisodeKey, RunReader

Progress = Callable[[EpisodeFigures], None]


@dataclass(frozen=True)
class Judging:
    """A run, the tasks that it did, and the judge of them."""

    run: RunReader
    tasks: Mapping[str, Task]
    judge: Judge
    prices: Mapping[str, PriceConfig] = field(default_factory=dict)
    """What judges cost, by model name."""


def collect(
    judgings: Sequence[Judging],
    *,
    threads: int = 1,
    progress: Progress = lambda _: None,
    calibrations: CalibrationStore | None = None,
    baseline: str = "",
) -> Report:
    """Judge every finished episode, store its verdict beside it, and sum up.

    `calibrations` correct the rates that llm judges give. `baseline` names the run that the others are set against; by
    itself it is the run that the cloud model drove alone, else the first. `progress` is called with each episode as it
    is judged, in order. Raises ConfigError when a judge's endpoint refuses its key or model, TraceError when a run as
    a whole cannot be read.
    """
    runs = tuple(_run(judging, threads, progress, calibrations) for judging in judgings)
    base = _baseline(runs, baseline)
    if base is not None:
        runs = tuple(
            run if run is base else replace(run, against=set_against(base.name, base.episodes, run.episodes))
            for run in runs
        )
    pairs = compare_all([(run.name, run.episodes) for run in runs])
    return Report(runs, pairs, base.name if base else "")


def _baseline(runs: Sequence[RunReport], name: str) -> RunReport | None:
    """The run of that name, else the first cloud-only one, else the first; None for a single run."""
    if len(runs) < 2:
        return None
    named = [run for run in runs if name == Path(run.folder).name]
    return next(iter([*named, *(run for run in runs if is_cloud_only(run.episodes)), *runs]))


def _run(judging: Judging, threads: int, progress: Progress, calibrations: CalibrationStore | None) -> RunReport:
    run = judging.run
    figures = []
    for episode in _in_order(judging, threads):
        progress(episode)
        figures.append(episode)
    for key in run.unfinished():
        app, kind = _app_and_kind(judging, key)
        figures.append(missing(key.task_id, key.attempt, app, kind, "not run, or not finished"))
    order = {task_id: number for number, task_id in enumerate(run.info.task_ids)}
    figures.sort(key=lambda e: (order.get(e.task_id, len(order)), e.task_id, e.attempt))
    prices = prices_of(run.info)
    correction = Correction() if calibrations is None else correct(figures, calibrations)
    return RunReport(
        folder=str(run.folder),
        info=run.info,
        lock=run.lock,
        overall=summarise(figures, prices),
        apps=tuple(_by_app(figures, prices)),
        episodes=tuple(figures),
        warnings=tuple(_warnings(judging, figures)),
        judging=judge_summaries(figures, correction, judging.prices),
        corrected=correction.rates,
        calibration_note=correction.note,
    )


def _in_order(judging: Judging, threads: int) -> Iterator[EpisodeFigures]:
    keys = judging.run.keys()
    if threads <= 1:
        yield from (_episode(judging, key) for key in keys)
        return
    pool = ThreadPoolExecutor(threads, thread_name_prefix="judge")
    try:
        yield from pool.map(lambda key: _episode(judging, key), keys)
    finally:
        pool.shutdown(cancel_futures=True)


def _episode(judging: Judging, key: EpisodeKey) -> EpisodeFigures:
    episode = judging.run.episode(key)
    try:
        verdict = judge_and_store(judging.judge, judging.tasks.get(key.task_id), episode)
        known = truth_of(episode.verdicts()) if verdict.judge.startswith(MODEL) else None
        truth = None if known is None else known.result == "pass"
        return measure(episode.info, episode.result, episode.steps(), verdict, truth)
    except TraceError as problem:
        app, kind = _app_and_kind(judging, key)
        return missing(key.task_id, key.attempt, app, kind, str(problem))


def judge_and_store(judge: Judge, task: Task | None, episode: Episode) -> Verdict:
    """The judge's verdict, kept beside the episode; where `auto` cannot answer, a person's or a model's stands."""
    verdict = verdict_of(judge, task, episode)
    if verdict.result == "unscored" and judge.id == "auto":
        others = (v for v in episode.verdicts() if v.judge.startswith((HUMAN, MODEL)) and v.result != "unscored")
        verdict = leading(others) or verdict
    if episode.verdict(verdict.judge) != verdict:
        episode.write_verdict(verdict)
    return verdict


def _app_and_kind(judging: Judging, key: EpisodeKey) -> tuple[str, str]:
    task = judging.tasks.get(key.task_id)
    return (task.app, task.kind) if task else ("?", "?")


def prices_of(info: RunInfo) -> dict[str, PriceConfig]:
    """The price table of a run's config, by model name; what is no price any more is left out."""
    table = info.config.get("prices")
    prices = {}
    for model, price in (table if isinstance(table, dict) else {}).items():
        with suppress(ValidationError):
            prices[str(model)] = PriceConfig.model_validate(price)
    return prices


def _by_app(figures: Iterable[EpisodeFigures], prices: Mapping[str, PriceConfig]) -> Iterator[tuple[str, Figures]]:
    groups: dict[str, list[EpisodeFigures]] = {}
    for episode in figures:
        groups.setdefault(episode.app, []).append(episode)
    for app in sorted(groups):
        yield app, summarise(groups[app], prices)


def _warnings(judging: Judging, figures: Sequence[EpisodeFigures]) -> Iterator[str]:
    info = judging.run.info
    present = [judging.tasks[task_id] for task_id in info.task_ids if task_id in judging.tasks]
    if make_suite(info.suite, present).digest != info.suite_digest:
        yield "the tasks have changed since this run was recorded: it is judged by the tasks of today"
    not_run = sum(episode.outcome is None for episode in figures)
    if not_run:
        yield f"{not_run} of {len(figures)} episodes are missing: repeat the eval.py command to go on"


def tasks_of(suite: Suite) -> dict[str, Task]:
    """The tasks of a suite by id."""
    return {task.id: task for task in suite.tasks}
