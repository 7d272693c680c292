"""SQLite in memory: the sandbox in which `sqlite3` and `content` run SQL of strangers."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

_MAX_STEPS: Final = 100
"""Progress calls, one every _STEP virtual machine instructions, that a statement may use: about a second."""
_STEP: Final = 200_000
_MAX_BYTES: Final = 64 << 20
_MAX_PIECES: Final = 2_000
"""Semicolons inside one statement."""
_FORBIDDEN_PRAGMAS: Final = frozenset(["temp_store_directory", "data_store_directory"])
_WAL: Final = 2
_WAL_AT: Final = (18, 19)
"""Bytes of the header that say which journal is used (SQLite file format, section 1.3)."""


def _authorize(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    if action == sqlite3.SQLITE_ATTACH and first != "":
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_FUNCTION and second == "load_extension":
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_PRAGMA and (first or "").lower() in _FORBIDDEN_PRAGMAS:
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK


@contextmanager
def sandbox(image: bytes = b"") -> Iterator[sqlite3.Connection]:
    """A connection to a database made of `image`, which reaches no file of the host and stops after a bounded time.

    Raises sqlite3.Error when the image is no database.
    """
    base = sqlite3.connect(":memory:", isolation_level=None)
    try:
        base.text_factory = lambda data: data.decode("utf-8", "replace")
        base.execute("PRAGMA temp_store=MEMORY")
        base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MAX_BYTES)
        if image:
            base.deserialize(without_wal(image))
        steps = 0

        def tick() -> int:
            nonlocal steps
            steps += 1
            return int(steps > _MAX_STEPS)

        base.set_progress_handler(tick, _STEP)
        base.set_authorizer(_authorize)
        yield base
    finally:
        base.close()


def image_of(base: sqlite3.Connection) -> bytes:
    """The database as a file's bytes; nothing for one without a page, which SQLite cannot serialize."""
    pages = base.execute("PRAGMA page_count").fetchone()[0]
    return base.serialize() if pages else b""


def without_wal(image: bytes) -> bytes:
    """The image with its journal mode set to rollback: write-ahead logging has no meaning in memory."""
    if len(image) < 100 or image[_WAL_AT[0]] != _WAL:
        return image
    return image[: _WAL_AT[0]] + b"\x01\x01" + image[_WAL_AT[1] + 1 :]


def statements(script: str) -> Iterator[str]:
    """The statements of a script, each complete; a rest without a semicolon is one too."""
    pending, pieces = "", 0
    for piece in script.split(";"):
        pending += piece + ";"
        pieces += 1
        if sqlite3.complete_statement(pending) or pieces > _MAX_PIECES:
            if pending.strip(" \t\r\n;"):
                yield pending.strip()
            pending, pieces = "", 0
    rest = pending.rstrip(";").strip()
    if rest:
        yield rest


def shown(value: Any) -> str:
    """A value as text, NULL as nothing."""
    if value is None:
        return ""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return repr(value) if isinstance(value, float) else str(value)
