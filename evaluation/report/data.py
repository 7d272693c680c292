"""The same figures for programs: plain records, and pandas frames for a notebook."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
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
    return {table.title: list(_rows(table)) for table in _tables(report)}


def write_records(report: Report, path: Path) -> None:
    """The same as a JSON file, with the report's label; row by row, so that memory does not grow with them."""
    with path.open("w", encoding="utf-8", errors="replace") as file:
        file.write(f'{{"label": {_json(report.label)}')
        for table in _tables(report):
            file.write(f",\n{_json(table.title)}: [")
            for number, row in enumerate(_rows(table)):
                file.write(f"{',' if number else ''}\n {_json(row)}")
            file.write("]")
        file.write("}\n")


def _tables(report: Report) -> tuple[Table[Any], ...]:
    return (
        summary_table(report),
        pair_table(report),
        app_table(report),
        matrix_table(report),
        attempt_table(report),
        episode_table(report),
        speed_table(report),
        judge_table(report),
    )


def _rows(table: Table[Any]) -> Iterator[dict[str, Cell]]:
    for row in table.rows:
        yield {column.title: column.value(row) for column in table.columns}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def frames(report: Report) -> dict[str, pd.DataFrame]:
    """The same as DataFrames, for a notebook: sheet title -> frame."""
    import pandas as pd  # takes half a second, and the command line does not need it

    return {title: pd.DataFrame.from_records(rows) for title, rows in records(report).items()}
