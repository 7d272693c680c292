"""What the sheets hold: columns with their meaning, and where each value comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from evaluation.metrics import EpisodeFigures, Figures, Rate, meaning
from evaluation.report.numbers import Report, RunReport
from phonebench.schema.episode import StepRecord

Row = TypeVar("Row")
Cell = str | int | float | None
Format = Literal["text", "count", "share", "number", "seconds", "verdict"]

LONGEST_TEXT = 1000
"""Characters of a model's words in the sheet Steps; the trace has them whole."""


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


@dataclass(frozen=True, slots=True)
class AppRow:
    """One app of one run."""

    run: RunReport
    app: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class EpisodeRow:
    """One episode of one run."""

    run: RunReport
    episode: EpisodeFigures


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of one episode of one run."""

    run: RunReport
    episode: EpisodeFigures
    step: StepRecord


Steps = Callable[[RunReport, EpisodeFigures], Iterable[StepRecord]]
"""Reads the steps of an episode again, when the sheet Steps is written."""


def summary_table(report: Report) -> Table[RunReport]:
    """One row per run."""
    columns: list[Column[RunReport]] = [
        Column("Run", "text", lambda run: run.name, width=22),
        _phone(lambda run: run),
        Column("Agent", "text", lambda run: run.info.agent, "policy and dialect, or the reference agent", 20),
        Column("Models", "text", lambda run: _pairs(run.info.models), "role: served name", 24),
        Column("Judge", "text", lambda run: ", ".join(run.judges), "who gave the verdicts", 12),
        *_figures(lambda run: run.overall),
        Column("Lost and retried", "count", lambda run: run.overall.retries, meaning("retries")),
        Column("Ended", "text", lambda run: _counts(run.overall.outcomes), meaning("outcomes"), 30),
        Column("Errors", "text", lambda run: _counts(run.overall.errors), meaning("errors"), 24),
    ]
    return Table("Summary", columns, report.runs)


def app_table(report: Report) -> Table[AppRow]:
    """One row per run and app."""
    columns: list[Column[AppRow]] = [
        Column("Run", "text", lambda row: row.run.name, width=22),
        Column("App", "text", lambda row: row.app),
        _phone(lambda row: row.run),
        *_figures(lambda row: row.figures),
    ]
    rows = [AppRow(run, app, figures) for run in report.runs for app, figures in run.apps]
    return Table("By app", columns, rows, frozen=2)


def task_table(report: Report) -> Table[EpisodeRow]:
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
        _phone(lambda row: row.run),
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
    return Table("Tasks", columns, rows, frozen=3)


def step_table(report: Report, steps: Steps) -> Table[StepRow]:
    """One row per step, read from the traces while it is written."""
    columns: list[Column[StepRow]] = [
        Column("Run", "text", lambda row: row.run.name, width=22),
        Column("Task", "text", lambda row: row.episode.task_id, width=14),
        Column("Attempt", "count", lambda row: row.episode.attempt, width=9),
        Column("Step", "count", lambda row: row.step.index + 1, width=7),
        Column("Action", "text", lambda row: row.step.action.type if row.step.action else None, width=12),
        Column("Details", "text", lambda row: _details(row.step), "the action's arguments; pixels", 36),
        Column("Effect", "text", lambda row: row.step.effect, "did the screen change after it?", 11),
        Column("Decided by", "text", lambda row: row.step.decided_by, width=11),
        _phone(lambda row: row.run),
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
        StepRow(run, episode, step)
        for run in report.runs
        for episode in run.episodes
        if episode.outcome is not None
        for step in steps(run, episode)
    )
    return Table("Steps", columns, rows, frozen=4)


def pair_table(report: Report) -> Table[Any]:
    """One row per pair of runs."""
    columns: list[Column[Any]] = [
        Column("Run", "text", lambda pair: pair.first, width=22),
        Column("Against", "text", lambda pair: pair.second, width=22),
        Column("Pairs", "count", lambda pair: pair.pairs, "same task and attempt, scored in both"),
        Column("Wins", "count", lambda pair: pair.wins, "passed where the other failed"),
        Column("Losses", "count", lambda pair: pair.losses),
        Column("Ties", "count", lambda pair: pair.ties),
        Column("Difference", "share", lambda pair: pair.difference, "of the success rates, on the pairs"),
    ]
    return Table("Compare", columns, report.pairs, frozen=2)


def about_rows(report: Report, tables: Sequence[Table[Any]]) -> Iterator[tuple[str, str, Cell]]:
    """(subject, item, text) of the sheet About: what each run was, then what each column means."""
    for run in report.runs:
        info, lock = run.info, run.lock
        yield run.name, "Phone", run.phone
        yield run.name, "Device kind", info.device_kind
        yield run.name, "Suite", f"{info.suite}: {len(info.task_ids)} tasks, {info.attempts} attempt(s) each"
        yield run.name, "Agent", info.agent
        yield run.name, "Models", _pairs(info.models)
        yield run.name, "Judges", ", ".join(run.judges)
        yield run.name, "Started", info.created_at
        yield run.name, "Trace", run.folder
        yield run.name, "Config digest", lock.config
        yield run.name, "Tasks digest", lock.tasks
        yield run.name, "Prompts digest", lock.prompts
        yield run.name, "Versions", _pairs(lock.versions)
        for warning in run.warnings:
            yield run.name, "WARNING", warning
    yield "Rates", "Intervals", "95% Wilson score intervals; each episode counts as one independent trial"
    yield "Rates", "Unscored", "episodes lost to the machinery or to the judge: never failures, always in the coverage"
    for table in tables:
        for column in table.columns:
            if column.meaning:
                yield f"Sheet {table.title}", column.title, column.meaning


def _figures(of: Callable[[Row], Figures]) -> list[Column[Row]]:
    """The columns that runs and apps share."""

    def count(title: str, value: Callable[[Figures], Cell], means: str, width: int = 12) -> Column[Row]:
        return Column(title, "count", lambda row: value(of(row)), means, width)

    def share(title: str, name: str) -> Column[Row]:
        return Column(title, "share", lambda row: _rate(of(row), name).value, meaning(name), 12)

    def rate(title: str, name: str) -> list[Column[Row]]:
        return [
            share(title, name),
            Column(f"{title} low", "share", lambda row: _bound(_rate(of(row), name), "low"), "of the 95% interval", 10),
            Column(
                f"{title} high", "share", lambda row: _bound(_rate(of(row), name), "high"), "of the 95% interval", 10
            ),
        ]

    def latency(title: str, name: str) -> list[Column[Row]]:
        return [
            Column(f"{title} p{share} s", "seconds", _quantile(of, name, share), meaning(name), 12)
            for share in ("50", "95")
        ]

    return [
        count("Episodes", lambda f: f.coverage.of, "asked for: tasks times attempts", 10),
        count("Scored", lambda f: f.coverage.hits, "with a verdict of pass or fail", 10),
        share("Coverage", "coverage"),
        count("Passed", lambda f: f.success.hits, "with the verdict pass", 10),
        *rate("SR", "success"),
        share("Sub-SR", "sub_goals"),
        Column("RRR", "share", lambda row: of(row).redundancy, meaning("redundancy")),
        share("ROR", "reasonable"),
        *rate("Clean SR", "clean"),
        count("Side effects", lambda f: f.side_effects, meaning("side_effects")),
        count("False completions", lambda f: f.false_completions.hits, "failed, but claimed done"),
        share("False share", "false_completions"),
        Column("Steps", "number", lambda row: of(row).mean_steps, meaning("mean_steps"), 9),
        *latency("Step", "step"),
        *latency("Observe", "observe"),
        *latency("Model", "model"),
        *latency("TTFT", "ttft"),
        *latency("Act", "act"),
        *latency("Settle", "settle"),
        Column("Tokens/s", "number", lambda row: of(row).tokens_per_second, meaning("tokens_per_second")),
        count("Prompt tokens", lambda f: f.prompt_tokens, meaning("prompt_tokens")),
        count("Completion tokens", lambda f: f.completion_tokens, meaning("completion_tokens")),
        count("Model calls", lambda f: f.model_calls, meaning("model_calls")),
        share("Cloud share", "cloud"),
    ]


def _quantile(of: Callable[[Row], Figures], name: str, share: str) -> Callable[[Row], Cell]:
    def value(row: Row) -> Cell:
        seconds: float | None = getattr(getattr(of(row), name), f"p{share}")
        return seconds

    return value


def _rate(figures: Figures, name: str) -> Rate:
    rate: Rate = getattr(figures, name)
    return rate


def _bound(rate: Rate, end: Literal["low", "high"]) -> float | None:
    interval = rate.interval
    if interval is None:
        return None
    return interval.low if end == "low" else interval.high


def _phone(run: Callable[[Row], RunReport]) -> Column[Row]:
    return Column("Phone", "text", lambda row: run(row).phone, "SIMULATED marks figures of a simulated phone", 22)


def _pairs(values: Any) -> str:
    return ", ".join(f"{key}: {value}" for key, value in sorted(values.items()))


def _counts(histogram: Sequence[tuple[str, int]]) -> str:
    return ", ".join(f"{name} {count}" for name, count in histogram)


def _ended(episode: EpisodeFigures) -> str:
    return episode.outcome.value if episode.outcome else "not run"


def _yes_no(value: bool | None) -> str | None:
    return None if value is None else "yes" if value else "no"


def _details(step: StepRecord) -> str | None:
    return step.action.model_dump_json(exclude={"type"}, exclude_none=True) if step.action else None


def _ttft(step: StepRecord) -> float | None:
    return next((call.ttft_s for call in step.calls if call.ttft_s is not None), None)


def _path(row: StepRow) -> str | None:
    return f"{row.episode.task_id}.{row.episode.attempt}/{row.step.screen}" if row.step.screen else None
