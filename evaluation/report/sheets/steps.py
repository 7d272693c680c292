"""The sheet Steps: one row per step, read from the traces while it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from evaluation.metrics import EpisodeFigures
from evaluation.report.numbers import Report, RunReport
from evaluation.report.sheets.pages import Pages, link_columns
from evaluation.report.sheets.table import Column, Table, phone_column, run_column
from phonebench.schema.episode import StepRecord

LONGEST_TEXT = 1000
"""Characters of a model's words in the sheet Steps; the trace has them whole."""


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of one episode of one run."""

    run: RunReport
    episode: EpisodeFigures
    step: StepRecord
    pages: Pages | None = None

    @property
    def page(self) -> str | None:
        """Address of the step's page."""
        return None if self.pages is None else self.pages.address(self.run, self.episode, self.step.index)


Steps = Callable[[RunReport, EpisodeFigures], Iterable[StepRecord]]
"""Reads the steps of an episode again, when the sheet Steps is written."""


def step_table(report: Report, steps: Steps, *, pages: Pages | None = None) -> Table[StepRow]:
    """One row per step, read from the traces while it is written; with links to their `pages`."""
    columns: list[Column[StepRow]] = [
        run_column(report.runs, lambda row: row.run.name, wrap=False),
        Column("Task", "text", lambda row: row.episode.task_id, width=14),
        Column("Attempt", "count", lambda row: row.episode.attempt, width=9),
        Column("Step", "count", lambda row: row.step.index + 1, width=7),
        *link_columns(pages, lambda row: row.page),
        Column("Action", "text", lambda row: row.step.action.type if row.step.action else None, width=12),
        Column("Details", "text", lambda row: _details(row.step), "the action's arguments; pixels", 36),
        Column("Effect", "text", lambda row: row.step.effect, "did the screen change after it?", 11),
        Column("Decided by", "text", lambda row: row.step.decided_by, width=11),
        Column(
            "Asked",
            "text",
            lambda row: ", ".join(call.role for call in row.step.calls),
            "requests to models, by role",
            16,
        ),
        Column("Safety", "text", lambda row: _safety(row.step), "rules that spoke up, and what was done", 24),
        phone_column(lambda row: row.run),
        Column("Package", "text", lambda row: row.step.package, "in front before the step", 30),
        Column("Thought", "text", lambda row: row.step.thought[:LONGEST_TEXT], width=50),
        Column("Reply", "text", lambda row: row.step.reply[:LONGEST_TEXT], width=50),
        Column("Error", "text", lambda row: row.step.error, width=24),
        Column("Step s", "seconds", lambda row: row.step.timings.total_s, width=9),
        Column("Observe s", "seconds", lambda row: row.step.timings.observe_s, width=10),
        Column("Model s", "seconds", lambda row: row.step.timings.model_s, width=9),
        Column("TTFT s", "seconds", lambda row: _ttft(row.step), "of the step's first streamed call", 9),
        Column("Act s", "seconds", lambda row: row.step.timings.act_s, width=9),
        Column("Settle s", "seconds", lambda row: row.step.timings.settle_s, width=9),
        Column("Prompt tokens", "count", lambda row: sum(call.usage.prompt_tokens for call in row.step.calls)),
        Column("Completion tokens", "count", lambda row: sum(call.usage.completion_tokens for call in row.step.calls)),
        Column("Screenshot", "text", lambda row: _path(row), "file in the logs", 40),
    ]
    rows = (
        StepRow(run, episode, step, pages)
        for run in report.runs
        for episode in run.episodes
        if episode.outcome is not None
        for step in steps(run, episode)
    )
    return Table("Steps", columns, rows, frozen=4, pages_wide=3)


def _details(step: StepRecord) -> str | None:
    return step.action.model_dump_json(exclude={"type"}, exclude_none=True) if step.action else None


def _safety(step: StepRecord) -> str | None:
    return ", ".join(f"{event.rule}: {event.done} by {event.by}" for event in step.safety) or None


def _ttft(step: StepRecord) -> float | None:
    return next((call.ttft_s for call in step.calls if call.ttft_s is not None), None)


def _path(row: StepRow) -> str | None:
    return f"{row.episode.task_id}.{row.episode.attempt}/{row.step.screen}" if row.step.screen else None
