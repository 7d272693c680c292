"""Named keys, compared in constant time."""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Mapping
from pathlib import Path

import yaml

from vllm_script.gateway.settings import KeySettings, SettingsError

SHORTEST_KEY = 16


class KeyRing:
    """Knows digests only, so that no key can reach a log or a traceback."""

    def __init__(self, keys: Mapping[str, str]) -> None:
        for name, key in keys.items():
            if len(key) < SHORTEST_KEY:
                raise SettingsError(
                    f"key {name!r} is shorter than {SHORTEST_KEY} characters\n"
                    "    next: python -c 'import secrets; print(secrets.token_urlsafe(32))'"
                )
        self._digests = {name: hashlib.sha256(key.encode()).digest() for name, key in keys.items()}
        if len(set(self._digests.values())) != len(self._digests):
            raise SettingsError("two key names hold the same key")

    def __bool__(self) -> bool:
        return bool(self._digests)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all keys."""
        return tuple(self._digests)

    def holder(self, presented: str) -> str | None:
        """Name of a key, or None. Every key is compared every time, over digests of equal length."""
        digest = hashlib.sha256(presented.encode("utf-8", "surrogateescape")).digest()
        found: str | None = None
        for name, known in self._digests.items():
            if hmac.compare_digest(digest, known):
                found = name
        return found


def load_keys(settings: KeySettings, environ: Mapping[str, str] = os.environ) -> KeyRing:
    """Keys of the file, then of the environment. Raises SettingsError."""
    keys: dict[str, str] = {}
    if settings.file is not None:
        keys.update(_from_file(settings.file))
    for part in filter(None, (p.strip() for p in environ.get(settings.env, "").split(","))):
        name, separator, key = part.partition(":")
        if not separator or not name or not key:
            raise SettingsError(f"{settings.env}: expected name:key,name:key")
        keys[name.strip()] = key.strip()
    return KeyRing(keys)


def _from_file(path: Path) -> dict[str, str]:
    try:
        raw = yaml.safe_load(path.read_text("utf-8"))
    except OSError as error:
        raise SettingsError(f"{path}: key file cannot be read: {error.strerror}") from error
    except yaml.YAMLError:
        # the parser's message would quote the line, and with it a key
        raise SettingsError(f"{path}: key file is not valid YAML; expected lines `name: key`") from None
    if not isinstance(raw, dict) or not all(isinstance(k, str) and isinstance(v, str) for k, v in raw.items()):
        raise SettingsError(f"{path}: key file must hold lines `name: key`")
    return raw
