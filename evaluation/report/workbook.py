"""Tables to a workbook: formatted, filterable, printable, and deaf to formulas in what models wrote."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import wrap
from typing import Any, Literal

from openpyxl import Workbook
from openpyxl.cell import Cell as OpenCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.pagebreak import Break

from evaluation.report.sheets import Cell, Column, Table
from phonebench.schema.errors import ConfigError

HEADER_ROW = 3
"""Row 1 holds the sheet's title, row 2 what kind of phone the figures are from."""
MOST_ROWS = 1_048_576
"""Rows of a sheet in Excel."""
MOST_LINKS = 65_530
"""Links of a sheet in Excel."""
LETTERS = 1.15
"""Letters of a text per unit of a column's width, which is one digit; a careful guess."""
MOST_LINES = 12
"""Lines shown of a wrapped text."""
MOST_HEADER_LINES = 5
GROUPED_SCALE = 60
"""Percent of the size on the screen at which sheets are printed whose pages break between groups of columns."""
PAPER = 112
"""Units of columns' widths on an A4 page in landscape at 100%; with Calibri itself there would be room for 149."""
LONGEST_CELL = 32_767
"""Characters of a cell in Excel."""

NUMBER_FORMATS = {
    "count": "#,##0",
    "share": "0.0%",
    "points": "+0.0%;-0.0%;0.0%",
    "number": "#,##0.00",
    "seconds": "0.000",
    "money": "#,##0.0000",
    "chance": '[<0.0001]"< 0.0001";0.0000',
}
_FILLS = {
    "pass": PatternFill("solid", fgColor="C6EFCE"),
    "fail": PatternFill("solid", fgColor="FFC7CE"),
    "partly": PatternFill("solid", fgColor="FFEB9C"),
    "unscored": PatternFill("solid", fgColor="E7E6E6"),
    "published": PatternFill("solid", fgColor="DDEBF7"),
    "heading": PatternFill("solid", fgColor="D9E1F2"),
}
_FACE = "Calibri"
_TITLE = Font(name=_FACE, bold=True, size=14)
_LABEL = Font(name=_FACE, bold=True, color="9C5700")
_HEADER = Font(name=_FACE, bold=True, color="FFFFFF")
_LINK = Font(name=_FACE, color="0563C1", underline="single")
_HEADING = Font(name=_FACE, bold=True, color="1F3864")
_HEADER_FILL = PatternFill("solid", fgColor="305496")
_LINE_HEIGHT = 15  # points
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
        self._set_up(table, label)
        self._append([self._plain(table.title, _TITLE)])
        self._append([self._plain(label, _LABEL)])
        self._rows(table)
        self.sheet.auto_filter.ref = f"A{HEADER_ROW}:{get_column_letter(len(table.columns))}{self.row}"
        return self.row

    def _set_up(self, table: Table[Any], label: str) -> None:
        sheet = self.sheet
        for number, column in enumerate(table.columns, start=1):
            sheet.column_dimensions[get_column_letter(number)].width = column.width
        self._paper(table, label)
        if table.by_group:
            self._pages_by_group(table)
        sheet.freeze_panes = f"{get_column_letter(table.frozen + 1)}{HEADER_ROW + 1}"

    def _paper(self, table: Table[Any], label: str) -> None:
        sheet = self.sheet
        sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
        if table.pages_wide > 1 or table.by_group:
            sheet.print_title_cols = f"A:{get_column_letter(table.frozen)}"
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = _A4
        sheet.sheet_properties.pageSetUpPr.fitToPage = not table.by_group
        sheet.page_setup.fitToWidth = table.pages_wide
        sheet.page_setup.fitToHeight = table.pages_tall
        sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.6, header=0.3, footer=0.3)
        sheet.oddFooter.left.text = "phonebench - &A"
        # Row 2 is on the first page only; a page that is torn out must still say what its figures are of.
        sheet.oddFooter.center.text = label.replace("&", "&&")
        sheet.oddFooter.right.text = "page &P of &N"

    def _pages_by_group(self, table: Table[Any]) -> None:
        """Fill pages with whole groups of columns; columns that no row fills are hidden."""
        groups: list[tuple[str, int, float]] = []  # heading, number of the first column, width
        for number, column in enumerate(table.columns, start=1):
            empty = all(column.value(row) in (None, "") for row in table.rows)
            self.sheet.column_dimensions[get_column_letter(number)].hidden = empty
            width = 0.0 if empty else float(column.width)
            if groups and groups[-1][0] == column.group:
                groups[-1] = (column.group, groups[-1][1], groups[-1][2] + width)
            else:
                groups.append((column.group, number, width))
        self.sheet.page_setup.scale = GROUPED_SCALE
        repeated = sum(column.width for column in table.columns[: table.frozen])
        used, room = 0.0, PAPER * 100 / GROUPED_SCALE
        for _, first, width in groups:
            if used and used + width > room:
                self.sheet.col_breaks.append(Break(id=first - 1))
                used = repeated
            used += width

    def _rows(self, table: Table[Any]) -> None:
        headers = [self._header(number, column) for number, column in enumerate(table.columns, start=1)]
        self._append(headers, height=_header_height(table.columns))
        for row in table.rows:
            if self.row == MOST_ROWS - 1:
                note = "cut here: a sheet holds no more rows; the trace has them all"
                self._append([self._plain(note, _LABEL)])
                return
            cells = [self._cell(number, column, row) for number, column in enumerate(table.columns, start=1)]
            self._append(cells, height=_height(table.columns, cells))

    def _append(self, cells: list[OpenCell], height: float | None = None) -> None:
        self.row += 1
        if height is not None:
            self.sheet.row_dimensions[self.row].height = height
        self.sheet.append(cells)
        if height is not None:
            # Written by now; kept, it would make memory grow with the rows.
            del self.sheet.row_dimensions[self.row]

    def _plain(self, text: str, font: Font) -> OpenCell:
        cell = self._string(text)
        cell.font = font
        return cell

    def _header(self, number: int, column: Column[Any]) -> OpenCell:
        cell = self._plain(column.title, _HEADER)
        cell.fill = _HEADER_FILL
        cell.alignment = Alignment(
            wrap_text=True, vertical="center", horizontal=_side(column), indent=_indent(number, column)
        )
        return cell

    def _cell(self, number: int, column: Column[Any], row: Any) -> Any:
        link = column.link(row) if column.link and self.links < MOST_LINKS else None
        value: Cell = None if column.link and link is None else column.value(row)
        form = column.format_of(row) if column.format_of else column.format
        shade = column.shade(row) if column.shade else str(value) if form == "verdict" else None
        cell: Any = self._string(value) if isinstance(value, str) else WriteOnlyCell(self.sheet, value)
        key = (form, shade, column.wrap, link is not None, _side(column), _indent(number, column))
        if key not in self.styles:
            cell.number_format = NUMBER_FORMATS.get(form, "General")
            cell.alignment = Alignment(
                vertical="top", wrap_text=column.wrap, horizontal=_side(column), indent=_indent(number, column)
            )
            if shade in _FILLS:
                cell.fill = _FILLS[shade]
            if link is not None or shade == "heading":
                cell.font = _HEADING if link is None else _LINK
            # openpyxl has no public way to share a style.
            self.styles[key] = cell._style
        cell._style = self.styles[key]
        if link is not None:
            self.links += 1
            cell._hyperlink = Hyperlink(ref=f"{get_column_letter(number)}{self.row + 1}", target=link)
        return cell

    def _string(self, text: str) -> OpenCell:
        """A cell of type string whatever the text; openpyxl would make a formula of a leading equals sign."""
        cell = WriteOnlyCell(self.sheet)
        cell.value = safe_text(text)
        cell.data_type = "s"
        return cell


def _lines(text: str, column: Column[Any]) -> int:
    """Lines that a text takes in a column that wraps."""
    width = max(4, int(column.width * LETTERS) - 1)
    return sum(max(1, len(wrap(line, width))) for line in text.splitlines()) or 1


def _header_height(columns: Sequence[Column[Any]]) -> float:
    lines = max((_lines(column.title, column) for column in columns), default=1)
    return _LINE_HEIGHT * min(max(2, lines), MOST_HEADER_LINES) + 2


def _side(column: Column[Any]) -> Literal["left", "right"]:
    """A column reads as one when all of it, its head too, is on one side."""
    return "left" if column.format in {"text", "verdict"} and column.format_of is None else "right"


def _indent(number: int, column: Column[Any]) -> int:
    """Keeps a text off its neighbour."""
    return int((number > 1 and _side(column) == "left") or column.format_of is not None)


def _height(columns: Sequence[Column[Any]], cells: Sequence[Any]) -> float | None:
    """Points that a row needs for its wrapped texts; programs differ in whether they find that out themselves."""
    lines = max(
        (
            _lines(cell.value, column)
            for column, cell in zip(columns, cells, strict=True)
            if column.wrap and isinstance(cell.value, str)
        ),
        default=1,
    )
    return _LINE_HEIGHT * min(lines, MOST_LINES) if lines > 1 else None
