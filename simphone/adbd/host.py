"""The phones of a process: each with its two ports, its power button and its place at the adb server."""

from __future__ import annotations

import asyncio
import itertools
import socket
from collections.abc import Callable, Coroutine
from typing import Any, Final

from simphone.adbd import services
from simphone.adbd.announce import Announcer
from simphone.adbd.console import Console
from simphone.adbd.transport import Service, Transport
from simphone.phone.phone import Phone
from simphone.uiautomator.rpc import Server as UiautomatorServer

BOOT_S: Final = 0.5
"""How long a rebooting phone is away, in host seconds."""
_GOODBYE_S: Final = 0.05
_TRIES: Final = 64
_HOME_KEY: Final = 3

Callback = Callable[[asyncio.StreamReader, asyncio.StreamWriter], None]


class PortInUse(Exception):
    """A port is taken; `port` is the number asked for, 0 when no free pair was found."""

    def __init__(self, port: int) -> None:
        super().__init__(f"port {port} is in use")
        self.port = port


class Unit:
    """One phone behind an adb port (odd) and an emulator console on the port below (even)."""

    def __init__(self, phone: Phone, host: Host) -> None:
        self.phone = phone
        self.reverses: dict[str, str] = {}
        self.ports: set[int] = set()
        self.uiautomator = UiautomatorServer()
        self.port = 0
        self.up = False
        self._host = host
        self._servers: list[asyncio.Server] = []
        self._connections: set[asyncio.Task[None]] = set()

    @property
    def serial(self) -> str:
        """As adb names an emulator: by its console port."""
        return f"emulator-{self.port - 1}"

    async def start(self, port: int) -> None:
        """Listen on `port` and `port - 1`; 0 picks a free pair. Raises PortInUse."""
        for _ in range(1 if port else _TRIES):
            number = port or _free_port() | 1
            servers: list[asyncio.Server] = []
            try:
                servers.append(await _listen(self._adb, number))
                servers.append(await _listen(self._console, number - 1))
            except PortInUse:
                for server in servers:
                    server.close()
                continue
            self._servers, self.port, self.up = servers, number, True
            return
        raise PortInUse(port)

    def reboot(self) -> None:
        """Drop every connection; a moment later the phone is back with its data, nothing running."""
        self._soon(self._go_down)

    def power_off(self) -> None:
        """Vanish for good."""
        self._soon(self._vanish)

    async def fork(self) -> str:
        """Serve an independent phone in the same state, on any free ports; its serial."""
        twin = await self._host.add(self.phone.fork(), 0)
        return twin.serial

    def _soon(self, act: Callable[[], None]) -> None:
        # The client that asked first sees its stream close in good order.
        asyncio.get_running_loop().call_later(_GOODBYE_S, act)

    def _go_down(self) -> None:
        if self.up:
            self.up = False
            self._drop()
            asyncio.get_running_loop().call_later(BOOT_S, self._boot)

    def _boot(self) -> None:
        if not self._servers:
            return
        running = set(self.phone.state["ui"])
        for package, facts in list(self.phone.state["packages"].items()):
            if facts.get("app") in running:
                self.phone.force_stop(package)
        self.phone.key(_HOME_KEY)
        self.up = True
        self._host.announcer.changed()

    def _vanish(self) -> None:
        self.close()
        self._host.left(self)

    def close(self) -> None:
        """Stop listening and drop every connection."""
        self.up = False
        for server in self._servers:
            server.close()
        self._servers = []
        self._drop()

    def _drop(self) -> None:
        for task in self._connections:
            task.cancel()

    def _adb(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.up:
            self._serve(Transport(reader, writer, services.banner(self.phone), self._find).serve(), writer)
        else:
            writer.transport.abort()

    def _console(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._serve(Console(self, reader, writer).serve(), writer)

    def _serve(self, work: Coroutine[Any, Any, None], writer: asyncio.StreamWriter) -> None:
        def over(task: asyncio.Task[None]) -> None:
            self._connections.discard(task)
            writer.close()

        task = asyncio.create_task(work)
        self._connections.add(task)
        task.add_done_callback(over)

    def _find(self, name: str) -> Service | None:
        return services.find(self, name)


def _free_port() -> int:
    """A port that was free a moment ago, for whoever is first to listen on it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def _listen(callback: Callback, port: int) -> asyncio.Server:
    try:
        return await asyncio.start_server(callback, "127.0.0.1", port)
    except OSError as error:
        raise PortInUse(port) from error


class Host:
    """All phones of this process."""

    def __init__(self, adb_server_port: int) -> None:
        self.units: list[Unit] = []
        self.announcer = Announcer(adb_server_port, self._present)
        self.empty = asyncio.Event()
        """Set when the last phone has left."""

    async def add(self, phone: Phone, port: int) -> Unit:
        """Put a phone on a port (0: any), under an AVD name of its own. Raises PortInUse."""
        phone.state["device"]["avd"] = self._free_name(phone.state["device"]["avd"])
        unit = Unit(phone, self)
        await unit.start(port)
        self.units.append(unit)
        self.announcer.changed()
        return unit

    def _free_name(self, wanted: str) -> str:
        """The name itself, or with the next free number behind it: clients find a phone by its AVD name."""
        taken = {unit.phone.state["device"]["avd"] for unit in self.units}
        names = itertools.chain([wanted], (f"{wanted}_{number}" for number in itertools.count(2)))
        return next(name for name in names if name not in taken)

    def left(self, unit: Unit) -> None:
        """A phone has been switched off."""
        if unit in self.units:
            self.units.remove(unit)
        if not self.units:
            self.empty.set()

    def close(self) -> None:
        """Switch everything off."""
        for unit in self.units:
            unit.close()

    def _present(self) -> dict[str, int]:
        return {unit.serial: unit.port for unit in self.units if unit.up}
