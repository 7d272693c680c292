"""Keeps freed memory in the process, so that a request's megabyte need not be asked of the system page by page."""

from __future__ import annotations

import contextlib
import ctypes
from typing import Final

_M_TRIM_THRESHOLD: Final = -1
_M_MMAP_THRESHOLD: Final = -3
MOST_KEPT: Final = 64 * 1024 * 1024
"""Bytes of free memory that stay with the process."""
LARGEST_KEPT: Final = 32 * 1024 * 1024
"""Larger pieces go back to the system; glibc allows no more."""


def keep_freed_memory() -> bool:
    """Tells glibc's allocator (mallopt(3)); False with another C library.

    A screenshot is copied a few times on its way. Fresh pages for each copy took longer than the copying itself: half
    a millisecond of the two that the gateway adds to an 800 KB request.
    """
    with contextlib.suppress(OSError, AttributeError):
        library = ctypes.CDLL(None)
        kept = library.mallopt(_M_TRIM_THRESHOLD, MOST_KEPT) and library.mallopt(_M_MMAP_THRESHOLD, LARGEST_KEPT)
        return bool(kept)
    return False
