"""Presets: what it takes to serve a model, read from presets.yaml and changed by key=value."""

from __future__ import annotations

import difflib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

PRESETS_FILE = Path(__file__).with_name("presets.yaml")
FlagValue = str | int | float | bool | dict[str, Any]


class PresetError(Exception):
    """An unknown preset or a setting that cannot be used; the message says what and what to do."""


class Preset(BaseModel):
    """One way to serve one model with vLLM."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    model: str
    """Hub id, or a path to a folder with the weights."""
    served_name: str
    host: str
    port: Annotated[int, Field(ge=1, le=65535)]
    max_model_len: Annotated[int, Field(ge=256)]
    dtype: Literal["auto", "bfloat16", "half", "float16", "float32"]
    tensor_parallel: Annotated[int, Field(ge=1)]
    gpu_memory: Annotated[float, Field(gt=0, le=1)]
    """Share of each GPU's memory that vLLM may take."""
    images: Annotated[int, Field(ge=0)]
    """Most images in one prompt."""
    parameters_b: float
    """Parameters in thousands of millions; with the dtype it tells how much memory the weights need."""
    processor: dict[str, Any] = {}
    flags: dict[str, FlagValue] = {}
    env: dict[str, str] = {}
    vllm: str = "vllm"
    """The vllm program: a name on the PATH or a path."""

    @property
    def base_url(self) -> str:
        """Where the server will answer, without /v1."""
        host = "127.0.0.1" if self.host in {"0.0.0.0", "::"} else self.host  # noqa: S104 - compared, not bound
        return f"http://{host}:{self.port}"

    @property
    def weights_gib(self) -> float:
        """Memory of the weights alone, GiB over all GPUs."""
        return self.parameters_b * 1e9 * (4 if self.dtype == "float32" else 2) / 2**30

    def command(self) -> list[str]:
        """The plain `vllm serve` command, one argument a word; flags as vLLM 0.10 and later has them."""
        words = [self.vllm, "serve", self.model]
        for flag, value in self._flags().items():
            words += _flag_words(flag, value)
        return words

    def _flags(self) -> dict[str, FlagValue]:
        flags: dict[str, FlagValue] = {
            "served-model-name": self.served_name,
            "host": self.host,
            "port": self.port,
            "max-model-len": self.max_model_len,
            "dtype": self.dtype,
            "tensor-parallel-size": self.tensor_parallel,
            "gpu-memory-utilization": self.gpu_memory,
            # vLLM would reserve memory for videos, which no phone agent sends
            "limit-mm-per-prompt": {"image": self.images, "video": 0},
        }
        if self.processor:
            flags["mm-processor-kwargs"] = self.processor
        return flags | self.flags


def _flag_words(flag: str, value: FlagValue) -> list[str]:
    if value is False:
        return []
    if value is True:
        return [f"--{flag}"]
    if isinstance(value, dict):
        return [f"--{flag}", json.dumps(value, separators=(",", ":"))]
    return [f"--{flag}", str(value)]


def preset_names(path: Path = PRESETS_FILE) -> list[str]:
    """All names, in the file's order."""
    return list(_read(path)["presets"])


def load_preset(name: str, changes: Sequence[str] = (), path: Path = PRESETS_FILE) -> Preset:
    """A preset with `key=value` changes laid over it; dots reach into maps (flags.enforce-eager=true).

    Values are read as YAML. Raises PresetError.
    """
    raw = _read(path)
    if name not in raw["presets"]:
        near = difflib.get_close_matches(name, raw["presets"], 1)
        hint = f"did you mean {near[0]!r}? " if near else ""
        raise PresetError(f"unknown preset {name!r}\n    {hint}known: {', '.join(raw['presets'])}")
    defaults, own = raw["defaults"], raw["presets"][name]
    settings: dict[str, Any] = {"name": name, **defaults, **own}
    settings["flags"] = {**defaults.get("flags", {}), **own.get("flags", {})}
    for change in changes:
        _apply(settings, change)
    try:
        return Preset.model_validate(settings)
    except ValidationError as error:
        lines = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
        raise PresetError(f"preset {name!r} cannot be used\n    " + "\n    ".join(lines)) from error


def _apply(settings: dict[str, Any], change: str) -> None:
    path, separator, text = change.partition("=")
    if not separator or not path:
        raise PresetError(f"--set takes key=value, not {change!r}")
    *parents, last = path.split(".")
    target = settings
    for parent in parents:
        target[parent] = dict(target.get(parent) or {})
        target = target[parent]
    try:
        target[last] = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise PresetError(f"--set {path}: the value is not valid YAML") from error


def _read(path: Path) -> dict[str, Any]:
    raw: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return raw
