"""A place for one emulator inside a container, such as Android-Lab's images hold.

Inside, the emulator's adb listens for the container only; so a relay serves it on a port that can be mapped, and
snapshots are asked for through the container's own adb.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Final

from phonebench.config import PhoneConfig
from phonebench.config.phone import DockerConfig
from phonebench.device.adb import AdbServer, free_port
from phonebench.device.avd import relay
from phonebench.device.avd.boot import wait_for_boot
from phonebench.device.avd.console import Refused
from phonebench.device.avd.docker import docker, run_container
from phonebench.device.avd.reset import Prepare, SnapshotSlot
from phonebench.schema.errors import BenchError, DeviceError, DeviceLost

RELAY_PORT: Final = 6555
"""Inside the container."""
_TAIL_LINES: Final = "30"


class ContainerSlot(SnapshotSlot):
    """A container of its own; removed at the end. `number` names it."""

    def __init__(
        self, config: PhoneConfig, image: DockerConfig, server: AdbServer, number: int, prepare: Prepare
    ) -> None:
        super().__init__(config, server, prepare)
        self._image = image
        self._name = f"phonebench-{os.getpid()}-{number}"
        self._port = free_port()
        self._container = ""

    @property
    def serial(self) -> str:
        """As adb names it: an address."""
        return f"127.0.0.1:{self._port}"

    def _start(self) -> None:
        inner = int(self._image.serial.removeprefix("emulator-")) + 1
        self._container = self._name  # It may be there even if the command fails.
        run_container(self._image, self._name, self._port, RELAY_PORT if self._image.relay else inner)
        if self._image.start:
            docker("exec", "--detach", self._name, *self._image.start)
        if self._image.relay:
            code = Path(relay.__file__).read_text("utf-8")
            docker("exec", "--detach", self._name, "python3", "-c", code, str(RELAY_PORT), str(inner))

    def _stop(self) -> None:
        container, self._container = self._container, ""
        if container:
            with contextlib.suppress(DeviceError):
                self._server.request(f"host:disconnect:{self.serial}")
            with contextlib.suppress(BenchError):
                docker("rm", "--force", "--volumes", container)

    def _console(self, line: str, timeout_s: float) -> None:
        """Through the adb inside, which knows the console's token."""
        words = line.split()
        said = docker("exec", self._name, self._image.adb, "-s", self._image.serial, "emu", *words, timeout_s=timeout_s)
        if refusals := [text for text in said.splitlines() if text.split(":")[0] == "KO"]:
            raise Refused("the emulator's console refused", why=refusals[0].partition(":")[2].strip())

    def _wait(self, deadline: float) -> None:
        wait_for_boot(self._server, self.serial, deadline, check=self._check, said=self._said)

    def _check(self) -> None:
        """The container runs, and adb is told of it as often as it takes."""
        if docker("inspect", "--format", "{{.State.Running}}", self._name) != "true":
            raise DeviceLost("the container with the emulator has ended", why=self._said())
        if self._server.devices().get(self.serial) != "device":
            for verb in ("disconnect", "connect"):
                with contextlib.suppress(DeviceError):
                    self._server.request(f"host:{verb}:{self.serial}")

    def _said(self) -> str:
        try:
            return docker("logs", "--tail", _TAIL_LINES, self._name)
        except DeviceError as error:
            return error.why
