"""Where the pages lie; the workbook's links lead there."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from evaluation.report.sheets.episodes import PAGES

INDEX = PurePosixPath(PAGES).name


def report_folder(excel: Path) -> Path:
    """The folder of the HTML report that belongs to a workbook."""
    return excel.parent / PurePosixPath(PAGES).parent
