"""The sheet Compare: one row per pair of runs."""

from __future__ import annotations

from evaluation.compare import Paired
from evaluation.report.numbers import Report
from evaluation.report.sheets.table import Column, Table


def pair_table(report: Report) -> Table[Paired]:
    """One row per pair of runs."""
    columns: list[Column[Paired]] = [
        Column("Run", "text", lambda pair: pair.first, width=22),
        Column("Against", "text", lambda pair: pair.second, width=22),
        Column("Pairs", "count", lambda pair: pair.pairs, "same task and attempt, scored in both"),
        Column("Wins", "count", lambda pair: pair.wins, "passed where the other failed"),
        Column("Losses", "count", lambda pair: pair.losses),
        Column("Ties", "count", lambda pair: pair.ties),
        Column("Difference", "share", lambda pair: pair.difference, "of the success rates, on the pairs"),
    ]
    return Table("Compare", columns, report.pairs, frozen=2)
