"""The sheet Charts: the figures that its charts are drawn from, one row per run."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from evaluation.metrics import Latency
from evaluation.report.numbers import Report, RunReport
from evaluation.report.sheets.table import Column, Table, phone_column, run_column, run_titles

PARTS = ("observe", "model", "act", "settle")
LABEL = 22
"""Letters of a run's name that a chart has room for."""


def chart_table(report: Report) -> Table[RunReport]:
    """One row per run; the columns' order is what excel_charts.py relies on."""
    labels = dict(zip(map(id, report.runs), _labels(run_titles(report.runs)), strict=True))
    columns: list[Column[RunReport]] = [
        Column("Run", "text", lambda run: labels[id(run)], "long names are cut in their middle", LABEL + 2),
        Column("SR", "share", lambda run: run.overall.success.value, "passed / scored episodes", 10),
        Column("SR - low", "share", lambda run: _arm(run, -1), "length of the lower error bar", 10),
        Column("high - SR", "share", lambda run: _arm(run, 1), "length of the upper error bar", 10),
        Column("Step s", "seconds", lambda run: run.overall.step.mean, "mean seconds per step", 10),
        *(Column(f"{part.title()} s", "seconds", _mean(part), "mean seconds per step", 10) for part in PARTS),
        Column("Other s", "seconds", _other, "what remains of the step", 10),
        phone_column(lambda run: run),
        run_column(report.runs, lambda run: run.name, "Full name"),
    ]
    return Table("Charts", columns, report.runs, pages_tall=1)


def _labels(names: Sequence[str]) -> list[str]:
    """Names short enough for a chart, each another."""
    labels: list[str] = []
    for name in names:
        label, number = _cut(name, ""), 2
        while label in labels:
            label, number = _cut(name, f" ({number})"), number + 1
        labels.append(label)
    return labels


def _cut(name: str, end: str) -> str:
    room = LABEL - len(end)
    if len(name) <= room:
        return name + end
    head = (room - 1) * 2 // 3
    return f"{name[:head]}…{name[len(name) - (room - 1 - head) :]}{end}"


def _arm(run: RunReport, side: int) -> float | None:
    rate = run.overall.success
    if rate.value is None or rate.interval is None:
        return None
    return rate.value - rate.interval.low if side < 0 else rate.interval.high - rate.value


def _mean(part: str) -> Callable[[RunReport], float | None]:
    def value(run: RunReport) -> float | None:
        latency: Latency = getattr(run.overall, part)
        return latency.mean

    return value


def _other(run: RunReport) -> float | None:
    step = run.overall.step.mean
    if step is None:
        return None
    return max(0.0, step - sum(_mean(part)(run) or 0.0 for part in PARTS))
