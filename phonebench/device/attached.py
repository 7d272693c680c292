"""Phones that adb already sees: real ones, running emulators, a simulated phone started by hand."""

from __future__ import annotations

from phonebench.config import PhoneConfig
from phonebench.device.adb import AdbServer, Line, advice
from phonebench.device.phone import AdbPhone
from phonebench.schema.errors import ConfigError


class AttachedSlot:
    """A phone by its serial; a lost one is waited for."""

    def __init__(self, server: AdbServer, config: PhoneConfig, serial: str) -> None:
        self._server = server
        self._config = config
        self._serial = serial

    def open(self) -> AdbPhone:
        """Wait for the phone, `boot_timeout_s` at most. Raises DeviceError."""
        self._server.wait_for(self._serial, self._config.boot_timeout_s)
        phone = AdbPhone(Line(self._server, self._serial), self._config, kind="attached")
        phone.prepare()
        return phone

    def close(self) -> None:
        """The phone stays as it is."""


def serials(server: AdbServer, config: PhoneConfig) -> tuple[str, ...]:
    """The phones to use: those of the config, or every one that is ready. Addresses (HOST:PORT) are connected to.

    Raises ConfigError that says what is the matter with a phone.
    """
    states = server.devices()
    for address in config.serials:
        if address not in states and ":" in address:
            server.request(f"host:connect:{address}")
            states = server.devices()
    if not config.serials:
        ready = tuple(sorted(serial for serial, state in states.items() if state == "device"))
        if not ready:
            raise _unusable("no phone is ready", states)
        return ready
    for serial in config.serials:
        if states.get(serial) != "device":
            raise _unusable(f"phone {serial} is {states.get(serial, 'not attached')}", states)
    return config.serials


def _unusable(what: str, states: dict[str, str]) -> ConfigError:
    listed = ", ".join(f"{serial} ({state})" for serial, state in sorted(states.items())) or "none"
    steps = [advice(state) for state in states.values() if state != "device"]
    return ConfigError(
        what,
        where="phone.serials",
        why=f"Phones that adb knows: {listed}.",
        next_step=next(filter(None, steps), "Attach one and switch USB debugging on, or use phone.kind: sim."),
    )
