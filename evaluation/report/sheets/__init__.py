"""What the sheets hold, one module a sheet; excel.py writes them."""

from evaluation.report.sheets.about import about_rows, about_table
from evaluation.report.sheets.apps import AppRow, app_table
from evaluation.report.sheets.compare import pair_table
from evaluation.report.sheets.episodes import EpisodeRow, episode_table
from evaluation.report.sheets.steps import StepRow, Steps, step_table
from evaluation.report.sheets.summary import summary_table
from evaluation.report.sheets.table import Cell, Column, Table

__all__ = [
    "AppRow",
    "Cell",
    "Column",
    "EpisodeRow",
    "StepRow",
    "Steps",
    "Table",
    "about_rows",
    "about_table",
    "app_table",
    "episode_table",
    "pair_table",
    "step_table",
    "summary_table",
]
