"""A sheet before it is written: columns with their meaning, and where each value comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from evaluation.report.numbers import RunReport

Row = TypeVar("Row")
Cell = str | int | float | None
Format = Literal["text", "count", "share", "number", "seconds", "verdict"]


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: its title, how to show it, its value in a row, and what it means (written into sheet About)."""

    title: str
    format: Format
    value: Callable[[Row], Cell]
    meaning: str = ""
    width: int = 12


@dataclass(frozen=True, slots=True)
class Table(Generic[Row]):
    """A sheet: rows may be made while they are written. `frozen` columns stay in view."""

    title: str
    columns: Sequence[Column[Row]]
    rows: Iterable[Row]
    frozen: int = 1


def phone_column(run: Callable[[Row], RunReport]) -> Column[Row]:
    """The column that marks figures of a simulated phone."""
    return Column("Phone", "text", lambda row: run(row).phone, "SIMULATED marks figures of a simulated phone", 22)


def pairs_text(values: Any) -> str:
    """`key: value, ...`, by key."""
    return ", ".join(f"{key}: {value}" for key, value in sorted(values.items()))


def counts_text(histogram: Sequence[tuple[str, int]]) -> str:
    """`name 3, other 1`."""
    return ", ".join(f"{name} {count}" for name, count in histogram)
