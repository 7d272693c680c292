"""The spreadsheet: formatted, filterable, with frozen headers, and deaf to formulas in what models wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell as OpenCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from evaluation.report.numbers import Report
from evaluation.report.sheets import (
    Cell,
    Column,
    Steps,
    Table,
    about_rows,
    about_table,
    app_table,
    episode_table,
    pair_table,
    step_table,
    summary_table,
)
from phonebench.schema.errors import ConfigError

HEADER_ROW = 3
"""Row 1 holds the sheet's title, row 2 what kind of phone the figures are from."""
MOST_ROWS = 1_048_576
"""Rows of a sheet in Excel."""
LONGEST_CELL = 32_767
"""Characters of a cell in Excel."""

NUMBER_FORMATS = {"count": "#,##0", "share": "0.0%", "number": "#,##0.00", "seconds": "0.000"}
_VERDICT_FILLS = {
    "pass": PatternFill("solid", fgColor="C6EFCE"),
    "fail": PatternFill("solid", fgColor="FFC7CE"),
    "unscored": PatternFill("solid", fgColor="E7E6E6"),
}
_TITLE = Font(bold=True, size=14)
_LABEL = Font(bold=True, color="9C5700")
_HEADER = Font(bold=True, color="FFFFFF")
_HEADER_FILL = PatternFill("solid", fgColor="305496")
_WRAPPED = Alignment(wrap_text=True, vertical="center")
_WRAPPED_RIGHT = Alignment(wrap_text=True, vertical="center", horizontal="right")
_HEADER_HEIGHT = 32  # points: two lines
_TOP = Alignment(vertical="top")

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORMULA = re.compile(r"^\s*(?:[=@＝＠]|[+\-＋－](?![\d.,\s]*$))|^[\t\r]")


def write_excel(report: Report, path: Path, steps: Steps) -> None:
    """Write the workbook, replacing the file in one step; raises ConfigError when the place cannot be written to.

    Rows go to disk as they are made, so memory does not grow with the number of steps.
    """
    tables: list[Table[Any]] = [
        summary_table(report),
        app_table(report),
        episode_table(report),
        step_table(report, steps),
    ]
    if report.pairs:
        tables.insert(1, pair_table(report))
    about = about_table(about_rows(report, tables))
    write_tables([*tables, about], path, label=report.label, title=f"phonebench results - {report.label}")


def write_tables(tables: Iterable[Table[Any]], path: Path, *, label: str, title: str) -> None:
    """Write a workbook, a sheet per table under `label`, replacing the file in one step; raises ConfigError."""
    book = Workbook(write_only=True)
    book.properties.title = title
    book.properties.creator = "phonebench"
    for table in tables:
        _write_table(book, table, label)
    fresh = _fresh(path)
    try:
        book.save(fresh)
        fresh.replace(path)
    except OSError as problem:
        raise _cannot_write(path, problem) from None


def check_writable(path: Path) -> None:
    """Make the spreadsheet's folder, and raise ConfigError now rather than after an hour of judging."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _fresh(path).touch()
        _fresh(path).unlink()
        if path.exists():
            path.open("r+b").close()
    except OSError as problem:
        raise _cannot_write(path, problem) from None


def _fresh(path: Path) -> Path:
    return path.with_name(f".{path.name}.tmp")


def _cannot_write(path: Path, problem: OSError) -> ConfigError:
    return ConfigError(
        "the spreadsheet cannot be written",
        where=str(path),
        why=str(problem),
        next_step="close it if it is open, or write elsewhere",
    )


def safe_text(text: str) -> str:
    """Text that no spreadsheet takes for a formula, not even after an export to CSV; without what XML cannot hold."""
    clean = _NOT_IN_XML.sub("", text)
    if _FORMULA.match(clean):
        clean = "'" + clean
    return clean if len(clean) <= LONGEST_CELL else clean[: LONGEST_CELL - 1] + "…"


def _write_table(book: Workbook, table: Table[Any], label: str) -> None:
    sheet: Any = book.create_sheet(table.title)
    last = get_column_letter(len(table.columns))
    for number, column in enumerate(table.columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.row_dimensions[HEADER_ROW].height = _HEADER_HEIGHT
    sheet.freeze_panes = f"{get_column_letter(table.frozen + 1)}{HEADER_ROW + 1}"
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.append([_text(sheet, f"phonebench - {table.title}", _TITLE)])
    sheet.append([_text(sheet, label, _LABEL)])
    sheet.append([_header(sheet, column) for column in table.columns])
    written = HEADER_ROW
    for row in table.rows:
        if written == MOST_ROWS - 1:
            sheet.append([_text(sheet, "cut here: a sheet holds no more rows; the trace has them all", _LABEL)])
            break
        sheet.append([_cell(sheet, column, column.value(row)) for column in table.columns])
        written += 1
    sheet.auto_filter.ref = f"A{HEADER_ROW}:{last}{max(written, HEADER_ROW)}"


def _text(sheet: Any, text: str, font: Font) -> OpenCell:
    cell = _string(sheet, text)
    cell.font = font
    return cell


def _header(sheet: Any, column: Column[Any]) -> OpenCell:
    cell = _text(sheet, column.title, _HEADER)
    cell.fill = _HEADER_FILL
    cell.alignment = _WRAPPED if column.format in {"text", "verdict"} else _WRAPPED_RIGHT
    return cell


def _cell(sheet: Any, column: Column[Any], value: Cell) -> OpenCell:
    if isinstance(value, str):
        cell = _string(sheet, value)
    else:
        cell = WriteOnlyCell(sheet, value)
        cell.number_format = NUMBER_FORMATS.get(column.format, "General")
    cell.alignment = _TOP
    if column.format == "verdict":
        cell.fill = _VERDICT_FILLS[str(value)]
    return cell


def _string(sheet: Any, text: str) -> OpenCell:
    """A cell of type string whatever the text; openpyxl would make a formula of a leading equals sign."""
    cell = WriteOnlyCell(sheet)
    cell.value = safe_text(text)
    cell.data_type = "s"
    return cell
