"""Slots whose phones return to a clean snapshot before every episode, or to a new machine where there is none."""

from __future__ import annotations

import logging
import math
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from threading import Event
from typing import Final

from phonebench.config import PhoneConfig
from phonebench.device.adb import AdbServer, Line
from phonebench.device.avd.command import CLEAN
from phonebench.device.avd.console import Refused
from phonebench.device.avd.phone import EmulatedPhone
from phonebench.device.phone import AdbPhone
from phonebench.schema.errors import DeviceError, DeviceLost

log = logging.getLogger(__name__)

Prepare = Callable[[AdbPhone], None]

SAVE_S: Final = 300.0
"""Longest time for saving a snapshot: some gigabytes of memory go to disk."""
LOAD_S: Final = 120.0
CALL_S: Final = 20.0
_SEEN_UP: Final = 2
"""Looks after a snapshot was loaded: the connection of before may answer once and then break."""


class SnapshotSlot(ABC):
    """Implements phonebench.device.pool.Slot over a machine that others know how to start.

    Booted, prepared and saved once; `saved` tells whether that worked. Without a snapshot the machine is started anew
    before every episode but the first.
    """

    def __init__(self, config: PhoneConfig, server: AdbServer, prepare: Prepare) -> None:
        self.saved = False
        self._config = config
        self._server = server
        self._prepare = prepare
        self._phone: EmulatedPhone | None = None
        self._untouched = False
        self._closed = Event()

    def open(self) -> AdbPhone:
        """A booted and prepared phone. Raises DeviceError with the end of the machine's log, or UserError.

        `close` from another thread makes it give up soon.
        """
        self._closed.clear()
        try:
            self._begin()
            self._phone = EmulatedPhone(Line(self._server, self.serial), self._config, self._restore)
            self._make_clean(self._phone)
        except BaseException:
            self.close()
            raise
        return self._phone

    def close(self) -> None:
        """End the machine and delete what was made for it."""
        self._closed.set()
        self._phone = None
        self._end()

    @property
    @abstractmethod
    def serial(self) -> str:
        """As adb names the phone; the same after each new start."""

    @abstractmethod
    def _start(self) -> None:
        """A new machine, from nothing. Raises DeviceError."""

    @abstractmethod
    def _stop(self) -> None:
        """The machine is gone afterwards. Never raises."""

    @abstractmethod
    def _console(self, line: str, timeout_s: float) -> None:
        """A command to the emulator's console. Raises Refused, DeviceError."""

    @abstractmethod
    def _wait(self, deadline: float) -> None:
        """Until the phone is up. `deadline` is of time.monotonic(). Raises BootTimeout, DeviceLost."""

    def _saves(self) -> bool:
        """Whether the clean state is still to be saved; without that need, the machine has started from it."""
        return True

    def _begin(self) -> None:
        self._start()
        self._check_open()
        self._wait(self._deadline())
        self._untouched = True

    def _check_open(self) -> None:
        if self._closed.is_set():
            raise DeviceLost("the phone is no longer wanted")

    def _end(self) -> None:
        self.saved = self._untouched = False
        self._stop()

    def _deadline(self, most_s: float = math.inf) -> float:
        return time.monotonic() + min(self._config.boot_timeout_s, most_s)

    def _make_clean(self, phone: EmulatedPhone) -> None:
        """Prepare the phone and save that, unless the snapshot that it has started from is the clean one."""
        if not self._saves():
            self.saved = True
            return
        self._prepare(phone)
        self._catch_up()
        phone.go_home()
        self._wait(self._deadline())  # A new language, for one, restarts half of Android.
        try:
            self._console(f"avd snapshot save {CLEAN}", SAVE_S)
            self.saved = True
        except Refused as error:
            self.saved = False
            log.warning("%s saves no snapshot and is started anew for every episode: %s", self.serial, error.why)

    def _catch_up(self) -> None:
        """What a snapshot does not hold: the clock goes on with the host's, and the place is the emulator's own."""
        assert self._phone is not None
        for note in self._phone.preparation.set_clock():
            log.warning("%s: %s", self.serial, note)
        if place := self._config.prepare.location:
            try:
                self._console(f"geo fix {place.longitude:.6f} {place.latitude:.6f}", CALL_S)
            except Refused as error:
                log.warning("%s does not take its place: %s", self.serial, error.why)

    def _restore(self) -> None:
        """Back to the clean state. Raises DeviceError when even a new machine does not get there."""
        if self.saved:
            try:
                self._console(f"avd snapshot load {CLEAN}", LOAD_S)
                for _ in range(_SEEN_UP):
                    self._wait(self._deadline(LOAD_S))
                self._catch_up()
                return
            except DeviceError as error:
                log.warning("%s did not load its snapshot and is started anew: %s", self.serial, error)
        elif self._untouched:
            self._untouched = False
            return
        self._end()
        self._begin()
        self._untouched = False
        assert self._phone is not None
        self._make_clean(self._phone)
