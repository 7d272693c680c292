"""The section `models`: endpoints and what is sent to them."""

from __future__ import annotations

import re
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import Field, field_validator, model_validator

from phonebench.config.section import Seconds, Section


class ModelConfig(Section):
    """A model behind an OpenAI-compatible endpoint, or a stand-in for one."""

    base_url: str | None = None
    """Address of the endpoint, ending in /v1."""
    name: str | None = None
    """The name under which the endpoint serves the model."""
    api_key_env: str | None = None
    """NAME of the environment variable that holds the key; the key itself never stands in a file."""
    scripted: str | None = None
    """Instead of an endpoint: a YAML file of replies, a list or a mapping of task id to list."""
    replay: str | None = None
    """Instead of an endpoint: a run folder whose recorded replies are given again."""
    temperature: Annotated[float, Field(ge=0, le=5)] | None = 0.0
    """Sent to the endpoint; null leaves it out."""
    top_p: Annotated[float, Field(gt=0, le=1)] | None = None
    """Sent when set."""
    max_tokens: Annotated[int, Field(ge=1)] | None = 2048
    """Longest reply in tokens; null leaves it out."""
    frequency_penalty: Annotated[float, Field(ge=-2, le=2)] | None = None
    """Sent when set."""
    presence_penalty: Annotated[float, Field(ge=-2, le=2)] | None = None
    """Sent when set."""
    seed: int | None = None
    """Sent when set."""
    stop: tuple[str, ...] = ()
    """Stop sequences, sent when given."""
    extra_body: dict[str, Any] = {}
    """Further fields of the request body, e.g. vLLM's own."""
    stream: bool = True
    """Streamed replies give the time to first token."""
    timeout_s: Seconds = 120.0
    """Longest time for one whole reply."""
    stall_timeout_s: Seconds = 60.0
    """Longest silence of the endpoint: before the first piece of a reply, and between two pieces."""
    retries: Annotated[int, Field(ge=0, le=20)] = 3
    """Further tries after 408, 409, 429, 5xx or a lost connection."""
    backoff_s: Annotated[float, Field(ge=0, le=600)] = 1.0
    """Pause before the first further try; doubled each time, with jitter; a Retry-After header goes first."""
    min_context: Annotated[int, Field(ge=1)] | None = None
    """Context length in tokens that the model needs; --check refuses an endpoint that offers less."""
    hardware: str = ""
    """What the endpoint runs on, in your words (1 x RTX 4090, vLLM); reports show it beside the speed."""

    @field_validator("base_url")
    @classmethod
    def _plain_url(cls, url: str | None) -> str | None:
        if url is None:
            return url
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("must be an http:// or https:// address, e.g. http://127.0.0.1:8000/v1")
        if parts.username or parts.password or parts.query:
            raise ValueError("must hold no user name, password or query; keys come from the environment (api_key_env)")
        return url

    @field_validator("api_key_env")
    @classmethod
    def _variable_name(cls, name: str | None) -> str | None:
        if name is not None and not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name):
            raise ValueError("must be the NAME of an environment variable, not the key itself")
        return name

    @model_validator(mode="after")
    def _one_source(self) -> ModelConfig:
        given = [key for key in ("base_url", "scripted", "replay") if getattr(self, key)]
        if len(given) != 1:
            raise ValueError(f"needs exactly one of base_url, scripted and replay; has {' and '.join(given) or 'none'}")
        if self.base_url and not self.name:
            raise ValueError("needs the model's name beside base_url")
        return self

    @property
    def label(self) -> str:
        """What reports call this model."""
        return self.name or ("scripted" if self.scripted else "replay")
