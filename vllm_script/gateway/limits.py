"""Rate and concurrency per key."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from vllm_script.gateway.errors import GatewayError
from vllm_script.gateway.settings import LimitSettings


@dataclass(slots=True)
class _Bucket:
    tokens: float
    filled_at: float
    running: int = 0


class Limiter:
    """A token bucket (one minute's worth of burst) and a count of running requests for each key name."""

    def __init__(self, limits: LimitSettings, clock: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits
        self._clock = clock
        self._buckets: dict[str, _Bucket] = {}

    @contextmanager
    def admit(self, holder: str) -> Iterator[None]:
        """Holds one place for the request. Raises GatewayError 429."""
        bucket = self.enter(holder)
        try:
            yield
        finally:
            bucket.running -= 1

    def enter(self, holder: str) -> _Bucket:
        """Takes a place; the caller gives it back by lowering `running`."""
        now = self._clock()
        rate = self._limits.requests_per_minute / 60
        bucket = self._buckets.setdefault(holder, _Bucket(float(self._limits.requests_per_minute), now))
        bucket.tokens = min(self._limits.requests_per_minute, bucket.tokens + (now - bucket.filled_at) * rate)
        bucket.filled_at = now
        if bucket.running >= self._limits.concurrent:
            raise GatewayError(429, "too many requests at once for this key", code="concurrency", retry_after_s=1)
        if bucket.tokens < 1:
            wait = (1 - bucket.tokens) / rate
            raise GatewayError(429, "too many requests for this key", code="rate_limit", retry_after_s=math.ceil(wait))
        bucket.tokens -= 1
        bucket.running += 1
        return bucket
