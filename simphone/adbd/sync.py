"""The sync: service: files in and out (AOSP adb/SYNC.TXT and file_sync_protocol.h), versions 1 and 2."""

from __future__ import annotations

import asyncio
import errno
import posixpath
import stat as modes
import struct
import zlib
from collections.abc import Awaitable, Callable
from typing import Final

from simphone.adbd.transport import STALL_S, Stream
from simphone.core.files import FileError, FileTree, NoEntry, NotDirectory, Stat

_MAX_CHUNK: Final = 64 * 1024
_MAX_PATH: Final = 1024
_MAX_FILE: Final = 512 * 1024 * 1024

_REQUEST: Final = struct.Struct("<4sI")
_STAT1: Final = struct.Struct("<4sIII")  # id, mode, size, mtime
_STAT2: Final = struct.Struct("<4sIQQIIIIQqqq")  # id, error, dev, ino, mode, nlink, uid, gid, size, a/m/ctime
_KINDS: Final = {"file": modes.S_IFREG, "dir": modes.S_IFDIR, "link": modes.S_IFLNK}
_OWNERS: Final = {"root": 0, "system": 1000, "shell": 2000, "media_rw": 1023}
_NANO: Final = 1_000_000_000

Handler = Callable[["SyncSession", bytes, str], Awaitable[None]]


class SyncSession:
    """One client's series of requests. `files` gives the tree as it is at the time of a request."""

    def __init__(self, stream: Stream, files: Callable[[], FileTree]) -> None:
        self._stream = stream
        self._files = files

    async def serve(self) -> None:
        """Until QUIT or the client leaves."""
        while True:
            try:
                kind, length = _REQUEST.unpack(await self._stream.reader.readexactly(_REQUEST.size))
            except asyncio.IncompleteReadError:
                return
            handler = _HANDLERS.get(kind)
            if handler is None or length > _MAX_PATH:
                if kind != b"QUIT":
                    await self._fail("path too long" if handler else f"unknown request {kind!r}")
                return
            await handler(self, kind, (await self._read(length)).decode("utf-8", "surrogateescape"))

    async def stat1(self, kind: bytes, path: str) -> None:
        """STAT: mode, size, mtime; all 0 when there is nothing."""
        found, _ = self._look(path, follow=False)
        await self._stream.write(_short(kind, found))

    async def stat2(self, kind: bytes, path: str) -> None:
        """LST2 (links themselves) and STA2 (what they point to)."""
        await self._stream.write(_long(kind, *self._look(path, follow=kind == b"STA2")))

    async def list(self, kind: bytes, path: str) -> None:
        """LIST and LIS2: an entry for each name, then DONE. A directory that cannot be read is an empty one."""
        files = self._files()
        try:
            names = [".", "..", *files.listdir(path)]
        except FileError:
            names = []
        reply = bytearray()
        for name in names:
            entry, error = self._look(posixpath.join(path, name), follow=False)
            raw = name.encode("utf-8", "surrogateescape")
            reply += _short(b"DENT", entry) if kind == b"LIST" else _long(b"DNT2", entry, error)
            reply += struct.pack("<I", len(raw)) + raw
        size = (_STAT1 if kind == b"LIST" else _STAT2).size
        await self._stream.write(bytes(reply) + b"DONE" + bytes(size))

    async def recv(self, kind: bytes, path: str) -> None:
        """RECV and RCV2: the content in DATA chunks, then DONE; FAIL when it cannot be read."""
        if kind == b"RCV2":
            echoed, flags = struct.unpack("<4sI", await self._read(8))
            if echoed != kind or flags:
                await self._fail("compression is not offered")
                return
        try:
            data = self._files().load(path)
        except FileError as error:
            await self._fail(f"open failed: {error.reason}")
            return
        reply = bytearray()
        for start in range(0, len(data), _MAX_CHUNK):
            chunk = data[start : start + _MAX_CHUNK]
            reply += _REQUEST.pack(b"DATA", len(chunk)) + chunk
        await self._stream.write(bytes(reply) + _REQUEST.pack(b"DONE", 0))

    async def send(self, kind: bytes, spec: str) -> None:
        """SEND and SND2: DATA chunks until DONE with the modification time; a directory on the way is made."""
        if kind == b"SND2":
            path = spec
            echoed, mode, flags = struct.unpack("<4sII", await self._read(12))
            wrong = "" if echoed == kind and not flags else "compression is not offered"
        else:
            path, _, number = spec.rpartition(",")
            wrong = "" if path and number.isdigit() else "missing mode"
            mode = int(number) if number.isdigit() else 0
        data = bytearray()
        while True:
            chunk_id, length = _REQUEST.unpack(await self._read(_REQUEST.size))
            if chunk_id == b"DONE":
                break
            if chunk_id != b"DATA" or length > _MAX_CHUNK:
                await self._fail("invalid data message")
                raise EOFError
            chunk = await self._read(length)
            if len(data) + length > _MAX_FILE:
                wrong, chunk = "No space left on device", b""
            data += chunk
        wrong = wrong or self._store(path, bytes(data), mode, length)
        await (self._fail(wrong) if wrong else self._stream.write(_REQUEST.pack(b"OKAY", 0)))

    def _store(self, path: str, data: bytes, mode: int, mtime: int) -> str:
        """Write a pushed file; the reason why not, or nothing."""
        files = self._files()
        try:
            if modes.S_ISLNK(mode):
                files.symlink(data.rstrip(b"\0").decode("utf-8", "surrogateescape"), path)
            else:
                files.write(path, data, parents=True)
                files.touch_meta(path, mode=mode & 0o777, mtime_ns=mtime * _NANO)
        except FileError as error:
            return f"couldn't create file: {error.reason}"
        return ""

    def _look(self, path: str, *, follow: bool) -> tuple[Stat | None, int]:
        try:
            return self._files().stat(path, follow=follow), 0
        except NoEntry:
            return None, errno.ENOENT
        except NotDirectory:
            return None, errno.ENOTDIR
        except FileError:
            return None, errno.ELOOP

    async def _read(self, n: int) -> bytes:
        async with asyncio.timeout(STALL_S):
            return await self._stream.reader.readexactly(n)

    async def _fail(self, message: str) -> None:
        raw = message.encode()
        await self._stream.write(_REQUEST.pack(b"FAIL", len(raw)) + raw)


_HANDLERS: Final[dict[bytes, Handler]] = {
    b"STAT": SyncSession.stat1,
    b"LST2": SyncSession.stat2,
    b"STA2": SyncSession.stat2,
    b"LIST": SyncSession.list,
    b"LIS2": SyncSession.list,
    b"RECV": SyncSession.recv,
    b"RCV2": SyncSession.recv,
    b"SEND": SyncSession.send,
    b"SND2": SyncSession.send,
}


def _mode(found: Stat) -> int:
    return _KINDS[found.kind] | found.mode


def _short(kind: bytes, found: Stat | None) -> bytes:
    if found is None:
        return _STAT1.pack(kind, 0, 0, 0)
    return _STAT1.pack(kind, _mode(found), min(found.size, 0xFFFFFFFF), found.mtime_ns // _NANO & 0xFFFFFFFF)


def _long(kind: bytes, found: Stat | None, error: int) -> bytes:
    if found is None:
        return _STAT2.pack(kind, error, *([0] * 10))
    # There are no inodes; a number from the path lets clients tell files apart.
    inode = zlib.crc32(found.path.encode("utf-8", "surrogateescape"))
    owner, group = _OWNERS.get(found.owner, 10158), _OWNERS.get(found.group, 10158)
    seconds = found.mtime_ns // _NANO
    return _STAT2.pack(kind, 0, 1, inode, _mode(found), 1, owner, group, found.size, seconds, seconds, seconds)
