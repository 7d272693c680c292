"""The sheet By app: one row per run and app."""

from __future__ import annotations

from dataclasses import dataclass

from evaluation.metrics import Figures
from evaluation.report.numbers import Report, RunReport
from evaluation.report.sheets.figures import figure_columns
from evaluation.report.sheets.table import Column, Table, phone_column


@dataclass(frozen=True, slots=True)
class AppRow:
    """One app of one run."""

    run: RunReport
    app: str
    figures: Figures


def app_table(report: Report) -> Table[AppRow]:
    """One row per run and app."""
    columns: list[Column[AppRow]] = [
        Column("Run", "text", lambda row: row.run.name, width=22),
        Column("App", "text", lambda row: row.app),
        phone_column(lambda row: row.run),
        *figure_columns(lambda row: row.figures),
    ]
    rows = [AppRow(run, app, figures) for run in report.runs for app, figures in run.apps]
    return Table("By app", columns, rows, frozen=2)
