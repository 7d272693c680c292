"""The sheet By app: one row per run and app."""

from __future__ import annotations

from dataclasses import dataclass

from evaluation.metrics import FEW_TASKS, Figures
from evaluation.report.numbers import Report, RunReport
from evaluation.report.sheets.figures import figure_columns
from evaluation.report.sheets.table import Column, Table, phone_column, run_column


@dataclass(frozen=True, slots=True)
class AppRow:
    """One app of one run."""

    run: RunReport
    app: str
    figures: Figures


def app_table(report: Report) -> Table[AppRow]:
    """One row per run and app."""
    figures: list[Column[AppRow]] = figure_columns(lambda row: row.figures)
    columns: list[Column[AppRow]] = [
        run_column(report.runs, lambda row: row.run.name, wrap=False),
        Column("App", "text", lambda row: row.app),
        phone_column(lambda row: row.run),
        Column("Tasks", "count", lambda row: row.figures.tasks, "with a scored episode", 8),
        Column("Caution", "text", lambda row: caution(row.figures), "", 20),
        *(column for column in figures if not column.title.startswith("SR by app")),
    ]
    rows = [AppRow(run, app, figures) for run in report.runs for app, figures in run.apps]
    return Table("By app", columns, rows, frozen=2, by_group=True)


def caution(figures: Figures) -> str:
    """A warning where the tasks are too few to tell apps or runs apart; else ""."""
    if figures.tasks >= FEW_TASKS:
        return ""
    return f"only {figures.tasks} task{'' if figures.tasks == 1 else 's'}"
