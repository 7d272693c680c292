"""What a command of the shell gets: its arguments, its streams and the phone."""

from __future__ import annotations

import getopt
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simphone.core.files import FileTree, join
from simphone.phone.phone import Phone
from simphone.shell.errors import CommandError
from simphone.shell.streams import AsyncReader, AsyncWriter, decode, encode

if TYPE_CHECKING:
    from simphone.shell.interp import Shell


@dataclass(slots=True)
class Streams:
    """stdin, stdout, stderr; two names may share one writer."""

    stdin: AsyncReader
    stdout: AsyncWriter
    stderr: AsyncWriter


@dataclass(slots=True)
class Call:
    """One run of a command. `args` come after the name, already expanded."""

    shell: Shell
    name: str
    args: list[str]
    io: Streams
    _files: FileTree | None = None

    @property
    def phone(self) -> Phone:
        """The phone that the shell runs on."""
        return self.shell.phone

    @property
    def state(self) -> dict[str, Any]:
        """The phone's state tree."""
        return self.shell.phone.state

    @property
    def files(self) -> FileTree:
        """The phone's files; made once a call, since apps' databases are made with it."""
        if self._files is None:
            self._files = self.shell.files
        return self._files

    def path(self, path: str) -> str:
        """An argument as an absolute path."""
        if not path:
            raise CommandError("'': No such file or directory")
        return join(self.shell.cwd, path)

    async def out(self, *parts: str) -> None:
        """Write text to stdout."""
        if data := encode("".join(parts)):
            await self.io.stdout.write(data)

    async def line(self, text: str = "") -> None:
        """Write a line to stdout."""
        await self.out(text, "\n")

    async def err(self, text: str) -> None:
        """Write a line to stderr."""
        await self.io.stderr.write(encode(text + "\n"))

    async def complain(self, message: object, status: int = 1) -> int:
        """Write "name: message" to stderr; the status, for `return`."""
        await self.err(f"{self.name}: {message}")
        return status

    async def input(self) -> bytes:
        """All of stdin."""
        return await self.io.stdin.read()

    def options(self, short: str, *long: str) -> tuple[dict[str, str], list[str]]:
        """Options and operands in any order, as toybox takes them (GNU getopt).

        Returns ({"l": "ll" for -l given twice, "n": "5" for -n 5, "name": value}, operands). Raises CommandError.
        """
        try:
            pairs, operands = getopt.gnu_getopt(self.args, short, list(long))
        except getopt.GetoptError as error:
            what = (
                f"Unknown option '{error.opt}'" if "recognized" in str(error) else f"Missing argument to '{error.opt}'"
            )
            raise CommandError(f'{what} (see "{self.name} --help")') from None
        found: dict[str, str] = {}
        for flag, value in pairs:
            key = flag.lstrip("-")
            found[key] = value or found.get(key, "") + key
        return found, operands

    async def contents(self, operands: list[str]) -> list[tuple[str, bytes]]:
        """(name, content) of each file operand; stdin for "-" and when there is none. Raises FileError."""
        return [
            (name, await self.input() if name == "-" else self.files.load(self.path(name)))
            for name in operands or ["-"]
        ]

    async def texts(self, operands: list[str]) -> str:
        """All inputs as one text."""
        return decode(b"".join([data for _, data in await self.contents(operands)]))


Command = Callable[[Call], Awaitable[int]]
"""Returns the exit status. May raise CommandError, FileError; output goes through the call."""
