"""The columns of a group of episodes, which runs and apps share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Generic, Literal

from evaluation.metrics import AttemptFigures, Figures, Latency, Rate, Work, meaning
from evaluation.report.sheets.table import Cell, Column, Format, Row
from evaluation.statistics import Interval

INTERVAL = "of the 95% interval"


def figure_columns(of: Callable[[Row], Figures]) -> list[Column[Row]]:
    """All figures of a group, under the headings of the sheet Overview."""
    make = _Columns(of)
    groups = {
        "Success": _success(make),
        "Several attempts": _attempts(make),
        "Errors and detours": _detours(make),
        "Time": _time(make),
        "Battery and heat": _health(make),
        "Tokens and cost": _cost(make),
        "Device and cloud": _work(make),
    }
    return [replace(column, group=group) for group, columns in groups.items() for column in columns]


@dataclass(frozen=True)
class _Columns(Generic[Row]):
    """Makes columns of the figures that `of` finds in a row."""

    of: Callable[[Row], Figures]

    def one(
        self, title: str, form: Format, value: Callable[[Figures], Cell], means: str, width: int = 11
    ) -> Column[Row]:
        return Column(title, form, lambda row: value(self.of(row)), means, width)

    def named(self, title: str, form: Format, name: str) -> Column[Row]:
        """A field of Figures."""
        return self.one(title, form, lambda f: _plain(getattr(f, name)), meaning(name))

    def bounds(self, title: str, interval: Callable[[Figures], Interval | None], means: str) -> Iterator[Column[Row]]:
        def bound(end: Literal["low", "high"]) -> Column[Row]:
            return self.one(f"{title} {end}", "share", lambda f: _bound(interval(f), end), means, 9)

        yield bound("low")
        yield bound("high")

    def rate(self, title: str, name: str) -> Iterator[Column[Row]]:
        yield self.named(title, "share", name)
        yield from self.bounds(title, lambda f: _rate(f, name).interval, INTERVAL)


def _success(make: _Columns[Row]) -> Iterator[Column[Row]]:
    yield make.one("Episodes", "count", lambda f: f.coverage.of, "asked for: tasks times attempts", 10)
    yield make.one("Scored", "count", lambda f: f.coverage.hits, "with a verdict of pass or fail", 10)
    yield make.named("Coverage", "share", "coverage")
    yield make.one("Passed", "count", lambda f: f.success.hits, "with the verdict pass", 10)
    yield from make.rate("SR", "success")
    yield from make.bounds("SR by app", lambda f: f.success_by_app, meaning("success_by_app"))
    yield from make.rate("Sub-SR", "sub_goals")
    yield from make.rate("Clean SR", "clean")


def _attempts(make: _Columns[Row]) -> Iterator[Column[Row]]:
    def one(title: str, form: Format, value: Callable[[AttemptFigures], Cell], means: str) -> Column[Row]:
        return make.one(title, form, lambda f: value(f.attempts) if f.attempts else None, means)

    yield one("Attempts", "count", lambda a: a.per_task, "per task; empty for one")
    yield one("Complete tasks", "count", lambda a: a.tasks, "with all attempts scored; what pass@k and pass^k go over")
    yield one("pass@k", "share", lambda a: a.pass_at[-1] if a.pass_at else None, "at least one of all attempts passes")
    yield one("pass^k", "share", lambda a: a.pass_hat[-1] if a.pass_hat else None, "all attempts pass")
    yield one("Spread", "share", lambda a: a.spread, "standard deviation of the SR from attempt to attempt")


def _detours(make: _Columns[Row]) -> Iterator[Column[Row]]:
    yield make.named("Side effects", "count", "side_effects")
    yield make.one("False completions", "count", lambda f: f.false_completions.hits, "failed, but claimed done")
    yield from make.rate("False share", "false_completions")
    yield make.named("RRR", "share", "redundancy")
    yield make.named("ROR", "share", "reasonable")
    yield make.named("Steps", "number", "mean_steps")


def _time(make: _Columns[Row]) -> Iterator[Column[Row]]:
    for title in ("Step", "Observe", "Model", "TTFT", "Act", "Settle"):
        name = title.lower()
        for part in ("p50", "p95", "mean") if title == "Step" else ("p50", "p95"):
            yield make.one(f"{title} {part} s", "seconds", _latency(name, part), meaning(name), 9)
    yield make.named("Tokens/s", "number", "tokens_per_second")


def _health(make: _Columns[Row]) -> Iterator[Column[Row]]:
    yield make.one(
        "Battery points", "number", lambda f: f.health.battery_points, "charge used per episode, only while unplugged"
    )
    yield make.one("Warmest C", "number", lambda f: f.health.celsius, "highest temperature of the battery", 10)
    yield make.one(
        "Throttled", "text", lambda f: "yes" if f.health.throttled else None, "Android reported moderate heat or worse"
    )


def _cost(make: _Columns[Row]) -> Iterator[Column[Row]]:
    yield make.named("Model calls", "count", "model_calls")
    yield make.named("Prompt tokens", "count", "prompt_tokens")
    yield make.named("Completion tokens", "count", "completion_tokens")
    yield make.one("Cost", "money", lambda f: f.cost.total, meaning("cost"))
    yield make.one("Cost per success", "money", _per_success, "cost / passed episodes")
    yield make.one("Cloud cost", "money", lambda f: f.cost.cloud, "of cloud, planner and controller calls")
    yield make.one("No price for", "text", lambda f: ", ".join(f.cost.unpriced), "models asked that `prices` lacks", 16)


def _work(make: _Columns[Row]) -> Iterator[Column[Row]]:
    yield make.one(
        "Device share", "share", lambda f: _share(f.work, "device_steps"), "steps of the device model / steps"
    )
    yield from make.rate("Cloud share", "cloud")
    for title, name, means in (
        ("Cloud calls", "cloud_calls", "requests as cloud, planner and controller"),
        ("Cloud tokens", "cloud_tokens", "prompt and completion tokens of these requests"),
    ):
        yield make.one(title, "count", _work_sum(name), f"{means}, over driven episodes")
    for suffix, where, over in (("", "work", "driven"), (", passed", "work_passed", "passed")):
        for title, name in (
            ("Steps per task", "steps"),
            ("Device steps per task", "device_steps"),
            ("Cloud steps per task", "cloud_steps"),
            ("Controller calls per task", "controller_calls"),
        ):
            yield make.one(
                f"{title}{suffix}",
                "number",
                _per_episode(where, name),
                f"mean over {over} episodes",
            )


def _latency(name: str, part: str) -> Callable[[Figures], Cell]:
    def value(figures: Figures) -> Cell:
        found: Latency = getattr(figures, name)
        seconds: float | None = getattr(found, part)
        return seconds

    return value


def _work_sum(name: str) -> Callable[[Figures], Cell]:
    def value(figures: Figures) -> Cell:
        total: int = getattr(figures.work, name)
        return total

    return value


def _per_episode(where: str, name: str) -> Callable[[Figures], Cell]:
    def value(figures: Figures) -> Cell:
        work: Work = getattr(figures, where)
        return work.per_episode(name)

    return value


def _per_success(figures: Figures) -> float | None:
    total, passed = figures.cost.total, figures.success.hits
    return None if total is None or not passed else total / passed


def _share(work: Work, name: str) -> float | None:
    part: int = getattr(work, name)
    return part / work.steps if work.steps else None


def _rate(figures: Figures, name: str) -> Rate:
    rate: Rate = getattr(figures, name)
    return rate


def _plain(value: Any) -> Cell:
    found: Cell = value.value if isinstance(value, Rate) else value
    return found


def _bound(interval: Interval | None, end: Literal["low", "high"]) -> float | None:
    if interval is None:
        return None
    return interval.low if end == "low" else interval.high
