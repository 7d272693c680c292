"""A sheet before it is written: columns with their meaning, and where each value comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, Literal, TypeVar

from evaluation.report.numbers import RunReport
from evaluation.statistics import percent, rounded

Row = TypeVar("Row")
Cell = str | int | float | None
Format = Literal["text", "count", "share", "points", "number", "seconds", "money", "chance", "verdict"]
"""points: a difference of shares, with its sign; chance: a p-value; verdict: coloured."""
Shade = Literal["pass", "fail", "partly", "unscored", "published", "heading"]

DIGITS: Final[Mapping[str, int]] = {"count": 0, "number": 2, "seconds": 3, "money": 4, "chance": 4}
"""Decimals of the formats that are plain numbers, wherever they are shown; shares have one, in percent."""

LONGEST_NAME: Final = 34
"""Width of a column of names that are longer."""

SMALLEST_CHANCE: Final = 1e-4
"""A p-value below it is shown as such."""


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: its title, how to show it, its value in a row, and what it means (written into sheet About)."""

    title: str
    format: Format
    value: Callable[[Row], Cell]
    meaning: str = ""
    width: int = 12
    group: str = ""
    """Heading under which the sheet Overview lists it."""
    wrap: bool = False
    """Break long text into lines, so that all of it is seen on paper."""
    format_of: Callable[[Row], Format] | None = None
    """The format of a row's cell, where rows differ; goes before `format`."""
    shade: Callable[[Row], Shade | None] | None = None
    """The colour of a row's cell."""
    link: Callable[[Row], str | None] | None = None
    """Where a row's cell leads, relative to the workbook."""


@dataclass(frozen=True, slots=True)
class Table(Generic[Row]):
    """A sheet: rows may be made while they are written. `frozen` columns stay in view."""

    title: str
    columns: Sequence[Column[Row]]
    rows: Iterable[Row]
    frozen: int = 1
    pages_wide: int = 1
    """Paper pages side by side; from two on, the frozen columns are repeated."""
    pages_tall: int = 0
    """Paper pages one below the other; 0: as many as it takes."""
    by_group: bool = False
    """Break pages between groups of columns instead, and hide columns that no row fills; needs `rows` as a sequence."""


def text_of(column: Column[Row], row: Row) -> str:
    """How a cell reads, with the digits that the spreadsheet shows; "" for an empty one."""
    value = column.value(row)
    if value is None or isinstance(value, str):
        return value or ""
    form = column.format_of(row) if column.format_of else column.format
    if form in ("share", "points"):
        return percent(value, sign=form == "points")
    if form == "chance" and value < SMALLEST_CHANCE:
        return f"< {SMALLEST_CHANCE:.4f}"
    return rounded(value, DIGITS.get(form, 0))


def run_column(
    runs: Iterable[RunReport], value: Callable[[Row], str], title: str = "Run", *, wrap: bool = True
) -> Column[Row]:
    """The column that names a run, as wide as these names need; longer ones break into lines, if they may."""
    need = max((len(run.name) for run in runs), default=0) + 3
    return Column(title, "text", value, width=max(14, min(LONGEST_NAME, need)), wrap=wrap and need > LONGEST_NAME)


def phone_column(run: Callable[[Row], RunReport]) -> Column[Row]:
    """The column that marks figures of a simulated phone."""
    return Column("Phone", "text", lambda row: run(row).phone, "SIMULATED marks figures of a simulated phone", 22)


def pairs_text(values: Any) -> str:
    """`key: value, ...`, by key."""
    return ", ".join(f"{key}: {value}" for key, value in sorted(values.items()))


def counts_text(histogram: Sequence[tuple[str, int]]) -> str:
    """`name 3, other 1`."""
    return ", ".join(f"{name} {count}" for name, count in histogram)


def run_titles(runs: Sequence[RunReport], taken: Iterable[str] = ()) -> list[str]:
    """A title for each run's column that no other column has."""
    titles: list[str] = []
    used = set(taken)
    for run in runs:
        title, number = run.name, 2
        while title in used:
            title, number = f"{run.name} ({number})", number + 1
        used.add(title)
        titles.append(title)
    return titles
