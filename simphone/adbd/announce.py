"""Keeps an adb server aware of the phones: it follows the server's list of devices and announces who is missing.

Smart-socket protocol (AOSP adb/SERVICES.TXT): four hexadecimal digits of length, then the request.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterable, Mapping
from typing import Final

log = logging.getLogger(__name__)

RETRY_S: Final = 1.0
ANSWER_S: Final = 10.0
_MAX_LIST: Final = 0xFFFF


class Announcer:
    """Tells the adb server at 127.0.0.1:`port` of phones, {serial: adb port}. No server running is fine."""

    def __init__(self, port: int, phones: Callable[[], Mapping[str, int]]) -> None:
        self.port = port
        self._phones = phones
        self._changed = asyncio.Event()

    def changed(self) -> None:
        """The set of phones is another one now."""
        self._changed.set()

    async def run(self) -> None:
        """Until cancelled. The wait between two tries bounds how long a restarted server stays without the phones."""
        while True:
            with contextlib.suppress(OSError, EOFError, TimeoutError, ValueError):
                await self._follow()
            await asyncio.sleep(RETRY_S)

    async def kill_server(self) -> None:
        """End the adb server."""
        with contextlib.suppress(OSError, EOFError, TimeoutError):
            await self._request("host:kill")

    async def _follow(self) -> None:
        """Follow one server's list until the server goes away."""
        async with asyncio.timeout(ANSWER_S):
            reader, writer = await self._connect("host:track-devices")
        update = None
        try:
            async with asyncio.timeout(ANSWER_S):
                if await reader.readexactly(4) != b"OKAY":
                    raise EOFError
                listed = await _read_list(reader)
            update = asyncio.ensure_future(_read_list(reader))
            while True:
                self._changed.clear()
                missing = [port for serial, port in self._phones().items() if serial not in listed]
                for port in missing:
                    await self._request(f"host:emulator:{port}")
                # A full list needs no watching but of its changes; a missing phone is announced again.
                woken = asyncio.ensure_future(self._changed.wait())
                await asyncio.wait(
                    {update, woken}, timeout=RETRY_S if missing else None, return_when=asyncio.FIRST_COMPLETED
                )
                woken.cancel()
                if update.done():
                    listed = update.result()
                    update = asyncio.ensure_future(_read_list(reader))
        finally:
            if update:
                update.cancel()
            writer.close()

    async def _request(self, request: str) -> None:
        """Send a request that has no answer worth reading."""
        async with asyncio.timeout(ANSWER_S):
            _, writer = await self._connect(request)
            await writer.drain()
            writer.close()
            await writer.wait_closed()

    async def _connect(self, request: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(f"{len(request):04x}{request}".encode())
        return reader, writer


async def _read_list(reader: asyncio.StreamReader) -> set[str]:
    """The next list of devices: serials, whatever their state."""
    length = int(await reader.readexactly(4), 16)
    text = (await reader.readexactly(min(length, _MAX_LIST))).decode("utf-8", "replace")
    return _serials(text.splitlines())


def _serials(lines: Iterable[str]) -> set[str]:
    return {line.split("\t")[0] for line in lines if line}
