"""A whole run: what to do, what is done already, phones, threads, the summary at the end."""

from __future__ import annotations

import contextlib
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from phonebench import __version__
from phonebench.agent import Driver, check_agent, models_used, prompts_digest
from phonebench.config import PhoneConfig, RunConfig, config_digest
from phonebench.config.paths import output
from phonebench.device import require_apps
from phonebench.runner.attempts import Context, Score, run_episode, utc_now
from phonebench.runner.chats import chat_for
from phonebench.runner.events import Ended, Listener
from phonebench.runner.person import Nobody, Person
from phonebench.runner.preflight import check_endpoints
from phonebench.runner.scheduler import work_off
from phonebench.schema.authority import leading
from phonebench.schema.episode import EpisodeResult, Lock, Outcome, RunInfo
from phonebench.schema.errors import InfraError
from phonebench.schema.protocols import PhoneProvider
from phonebench.schema.task import Suite
from phonebench.schema.verdict import Verdict
from phonebench.trace import EpisodeKey, RunReader, RunWriter, run_folder

MakeProvider = Callable[[PhoneConfig], PhoneProvider]


class GaveUpError(InfraError):
    """Too many episodes in a row were lost to the machinery."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A run before it begins."""

    config: RunConfig
    suite: Suite
    name: str
    agent: str
    folder: Path

    @property
    def keys(self) -> list[EpisodeKey]:
        """All episodes, attempt by attempt, so that an early stop leaves whole rounds."""
        return [EpisodeKey(task.id, n) for n in range(1, self.config.attempts + 1) for task in self.suite.tasks]


@dataclass(slots=True)
class Summary:
    """Counts over all episodes of a run, earlier sessions included."""

    total: int
    done: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    verdicts: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)

    def add(self, result: EpisodeResult, verdict: Verdict | None) -> None:
        """Count one episode."""
        self.done += 1
        self.outcomes[result.outcome.value] += 1
        if result.error is not None:
            self.errors[result.error.type] += 1
        if verdict is not None:
            self.verdicts[verdict.result] += 1

    def as_json(self) -> dict[str, Any]:
        """For summary.json."""
        counts = {"outcomes": self.outcomes, "verdicts": self.verdicts, "errors": self.errors}
        return {"schema_version": 1, "total": self.total, "done": self.done} | {k: dict(v) for k, v in counts.items()}

    @property
    def unscored(self) -> int:
        """Episodes that no judge can score, or that a judge could not."""
        lost = self.outcomes[Outcome.INFRA_ERROR.value] + self.outcomes[Outcome.CANCELLED.value]
        return max(lost, self.verdicts["unscored"])


def make_plan(config: RunConfig, suite: Suite, name: str, logs_dir: Path | None = None) -> Plan:
    """Check what can be checked without a phone; raises ConfigError, TraceError."""
    folder = run_folder(logs_dir or output(config.logs_dir), name)
    return Plan(config, suite, name, check_agent(config), folder)


def execute(
    plan: Plan,
    make_provider: MakeProvider,
    listener: Listener,
    *,
    score: Score | None = None,
    redo: Iterable[Outcome] = (),
    person: Person | None = None,
    driver: Driver | None = None,
) -> Summary:
    """Run what is not done yet; episodes whose outcome is in `redo` are run again. `person` is whom safety rules ask;
    `driver` is where the person of policy human sits.

    Raises UserError, GaveUpError, and KeyboardInterrupt after the threads were stopped.
    """
    with RunWriter.open(plan.folder, _info(plan), _lock(plan)) as writer:
        _forget(plan, writer, set(redo))
        todo = [key for key in plan.keys if not writer.done(key)]
        try:
            if todo:
                _work(plan, todo, writer, make_provider, listener, score, person or Nobody(), driver)
            else:
                listener.run_started(len(plan.keys), len(plan.keys), 0)
        finally:
            summary = summarise(plan)
            writer.write_summary(summary.as_json())
    return summary


def summarise(plan: Plan) -> Summary:
    """Count what the run's folder holds."""
    run = RunReader(plan.folder)
    wanted = set(plan.keys)
    summary = Summary(total=len(wanted))
    for episode in map(run.episode, wanted.intersection(run.keys())):
        summary.add(episode.result, leading(episode.verdicts()))
    return summary


def _work(
    plan: Plan,
    todo: list[EpisodeKey],
    writer: RunWriter,
    make_provider: MakeProvider,
    listener: Listener,
    score: Score | None,
    person: Person,
    driver: Driver | None,
) -> None:
    for line in check_endpoints(plan.config, models_used(plan.config)):
        listener.note(line)
    tasks = {task.id: task for task in plan.suite.tasks}
    stop = threading.Event()
    with make_provider(plan.config.phone) as provider:
        if plan.config.phone.kind != "sim":
            require_apps(provider, [tasks[key.task_id] for key in todo])
        threads = min(provider.size, len(todo))
        listener.run_started(len(plan.keys), len(plan.keys) - len(todo), threads)
        context = Context(
            config=plan.config,
            run=plan.name,
            agent=plan.agent,
            writer=writer,
            provider=provider,
            listener=listener,
            chat_for=partial(chat_for, plan.config),
            stop=stop,
            score=score,
            person=person,
            driver=driver,
        )
        ended = work_off(todo, threads, lambda key: run_episode(context, tasks[key.task_id], key), stop)
        with contextlib.closing(ended) as results:
            _follow(results, plan, listener)


def _follow(results: Iterable[Ended], plan: Plan, listener: Listener) -> None:
    lost = 0
    most = plan.config.stop_after_infra
    for ended in results:
        listener.episode_ended(ended)
        lost = lost + 1 if ended.result.outcome is Outcome.INFRA_ERROR else 0
        if most and lost >= most:
            error = ended.result.error
            raise GaveUpError(
                f"{lost} episodes in a row were lost to the machinery; the run stops here",
                why=f"last: {ended.key}: {error.type}: {error.message}" if error else "",
                next_step="look with --check, then run the same command with --redo infra_error",
            )


def _forget(plan: Plan, writer: RunWriter, redo: set[Outcome]) -> None:
    run = RunReader(plan.folder)
    for key in plan.keys:
        if redo and writer.done(key) and run.episode(key).result.outcome in redo:
            writer.forget(key)


def _info(plan: Plan) -> RunInfo:
    config = plan.config
    return RunInfo(
        name=plan.name,
        created_at=utc_now(),
        phonebench_version=__version__,
        suite=plan.suite.name,
        suite_digest=plan.suite.digest,
        task_ids=tuple(task.id for task in plan.suite.tasks),
        attempts=config.attempts,
        agent=plan.agent,
        models={key: config.models[key].label for key in models_used(config)},
        device_kind=config.phone.kind,
        simulated=config.phone.kind == "sim",
        world=config.phone.world if config.phone.kind == "sim" else "",
        config=config.model_dump(mode="json"),
    )


def _lock(plan: Plan) -> Lock:
    return Lock(
        config=config_digest(plan.config),
        tasks=plan.suite.digest,
        prompts=prompts_digest(plan.config),
        versions={"phonebench": __version__},
    )
