"""Turns recorded observations into the requests that a config's agent would send."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from phonebench.agent import agent_for
from phonebench.agent.dialects import dialect_of
from phonebench.agent.dialects.base import Dialect
from phonebench.config import RunConfig
from phonebench.model import Completion, Message, Role
from phonebench.schema.episode import ModelCall
from phonebench.schema.errors import AgentError
from phonebench.schema.protocols import Agent
from phonebench.schema.task import Task
from phonebench.speed.recording import Scene, Story, made_new


@dataclass(frozen=True, slots=True)
class Prompt:
    """One request; `prepare_s` is what the agent took to make it."""

    number: int
    messages: Sequence[Message]
    prepare_s: float
    tools: Sequence[Mapping[str, Any]] | None = None

    def unknown(self, nonce: str) -> Prompt:
        """The same prompt with a word in front that no server's prefix cache can know."""
        first, *rest = self.messages
        return Prompt(
            self.number, [{**first, "content": f"[{nonce}]\n{first['content']}"}, *rest], self.prepare_s, self.tools
        )


class _Copyist:
    """Stands in for the model: keeps what it is asked and answers what the recording did next."""

    name = "copyist"

    def __init__(self) -> None:
        self.answer = ""
        self.asked: list[Message] = []
        self.tools: Sequence[Mapping[str, Any]] | None = None
        self.asked_at = 0.0

    def complete(
        self,
        messages: Sequence[Message],
        *,
        role: Role = "device",
        response_format: Mapping[str, Any] | None = None,
        tools: Sequence[Mapping[str, Any]] | None = None,
    ) -> Completion:
        """The prepared answer."""
        del response_format
        self.tools = tools
        self.asked_at = time.perf_counter()
        self.asked = list(messages)
        return Completion(self.answer, ModelCall(role=role, model=self.name, total_s=0.0, finish_reason="stop"))

    def close(self) -> None:
        """Nothing to release."""


def build_prompts(config: RunConfig, stories: Sequence[Story], nonce: str, count: int) -> list[Prompt]:
    """`count` requests, in the order of the recording, from its beginning again when it is too short.

    Every screenshot is new to the server; the words are the same in every run. The history that a request carries is
    the recording's: its own earlier screens, and its actions in the words of the config's dialect.
    """
    prompts: list[Prompt] = []
    turn = 0
    while len(prompts) < count:
        for story in stories:
            for scene_prompt in _tell(config, story, f"{nonce}/{turn}", len(prompts)):
                prompts.append(scene_prompt)
                if len(prompts) == count:
                    return prompts
        turn += 1
    return prompts


def _tell(config: RunConfig, story: Story, nonce: str, first: int) -> Iterator[Prompt]:
    dialect = dialect_of(config.agent)
    copyist = _Copyist()
    with agent_for(config, config.seed, lambda _: copyist) as agent:
        agent.start(_task(story), story.info.instruction, story.info.device)
        for index, scene in enumerate(story.scenes):
            seen = Scene(made_new(scene.observation, f"{nonce}/{story.info.task_id}/{index}"), scene.action)
            copyist.answer = _in_words(dialect, seen)
            prepare_s = _ask(agent, seen, copyist)
            yield Prompt(first + index, copyist.asked, prepare_s, copyist.tools)


def _ask(agent: Agent, scene: Scene, copyist: _Copyist) -> float:
    """Seconds from the observation to the request; `copyist` then holds the request."""
    started = time.perf_counter()
    copyist.asked_at = started
    with contextlib.suppress(AgentError):  # an action that the dialect has no word for
        agent.decide(scene.observation)
    return copyist.asked_at - started


def _in_words(dialect: Dialect, scene: Scene) -> str:
    if scene.action is None:
        return ""
    try:
        return dialect.render(scene.action, dialect.look(scene.observation))
    except ValueError:
        return ""


def _task(story: Story) -> Task:
    info = story.info
    kind = "query" if info.kind == "query" else "operation"
    return Task(
        id=info.task_id,
        app=info.app,
        package=info.package,
        kind=kind,
        instruction=info.instruction,
        reference_steps=info.reference_steps,
    )
