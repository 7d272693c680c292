"""Replies of judges by what was asked, over all runs: what was answered once is never asked again."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path

from phonebench.schema.base import SCHEMA_VERSION, Record
from phonebench.schema.episode import ModelCall
from phonebench.schema.errors import TraceError
from phonebench.trace.files import read_model, write_json

FOLDER = "judge_cache"


class CachedReply(Record):
    """One usable reply, and the calls that it took."""

    schema_version: int = SCHEMA_VERSION
    text: str
    calls: tuple[ModelCall, ...]


class ReplyCache:
    """A folder of replies; safe for several threads and processes, for each file appears in one step.

    `refresh` passes over what is there and replaces it.
    """

    def __init__(self, folder: Path, *, refresh: bool = False) -> None:
        self._folder = folder
        self._refresh = refresh
        self._lock = threading.Lock()
        self._locks: dict[str, threading.Lock] = {}

    @contextlib.contextmanager
    def alone(self, key: str) -> Iterator[None]:
        """Hold a key: threads that want the same reply at once ask for it one after the other, the later in vain."""
        with self._lock:
            lock = self._locks.setdefault(key, threading.Lock())
        with lock:
            yield

    def get(self, key: str) -> CachedReply | None:
        """The reply kept under a key (sha256, hex); None when there is none, or a damaged one."""
        if self._refresh:
            return None
        try:
            return read_model(CachedReply, self._path(key))
        except (OSError, TraceError):
            return None

    def put(self, key: str, reply: CachedReply) -> None:
        """Keep a reply."""
        write_json(self._path(key), reply)

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}.json"


def replies_beside(runs: Path, *, refresh: bool = False) -> ReplyCache:
    """The replies that belong to a folder of runs."""
    return ReplyCache(logs_folder(runs.absolute()) / FOLDER, refresh=refresh)


def logs_folder(runs: Path) -> Path:
    """The folder named `logs` that runs lie in, at any depth; else their own folder."""
    return next((path for path in (runs, *runs.parents) if path.name == "logs"), runs)
