"""The gateway's settings: a YAML file, checked key by key."""

from __future__ import annotations

import ipaddress
import os
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, HttpUrl, ValidationError, model_validator

Seconds = Annotated[float, Field(gt=0, le=3600)]


class SettingsError(Exception):
    """The settings cannot be used; the message says what, where and what to do."""


class Section(BaseModel):
    """Strict: an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class BackendSettings(Section):
    """One server. Several with the same model name are replicas of each other."""

    url: HttpUrl
    """Without the trailing /v1."""
    models: tuple[str, ...] = Field(min_length=1)
    api_key_env: str | None = None
    connect_timeout_s: Seconds = 5.0
    first_byte_timeout_s: Seconds = 120.0
    read_timeout_s: Seconds = 120.0
    """Longest silence between two chunks."""

    @property
    def base(self) -> str:
        """The address without a trailing slash."""
        return str(self.url).rstrip("/")

    def api_key(self) -> str | None:
        """The key that the back end asks for, from the environment."""
        return os.environ.get(self.api_key_env) if self.api_key_env else None


class KeySettings(Section):
    """Where the clients' keys come from: a YAML file `name: key`, or a variable `name:key,name:key`."""

    file: Path | None = None
    env: str = "PHONEBENCH_GATEWAY_KEYS"


class LimitSettings(Section):
    """Bounds. Rate and concurrency hold per key (or for all, when there are no keys)."""

    body_mib: Annotated[float, Field(gt=0, le=1024)] = 32.0
    requests_per_minute: Annotated[int, Field(gt=0)] = 6000
    concurrent: Annotated[int, Field(gt=0)] = 256
    health_interval_s: Seconds = 5.0
    retries: Annotated[int, Field(ge=0, le=8)] = 2
    """Further replicas tried before the first byte."""


class GatewaySettings(Section):
    """The whole file."""

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    backends: tuple[BackendSettings, ...] = Field(min_length=1)
    keys: KeySettings = KeySettings()
    limits: LimitSettings = LimitSettings()
    default_model: str | None = None
    """Model of the old /chat form; the first back end's first model when not given."""

    @model_validator(mode="after")
    def _default_is_served(self) -> GatewaySettings:
        if self.default_model is not None and self.default_model not in self.served_models:
            raise ValueError(f"default_model {self.default_model!r} is served by no back end")
        return self

    @property
    def served_models(self) -> tuple[str, ...]:
        """Model names in the order of the file, each once."""
        return tuple(dict.fromkeys(name for backend in self.backends for name in backend.models))

    @property
    def chat_model(self) -> str:
        """The model behind /chat."""
        return self.default_model or self.served_models[0]

    @property
    def loopback(self) -> bool:
        """True when only this machine can connect."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False


def load_settings(path: Path) -> GatewaySettings:
    """Reads a settings file. Raises SettingsError."""
    try:
        raw = yaml.safe_load(path.read_text("utf-8"))
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror}") from error
    except yaml.YAMLError as error:
        raise SettingsError(f"{path}: not valid YAML: {error}") from error
    try:
        return GatewaySettings.model_validate(raw)
    except ValidationError as error:
        lines = [f"{path}: {'.'.join(map(str, e['loc'])) or 'file'}: {e['msg']}" for e in error.errors()]
        raise SettingsError("\n".join(lines)) from error
