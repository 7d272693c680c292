"""Redirections: what > >> < 2>&1 &> and here-documents do to the streams of a shell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simphone.core.files import join
from simphone.shell import expand
from simphone.shell.errors import ShellError
from simphone.shell.streams import AsyncWriter, FileWriter, MemoryReader, NullWriter, encode
from simphone.shell.syntax import Redirect

if TYPE_CHECKING:
    from simphone.shell.interp import Shell


async def apply_redirect(shell: Shell, redirect: Redirect) -> None:
    """Apply one redirection to the shell's streams. Raises FileError, ShellError."""
    target = await expand.text(shell, redirect.target)
    if redirect.op in ("<<", "<<<"):
        shell.io.stdin = MemoryReader(encode(target if redirect.op == "<<" else target + "\n"))
    elif redirect.op in (">&", "<&") and (target.isdigit() or target == "-"):
        _duplicate(shell, redirect.fd, target)
    elif redirect.op in ("<", "<>"):
        shell.io.stdin = MemoryReader(shell.files.load(join(shell.cwd, target)))
    else:
        _open(shell, redirect, join(shell.cwd, target))


def _duplicate(shell: Shell, fd: int, target: str) -> None:
    writer: AsyncWriter | None = {"1": shell.io.stdout, "2": shell.io.stderr, "-": NullWriter()}.get(target)
    if fd == 0:
        shell.io.stdin = MemoryReader() if target == "-" else shell.io.stdin
    elif writer is None:
        raise ShellError(f"{target}: bad file descriptor")
    elif fd == 1:
        shell.io.stdout = writer
    elif fd == 2:
        shell.io.stderr = writer


def _open(shell: Shell, redirect: Redirect, path: str) -> None:
    writer: AsyncWriter
    if path == "/dev/null":
        writer = NullWriter()
    elif path in ("/dev/tty", "/dev/stdout", "/proc/self/fd/1"):
        writer = shell.io.stdout
    elif path in ("/dev/stderr", "/proc/self/fd/2"):
        writer = shell.io.stderr
    else:
        shell.files.write(path, b"", append=redirect.op in (">>", "&>>"))
        writer = FileWriter(shell.tree, path)
    both = redirect.op.startswith("&") or redirect.op == ">&"
    if both or redirect.fd == 1:
        shell.io.stdout = writer
    if both or redirect.fd == 2:
        shell.io.stderr = writer
