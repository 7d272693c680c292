"""The HTTP that the client speaks: GET /ping, POST /jsonrpc/0; over any byte stream, with h11 for the grammar."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol

import h11

Answer = Callable[[bytes], bytes]
MAX_BODY: Final = 16 * 1024 * 1024
_CHUNK: Final = 64 * 1024


class Bytes(Protocol):
    """A stream's two ends."""

    async def read(self, size: int) -> bytes:
        """Up to so many bytes; none at the end."""

    async def write(self, data: bytes) -> None:
        """All of it."""


async def serve(stream: Bytes, answer: Answer) -> None:
    """Requests one after the other, until the client leaves or asks for something that is no HTTP."""
    connection = h11.Connection(h11.SERVER)
    try:
        while await _exchange(connection, stream, answer):
            connection.start_next_cycle()
    except h11.RemoteProtocolError as problem:
        if connection.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            await _respond(connection, stream, problem.error_status_hint, b"bad request", "text/plain")


async def _exchange(connection: h11.Connection, stream: Bytes, answer: Answer) -> bool:
    """One request and its response; False when there is none more."""
    request: h11.Request | None = None
    body = bytearray()
    while True:
        event = connection.next_event()
        if event is h11.NEED_DATA:
            connection.receive_data(await stream.read(_CHUNK))
        elif isinstance(event, h11.Request):
            request = event
        elif isinstance(event, h11.Data):
            body += event.data
            if len(body) > MAX_BODY:
                raise h11.RemoteProtocolError("the request is too large", error_status_hint=413)
        elif isinstance(event, h11.EndOfMessage) and request is not None:
            await _respond(connection, stream, *_response(request, bytes(body), answer))
            return bool(connection.our_state is h11.DONE)
        else:
            return False


def _response(request: h11.Request, body: bytes, answer: Answer) -> tuple[int, bytes, str]:
    """Status, content and its type."""
    path = request.target.split(b"?")[0]
    if request.method == b"GET" and path == b"/ping":
        return 200, b"pong", "text/plain"
    if path.startswith(b"/jsonrpc/"):
        if request.method == b"POST":
            return 200, answer(body), "application/json"
        return 405, b"POST only", "text/plain"
    return 404, b"not found", "text/plain"


async def _respond(connection: h11.Connection, stream: Bytes, status: int, content: bytes, kind: str) -> None:
    headers = [("content-type", kind), ("content-length", str(len(content)))]
    events = (h11.Response(status_code=status, headers=headers), h11.Data(data=content), h11.EndOfMessage())
    # In one piece: a second one would wait for the client's delayed acknowledgement of the first.
    await stream.write(b"".join(connection.send(event) or b"" for event in events))
