"""The services shell: (old and v2) and exec:, around simphone.shell."""

from __future__ import annotations

import asyncio
import contextlib
import struct
from collections.abc import AsyncIterator, Coroutine
from typing import Final

from simphone.adbd.terminal import Terminal
from simphone.adbd.transport import INPUT_BYTES, Gate, Stream
from simphone.phone.phone import Phone
from simphone.shell import session
from simphone.shell.host import Host
from simphone.shell.session import AsyncWriter

# Shell protocol v2 (AOSP adb/shell_protocol.h): id u8, length u32, data.
_STDIN, _STDOUT, _STDERR, _EXIT, _CLOSE_STDIN, _WINDOW = range(6)
_HEADER: Final = struct.Struct("<BI")
_MAX_CHUNK: Final = 1024 * 1024


async def plain(phone: Phone, host: Host, stream: Stream, command: str, *, tty: bool = False) -> None:
    """Bytes both ways, stdout and stderr in one stream, no exit status."""
    if not tty:
        await session.run(phone, command, stdin=stream.reader, stdout=stream, stderr=stream, host=host)
        return
    terminal = Terminal(stream)
    async with _beside(_copy(stream.reader, terminal)):
        await session.run(phone, command, stdin=terminal.reader, stdout=terminal, stderr=terminal, tty=True, host=host)


async def framed(phone: Phone, host: Host, stream: Stream, command: str, *, tty: bool = False) -> None:
    """Shell protocol v2: stdin, stdout, stderr and the exit status in packets."""
    stdout: AsyncWriter = _Output(stream, _STDOUT)
    stderr: AsyncWriter = _Output(stream, _STDERR)
    terminal = Terminal(stdout) if tty else None
    if terminal:
        stdout = stderr = terminal
    stdin = _Input(terminal)
    async with _beside(stdin.pump(stream.reader)):
        status = await session.run(phone, command, stdin=stdin.reader, stdout=stdout, stderr=stderr, tty=tty, host=host)
    await stream.write(_HEADER.pack(_EXIT, 1) + bytes([status & 0xFF]))


@contextlib.asynccontextmanager
async def _beside(work: Coroutine[None, None, None]) -> AsyncIterator[None]:
    """Runs `work` as long as the block does."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _copy(reader: asyncio.StreamReader, terminal: Terminal) -> None:
    while data := await reader.read(4096):
        await terminal.feed(data)
    terminal.reader.feed_eof()


class _Output:
    """One of the output channels."""

    def __init__(self, stream: Stream, channel: int) -> None:
        self._stream = stream
        self._channel = channel

    async def write(self, data: bytes) -> None:
        for start in range(0, len(data), _MAX_CHUNK):
            chunk = data[start : start + _MAX_CHUNK]
            await self._stream.write(_HEADER.pack(self._channel, len(chunk)) + chunk)


class _Input:
    """Takes the input packets apart; stops taking them while the command does not read."""

    def __init__(self, terminal: Terminal | None) -> None:
        self._terminal = terminal
        self._room = asyncio.Event()
        self._gate = Gate(self._room.set)
        self.reader = terminal.reader if terminal else asyncio.StreamReader(limit=INPUT_BYTES)
        self.reader.set_transport(self._gate)

    async def pump(self, source: asyncio.StreamReader) -> None:
        """Until the client closes its end."""
        try:
            while True:
                channel, length = _HEADER.unpack(await source.readexactly(_HEADER.size))
                if channel == _CLOSE_STDIN:
                    break
                while length:
                    data = await source.read(min(length, 65536))
                    if not data:
                        return
                    length -= len(data)
                    if channel == _STDIN:
                        await self._take(data)
        except asyncio.IncompleteReadError:
            pass
        finally:
            self.reader.feed_eof()

    async def _take(self, data: bytes) -> None:
        if self._terminal:
            await self._terminal.feed(data)
        else:
            self.reader.feed_data(data)
        while not self._gate.open:
            self._room.clear()
            await self._room.wait()
