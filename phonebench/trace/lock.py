"""One process at a time writes to a run; a held lock is released by the system when its process dies."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from phonebench.schema.errors import TraceError


@contextlib.contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold the file `path`; raises TraceError when another process does."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            _lock(handle)
        except OSError:
            raise TraceError(
                "another eval.py is writing to this run",
                where=str(path.parent),
                next_step="wait for it, or use -n NAME",
            ) from None
        yield
    finally:
        os.close(handle)


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
