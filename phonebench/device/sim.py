"""Simulated phones in processes of their own, behind a private adb server; nothing is left behind, even by SIGKILL."""

from __future__ import annotations

import contextlib
import os
import select
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO, Final

from phonebench.config import PhoneConfig
from phonebench.device.adb import AdbServer, Line
from phonebench.device.phone import AdbPhone
from phonebench.schema.errors import BootTimeout, DeviceError

_ROOT: Final = Path(__file__).resolve().parents[2]
_STOP_S: Final = 2.0
_TAIL: Final = 2000


class SimSlot:
    """Starts `python -m simphone` and waits for it; replaces it by a new process."""

    def __init__(self, server: AdbServer, config: PhoneConfig, name: str, *, private_server: bool) -> None:
        self._server = server
        self._config = config
        self._name = name
        self._private_server = private_server
        self._process: subprocess.Popen[str] | None = None

    def open(self) -> AdbPhone:
        """A new phone. Raises BootTimeout with what the process said, DeviceError."""
        deadline = time.monotonic() + self._config.boot_timeout_s
        with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as complaints:
            self._process = process = self._start(complaints)
            serial = _ready_serial(process, complaints, deadline)
        self._server.wait_for(serial, max(deadline - time.monotonic(), 1.0))
        phone = AdbPhone(Line(self._server, serial), self._config, kind="sim", name=self._name)
        phone.prepare()
        return phone

    def close(self) -> None:
        """End the process, by force after a while."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout:
            process.stdout.close()

    def _start(self, complaints: IO[str]) -> subprocess.Popen[str]:
        config = self._config
        command = [sys.executable, "-m", "simphone", "serve", "--port", "0", "--world", config.world]
        command += ["--size", f"{config.width}x{config.height}", "--density", str(config.density)]
        command += ["--adb-server-port", str(self._server.port), "--parent-pid", str(os.getpid())]
        if self._private_server:
            command.append("--take-adb-server")
        path = os.pathsep.join(p for p in (str(_ROOT), os.environ.get("PYTHONPATH", "")) if p)
        # Its own session: Ctrl-C is for us, who then close it.
        return subprocess.Popen(  # noqa: S603 - our own program
            command,
            env=os.environ | {"PYTHONPATH": path},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=complaints,
            text=True,
            start_new_session=True,
        )


def _ready_serial(process: subprocess.Popen[str], complaints: IO[str], deadline: float) -> str:
    """The serial from the line `ready SERIAL PORT`."""
    assert process.stdout is not None
    while (left := deadline - time.monotonic()) > 0:
        if select.select([process.stdout], [], [], left)[0]:
            words = process.stdout.readline().split()
            if words[:1] == ["ready"] and len(words) == 3:
                return words[1]
            if not words:
                break
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(1)
    complaints.seek(0)
    said = complaints.read()[-_TAIL:].strip()
    if process.poll() is None:
        raise BootTimeout("the simulated phone did not become ready in time", why=said)
    raise DeviceError(
        f"the simulated phone ended at once with exit code {process.returncode}",
        why=said,
        next_step="Try it alone: python -m simphone --port 0",
    )
