"""The columns of a group of episodes, which runs and apps share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from evaluation.metrics import Figures, Rate, meaning
from evaluation.report.sheets.table import Cell, Column, Row


def figure_columns(of: Callable[[Row], Figures]) -> list[Column[Row]]:
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
