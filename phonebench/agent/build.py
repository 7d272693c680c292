"""Makes the agent that a config asks for."""

from __future__ import annotations

import contextlib
import importlib
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from phonebench.agent.baselines import NoopAgent, RandomAgent
from phonebench.agent.dialects import make_dialect
from phonebench.agent.dialects.base import text_digest
from phonebench.agent.model_agent import ModelAgent
from phonebench.agent.policy import Decider, Seat, Single
from phonebench.agent.reference import ReferenceAgent
from phonebench.config import RunConfig
from phonebench.config.paths import resolve
from phonebench.model import Chat
from phonebench.schema.errors import ConfigError
from phonebench.schema.protocols import Agent

ChatFactory = Callable[[str], Chat]
"""Makes the client of a model by its key in `models`."""


@contextlib.contextmanager
def agent_for(config: RunConfig, seed: int, chats: ChatFactory) -> Iterator[Agent]:
    """One agent for one episode; its connections are closed at the end. Raises ConfigError."""
    opened: list[Chat] = []

    def open_chat(key: str) -> Chat:
        opened.append(chats(key))
        return opened[-1]

    try:
        yield _make(config, seed, open_chat)
    finally:
        for chat in opened:
            chat.close()


def check_agent(config: RunConfig) -> str:
    """The agent's name; raises ConfigError for an unknown dialect, prompt file or plug-in, before a run begins."""
    agent = config.agent
    if agent.policy == "plugin":
        _plugin(config)
        return str(agent.plugin)
    if agent.policy != "single":
        return agent.policy
    make_dialect(agent.dialect)
    _system_prompt(config)
    return f"{config.models[agent.model].label} ({agent.dialect})"


def prompts_digest(config: RunConfig) -> str:
    """sha256 over every word that the agent's models get to read besides the task."""
    if config.agent.policy != "single":
        return text_digest(config.agent.policy, config.agent.plugin or "")
    own = _system_prompt(config)
    text = make_dialect(config.agent.dialect).system_prompt(config.prompt.language) if own is None else own
    return text_digest(text, json.dumps(config.prompt.model_dump(mode="json"), sort_keys=True))


def models_used(config: RunConfig) -> list[str]:
    """Keys of `models` that the agent will ask."""
    return [config.agent.model] if config.agent.policy == "single" else []


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
            seat = Seat(role, chats(config.agent.model), make_dialect(config.agent.dialect))
            return ModelAgent(Single(seat), config.agent, config.prompt, _system_prompt(config))


def _plugged_in(config: RunConfig) -> Agent:
    try:
        return _plugin(config)(**config.agent.args)
    except TypeError as problem:
        what = f"{config.agent.plugin} does not take these arguments"
        raise ConfigError(what, where="agent.args", why=str(problem)) from problem


def _system_prompt(config: RunConfig) -> str | None:
    path = config.agent.system_prompt_file
    if path is None:
        return None
    try:
        return resolve(path).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as problem:
        why = str(problem)
        raise ConfigError(f"cannot read '{path}'", where="agent.system_prompt_file", why=why) from problem


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
