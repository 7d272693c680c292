"""What generate_result.py does: recorded runs in, verdicts beside them, a spreadsheet and a summary out."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console

from evaluation.cli.calibrate import calibrate
from evaluation.cli.injection import probe
from evaluation.cli.label import label
from evaluation.cli.progress import JudgingProgress
from evaluation.cli.runs import Judges, choose_runs, shown
from evaluation.export import export_androidlab, export_solutions
from evaluation.metrics import EpisodeFigures
from evaluation.report import (
    RunReport,
    check_writable,
    collect,
    next_commands,
    show,
    write_excel,
    write_records,
)
from evaluation.report.html import INDEX, check_folder, index_of, report_folder, write_report
from phonebench.config.paths import output
from phonebench.schema.episode import StepRecord
from phonebench.schema.errors import ConfigError
from phonebench.trace import EpisodeKey, RunReader

OK, UNSCORED = 0, 1
NARROWEST = 120
"""Columns that the summary needs when the output is no terminal."""


def run(options: Namespace) -> int:
    """Do what the options ask for; returns the exit code."""
    for asked, command in (
        (options.calibrate, calibrate),
        (options.probe_injection, probe),
        (options.label, label),
    ):
        if asked:
            return command(options)
    return _report(options)


def _report(options: Namespace) -> int:
    judges = Judges(options)
    runs = choose_runs(options)
    if options.export:
        return _export(options.export, runs, output(options.output_folder))
    _check_baseline(options.baseline, runs)
    judgings = [judges.judging(run) for run in runs]
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
        report = collect(
            judgings,
            threads=options.parallel,
            progress=progress.advance,
            calibrations=judges.calibrations,
            baseline=options.baseline or "",
        )
    write_excel(report, excel, None if options.no_steps else _steps, pages=index_of(excel) if pages else None)
    write_records(report, excel.with_suffix(".json"))
    if pages:
        with JudgingProgress(sum(len(run.episodes) for run in report.runs), "pages") as progress:
            write_report(
                report, pages, screens=options.html_screens, threads=options.parallel, progress=progress.advance
            )
    show(out, report)
    for purpose, command in next_commands(report):
        out.print(f"{purpose}: {command}", soft_wrap=True, markup=False, highlight=False)
    if pages:
        out.print(f"pages: {shown(pages / INDEX)}", soft_wrap=True, markup=False, highlight=False)
    out.print(f"spreadsheet: {shown(excel)}", soft_wrap=True, markup=False, highlight=False)
    return OK if all(run.overall.coverage.hits == run.overall.coverage.of for run in report.runs) else UNSCORED


def _export(form: str, runs: Sequence[RunReader], folder: Path) -> int:
    episodes = (episode for run in runs for episode in run.episodes())
    if form == "solutions":
        count = export_solutions(episodes, folder)
        hint = "" if count else "; episodes are judged by: python generate_result.py"
        print(f"{count} passed episodes as task scripts: {shown(folder)}{hint}")
    else:
        print(f"{export_androidlab(episodes, folder)} traces in AndroidLab's layout: {shown(folder)}")
    return OK


def _check_baseline(name: str | None, runs: Sequence[RunReader]) -> None:
    names = [run.folder.name for run in runs]
    if name and name not in names:
        raise ConfigError(f"no run '{name}' to set the others against", why=f"there are: {', '.join(names)}")


def _steps(run: RunReport, episode: EpisodeFigures) -> Iterable[StepRecord]:
    return RunReader(Path(run.folder)).episode(EpisodeKey(episode.task_id, episode.attempt)).steps()
