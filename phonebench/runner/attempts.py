"""The episode boundary: tries an episode until it is done, and says what every error amounts to."""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from phonebench.agent import Driver, agent_for
from phonebench.config import RunConfig
from phonebench.model import Chat
from phonebench.runner.episode import Episode, Progress, agents_own_code
from phonebench.runner.events import CancelledError, Ended, Listener
from phonebench.runner.instruction import instruction_for
from phonebench.runner.person import Nobody, Person
from phonebench.schema.episode import DeviceInfo, EpisodeInfo, EpisodeResult, ErrorInfo, Outcome, StepRecord
from phonebench.schema.errors import AgentError, BenchError, InfraError, UserError
from phonebench.schema.protocols import EpisodeReader, PhoneProvider
from phonebench.schema.task import Task
from phonebench.schema.verdict import Verdict
from phonebench.trace import Episode as RecordedEpisode
from phonebench.trace import EpisodeKey, EpisodeWriter, RunWriter

log = logging.getLogger(__name__)

Score = Callable[[Task, EpisodeReader], Verdict]
"""Judges a recorded episode; an unanswerable one is unscored. Raises ConfigError only."""
ChatFor = Callable[[str, EpisodeKey, int], Chat]
"""Makes a client: key in `models`, episode, seed."""


@dataclass(frozen=True, slots=True)
class Context:
    """What all episodes of a run share."""

    config: RunConfig
    run: str
    agent: str
    writer: RunWriter
    provider: PhoneProvider
    listener: Listener
    chat_for: ChatFor
    stop: threading.Event
    score: Score | None = None
    person: Person = field(default_factory=Nobody)
    driver: Driver | None = None


def run_episode(context: Context, task: Task, key: EpisodeKey) -> Ended:
    """Try until the episode is done: what the machinery spoils is tried again, `retries` times at most.

    Raises UserError, which ends the run, and CancelledError.
    """
    writer = context.writer.episode(key)
    tries = 0
    while True:
        result = _try(context, task, key, writer)
        tries += 1
        if result.outcome is not Outcome.INFRA_ERROR or tries > context.config.retries:
            break
        writer.retire(result)
        context.listener.episode_retried(key, result)
    result = result.model_copy(update={"retries": writer.retries})
    writer.finish(result)
    return Ended(key, result, _judged(context, task, writer))


def episode_seed(seed: int, key: EpisodeKey) -> int:
    """A seed of its own for each episode, whatever the order in which they run."""
    return int.from_bytes(hashlib.sha256(f"{seed}/{key}".encode()).digest()[:4], "big") >> 1


def _try(context: Context, task: Task, key: EpisodeKey, writer: EpisodeWriter) -> EpisodeResult:
    episode = Episode(
        task,
        context.config,
        writer,
        name=str(key),
        person=context.person,
        on_step=lambda step: _tell(context.listener, key, step),
        stopped=context.stop.is_set,
    )
    progress = episode.progress
    try:
        _play(context, task, key, writer, episode)
    except (UserError, CancelledError):
        writer.close()
        raise
    except InfraError as error:
        progress.outcome, progress.error = Outcome.INFRA_ERROR, error
    except AgentError as error:
        progress.outcome, progress.error = Outcome.AGENT_ERROR, error
    except Exception as error:
        # Our side of the episode boundary: a bug of ours costs one episode, never the run, and nobody's score.
        log.exception("%s broke", key)
        progress.outcome, progress.error = Outcome.INFRA_ERROR, error
    if progress.outcome is Outcome.INFRA_ERROR and context.stop.is_set():
        writer.close()
        raise CancelledError
    if progress.error is not None:
        log.warning("%s %s at step %d: %s", key, progress.outcome, progress.steps, _message(progress.error))
    if not writer.started:  # no phone could be had: the reader still wants to know what was asked
        kind = context.config.phone.kind
        writer.start(_info(context, task, key, DeviceInfo(serial="", kind=kind, simulated=kind == "sim")))
    return _result(key, progress)


def _play(context: Context, task: Task, key: EpisodeKey, writer: EpisodeWriter, episode: Episode) -> None:
    seed = episode_seed(context.config.seed, key)
    listener = context.listener
    with (
        context.provider.lease() as phone,
        agent_for(
            context.config,
            seed,
            lambda model: context.chat_for(model, key, seed),
            driver=context.driver,
            stopped=context.stop.is_set,
        ) as agent,
    ):
        if context.stop.is_set():
            raise CancelledError
        listener.episode_started(key, phone.info.serial)
        info = _info(context, task, key, phone.info)
        writer.start(info)
        with agents_own_code():
            agent.start(task, info.instruction, phone.info)
        episode.play(phone, agent)


def _tell(listener: Listener, key: EpisodeKey, step: StepRecord) -> None:
    """What a run's listener hears of a recorded step."""
    listener.step_taken(key, step.index, step.action)
    for event in step.safety:
        listener.safety_spoke(key, step.index, event)


def _judged(context: Context, task: Task, writer: EpisodeWriter) -> Verdict | None:
    if context.score is None:
        return None
    recorded = RecordedEpisode(writer.folder)
    verdict = context.score(task, recorded)
    recorded.write_verdict(verdict)
    return verdict


def _info(context: Context, task: Task, key: EpisodeKey, device: DeviceInfo) -> EpisodeInfo:
    return EpisodeInfo(
        run=context.run,
        task_id=task.id,
        attempt=key.attempt,
        app=task.app,
        package=task.package,
        kind=task.kind,
        instruction=instruction_for(task, context.config.prompt),
        reference_steps=task.reference_steps,
        agent=context.agent,
        # simulated phones are equal: which of them was free is chance, and would make equal runs look different
        device=device.model_copy(update={"serial": "sim"}) if device.simulated else device,
        seed=episode_seed(context.config.seed, key),
        started_at=utc_now(),
    )


def _result(key: EpisodeKey, progress: Progress) -> EpisodeResult:
    error = progress.error
    return EpisodeResult(
        task_id=key.task_id,
        attempt=key.attempt,
        outcome=progress.outcome,
        answer=progress.answer,
        claimed_success=progress.claimed_success,
        steps=progress.steps,
        seconds=round(progress.seconds, 3),
        setup_seconds=round(progress.setup_s, 3),
        error=None if error is None else ErrorInfo(type=type(error).__name__, message=_message(error)),
        final_screen=progress.final_screen,
        final_ui=progress.final_ui,
        device_health=progress.health,
    )


def _message(error: Exception) -> str:
    text = str(error) if isinstance(error, BenchError) else f"{type(error).__name__}: {error}"
    return text if len(text) <= 2000 else text[:1999] + "…"


def utc_now() -> str:
    """Host time, ISO 8601, UTC, whole seconds."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
