"""Saves an app's files and databases from a phone, once, and puts them back before every episode.

For attached phones, which have no snapshots. What is taken is /data/data/PACKAGE without its caches, as one tar file
made on the phone, so that names, times and links stay as they are; owner and SELinux label are set anew when it is put
back, since both may differ between phones. It needs root, or a debuggable app (run-as).
"""

from __future__ import annotations

import re
from pathlib import Path
from shlex import quote
from typing import Final, Literal

from phonebench.device.adb import Line
from phonebench.schema.errors import DeviceError, MissingTool, UserError

_PACKAGE: Final = re.compile(r"[A-Za-z]\w*(\.\w+)+")
_LONG_S: Final = 120.0
_SKIPPED: Final = ("cache", "code_cache", "no_backup", "lib")

Way = Literal["root", "su", "run-as"]


class NoAccessError(UserError):
    """The phone does not let the shell into an app's data."""


def save(line: Line, package: str, folder: Path, timeout_s: float) -> Path:
    """Write FOLDER/PACKAGE.tar; the app is ended first. Raises NoAccessError, DeviceError."""
    _checked(package)
    way = _way(line, package, timeout_s)
    skipped = " ".join(f"--exclude=./{name}" for name in _SKIPPED)
    command = f"am force-stop {package}; {_as(way, package, f'cd /data/data/{package} && tar -cf - {skipped} .')}"
    reply = line.run(command, timeout_s=_LONG_S)
    if reply.status or not _is_tar(reply.stdout):
        raise DeviceError(f"the data of {package} cannot be read", why=reply.stderr.decode("utf-8", "replace")[-300:])
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{package}.tar"
    fresh = path.with_suffix(".tmp")
    fresh.write_bytes(reply.stdout)
    fresh.replace(path)
    return path


def restore(line: Line, package: str, folder: Path, timeout_s: float) -> None:
    """Put saved data back in place of what the app has now. Raises MissingTool when none was saved, NoAccessError,
    DeviceError.
    """
    _checked(package)
    path = folder / f"{package}.tar"
    if not path.is_file():
        raise MissingTool(
            f"no data of {package} was saved",
            where="phone.app_data",
            why=f"There is no {path}.",
            next_step="Bring the apps into the state they shall start from, then: python eval.py -c CONFIG --save_apps",
        )
    way = _way(line, package, timeout_s)
    home = f"/data/data/{package}"
    kept = " ".join(f"! -name {name}" for name in _SKIPPED)
    steps = [f"cd {home}", f"find . -mindepth 1 -maxdepth 1 {kept} -exec rm -rf {{}} +", "tar -xf -"]
    if way != "run-as":
        # Its user on this phone; files keep the label of their folder.
        steps += [f"chown -R $(stat -c %U:%G {home}) {home}", f"(restorecon -RD {home} || true)"]
    command = f"am force-stop {package}; {_as(way, package, ' && '.join(steps))}"
    reply = line.run(command, stdin=path.read_bytes(), timeout_s=_LONG_S)
    if reply.status:
        raise DeviceError(f"the data of {package} cannot be put back", why=reply.text.strip()[-300:])


def _way(line: Line, package: str, timeout_s: float) -> Way:
    """How the shell gets into an app's data. Raises NoAccessError."""
    home = f"/data/data/{package}"
    probes: tuple[tuple[Way, str], ...] = (
        ("root", f"test $(id -u) = 0 && test -d {home}"),
        ("su", f"su 0 test -d {home}"),
        ("run-as", f"run-as {package} true"),
    )
    for way, probe in probes:
        if line.run(f"{probe} >/dev/null 2>&1 </dev/null", timeout_s=timeout_s).status == 0:
            return way
    raise NoAccessError(
        f"{line.serial} does not let adb into the data of {package}",
        why="Saving and restoring an app's files needs root, or an app that is built for debugging.",
        next_step="Use an emulator without Google Play (adb root), a rooted phone, or phone.reset: clear.",
    )


def _as(way: Way, package: str, command: str) -> str:
    match way:
        case "root":
            return f"sh -c {quote(command)}"
        case "su":
            return f"su 0 sh -c {quote(command)}"
        case "run-as":
            return f"run-as {package} sh -c {quote(command)}"


def _checked(package: str) -> None:
    """A package name goes into commands and paths as it is."""
    if not _PACKAGE.fullmatch(package):
        raise UserError(f"{package[:80]!r} is no package name")


def _is_tar(data: bytes) -> bool:
    """POSIX ustar: the magic at byte 257."""
    return data[257:262] == b"ustar"
