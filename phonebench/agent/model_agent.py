"""The agent that asks a model: the seat says which and in what dialect, the memory what of the past."""

from __future__ import annotations

from typing import Any

from phonebench.agent.dialects.base import View
from phonebench.agent.image import encode
from phonebench.agent.memory import Memory, Turn
from phonebench.agent.policy import Seat
from phonebench.config import AgentConfig, PromptConfig
from phonebench.schema.episode import DeviceInfo, ModelCall
from phonebench.schema.errors import AgentError
from phonebench.schema.observation import Observation
from phonebench.schema.protocols import Decision
from phonebench.schema.task import Task


class ModelAgent:
    """One episode's agent. `system_prompt` replaces the dialect's own text when given."""

    def __init__(self, seat: Seat, agent: AgentConfig, prompt: PromptConfig, system_prompt: str | None) -> None:
        self.name = seat.name
        self.last_prompt: Any = None
        self.last_reply = ""
        self.last_calls: tuple[ModelCall, ...] = ()
        self._seat = seat
        self._config = agent
        self._language = prompt.language
        self._system_prompt = system_prompt
        self._instruction = ""
        self._memory: Memory | None = None
        self._turn = 0

    def start(self, task: Task, instruction: str, device: DeviceInfo, *, turn: int = 0) -> None:
        """Begin with an empty memory, at step `turn` (from 0) of the episode."""
        del task, device
        self._instruction = instruction
        self._memory = None
        self._turn = turn

    def decide(self, observation: Observation) -> Decision:
        """Show the screen, ask, parse; raises AgentError or InfraError with the last_* attributes set."""
        self.last_prompt, self.last_reply, self.last_calls = None, "", ()
        seat = self._seat
        view = seat.dialect.look(observation)
        memory = self._memory = self._memory or self._remember(view)
        picture = encode(view.png, (view.width, view.height), self._config.image) if view.png else None
        text = seat.dialect.observation_text(view, self._language)
        memory.show(Turn(text, picture, f"screens/{self._turn:03d}.png"))
        self._turn += 1
        self.last_prompt = memory.record()
        completion = seat.chat.complete(memory.messages(), role=seat.role)
        self.last_reply = completion.text
        self.last_calls = (completion.call,)
        memory.replied(completion.text)
        try:
            parsed = seat.dialect.parse(completion.text, view)
        except AgentError as problem:
            raise _explained(problem, completion.call) from problem
        return Decision(
            action=parsed.action,
            thought="\n".join(part for part in (completion.reasoning, parsed.thought) if part),
            reply=completion.text,
            prompt=self.last_prompt,
            calls=self.last_calls,
            decided_by=seat.role,
            extra={"marks": [[m.left, m.top, m.right, m.bottom] for m in view.marks]} if view.marks else {},
        )

    def _remember(self, view: View) -> Memory:
        dialect = self._seat.dialect
        system = self._system_prompt or dialect.system_prompt(self._language)
        system = system.replace("{date}", view.device_time[:10] or "unknown")
        task = dialect.task_text(self._instruction, self._language)
        return Memory(system, task, self._config.memory)


def _explained(problem: AgentError, call: ModelCall) -> AgentError:
    """Say so when the reply was cut: then not the grammar was missed but the end."""
    if call.finish_reason == "length":
        problem.next_step = "the reply was cut at max_tokens"
    return problem
