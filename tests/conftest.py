"""Shared by all tests: a private adb server, and simulated phones as processes of their own, reached by the real adb."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import adbutils
import pytest

ROOT = Path(__file__).resolve().parents[1]


@dataclass
class Adb:
    """The real adb on a server of its own; never the user's."""

    path: str
    port: int

    @property
    def env(self) -> dict[str, str]:
        own = {"ANDROID_ADB_SERVER_PORT": str(self.port), "ADB_LOCAL_TRANSPORT_MAX_PORT": "5554"}
        return {k: v for k, v in os.environ.items() if k != "ANDROID_SERIAL"} | own | {"ADB_MDNS": "0", "ADB_USB": "0"}

    def run(
        self, *arguments: str, serial: str | None = None, stdin: bytes = b"", timeout: float = 20
    ) -> subprocess.CompletedProcess[bytes]:
        """Output and exit code of an adb command; no check."""
        where = ["-s", serial] if serial else []
        return subprocess.run(
            [self.path, *where, *arguments], env=self.env, input=stdin, capture_output=True, timeout=timeout
        )

    @property
    def client(self) -> adbutils.AdbClient:
        return adbutils.AdbClient("127.0.0.1", self.port, socket_timeout=20)

    def wait_for(self, serial: str, timeout: float = 15) -> None:
        self.run("wait-for-device", serial=serial, timeout=timeout)


@dataclass
class SimProcess:
    """A `python -m simphone` process with its phones."""

    process: subprocess.Popen[str]
    adb: Adb
    serials: list[str]
    ports: list[int]

    @property
    def serial(self) -> str:
        return self.serials[0]

    @property
    def port(self) -> int:
        return self.ports[0]

    @property
    def device(self) -> adbutils.AdbDevice:
        return self.adb.client.device(self.serial)

    def run(self, *arguments: str, stdin: bytes = b"", timeout: float = 20) -> subprocess.CompletedProcess[bytes]:
        """An adb command to the first phone."""
        return self.adb.run(*arguments, serial=self.serial, stdin=stdin, timeout=timeout)

    def shell(self, command: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        return self.run("shell", command, stdin=stdin)

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()


def free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def adb_server() -> Iterator[Adb]:
    """One per worker; killed at the end."""
    adb = Adb(adbutils.adb_path(), free_port())
    assert adb.run("start-server").returncode == 0
    yield adb
    adb.run("kill-server")


@pytest.fixture(scope="session")
def start_sim(adb_server: Adb) -> Iterator[Callable[..., SimProcess]]:
    """Starts simphone processes: start_sim("--count", "2", size=(1080, 2400)). All are ended with the session."""
    started: list[SimProcess] = []

    def start(*options: str, adb: Adb = adb_server, count: int = 1, port: int = 0) -> SimProcess:
        command = [sys.executable, "-m", "simphone", "--port", str(port), "--count", str(count)]
        command += ["--adb-server-port", str(adb.port), "--parent-pid", str(os.getpid()), *options]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=adb.env)
        sim = SimProcess(process, adb, [], [])
        started.append(sim)
        assert process.stdout
        deadline = time.monotonic() + 60
        while len(sim.serials) < count:
            assert select.select([process.stdout], [], [], max(0, deadline - time.monotonic()))[0], "no ready line"
            words = process.stdout.readline().split()
            assert words[:1] == ["ready"], f"simphone ended with {process.wait(10)}"
            sim.serials.append(words[1])
            sim.ports.append(int(words[2]))
        for serial in sim.serials:
            adb.wait_for(serial)
        return sim

    yield start
    for sim in started:
        sim.stop()


@pytest.fixture(scope="session")
def sim_process(start_sim: Callable[..., SimProcess]) -> SimProcess:
    """The worker's shared phone, 1080x2400; tests take `sim_phone`, which finds it fresh."""
    return start_sim("--size", "1080x2400", "--density", "420")


@pytest.fixture
def sim_phone(sim_process: SimProcess) -> SimProcess:
    """A simulated phone in its first state, reached by real adb. Do not kill it: `start_sim` gives ones of your own."""
    done = sim_process.shell("simctl reset")
    assert done.returncode == 0, done
    return sim_process
