"""Answers that outlive their handler, and clients that leave before the answer."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Coroutine
from typing import Any, TypeVar

from fastapi import Request
from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from vllm_script.gateway.errors import GatewayError

T = TypeVar("T")


class EventStream(StreamingResponse):
    """Server-sent events; `resources` are given back after the last byte or when the client leaves."""

    def __init__(self, events: AsyncGenerator[bytes, None], resources: contextlib.AsyncExitStack) -> None:
        super().__init__(events, media_type="text/event-stream", headers={"cache-control": "no-cache"})
        self._events = events
        self._resources = resources

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sends the events."""
        async with self._resources:
            try:
                await super().__call__(scope, receive, send)
            finally:
                await self._events.aclose()


async def unless_gone(request: Request, work: Coroutine[Any, Any, T]) -> T:
    """Awaits `work`; a client that disconnects cancels it, and with it the request to the back end.

    The body must have been read before. Raises GatewayError 499, which nobody will see but the log.
    """
    task = asyncio.ensure_future(work)
    watch = asyncio.ensure_future(_disconnect(request))
    try:
        await asyncio.wait((task, watch), return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            return task.result()
        raise GatewayError(499, "the client went away", code="client_disconnect")
    finally:
        for pending in (task, watch):
            pending.cancel()
        await asyncio.gather(task, watch, return_exceptions=True)


async def _disconnect(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
