"""One chat request on its way to a back end and back."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncGenerator
from dataclasses import dataclass

import httpx

from vllm_script.gateway.backends import Backend, Pool
from vllm_script.gateway.errors import GatewayError
from vllm_script.gateway.metrics import Metrics

PATH = "/v1/chat/completions"
log = logging.getLogger("gateway")
LONGEST_EVENT = 4 * 1024 * 1024
"""An event that grows beyond this is passed on unfinished, so that a broken server cannot fill the memory."""


@dataclass(slots=True)
class Exchange:
    """An answer whose headers have arrived."""

    backend: Backend
    response: httpx.Response
    resources: contextlib.AsyncExitStack

    async def close(self) -> None:
        """Gives the connection (or, in the middle of an answer, drops it) and the place on the back end back."""
        await self.resources.aclose()


class StaleConnectionError(Exception):
    """The connection broke before the first byte of an answer."""


class Proxy:
    """Forwards request bodies as they came; the answer is never changed, only cut into whole events."""

    def __init__(self, pool: Pool, metrics: Metrics, retries: int) -> None:
        self._pool = pool
        self._metrics = metrics
        self._retries = retries

    async def open(self, model: str, body: bytes, request_id: str) -> Exchange:
        """Sends the request to the least busy replica, and to another one when that fails before its first byte.

        Raises GatewayError 404, 502, 503, 504.
        """
        failure: GatewayError | None = None
        for attempt, backend in enumerate(self._pool.replicas(model)[: self._retries + 1]):
            if attempt:
                self._metrics.retries.labels(model).inc()
            started = time.perf_counter()
            try:
                exchange = await self._send_fresh(backend, body, request_id)
            except GatewayError as error:
                failure = error
                continue
            self._metrics.first_byte.labels(model).observe(time.perf_counter() - started)
            return exchange
        raise failure or GatewayError(503, f"no back end of {model} could be tried", code="backend_down")

    async def _send_fresh(self, backend: Backend, body: bytes, request_id: str) -> Exchange:
        """A kept connection that the server has closed meanwhile is no failure of the server: once more, then."""
        try:
            return await self._send(backend, body, request_id)
        except StaleConnectionError:
            try:
                return await self._send(backend, body, request_id)
            except StaleConnectionError as error:
                raise GatewayError(
                    502, "the back end broke off before its answer", code="backend_connection"
                ) from error

    async def _send(self, backend: Backend, body: bytes, request_id: str) -> Exchange:
        headers = {"content-type": "application/json", "x-request-id": request_id}
        limit = backend.settings.first_byte_timeout_s
        async with contextlib.AsyncExitStack() as stack:
            stack.enter_context(self._pool.load(backend))
            lane = await stack.enter_async_context(backend.lanes.lane())
            try:
                async with asyncio.timeout(limit):
                    response = await lane.send("POST", PATH, body, headers)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                self._pool.set_up(backend, False, type(error).__name__)
                raise GatewayError(503, "the back end is not up", code="backend_down", retry_after_s=5) from error
            except (TimeoutError, httpx.TimeoutException) as error:
                raise GatewayError(504, f"the back end did not answer within {limit:g} s", code="timeout") from error
            except httpx.TransportError as error:
                raise StaleConnectionError from error
            stack.push_async_callback(response.aclose)
            if response.status_code >= 500:
                status = 503 if response.status_code == 503 else 502
                raise GatewayError(status, f"the back end answered {response.status_code}", code="backend_error")
            return Exchange(backend, response, stack.pop_all())
        raise AssertionError("unreachable: the stack swallows nothing")

    async def read(self, exchange: Exchange) -> bytes:
        """The whole answer of a plain request. Raises GatewayError 502 or 504."""
        try:
            return await exchange.response.aread()
        except httpx.TimeoutException as error:
            raise GatewayError(504, "the back end stopped in the middle of its answer", code="timeout") from error
        except httpx.HTTPError as error:
            raise GatewayError(502, "the back end broke off its answer", code="backend_connection") from error

    async def events(self, exchange: Exchange, model: str) -> AsyncGenerator[bytes, None]:
        """Server-sent events, each passed on as soon as it is whole; a dead back end becomes an error event."""
        tail = b""
        try:
            async for chunk in exchange.response.aiter_bytes():
                whole, tail = split_events(tail + chunk)
                if whole:
                    yield whole
            if tail:
                yield tail
        except httpx.HTTPError as error:
            self._metrics.broken_streams.labels(model).inc()
            log.warning("backend=%s broke off a stream: %s", exchange.backend.name, type(error).__name__)
            yield GatewayError(502, "the back end broke off in the middle of the stream", code="stream_broken").event()


def split_events(buffered: bytes) -> tuple[bytes, bytes]:
    """(whole events, the unfinished rest). An event ends with an empty line, LF or CRLF (WHATWG HTML, 9.2.5)."""
    if len(buffered) > LONGEST_EVENT:
        return buffered, b""
    end = max(buffered.rfind(b"\n\n") + 2, buffered.rfind(b"\r\n\r\n") + 4 if b"\r\n\r\n" in buffered else 0)
    return (buffered[:end], buffered[end:]) if end >= 2 else (b"", buffered)
