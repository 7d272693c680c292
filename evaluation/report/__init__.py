"""Reports: recorded runs in; spreadsheet, console summary and data out, all from one object of numbers."""

from evaluation.report.collect import Judging, collect
from evaluation.report.console import show
from evaluation.report.console_notes import next_commands
from evaluation.report.data import frames, records, write_records
from evaluation.report.excel import write_excel
from evaluation.report.numbers import Report, RunReport
from evaluation.report.workbook import check_writable

__all__ = [
    "Judging",
    "Report",
    "RunReport",
    "check_writable",
    "collect",
    "frames",
    "next_commands",
    "records",
    "show",
    "write_excel",
    "write_records",
]
