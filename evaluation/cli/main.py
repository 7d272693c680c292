"""generate_result.py: recorded runs in, verdicts beside them, a spreadsheet and a summary out."""

from __future__ import annotations

import json
import logging
import sys
import traceback
from argparse import Namespace
from collections.abc import Iterable, Sequence
from pathlib import Path

from pydantic import ValidationError
from rich.console import Console

from evaluation.cli.options import judge_config, parser
from evaluation.cli.progress import JudgingProgress
from evaluation.export import export_androidlab
from evaluation.judge import make_judge
from evaluation.metrics import EpisodeFigures
from evaluation.report import Judging, Report, RunReport, check_writable, collect, records, show, write_excel
from evaluation.report.html import INDEX, check_folder, report_folder, write_report
from phonebench.config import JudgeConfig
from phonebench.config.paths import output, resolve
from phonebench.schema.episode import StepRecord
from phonebench.schema.errors import BenchError, ConfigError, TaskError, UserError
from phonebench.schema.protocols import EpisodeReader
from phonebench.schema.verdict import Verdict
from phonebench.suite import load_suite
from phonebench.trace import EpisodeKey, RunReader, find_runs

OK, UNSCORED, USER_ERROR, INTERRUPTED = 0, 1, 2, 130
NARROWEST = 120
"""Columns that the summary needs when the output is no terminal."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    options = parser().parse_args(arguments)
    logging.basicConfig(level=logging.DEBUG if options.debug else logging.ERROR, format="%(levelname)s %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    try:
        return _run(options)
    except KeyboardInterrupt:
        print("\nInterrupted: the verdicts so far are kept. Repeat the command to go on.", file=sys.stderr)
        return INTERRUPTED
    except BenchError as problem:
        if options.debug:
            traceback.print_exc()
        print(problem, file=sys.stderr)
        return USER_ERROR if isinstance(problem, UserError) else UNSCORED


def _run(options: Namespace) -> int:
    asked = judge_config(options)
    runs = _choose(resolve(options.input_folder), options.name)
    if options.export:
        return _export(runs, output(options.output_folder))
    judgings = [_judging(run, asked, options) for run in runs]
    excel = (
        Path(options.output_excel).expanduser()
        if options.output_excel
        else output(options.output_folder) / "results.xlsx"
    )
    out = Console() if sys.stdout.isatty() else Console(width=NARROWEST)
    check_writable(excel)
    pages = None if options.no_html else report_folder(excel)
    if pages:
        check_folder(pages)
    with JudgingProgress(sum(len(judging.run.keys()) for judging in judgings)) as progress:
        report = collect(judgings, threads=options.parallel, progress=progress.advance)
    write_excel(report, excel, _steps)
    _write_records(report, excel.with_suffix(".json"))
    if pages:
        with JudgingProgress(sum(len(run.episodes) for run in report.runs), "pages") as progress:
            write_report(
                report, pages, screens=options.html_screens, threads=options.parallel, progress=progress.advance
            )
    show(out, report)
    if pages:
        out.print(f"pages: {_short(pages / INDEX)}", soft_wrap=True, markup=False, highlight=False)
    out.print(f"spreadsheet: {_short(excel)}", soft_wrap=True, markup=False, highlight=False)
    return OK if all(run.overall.coverage.hits == run.overall.coverage.of for run in report.runs) else UNSCORED


def _export(runs: Sequence[RunReader], folder: Path) -> int:
    count = export_androidlab((episode for run in runs for episode in run.episodes()), folder)
    print(f"{count} traces in AndroidLab's layout: {_short(folder)}")
    return OK


def _choose(root: Path, names: Sequence[str]) -> list[RunReader]:
    runs = find_runs(root)
    if not names:
        return runs
    by_name = {run.folder.name: run for run in runs}
    missing = [name for name in names if name not in by_name]
    if missing:
        raise ConfigError(f"no run '{missing[0]}'", where=str(root), why=f"there are: {', '.join(by_name)}")
    return [by_name[name] for name in names]


def _judging(run: RunReader, asked: JudgeConfig | None, options: Namespace) -> Judging:
    """The run with its tasks and its judge: as asked for, or as its own config says."""
    config = asked or _own_judge(run)
    judge = make_judge(config, recall=None if options.rejudge else _recall)
    assert judge is not None
    path = options.task_config or run.info.config.get("suite", {}).get("path", "")
    try:
        tasks = {task.id: task for task in load_suite(path).tasks}
    except TaskError as problem:
        if options.task_config:
            raise
        raise TaskError(
            f"the tasks of run '{run.info.name}' cannot be loaded: {problem.what}",
            where=problem.where,
            why=problem.why,
            next_step="name them: --task_config PATH",
        ) from None
    return Judging(run, tasks, judge)


def _own_judge(run: RunReader) -> JudgeConfig:
    try:
        config = JudgeConfig.model_validate(run.info.config.get("judge", {}))
    except ValidationError:
        return JudgeConfig()
    return JudgeConfig() if config.kind == "none" else config


def _recall(episode: EpisodeReader, judge: str) -> Verdict | None:
    reader = getattr(episode, "verdict", None)
    return reader(judge) if reader else None


def _steps(run: RunReport, episode: EpisodeFigures) -> Iterable[StepRecord]:
    return RunReader(Path(run.folder)).episode(EpisodeKey(episode.task_id, episode.attempt)).steps()


def _write_records(report: Report, path: Path) -> None:
    content = {"label": report.label, **records(report)}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", errors="replace")


def _short(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_absolute() and path.is_relative_to(Path.cwd()) else path
