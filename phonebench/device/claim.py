"""One process at a time works with a phone of the user's: two would tap into each other's episodes."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import ValidationError

from phonebench.config.paths import state_dir
from phonebench.device.avd.process import alive, identity
from phonebench.device.journal import file_name
from phonebench.schema.base import Record
from phonebench.schema.errors import ConfigError


class _Owner(Record):
    pid: int
    since: str


def claim(serial: str) -> None:
    """Ours from now on; what a dead process left is taken over. Raises ConfigError while another one has it."""
    path = _path(serial)
    owner = _read(path)
    if owner is not None and owner.pid != os.getpid() and alive(owner.pid, owner.since):
        raise ConfigError(
            f"phone {serial} is in use by process {owner.pid}",
            where="phone.serials",
            next_step="Wait for that run, or name other phones in phone.serials.",
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    fresh.write_text(_Owner(pid=os.getpid(), since=identity(os.getpid()) or "").model_dump_json(), "utf-8")
    fresh.replace(path)


def release(serial: str) -> None:
    """No longer ours. Never raises."""
    owner = _read(_path(serial))
    if owner is not None and owner.pid == os.getpid():
        _path(serial).unlink(missing_ok=True)


def _path(serial: str) -> Path:
    return state_dir() / "phones" / f"{file_name(serial)}.owner"


def _read(path: Path) -> _Owner | None:
    try:
        return _Owner.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None
