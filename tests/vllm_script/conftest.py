from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn

from tests.vllm_script.scripted_backend import Script, Stage
from vllm_script.gateway.app import create_app
from vllm_script.gateway.keys import KeyRing
from vllm_script.gateway.settings import GatewaySettings

KEY = "a-key-of-reasonable-length"
http = httpx.Client(timeout=10, trust_env=False)
"""One for all tests: a new client reads the certificates anew."""


@dataclass
class Server:
    """A real HTTP server in a thread of the test process."""

    url: str
    server: uvicorn.Server
    thread: threading.Thread
    state: Any = None

    def stop(self) -> None:
        """Asks it to end; nobody needs to wait for that before the end of all tests."""
        self.server.should_exit = True


def serve(app: Any, state: Any = None) -> Server:
    listener = socket.create_server(("127.0.0.1", 0), backlog=512)
    config = uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listener])), daemon=True)
    thread.start()
    running = Server(f"http://127.0.0.1:{listener.getsockname()[1]}", server, thread, state)
    while not server.started:
        thread.join(0.01)
        assert thread.is_alive(), "the server did not start"
    return running


@pytest.fixture(scope="session")
def stage() -> Iterator[Server]:
    """One scripted back end for all tests; `state` is the script that it follows."""
    scripts = Stage()
    server = serve(scripts.app(), scripts)
    yield server
    server.stop()
    server.thread.join(10)


@pytest.fixture
def backend(stage: Server) -> Server:
    """The back end with a script of its own, so that what an earlier test left behind is not counted here."""
    script = stage.state.script = Script(["small", "other"])
    return Server(stage.url, stage.server, stage.thread, script)


@pytest.fixture
def gateway(backend: Server) -> Iterator[Callable[..., Server]]:
    servers: list[Server] = []

    def start(
        *, keys: dict[str, str] | None = None, backends: list[dict[str, Any]] | None = None, **limits: Any
    ) -> Server:
        settings = GatewaySettings.model_validate(
            {"backends": backends or [{"url": backend.url, "models": ["small"]}], "limits": limits}
        )
        app = create_app(settings, KeyRing(keys or {}))
        servers.append(serve(app, app.state.gateway))
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


@pytest.fixture
def backend_process() -> Iterator[Callable[..., tuple[subprocess.Popen[str], str]]]:
    """Starts back ends as processes of their own, so that they can be killed."""
    processes: list[subprocess.Popen[str]] = []

    def start(models: str, port: int = 0) -> tuple[subprocess.Popen[str], str]:
        path = Path(__file__).with_name("scripted_backend.py")
        process = subprocess.Popen([sys.executable, str(path), models, str(port)], stdout=subprocess.PIPE, text=True)
        processes.append(process)
        assert process.stdout is not None
        url = f"http://127.0.0.1:{process.stdout.readline().strip()}"
        for _ in range(200):
            try:
                http.get(url + "/health", timeout=1)
                break
            except httpx.TransportError:
                threading.Event().wait(0.05)
        return process, url

    yield start
    for process in processes:
        process.kill()
        process.wait(10)
