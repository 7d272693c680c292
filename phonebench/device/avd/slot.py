"""A place for one emulator of the SDK."""

from __future__ import annotations

import logging
import os
from dataclasses import replace
from pathlib import Path
from typing import Final

from phonebench.device.avd import console
from phonebench.device.avd.avds import Avd
from phonebench.device.avd.boot import wait_for_boot, wait_for_end
from phonebench.device.avd.clone import PREFIX, clone, remove
from phonebench.device.avd.command import CLEAN, emulator_command
from phonebench.device.avd.emulator import Emulator
from phonebench.device.avd.fleet import Fleet
from phonebench.device.avd.guard import GRACE_S
from phonebench.device.avd.process import identity
from phonebench.device.avd.registry import Entry
from phonebench.device.avd.reset import SnapshotSlot
from phonebench.device.phone import AdbPhone
from phonebench.schema.errors import DeviceError

log = logging.getLogger(__name__)

_GONE_S: Final = 5.0
_OWN_GRACE_S: Final = 30.0
"""For an emulator on the user's own images, which must not be cut off while it writes."""


class AvdSlot(SnapshotSlot):
    """A copy of the AVD, or a -read-only instance of it, in an emulator of its own.

    `number` names the copy. Given an `avd`, that very one is run, and changed.
    """

    def __init__(self, fleet: Fleet, number: int, *, avd: Avd | None = None) -> None:
        super().__init__(fleet.config, fleet.server, fleet.prepare)
        self._fleet = fleet
        self._given = avd or (fleet.avd if fleet.read_only else None)
        self._name = f"{PREFIX}{os.getpid()}-{number}"
        self._entry: Entry | None = None
        self._emulator: Emulator | None = None
        self._made: tuple[Path, ...] = ()

    def open(self) -> AdbPhone:
        """A booted and prepared phone. Raises DeviceError with the end of the emulator's log, or UserError."""
        if self._fleet.read_only:
            _seed(self._fleet)
        listed = (serial.removeprefix("emulator-") for serial in self._server.devices())
        self._entry = self._fleet.registry.claim([int(port) for port in listed if port.isdigit()])
        return super().open()

    def close(self) -> None:
        """End the emulator, delete its copy, give the port back."""
        super().close()
        entry, self._entry = self._entry, None
        if entry is not None:
            self._fleet.registry.release(entry)

    @property
    def serial(self) -> str:
        """As adb names it."""
        return self._claimed.serial

    @property
    def _claimed(self) -> Entry:
        assert self._entry is not None, "the slot is closed"
        return self._entry

    def _start(self) -> None:
        fleet, port = self._fleet, self._claimed.port
        home = fleet.avd.ini.parent
        copies = () if self._given else (fleet.avd.folder.parent / f"{self._name}.avd", home / f"{self._name}.ini")
        # Written down before it is made, so that it is found whenever we are killed.
        self._made = copies
        self._note(replace(self._claimed, pid=0, pid_since="", delete=tuple(map(str, copies))))
        avd = self._given or clone(fleet.avd, self._name, fleet.config.snapshot)
        self._check_open()
        snapshot = CLEAN if fleet.read_only else fleet.config.snapshot
        program = fleet.sdk.tool("emulator")
        self._emulator = emulator = Emulator(
            emulator_command(program, avd.name, port, fleet.config, read_only=fleet.read_only, snapshot=snapshot),
            self._environment(home),
            delete=(*copies, fleet.registry.path(port)),
            log=fleet.logs / f"emulator-{port}.log",
            grace_s=GRACE_S if copies else _OWN_GRACE_S,
        )
        self._note(replace(self._claimed, pid=emulator.pid, pid_since=identity(emulator.pid) or ""))

    def _stop(self) -> None:
        # `close` may run in two threads: the opening one notices the end of its emulator.
        entry, emulator, self._emulator = self._entry, self._emulator, None
        if emulator is not None:
            emulator.stop()
            if entry is not None:
                wait_for_end(self._server, entry.serial, _GONE_S)
        remove(*self._made)

    def _console(self, line: str, timeout_s: float) -> None:
        console.command(self._claimed.port, line, timeout_s)

    def _wait(self, deadline: float) -> None:
        assert self._emulator is not None
        emulator = self._emulator
        wait_for_boot(self._server, self.serial, deadline, check=emulator.check, said=emulator.log_tail)

    def _saves(self) -> bool:
        return not self._fleet.read_only

    def _note(self, entry: Entry) -> None:
        self._entry = entry
        self._fleet.registry.write(entry)

    def _environment(self, home: Path) -> dict[str, str]:
        root = str(self._fleet.sdk.root)
        own = {"ANDROID_AVD_HOME": str(home), "ANDROID_ADB_SERVER_PORT": str(self._server.port)}
        return os.environ | own | {"ANDROID_HOME": root, "ANDROID_SDK_ROOT": root}


def _seed(fleet: Fleet) -> None:
    """For -read-only instances, which cannot save: make sure that the AVD itself holds the clean snapshot."""
    with fleet.seeding:
        if fleet.avd.has_snapshot(CLEAN):
            return
        log.warning("the snapshot %s is made in %s, once", CLEAN, fleet.avd.name)
        seed = AvdSlot(replace(fleet, read_only=False), 0, avd=fleet.avd)
        try:
            seed.open()
            saved = seed.saved
        finally:
            seed.close()
        if not saved:
            raise DeviceError(f"{fleet.avd.name} cannot save a snapshot", next_step="Use phone.avd_copies: clone.")
