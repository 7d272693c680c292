"""The sheet Speed: what a step and a request take, by model and hardware, beside published figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from evaluation.compare import Ratio
from evaluation.metrics.calls import add_up
from evaluation.report.numbers import Report, RunReport
from evaluation.report.sheets.table import Column, Table, run_column

STEP = "whole step"


@dataclass(frozen=True, slots=True)
class SpeedRow:
    """Milliseconds of one thing; measured here, or published by others."""

    source: str
    run: str
    what: str
    model: str
    hardware: str
    phone: str
    count: int | None
    mean: float
    p50: float | None = None
    p95: float | None = None
    ratio: Ratio | None = None
    success: float | None = None

    @property
    def published(self) -> bool:
        """Is it somebody else's figure?"""
        return self.source != "measured"


_OPENPHONE: Final = "published by OpenPhone's authors"
_ONE, _TWO = "1 x RTX 3090, vLLM", "2 x RTX 3090, vLLM"
PUBLISHED: Final = tuple(
    SpeedRow(_OPENPHONE, "", STEP, model, hardware, "not simulated; their 138 tasks", None, mean, success=success)
    for model, hardware, mean, success in (
        ("OpenPhone-3B", _ONE, 4170.63, 0.152),
        ("OpenPhone-3B", _TWO, 3524.25, 0.152),
        ("Qwen2.5-VL-7B", _ONE, 6289.15, 0.101),
        ("Qwen2.5-VL-7B", _TWO, 4587.79, 0.101),
        ("GLM-4.1V-9B-Thinking", _TWO, 14584.89, 0.246),
    )
)
"""Mean milliseconds per step, and success rate on the 138 tasks."""


def speed_table(report: Report) -> Table[SpeedRow]:
    """Per run: the whole step, then the requests to each model; the published figures last."""
    columns: list[Column[SpeedRow]] = [
        run_column(report.runs, lambda row: row.run or "-"),
        Column(
            "Source",
            "text",
            lambda row: row.source,
            "published: from the literature, measured on other phones and screens; for orientation only",
            32,
            shade=lambda row: "published" if row.published else None,
        ),
        Column("What", "text", lambda row: row.what, "a whole step, or one request in a role", 18),
        Column("Model", "text", lambda row: row.model, "served name", 24),
        Column("Hardware", "text", lambda row: row.hardware or None, "models.ROLE.hardware of the config", 22),
        Column("Phone", "text", lambda row: row.phone, "SIMULATED marks figures of a simulated phone", 24),
        Column("Count", "count", lambda row: row.count, "steps, or requests", 9),
        Column("Mean ms", "number", lambda row: row.mean, "", 12),
        Column("p50 ms", "number", lambda row: row.p50, "of whole steps", 12),
        Column("p95 ms", "number", lambda row: row.p95, "of whole steps", 12),
        Column(
            "Ratio",
            "number",
            lambda row: row.ratio.value if row.ratio else None,
            f"time per step over that of {report.baseline or 'the baseline'}, mean over the episodes that both drove",
            9,
        ),
        Column(
            "Ratio low",
            "number",
            lambda row: row.ratio.interval.low if row.ratio and row.ratio.interval else None,
            "of the 95% bootstrap interval, tasks resampled",
            9,
        ),
        Column(
            "Ratio high",
            "number",
            lambda row: row.ratio.interval.high if row.ratio and row.ratio.interval else None,
            "of the 95% bootstrap interval, tasks resampled",
            9,
        ),
        Column("SR", "share", lambda row: row.success, "success rate, for orientation", 9),
    ]
    rows = [row for run in report.runs for row in _of_run(run)]
    return Table("Speed", columns, [*rows, *PUBLISHED])


def _of_run(run: RunReport) -> Iterator[SpeedRow]:
    figures = run.overall
    hardware = _hardware(run)
    driven = [episode for episode in run.episodes if episode.driven]
    if figures.step.mean is not None:
        yield SpeedRow(
            "measured",
            run.name,
            STEP,
            ", ".join(dict.fromkeys(run.info.models.values())) or run.info.agent,
            ", ".join(dict.fromkeys(hardware.values())),
            run.phone,
            sum(len(episode.times.total) for episode in driven),
            figures.step.mean * 1000,
            _ms(figures.step.p50),
            _ms(figures.step.p95),
            run.against.step_time if run.against else None,
            figures.success.value,
        )
    for call in add_up(call for episode in driven for call in episode.calls):
        yield SpeedRow(
            "measured",
            run.name,
            f"{call.role} request",
            call.model,
            hardware.get(call.model, ""),
            run.phone,
            call.calls,
            call.seconds / call.calls * 1000,
        )


def _hardware(run: RunReport) -> dict[str, str]:
    """Served name to the note about its hardware."""
    models = run.info.config.get("models")
    known = models.values() if isinstance(models, dict) else ()
    return {
        str(model.get("name")): str(model["hardware"])
        for model in known
        if isinstance(model, dict) and model.get("hardware")
    }


def _ms(seconds: float | None) -> float | None:
    return None if seconds is None else seconds * 1000
