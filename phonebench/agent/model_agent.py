"""The agent that asks a model: the seat says which and in what dialect, the memory what of the past."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from typing import Any

from phonebench.agent import tokens
from phonebench.agent.dialects.base import View
from phonebench.agent.image import encode
from phonebench.agent.memory import Memory, Turn
from phonebench.agent.policy import Seat
from phonebench.agent.tool_calls import folded
from phonebench.config import AgentConfig, PromptConfig
from phonebench.model import Completion
from phonebench.schema.episode import DeviceInfo, ModelCall
from phonebench.schema.errors import AgentError, ContextOverflow
from phonebench.schema.observation import Observation
from phonebench.schema.protocols import Decision
from phonebench.schema.task import Task


class ModelAgent:
    """One episode's agent. `system_prompt` replaces the dialect's own text when given; no prompt gets longer than
    `token_budget` while there is something old to leave out."""

    def __init__(
        self,
        seat: Seat,
        agent: AgentConfig,
        prompt: PromptConfig,
        system_prompt: str | None,
        token_budget: int | None = None,
    ) -> None:
        self.name = seat.name
        self.last_prompt: Any = None
        self.last_reply = ""
        self.last_calls: tuple[ModelCall, ...] = ()
        self._seat = seat
        self._config = agent
        self._language = prompt.language
        self._system_prompt = system_prompt
        self._token_budget = token_budget
        self._instruction = ""
        self._memory: Memory | None = None
        self._turn = 0
        self.last_extra: dict[str, Any] = {}

    def start(self, task: Task, instruction: str, device: DeviceInfo, *, turn: int = 0) -> None:
        """Begin with an empty memory, at step `turn` (from 0) of the episode."""
        del task, device
        self._instruction = instruction
        self._memory = None
        self._turn = turn

    def decide(self, observation: Observation) -> Decision:
        """Show the screen, ask, parse; raises AgentError or InfraError with the last_* attributes set."""
        self.last_prompt, self.last_reply, self.last_calls, self.last_extra = None, "", (), {}
        dialect = self._seat.dialect
        view, memory = self._show(observation)
        answers = [self._ask(memory, view)]
        question = dialect.follow_up(folded(answers[0]), view, self._language)
        if question is not None:
            self.last_extra["first_reply"] = self.last_reply
            memory.ask_again(self.last_reply, question)
            answers.append(self._ask(memory, view))
        replies = [folded(answer) for answer in answers]
        memory.replied(dialect.remembered("\n\n".join(replies), view))
        try:
            parsed = dialect.parse(replies[-1], view)
        except AgentError as problem:
            raise _explained(problem, answers[-1].call) from problem
        thoughts = (*(answer.reasoning for answer in answers), *replies[:-1], parsed.thought)
        return Decision(
            action=parsed.action,
            thought="\n".join(thought for thought in thoughts if thought),
            reply=self.last_reply,
            prompt=self.last_prompt,
            calls=self.last_calls,
            decided_by=self._seat.role,
            extra=self.last_extra,
        )

    def _show(self, observation: Observation) -> tuple[View, Memory]:
        """The screen as the model gets it, at the end of its memory."""
        dialect = self._seat.dialect
        view = replace(dialect.look(observation), first=self._memory is None)
        picture = None
        if view.png and dialect.wants_image:
            picture = encode(view.png, (view.width, view.height), self._config.image)
            view = replace(view, sent=(picture.width, picture.height))
        memory = self._memory = self._memory or self._remember(view)
        if view.marks:
            self.last_extra["marks"] = [[mark.left, mark.top, mark.right, mark.bottom] for mark in view.marks]
        texts = (dialect.observation_text(view, self._language), observation.notice)
        text = "\n\n".join(text for text in texts if text)
        memory.show(Turn(text, picture, f"screens/{self._turn:03d}.png"))
        self._turn += 1
        return view, memory

    def _ask(self, memory: Memory, view: View) -> Completion:
        """One question; a prompt that is too long for the server is halved and sent once more."""
        try:
            return self._send(memory, view)
        except ContextOverflow:
            before, after = memory.overflowed()
            if after >= before:
                raise
            self.last_extra["compacted"] = [before, after]
            return self._send(memory, view)

    def _send(self, memory: Memory, view: View) -> Completion:
        """One request; what was sent and received is kept in the last_* attributes also when it fails."""
        seat = self._seat
        self.last_prompt = memory.record()
        tools = seat.dialect.tools(self._language, view)
        started = time.monotonic()
        try:
            completion = seat.chat.complete(memory.messages(), role=seat.role, tools=tools)
        except ContextOverflow:
            took_s = round(time.monotonic() - started, 4)
            refused = ModelCall(role=seat.role, model=seat.chat.name, total_s=took_s, finish_reason="context_overflow")
            self.last_calls += (refused,)
            raise
        memory.counted(completion.call.usage.prompt_tokens)
        self.last_reply = folded(completion)
        self.last_calls += (completion.call,)
        return completion

    def _remember(self, view: View) -> Memory:
        dialect = self._seat.dialect
        system = self._system_prompt or dialect.system_prompt(self._language)
        known = {"date": view.device_time[:10] or "unknown", "width": str(view.sent[0]), "height": str(view.sent[1])}
        for name, value in known.items():
            system = system.replace(f"{{{name}}}", value)
        tools = dialect.tools(self._language, view)
        return Memory(
            system,
            dialect.task_text(self._instruction, self._language),
            self._config.memory,
            history=dialect.history,
            language=self._language,
            native_calls=tools is not None,
            budget=self._token_budget,
            reserved=0 if tools is None else tokens.of_text(json.dumps(list(tools), ensure_ascii=False)),
        )


def _explained(problem: AgentError, call: ModelCall) -> AgentError:
    """Say so when the reply was cut: then not the grammar was missed but the end."""
    if call.finish_reason == "length":
        problem.next_step = "the reply was cut at max_tokens"
    return problem
