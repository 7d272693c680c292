"""Tables to a workbook: formatted, filterable, printable, and deaf to formulas in what models wrote."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell as OpenCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.page import PageMargins

from evaluation.report.sheets import Cell, Column, Table
from phonebench.schema.errors import ConfigError

HEADER_ROW = 3
"""Row 1 holds the sheet's title, row 2 what kind of phone the figures are from."""
MOST_ROWS = 1_048_576
"""Rows of a sheet in Excel."""
MOST_LINKS = 65_530
"""Links of a sheet in Excel."""
LONGEST_CELL = 32_767
"""Characters of a cell in Excel."""

NUMBER_FORMATS = {
    "count": "#,##0",
    "share": "0.0%",
    "points": "+0.0%;-0.0%;0.0%",
    "number": "#,##0.00",
    "seconds": "0.000",
    "money": "#,##0.0000",
    "chance": "0.0000",
}
_FILLS = {
    "pass": PatternFill("solid", fgColor="C6EFCE"),
    "fail": PatternFill("solid", fgColor="FFC7CE"),
    "partly": PatternFill("solid", fgColor="FFEB9C"),
    "unscored": PatternFill("solid", fgColor="E7E6E6"),
    "published": PatternFill("solid", fgColor="DDEBF7"),
}
_TITLE = Font(bold=True, size=14)
_LABEL = Font(bold=True, color="9C5700")
_HEADER = Font(bold=True, color="FFFFFF")
_LINK = Font(color="0563C1", underline="single")
_HEADER_FILL = PatternFill("solid", fgColor="305496")
_HEADER_HEIGHT = 32  # points: two lines
_A4 = 9

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORMULA = re.compile(r"^\s*(?:[=@＝＠]|[+\-＋－](?![\d.,\s]*$))|^[\t\r]")

Finish = Callable[[Any, int, int], None]
"""Called with a sheet when its rows are written, and with the numbers of the first and the last of them."""


def write_tables(
    tables: Iterable[Table[Any]], path: Path, *, label: str, title: str, finish: dict[str, Finish] | None = None
) -> None:
    """Write a workbook, a sheet per table under `label`, replacing the file in one step; raises ConfigError.

    Rows go to disk as they are made. `finish` adds to sheets by title: charts, for instance.
    """
    book = Workbook(write_only=True)
    book.properties.title = title
    book.properties.creator = "phonebench"
    for table in tables:
        sheet: Any = book.create_sheet(table.title)
        last = _Sheet(sheet).write(table, label)
        if finish and table.title in finish:
            finish[table.title](sheet, HEADER_ROW + 1, last)
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


@dataclass
class _Sheet:
    """A sheet that is being written, from top to bottom."""

    sheet: Any
    row: int = 0
    links: int = 0
    styles: dict[tuple[Any, ...], Any] = field(default_factory=dict)
    """Finished styles: making one for each cell would take longer than all the rest."""

    def write(self, table: Table[Any], label: str) -> int:
        """Write all of a table; returns the number of the last row of data."""
        self._set_up(table)
        self._append([self._plain(f"phonebench - {table.title}", _TITLE)])
        self._append([self._plain(label, _LABEL)])
        self._rows(table)
        last = self.row
        columns = get_column_letter(len(table.columns))
        self.sheet.auto_filter.ref = f"A{HEADER_ROW}:{columns}{last}"
        if table.below is not None:
            self._append([])
            self._append([self._plain(table.below.title, _TITLE)])
            self._rows(table.below)
        return last

    def _set_up(self, table: Table[Any]) -> None:
        sheet = self.sheet
        for number, column in enumerate(table.columns, start=1):
            sheet.column_dimensions[get_column_letter(number)].width = column.width
        sheet.row_dimensions[HEADER_ROW].height = _HEADER_HEIGHT
        sheet.freeze_panes = f"{get_column_letter(table.frozen + 1)}{HEADER_ROW + 1}"
        sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
        if table.pages_wide > 1:
            sheet.print_title_cols = f"A:{get_column_letter(table.frozen)}"
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = _A4
        sheet.page_setup.fitToWidth = table.pages_wide
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.6, header=0.3, footer=0.3)
        sheet.oddFooter.left.text = "phonebench - &A"
        sheet.oddFooter.right.text = "page &P of &N"

    def _rows(self, table: Table[Any]) -> None:
        self._append([self._header(column) for column in table.columns])
        for row in table.rows:
            if self.row == MOST_ROWS - 1:
                note = "cut here: a sheet holds no more rows; the trace has them all"
                self._append([self._plain(note, _LABEL)])
                return
            self._append([self._cell(number, column, row) for number, column in enumerate(table.columns, start=1)])

    def _append(self, cells: list[OpenCell]) -> None:
        self.sheet.append(cells)
        self.row += 1

    def _plain(self, text: str, font: Font) -> OpenCell:
        cell = self._string(text)
        cell.font = font
        return cell

    def _header(self, column: Column[Any]) -> OpenCell:
        cell = self._plain(column.title, _HEADER)
        cell.fill = _HEADER_FILL
        side = None if column.format in {"text", "verdict"} else "right"
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal=side)
        return cell

    def _cell(self, number: int, column: Column[Any], row: Any) -> Any:
        value: Cell = column.value(row)
        form = column.format_of(row) if column.format_of else column.format
        shade = column.shade(row) if column.shade else str(value) if form == "verdict" else None
        link = column.link(row) if column.link else None
        cell: Any = self._string(value) if isinstance(value, str) else WriteOnlyCell(self.sheet, value)
        key = (form, shade, column.wrap, link is not None, column.format_of is not None)
        if key not in self.styles:
            cell.number_format = NUMBER_FORMATS.get(form, "General")
            # A column of mixed formats reads as one only when all of it is on one side.
            side = "right" if column.format_of else None
            cell.alignment = Alignment(vertical="top", wrap_text=column.wrap, horizontal=side)
            if shade in _FILLS:
                cell.fill = _FILLS[shade]
            if link is not None:
                cell.font = _LINK
            # openpyxl has no public way to share a style.
            self.styles[key] = cell._style
        cell._style = self.styles[key]
        if link is not None and self.links < MOST_LINKS:
            self.links += 1
            cell._hyperlink = Hyperlink(ref=f"{get_column_letter(number)}{self.row + 1}", target=link)
        return cell

    def _string(self, text: str) -> OpenCell:
        """A cell of type string whatever the text; openpyxl would make a formula of a leading equals sign."""
        cell = WriteOnlyCell(self.sheet)
        cell.value = safe_text(text)
        cell.data_type = "s"
        return cell
