"""A back end that costs next to nothing: one asyncio protocol with canned answers.

python -m benchmarks.http_backend PORT
"""

from __future__ import annotations

import asyncio
import json
import sys

_CHOICE = {"index": 0, "message": {"role": "assistant", "content": 'do(action="Home")'}, "finish_reason": "stop"}
_USAGE = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
_COMMON = {"id": "b", "created": 0, "model": "bench"}
_PLAIN = json.dumps({**_COMMON, "object": "chat.completion", "choices": [_CHOICE], "usage": _USAGE}).encode()
_DELTA = {"index": 0, "delta": {"role": "assistant", "content": "word "}, "finish_reason": None}
_EVENT = b"data: " + json.dumps({**_COMMON, "object": "chat.completion.chunk", "choices": [_DELTA]}).encode() + b"\n\n"
_MODELS = json.dumps({"object": "list", "data": [{"id": "bench", "object": "model", "max_model_len": 32768}]}).encode()


def _sized(body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%b" % (len(body), body)


def _chunk(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)


_STREAM_HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
_STREAM = _STREAM_HEAD + _chunk(_EVENT) * 20 + _chunk(b"data: [DONE]\n\n") + b"0\r\n\r\n"


class _Protocol(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._buffer = bytearray()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = bytes(self._buffer[:end]).lower()
            length = int(head.split(b"content-length:")[1].split(b"\r\n")[0]) if b"content-length:" in head else 0
            if len(self._buffer) < end + 4 + length:
                return
            body = self._buffer[end + 4 : end + 4 + length]
            del self._buffer[: end + 4 + length]
            self._transport.write(_answer(head, bytes(body[:200])))


def _answer(head: bytes, start_of_body: bytes) -> bytes:
    if head.startswith(b"get"):
        return _sized(_MODELS)
    streamed = b'"stream": true' in start_of_body or b'"stream":true' in start_of_body
    return _STREAM if streamed else _sized(_PLAIN)


async def _serve(port: int) -> None:
    server = await asyncio.get_running_loop().create_server(_Protocol, "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1])))
