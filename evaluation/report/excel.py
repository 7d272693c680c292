"""The spreadsheet of a report: which sheets it has."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from evaluation.report.excel_charts import add_charts
from evaluation.report.numbers import Report
from evaluation.report.sheets import (
    Pages,
    Steps,
    Table,
    about_rows,
    about_table,
    app_table,
    attempt_table,
    chart_table,
    episode_table,
    judge_table,
    matrix_table,
    overview_table,
    pair_matrix_table,
    pair_table,
    speed_table,
    step_table,
    summary_table,
)
from evaluation.report.workbook import write_tables


def write_excel(report: Report, path: Path, steps: Steps | None, *, pages: str | None = None) -> None:
    """Write the workbook, replacing the file in one step; raises ConfigError when the place cannot be written to.

    Rows go to disk as they are made, so memory does not grow with the number of steps. Without `steps` the sheet
    Steps is left out. `pages` is the HTML report's first page as seen from the workbook; without it there are no links.
    """
    tables = report_tables(report, steps, None if pages is None else Pages(report, pages))
    about = about_table(about_rows(report, tables))
    title = f"phonebench results - {report.label}"
    write_tables([*tables, about], path, label=report.label, title=title, finish={"Charts": add_charts})


def report_tables(report: Report, steps: Steps | None = None, pages: Pages | None = None) -> list[Table[Any]]:
    """The sheets but About, in their order; those that have nothing to say are left out."""
    several = len(report.runs) > 1
    attempts = any(run.overall.attempts for run in report.runs)
    return [
        overview_table(report),
        summary_table(report),
        chart_table(report),
        *([pair_table(report)] if several else []),
        *([pair_matrix_table(report)] if len(report.runs) > 2 else []),
        app_table(report),
        matrix_table(report),
        *([attempt_table(report)] if attempts else []),
        episode_table(report, pages=pages),
        *([step_table(report, steps, pages=pages)] if steps else []),
        speed_table(report),
        judge_table(report),
    ]
