"""What the sheets hold, one module a sheet; excel.py writes them."""

from evaluation.report.sheets.about import about_rows, about_table
from evaluation.report.sheets.apps import AppRow, app_table
from evaluation.report.sheets.attempts import attempt_table
from evaluation.report.sheets.charts import chart_table
from evaluation.report.sheets.compare import pair_matrix_table, pair_table
from evaluation.report.sheets.episodes import EpisodeRow, episode_table
from evaluation.report.sheets.judge import JudgeRow, judge_table
from evaluation.report.sheets.pages import Pages
from evaluation.report.sheets.speed import speed_table
from evaluation.report.sheets.steps import StepRow, Steps, step_table
from evaluation.report.sheets.summary import overview_table, summary_table
from evaluation.report.sheets.table import DIGITS, Cell, Column, Table
from evaluation.report.sheets.tasks import matrix_table

__all__ = [
    "DIGITS",
    "AppRow",
    "Cell",
    "Column",
    "EpisodeRow",
    "JudgeRow",
    "Pages",
    "StepRow",
    "Steps",
    "Table",
    "about_rows",
    "about_table",
    "app_table",
    "attempt_table",
    "chart_table",
    "episode_table",
    "judge_table",
    "matrix_table",
    "overview_table",
    "pair_matrix_table",
    "pair_table",
    "speed_table",
    "step_table",
    "summary_table",
]
