"""Makes the agent that a config asks for."""

from __future__ import annotations

import contextlib
import importlib
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from phonebench.agent.baselines import NoopAgent, RandomAgent
from phonebench.agent.device_cloud import DeviceCloudAgent, pair_name
from phonebench.agent.dialects import dialect_of
from phonebench.agent.dialects.base import prompt_file, text_digest
from phonebench.agent.human import Driver, HumanAgent
from phonebench.agent.memory import token_budget
from phonebench.agent.model_agent import ModelAgent
from phonebench.agent.policy import Controller, FixedStep, Monitor, Rules, Seat
from phonebench.agent.reference import ReferenceAgent
from phonebench.config import AgentConfig, Decider, ImageConfig, RunConfig
from phonebench.config.paths import resolve
from phonebench.model import Chat
from phonebench.schema.errors import ConfigError
from phonebench.schema.protocols import Agent

ChatFactory = Callable[[str], Chat]
"""Makes the client of a model by its key in `models`."""


@contextlib.contextmanager
def agent_for(
    config: RunConfig,
    seed: int,
    chats: ChatFactory,
    *,
    driver: Driver | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> Iterator[Agent]:
    """One agent for one episode; its connections are closed at the end. Raises ConfigError.

    `driver` is where the person of policy human sits; `stopped` says when nobody need be waited for any more.
    """
    opened: dict[str, Chat] = {}

    def open_chat(key: str) -> Chat:
        """One client a model, however many roles it has: scripted replies are one sequence."""
        if key not in opened:
            opened[key] = chats(key)
        return opened[key]

    try:
        if config.agent.policy == "human":
            yield _person(config, driver, stopped)
        else:
            yield _make(config, seed, open_chat)
    finally:
        for chat in opened.values():
            chat.close()


def check_agent(config: RunConfig) -> str:
    """The agent's name; raises ConfigError for an unknown dialect, prompt file or plug-in, before a run begins."""
    agent = config.agent
    if agent.policy == "plugin":
        _plugin(config)
        return str(agent.plugin)
    if not agent.model_keys:
        return agent.policy
    names = []
    for side in agent.sides:
        dialect_of(agent, side)
        _system_prompt(agent, side)
        names.append(_name(config, side))
    return names[0] if len(names) == 1 else pair_name(names, agent.controller.kind, agent.controller.hand_back)


def prompts_digest(config: RunConfig) -> str:
    """sha256 over every word that the agent's models get to read besides the task."""
    agent, language = config.agent, config.prompt.language
    if not agent.model_keys:
        return text_digest(agent.policy, agent.plugin or "")
    texts = []
    for side in agent.sides:
        dialect = dialect_of(agent, side)
        texts += [_system_prompt(agent, side) or dialect.system_prompt(language), dialect.further_text(language)]
    if agent.policy == "device_cloud":
        texts += [prompt_file(role, language) for role in ("planner", "controller", "controller_back")]
    return text_digest(*texts, json.dumps(config.prompt.model_dump(mode="json"), sort_keys=True))


def models_used(config: RunConfig) -> list[str]:
    """Keys of `models` that the agent will ask, each once."""
    return list(dict.fromkeys(config.agent.model_keys.values()))


def _name(config: RunConfig, side: Decider) -> str:
    """As the agent that is made for this side calls itself."""
    return f"{config.models[config.agent.model_of(side)].label} ({dialect_of(config.agent, side).name})"


def _person(config: RunConfig, driver: Driver | None, stopped: Callable[[], bool]) -> HumanAgent:
    if driver is None:
        raise ConfigError("nobody is there to drive the phone", where="agent.policy", why="policy human needs eval.py")
    return HumanAgent(driver, config.agent.human, config.limits.max_steps, stopped)


def _make(config: RunConfig, seed: int, chats: ChatFactory) -> Agent:
    match config.agent.policy:
        case "reference":
            return ReferenceAgent()
        case "noop":
            return NoopAgent()
        case "random":
            return RandomAgent(seed)
        case "plugin":
            return _plugged_in(config)
        case "human":
            raise AssertionError("a person is no model")
        case "single" | "always_device" | "always_cloud":
            return _model_agent(config, chats, config.agent.sides[0], config.agent.first_decider)
        case "device_cloud":
            return DeviceCloudAgent(
                _model_agent(config, chats, "device", "device"),
                _model_agent(config, chats, "cloud", "cloud"),
                _controller(config, chats),
                config.prompt,
                hand_back=config.agent.controller.hand_back,
            )


def _model_agent(config: RunConfig, chats: ChatFactory, side: Decider, role: Decider) -> ModelAgent:
    """The model with the settings of one side; its steps and calls are recorded under `role`."""
    agent = config.agent
    seat = Seat(role, chats(agent.model_of(side)), dialect_of(agent, side))
    settings = agent if side == "device" else agent.model_copy(update={"image": _cloud_image(agent)})
    budget = token_budget(agent.memory, config.models[agent.model_of(side)])
    return ModelAgent(seat, settings, config.prompt, _system_prompt(agent, side), budget)


def _cloud_image(agent: AgentConfig) -> ImageConfig:
    return agent.cloud_image or agent.image


def _controller(config: RunConfig, chats: ChatFactory) -> Controller:
    settings = config.agent.controller
    if settings.step is not None:
        return FixedStep(settings.step)
    if settings.kind == "rules":
        return Rules(settings)
    return Monitor(chats(settings.model), settings, _cloud_image(config.agent), config.prompt.language)


def _plugged_in(config: RunConfig) -> Agent:
    try:
        return _plugin(config)(**config.agent.args)
    except TypeError as problem:
        what = f"{config.agent.plugin} does not take these arguments"
        raise ConfigError(what, where="agent.args", why=str(problem)) from problem


def _system_prompt(agent: AgentConfig, seat: Decider = "device") -> str | None:
    """The text of the seat's own prompt file; None when the config names none. Raises ConfigError."""
    key = "cloud_system_prompt_file" if seat == "cloud" else "system_prompt_file"
    path: str | None = getattr(agent, key)
    if path is None:
        return None
    try:
        return resolve(path).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as problem:
        why = str(problem)
        raise ConfigError(f"cannot read '{path}'", where=f"agent.{key}", why=why) from problem


def _plugin(config: RunConfig) -> Callable[..., Agent]:
    """The plugged-in class; modules of the working directory can be named too."""
    module_name, _, class_name = (config.agent.plugin or "").partition(":")
    here = str(Path.cwd())
    if here not in sys.path:
        sys.path.append(here)
    try:
        made: Callable[..., Agent] = getattr(importlib.import_module(module_name), class_name)
    except (ImportError, AttributeError) as problem:
        what = f"cannot import {config.agent.plugin}"
        raise ConfigError(what, where="agent.plugin", why=str(problem)) from problem
    return made
