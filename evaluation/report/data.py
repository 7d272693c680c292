"""The same figures for programs: plain records, and pandas frames for a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaluation.report.numbers import Report
from evaluation.report.sheets import (
    Cell,
    Table,
    app_table,
    attempt_table,
    episode_table,
    judge_table,
    matrix_table,
    pair_table,
    speed_table,
    summary_table,
)

if TYPE_CHECKING:
    import pandas as pd


def records(report: Report) -> dict[str, list[dict[str, Cell]]]:
    """Sheet title -> rows as {column title: value}, for the sheets that hold figures. JSON-able; shares are 0..1."""
    tables: tuple[Table[Any], ...] = (
        summary_table(report),
        pair_table(report),
        app_table(report),
        matrix_table(report),
        attempt_table(report),
        episode_table(report),
        speed_table(report),
        judge_table(report),
    )
    return {
        table.title: [{column.title: column.value(row) for column in table.columns} for row in table.rows]
        for table in tables
    }


def frames(report: Report) -> dict[str, pd.DataFrame]:
    """The same as DataFrames, for a notebook: sheet title -> frame."""
    import pandas as pd  # takes half a second, and the command line does not need it

    return {title: pd.DataFrame.from_records(rows) for title, rows in records(report).items()}
