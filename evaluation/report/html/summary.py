"""What the pages about runs show: the figures of the spreadsheet, as values and as the texts that stand for them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import combinations
from typing import Any

from evaluation.judge.calibration import CorrectedRate
from evaluation.metrics import EpisodeFigures, Figures, Rate
from evaluation.report.console import interval_text, rate_text, share_text
from evaluation.report.numbers import Report, RunReport
from evaluation.report.sheets import (
    Column,
    Table,
    about_rows,
    app_table,
    episode_table,
    pair_table,
    summary_table,
)
from evaluation.report.sheets.apps import caution
from evaluation.report.sheets.table import text_of
from evaluation.statistics import percent

Json = dict[str, Any]

EPISODE_FIELDS = (
    "key", "task", "attempt", "app", "kind", "verdict", "outcome", "reason", "goals_passed", "goals", "side_effects",
    "claimed", "answer", "steps", "reference_steps", "seconds", "error", "judge", "by", "instruction", "recorded",
)  # fmt: skip
"""Of a row of a run's list of episodes."""


def summary(report: Report) -> Json:
    """The report but its episodes."""
    tables: list[Table[Any]] = [summary_table(report), app_table(report), episode_table(report), pair_table(report)]
    figures = summary_table(report).columns
    return {
        "label": report.label,
        "simulated": any(run.info.simulated for run in report.runs),
        "runs": [_run(run, run_id, figures) for run, run_id in zip(report.runs, report.run_ids, strict=True)],
        "pairs": _pairs(report),
        "about": [
            [subject, item, "" if text is None else str(text)] for subject, item, text in about_rows(report, tables)
        ],
    }


def _run(run: RunReport, run_id: str, figures: Sequence[Column[RunReport]]) -> Json:
    info = run.info
    return {
        "id": run_id,
        "name": run.name,
        "phone": run.phone,
        "simulated": info.simulated,
        "agent": info.agent,
        "models": [[role, name] for role, name in sorted(info.models.items())],
        "judges": list(run.judges),
        "suite": info.suite,
        "started": info.created_at,
        "warnings": list(run.warnings),
        "notes": [run.calibration_note] if run.calibration_note else [],
        "rates": _rates(run.overall),
        "corrected": [_corrected(rate) for rate in run.corrected],
        "figures": _row(figures, run),
        "apps": [{"app": app, "rates": _rates(figures), "caution": caution(figures)} for app, figures in run.apps],
        "outcomes": [list(entry) for entry in run.overall.outcomes],
        "errors": [list(entry) for entry in run.overall.errors],
        "config": json.dumps(info.config, ensure_ascii=False, indent=1, sort_keys=True),
    }


def _rates(figures: Figures) -> Json:
    return {
        name: _rate(getattr(figures, name))
        for name in ("success", "coverage", "clean", "sub_goals", "false_completions", "cloud")
    }


def _rate(rate: Rate) -> Json:
    interval = rate.interval
    return {
        "value": rate.value,
        "low": None if interval is None else interval.low,
        "high": None if interval is None else interval.high,
        "text": rate_text(rate),
        "percent": share_text(rate.value),
        "interval": interval_text(rate),
        "counts": f"{rate.hits}/{rate.of}",
    }


def _corrected(rate: CorrectedRate) -> Json:
    return {
        "method": rate.method,
        "value": rate.estimate,
        "low": rate.low,
        "high": rate.high,
        "percent": percent(rate.estimate),
        "interval": f"{percent(rate.low)[:-1]}-{percent(rate.high)}",
        "note": rate.note,
    }


def _pairs(report: Report) -> list[Json]:
    columns = pair_table(report).columns
    return [
        {
            "first": first,
            "second": second,
            "counts": {"wins": pair.wins, "losses": pair.losses, "ties": pair.ties},
            "figures": _row(columns, pair),
        }
        for (first, second), pair in zip(combinations(report.run_ids, 2), report.pairs, strict=True)
    ]


def _row(columns: Sequence[Column[Any]], row: Any) -> list[list[Any]]:
    """[title, text, meaning, heading] per column."""
    return [[column.title, text_of(column, row), column.meaning, column.group] for column in columns]


def episode_row(episode: EpisodeFigures, instruction: str, by: Sequence[str], *, recorded: bool) -> list[Any]:
    """EPISODE_FIELDS of an episode; `by` tells who decided its steps."""
    return [
        f"{episode.task_id}.{episode.attempt}",
        episode.task_id,
        episode.attempt,
        episode.app,
        episode.kind,
        episode.result,
        episode.outcome.value if episode.outcome else "not run",
        episode.reason,
        episode.goals_passed,
        episode.goals,
        episode.side_effects,
        episode.claimed,
        episode.answer,
        episode.steps,
        episode.reference_steps,
        round(episode.seconds, 3),
        episode.error,
        episode.judge,
        list(by),
        instruction,
        recorded,
    ]
