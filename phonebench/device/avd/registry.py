"""What runs is written down, so that a later start finds and removes what a killed run left.

One file per console port in the state folder: it is the claim on the port and the record of the emulator behind it.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import socket
import sys
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from phonebench.device.avd.clone import PREFIX, remove
from phonebench.device.avd.process import alive, end, identity
from phonebench.schema.errors import DeviceError

log = logging.getLogger(__name__)

FIRST_PORT: Final = 5554
LAST_PORT: Final = 5682
"""Console ports that the emulator takes (`emulator -help-port`): even, the port above is adb's."""
_GRACE_S: Final = 5.0


@dataclass(frozen=True, slots=True)
class Entry:
    """A claimed port: who claimed it, which process serves it (0: none yet), what to delete afterwards."""

    port: int
    owner: int
    owner_since: str
    pid: int = 0
    pid_since: str = ""
    delete: tuple[str, ...] = ()

    @property
    def serial(self) -> str:
        """As adb names the emulator behind the port."""
        return f"emulator-{self.port}"


class Registry:
    """The records of one state folder. Several runs may use it side by side."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def claim(self, taken: Collection[int] = ()) -> Entry:
        """A free pair of ports, ours from now on; `taken` are console ports that adb knows of.

        Raises DeviceError when none is free, or the folder cannot be written.
        """
        me = os.getpid()
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            for port in range(FIRST_PORT, LAST_PORT + 1, 2):
                if port in taken or not (_free(port) and _free(port + 1)):
                    continue
                entry = Entry(port, me, identity(me) or "")
                with contextlib.suppress(FileExistsError):
                    # Linked into place whole: nobody ever reads half a record.
                    scratch = self._write_beside(entry)
                    try:
                        os.link(scratch, self.path(port))
                        return entry
                    finally:
                        scratch.unlink()
        except OSError as error:
            raise DeviceError(f"{self._folder} cannot be written", why=str(error)) from error
        raise DeviceError(
            f"no pair of ports between {FIRST_PORT} and {LAST_PORT + 1} is free",
            next_step="End emulators that you no longer need: adb devices",
        )

    def write(self, entry: Entry) -> None:
        """Replace the record of a port that is ours."""
        self._write_beside(entry).replace(self.path(entry.port))

    def release(self, entry: Entry) -> None:
        """Give the port back. Never raises."""
        remove(self.path(entry.port))

    def path(self, port: int) -> Path:
        """Where the record of a port lies."""
        return self._folder / f"emulator-{port}.json"

    def reap(self) -> list[Entry]:
        """End and delete what runs left whose process is gone; what was found. Never raises."""
        reaped = []
        for entry in self.entries():
            if alive(entry.owner, entry.owner_since):
                continue
            log.warning("emulator-%d was left by a run that was killed: it is removed", entry.port)
            if entry.pid:
                end(entry.pid, entry.pid_since, _GRACE_S)
            # A record is only a file: what does not bear a name of ours is never deleted.
            remove(*(Path(path) for path in entry.delete if Path(path).name.startswith(PREFIX)))
            self.release(entry)
            reaped.append(entry)
        return reaped

    def entries(self) -> Iterator[Entry]:
        """All records; a file that is none is skipped."""
        for path in sorted(self._folder.glob("emulator-*.json")):
            try:
                yield _entry(json.loads(path.read_text("utf-8")))
            except (OSError, ValueError, TypeError, KeyError):
                log.warning("%s is no record of an emulator: it is left alone", path)

    def _write_beside(self, entry: Entry) -> Path:
        scratch = self._folder / f".{entry.port}-{os.getpid()}-{os.urandom(4).hex()}"
        scratch.write_text(json.dumps(asdict(entry)), "utf-8")
        return scratch


def _entry(data: dict[str, Any]) -> Entry:
    return Entry(
        int(data["port"]),
        int(data["owner"]),
        str(data["owner_since"]),
        int(data["pid"]),
        str(data["pid_since"]),
        tuple(map(str, data["delete"])),
    )


def _free(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            return False
    with socket.socket() as probe:
        if sys.platform != "win32":  # There it would let us have a port that is taken.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # Ended connections do not count.
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
