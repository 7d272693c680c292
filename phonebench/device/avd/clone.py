"""Copies of a virtual device, one for each phone: sharing blocks on disk where the file system can."""

from __future__ import annotations

import contextlib
import os
import shutil
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from phonebench.device.avd.avds import Avd, read_avd, read_ini, write_ini
from phonebench.schema.errors import DeviceError, MissingTool

PREFIX: Final = "phonebench-"
"""Names of copies begin so: theirs and nobody else's."""
HEADROOM: Final = 2 * 1024**3
"""Bytes that one running emulator may write to its own images before anybody should worry."""
_COPY_S: Final = 1800.0
_LEFT_BEHIND: Final = (".lock", "emu-launch-params.txt", "read-snapshot.txt", "bootcompleted.ini")
"""Ends of names of what belongs to a running instance, not to the device."""

# qcow2 header (QEMU docs/interop/qcow2.rst), big-endian: magic, version, offset and size of the backing file's name.
_QCOW2: Final = struct.Struct(">4sIQI")
_QCOW2_MAGIC: Final = b"QFI\xfb"
_NAME_LIMIT: Final = 1023


def clone(avd: Avd, name: str, snapshot: str | None = None) -> Avd:
    """A copy that runs beside the original; of its snapshots only the named one comes along.

    Raises MissingTool when the disk is too small, DeviceError when copying fails. Leaves nothing behind then.
    """
    folder = avd.folder.parent / f"{name}.avd"
    ini = avd.ini.parent / f"{name}.ini"
    if folder.exists() or ini.exists():
        raise DeviceError(f"{folder} is there already", why="Another run uses it, or left it.", next_step="Delete it.")
    check_room(avd, 1, shared=copies_on_write(folder.parent))
    try:
        for source in _files(avd, snapshot):
            target = folder / source.relative_to(avd.folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            _copy(source, target)
        _rename(avd, name, folder, ini)
        copy = read_avd(ini, ini.parent)
    except OSError as error:
        remove(ini, folder)
        raise DeviceError(f"{avd.name} cannot be copied to {folder}", why=str(error)) from error
    except BaseException:
        remove(ini, folder)
        raise
    if copy is None:
        remove(ini, folder)
        raise DeviceError(f"the copy of {avd.name} is no virtual device", why=f"{folder / 'config.ini'} is missing.")
    return copy


def remove(*paths: Path) -> None:
    """Delete files and whole folders; what is not there is fine. Never raises."""
    for path in paths:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)


def check_room(avd: Avd, copies: int, *, shared: bool) -> None:
    """Raises MissingTool when the disk cannot hold so many copies."""
    # A snapshot holds the phone's memory.
    need = copies * ((0 if shared else avd.size()) + avd.memory_mb * 2**20 + HEADROOM)
    free = shutil.disk_usage(avd.folder.parent).free
    if free < need:
        raise MissingTool(
            f"{copies} copies of {avd.name} need {gib(need)}, and {avd.folder.parent} has {gib(free)} left",
            where="phone.avd_copies",
            next_step="Make room, take fewer phones (-p), or let them share the images: phone.avd_copies: read_only",
        )


def gib(size: int) -> str:
    """Such as `5.2 GiB`."""
    return f"{size / 1024**3:.1f} GiB"


def copies_on_write(folder: Path) -> bool:
    """Whether copies in this folder share their blocks (Btrfs, XFS, APFS ...), found by trying."""
    if sys.platform == "win32":
        return False
    try:
        with tempfile.TemporaryDirectory(prefix=".phonebench-", dir=folder) as scratch:
            source = Path(scratch) / "source"
            source.write_bytes(b"x" * 8192)
            flags = ("-c",) if sys.platform == "darwin" else ("--reflink=always",)
            return _cp(*flags, str(source), str(source.with_name("copy"))).returncode == 0
    except OSError:
        return False


def _files(avd: Avd, snapshot: str | None) -> Iterator[Path]:
    for where, folders, names in os.walk(avd.folder):
        place = Path(where)
        folders[:] = sorted(name for name in folders if not name.endswith(_LEFT_BEHIND))
        if place == avd.folder / "snapshots":
            folders[:] = [name for name in folders if name == snapshot]
            names = [] if not folders else names
        yield from (place / name for name in sorted(names) if not name.endswith(_LEFT_BEHIND))


def _copy(source: Path, target: Path) -> None:
    if sys.platform == "win32":
        shutil.copyfile(source, target)
        return
    flags = ("-c",) if sys.platform == "darwin" else ("--reflink=auto", "--sparse=always")
    done = _cp(*flags, str(source), str(target))
    if done.returncode and sys.platform == "darwin":
        done = _cp(str(source), str(target))  # not APFS
    if done.returncode:
        raise OSError(done.stderr.strip() or f"cp {source} ended with {done.returncode}")


def _cp(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - paths as arguments of their own
        ["cp", *arguments],  # noqa: S607 - the system's own
        capture_output=True,
        stdin=subprocess.DEVNULL,
        text=True,
        errors="replace",
        timeout=_COPY_S,
    )


def _rename(avd: Avd, name: str, folder: Path, ini: Path) -> None:
    """Make every file that tells the device's name or folder tell the new one."""
    write_ini(ini, read_ini(avd.ini) | {"path": str(folder), "path.rel": f"avd/{folder.name}"})
    config = folder / "config.ini"
    write_ini(config, read_ini(config) | {"AvdId": name, "avd.ini.displayname": name})
    for hardware in (folder / "hardware-qemu.ini", *folder.glob("snapshots/*/hardware.ini")):
        values = read_ini(hardware)
        if values:
            moved = {key: value.replace(str(avd.folder), str(folder)) for key, value in values.items()}
            write_ini(hardware, moved | ({"avd.name": name, "avd.id": name} if "avd.name" in moved else {}))
    for image in folder.glob("*.qcow2"):
        _relink(image, avd.folder)


def _relink(image: Path, old: Path) -> None:
    """An overlay names the image that it lies over; one in the old folder becomes the copy beside it."""
    with image.open("r+b") as file:
        header = file.read(_QCOW2.size)
        if len(header) < _QCOW2.size:
            return
        magic, _, offset, size = _QCOW2.unpack(header)
        if magic != _QCOW2_MAGIC or not offset or not 0 < size <= _NAME_LIMIT:
            return
        file.seek(offset)
        backing = Path(os.fsdecode(file.read(size)))
        if backing.parent != old:
            return
        name = os.fsencode(backing.name)  # relative to the overlay, and shorter than what stood there
        file.seek(offset)
        file.write(name.ljust(size, b"\0"))
        file.seek(_QCOW2.size - 4)
        file.write(struct.pack(">I", len(name)))
