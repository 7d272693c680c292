"""A real vLLM for the CPU behind the gateway, both started as a user starts them; shared by the whole module."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from phones import free_port

from tests.vllm_cpu.environment import CannotBuildError, build
from vllm_script.wait_ready import Wanted, wait_ready

ROOT = Path(__file__).parents[2]
PRESET = MODEL = "tiny-cpu"
KEY_ENV = "PHONEBENCH_TEST_KEY"
STARTUP_S = 240.0
TAP = r'do\(action="Tap", element=\[(0|[1-9]\d{0,2}),(0|[1-9]\d{0,2})\]\)'
"""A regular expression that makes even a random model speak autoglm."""


@dataclass(frozen=True)
class Serving:
    """Addresses without /v1. `key` is the gateway's; vLLM itself asks for none."""

    vllm: str
    gateway: str
    key: str


@contextmanager
def process(words: list[str], log: Path, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as out:
        started = subprocess.Popen(words, cwd=ROOT, env={**os.environ, **environment}, stdout=out, stderr=out)
        try:
            yield started
        finally:
            started.terminate()
            try:
                started.wait(60)
            except subprocess.TimeoutExpired:
                started.kill()
                started.wait(10)


@pytest.fixture(scope="session")
def vllm_program() -> Path:
    try:
        return build(ROOT / "build" / "vllm-cpu")
    except CannotBuildError as reason:
        pytest.skip(f"no vLLM for the CPU can be built here: {reason}")


@pytest.fixture(scope="session")
def serving(vllm_program: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    folder = tmp_path_factory.mktemp("serving")
    served = Serving(f"http://127.0.0.1:{free_port()}", f"http://127.0.0.1:{free_port()}", secrets.token_urlsafe(24))
    port, gateway_port = (url.rpartition(":")[2] for url in (served.vllm, served.gateway))
    settings = folder / "gateway.yaml"
    settings.write_text(json.dumps({"port": int(gateway_port), "backends": [{"url": served.vllm, "models": [MODEL]}]}))
    serve = [sys.executable, "vllm_script/serve.py", PRESET, "--set", f"port={port}"]
    gateway = [sys.executable, "-m", "vllm_script.gateway", "-c", str(settings)]
    with ExitStack() as stack:
        vllm = stack.enter_context(process(serve, folder / "vllm.log"))
        log = folder / "vllm.log"
        try:
            wait_ready(Wanted(served.vllm, MODEL, 12288), STARTUP_S, alive=lambda: vllm.poll() is None)
        except Exception as problem:
            pytest.fail(f"{problem}\n{log.read_text(errors='replace')[-3000:]}")
        stack.enter_context(process(gateway, folder / "gateway.log", PHONEBENCH_GATEWAY_KEYS=f"test:{served.key}"))
        wait_ready(Wanted(served.gateway, MODEL, 12288, api_key=served.key), 30)
        yield served


@pytest.fixture
def write_config(serving: Serving, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Writes a run config whose model is the served one; keywords go into its model section."""
    monkeypatch.setenv(KEY_ENV, serving.key)

    def write(file: str = "tiny", /, **model: object) -> Path:
        config = {
            "logs_dir": str(tmp_path / "logs"),
            "suite": {"path": "tasks/androidlab/zoom.yaml", "task_ids": ["zoom_1", "zoom_2", "zoom_3"]},
            "phone": {"kind": "sim", "world": "androidlab", "width": 1080, "height": 2400, "density": 420},
            "models": {
                "device": {
                    "base_url": serving.gateway + "/v1",
                    "name": MODEL,
                    "api_key_env": KEY_ENV,
                    "max_tokens": 64,
                    "min_context": 12288,
                    "extra_body": {"structured_outputs": {"regex": TAP}},
                    **model,
                }
            },
            "agent": {"policy": "single", "model": "device", "dialect": "autoglm"},
            "limits": {"max_steps": 3},
        }
        path = tmp_path / f"{file}.yaml"
        path.write_text(json.dumps(config))
        return path

    return write


@pytest.fixture
def command() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs one of the scripts of the repository, as a user does."""

    def run(*words: str, timeout: float = 240) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *words], cwd=ROOT, capture_output=True, text=True, timeout=timeout, check=False
        )

    return run


@pytest.fixture
def direct(serving: Serving) -> Iterator[httpx.Client]:
    """A plain client of vLLM itself."""
    with httpx.Client(base_url=serving.vllm, timeout=60, trust_env=False) as client:
        yield client
