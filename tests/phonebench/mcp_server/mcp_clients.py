"""An MCP server in a process of its own, and client sessions to it."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamable_http_client
from mcp.types import CallToolResult

ROOT = Path(__file__).parents[3]


@dataclass
class HttpServer:
    """A server over streamable HTTP."""

    url: str
    process: subprocess.Popen[str]


@contextlib.contextmanager
def http_server(*options: str, key: str = "", env: dict[str, str] | None = None) -> Iterator[HttpServer]:
    settings = {k: v for k, v in os.environ.items() if k != "ARK_API_KEY"} | (env or {})
    settings |= {"PHONEBENCH_MCP_KEY": key, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-m", "phonebench.mcp", "--http", "127.0.0.1:0", *options],
        cwd=ROOT, env=settings, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stderr is not None
        said = ""
        while "/mcp" not in said:
            line = process.stderr.readline()
            assert line, f"the server ended: {said}"
            said += line
        yield HttpServer(
            next(word for word in said.split() if word.endswith("/mcp,") or "/mcp" in word).rstrip(","), process
        )
    finally:
        process.terminate()
        process.wait(20)


@contextlib.asynccontextmanager
async def http_session(url: str, key: str = "", **callbacks: Any) -> AsyncIterator[ClientSession]:
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    async with (
        httpx.AsyncClient(headers=headers, timeout=60) as http,
        streamable_http_client(url, http_client=http) as (read, write, _),
        ClientSession(read, write, **callbacks) as session,
    ):
        await session.initialize()
        yield session


@contextlib.asynccontextmanager
async def stdio_session(*options: str) -> AsyncIterator[ClientSession]:
    env = {k: v for k, v in os.environ.items() if k != "ARK_API_KEY"} | {"PYTHONPATH": str(ROOT)}
    server = StdioServerParameters(
        command=sys.executable, args=["-m", "phonebench.mcp", *options], env=env, cwd=str(ROOT)
    )
    with Path(os.devnull).open("w") as nowhere:
        async with stdio_client(server, errlog=nowhere) as (read, write), ClientSession(read, write) as session:
            await session.initialize()
            yield session


def told(result: CallToolResult) -> dict[str, Any]:
    """The structured content of an answer that is no error."""
    assert not result.isError, result.content
    assert result.structuredContent is not None
    return result.structuredContent


def complaint(result: CallToolResult) -> str:
    """The text of an error."""
    assert result.isError, result
    return "".join(part.text for part in result.content if part.type == "text")
