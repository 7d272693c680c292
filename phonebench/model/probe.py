"""Questions to an endpoint before a run: is it there, what does it serve, is its context long enough."""

from __future__ import annotations

from dataclasses import dataclass

import httpx
import openai

from phonebench.config import ModelConfig
from phonebench.config.suggest import did_you_mean
from phonebench.model import failures
from phonebench.model.client import read_key
from phonebench.schema.errors import ConfigError

PROBE_TIMEOUT_S = 10.0


@dataclass(frozen=True, slots=True)
class ServedModel:
    """An entry of /v1/models; `max_model_len` and `owned_by` as vLLM gives them."""

    name: str
    max_model_len: int | None = None
    owned_by: str = ""


def served_models(config: ModelConfig) -> list[ServedModel] | None:
    """What the endpoint lists; None when it has no list.

    Raises ConfigError when it is unreachable or refuses the key.
    """
    client = openai.OpenAI(api_key=read_key(config), base_url=config.base_url, max_retries=0, timeout=PROBE_TIMEOUT_S)
    with client:
        try:
            entries = client.models.list().data
        except openai.APIConnectionError as failure:
            raise ConfigError(
                f"no endpoint answers at {config.base_url}",
                why=failures.message_of(failure),
                next_step="start the server, or correct base_url (docs/serving.md)",
            ) from failure
        except openai.APIStatusError as failure:
            if failure.status_code in (401, 403):
                raise failures.meaning(failure, config, 1) from failure
            if failure.status_code >= 500:
                raise ConfigError(
                    f"the endpoint at {config.base_url} answers {failure.status_code}",
                    why=failures.message_of(failure),
                    next_step="look into the server's log",
                ) from failure
            return None
        except (openai.APIError, httpx.HTTPError, ValueError, TypeError, AttributeError):
            return None
    return [
        ServedModel(
            name=str(entry.id),
            max_model_len=_number(getattr(entry, "max_model_len", None)),
            owned_by=str(getattr(entry, "owned_by", "")),
        )
        for entry in entries or []
        if getattr(entry, "id", None)
    ]


def check_served(config: ModelConfig, served: list[ServedModel] | None) -> list[str]:
    """Notes on an endpoint's list; raises ConfigError for a wrong name or a context that is too short.

    Clouds list only part of what they serve, so a missing name is an error for vLLM's lists and a note for others.
    """
    if served is None:
        return ["the endpoint has no list of models; its name will be tried at the first step"]
    found = next((entry for entry in served if entry.name == config.name), None)
    if found is None:
        names = [entry.name for entry in served]
        shown = f"it serves: {', '.join(names[:8]) or 'nothing'}"
        if served and all(entry.owned_by == "vllm" for entry in served):
            what = f"the endpoint at {config.base_url} does not serve '{config.name}'"
            raise ConfigError(what, why=shown, next_step=did_you_mean(config.name or "", names))
        return [f"'{config.name}' is not on the endpoint's list ({shown})"]
    if found.max_model_len is None:
        return [f"serves {found.name}; context length not told"]
    if config.min_context and found.max_model_len < config.min_context:
        raise ConfigError(
            f"'{found.name}' is served with a context of {found.max_model_len} tokens; it needs {config.min_context}",
            where=str(config.base_url),
            why="longer prompts would be cut or refused, and the replies worthless",
            next_step=f"serve it with --max-model-len {config.min_context} or more",
        )
    return [f"serves {found.name}, context {found.max_model_len} tokens"]


def _number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
