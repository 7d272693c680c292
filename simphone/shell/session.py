"""The door to the shell: one call runs one `adb shell` session on a phone."""

from __future__ import annotations

import asyncio
from typing import Protocol

from simphone.phone.phone import Phone


class AsyncReader(Protocol):
    """Where a session's stdin comes from (asyncio.StreamReader is one)."""

    async def read(self, n: int = -1) -> bytes:
        """Up to n bytes, at least one; empty at the end. -1 reads to the end."""


class AsyncWriter(Protocol):
    """Where a session's stdout or stderr goes."""

    async def write(self, data: bytes) -> None:
        """Deliver, waiting while the other side is slow. Raises BrokenPipeError when it is gone."""


async def run(
    phone: Phone,
    command: str,
    *,
    stdin: AsyncReader,
    stdout: AsyncWriter,
    stderr: AsyncWriter,
    uid: str = "root",
    tty: bool = False,
) -> int:
    """Run a command line as `adb shell` would; the exit status, 0..255. An empty command is an interactive shell.

    Never raises for what the command does; cancelling the task kills what runs. Bytes that are not UTF-8 travel in
    `command` as surrogate escapes.
    """
    raise NotImplementedError


def run_sync(phone: Phone, command: str, stdin: bytes = b"") -> tuple[int, bytes, bytes]:
    """For tests: exit status, stdout, stderr of a command that ends by itself."""

    class Source:
        async def read(self, n: int = -1) -> bytes:
            nonlocal stdin
            n = len(stdin) if n < 0 else n
            data, stdin = stdin[:n], stdin[n:]
            return data

    class Sink:
        def __init__(self) -> None:
            self.data = bytearray()

        async def write(self, data: bytes) -> None:
            self.data += data

    out, err = Sink(), Sink()
    status = asyncio.run(run(phone, command, stdin=Source(), stdout=out, stderr=err))
    return status, bytes(out.data), bytes(err.data)
