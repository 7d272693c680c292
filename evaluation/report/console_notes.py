"""What the tables of the terminal leave open, in lines, and the commands that look closer."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from rich.text import Text

from evaluation.report.numbers import Report
from evaluation.report.sheets.table import counts_text
from evaluation.statistics import percent, rounded
from phonebench.schema.episode import Outcome

MOST_UNSCORED = 5
"""Unscored episodes of a run that are named."""


def notes(report: Report) -> Iterator[Text]:
    """How episodes ended, what is unscored and why, and what else to know of each run."""
    for run in report.runs:
        # A run that only finished has nothing to explain.
        if any(name != "finished" for name, _ in run.overall.outcomes):
            yield Text(f"{run.name}  ended: {counts_text(run.overall.outcomes)}")
        unscored = [episode for episode in run.episodes if not episode.scored]
        for episode in unscored[:MOST_UNSCORED]:
            reason = (episode.reason or "no reason").splitlines()[0]
            yield Text(f"{run.name}  unscored: {episode.task_id}.{episode.attempt}: {reason}")
        if len(unscored) > MOST_UNSCORED:
            yield Text(f"{run.name}  unscored: {len(unscored) - MOST_UNSCORED} more in the sheet Episodes")
        if run.overall.cost.unpriced and run.info.config.get("prices"):
            yield Text(f"{run.name}  cost: `prices` of its config lacks {', '.join(run.overall.cost.unpriced)}")
        for part in run.judging:
            if part.calls:
                cost = "" if part.cost is None else f", cost {rounded(part.cost, 4)}"
                tokens = f"{part.prompt_tokens:,} prompt and {part.completion_tokens:,} completion tokens"
                yield Text(f"{run.name}  {part.judge}: {part.calls:,} calls, {tokens}{cost}")
        for rate in run.corrected:
            bounds = f"{percent(rate.low)} to {percent(rate.high)}"
            note = f"; {rate.note}" if rate.note else ""
            yield Text(
                f"{run.name}  corrected rate, {rate.method}: {percent(rate.estimate)} (95%: {bounds}), by "
                f"{rate.n_calibration} episodes of known truth{note}"
            )
        if run.calibration_note:
            yield Text(f"{run.name}  judge: {run.calibration_note}")
        for warning in run.warnings:
            yield Text(f"{run.name}  warning: {warning}")


def next_commands(report: Report) -> Iterator[tuple[str, str]]:
    """(what for, command) of the commands that look closer or mend what can be mended."""
    for run in report.runs:
        name = shlex.quote(run.name)
        lost = sum(episode.outcome is Outcome.INFRA_ERROR for episode in run.episodes)
        missing = sum(episode.outcome is None for episode in run.episodes)
        if lost:
            yield f"run the {lost} lost again", f"python eval.py -c FILE -n {name} --redo infra_error"
        if missing:
            yield f"run the {missing} missing", f"python eval.py -c FILE -n {name}"
        others = sum(not episode.scored for episode in run.episodes) - lost - missing
        if others > 0:
            yield f"grade the {others} unscored", f"python generate_result.py -n {name} --label"
