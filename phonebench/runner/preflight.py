"""What `eval.py --check` looks at, and what every run looks at before its first phone starts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from phonebench.agent import check_agent, models_used
from phonebench.config import LoadedConfig, ModelConfig, RunConfig
from phonebench.device import Check, preflight
from phonebench.schema.errors import UserError
from phonebench.schema.task import Suite


def checks(loaded: LoadedConfig, suite: Suite) -> Iterator[Check]:
    """Config, tasks, agent, endpoints, adb and phones, in this order; each looked at even if one before it failed."""
    config = loaded.config
    yield Check("config", True, loaded.source)
    yield Check("tasks", True, f"{len(suite.tasks)} of suite {suite.name}")
    try:
        yield Check("agent", True, check_agent(config))
    except UserError as error:
        yield Check("agent", False, str(error))
    for role, model in _endpoints(config, models_used(config)):
        try:
            for line in _ask(model):
                yield Check(role, True, line)
        except UserError as error:
            yield Check(role, False, str(error))
    yield from preflight(config.phone, suite.tasks)


def check_endpoints(config: RunConfig, models: Iterable[str]) -> list[str]:
    """Notes on the endpoints that a run is about to use; raises ConfigError when one cannot serve it."""
    return [f"{role}: {line}" for role, model in _endpoints(config, models) for line in _ask(model)]


def _endpoints(config: RunConfig, models: Iterable[str]) -> Iterator[tuple[str, ModelConfig]]:
    for key in models:
        if config.models[key].base_url:
            yield f"models.{key}", config.models[key]
    if config.judge.kind in ("llm", "auto") and config.judge.model is not None and config.judge.model.base_url:
        yield "judge.model", config.judge.model


def _ask(model: ModelConfig) -> list[str]:
    from phonebench.model.probe import check_served, served_models

    return check_served(model, served_models(model))
