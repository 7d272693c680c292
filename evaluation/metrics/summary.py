"""Many episodes in figures. SR, Sub-SR, RRR and ROR are AndroidLab's metrics, with the denominators spelled out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evaluation.metrics.episode import EpisodeFigures, StepTimes
from evaluation.statistics import Interval, quantile, wilson


@dataclass(frozen=True, slots=True)
class Rate:
    """A share with its counts."""

    hits: int
    of: int

    @property
    def value(self) -> float | None:
        """hits / of; None without a denominator."""
        return self.hits / self.of if self.of else None

    @property
    def interval(self) -> Interval | None:
        """95% Wilson interval, each of the `of` taken as one independent trial."""
        return wilson(self.hits, self.of)


@dataclass(frozen=True, slots=True)
class Latency:
    """Median and 95th percentile in seconds; None without samples."""

    p50: float | None
    p95: float | None


@dataclass(frozen=True, slots=True)
class Figures:
    """A group of episodes summed up: a run, or one app of a run.

    "Scored" are episodes with a verdict of pass or fail; "driven" those that the machinery did not lose and nobody
    stopped. Unscored episodes leave the success rate and stay in the coverage.
    """

    coverage: Rate
    """Scored episodes / all episodes that the run asks for."""
    success: Rate
    """SR: passed episodes / scored episodes."""
    sub_goals: Rate
    """Sub-SR: sub-goals passed / sub-goals of the scored episodes; a query's answer is one of its sub-goals."""
    redundancy: float | None
    """RRR: mean over passed episodes of reference steps / agent steps (1 is as short as a person; finish included)."""
    reasonable: Rate
    """ROR: steps after which the screen changed / steps that touched the phone, over scored episodes."""
    clean: Rate
    """Clean success: passed without side effects / scored episodes whose judge sees side effects."""
    side_effects: int | None
    """Side effects in scored episodes whose judge sees them; None when none does."""
    false_completions: Rate
    """Failed episodes in which the agent claimed success / scored episodes in which it claimed success."""
    mean_steps: float | None
    """Steps per scored episode."""
    step: Latency
    """Seconds per step of driven episodes; so for the parts below."""
    observe: Latency
    model: Latency
    ttft: Latency
    """Seconds to the first token, per streamed model call."""
    act: Latency
    settle: Latency
    prompt_tokens: int
    completion_tokens: int
    tokens_per_second: float | None
    """Completion tokens / seconds of model calls, over driven episodes."""
    model_calls: int
    cloud: Rate
    """Steps decided by the cloud model / all steps, over driven episodes."""
    retries: int
    """Attempts lost to the machinery and repeated."""
    outcomes: tuple[tuple[str, int], ...]
    """How episodes ended, most frequent first; `not run` for those without a record."""
    errors: tuple[tuple[str, int], ...]
    """Errors that ended episodes, by class, most frequent first."""


def summarise(episodes: Sequence[EpisodeFigures]) -> Figures:
    """Sum up a group of episodes."""
    scored = [episode for episode in episodes if episode.scored]
    passed = [episode for episode in scored if episode.passed]
    driven = [episode for episode in episodes if episode.driven]
    seen = [episode for episode in scored if episode.side_effects is not None]
    claimed = [episode for episode in scored if episode.claimed]
    call_seconds = sum(episode.call_seconds for episode in driven)
    completion_tokens = sum(episode.completion_tokens for episode in driven)
    times = StepTimes()
    for episode in driven:
        times.extend(episode.times)
    return Figures(
        coverage=Rate(len(scored), len(episodes)),
        success=Rate(len(passed), len(scored)),
        sub_goals=Rate(sum(e.goals_passed for e in scored), sum(e.goals for e in scored)),
        redundancy=_mean([e.reference_steps / e.steps for e in passed if e.steps]),
        reasonable=Rate(sum(e.changing_steps for e in scored), sum(e.touching_steps for e in scored)),
        clean=Rate(sum(e.passed and e.side_effects == 0 for e in seen), len(seen)),
        side_effects=sum(e.side_effects or 0 for e in seen) if seen else None,
        false_completions=Rate(sum(not e.passed for e in claimed), len(claimed)),
        mean_steps=_mean([float(e.steps) for e in scored]),
        step=_latency(times.total),
        observe=_latency(times.observe),
        model=_latency(times.model),
        ttft=_latency(times.ttft),
        act=_latency(times.act),
        settle=_latency(times.settle),
        prompt_tokens=sum(e.prompt_tokens for e in driven),
        completion_tokens=completion_tokens,
        tokens_per_second=completion_tokens / call_seconds if call_seconds > 0 else None,
        model_calls=sum(e.model_calls for e in driven),
        cloud=Rate(sum(e.cloud_steps for e in driven), sum(len(e.times.total) for e in driven)),
        retries=sum(e.retries for e in episodes),
        outcomes=_histogram(e.outcome.value if e.outcome else "not run" for e in episodes),
        errors=_histogram(e.error for e in episodes if e.error),
    )


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _latency(seconds: Sequence[float]) -> Latency:
    return Latency(quantile(seconds, 0.5), quantile(seconds, 0.95))


def _histogram(names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(names).items(), key=lambda entry: (-entry[1], entry[0])))
