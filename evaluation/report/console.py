"""The summary on a terminal: the same figures as the spreadsheet's."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from evaluation.metrics import Figures, Latency, Rate
from evaluation.report.numbers import Report

MOST_APPS = 20
WIDE = 110
"""Terminal columns from which the secondary figures are shown too; no figure is ever cut."""


def show(console: Console, report: Report) -> None:
    """Print a table of runs, one of apps for a single run, one of pairs, and what went wrong."""
    wide = console.width >= WIDE
    console.print(Text(f"phonebench - {report.label}", style="bold"))
    console.print(_figures("Run", ((run.name, run.overall) for run in report.runs), wide))
    if len(report.runs) == 1 and len(report.runs[0].apps) > 1:
        apps = report.runs[0].apps
        console.print(_figures("App", apps[:MOST_APPS], wide))
        if len(apps) > MOST_APPS:
            console.print(f"... {len(apps) - MOST_APPS} more apps in the spreadsheet")
    if report.pairs:
        console.print(_pairs(report))
    for note in _notes(report):
        console.print(note)


def rate_text(rate: Rate) -> str:
    """`31/32  96.9%`; a dash without a denominator."""
    return "-" if rate.value is None else f"{rate.hits}/{rate.of} {percent(rate.value)}"


def percent(share: float | None) -> str:
    """One decimal, as in the spreadsheet."""
    return "-" if share is None else f"{share * 100:.1f}%"


def interval_text(rate: Rate) -> str:
    """`84.3-99.4%`."""
    interval = rate.interval
    return "-" if interval is None else f"{interval.low * 100:.1f}-{interval.high * 100:.1f}%"


_COLUMNS: tuple[tuple[str, bool, Callable[[Figures], str]], ...] = (
    ("SR", True, lambda f: rate_text(f.success)),
    ("95%", True, lambda f: interval_text(f.success)),
    ("Scored", True, lambda f: f"{f.coverage.hits}/{f.coverage.of}"),
    ("Sub-SR", True, lambda f: percent(f.sub_goals.value)),
    ("RRR", False, lambda f: percent(f.redundancy)),
    ("ROR", False, lambda f: percent(f.reasonable.value)),
    ("Clean", True, lambda f: percent(f.clean.value)),
    ("False", True, lambda f: f"{f.false_completions.hits}/{f.false_completions.of}"),
    ("Steps", False, lambda f: "-" if f.mean_steps is None else f"{f.mean_steps:.1f}"),
    ("s/step", True, lambda f: _seconds(f.step)),
)
"""(title, shown on a narrow terminal too, text); s/step is p50 / p95."""


def _figures(first: str, rows: Iterable[tuple[str, Figures]], wide: bool) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column(first, overflow="fold", min_width=6)
    shown = [(title, text) for title, narrow, text in _COLUMNS if wide or narrow]
    for title, _ in shown:
        table.add_column(title, justify="right", no_wrap=True)
    for name, figures in rows:
        table.add_row(Text(name), *(text(figures) for _, text in shown))
    return table


def _seconds(latency: Latency) -> str:
    if latency.p50 is None or latency.p95 is None:
        return "-"
    return f"{latency.p50:.2f}/{latency.p95:.2f}"


def _pairs(report: Report) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for name in ("Run", "Against"):
        table.add_column(name, overflow="fold")
    for name in ("Pairs", "Wins", "Losses", "Ties", "Difference"):
        table.add_column(name, justify="right", no_wrap=True)
    for pair in report.pairs:
        counts = (str(pair.pairs), str(pair.wins), str(pair.losses), str(pair.ties))
        table.add_row(Text(pair.first), Text(pair.second), *counts, percent(pair.difference))
    return table


def _notes(report: Report) -> Iterable[Text]:
    for run in report.runs:
        for what, histogram in (("ended", run.overall.outcomes), ("errors", run.overall.errors)):
            # A run that only finished has nothing to explain.
            if any(name != "finished" for name, _ in histogram):
                yield Text(f"{run.name}  {what}: " + ", ".join(f"{name} {count}" for name, count in histogram))
        for episode in [e for e in run.episodes if not e.scored][:5]:
            yield Text(f"{run.name}  unscored: {episode.task_id}.{episode.attempt}: {episode.reason.splitlines()[0]}")
        for rate in run.corrected:
            bounds = f"{percent(rate.low)} to {percent(rate.high)}"
            note = f"; {rate.note}" if rate.note else ""
            yield Text(
                f"{run.name}  {rate.method} rate: {percent(rate.estimate)} ({bounds}), by {rate.n_calibration} "
                f"episodes of known truth{note}"
            )
        if run.calibration_note:
            yield Text(f"{run.name}  judge: {run.calibration_note}")
        for warning in run.warnings:
            yield Text(f"{run.name}  warning: {warning}")
