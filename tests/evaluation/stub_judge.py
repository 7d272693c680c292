"""A chat-completions endpoint that answers as it is told; it keeps what it was asked."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[[dict[str, Any]], str | tuple[int, str]]
"""Request body -> text of the reply, or (status, message) of a refusal."""


class StubJudge:
    """`url` is the endpoint's base URL; `requests` the bodies received."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.requests: list[dict[str, Any]] = []
        stub = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                stub.requests.append(body)
                answer = stub.answer(body)
                if isinstance(answer, tuple):
                    self._send(answer[0], "application/json", json.dumps({"error": {"message": answer[1]}}))
                elif body.get("stream"):
                    self._send(200, "text/event-stream", "".join(_events(answer)))
                else:
                    self._send(200, "application/json", json.dumps(_completion(answer)))

            def _send(self, status: int, kind: str, text: str) -> None:
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(text.encode())))
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *args: Any) -> None:
                """Quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"

    @contextmanager
    def running(self) -> Iterator[StubJudge]:
        thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()
            thread.join()


USAGE = {"prompt_tokens": 900, "completion_tokens": 30, "total_tokens": 930}


def _completion(text: str) -> dict[str, Any]:
    message = {"role": "assistant", "content": text}
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    return {"id": "1", "object": "chat.completion", "created": 0, "model": "m", "choices": [choice], "usage": USAGE}


def _events(text: str) -> Iterator[str]:
    base = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "m"}
    for piece, reason in ((text, None), ("", "stop")):
        choice = {"index": 0, "delta": {"role": "assistant", "content": piece}, "finish_reason": reason}
        yield f"data: {json.dumps({**base, 'choices': [choice]})}\n\n"
    yield f"data: {json.dumps({**base, 'choices': [], 'usage': USAGE})}\n\n"
    yield "data: [DONE]\n\n"
