"""The real adb on a server of its own, and simulated phones as processes, as handles for tests."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

import adbutils

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
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_simphone(adb: Adb, *options: str, count: int = 1, port: int = 0) -> SimProcess:
    """Start a process with `count` phones and wait until it says that they listen."""
    command = [sys.executable, "-m", "simphone", "--port", str(port), "--count", str(count)]
    command += ["--adb-server-port", str(adb.port), "--parent-pid", str(os.getpid()), *options]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=adb.env)
    sim = SimProcess(process, adb, [], [])
    assert process.stdout
    watchdog = threading.Timer(60, process.kill)
    watchdog.start()
    while len(sim.serials) < count:
        words = process.stdout.readline().split()
        if words[:1] != ["ready"]:
            watchdog.cancel()
            sim.stop()
            raise AssertionError(f"simphone did not become ready; exit code {process.returncode}")
        sim.serials.append(words[1])
        sim.ports.append(int(words[2]))
    watchdog.cancel()
    return sim
