"""Sends the requests and takes the times."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from phonebench.config import ModelConfig, RunConfig
from phonebench.model import Chat, chat_client
from phonebench.schema.errors import AgentError, BenchError, ConfigError, InfraError, UserError
from phonebench.speed import server
from phonebench.speed.prompts import Prompt, build_prompts
from phonebench.speed.recording import Story
from phonebench.speed.report import CacheEffect, Level, ModelSpeed, Sample, ServerFigure

T = TypeVar("T")
CACHE_PROMPTS = 8
"""Prompts sent twice for the effect of the prefix cache."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One config to be measured. `metrics_url` is vLLM's own address when base_url is a gateway's."""

    label: str
    path: str
    config: RunConfig
    metrics_url: str | None = None

    @property
    def model(self) -> ModelConfig:
        """The model that the config's agent asks."""
        return self.config.models[self.config.agent.model]


def check(subject: Subject) -> None:
    """Raises ConfigError for a config whose model cannot be measured."""
    if subject.config.agent.policy != "single":
        raise ConfigError(
            f"policy '{subject.config.agent.policy}' asks no single model",
            where=subject.path,
            next_step="--set agent.policy=single --set agent.model=ROLE measures one of its models",
        )
    if not subject.model.base_url:
        raise ConfigError("the model has no endpoint to measure", where=subject.path, next_step="give it a base_url")


def measure(
    subject: Subject,
    stories: Sequence[Story],
    *,
    concurrency: Sequence[int],
    steps: int,
    nonce: str,
    told: Callable[[str], None],
) -> ModelSpeed:
    """All levels and the cache effect of one model.

    `nonce` differs between runs, so that nothing of an earlier run is in the server's caches. Raises UserError when the
    model does not answer the first request; later failures are counted.
    """
    config = subject.config
    told(f"{subject.label}: warming up")
    first = with_chat(subject, lambda chat: _send(chat, build_prompts(config, stories, f"{nonce}/warm", 1)[0]))
    if first.error:
        raise UserError(f"{subject.label} does not answer", where=subject.path, why=first.error)
    levels: list[Level] = []
    figures: list[ServerFigure] = []
    tokens: list[tuple[int, str, int]] = []
    note = f"from {subject.metrics_url or subject.model.base_url}"
    for at_once in dict.fromkeys((1, *concurrency)):
        prompts = build_prompts(config, stories, f"{nonce}/{at_once}", max(steps, 3 * at_once))
        told(f"{subject.label}: {len(prompts)} requests, {at_once} at a time")
        before = _look(subject)
        levels.append(run_level(subject, prompts, at_once))
        after = _look(subject)
        if isinstance(before, server.Snapshot) and isinstance(after, server.Snapshot):
            figures += server.figures(at_once, before, after)
            tokens += server.tokens(at_once, before, after)
        else:
            note = str(after)
    told(f"{subject.label}: the same prompts twice")
    cache = measure_cache(subject, build_prompts(config, stories, f"{nonce}/cache", min(steps, CACHE_PROMPTS)), nonce)
    image = config.agent.image
    size = f", longest edge {image.max_side} px" if image.max_side else ", full size"
    return ModelSpeed(
        label=subject.label,
        config=subject.path,
        base_url=str(subject.model.base_url),
        dialect=config.agent.dialect,
        image=image.format + size,
        levels=tuple(levels),
        cache=cache,
        server=tuple(figures),
        server_tokens=tuple(tokens),
        server_note=note,
    )


def run_level(subject: Subject, prompts: Sequence[Prompt], concurrency: int) -> Level:
    """Every prompt once, `concurrency` workers taking the next as soon as they are free."""
    waiting: queue.SimpleQueue[Prompt] = queue.SimpleQueue()
    for prompt in prompts:
        waiting.put(prompt)
    start = threading.Barrier(concurrency)

    def work(chat: Chat) -> tuple[_Clock, _Clock, list[Sample]]:
        samples: list[Sample] = []
        start.wait(60)
        began = _Clock.now()
        while True:
            try:
                prompt = waiting.get_nowait()
            except queue.Empty:
                return began, _Clock.now(), samples
            samples.append(_send(chat, prompt))

    with ThreadPoolExecutor(concurrency, thread_name_prefix="speed") as pool:
        futures = [pool.submit(with_chat, subject, work) for _ in range(concurrency)]
        done = [future.result() for future in futures]
    began, ended = min(began for began, _, _ in done), max(ended for _, ended, _ in done)
    samples = sorted((sample for _, _, own in done for sample in own), key=lambda sample: sample.prompt)
    wall = ended.wall - began.wall
    return Level(concurrency, tuple(samples), wall, (ended.processor - began.processor) / wall if wall else 0.0)


@dataclass(frozen=True, slots=True, order=True)
class _Clock:
    """Seconds of the wall clock, and of the processor for this process."""

    wall: float
    processor: float

    @classmethod
    def now(cls) -> _Clock:
        return cls(time.perf_counter(), time.process_time())


def measure_cache(subject: Subject, prompts: Sequence[Prompt], nonce: str) -> CacheEffect:
    """Each prompt with an unknown beginning, then exactly the same again."""

    def twice(chat: Chat) -> CacheEffect:
        pairs = []
        for prompt in prompts:
            unknown = prompt.unknown(f"{nonce}/{prompt.number}")
            pairs.append((_send(chat, unknown), _send(chat, unknown)))
        return CacheEffect(tuple(first for first, _ in pairs), tuple(second for _, second in pairs))

    return with_chat(subject, twice)


def with_chat(subject: Subject, work: Callable[[Chat], T]) -> T:
    """Runs `work` with a client of its own: streamed, each request tried once."""
    chat = chat_client(subject.model.model_copy(update={"stream": True, "retries": 0}))
    try:
        return work(chat)
    finally:
        chat.close()


def _send(chat: Chat, prompt: Prompt) -> Sample:
    """One request; what the server or the model does wrong is recorded, what the user must mend is raised."""
    try:
        call = chat.complete(prompt.messages, tools=prompt.tools).call
    except (AgentError, InfraError) as problem:
        return Sample(prompt.number, prompt.prepare_s, error=_short(problem))
    return Sample(
        prompt.number,
        prompt.prepare_s,
        ttft_s=call.ttft_s,
        total_s=call.total_s,
        prompt_tokens=call.usage.prompt_tokens,
        cached_tokens=call.usage.cached_tokens,
        completion_tokens=call.usage.completion_tokens,
    )


def _short(problem: BenchError) -> str:
    return f"{type(problem).__name__}: {' '.join(str(problem).split())}"[:300]


def _look(subject: Subject) -> server.Snapshot | server.NoFiguresError:
    try:
        return server.look(subject.metrics_url or str(subject.model.base_url), str(subject.model.name))
    except server.NoFiguresError as reason:
        return reason
