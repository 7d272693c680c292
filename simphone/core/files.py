"""The phone's file tree: plain data over a fixed base of system directories.

`FileTree` is a view of `state["files"]`, a flat dict from canonical absolute path to a node; the dict is the truth, the
object holds nothing. Nodes (all keys but the first are optional):

    file       {"data": bytes, "mode": int, "owner": str, "mtime_ns": int}
    directory  {"dir": True, "mode": int, "owner": str, "mtime_ns": int}
    link       {"link": target, "owner": str, "mtime_ns": int}
    removed    {"gone": True}     hides an entry of the base below

Below the nodes lies `BASE`, what every Android 13 image has; and beside them `lazy` files, made on demand by apps
(databases) and the system: they can be read, not written. Parents of any entry exist as directories by themselves.
"""

from __future__ import annotations

import fnmatch
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, Literal

Json = Any
Kind = Literal["file", "dir", "link"]

SDCARD: Final = "/storage/emulated/0"
BASE_TIME_NS: Final = 1_672_531_200_000_000_000
"""Modification time of what came with the image: 2023-01-01 00:00:00 UTC."""

_MAX_LINKS: Final = 40
_DIR_SIZE: Final = 4096


class FileError(Exception):
    """A file operation that cannot be done; `str()` is the path and the C library's words for the reason."""

    reason = "I/O error"

    def __init__(self, path: str) -> None:
        super().__init__(f"{path}: {self.reason}")
        self.path = path


class NoEntry(FileError):
    """ENOENT."""

    reason = "No such file or directory"


class IsDirectory(FileError):
    """EISDIR."""

    reason = "Is a directory"


class NotDirectory(FileError):
    """ENOTDIR."""

    reason = "Not a directory"


class EntryExists(FileError):
    """EEXIST."""

    reason = "File exists"


class NotEmpty(FileError):
    """ENOTEMPTY."""

    reason = "Directory not empty"


class ReadOnly(FileError):
    """EROFS: a lazy file, or a directory of the image."""

    reason = "Read-only file system"


class LinkLoop(FileError):
    """ELOOP."""

    reason = "Too many symbolic links encountered"


@dataclass(frozen=True, slots=True)
class Stat:
    """What lstat tells. `mode` holds permission bits only; `size` in bytes; `mtime_ns` since the epoch, UTC."""

    path: str
    kind: Kind
    mode: int
    size: int
    mtime_ns: int
    owner: str
    target: str = ""

    @property
    def group(self) -> str:
        """Shared storage belongs to media_rw, everything else to its owner's group."""
        return "media_rw" if under(self.path, SDCARD) else self.owner


def under(path: str, directory: str) -> bool:
    """Whether a canonical path is the directory or lies below it."""
    return path == directory or path.startswith("/" if directory == "/" else directory + "/")


def join(directory: str, path: str) -> str:
    """An absolute, normalised path; `..` is taken lexically, as a shell's logical cd does."""
    path = posixpath.normpath(posixpath.join(directory or "/", path))
    return path[1:] if path.startswith("//") else path


_SHARED_DIRS: Final = """
    Alarms Android Android/data Android/media Android/obb Audiobooks DCIM DCIM/Camera Documents Download Movies Music
    Notifications Pictures Podcasts Recordings Ringtones
""".split()
_SYSTEM_DIRS: Final = f"""
    / /apex /data /data/app /data/data /data/local /data/local/tmp /data/media /data/misc /data/system /data/user
    /data/user_de /data/user_de/0 /dev /linkerconfig /mnt /proc /product /storage /storage/emulated /storage/self
    /sys /system /system/bin /system/etc /system/lib64 /vendor {SDCARD}
""".split()
_LINKS: Final = {
    "/bin": "/system/bin",
    "/data/user/0": "/data/data",
    "/etc": "/system/etc",
    "/mnt/sdcard": SDCARD,
    "/sdcard": SDCARD,
    "/storage/self/primary": SDCARD,
}


def _base() -> dict[str, dict[str, Json]]:
    def directory(owner: str, mode: int) -> dict[str, Json]:
        return {"dir": True, "owner": owner, "mode": mode, "mtime_ns": BASE_TIME_NS}

    base = {path: directory("root", 0o755) for path in _SYSTEM_DIRS}
    base["/data/local/tmp"] = directory("shell", 0o771)
    base |= {f"{SDCARD}/{name}": directory("u0_a158", 0o770) for name in _SHARED_DIRS}
    base[SDCARD] = directory("u0_a158", 0o770)
    base |= {path: {"link": to, "owner": "root", "mtime_ns": BASE_TIME_NS} for path, to in _LINKS.items()}
    base["/dev/null"] = {"data": b"", "owner": "root", "mode": 0o666, "mtime_ns": BASE_TIME_NS}
    return base


BASE: Final[Mapping[str, dict[str, Json]]] = _base()
_FIXED: Final = frozenset([*_SYSTEM_DIRS, *_LINKS, "/dev/null"])
"""Entries that cannot be removed or renamed."""


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(fnmatch.translate(pattern))


def matches(pattern: str, text: str) -> bool:
    """Shell pattern over a whole text: * ? [..] [!..]; a literal special character is written as [*]."""
    return _compiled(pattern.replace("[^", "[!")).match(text) is not None


class FileTree:
    """The phone's files. Paths are absolute; symbolic links are followed unless a method says otherwise.

    `now_ns` is the phone's clock; `lazy` maps canonical paths to makers of read-only content.
    """

    def __init__(
        self,
        nodes: dict[str, Json],
        now_ns: Callable[[], int] = lambda: BASE_TIME_NS,
        lazy: Mapping[str, Callable[[], bytes]] | None = None,
    ) -> None:
        self.nodes = nodes
        self.now_ns = now_ns
        self.lazy: Mapping[str, Callable[[], bytes]] = lazy if lazy is not None else {}

    # --- finding ------------------------------------------------------------------------------------------------
    def _node(self, path: str) -> dict[str, Json] | None:
        """The entry at a canonical path, links not followed."""
        node: dict[str, Json] | None = self.nodes.get(path)
        if node is None:
            node = BASE.get(path)
        elif "gone" in node:
            node = None
        if node is not None:
            return node
        if path in self.lazy:
            return {"lazy": True, "mode": 0o660, "owner": "system"}
        prefix = path + "/"
        if any(p.startswith(prefix) for p in self.lazy) or any(
            p.startswith(prefix) and "gone" not in n for p, n in self.nodes.items()
        ):
            return {"dir": True, "owner": "root", "mode": 0o771, "mtime_ns": BASE_TIME_NS}
        return None

    def resolve(self, path: str, *, last: bool = True) -> str:
        """Canonical path: links followed in every component but, with last=False, the last. Need not exist.

        Raises LinkLoop, or NotDirectory when a component on the way is a file.
        """
        todo = [part for part in join("/", path).split("/") if part][::-1]
        done = ""
        followed = 0
        while todo:
            part = todo.pop()
            if part == "..":
                done = posixpath.dirname(done).rstrip("/")
                continue
            here = f"{done}/{part}"
            node = self._node(here)
            if node is not None and "link" in node and (todo or last):
                followed += 1
                if followed > _MAX_LINKS:
                    raise LinkLoop(path)
                target = node["link"]
                done = "" if target.startswith("/") else done
                todo.extend(p for p in target.split("/")[::-1] if p not in ("", "."))
                continue
            if todo and node is not None and "dir" not in node:
                raise NotDirectory(path)
            done = here
        return done or "/"

    def stat(self, path: str, *, follow: bool = True) -> Stat:
        """Facts about an entry. Raises NoEntry, NotDirectory, LinkLoop."""
        where = self.resolve(path, last=follow)
        node = self._node(where)
        if node is None:
            raise NoEntry(path)
        mtime = node.get("mtime_ns", BASE_TIME_NS if "dir" in node else self.now_ns())
        owner = node.get("owner") or _owner(where)
        if "link" in node:
            return Stat(where, "link", 0o777, len(node["link"]), mtime, owner, node["link"])
        if "dir" in node:
            return Stat(where, "dir", node.get("mode", 0o771), _DIR_SIZE, mtime, owner)
        size = len(self.lazy[where]() if "lazy" in node else node["data"])
        return Stat(where, "file", node.get("mode", 0o660), size, mtime, owner)

    def exists(self, path: str) -> bool:
        """Whether something is there, links followed."""
        try:
            return self._node(self.resolve(path)) is not None
        except FileError:
            return False

    def isdir(self, path: str) -> bool:
        """Whether a directory is there."""
        try:
            return "dir" in (self._node(self.resolve(path)) or {})
        except FileError:
            return False

    def isfile(self, path: str) -> bool:
        """Whether a regular file is there."""
        return self.exists(path) and not self.isdir(path)

    def listdir(self, path: str) -> list[str]:
        """Sorted names in a directory. Raises NoEntry, NotDirectory."""
        where = self.resolve(path)
        node = self._node(where)
        if node is None:
            raise NoEntry(path)
        if "dir" not in node:
            raise NotDirectory(path)
        prefix = where if where.endswith("/") else where + "/"
        size = len(prefix)
        names = {p[size:].partition("/")[0] for p in self.lazy if p.startswith(prefix)}
        names |= {p[size:].partition("/")[0] for p, n in self.nodes.items() if p.startswith(prefix) and "gone" not in n}
        for p in BASE:
            if p.startswith(prefix) and "gone" not in self.nodes.get(p, {}):
                names.add(p[size:].partition("/")[0])
        return sorted(names - {""})

    def walk(self, path: str) -> Iterator[str]:
        """The path and all below it, parents first, in order of names; links are not followed."""
        yield path
        if self.stat(path, follow=False).kind == "dir":
            for name in self.listdir(path):
                yield from self.walk(posixpath.join(path, name))

    def glob(self, pattern: str, cwd: str = "/") -> list[str]:
        """Sorted paths that match, written as the pattern is (relative stays relative). Hidden names need a dot."""
        found = ["/" if pattern.startswith("/") else ""]
        parts = [p for p in pattern.split("/") if p]
        for at, part in enumerate(parts):
            more: list[str] = []
            for base in found:
                directory = join(cwd, base or ".")
                if not self.isdir(directory):
                    continue
                if not _magic(part):
                    names = [_plain(part)] if self._there(join(directory, _plain(part))) else []
                else:
                    hidden = part.startswith((".", "[.]"))
                    names = [n for n in self.listdir(directory) if (hidden or n[0] != ".") and matches(part, n)]
                more.extend(posixpath.join(base, name) for name in names)
            found = more
            if pattern.endswith("/") and at == len(parts) - 1:
                found = [f + "/" for f in found if self.isdir(join(cwd, f))]
        return sorted(found)

    def _there(self, path: str) -> bool:
        try:
            return self._node(self.resolve(path, last=False)) is not None
        except FileError:
            return False

    # --- contents -----------------------------------------------------------------------------------------------
    def load(self, path: str) -> bytes:
        """Content of a file. Raises NoEntry, IsDirectory, NotDirectory."""
        where = self.resolve(path)
        node = self._node(where)
        if node is None:
            raise NoEntry(path)
        if "dir" in node:
            raise IsDirectory(path)
        return self.lazy[where]() if "lazy" in node else bytes(node["data"])

    def read(self, path: str) -> bytes | None:
        """Content of a file, None when there is none."""
        try:
            return self.load(path)
        except FileError:
            return None

    def write(self, path: str, data: bytes, *, append: bool = False, parents: bool = False, owner: str = "") -> None:
        """Create or replace (append: extend) a file. Raises NoEntry for a missing directory unless `parents`."""
        where = self.resolve(path)
        if where == "/dev/null":
            return
        node = self._node(where)
        if node is not None and "dir" in node:
            raise IsDirectory(path)
        if node is not None and "lazy" in node:
            raise ReadOnly(path)
        if node is None:
            self._need_parent(where, path, create=parents)
        old: dict[str, Json] = dict(node) if node is not None else {"mode": 0o660, "owner": owner or _owner(where)}
        before = old.get("data", b"") if append else b""
        self.nodes[where] = old | {"data": before + data, "mtime_ns": self.now_ns()}

    def _need_parent(self, where: str, path: str, *, create: bool = False) -> None:
        parent = posixpath.dirname(where)
        node = self._node(parent)
        if node is None:
            if not create:
                raise NoEntry(path)
            self.mkdir(parent, parents=True)
        elif "dir" not in node:
            raise NotDirectory(path)

    # --- entries ------------------------------------------------------------------------------------------------
    def mkdir(self, path: str, *, parents: bool = False, mode: int = 0o770, owner: str = "") -> None:
        """Make a directory. Raises EntryExists (with `parents` only when a file is in the way), NoEntry."""
        where = self.resolve(path)
        node = self._node(where)
        if node is not None:
            if parents and "dir" in node:
                return
            raise EntryExists(path)
        if parents and posixpath.dirname(where) != where:
            self.mkdir(posixpath.dirname(where), parents=True, mode=mode, owner=owner)
        self._need_parent(where, path)
        self.nodes[where] = {"dir": True, "mode": mode, "owner": owner or _owner(where), "mtime_ns": self.now_ns()}

    def symlink(self, target: str, path: str) -> None:
        """Make a symbolic link at `path`. Raises EntryExists, NoEntry."""
        where = self.resolve(path, last=False)
        if self._node(where) is not None:
            raise EntryExists(path)
        self._need_parent(where, path)
        self.nodes[where] = {"link": target, "owner": _owner(where), "mtime_ns": self.now_ns()}

    def delete(self, path: str, *, recursive: bool = False) -> bool:
        """Remove a file, a link itself, or an empty directory (recursive: any); False when nothing was there.

        Raises NotEmpty; ReadOnly for lazy files and the directories of the image.
        """
        where = self.resolve(path, last=False)
        node = self._node(where)
        if node is None:
            return False
        if "dir" in node:
            inside = [posixpath.join(where, name) for name in self.listdir(where)]
            if inside and not recursive:
                raise NotEmpty(path)
            for entry in inside:
                self.delete(entry, recursive=True)
        if where in _FIXED or "lazy" in node:
            raise ReadOnly(path)
        self._drop(where)
        return True

    def _drop(self, where: str) -> None:
        if where in BASE:
            self.nodes[where] = {"gone": True}
        else:
            self.nodes.pop(where, None)

    def rename(self, old: str, new: str) -> None:
        """Move an entry; a file at `new` is replaced. Raises NoEntry, IsDirectory, NotEmpty, ReadOnly."""
        source, target = self.resolve(old, last=False), self.resolve(new)
        node = self._node(source)
        if node is None:
            raise NoEntry(old)
        if source == target:
            return
        if under(target, source):
            raise NotEmpty(new)
        if source in _FIXED or "lazy" in node:
            raise ReadOnly(old)
        if self.isdir(target) and "dir" not in node:
            raise IsDirectory(new)
        self._need_parent(target, new)
        self.delete(target)
        for entry in list(self.walk(source)):
            moved = self._node(entry) or {}
            if "lazy" in moved:
                raise ReadOnly(entry)
            self.nodes[target + entry[len(source) :]] = dict(moved)
            self._drop(entry)

    def copy(self, old: str, new: str, *, recursive: bool = False, keep: bool = False) -> None:
        """Copy a file (recursive: a directory's tree, merged into an existing one); `keep` keeps mode, owner, time."""
        stat = self.stat(old)
        if stat.kind == "dir":
            if not recursive:
                raise IsDirectory(old)
            self.mkdir(new, parents=True, mode=stat.mode)
            for name in self.listdir(old):
                if not under(self.resolve(new), self.resolve(posixpath.join(old, name))):
                    self.copy(posixpath.join(old, name), posixpath.join(new, name), recursive=True, keep=keep)
            return
        self.write(new, self.load(old))
        if keep:
            self.touch_meta(new, mode=stat.mode, owner=stat.owner, mtime_ns=stat.mtime_ns)

    def touch_meta(
        self, path: str, *, mode: int | None = None, owner: str | None = None, mtime_ns: int | None = None
    ) -> None:
        """Change what stat tells: chmod, chown, utimes. Raises NoEntry; lazy files are left as they are."""
        where = self.resolve(path)
        node = self._node(where)
        if node is None:
            raise NoEntry(path)
        if "lazy" in node or where == "/dev/null":
            return
        news = {"mode": mode, "owner": owner, "mtime_ns": mtime_ns}
        self.nodes[where] = dict(node) | {key: value for key, value in news.items() if value is not None}


def _owner(where: str) -> str:
    """Who owns a new entry: the media provider's uid on shared storage, otherwise the shell."""
    if under(where, SDCARD):
        return "u0_a158"
    return "shell" if under(where, "/data/local/tmp") else "root"


_ESCAPED: Final = re.compile(r"\[([*?\[])\]")


def _magic(part: str) -> bool:
    return any(c in _ESCAPED.sub("", part) for c in "*?[")


def _plain(part: str) -> str:
    return _ESCAPED.sub(r"\1", part)
