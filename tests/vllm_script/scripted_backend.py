"""A scripted OpenAI-compatible back end: a real HTTP server whose behaviour the prompt names.

Prompts: `echo TEXT`, `count N [DELAY_MS]` (a stream of N numbered chunks), `hang`, `status N`, `die N` (abort the
connection after N chunks of a stream), `big N` (N KiB of text). Prints its port.
"""

from __future__ import annotations

import asyncio
import json
import socket
import sys
from collections.abc import AsyncIterator

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route


class Script:
    def __init__(self, models: list[str], max_model_len: int = 12288) -> None:
        self.models = models
        self.max_model_len = max_model_len
        self.cancelled = 0
        self.seen: list[dict[str, str]] = []

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/v1/models", self.list_models),
                Route("/v1/chat/completions", self.chat, methods=["POST"]),
                Route("/stats", self.stats),
                Route("/health", lambda _: Response()),
            ]
        )

    async def list_models(self, _: Request) -> Response:
        cards = [
            {"id": m, "object": "model", "created": 0, "owned_by": "script", "max_model_len": self.max_model_len}
            for m in self.models
        ]
        return JSONResponse({"object": "list", "data": cards})

    async def stats(self, _: Request) -> Response:
        return JSONResponse({"cancelled": self.cancelled, "seen": self.seen})

    async def chat(self, request: Request) -> Response:
        self.seen.append({k: v for k, v in request.headers.items() if k in {"authorization", "x-request-id"}})
        body = json.loads(await request.body())
        content = body["messages"][-1]["content"]
        word, _, rest = (content if isinstance(content, str) else "echo image").partition(" ")
        if word == "status":
            return JSONResponse({"error": {"message": "scripted", "type": "x", "param": None, "code": None}}, int(rest))
        if word == "hang":
            while not await request.is_disconnected():
                await asyncio.sleep(0.05)
            self.cancelled += 1
        if body.get("stream"):
            return StreamingResponse(self.stream(body["model"], word, rest), media_type="text/event-stream")
        text = "x" * 1024 * int(rest) if word == "big" else rest
        choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
        usage = {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10}
        return JSONResponse(
            {
                "id": "c",
                "object": "chat.completion",
                "created": 0,
                "model": body["model"],
                "choices": [choice],
                "usage": usage,
            }
        )

    async def stream(self, model: str, word: str, rest: str) -> AsyncIterator[bytes]:
        numbers = [int(n) for n in rest.split()] if word in {"count", "die", "big"} else []
        total = numbers[0] if numbers else 1
        try:
            for index in range(total):
                text = f"{index};" if numbers else rest
                yield event(model, text if word != "big" else f"{index};".ljust(1024, "x"))
                await asyncio.sleep((numbers[1] if len(numbers) > 1 else 0) / 1000)
        except (asyncio.CancelledError, GeneratorExit):
            self.cancelled += 1
            raise
        if word == "die":
            yield event(model, "half")[:20]
            raise ConnectionAbortedError("scripted death")  # uvicorn then drops the connection without the last chunk
        yield b"data: [DONE]\n\n"


class Stage:
    """A server whose script can be changed between tests; a request goes on with the script that it began with."""

    def __init__(self) -> None:
        self.script = Script([])

    def app(self) -> Starlette:
        async def play(request: Request) -> Response:
            methods = {"/v1/models": self.script.list_models, "/stats": self.script.stats}
            return await methods.get(request.url.path, self.script.chat)(request)

        return Starlette(routes=[Route("/{path:path}", play, methods=["GET", "POST"])])


def event(model: str, text: str) -> bytes:
    choice = {"index": 0, "delta": {"content": text}, "finish_reason": None}
    return (
        b"data: "
        + json.dumps(
            {"id": "c", "object": "chat.completion.chunk", "created": 0, "model": model, "choices": [choice]}
        ).encode()
        + b"\n\n"
    )


def main() -> None:
    listener = socket.create_server(("127.0.0.1", int(sys.argv[2]) if len(sys.argv) > 2 else 0))
    sys.stdout.write(f"{listener.getsockname()[1]}\n")
    sys.stdout.flush()
    server = uvicorn.Server(uvicorn.Config(Script(sys.argv[1].split(",")).app(), log_level="critical"))
    asyncio.run(server.serve(sockets=[listener]))


if __name__ == "__main__":
    main()
