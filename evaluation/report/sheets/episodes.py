"""The sheet Episodes: one row per episode."""

from __future__ import annotations

from dataclasses import dataclass

from evaluation.metrics import EpisodeFigures
from evaluation.report.numbers import Report, RunReport
from evaluation.report.sheets.table import Column, Table, phone_column


@dataclass(frozen=True, slots=True)
class EpisodeRow:
    """One episode of one run."""

    run: RunReport
    episode: EpisodeFigures


def episode_table(report: Report) -> Table[EpisodeRow]:
    """One row per episode."""
    columns: list[Column[EpisodeRow]] = [
        Column("Run", "text", lambda row: row.run.name, width=22),
        Column("Task", "text", lambda row: row.episode.task_id, width=14),
        Column("Attempt", "count", lambda row: row.episode.attempt, width=9),
        Column("Verdict", "verdict", lambda row: row.episode.result, "how it was judged: pass, fail, unscored", 10),
        Column("Reason", "text", lambda row: row.episode.reason, "why, in the judge's words", 50),
        Column("Ended", "text", lambda row: _ended(row.episode), "how it ended; says nothing about success", 12),
        Column("App", "text", lambda row: row.episode.app),
        Column("Kind", "text", lambda row: row.episode.kind, "operation or query", 10),
        phone_column(lambda row: row.run),
        Column("Goals met", "count", lambda row: row.episode.goals_passed if row.episode.scored else None, width=10),
        Column("Goals", "count", lambda row: row.episode.goals if row.episode.scored else None, width=8),
        Column("Side effects", "count", lambda row: row.episode.side_effects, "changes that the task does not allow"),
        Column("Claimed done", "text", lambda row: _yes_no(row.episode.claimed), "what the agent says", 13),
        Column("Answer", "text", lambda row: row.episode.answer, width=40),
        Column("Steps", "count", lambda row: row.episode.steps, width=8),
        Column("Reference steps", "count", lambda row: row.episode.reference_steps, "steps of a person", 10),
        Column("Seconds", "seconds", lambda row: row.episode.seconds, "of the whole episode", 10),
        Column("Prompt tokens", "count", lambda row: row.episode.prompt_tokens),
        Column("Completion tokens", "count", lambda row: row.episode.completion_tokens),
        Column("Model calls", "count", lambda row: row.episode.model_calls),
        Column("Error", "text", lambda row: row.episode.error, width=18),
        Column("Judge", "text", lambda row: row.episode.judge),
    ]
    rows = [EpisodeRow(run, episode) for run in report.runs for episode in run.episodes]
    return Table("Episodes", columns, rows, frozen=3)


def _ended(episode: EpisodeFigures) -> str:
    return episode.outcome.value if episode.outcome else "not run"


def _yes_no(value: bool | None) -> str | None:
    return None if value is None else "yes" if value else "no"
