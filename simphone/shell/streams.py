"""Byte streams between commands: the session's own, pipes, files of the phone, and memory."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Final, Protocol

from simphone.core.files import FileTree

PIPE_SIZE: Final = 65_536
"""Bytes a pipe holds before its writer waits, as Linux's."""
MAX_OUTPUT: Final = 64 << 20
"""Bytes that one substitution or file may gather; more raises OverflowError."""


class AsyncReader(Protocol):
    """Where bytes come from (asyncio.StreamReader is one)."""

    async def read(self, n: int = -1) -> bytes:
        """Up to n bytes, at least one; empty at the end. -1 reads to the end."""


class AsyncWriter(Protocol):
    """Where bytes go."""

    async def write(self, data: bytes) -> None:
        """Deliver, waiting while the other side is slow. Raises BrokenPipeError when it is gone."""


class MemoryReader:
    """Reads from bytes."""

    def __init__(self, data: bytes = b"") -> None:
        self._data = memoryview(data)

    async def read(self, n: int = -1) -> bytes:
        """The next bytes."""
        n = len(self._data) if n < 0 else n
        data, self._data = self._data[:n], self._data[n:]
        return bytes(data)


class MemoryWriter:
    """Keeps what is written in `data`."""

    def __init__(self) -> None:
        self.data = bytearray()

    async def write(self, data: bytes) -> None:
        """Keep."""
        if len(self.data) + len(data) > MAX_OUTPUT:
            raise OverflowError("output too large")
        self.data += data


class NullWriter:
    """/dev/null."""

    async def write(self, data: bytes) -> None:
        """Forget."""


class FileWriter:
    """Appends to a file of the phone. `files` is asked anew at each write, since a reset replaces the tree."""

    def __init__(self, files: Callable[[], FileTree], path: str) -> None:
        self._files = files
        self._path = path
        self._size = 0

    async def write(self, data: bytes) -> None:
        """Append at once, so that other commands see it."""
        self._size += len(data)
        if self._size > MAX_OUTPUT:
            raise OverflowError("file too large")
        self._files().write(self._path, data, append=True)


class Pipe:
    """A bounded pipe between two commands of one event loop."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._changed = asyncio.Condition()
        self._written = False
        self._broken = False

    async def write(self, data: bytes) -> None:
        """Append, waiting for room. Raises BrokenPipeError after the reader has closed."""
        async with self._changed:
            await self._changed.wait_for(lambda: self._broken or len(self._buffer) < PIPE_SIZE)
            if self._broken:
                raise BrokenPipeError
            self._buffer += data
            self._changed.notify_all()

    async def read(self, n: int = -1) -> bytes:
        """Up to n bytes; empty after the writer has closed. -1 reads to the end."""
        if n < 0:
            found = bytearray()
            while chunk := await self.read(PIPE_SIZE):
                if len(found) > MAX_OUTPUT:
                    raise OverflowError("input too large")
                found += chunk
            return bytes(found)
        async with self._changed:
            await self._changed.wait_for(lambda: self._written or bool(self._buffer))
            data = bytes(self._buffer[:n])
            del self._buffer[:n]
            self._changed.notify_all()
            return data

    async def close_write(self) -> None:
        """No more bytes will come."""
        async with self._changed:
            self._written = True
            self._changed.notify_all()

    async def close_read(self) -> None:
        """Nobody will read any more."""
        async with self._changed:
            self._broken = True
            self._buffer.clear()
            self._changed.notify_all()

    async def broken(self) -> None:
        """Return when nobody reads any more."""
        async with self._changed:
            await self._changed.wait_for(lambda: self._broken)


async def lines(reader: AsyncReader) -> AsyncIterator[bytes]:
    """Lines with their newline, as they come; the last one may lack it."""
    rest = b""
    while chunk := await reader.read(PIPE_SIZE):
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            yield line + b"\n"
        if len(rest) > MAX_OUTPUT:
            raise OverflowError("line too long")
    if rest:
        yield rest


def decode(data: bytes) -> str:
    """Bytes as the shell's text; what is not UTF-8 survives as surrogate escapes."""
    return data.decode("utf-8", "surrogateescape")


def encode(text: str) -> bytes:
    """The inverse of decode; other lone surrogates become question marks."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace")
