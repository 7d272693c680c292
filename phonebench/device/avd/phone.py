"""A phone that has a clean state to return to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from phonebench.config import PhoneConfig
from phonebench.device.adb import Line
from phonebench.device.phone import AdbPhone


class EmulatedPhone(AdbPhone):
    """An AdbPhone whose reset is a snapshot: seconds instead of a boot, and nothing of an episode survives it."""

    def __init__(self, line: Line, config: PhoneConfig, restore: Callable[[], None]) -> None:
        super().__init__(line, config, kind="avd")
        self._restore = restore

    def reset(self, setup: Mapping[str, Any] | None, *, package: str = "") -> None:  # noqa: ARG002
        """Return to the clean snapshot. Only a simulated phone can take the task's patch. Raises DeviceError."""
        with self._watched():
            self._restore()
        if self.info.simulated and setup:
            super().reset(setup)
