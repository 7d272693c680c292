"""Where the pages lie; the workbook's links lead there."""

from __future__ import annotations

from pathlib import Path

INDEX = "index.html"
USUAL = "results"
"""Name of the workbook whose pages need no name of their own."""


def report_folder(excel: Path) -> Path:
    """The folder of the HTML report that belongs to a workbook: `report`, or `NAME_report` beside NAME.xlsx."""
    return excel.with_name("report" if excel.stem == USUAL else f"{excel.stem}_report")


def index_of(excel: Path) -> str:
    """The report's first page, as seen from the workbook."""
    return f"{report_folder(excel).name}/{INDEX}"
