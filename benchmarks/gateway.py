"""What the gateway costs: added latency against the direct back end, and requests per second against litellm's proxy.

The back end and the load generator are bare asyncio protocols, so that they cost little beside what is measured.
litellm is measured when its program is found (LITELLM=/path/to/bin/litellm or on the PATH); it is a benchmark
dependency only: `python -m venv /tmp/litellm && /tmp/litellm/bin/pip install 'litellm[proxy]'`.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.measure import Sample, table, write

ROOT = Path(__file__).parents[1]
MODEL = "bench"
CHUNKS = 20


def main() -> Path:
    """Starts the servers, measures, stops them."""
    with contextlib.ExitStack() as stack:
        backend = _free_port()
        stack.enter_context(
            _process([sys.executable, "-m", "benchmarks.http_backend", str(backend)], backend, "/v1/models")
        )
        servers = {"direct": backend, "gateway": stack.enter_context(_gateway(backend))}
        if litellm := os.environ.get("LITELLM") or shutil.which("litellm"):
            servers["litellm"] = stack.enter_context(_litellm(litellm, backend))
        figures = {"latency": _latency(servers), "throughput": _throughput(servers)}
    return write("gateway", figures)


def _latency(servers: dict[str, int]) -> dict[str, Any]:
    """One request at a time with an 800 KB image; servers take turns, so that drift hits all alike."""
    rows: list[list[object]] = [["800 KB image, one at a time", "p50 ms", "p95 ms", "added p50 ms", "added p95 ms"]]
    figures: dict[str, Any] = {}
    for stream in (False, True):
        kind = "streamed" if stream else "plain"
        body = _request(800_000, stream)
        samples = asyncio.run(_take_turns(servers, body, runs=300))
        for name, sample in samples.items():
            added = {
                "added_p50_ms": round(sample.median - samples["direct"].median, 3),
                "added_p95_ms": round(sample.quantile(0.95) - samples["direct"].quantile(0.95), 3),
            }
            figures[f"{kind}_{name}"] = sample.row() | added
            rows.append([f"{kind} {name}", sample.median, sample.quantile(0.95), *added.values()])
    print(table(rows), flush=True)
    return figures


async def _take_turns(servers: dict[str, int], body: bytes, runs: int) -> dict[str, Sample]:
    clients = {name: await Client.connect(port) for name, port in servers.items()}
    values: dict[str, list[float]] = {name: [] for name in servers}
    for run in range(runs + 20):
        for name, client in clients.items():
            started = time.perf_counter()
            await client.exchange(body)
            if run >= 20:
                values[name].append((time.perf_counter() - started) * 1000)
    return {name: Sample(name, tuple(v)) for name, v in values.items()}


def _throughput(servers: dict[str, int]) -> dict[str, Any]:
    """Small requests from 32 connections for 5 s."""
    rows: list[list[object]] = [["small request, 32 connections", "requests/s"]]
    figures: dict[str, Any] = {}
    body = _request(100, stream=False)
    for name, port in servers.items():
        figures[f"{name}_rps"] = round(asyncio.run(_flood(port, body, 32, 5.0)), 1)
        rows.append([name, figures[f"{name}_rps"]])
    if "litellm_rps" in figures:
        figures["gateway_over_litellm"] = round(figures["gateway_rps"] / figures["litellm_rps"], 2)
        rows.append(["gateway / litellm", figures["gateway_over_litellm"]])
    print(table(rows), flush=True)
    return figures


async def _flood(port: int, body: bytes, connections: int, seconds: float) -> float:
    end = time.perf_counter() + seconds

    async def one() -> int:
        client = await Client.connect(port)
        count = 0
        while time.perf_counter() < end:
            await client.exchange(body)
            count += 1
        return count

    await (await Client.connect(port)).exchange(body)
    return sum(await asyncio.gather(*(one() for _ in range(connections)))) / seconds


class Client:
    """One kept connection: sends ready-made bytes, reads one answer by its length or its last chunk."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def connect(cls, port: int) -> Client:
        """A connection to 127.0.0.1."""
        return cls(*await asyncio.open_connection("127.0.0.1", port, limit=1 << 22))

    async def exchange(self, request: bytes) -> bytes:
        """One request, one answer (its body as sent). Anything but 200 ends the benchmark."""
        self._writer.write(request)
        head = (await self._reader.readuntil(b"\r\n\r\n")).lower()
        if b" 200 " not in head.partition(b"\r\n")[0]:
            raise RuntimeError(f"answered {head!r}")
        if (field := b"\r\ncontent-length:") in head:
            return await self._reader.readexactly(int(head.split(field)[1].split(b"\r\n")[0]))
        return await self._reader.readuntil(b"\r\n0\r\n\r\n")


def _request(image_bytes: int, stream: bool) -> bytes:
    image = base64.b64encode(bytes(i * 7 % 251 for i in range(image_bytes * 3 // 4))).decode()
    content = [
        {"type": "text", "text": "?"},
        {"type": "image_url", "image_url": {"url": f"data:image/png;base64,{image}"}},
    ]
    body = json.dumps({"model": MODEL, "stream": stream, "messages": [{"role": "user", "content": content}]}).encode()
    head = "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
    return f"{head}content-length: {len(body)}\r\n\r\n".encode() + body


@contextlib.contextmanager
def _gateway(backend: int) -> Iterator[int]:
    port = _free_port()
    settings = {
        "port": port,
        "backends": [{"url": f"http://127.0.0.1:{backend}", "models": [MODEL]}],
        "limits": {"requests_per_minute": 10_000_000},
    }
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
        json.dump(settings, file)
        file.flush()
        with _process([sys.executable, "-m", "vllm_script.gateway", "-c", file.name], port, "/health"):
            yield port


@contextlib.contextmanager
def _litellm(program: str, backend: int) -> Iterator[int]:
    port = _free_port()
    target = {"model": f"openai/{MODEL}", "api_base": f"http://127.0.0.1:{backend}/v1", "api_key": "none"}
    settings = {"model_list": [{"model_name": MODEL, "litellm_params": target}]}
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
        json.dump(settings, file)
        file.flush()
        with _process(
            [program, "--config", file.name, "--port", str(port), "--host", "127.0.0.1"], port, "/health/liveliness"
        ):
            yield port


@contextlib.contextmanager
def _process(words: Sequence[str], port: int, probe: str) -> Iterator[int]:
    quiet = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "LITELLM_LOCAL_MODEL_COST_MAP": "True",
        "LITELLM_DANGEROUSLY_PERMIT_WEAK_OR_UNSET_MASTER_KEY": "true",
    }
    process = subprocess.Popen(words, cwd=ROOT, env=quiet, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline and process.poll() is None:
            with contextlib.suppress(OSError, urllib.error.URLError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}{probe}", timeout=2).close()
                break
            time.sleep(0.2)
        else:
            raise RuntimeError(f"{words[0]} did not come up")
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
