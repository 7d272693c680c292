"""The HTML report: a folder that opens from disk, with a leaderboard, comparisons and every step of every episode."""

from evaluation.report.html.folder import check_folder, write_report
from evaluation.report.html.links import INDEX, index_of, report_folder
from evaluation.report.html.pictures import Screens

__all__ = [
    "INDEX",
    "Screens",
    "check_folder",
    "index_of",
    "report_folder",
    "write_report",
]
