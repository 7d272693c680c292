"""The sheet Attempts: pass@k and pass^k for each k, and each attempt's own success rate."""

from __future__ import annotations

from dataclasses import dataclass

from evaluation.metrics import AttemptFigures, Rate
from evaluation.report.numbers import Report, RunReport
from evaluation.report.sheets.table import Column, Table, phone_column, run_column
from evaluation.statistics import Interval


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """One number k of attempts of one run."""

    run: RunReport
    figures: AttemptFigures
    k: int

    @property
    def own(self) -> Rate:
        """The success rate of attempt number k alone."""
        return self.figures.by_attempt[self.k - 1]

    @property
    def interval(self) -> Interval | None:
        """Of that rate."""
        return self.own.interval


def attempt_table(report: Report) -> Table[AttemptRow]:
    """One row per run and k; no rows for runs with one attempt per task."""
    columns: list[Column[AttemptRow]] = [
        run_column(report.runs, lambda row: row.run.name),
        phone_column(lambda row: row.run),
        Column("k", "count", lambda row: row.k, "attempts", 6),
        Column("Tasks", "count", lambda row: row.figures.tasks, "with all attempts scored", 8),
        Column(
            "pass@k",
            "share",
            lambda row: row.figures.pass_at[row.k - 1] if row.figures.pass_at else None,
            "chance that at least one of k attempts passes, unbiased (Chen et al. 2021); pass@1 is the mean",
        ),
        Column(
            "pass^k",
            "share",
            lambda row: row.figures.pass_hat[row.k - 1] if row.figures.pass_hat else None,
            "chance that all of k attempts pass, unbiased (tau-bench, Yao et al. 2024)",
        ),
        Column("SR of attempt k", "share", lambda row: row.own.value, "attempt number k alone"),
        Column(
            "low", "share", lambda row: row.own.interval.low if row.own.interval else None, "95% Wilson interval", 9
        ),
        Column(
            "high", "share", lambda row: row.own.interval.high if row.own.interval else None, "95% Wilson interval", 9
        ),
    ]
    rows = [
        AttemptRow(run, run.overall.attempts, k)
        for run in report.runs
        if run.overall.attempts
        for k in range(1, run.overall.attempts.per_task + 1)
    ]
    return Table("Attempts", columns, rows)
