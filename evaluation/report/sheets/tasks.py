"""The sheet Tasks: tasks as rows, runs as columns, coloured by verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evaluation.metrics import EpisodeFigures
from evaluation.report.numbers import Report
from evaluation.report.sheets.table import Cell, Column, Shade, Table, run_titles


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task, with its episodes in each run."""

    task_id: str
    app: str
    kind: str
    episodes: tuple[tuple[EpisodeFigures, ...], ...]

    @property
    def passed(self) -> int:
        """Passed episodes of all runs."""
        return sum(episode.passed for run in self.episodes for episode in run)

    @property
    def scored(self) -> int:
        """Scored episodes of all runs."""
        return sum(episode.scored for run in self.episodes for episode in run)


def matrix_table(report: Report) -> Table[TaskRow]:
    """One row per task, in the order of the first run that asks for it."""
    fixed: list[Column[TaskRow]] = [
        Column("Task", "text", lambda row: row.task_id, width=18),
        Column("App", "text", lambda row: row.app),
        Column("Kind", "text", lambda row: row.kind, "operation or query", 11),
        Column("Passed", "count", lambda row: row.passed, "episodes of all runs", 9),
        Column("Scored", "count", lambda row: row.scored, "episodes of all runs", 9),
    ]
    titles = run_titles(report.runs, (column.title for column in fixed))
    runs: list[Column[TaskRow]] = [
        Column(
            title,
            "text",
            lambda row, place=place: result(row.episodes[place]),  # type: ignore[misc]
            width=max(12, min(22, len(title) + 2)),
            shade=lambda row, place=place: shade(row.episodes[place]),  # type: ignore[misc]
        )
        for place, title in enumerate(titles)
    ]
    return Table("Tasks", [*fixed, *runs], list(_rows(report)))


def result(attempts: Sequence[EpisodeFigures]) -> Cell:
    """The verdict on a single attempt, passed of scored for several; None where the run does not hold the task."""
    if not attempts:
        return None
    scored = sum(attempt.scored for attempt in attempts)
    if len(attempts) == 1 or not scored:
        return attempts[0].result if len(attempts) == 1 else "unscored"
    return f"{sum(attempt.passed for attempt in attempts)} of {scored}"


def shade(attempts: Sequence[EpisodeFigures]) -> Shade | None:
    """The colour of `result`."""
    if not attempts:
        return None
    results = {attempt.passed for attempt in attempts if attempt.scored}
    if len(results) == 2:
        return "partly"
    return "unscored" if not results else "pass" if True in results else "fail"


def _rows(report: Report) -> Iterator[TaskRow]:
    tasks: dict[str, list[list[EpisodeFigures]]] = {}
    for place, run in enumerate(report.runs):
        for episode in run.episodes:
            tasks.setdefault(episode.task_id, [[] for _ in report.runs])[place].append(episode)
    for task_id, runs in tasks.items():
        first = next(episode for episodes in runs for episode in episodes)
        yield TaskRow(task_id, first.app, first.kind, tuple(map(tuple, runs)))
