"""The line discipline of an interactive `adb shell`: adb's terminal is raw, so the device echoes and edits."""

from __future__ import annotations

import asyncio
from typing import Final, Protocol


class Output(Protocol):
    """Where the terminal draws."""

    async def write(self, data: bytes) -> None: ...


_INTERRUPT, _END, _ERASE, _KILL = 0x03, 0x04, (0x08, 0x7F), 0x15
_MAX_LINE: Final = 4096


class Terminal:
    """Turns keys into lines on `reader` and writes output with carriage returns (termios: ICANON ECHO ICRNL ONLCR)."""

    def __init__(self, output: Output) -> None:
        self._output = output
        self._line = bytearray()
        self.reader = asyncio.StreamReader()

    async def write(self, data: bytes) -> None:
        """Output of the command."""
        await self._output.write(data.replace(b"\n", b"\r\n"))

    async def feed(self, keys: bytes) -> None:
        """Keys of the user."""
        echo = bytearray()
        for key in keys:
            echo += self._press(key)
        if echo:
            await self._output.write(bytes(echo))

    def _press(self, key: int) -> bytes:
        """One key; what is echoed."""
        if key in b"\r\n":
            self.reader.feed_data(bytes(self._line) + b"\n")
            self._line.clear()
            return b"\r\n"
        if key == _INTERRUPT:
            self._line.clear()
            self.reader.feed_data(b"\n")
            return b"^C\r\n"
        if key == _END:
            if not self._line:
                self.reader.feed_eof()
            return b""
        if key in _ERASE:
            return self._erase()
        if key == _KILL:
            return b"".join(self._erase() for _ in range(len(self._line)))
        if len(self._line) >= _MAX_LINE:
            return b"\a"
        self._line.append(key)
        return bytes([key])

    def _erase(self) -> bytes:
        """Drop the last character, all its bytes."""
        if not self._line:
            return b""
        while len(self._line) > 1 and self._line[-1] & 0xC0 == 0x80:
            self._line.pop()
        self._line.pop()
        return b"\b \b"
