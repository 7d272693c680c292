"""Asks a GUI model for the next action: any model and dialect of a config, or Volcengine Ark's if its key is there."""

from __future__ import annotations

import os
import time
from typing import Annotated, Final

import anyio.to_thread
from mcp.server.fastmcp.exceptions import ToolError
from pydantic import Field

from phonebench.agent import agent_for, models_used
from phonebench.config import AgentConfig, ModelConfig, RunConfig
from phonebench.mcp.act import ActTools, Talk
from phonebench.mcp.answers import Proposal
from phonebench.mcp.desk import Desk
from phonebench.mcp.look import DeviceName
from phonebench.model import Chat, chat_client
from phonebench.schema.action import ACTION, touches
from phonebench.schema.episode import DeviceInfo
from phonebench.schema.errors import BenchError
from phonebench.schema.observation import Observation
from phonebench.schema.protocols import Decision
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


class GuiAgent:
    """The tool ask_gui_agent. `config` names the model; when it names none, the tool says how to give one."""

    def __init__(self, desk: Desk, config: RunConfig, act: ActTools | None) -> None:
        self._desk = desk
        self._config = config
        self._act = act

    async def ask_gui_agent(
        self,
        ctx: Talk,
        instruction: Annotated[str, Field(description="what is to be achieved", max_length=8000)],
        execute: Annotated[bool, Field(description="also carry the action out")] = False,
        device: DeviceName = "",
    ) -> Proposal:
        """Ask a model that was trained on phones: its thought on the present screen, and the one action it proposes.

        The answer is a proposal. With execute it is carried out, under the same safety rules as every other action.
        """
        if execute and self._act is None:
            raise ToolError("this server is read-only: it does not execute actions")
        if not models_used(self._config):
            raise ToolError(
                "no GUI model is configured\n"
                f"start the server with -c FILE (a config that names a model), or export {ARK_KEY}"
            )
        seen = await self._desk.run(device, lambda place: place.phone.observe())
        info = self._desk.place(device).phone.info
        started = time.monotonic()
        try:
            decision = await anyio.to_thread.run_sync(self._decide, instruction, seen, info)
        except BenchError as problem:
            raise ToolError(f"{type(problem).__name__}: {problem}") from problem
        proposal = _proposal(decision, time.monotonic() - started)
        if not execute or self._act is None or not touches(decision.action):
            return proposal
        done = await self._act.perform(ctx, device, decision.action, "")
        return proposal.model_copy(update={"executed": True, "screen_changed": done.screen_changed})

    def _decide(self, instruction: str, seen: Observation, info: DeviceInfo) -> Decision:
        config = self._config

        def chats(model: str) -> Chat:
            return chat_client(config.models[model], seed=_SEED, timeout_s=config.limits.step_timeout_s)

        task = Task(
            id="asked", app="", package=seen.package, kind="operation", instruction=instruction, reference_steps=0
        )
        with agent_for(config, _SEED, chats) as agent:
            agent.start(task, instruction, info)
            return agent.decide(seen)


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
