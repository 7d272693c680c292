"""The sheet Episodes: one row per episode."""

from __future__ import annotations

from dataclasses import dataclass

from evaluation.metrics import EpisodeFigures, Work, work_of
from evaluation.report.numbers import Report, RunReport
from evaluation.report.sheets.pages import Pages, link_columns
from evaluation.report.sheets.table import Column, Table, phone_column, run_column


@dataclass(frozen=True, slots=True)
class EpisodeRow:
    """One episode of one run."""

    run: RunReport
    episode: EpisodeFigures
    pages: Pages | None = None

    @property
    def work(self) -> Work:
        """Who did the work in it."""
        return work_of([self.episode])

    @property
    def page(self) -> str | None:
        """Address of the episode's page; None for one that was never recorded."""
        return None if self.pages is None else self.pages.address(self.run, self.episode)


def episode_table(report: Report, *, pages: Pages | None = None) -> Table[EpisodeRow]:
    """One row per episode; with links into the report's pages where there are `pages`."""
    columns: list[Column[EpisodeRow]] = [
        run_column(report.runs, lambda row: row.run.name, wrap=False),
        Column("Task", "text", lambda row: row.episode.task_id, width=14),
        Column("Attempt", "count", lambda row: row.episode.attempt, width=9),
        Column("Verdict", "verdict", lambda row: row.episode.result, "how it was judged: pass, fail, unscored", 10),
        *link_columns(pages, lambda row: row.page),
        Column("Reason", "text", lambda row: row.episode.reason, "why, in the judge's words", 50, wrap=True),
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
        Column("Device steps", "count", lambda row: row.episode.device_steps, "decided by the device model", 9),
        Column("Cloud steps", "count", lambda row: row.episode.cloud_steps, "decided by the cloud model", 9),
        Column("Controller calls", "count", lambda row: row.work.controller_calls, "requests to the controller", 10),
        Column("Cloud calls", "count", lambda row: row.work.cloud_calls, "as cloud, planner and controller", 9),
        Column("Error", "text", lambda row: row.episode.error, width=18),
        Column("Judge", "text", lambda row: row.episode.judge),
    ]
    rows = (EpisodeRow(run, episode, pages) for run in report.runs for episode in run.episodes)
    return Table("Episodes", columns, rows, frozen=3, pages_wide=3)


def _ended(episode: EpisodeFigures) -> str:
    return episode.outcome.value if episode.outcome else "not run"


def _yes_no(value: bool | None) -> str | None:
    return None if value is None else "yes" if value else "no"
