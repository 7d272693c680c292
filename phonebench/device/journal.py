"""What was changed on a user's phone, on disk before it is done, so that even a crash leaves a way back."""

from __future__ import annotations

import logging
import os
import re
from pathlib import Path
from typing import Final, Literal

from pydantic import ValidationError

from phonebench.config.paths import state_dir
from phonebench.schema.base import Record

log = logging.getLogger(__name__)

_UNSAFE: Final = re.compile(r"[^\w.-]")


class Change(Record):
    """One thing as it was: `key` is what (namespace/name of a setting), `old` its value; None when it had none."""

    kind: Literal["setting", "input_method", "zone", "clock", "locale", "location"]
    key: str = ""
    old: str | None = None


class _Pages(Record):
    serial: str
    changes: tuple[Change, ...] = ()


class Journal:
    """The changes to one phone that are not undone yet. For one thread at a time."""

    def __init__(self, path: Path | None, serial: str) -> None:
        """Without a path it is kept in memory only: for phones that are thrown away."""
        self.path = path
        self._pages = _Pages(serial=serial) if path is None else _read(path, serial)

    @classmethod
    def of(cls, serial: str) -> Journal:
        """The journal of a phone, with what an earlier run that was killed left in it."""
        return cls(state_dir() / "phones" / f"{file_name(serial)}.json", serial)

    @property
    def changes(self) -> tuple[Change, ...]:
        """In the order in which they were made."""
        return self._pages.changes

    def note(self, change: Change) -> None:
        """Write down how a thing is, before it is changed; what was noted first stays."""
        if not any((known.kind, known.key) == (change.kind, change.key) for known in self.changes):
            self._write((*self.changes, change))

    def forget(self, change: Change) -> None:
        """A change was undone."""
        self._write(tuple(known for known in self.changes if known != change))

    def _write(self, changes: tuple[Change, ...]) -> None:
        self._pages = self._pages.model_copy(update={"changes": changes})
        if self.path is None:
            return
        if not changes:
            self.path.unlink(missing_ok=True)
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.path.with_name(f".{self.path.name}.{os.getpid()}.tmp")
        with fresh.open("w", encoding="utf-8") as file:
            file.write(self._pages.model_dump_json(indent=1) + "\n")
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.path)


def file_name(serial: str) -> str:
    """A serial, or HOST:PORT, as the name of a file."""
    return _UNSAFE.sub("_", serial)


def _read(path: Path, serial: str) -> _Pages:
    try:
        return _Pages.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return _Pages(serial=serial)
    except (OSError, ValidationError) as error:
        log.warning("%s cannot be read; what it says of the phone is lost: %s", path, error)
        return _Pages(serial=serial)
