"""A bounded least-recently-used store for things whose size matters: masks, pictures, bands."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

V = TypeVar("V")


class SizedLru(Generic[V]):
    """Keeps the most recently used values whose sizes add up to at most `limit` bytes. Safe to share between threads.

    A value larger than the limit is returned to its caller and not kept.
    """

    def __init__(self, limit: int, size_of: Callable[[V], int]) -> None:
        self.limit = limit
        self.used = 0
        self._size_of = size_of
        self._kept: OrderedDict[Hashable, V] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Hashable) -> V | None:
        """The value, now the most recent one; None when it is not kept."""
        with self._lock:
            value = self._kept.get(key)
            if value is not None:
                self._kept.move_to_end(key)
            return value

    def put(self, key: Hashable, value: V) -> V:
        """Keep a value and return it, dropping the oldest ones to make room."""
        size = self._size_of(value)
        if size > self.limit:
            return value
        with self._lock:
            old = self._kept.pop(key, None)
            if old is not None:
                self.used -= self._size_of(old)
            self._kept[key] = value
            self.used += size
            while self.used > self.limit:
                _, dropped = self._kept.popitem(last=False)
                self.used -= self._size_of(dropped)
        return value

    def clear(self) -> None:
        """Forget everything (benchmarks start cold with this)."""
        with self._lock:
            self._kept.clear()
            self.used = 0
