"""A pool of phones: episodes side by side, one phone each; a broken phone is replaced before its next use."""

from __future__ import annotations

import contextlib
import logging
import queue
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Final, Protocol

from phonebench.device.adb import AdbServer
from phonebench.device.phone import AdbPhone
from phonebench.schema.errors import AdbTimeout, DeviceError, DeviceLost

log = logging.getLogger(__name__)

_STARTERS: Final = 8
LEASE_S: Final = 24 * 3600.0
"""Longest wait for a free phone."""


class Slot(Protocol):
    """A place for one phone."""

    def open(self) -> AdbPhone:
        """Have a phone ready, a fresh one where possible. Raises DeviceError or UserError."""

    def close(self) -> None:
        """Let the phone go. Never raises."""


class PhonePool:
    """Implements phonebench.schema.protocols.PhoneProvider over slots. Threads may lease side by side.

    Entering starts the adb server and opens every phone; if one fails, everything is closed again and its error raised.
    """

    def __init__(self, server: AdbServer, slots: Sequence[Slot]) -> None:
        self.server = server
        self.size = len(slots)
        self._slots = tuple(slots)
        self._phones: dict[int, AdbPhone] = {}
        self._free: queue.Queue[int] = queue.Queue()

    def __enter__(self) -> PhonePool:
        starters = ThreadPoolExecutor(max_workers=_STARTERS)
        try:
            self.server.start()
            for number in starters.map(self._open, range(self.size)):
                self._free.put(number)
        except BaseException:
            # Phones that are still starting are closed too, which ends their threads: Ctrl-C waits for no boot.
            starters.shutdown(wait=False, cancel_futures=True)
            self._close()
            raise
        starters.shutdown()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    @contextlib.contextmanager
    def lease(self) -> Iterator[AdbPhone]:
        """A working phone for the time of the block. Raises DeviceError when a broken one cannot be replaced."""
        try:
            number = self._free.get(timeout=LEASE_S)
        except queue.Empty:
            raise DeviceError(f"no phone was free for {LEASE_S / 3600:.0f} hours") from None
        try:
            yield self.phone(number)
        except (DeviceLost, AdbTimeout):
            self._forget(number)
            raise
        finally:
            self._free.put(number)

    def phone(self, number: int) -> AdbPhone:
        """The phone of a place (from 0), replaced when it is broken; for who holds that place. Raises DeviceError."""
        phone = self._phones.get(number)
        if phone is not None and not phone.broken:
            return phone
        self._forget(number)
        log.warning("phone %d of %d is being replaced", number + 1, self.size)
        self._slots[number].close()
        self.server.start()  # It may be what was lost.
        self._open(number)
        return self._phones[number]

    def _open(self, number: int) -> int:
        self._phones[number] = self._slots[number].open()
        return number

    def _forget(self, number: int) -> None:
        self._phones.pop(number, None)

    def _close(self) -> None:
        for phone in self._phones.values():
            phone.release()
        self._phones.clear()
        for slot in self._slots:
            slot.close()
        with contextlib.suppress(DeviceError):
            self.server.close()
