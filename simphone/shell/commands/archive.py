"""tar, as far as saving and restoring an app's files goes: -c and -x with -f, -C, --exclude and paths."""

from __future__ import annotations

import fnmatch
import io
import posixpath
import tarfile
from typing import Final

from simphone.shell.call import Call
from simphone.shell.errors import CommandError

_KINDS: Final = {"file": tarfile.REGTYPE, "dir": tarfile.DIRTYPE, "link": tarfile.SYMTYPE}


async def tar(call: Call) -> int:
    """tar -cf FILE PATH.., tar -xf FILE; `-` is stdin or stdout."""
    options, operands = call.options("cxvf:C:", "exclude=")
    excluded = [word.partition("=")[2] for word in call.args if word.startswith("--exclude=")]
    base = call.path(options.get("C", "."))
    name = options.get("f", "-")
    if ("c" in options) == ("x" in options):
        raise CommandError("Needs one of -c and -x")
    if "x" in options:
        _extract(call, await call.input() if name == "-" else call.files.load(call.path(name)), base)
        return 0
    data = _create(call, base, operands, excluded)
    if name == "-":
        await call.io.stdout.write(data)
    else:
        call.files.write(call.path(name), data)
    return 0


def _create(call: Call, base: str, operands: list[str], excluded: list[str]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for operand in operands:
            start = posixpath.normpath(posixpath.join(base, operand))
            for path in call.files.walk(start):
                name = operand if path == start else posixpath.join(operand, posixpath.relpath(path, start))
                if any(_below(name, pattern) for pattern in excluded):
                    continue
                facts = call.files.stat(path, follow=False)
                entry = tarfile.TarInfo(name)
                entry.type = _KINDS.get(facts.kind, tarfile.REGTYPE)
                entry.mode, entry.mtime, entry.uname, entry.linkname = (
                    facts.mode, facts.mtime_ns // 10**9, facts.owner, facts.target,
                )  # fmt: skip
                data = call.files.load(path) if facts.kind == "file" else b""
                entry.size = len(data)
                archive.addfile(entry, io.BytesIO(data))
    return buffer.getvalue()


def _below(name: str, pattern: str) -> bool:
    parts = name.split("/")
    return any(fnmatch.fnmatchcase("/".join(parts[:count]), pattern) for count in range(1, len(parts) + 1))


def _extract(call: Call, data: bytes, base: str) -> None:
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
            for entry in archive:
                path = posixpath.normpath(posixpath.join(base, entry.name.lstrip("/")))
                if entry.isdir():
                    if not call.files.isdir(path):
                        call.files.mkdir(path, parents=True)
                elif entry.issym():
                    call.files.symlink(entry.linkname, path)
                elif entry.isfile() and (content := archive.extractfile(entry)) is not None:
                    call.files.write(path, content.read(), parents=True)
                    call.files.touch_meta(path, mode=entry.mode, mtime_ns=int(entry.mtime) * 10**9)
    except tarfile.TarError as error:
        raise CommandError(f"bad header: {error}") from None
