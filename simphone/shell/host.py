"""What stands around the phone, as the shell needs it: its power, and room for a twin."""

from __future__ import annotations

from typing import Protocol


class Host(Protocol):
    """The process that serves the phone over adb."""

    ports: set[int]
    """TCP ports of the phone on which its uiautomator server listens."""

    def reboot(self) -> None:
        """Drop every connection and start again."""

    def power_off(self) -> None:
        """Vanish for good."""

    async def fork(self) -> str:
        """Serve an independent phone in the same state; its serial."""
