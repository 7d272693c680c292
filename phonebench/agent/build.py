"""Makes the agent that a config asks for."""

from __future__ import annotations

import contextlib
import importlib
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from phonebench.agent.baselines import NoopAgent, RandomAgent
from phonebench.agent.device_cloud import DeviceCloudAgent
from phonebench.agent.dialects import dialect_of
from phonebench.agent.dialects.base import prompt_file, text_digest
from phonebench.agent.model_agent import ModelAgent
from phonebench.agent.policy import Controller, Decider, FixedStep, Monitor, Rules, Seat
from phonebench.agent.reference import ReferenceAgent
from phonebench.config import AgentConfig, ImageConfig, RunConfig
from phonebench.config.paths import resolve
from phonebench.model import Chat
from phonebench.schema.errors import ConfigError
from phonebench.schema.protocols import Agent

ChatFactory = Callable[[str], Chat]
"""Makes the client of a model by its key in `models`."""


@contextlib.contextmanager
def agent_for(config: RunConfig, seed: int, chats: ChatFactory) -> Iterator[Agent]:
    """One agent for one episode; its connections are closed at the end. Raises ConfigError."""
    opened: dict[str, Chat] = {}

    def open_chat(key: str) -> Chat:
        """One client a model, however many roles it has: scripted replies are one sequence."""
        if key not in opened:
            opened[key] = chats(key)
        return opened[key]

    try:
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
    dialect_of(agent)
    _system_prompt(agent)
    if agent.policy == "single":
        return _name(config, agent.model, agent.dialect)
    dialect_of(agent, "cloud")
    _system_prompt(agent, "cloud")
    device = _name(config, agent.device, agent.dialect)
    return f"{device}, then {_name(config, agent.cloud, agent.cloud_dialect)} by {agent.controller.kind}"


def prompts_digest(config: RunConfig) -> str:
    """sha256 over every word that the agent's models get to read besides the task."""
    agent, language = config.agent, config.prompt.language
    if not agent.model_keys:
        return text_digest(agent.policy, agent.plugin or "")
    texts = [_system_prompt(agent) or dialect_of(agent).system_prompt(language)]
    if agent.policy == "device_cloud":
        texts.append(_system_prompt(agent, "cloud") or dialect_of(agent, "cloud").system_prompt(language))
        texts += [prompt_file(role, language) for role in ("planner", "controller")]
    return text_digest(*texts, json.dumps(config.prompt.model_dump(mode="json"), sort_keys=True))


def models_used(config: RunConfig) -> list[str]:
    """Keys of `models` that the agent will ask, each once."""
    return list(dict.fromkeys(config.agent.model_keys.values()))


def _name(config: RunConfig, model: str, dialect: str) -> str:
    return f"{config.models[model].label} ({dialect})"


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
        case "single":
            role: Decider = "cloud" if config.agent.model == "cloud" else "device"
            seat = Seat(role, chats(config.agent.model), dialect_of(config.agent))
            return ModelAgent(seat, config.agent, config.prompt, _system_prompt(config.agent))
        case "device_cloud":
            return _device_cloud(config, chats)


def _device_cloud(config: RunConfig, chats: ChatFactory) -> DeviceCloudAgent:
    agent = config.agent
    for_cloud = agent.model_copy(update={"image": agent.cloud_image or agent.image})
    device = Seat("device", chats(agent.device), dialect_of(agent))
    cloud = Seat("cloud", chats(agent.cloud), dialect_of(agent, "cloud"))
    return DeviceCloudAgent(
        ModelAgent(device, agent, config.prompt, _system_prompt(agent)),
        ModelAgent(cloud, for_cloud, config.prompt, _system_prompt(agent, "cloud")),
        _controller(config, chats, for_cloud.image),
        config.prompt,
    )


def _controller(config: RunConfig, chats: ChatFactory, image: ImageConfig) -> Controller:
    settings = config.agent.controller
    if settings.step is not None:
        return FixedStep(settings.step)
    if settings.kind == "rules":
        return Rules(settings.repeats)
    return Monitor(chats(settings.model), settings, image, config.prompt.language)


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
