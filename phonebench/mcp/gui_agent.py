"""Asks a GUI model for the next action: any model and dialect of a config, or Volcengine Ark's if its key is there."""

from __future__ import annotations

import os
import time
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import Annotated, Final
from weakref import WeakKeyDictionary

import anyio
import anyio.to_thread
from mcp.server.fastmcp.exceptions import ToolError
from mcp.server.session import ServerSession
from pydantic import Field

from phonebench.agent import agent_for, models_used
from phonebench.config import AgentConfig, ModelConfig, RunConfig
from phonebench.mcp.act import ActTools
from phonebench.mcp.answers import Proposal
from phonebench.mcp.desk import Desk, Place
from phonebench.mcp.look import DeviceName, Talk
from phonebench.model import Chat, chat_client
from phonebench.schema.action import ACTION, touches
from phonebench.schema.errors import BenchError
from phonebench.schema.observation import Observation
from phonebench.schema.protocols import Agent, Decision
from phonebench.schema.task import Task

ARK_KEY: Final = "ARK_API_KEY"
ARK_MODEL: Final = "ARK_MODEL"
_ARK_URL: Final = "https://ark.cn-beijing.volces.com/api/v3"
_ARK_DEFAULT: Final = "doubao-1-5-ui-tars-250428"
_SEED: Final = 0


def ark_config(base: RunConfig) -> RunConfig | None:
    """The config with Ark's GUI model as the only one; None when its key is not in the environment."""
    if not os.environ.get(ARK_KEY):
        return None
    model = ModelConfig(base_url=_ARK_URL, name=os.environ.get(ARK_MODEL, _ARK_DEFAULT), api_key_env=ARK_KEY)
    agent = AgentConfig(policy="single", model="cloud", dialect="ui_tars")
    return base.model_copy(update={"models": {"cloud": model}, "agent": agent})


@dataclass(slots=True)
class _Conversation:
    """A question that can be followed up: the agent with its memory, and its connections."""

    device: str
    agent: Agent
    opened: ExitStack
    lock: anyio.Lock = field(default_factory=anyio.Lock)


class GuiAgent:
    """The tool ask_gui_agent. `config` names the model; when it names none, the tool says how to give one."""

    def __init__(self, desk: Desk, config: RunConfig, act: ActTools | None) -> None:
        self._desk = desk
        self._config = config
        self._act = act
        self._last: WeakKeyDictionary[ServerSession, _Conversation] = WeakKeyDictionary()
        """What each client asked last."""

    async def ask_gui_agent(
        self,
        ctx: Talk,
        instruction: Annotated[
            str, Field(description="what is to be achieved; in a follow-up what else to tell", max_length=8000)
        ] = "",
        follow_up: Annotated[
            bool, Field(description="go on with your last question: the model remembers its screens and proposals")
        ] = False,
        execute: Annotated[bool, Field(description="also carry the action out")] = False,
        device: DeviceName = "",
    ) -> Proposal:
        """Ask a model that was trained on phones: its thought on the present screen, and the one action it proposes.

        The answer is a proposal. With execute it is carried out, under the same safety rules as every other action.
        For a whole task: ask once, act, then follow up after each action until the action is finish.
        """
        if execute and self._act is None:
            raise ToolError("this server is read-only: it does not execute actions")
        if not models_used(self._config):
            raise ToolError(
                "no GUI model is configured\n"
                f"start the server with -c FILE (a config that names a model), or export {ARK_KEY}"
            )
        place = self._desk.place(device)
        seen = await self._desk.run(device, lambda place: place.phone.observe())
        if follow_up:
            talk = self._continued(ctx, place.name)
            seen = replace(seen, notice=instruction)
        else:
            talk = await self._begun(ctx, place, instruction, seen)
        started = time.monotonic()
        decision = await self._decided(ctx, talk, seen)
        proposal = _proposal(decision, time.monotonic() - started)
        if not execute or self._act is None or not touches(decision.action):
            return proposal
        done = await self._act.perform(ctx, device, lambda *_: (decision.action, decision.action.type), on=seen)
        return proposal.model_copy(update={"executed": True, "screen_changed": done.screen_changed})

    def _continued(self, ctx: Talk, device: str) -> _Conversation:
        talk = self._last.get(ctx.session)
        if talk is None or talk.device != device:
            raise ToolError(f"you asked nothing about {device} that could be followed up: give an instruction")
        return talk

    async def _begun(self, ctx: Talk, place: Place, instruction: str, seen: Observation) -> _Conversation:
        """A new conversation; the client's last one is over."""
        if not instruction.strip():
            raise ToolError("give an instruction, or follow_up")
        await self._forget(ctx)
        config = self._config

        def chats(model: str) -> Chat:
            return chat_client(config.models[model], seed=_SEED, timeout_s=config.limits.step_timeout_s)

        task = Task(
            id="asked", app="", package=seen.package, kind="operation", instruction=instruction, reference_steps=0
        )
        opened = ExitStack()
        agent = opened.enter_context(agent_for(config, _SEED, chats))
        agent.start(task, instruction, place.phone.info)
        talk = self._last[ctx.session] = _Conversation(place.name, agent, opened)
        return talk

    async def _decided(self, ctx: Talk, talk: _Conversation, seen: Observation) -> Decision:
        """The next decision; what went wrong cannot be followed up. Raises ToolError."""
        try:
            async with talk.lock:
                return await anyio.to_thread.run_sync(talk.agent.decide, seen)
        except BenchError as problem:
            await self._forget(ctx)
            raise ToolError(f"{type(problem).__name__}: {problem}") from problem

    async def _forget(self, ctx: Talk) -> None:
        talk = self._last.pop(ctx.session, None)
        if talk is not None:
            async with talk.lock:
                talk.opened.close()


def _proposal(decision: Decision, seconds: float) -> Proposal:
    return Proposal(
        model=", ".join(dict.fromkeys(call.model for call in decision.calls)),
        thought=decision.thought,
        action=ACTION.dump_python(decision.action, mode="json"),
        executed=False,
        seconds=round(seconds, 3),
        prompt_tokens=sum(call.usage.prompt_tokens for call in decision.calls),
        completion_tokens=sum(call.usage.completion_tokens for call in decision.calls),
    )
