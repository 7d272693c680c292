"""The sheet Judge: who gave the verdicts, what they cost, how far they can be trusted, and the rate that is left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from evaluation.judge.calibration import CorrectedRate
from evaluation.judge.calibration.record import Figure, Group
from evaluation.metrics import Rate
from evaluation.report.judging import JudgeSummary
from evaluation.report.numbers import Report, RunReport
from evaluation.report.sheets.table import Cell, Column, Row, Table, run_column

MOST_REASONS = 5
_NAMES = {"sensitivity": "Sensitivity", "specificity": "Specificity", "kappa": "Kappa"}
_MEANINGS = {
    "sensitivity": "calibration: truly passed episodes that the judge passes / truly passed episodes",
    "specificity": "calibration: truly failed episodes that the judge fails / truly failed episodes",
    "kappa": "calibration: agreement with the truth beyond chance, -1..1",
}


@dataclass(frozen=True, slots=True)
class JudgeRow:
    """One judge's part in one run."""

    run: RunReport
    part: JudgeSummary

    def corrected(self, method: str) -> CorrectedRate | None:
        """The corrected rate of the run, in the rows of its model judges."""
        if not self.part.judge.startswith("llm:"):
            return None
        return self.run.corrected_by(method)


def judge_table(report: Report) -> Table[JudgeRow]:
    """One row per run and judge."""
    opening: list[Column[JudgeRow]] = [
        run_column(report.runs, lambda row: row.run.name),
        Column("Judge", "text", lambda row: row.part.judge, "state, probe, human:NAME, or llm:MODEL", 22),
        Column("Phone", "text", lambda row: row.run.phone, "SIMULATED marks figures of a simulated phone", 22),
        Column(
            "Episodes",
            "count",
            lambda row: row.part.scored.of,
            "put to this judge; without what was lost",
        ),
        Column("Scored", "count", lambda row: row.part.scored.hits, "decided by it"),
        Column(
            "Unscored because", "text", lambda row: _reasons(row.part), "reasons, most frequent first", 30, wrap=True
        ),
        Column("Raw SR", "share", lambda row: row.part.passed.value, "passed / scored, as this judge says"),
        Column("Raw low", "share", lambda row: _bound(row.part.passed, "low"), "95% Wilson interval"),
        Column("Raw high", "share", lambda row: _bound(row.part.passed, "high"), "95% Wilson interval"),
    ]
    corrected: list[Column[JudgeRow]] = [
        *corrected_columns(lambda row, method: row.corrected(method)),
        Column("True verdicts", "count", _labels, "episodes with ground truth or human labels beside the judge's word"),
        Column("In words", "text", lambda row: _words(row), "what is known of the judge's errors", 60, wrap=True),
    ]
    calibrated: list[Column[JudgeRow]] = [
        *(column for name in _NAMES for column in _calibrated(name)),
        Column("Calibration episodes", "count", lambda row: _total(row.part), "scored labelled episodes"),
    ]
    work: list[Column[JudgeRow]] = [
        Column(
            "Disputed goals", "share", lambda row: row.part.disputed.value if row.part.disputed else None, _DISPUTED
        ),
        Column("Calls", "count", lambda row: row.part.calls, "requests to the judge's model"),
        Column("Prompt tokens", "count", lambda row: row.part.prompt_tokens),
        Column("Completion tokens", "count", lambda row: row.part.completion_tokens),
        Column("Cost", "money", lambda row: row.part.cost, "tokens times price; empty without a price"),
    ]
    groups = {"Verdicts": opening, "Corrected rates": corrected, "Calibration": calibrated, "Work": work}
    rows = [JudgeRow(run, part) for run in report.runs for part in run.judging]
    grouped = [replace(column, group=heading) for heading, columns in groups.items() for column in columns]
    return Table("Judge", grouped, rows, frozen=2, by_group=True)


_DISPUTED = "goals on which the votes differ / goals; empty for a judge that does not vote"


CORRECTIONS = (
    ("Rogan-Gladen", "Corrected", "raw rate less the judge's errors in calibration; Lang-Reiczigel"),
    ("prediction-powered", "PPI", "true verdicts of some episodes and the judge's of all (PPI++)"),
)
"""Method, title of its columns, meaning."""


def corrected_columns(find: Callable[[Row, str], CorrectedRate | None]) -> Iterator[Column[Row]]:
    """The success rate with a model judge's errors taken out, by each method, with its 95% interval."""
    for method, title, meaning in CORRECTIONS:
        for end in ("estimate", "low", "high"):

            def value(row: Row, method: str = method, end: str = end) -> Cell:
                rate = find(row, method)
                return None if rate is None else float(getattr(rate, end))

            yield Column(f"{title} {'SR' if end == 'estimate' else end}", "share", value, meaning, 11)


def _calibrated(name: str) -> list[Column[JudgeRow]]:
    def of(end: Literal["value", "low", "high"]) -> Column[JudgeRow]:
        def value(row: JudgeRow) -> Cell:
            group = _group(row.part)
            figure: Figure | None = None if group is None else getattr(group, name)
            return None if figure is None else float(getattr(figure, end))

        title = _NAMES[name] if end == "value" else f"{_NAMES[name]} {end}"
        return Column(title, "number" if name == "kappa" else "share", value, _MEANINGS[name])

    return [of("value"), of("low"), of("high")]


def _group(part: JudgeSummary) -> Group | None:
    return None if part.calibration is None else part.calibration.overall


def _total(part: JudgeSummary) -> int | None:
    group = _group(part)
    return None if group is None else group.confusion.total


def _labels(row: JudgeRow) -> int | None:
    rate = row.corrected("prediction-powered")
    return None if rate is None else rate.n_calibration


def _words(row: JudgeRow) -> str:
    if not row.part.judge.startswith("llm:"):
        return ""
    notes = [f"{rate.method}: {rate.note}" for rate in row.run.corrected if rate.note]
    return "; ".join([row.run.calibration_note, *notes])


def _reasons(part: JudgeSummary) -> str:
    shown = [f"{reason} ({count})" for reason, count in part.unscored[:MOST_REASONS]]
    more = len(part.unscored) - len(shown)
    return ", ".join([*shown, f"{more} more reasons"] if more else shown)


def _bound(rate: Rate, end: Literal["low", "high"]) -> float | None:
    interval = rate.interval
    return None if interval is None else (interval.low if end == "low" else interval.high)
