"""A bound on the whole of an HTTP response.

httpx bounds each single read; a server that keeps dripping bytes (SSE comments, one space a second) never meets such a
bound. This transport checks the clock after every piece, whatever the piece holds.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from types import TracebackType

import httpx


class DeadlineTransport(httpx.BaseTransport):
    """Wraps a transport; a response that is still coming at `deadline` (time.monotonic) raises httpx.ReadTimeout."""

    def __init__(self, inner: httpx.BaseTransport | None = None) -> None:
        self._inner = inner or httpx.HTTPTransport()
        self.deadline = float("inf")

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request; the body of its response is bounded."""
        response = self._inner.handle_request(request)
        assert isinstance(response.stream, httpx.SyncByteStream)
        response.stream = _Bounded(response.stream, self.deadline, request)
        return response

    def close(self) -> None:
        """Close the wrapped transport."""
        self._inner.close()

    def __exit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        self.close()


class _Bounded(httpx.SyncByteStream):
    def __init__(self, inner: httpx.SyncByteStream, deadline: float, request: httpx.Request) -> None:
        self._inner = inner
        self._deadline = deadline
        self._request = request

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._inner:
            if time.monotonic() > self._deadline:
                raise httpx.ReadTimeout("the response outlived its deadline", request=self._request)
            yield piece

    def close(self) -> None:
        self._inner.close()
