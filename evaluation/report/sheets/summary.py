"""The sheet Summary: runs as rows."""

from __future__ import annotations

from evaluation.metrics import meaning
from evaluation.report.numbers import Report, RunReport
from evaluation.report.sheets.figures import figure_columns
from evaluation.report.sheets.table import Column, Table, counts_text, pairs_text, phone_column


def summary_table(report: Report) -> Table[RunReport]:
    """One row per run."""
    columns: list[Column[RunReport]] = [
        Column("Run", "text", lambda run: run.name, width=22),
        phone_column(lambda run: run),
        Column("Agent", "text", lambda run: run.info.agent, "policy and dialect, or the reference agent", 20),
        Column("Models", "text", lambda run: pairs_text(run.info.models), "role: served name", 24),
        Column("Judge", "text", lambda run: ", ".join(run.judges), "who gave the verdicts", 12),
        *figure_columns(lambda run: run.overall),
        Column("Lost and retried", "count", lambda run: run.overall.retries, meaning("retries")),
        Column("Ended", "text", lambda run: counts_text(run.overall.outcomes), meaning("outcomes"), 30),
        Column("Errors", "text", lambda run: counts_text(run.overall.errors), meaning("errors"), 24),
    ]
    return Table("Summary", columns, report.runs)
