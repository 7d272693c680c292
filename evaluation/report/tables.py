"""The sheets by their earlier address; import from evaluation.report.sheets."""

from evaluation.report.sheets import (
    Cell,
    Column,
    Table,
    about_rows,
    app_table,
    episode_table,
    pair_table,
    step_table,
    summary_table,
)

task_table = episode_table

__all__ = [
    "Cell",
    "Column",
    "Table",
    "about_rows",
    "app_table",
    "pair_table",
    "step_table",
    "summary_table",
    "task_table",
]
