"""The sheets Compare, one row per pair of runs, and Matrix, each run against each other."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from evaluation.compare import Paired
from evaluation.report.numbers import Report
from evaluation.report.sheets.table import Cell, Column, Shade, Table, run_column, run_titles, text_of
from evaluation.statistics import rounded


def pair_table(report: Report) -> Table[Paired]:
    """One row per pair of runs."""
    columns: list[Column[Paired]] = [
        run_column(report.runs, lambda pair: pair.first),
        run_column(report.runs, lambda pair: pair.second, "Against"),
        Column("Tasks", "count", lambda pair: pair.tasks, "scored in both: the units of the tests", 8),
        Column("Pairs", "count", lambda pair: pair.pairs, "same task and attempt, scored in both", 8),
        Column("Wins", "count", lambda pair: pair.wins, "passed where the other failed", 8),
        Column("Losses", "count", lambda pair: pair.losses, "failed where the other passed", 8),
        Column("Ties", "count", lambda pair: pair.ties, "the same result in both", 8),
        Column("Difference", "points", lambda pair: pair.difference, "of the success rates, on the pairs"),
        Column("Difference low", "points", lambda pair: pair.interval.low if pair.interval else None, _INTERVAL),
        Column("Difference high", "points", lambda pair: pair.interval.high if pair.interval else None, _INTERVAL),
        Column("p", "chance", lambda pair: pair.p_value, "exact McNemar test; sign flips of tasks for attempts", 9),
        _HOLM,
        Column(
            "Detectable",
            "share",
            lambda pair: pair.detectable,
            "smallest true difference that so many tasks show with 80% power, before Holm's correction; empty: none",
        ),
        Column("In words", "text", lambda pair: pair.words, "", 58, wrap=True),
    ]
    return Table("Compare", columns, report.pairs, frozen=2)


_HOLM: Column[Paired] = Column(
    "p (Holm)", "chance", lambda pair: pair.adjusted, "after Holm's correction for all pairs here", 9
)
_INTERVAL = "95% bootstrap interval, tasks resampled; of this pair alone, not widened for many pairs as p (Holm) is"


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One run against each other; None against itself."""

    name: str
    cells: tuple[Paired | None, ...]
    mirrored: tuple[bool, ...]
    """Does the pair hold the row's run second?"""

    def text(self, place: int) -> Cell:
        """The difference in points, row less column, and below it the corrected p-value."""
        pair = self.cells[place]
        if pair is None or pair.difference is None or pair.adjusted is None:
            return "" if pair is None else "no common task"
        points = (-100 if self.mirrored[place] else 100) * pair.difference
        size = "equal" if not points else f"{rounded(abs(points), 1)} {'more' if points > 0 else 'less'}"
        return f"{size}\np {text_of(_HOLM, pair)}"

    def shade(self, place: int) -> Shade | None:
        """Better or worse than the column's run, where a difference is shown."""
        pair = self.cells[place]
        if pair is None or not pair.shown or pair.difference is None:
            return None
        return "pass" if (pair.difference > 0) is not self.mirrored[place] else "fail"


def pair_matrix_table(report: Report) -> Table[MatrixRow]:
    """One row and one column per run: their difference and the p-value."""
    first = "Row less column"
    columns: list[Column[MatrixRow]] = [run_column(report.runs, lambda row: row.name, first)]
    meaning = "difference of the success rates in points, and p-value after Holm; coloured below 0.05"
    for place, title in enumerate(run_titles(report.runs, [first])):
        columns.append(
            Column(
                title,
                "text",
                lambda row, place=place: row.text(place),  # type: ignore[misc]
                "" if place else meaning,
                14,
                wrap=True,
                shade=lambda row, place=place: row.shade(place),  # type: ignore[misc]
            )
        )
    found = dict(zip(combinations(range(len(report.runs)), 2), report.pairs, strict=True))
    rows = [
        MatrixRow(
            run.name,
            tuple(found.get((min(a, b), max(a, b))) for b in range(len(report.runs))),
            tuple(a > b for b in range(len(report.runs))),
        )
        for a, run in enumerate(report.runs)
    ]
    return Table("Matrix", columns, rows)
