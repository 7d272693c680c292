"""The summary on a terminal: the same figures as the spreadsheet's."""

from __future__ import annotations

from collections.abc import Iterable

from rich import box
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from evaluation.metrics import Figures, Latency, Rate
from evaluation.report.numbers import Report, RunReport

MOST_APPS = 20


def summary(report: Report) -> RenderableType:
    """A table of runs, one of apps for a single run, and what went wrong."""
    parts: list[RenderableType] = [_runs(report)]
    if len(report.runs) == 1 and len(report.runs[0].apps) > 1:
        parts.append(_apps(report.runs[0]))
    if report.pairs:
        parts.append(_pairs(report))
    parts.extend(_notes(report))
    return Group(*parts)


def show(console: Console, report: Report) -> None:
    """Print the summary."""
    console.print(summary(report))


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


def _runs(report: Report) -> Table:
    table = _table(f"phonebench - {report.label}", "Run")
    for run in report.runs:
        table.add_row(Text(run.name), *_row(run.overall))
    return table


def _apps(run: RunReport) -> Table:
    table = _table("By app", "App")
    for app, figures in run.apps[:MOST_APPS]:
        table.add_row(Text(app), *_row(figures))
    if len(run.apps) > MOST_APPS:
        table.add_row(f"... {len(run.apps) - MOST_APPS} more in the spreadsheet")
    return table


def _table(title: str, first: str) -> Table:
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(first, overflow="fold")
    for name in ("SR", "95%", "Coverage", "Sub-SR", "RRR", "ROR", "Clean SR", "False done", "Steps", "s/step p50 p95"):
        table.add_column(name, justify="right", no_wrap=True)
    return table


def _row(figures: Figures) -> tuple[str, ...]:
    return (
        rate_text(figures.success),
        interval_text(figures.success),
        rate_text(figures.coverage),
        percent(figures.sub_goals.value),
        percent(figures.redundancy),
        percent(figures.reasonable.value),
        percent(figures.clean.value),
        f"{figures.false_completions.hits}/{figures.false_completions.of}",
        "-" if figures.mean_steps is None else f"{figures.mean_steps:.1f}",
        _seconds(figures.step),
    )


def _seconds(latency: Latency) -> str:
    if latency.p50 is None or latency.p95 is None:
        return "-"
    return f"{latency.p50:.2f} {latency.p95:.2f}"


def _pairs(report: Report) -> Table:
    table = Table(title="Same tasks in both", title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
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
        for warning in run.warnings:
            yield Text(f"{run.name}  warning: {warning}")
