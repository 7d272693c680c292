"""Phones that adb already sees, or reaches at HOST:PORT: real ones, cloud phones, emulators started by hand."""

from __future__ import annotations

import contextlib
import logging
import time
from typing import Final

from phonebench.config import PhoneConfig
from phonebench.device.adb import AdbServer, Line, advice
from phonebench.device.claim import claim, release
from phonebench.device.phone import AdbPhone
from phonebench.schema.errors import ConfigError, DeviceError

log = logging.getLogger(__name__)

_FIRST_PAUSE_S: Final = 0.25
_LONGEST_PAUSE_S: Final = 8.0


class AttachedSlot:
    """A phone by its serial; a lost one is connected to again, or waited for."""

    def __init__(self, server: AdbServer, config: PhoneConfig, serial: str) -> None:
        self._server = server
        self._config = config
        self._serial = serial

    def open(self) -> AdbPhone:
        """Reach the phone, within `boot_timeout_s`, and get it ready.

        Raises DeviceError, MissingTool, ConfigError when another process works with it.
        """
        claim(self._serial)
        reach(self._server, self._serial, self._config.boot_timeout_s)
        phone = AdbPhone(Line(self._server, self._serial), self._config, kind="attached")
        phone.prepare()
        return phone

    def close(self) -> None:
        """The phone stays as it is."""
        release(self._serial)


def serials(server: AdbServer, config: PhoneConfig) -> tuple[str, ...]:
    """The phones to use: those of the config, or every one that is ready. Addresses (HOST:PORT) are connected to.

    Raises ConfigError that says what is the matter with a phone.
    """
    states = server.devices()
    said: dict[str, str] = {}
    for address in filter(_is_address, config.serials):
        if states.get(address) != "device":
            said[address] = _connect(server, address)
            states = server.devices()
    if not config.serials:
        ready = tuple(sorted(serial for serial, state in states.items() if state == "device"))
        if not ready:
            raise _unusable("no phone is ready", states)
        return ready
    for serial in config.serials:
        if states.get(serial) != "device":
            missing = f"not attached: {said[serial]}" if serial in said else "not attached"
            raise _unusable(f"phone {serial} is {states.get(serial, missing)}", states)
    return config.serials


def reach(server: AdbServer, serial: str, timeout_s: float) -> None:
    """Until a phone is ready; one at an address is connected to again, with growing pauses. Raises BootTimeout."""
    deadline = time.monotonic() + timeout_s
    pause_s = _FIRST_PAUSE_S
    while (state := server.devices().get(serial)) != "device" and time.monotonic() + pause_s < deadline:
        if _is_address(serial):
            log.info("%s: %s", serial, _connect(server, serial))
        elif state == "offline":
            with contextlib.suppress(DeviceError):
                server.request(f"host-serial:{serial}:reconnect")
        if server.devices().get(serial) != "device":
            time.sleep(pause_s)
        pause_s = min(pause_s * 2, _LONGEST_PAUSE_S)
    server.wait_for(serial, max(deadline - time.monotonic(), 1.0))


def _connect(server: AdbServer, address: str) -> str:
    """What adb says."""
    try:
        return server.connect(address)
    except DeviceError as error:
        return str(error)


def _is_address(serial: str) -> bool:
    return ":" in serial


def _unusable(what: str, states: dict[str, str]) -> ConfigError:
    listed = ", ".join(f"{serial} ({state})" for serial, state in sorted(states.items())) or "none"
    steps = [advice(state) for state in states.values() if state != "device"]
    return ConfigError(
        what,
        where="phone.serials",
        why=f"Phones that adb knows: {listed}.",
        next_step=next(filter(None, steps), "Attach one and switch USB debugging on, or use phone.kind: sim."),
    )
