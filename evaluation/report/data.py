"""The same figures for programs: plain records, and pandas frames for a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaluation.report.numbers import Report
from evaluation.report.sheets import Cell, Table, app_table, episode_table, pair_table, summary_table

if TYPE_CHECKING:
    import pandas as pd


def records(report: Report) -> dict[str, list[dict[str, Cell]]]:
    """The sheets but Steps and About: sheet title -> rows as {column title: value}. JSON-able; shares are 0..1."""
    tables: tuple[Table[Any], ...] = (
        summary_table(report),
        app_table(report),
        episode_table(report),
        pair_table(report),
    )
    return {
        table.title: [{column.title: column.value(row) for column in table.columns} for row in table.rows]
        for table in tables
    }


def frames(report: Report) -> dict[str, pd.DataFrame]:
    """The same as DataFrames, for a notebook: sheet title -> frame."""
    import pandas as pd  # takes half a second, and the command line does not need it

    return {title: pd.DataFrame.from_records(rows) for title, rows in records(report).items()}
