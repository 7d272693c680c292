"""One episode in figures: everything a report needs of it, small enough to keep thousands."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from evaluation.metrics.calls import CallFigures, add_up, calls_of
from evaluation.metrics.health import HealthFigures, health_of
from evaluation.metrics.judging import JudgeFigures, judge_figures
from phonebench.schema.episode import EpisodeInfo, EpisodeResult, Outcome, StepRecord
from phonebench.schema.verdict import Verdict

SEES_SIDE_EFFECTS = frozenset({"state"})
"""Judges that compare the phone before and after; the others cannot tell a clean success."""

LONGEST_TEXT = 1000
"""Characters kept of a reason or an answer, so that an episode in figures stays small; the trace has them whole."""

Result = Literal["pass", "fail", "unscored"]


def _seconds() -> array[float]:
    return array("d")


@dataclass(frozen=True, slots=True)
class StepTimes:
    """Seconds of each step, part by part; `ttft` holds one value per streamed model call."""

    total: array[float] = field(default_factory=_seconds)
    observe: array[float] = field(default_factory=_seconds)
    model: array[float] = field(default_factory=_seconds)
    ttft: array[float] = field(default_factory=_seconds)
    act: array[float] = field(default_factory=_seconds)
    settle: array[float] = field(default_factory=_seconds)

    def add(self, step: StepRecord) -> None:
        """Take in one step."""
        timings = step.timings
        self.total.append(timings.total_s)
        self.observe.append(timings.observe_s)
        self.model.append(timings.model_s)
        self.act.append(timings.act_s)
        self.settle.append(timings.settle_s)
        self.ttft.extend(call.ttft_s for call in step.calls if call.ttft_s is not None)

    def extend(self, other: StepTimes) -> None:
        """Take in the steps of another episode."""
        for name in ("total", "observe", "model", "ttft", "act", "settle"):
            getattr(self, name).extend(getattr(other, name))


@dataclass(frozen=True, slots=True)
class EpisodeFigures:
    """One attempt at one task. `outcome` is None when the episode was never recorded."""

    task_id: str
    attempt: int
    app: str
    kind: str
    outcome: Outcome | None
    result: Result
    reason: str
    judge: str = ""
    goals_passed: int = 0
    goals: int = 0
    side_effects: int | None = None
    """Differences that the task does not allow; None when the judge cannot see them."""
    claimed: bool | None = None
    """Did the agent claim success? None when it did not finish."""
    answer: str | None = None
    steps: int = 0
    reference_steps: int = 0
    touching_steps: int = 0
    """Steps whose action touched the phone: the screen could change."""
    changing_steps: int = 0
    """Steps after which the screen had changed."""
    device_steps: int = 0
    """Steps that the device model decided, or the only model of a run."""
    cloud_steps: int = 0
    seconds: float = 0.0
    calls: tuple[CallFigures, ...] = ()
    """Requests to models, by role and model."""
    retries: int = 0
    error: str = ""
    """Class of the error that ended the episode."""
    times: StepTimes = field(default_factory=StepTimes, repr=False)
    health: HealthFigures | None = None
    """Battery and heat; None where the phone tells nothing of them."""
    judging: JudgeFigures | None = None
    """What the verdict took, and the truth if it is known besides; None where nobody judged."""

    @property
    def scored(self) -> bool:
        """Did a judge decide?"""
        return self.result != "unscored"

    @property
    def passed(self) -> bool:
        """Did it pass?"""
        return self.result == "pass"

    @property
    def prompt_tokens(self) -> int:
        """Of all requests."""
        return sum(call.prompt_tokens for call in self.calls)

    @property
    def completion_tokens(self) -> int:
        """Of all requests."""
        return sum(call.completion_tokens for call in self.calls)

    @property
    def model_calls(self) -> int:
        """Requests to models."""
        return sum(call.calls for call in self.calls)

    @property
    def call_seconds(self) -> float:
        """Seconds spent in requests to models."""
        return sum(call.seconds for call in self.calls)

    @property
    def driven(self) -> bool:
        """Was it the agent's from start to end, so that its times and tokens count?"""
        return self.outcome not in (None, Outcome.INFRA_ERROR, Outcome.CANCELLED)


def measure(
    info: EpisodeInfo,
    result: EpisodeResult,
    steps: Iterable[StepRecord],
    verdict: Verdict,
    truth: bool | None = None,
) -> EpisodeFigures:
    """Measure a recorded episode; reads its steps once. `truth` is what is known of it besides the verdict."""
    times = StepTimes()
    touching = changing = device = cloud = 0
    calls: tuple[CallFigures, ...] = ()
    for step in steps:
        times.add(step)
        touching += step.effect != "none"
        changing += step.effect == "changed"
        device += step.decided_by == "device"
        cloud += step.decided_by == "cloud"
        calls = add_up((*calls, *calls_of(step)))
    return EpisodeFigures(
        task_id=info.task_id,
        attempt=info.attempt,
        app=info.app,
        kind=info.kind,
        outcome=result.outcome,
        result=verdict.result,
        reason=verdict.reason[:LONGEST_TEXT],
        judge=verdict.judge,
        goals_passed=sum(goal.passed is True for goal in verdict.goals),
        goals=len(verdict.goals),
        side_effects=len(verdict.side_effects) if verdict.judge in SEES_SIDE_EFFECTS else None,
        claimed=result.claimed_success,
        answer=result.answer and result.answer[:LONGEST_TEXT],
        steps=result.steps,
        reference_steps=info.reference_steps,
        touching_steps=touching,
        changing_steps=changing,
        device_steps=device,
        cloud_steps=cloud,
        seconds=result.seconds,
        calls=calls,
        retries=result.retries,
        error=result.error.type if result.error else "",
        times=times,
        health=health_of(result.device_health),
        judging=judge_figures(verdict, truth),
    )


def missing(task_id: str, attempt: int, app: str, kind: str, reason: str) -> EpisodeFigures:
    """An episode that the run asks for and that is not there, or cannot be read: unscored, and counted."""
    return EpisodeFigures(task_id, attempt, app, kind, outcome=None, result="unscored", reason=reason)
