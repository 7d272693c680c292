"""The sheet About: what each run was, and what each column means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from evaluation.report.numbers import Report
from evaluation.report.sheets.table import Cell, Column, Table, pairs_text


def about_rows(report: Report, tables: Sequence[Table[Any]]) -> Iterator[tuple[str, str, Cell]]:
    """(subject, item, text) of the sheet About: what each run was, then what each column means."""
    for run in report.runs:
        info, lock = run.info, run.lock
        yield run.name, "Phone", run.phone
        yield run.name, "Device kind", info.device_kind
        yield run.name, "Suite", f"{info.suite}: {len(info.task_ids)} tasks, {info.attempts} attempt(s) each"
        yield run.name, "Agent", info.agent
        yield run.name, "Models", pairs_text(info.models)
        yield run.name, "Judges", ", ".join(run.judges)
        yield run.name, "Started", info.created_at
        yield run.name, "Trace", run.folder
        yield run.name, "Config digest", lock.config
        yield run.name, "Tasks digest", lock.tasks
        yield run.name, "Prompts digest", lock.prompts
        yield run.name, "Versions", pairs_text(lock.versions)
        for warning in run.warnings:
            yield run.name, "WARNING", warning
    yield (
        "Rates",
        "Intervals",
        "95%: Wilson's score interval, each episode an independent trial; where a task counts more than once (several "
        "attempts, sub-goals, steps) a cluster-robust interval with tasks as the units; see docs/statistics.md",
    )
    if report.baseline:
        yield "Comparisons", "Baseline", report.baseline
        yield "Comparisons", "Tied", "Holm's p-value is 0.05 or more: no difference is shown, which proves no equality"
    yield "Rates", "Unscored", "episodes lost to the machinery or to the judge: never failures, always in the coverage"
    told: set[tuple[str, str]] = set()
    for table in tables:
        for column in table.columns:
            if column.meaning and (column.title, column.meaning) not in told:
                told.add((column.title, column.meaning))
                yield f"Sheet {table.title}", column.title, column.meaning


def about_table(rows: Iterable[tuple[str, str, Cell]]) -> Table[tuple[str, str, Cell]]:
    """The sheet About from (subject, item, text)."""
    columns: list[Column[tuple[str, str, Cell]]] = [
        Column("Subject", "text", lambda row: row[0], width=30, wrap=True),
        Column("Item", "text", lambda row: row[1], width=26, wrap=True),
        Column("Text", "text", lambda row: row[2], width=100, wrap=True),
    ]
    return Table("About", columns, rows)
