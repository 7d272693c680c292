"""One episode: set up, then observe - decide - act - settle until somebody or something ends it."""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from phonebench.config import RunConfig
from phonebench.device import read_health
from phonebench.runner.effect import effect_of
from phonebench.runner.events import CancelledError
from phonebench.runner.person import Person
from phonebench.runner.safeguard import Safeguard
from phonebench.schema.action import Action, Finish, touches
from phonebench.schema.episode import DeviceHealth, Outcome, StepRecord, StepTimings
from phonebench.schema.errors import AgentError, BenchError, ReplyTooSlow, Stuck
from phonebench.schema.observation import Observation
from phonebench.schema.protocols import Agent, Decision, Phone
from phonebench.schema.task import Task
from phonebench.trace import EpisodeWriter

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Progress:
    """What is known of an episode at any moment, also when it breaks off."""

    outcome: Outcome = Outcome.INFRA_ERROR
    answer: str | None = None
    claimed_success: bool | None = None
    steps: int = 0
    setup_s: float = 0.0
    seconds: float = 0.0
    error: Exception | None = None
    final_screen: str | None = None
    final_ui: str | None = None
    health: DeviceHealth | None = None


@contextlib.contextmanager
def agents_own_code() -> Iterator[None]:
    """The agent's side of the episode boundary: a plugged-in agent may raise anything, and it is never our failure."""
    try:
        yield
    except BenchError:
        raise
    except Exception as error:
        log.exception("the agent broke")
        raise AgentError(f"the agent broke: {type(error).__name__}: {error}") from error


class Episode:
    """Plays one task on one phone; `progress` is readable even after an exception left `play`."""

    def __init__(
        self,
        task: Task,
        config: RunConfig,
        writer: EpisodeWriter,
        *,
        name: str,
        person: Person,
        on_step: Callable[[StepRecord], None],
        stopped: Callable[[], bool],
    ) -> None:
        self.progress = Progress()
        self._task = task
        self._config = config
        self._limits = config.limits
        self._writer = writer
        self._stopped = stopped
        self._decider = config.agent.first_decider if config.agent.model_keys else "script"
        self._timed = config.agent.policy != "human"  # a person may think as long as `idle_timeout_s` lets them
        self._began = 0.0
        self._repeats: list[Action] = []
        self._unchanged = 0
        self._safeguard = Safeguard(config, task, person, name=name, stopped=stopped)
        self._on_step = on_step

    def play(self, phone: Phone, agent: Agent) -> None:
        """Run to the end; raises InfraError when the machinery fails, CancelledError when the run is stopped."""
        progress = self.progress
        started = time.monotonic()
        seen = self._set_up(phone)
        if (health := read_health(phone)) is not None:
            progress.health = DeviceHealth(start=health)
        self._began = time.monotonic()
        progress.setup_s = self._began - started
        try:
            self._loop(phone, agent, seen)
        except AgentError as error:
            progress.outcome = Outcome.TIME_LIMIT if isinstance(error, ReplyTooSlow) else Outcome.AGENT_ERROR
            progress.error = error
        finally:
            progress.seconds = self._elapsed()
        if progress.health is not None:
            progress.health = progress.health.model_copy(update={"end": read_health(phone)})
        self._writer.state_after(phone.state())
        self._writer.probes({probe.name: phone.shell(probe.shell)[1] for probe in self._task.probes})

    def _set_up(self, phone: Phone) -> Observation:
        phone.reset(self._task.setup, package=self._task.package)
        if self._config.phone.start == "in_app":
            phone.open_app(self._task.package)
        else:
            phone.go_home()
        seen = phone.settle()
        self._writer.state_before(phone.state())
        return seen

    def _loop(self, phone: Phone, agent: Agent, seen: Observation) -> None:
        outcome: Outcome | None = None
        for index in range(self._limits.max_steps):
            if self._stopped():
                raise CancelledError
            seen, outcome = self._step(index, phone, agent, seen)
            if outcome is not None:
                break
        self.progress.outcome = outcome or Outcome.STEP_LIMIT

    def _step(self, index: int, phone: Phone, agent: Agent, seen: Observation) -> tuple[Observation, Outcome | None]:
        """One decision carried out and recorded: what is seen then, and the outcome if it was the last step."""
        record = self._shown(index, seen)
        clock = _Clock(observe_s=seen.took_s)
        asked = False
        try:
            safe = self._safeguard.look(phone, seen)
            if safe.png is not seen.png:  # brought back from an app that may not be used
                record = self._shown(index, safe)
            clock.skip()
            asked = True
            record, action = self._decide(agent, safe, record)
            clock.lap("model_s")
            after = self._act(phone, action, safe, clock)
        except BenchError as error:
            if record.action is None:
                clock.lap("model_s")
                record = self._with_attempt(record, agent, asked=asked)
            self._record(record, error=str(error), timings=clock.timings())
            raise
        effect = effect_of(action, safe, after) if after is not None else "none"
        outcome = self._over(index, action, effect)
        last = outcome is not None and after is not None
        self._record(
            record,
            effect=effect,
            screen_after=self._show(index + 1, after)[0] if last and after is not None else None,
            timings=clock.timings(),
        )
        return after or safe, outcome

    def _shown(self, index: int, seen: Observation) -> StepRecord:
        """The beginning of a step's record: the screen that the agent gets to see."""
        screen, ui = self._show(index, seen)
        return StepRecord(
            index=index,
            screen=screen,
            ui=ui,
            package=seen.package,
            activity=seen.activity,
            device_time=seen.device_time,
            width=seen.width,
            height=seen.height,
            keyboard_shown=seen.keyboard_shown,
        )

    def _decide(self, agent: Agent, seen: Observation, record: StepRecord) -> tuple[StepRecord, Action]:
        """The decision, laid down in the record; what is no decision is the agent's own fault."""
        with agents_own_code():
            return self._laid_down(record, agent.decide(seen))

    def _laid_down(self, record: StepRecord, decision: Decision) -> tuple[StepRecord, Action]:
        known = record.model_dump() | {
            "prompt": self._writer.prompt(record.index, decision.prompt),
            "decided_by": decision.decided_by,
            "thought": decision.thought,
            "reply": decision.reply,
            "action": decision.action,
            "calls": decision.calls,
            "extra": dict(decision.extra),
        }
        return StepRecord.model_validate(known), decision.action

    def _act(self, phone: Phone, action: Action, seen: Observation, clock: _Clock) -> Observation | None:
        """What is seen after the action; None when nothing was done to the phone."""
        cleared = self._safeguard.clear(action, seen)
        clock.skip()  # waiting for a person is nobody's time
        if cleared.act is not None and touches(cleared.act):
            phone.perform(cleared.act)
            clock.lap("act_s")
        elif not cleared.look:
            return None
        after = phone.settle()
        clock.lap("settle_s", less=after.took_s)
        return after

    def _over(self, index: int, action: Action, effect: str) -> Outcome | None:
        """Why this step is the last one; None when it is not."""
        if isinstance(action, Finish):
            self.progress.answer = action.answer
            self.progress.claimed_success = action.success
            return Outcome.FINISHED
        if self._timed and self._elapsed() > self._limits.episode_timeout_s:
            return Outcome.TIME_LIMIT
        self.progress.error = self._stuck(action, effect)
        if self.progress.error is not None:
            return Outcome.STEP_LIMIT
        return Outcome.STEP_LIMIT if index + 1 == self._limits.max_steps else None

    def _stuck(self, action: Action, effect: str) -> Stuck | None:
        """Does the agent run in circles, by the limits of the config?"""
        self._repeats = [*self._repeats, action] if self._repeats[-1:] == [action] else [action]
        if effect != "none":
            self._unchanged = self._unchanged + 1 if effect == "unchanged" else 0
        for count, limit, what in (
            (len(self._repeats), self._limits.repeat_limit, "the same action {} times in a row"),
            (self._unchanged, self._limits.unchanged_limit, "{} actions in a row that changed nothing"),
        ):
            if limit is not None and count >= limit:
                return Stuck(what.format(count))
        return None

    def _elapsed(self) -> float:
        """Seconds since the first screen, waiting for persons aside."""
        return time.monotonic() - self._began - self._safeguard.waited_s

    def _show(self, index: int, seen: Observation) -> tuple[str | None, str | None]:
        screen, ui = self._writer.observation(index, seen)
        self.progress.final_screen, self.progress.final_ui = screen, ui
        return screen, ui

    def _with_attempt(self, record: StepRecord, agent: Agent, *, asked: bool) -> StepRecord:
        """Whose step it was, and what an agent that was asked and raised had sent and received."""
        record = record.model_copy(update={"decided_by": getattr(agent, "last_decided_by", self._decider)})
        if not asked:
            return record
        return record.model_copy(
            update={
                "prompt": self._writer.prompt(record.index, agent.last_prompt),
                "reply": agent.last_reply,
                "calls": agent.last_calls,
                "extra": dict(getattr(agent, "last_extra", {})),
            }
        )

    def _record(self, record: StepRecord, **more: object) -> None:
        step = record.model_copy(update={"safety": self._safeguard.events(), **more})
        self._writer.step(step)
        self.progress.steps += 1
        self._on_step(step)


class _Clock:
    """Splits the time of a step."""

    def __init__(self, observe_s: float) -> None:
        self._parts = {"observe_s": observe_s}
        self._last = time.monotonic()

    def lap(self, name: str, *, less: float = 0.0) -> None:
        """The time since the last lap belongs to `name`; `less` of it to the observation of the next step."""
        now = time.monotonic()
        self._parts[name] = max(0.0, now - self._last - less)
        self._last = now

    def skip(self) -> None:
        """The time since the last lap belongs to nothing that is measured."""
        self._last = time.monotonic()

    def timings(self) -> StepTimings:
        """The parts and their sum, to a tenth of a millisecond."""
        parts = {name: round(seconds, 4) for name, seconds in self._parts.items()}
        return StepTimings(**parts, total_s=round(sum(parts.values()), 4))
