"""The HTML report: a folder that opens from disk, with a leaderboard, comparisons and every step of every episode."""

from evaluation.report.html.folder import check_folder, write_report
from evaluation.report.html.links import INDEX, episode_address, report_folder, run_address
from evaluation.report.html.pictures import Screens

__all__ = [
    "INDEX",
    "Screens",
    "check_folder",
    "episode_address",
    "report_folder",
    "run_address",
    "write_report",
]
