"""A place for one emulator: booted, prepared and saved once, returned to that snapshot before every episode."""

from __future__ import annotations

import logging
import os
import time
from dataclasses import replace
from pathlib import Path
from typing import Final

from phonebench.device.adb import Line
from phonebench.device.avd import console
from phonebench.device.avd.avds import Avd
from phonebench.device.avd.boot import wait_for_boot, wait_for_end
from phonebench.device.avd.clone import clone, remove
from phonebench.device.avd.command import CLEAN, emulator_command
from phonebench.device.avd.emulator import Emulator
from phonebench.device.avd.fleet import Fleet
from phonebench.device.avd.phone import EmulatedPhone
from phonebench.device.avd.process import identity
from phonebench.device.avd.registry import Entry
from phonebench.device.phone import AdbPhone
from phonebench.schema.errors import DeviceError

log = logging.getLogger(__name__)

SAVE_S: Final = 300.0
"""Longest time for saving a snapshot: some gigabytes of memory go to disk."""
LOAD_S: Final = 120.0
_GONE_S: Final = 5.0


class AvdSlot:
    """Implements phonebench.device.pool.Slot. `number` names the copy of the AVD; given an `avd`, that one is run."""

    def __init__(self, fleet: Fleet, number: int, *, avd: Avd | None = None) -> None:
        self.saved = False
        self._fleet = fleet
        self._given = avd or (fleet.avd if fleet.read_only else None)
        self._name = f"phonebench-{os.getpid()}-{number}"
        self._entry: Entry | None = None
        self._emulator: Emulator | None = None
        self._phone: EmulatedPhone | None = None
        self._untouched = False

    def open(self) -> AdbPhone:
        """A booted and prepared phone. Raises DeviceError with the end of the emulator's log, or UserError."""
        if self._fleet.read_only:
            _seed(self._fleet)
        listed = self._fleet.server.devices()
        ports = [int(s.removeprefix("emulator-")) for s in listed if s.removeprefix("emulator-").isdigit()]
        self._entry = self._fleet.registry.claim(ports)
        try:
            self._start()
            self._phone = EmulatedPhone(Line(self._fleet.server, self.serial), self._fleet.config, self._restore)
            self._make_clean()
        except BaseException:
            self.close()
            raise
        return self._phone

    def close(self) -> None:
        """End the emulator, delete its copy, give the port back."""
        self._stop()
        self._phone = None
        entry, self._entry = self._entry, None
        if entry is not None:
            self._fleet.registry.release(entry)

    @property
    def serial(self) -> str:
        """As adb names it."""
        return f"emulator-{self._claimed.port}"

    @property
    def _claimed(self) -> Entry:
        assert self._entry is not None, "the slot is closed"
        return self._entry

    # --- the process ----------------------------------------------------------------------------------------------
    def _start(self) -> None:
        """From nothing to a booted emulator."""
        fleet, port = self._fleet, self._claimed.port
        deadline = time.monotonic() + fleet.config.boot_timeout_s
        home = fleet.avd.ini.parent
        copies = () if self._given else (fleet.avd.folder.parent / f"{self._name}.avd", home / f"{self._name}.ini")
        self._note(Entry(port, self._claimed.owner, self._claimed.owner_since, delete=tuple(map(str, copies))))
        avd = self._given or clone(fleet.avd, self._name, fleet.config.snapshot)
        snapshot = CLEAN if fleet.read_only else fleet.config.snapshot
        self._emulator = emulator = Emulator(
            emulator_command(
                fleet.sdk.tool("emulator"), avd.name, port, fleet.config, read_only=fleet.read_only, snapshot=snapshot
            ),
            self._environment(home),
            delete=(*copies, fleet.registry.path(port)),
            log=fleet.logs / f"emulator-{port}.log",
        )
        self._note(replace(self._claimed, pid=emulator.pid, pid_since=identity(emulator.pid) or ""))
        self._wait(deadline)
        self._untouched = True

    def _stop(self) -> None:
        emulator, self._emulator = self._emulator, None
        self.saved = self._untouched = False
        if emulator is None:
            return
        emulator.stop()
        remove(*(Path(path) for path in self._claimed.delete))
        wait_for_end(self._fleet.server, self.serial, _GONE_S)

    def _note(self, entry: Entry) -> None:
        self._entry = entry
        self._fleet.registry.write(entry)

    def _environment(self, home: Path) -> dict[str, str]:
        own = {"ANDROID_AVD_HOME": str(home), "ANDROID_ADB_SERVER_PORT": str(self._fleet.server.port)}
        root = str(self._fleet.sdk.root)
        return os.environ | own | {"ANDROID_HOME": root, "ANDROID_SDK_ROOT": root}

    def _wait(self, deadline: float) -> None:
        assert self._emulator is not None
        wait_for_boot(
            self._fleet.server, self.serial, deadline, check=self._emulator.check, said=self._emulator.log_tail
        )

    # --- the clean state ------------------------------------------------------------------------------------------
    def _make_clean(self) -> None:
        """Prepare the phone and save that, unless the snapshot that it has started from is the clean one."""
        assert self._phone is not None
        if self._fleet.read_only:
            self.saved = True
            return
        self._fleet.prepare(self._phone)
        self._phone.go_home()
        try:
            console.command(self._claimed.port, f"avd snapshot save {CLEAN}", SAVE_S)
            self.saved = True
        except console.Refused as error:
            self.saved = False
            log.warning("%s saves no snapshot and is restarted before every episode: %s", self.serial, error.why)

    def _restore(self) -> None:
        """Back to the clean state: by the snapshot, or else by a new copy, booted and prepared again."""
        if self.saved:
            try:
                console.command(self._claimed.port, f"avd snapshot load {CLEAN}", LOAD_S)
                self._wait(time.monotonic() + self._fleet.config.boot_timeout_s)
                return
            except DeviceError as error:
                log.warning("%s did not load its snapshot and is started anew: %s", self.serial, error)
        elif self._untouched:
            self._untouched = False
            return
        self._stop()
        self._start()
        self._make_clean()
        self._untouched = False


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
