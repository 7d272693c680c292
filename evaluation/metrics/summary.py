"""Many episodes in figures. SR, Sub-SR, RRR and ROR are AndroidLab's metrics, with the denominators spelled out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, get_type_hints

from evaluation.metrics.attempts import AttemptFigures, attempt_figures
from evaluation.metrics.calls import Cost, cost_of
from evaluation.metrics.episode import EpisodeFigures, StepTimes
from evaluation.metrics.health import HealthFigures, sum_up
from evaluation.metrics.rates import Latency, Rate, counted_rate, episode_rate, grouped, latency
from evaluation.metrics.work import Work, work_of
from evaluation.statistics import Interval, clustered
from phonebench.config import PriceConfig

FEW_TASKS = 20
"""Below so many tasks a rate says little."""


@dataclass(frozen=True, slots=True)
class Figures:
    """A group of episodes summed up: a run, or one app of a run.

    "Scored" are episodes with a verdict of pass or fail; "driven" those that the machinery did not lose and nobody
    stopped. Unscored episodes leave the success rate and stay in the coverage. `meaning(name)` tells what a field is.
    """

    coverage: Annotated[Rate, "scored episodes / all episodes that the run asks for"]
    tasks: Annotated[int, "tasks with a scored episode"]
    success: Annotated[Rate, "passed episodes / scored episodes"]
    success_by_app: Annotated[
        Interval | None, "95% interval of the success rate with apps as the units: tasks of one app are alike"
    ]
    attempts: Annotated[AttemptFigures | None, "what several attempts per task show; None for one"]
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
    cost: Annotated[Cost, "tokens times the config's prices, over driven episodes; empty where a model has no price"]
    work: Annotated[Work, "who decided and what the cloud was asked, over driven episodes"]
    work_passed: Annotated[Work, "who decided and what the cloud was asked, over passed episodes"]
    health: Annotated[HealthFigures, "battery and heat of real phones, over driven episodes"]
    retries: Annotated[int, "attempts lost to the machinery and repeated"]
    outcomes: Annotated[tuple[tuple[str, int], ...], "how episodes ended, most frequent first"]
    errors: Annotated[tuple[tuple[str, int], ...], "errors that ended episodes, by class, most frequent first"]


def meaning(name: str) -> str:
    """What a field of Figures counts, with its denominator; raises KeyError."""
    return str(get_type_hints(Figures, include_extras=True)[name].__metadata__[0])


def summarise(episodes: Sequence[EpisodeFigures], prices: Mapping[str, PriceConfig] | None = None) -> Figures:
    """Sum up a group of episodes; `prices` go by model name."""
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
        tasks=len({episode.task_id for episode in scored}),
        success=episode_rate(scored, lambda e: e.passed),
        success_by_app=clustered(grouped(scored, lambda e: (int(e.passed), 1), lambda e: e.app)),
        attempts=attempt_figures(episodes),
        sub_goals=counted_rate(scored, lambda e: (e.goals_passed, e.goals)),
        redundancy=_mean([e.reference_steps / e.steps for e in passed if e.steps]),
        reasonable=counted_rate(scored, lambda e: (e.changing_steps, e.touching_steps)),
        clean=episode_rate(seen, lambda e: e.passed and e.side_effects == 0),
        side_effects=sum(e.side_effects or 0 for e in seen) if seen else None,
        false_completions=episode_rate(claimed, lambda e: not e.passed),
        mean_steps=_mean([float(e.steps) for e in scored]),
        step=latency(times.total),
        observe=latency(times.observe),
        model=latency(times.model),
        ttft=latency(times.ttft),
        act=latency(times.act),
        settle=latency(times.settle),
        prompt_tokens=sum(e.prompt_tokens for e in driven),
        completion_tokens=completion_tokens,
        tokens_per_second=completion_tokens / call_seconds if call_seconds > 0 else None,
        model_calls=sum(e.model_calls for e in driven),
        cloud=counted_rate(driven, lambda e: (e.cloud_steps, len(e.times.total))),
        cost=cost_of((call for episode in driven for call in episode.calls), prices or {}),
        work=work_of(driven),
        work_passed=work_of(passed),
        health=sum_up(episode.health for episode in driven),
        retries=sum(e.retries for e in episodes),
        outcomes=_histogram(e.outcome.value if e.outcome else "not run" for e in episodes),
        errors=_histogram(e.error for e in episodes if e.error),
    )


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _histogram(names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(names).items(), key=lambda entry: (-entry[1], entry[0])))
