"""Many episodes in figures. SR, Sub-SR, RRR and ROR are AndroidLab's metrics, with the denominators spelled out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, get_type_hints

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
    stopped. Unscored episodes leave the success rate and stay in the coverage. `meaning(name)` tells what a field is.
    """

    coverage: Annotated[Rate, "scored episodes / all episodes that the run asks for"]
    success: Annotated[Rate, "passed episodes / scored episodes"]
    sub_goals: Annotated[Rate, "sub-goals passed / sub-goals of the scored episodes; a query's answer is one of them"]
    redundancy: Annotated[
        float | None,
        "mean over passed episodes of reference steps / agent steps; finish included, 1 is as short as a person",
    ]
    reasonable: Annotated[
        Rate, "steps after which the screen changed / steps that touched the phone, over scored episodes"
    ]
    clean: Annotated[Rate, "passed without side effects / scored episodes whose judge sees side effects"]
    side_effects: Annotated[int | None, "changes that the tasks do not allow, in scored episodes whose judge sees them"]
    false_completions: Annotated[Rate, "failed / scored episodes in which the agent claimed success"]
    mean_steps: Annotated[float | None, "steps per scored episode"]
    step: Annotated[Latency, "seconds per step, over driven episodes (not lost to the machinery, not cancelled)"]
    observe: Annotated[Latency, "seconds per step for reading screen and UI tree"]
    model: Annotated[Latency, "seconds per step of waiting for models"]
    ttft: Annotated[Latency, "seconds to the first token, per streamed model call"]
    act: Annotated[Latency, "seconds per step for carrying out the action"]
    settle: Annotated[Latency, "seconds per step of waiting for a stable screen"]
    prompt_tokens: Annotated[int, "as the servers counted them, over driven episodes"]
    completion_tokens: Annotated[int, "as the servers counted them, over driven episodes"]
    tokens_per_second: Annotated[float | None, "completion tokens / seconds of model calls, over driven episodes"]
    model_calls: Annotated[int, "requests to models, over driven episodes"]
    cloud: Annotated[Rate, "steps decided by the cloud model / all steps, over driven episodes"]
    retries: Annotated[int, "attempts lost to the machinery and repeated"]
    outcomes: Annotated[tuple[tuple[str, int], ...], "how episodes ended, most frequent first"]
    errors: Annotated[tuple[tuple[str, int], ...], "errors that ended episodes, by class, most frequent first"]


def meaning(name: str) -> str:
    """What a field of Figures counts, with its denominator; raises KeyError."""
    return str(get_type_hints(Figures, include_extras=True)[name].__metadata__[0])


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
        redundancy=_mean([e.reference_steps / e.steps for e in passed if e.steps and e.reference_steps]),
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
