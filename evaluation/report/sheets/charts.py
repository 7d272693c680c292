"""The sheet Charts: the figures that its charts are drawn from, one row per run."""

from __future__ import annotations

from collections.abc import Callable

from evaluation.metrics import Latency
from evaluation.report.numbers import Report, RunReport
from evaluation.report.sheets.table import Column, Table, phone_column

PARTS = ("observe", "model", "act", "settle")


def chart_table(report: Report) -> Table[RunReport]:
    """One row per run; the columns' order is what excel_charts.py relies on."""
    columns: list[Column[RunReport]] = [
        Column("Run", "text", lambda run: run.name, width=24),
        Column("SR", "share", lambda run: run.overall.success.value, "passed / scored episodes", 10),
        Column("SR - low", "share", lambda run: _arm(run, -1), "length of the lower error bar", 10),
        Column("high - SR", "share", lambda run: _arm(run, 1), "length of the upper error bar", 10),
        Column("Step s", "seconds", lambda run: run.overall.step.mean, "mean seconds per step", 10),
        *(Column(f"{part.title()} s", "seconds", _mean(part), "mean seconds per step", 10) for part in PARTS),
        Column("Other s", "seconds", _other, "what remains of the step", 10),
        phone_column(lambda run: run),
    ]
    return Table("Charts", columns, report.runs, pages_tall=1)


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
