"""A stub OpenAI-compatible server: answers as told, badly where told. For tests of everything that talks to a model.

    with StubServer([Reply('do(action="Back")'), Fault("500"), Reply("finish()")]) as server:
        ModelConfig(base_url=server.base_url, name="stub-model")

Each request to /v1/chat/completions takes the next answer of the plan; the last one is given again and again. A plan
may also be a function of the request body. `server.requests` holds what was asked.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

FaultKind = Literal[
    "400", "401", "404", "408", "409", "429", "500", "502", "503", "hang", "drop", "cut", "drip", "stall", "overflow",
    "unknown_model", "not_json", "html", "no_stream_options", "no_response_format", "error_event", "no_choices",
    "no_tools", "no_parallel_tool_calls",
]  # fmt: skip


@dataclass(frozen=True)
class Reply:
    """A good answer. `pieces` chunks when streamed, `pause_s` before each of them. `tool_calls` are pairs of a name and
    its arguments; `loose` servers leave out their ids and indices."""

    text: str
    finish_reason: str = "stop"
    reasoning: str = ""
    pieces: int = 3
    pause_s: float = 0.0
    prompt_tokens: int = 100
    cached_tokens: int = 0
    usage: bool = True
    tool_calls: tuple[tuple[str, str], ...] = ()
    loose: bool = False


@dataclass(frozen=True)
class Fault:
    """A bad answer. `hang`: no answer at all; `drop`: connection closed at once; `cut`: closed amid a stream; `drip`:
    comments for ever; `stall`: silence amid a stream; `no_stream_options`: 400 while the request asks for usage."""

    kind: FaultKind
    retry_after: str = ""
    text: str = "half of a rep"


Answer = Reply | Fault
Plan = Sequence[Answer] | Callable[[dict[str, Any]], Answer]


class _QuietServer(ThreadingHTTPServer):
    """Clients that hang up on us are what many tests are about: no tracebacks."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass


@dataclass
class StubServer:
    """Serves until the with block ends. `models` is what /v1/models lists; None answers 404 there."""

    plan: Plan
    models: list[dict[str, Any]] | None = field(
        default_factory=lambda: [{"id": "stub-model", "object": "model", "owned_by": "vllm", "max_model_len": 8192}]
    )
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.ending = threading.Event()
        self._lock = threading.Lock()
        self._count = 0
        self._server = _QuietServer(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def __enter__(self) -> StubServer:
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self.ending.set()
        self._server.shutdown()
        self._server.server_close()

    def next_answer(self, body: dict[str, Any]) -> Answer:
        with self._lock:
            self.requests.append(body)
            if callable(self.plan):
                return self.plan(body)
            answer = self.plan[min(self._count, len(self.plan) - 1)]
            refused = isinstance(answer, Fault) and answer.kind in ("no_stream_options", "no_parallel_tool_calls")
            if not refused:
                self._count += 1
            elif answer.kind.removeprefix("no_") not in body:
                self._count += 1
                return self.plan[min(self._count, len(self.plan) - 1)]
            return answer


def _handler(stub: StubServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            pass

        def do_GET(self) -> None:
            if self.path == "/v1/models" and stub.models is not None:
                self._json(200, {"object": "list", "data": stub.models})
            else:
                self._error(404, "no such page")

        def do_POST(self) -> None:
            stub.keys.append(self.headers.get("Authorization", "").removeprefix("Bearer "))
            body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))))
            if self.path != "/v1/chat/completions":
                self._error(404, "no such page")
                return
            answer = stub.next_answer(body)
            try:
                if isinstance(answer, Fault):
                    self._fault(answer, body)
                elif body.get("stream"):
                    self._stream(answer, body)
                else:
                    self._json(200, _whole(answer, body))
            except OSError:
                self.close_connection = True

        def _fault(self, fault: Fault, body: dict[str, Any]) -> None:
            match fault.kind:
                case "hang":
                    stub.ending.wait(60)
                    self.close_connection = True
                case "drop":
                    self.close_connection = True
                case "cut" | "stall" | "error_event":
                    self._start_stream()
                    self._event(_chunk(body, {"role": "assistant", "content": fault.text}))
                    if fault.kind == "stall":
                        stub.ending.wait(60)
                    if fault.kind == "error_event":
                        self._event({"error": {"message": "the engine died", "code": 500}})
                    self.close_connection = True
                case "drip":
                    self._start_stream()
                    while not stub.ending.wait(0.05):
                        self._chunked(b": still here\n\n")
                case "html":
                    self._send(200, "text/html", b"<html>a gateway's page</html>")
                case "not_json":
                    self._send(200, "application/json", b'{"choices": [')
                case "no_choices":
                    self._json(200, {"id": "x", "object": "chat.completion", "choices": []})
                case "overflow":
                    said = "This model's maximum context length is 8192 tokens. However, you requested 9000 tokens."
                    self._error(400, said)
                case "unknown_model":
                    self._error(404, f"The model `{body.get('model')}` does not exist.", code="model_not_found")
                case "no_stream_options":
                    self._error(400, "Unrecognized request argument supplied: stream_options")
                case "no_parallel_tool_calls":
                    self._error(400, "Unrecognized request argument supplied: parallel_tool_calls")
                case "no_tools":
                    said = '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set'
                    self._error(400, said)
                case "no_response_format":
                    self._error(400, "response_format of type json_schema is not supported")
                case status:
                    self._error(int(status), f"told to answer {status}", retry_after=fault.retry_after)

        def _stream(self, reply: Reply, body: dict[str, Any]) -> None:
            self._start_stream()
            size = max(1, -(-len(reply.text) // reply.pieces))
            parts = [reply.text[start : start + size] for start in range(0, len(reply.text), size)]
            if reply.reasoning:
                self._event(_chunk(body, {"role": "assistant", "reasoning_content": reply.reasoning}))
            for part in parts:
                if reply.pause_s:
                    time.sleep(reply.pause_s)
                self._event(_chunk(body, {"role": "assistant", "content": part}))
            for delta in _call_deltas(reply):
                self._event(_chunk(body, {"tool_calls": [delta]}))
            self._event(_chunk(body, {}, reply.finish_reason))
            if reply.usage and body.get("stream_options", {}).get("include_usage"):
                self._event(_chunk(body, None) | {"choices": [], "usage": _usage(reply)})
            self._chunked(b"data: [DONE]\n\n")
            self._chunked(b"")

        def _start_stream(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()

        def _event(self, data: dict[str, Any]) -> None:
            self._chunked(f"data: {json.dumps(data)}\n\n".encode())

        def _chunked(self, data: bytes) -> None:
            self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
            self.wfile.flush()

        def _error(self, status: int, message: str, *, code: str = "", retry_after: str = "") -> None:
            headers = {"Retry-After": retry_after} if retry_after else {}
            body = {"error": {"message": message, "type": "stub", "code": code or status}}
            self._send(status, "application/json", json.dumps(body).encode(), headers)

        def _json(self, status: int, body: dict[str, Any]) -> None:
            self._send(status, "application/json", json.dumps(body).encode())

        def _send(self, status: int, kind: str, body: bytes, headers: dict[str, str] | None = None) -> None:
            self.send_response(status)
            for key, value in {"Content-Type": kind, "Content-Length": str(len(body)), **(headers or {})}.items():
                self.send_header(key, value)
            self.end_headers()
            self.wfile.write(body)

    return Handler


def _chunk(body: dict[str, Any], delta: dict[str, Any] | None, finish_reason: str | None = None) -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "finish_reason": finish_reason}
    head = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 0, "model": body.get("model")}
    return head | {"choices": [choice]}


def _call_deltas(reply: Reply) -> list[dict[str, Any]]:
    """Each call as servers stream it: its name first, then its arguments in two pieces."""
    deltas: list[dict[str, Any]] = []
    for number, (name, arguments) in enumerate(reply.tool_calls):
        head = {} if reply.loose else {"index": number}
        first = {} if reply.loose else {"id": f"srv_{number}", "type": "function"}
        half = len(arguments) // 2
        deltas.append({**head, **first, "function": {"name": name, "arguments": None if reply.loose else ""}})
        deltas += [{**head, "function": {"arguments": part}} for part in (arguments[:half], arguments[half:])]
    return deltas


def _whole(reply: Reply, body: dict[str, Any]) -> dict[str, Any]:
    message = {"role": "assistant", "content": reply.text}
    if reply.reasoning:
        message["reasoning_content"] = reply.reasoning
    if reply.tool_calls:
        message["tool_calls"] = [
            {"id": f"srv_{number}", "type": "function", "function": {"name": name, "arguments": arguments}}
            for number, (name, arguments) in enumerate(reply.tool_calls)
        ]
    choice = {"index": 0, "message": message, "finish_reason": reply.finish_reason}
    whole = {"id": "chatcmpl-1", "object": "chat.completion", "created": 0, "model": body.get("model")}
    return whole | {"choices": [choice], "usage": _usage(reply)}


def _usage(reply: Reply) -> dict[str, Any]:
    tokens = len(reply.text.split())
    return {
        "prompt_tokens": reply.prompt_tokens,
        "completion_tokens": tokens,
        "total_tokens": reply.prompt_tokens + tokens,
        "prompt_tokens_details": {"cached_tokens": reply.cached_tokens},
    }
