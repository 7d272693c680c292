"""Loads and composes config files: `extends:`, then the file, then `--set a.b=c`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from phonebench.config import legacy
from phonebench.config.explain import validate
from phonebench.config.legacy import Translation
from phonebench.config.models import RunConfig
from phonebench.config.paths import resolve
from phonebench.config.yaml_file import Document, KeyPath, parse_yaml, read_yaml
from phonebench.schema.errors import ConfigError

ALL_KEYS: Final = "all keys: python eval.py --schema"
_MAX_EXTENDS: Final = 8
_NOT_IN_DIGEST: Final[Mapping[str, Any]] = {
    "name": True,
    "logs_dir": True,
    "suite": True,
    "judge": True,
    "prices": True,
    "models": {"__all__": {"hardware": True}},
    "retries": True,
    "agent": {"human"},
    "stop_after_infra": True,
    "phone": {"count", "serials", "adb_path", "adb_server_port", "boot_timeout_s", "call_timeout_s"},
}
"""What may differ when a run is resumed: where, how many side by side, how judged. Tasks have a digest of their own."""


@dataclass(frozen=True, slots=True)
class LoadedConfig:
    """A valid config, the place of each of its keys, and the file it came from."""

    config: RunConfig
    document: Document
    source: str
    translation: Translation | None = None
    """Set when the file was one of AndroidLab's or OpenPhone's."""

    def place(self, dotted: str) -> str:
        """`file:line` of a key given as `agent.dialect`."""
        return self.document.place(tuple(dotted.split(".")))


def load_config(path: str | Path | None, overrides: Sequence[str] = ()) -> LoadedConfig:
    """Read a config file with everything it extends and lay `a.b=c` overrides over it; raises ConfigError.

    Without a file the overrides are laid over the defaults.
    """
    document = _composed(resolve(str(path)), ()) if path is not None else Document({}, {}, "defaults")
    translation = None
    if legacy.is_old(document.data):
        document, translation = legacy.translate(document)
    for override in overrides:
        document = _merged(document, _override(override))
    try:
        config = validate(RunConfig, document, error=ConfigError, help_line=ALL_KEYS)
    except ConfigError as problem:
        if translation is not None:  # the notes may tell what is missing, and the new keys are not in the file
            problem.next_step = "\n    ".join(
                [problem.next_step, f"{path} in today's keys:", *translation.notes]
            ).strip()
        raise
    return LoadedConfig(config, document, "defaults" if path is None else str(path), translation)


def config_digest(config: RunConfig) -> str:
    """sha256 over everything in the config that can change what an episode records."""
    plain = config.model_dump(mode="json", exclude=dict(_NOT_IN_DIGEST))
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()


def _composed(file: Path, above: tuple[Path, ...]) -> Document:
    document = read_yaml(file)
    if document.data is None:
        document = Document({}, document.places, document.name)
    if not isinstance(document.data, dict):
        raise ConfigError("a config is a mapping of keys to values", where=document.name, why=f"({ALL_KEYS})")
    if "extends" not in document.data:
        return document
    here = document.place(("extends",))
    bases = document.data["extends"]
    bases = [bases] if isinstance(bases, str) else bases
    if not isinstance(bases, list) or not all(isinstance(base, str) for base in bases):
        raise ConfigError("extends must be a file name or a list of them", where=here)
    chain = (*above, file)
    base_document = Document({}, {}, document.name)
    for base in bases:
        target = resolve(base, beside=file)
        if target in chain or len(chain) > _MAX_EXTENDS:
            raise ConfigError(f"extends {base} goes round in a circle", where=here)
        if not target.is_file():
            raise ConfigError(f"extends {base}: no such file", where=here)
        base_document = _merged(base_document, _composed(target, chain))
    own = {key: value for key, value in document.data.items() if key != "extends"}
    return _merged(base_document, Document(own, document.places, document.name))


def _override(text: str) -> Document:
    shown = f"--set {text}"
    dotted, equals, value = text.partition("=")
    if not equals or not all(dotted.split(".")):
        raise ConfigError("must read key=value, e.g. limits.max_steps=10", where=shown)
    parsed = parse_yaml(value, shown)
    path: KeyPath = tuple(dotted.split("."))
    data: Any = parsed.data
    for part in reversed(path):
        data = {part: data}
    places = {path[:length]: shown for length in range(1, len(path) + 1)}
    places.update({(*path, *below): shown for below in parsed.places})
    return Document(data, places, shown)


def _merged(under: Document, over: Document) -> Document:
    """Mappings merge key by key; anything else is replaced whole."""
    places = {**under.places, **over.places}
    return Document(_merged_data(under.data, over.data), places, over.name or under.name)


def _merged_data(under: Any, over: Any) -> Any:
    if isinstance(under, dict) and isinstance(over, dict):
        both = dict(under)
        for key, value in over.items():
            both[key] = _merged_data(under[key], value) if key in under else value
        return both
    return over
