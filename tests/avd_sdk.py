"""A small Android SDK whose emulator is the stand-in, and virtual devices for it."""

from __future__ import annotations

import fcntl
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from phonebench.config import PhoneConfig
from phonebench.device.adb import find_adb

STANDIN = Path(__file__).parent / "standins" / "emulator"
SMALL = "540x1200"


@dataclass(frozen=True)
class FakeSdk:
    """An SDK folder, the folder of its virtual devices, and what a test may want to know of what ran."""

    root: Path
    avds: Path
    state: Path
    adb_server_port: int

    @property
    def env(self) -> dict[str, str]:
        """What a process needs to see this SDK and nothing of the user's."""
        return {
            "ANDROID_HOME": str(self.root),
            "ANDROID_AVD_HOME": str(self.avds),
            "PHONEBENCH_STATE_DIR": str(self.state),
        }

    def config(self, **changes: object) -> PhoneConfig:
        facts = {"kind": "avd", "sdk_path": str(self.root), "adb_server_port": self.adb_server_port}
        return PhoneConfig.model_validate(facts | {"boot_timeout_s": 30.0} | changes)

    def make_avd(self, name: str = "Pixel_7_Pro", **behaviour: object) -> Path:
        """Its folder. Behaviour as in the stand-in: boot_s=1, or {"2.never": 1} for the second start."""
        folder = self.avds / f"{name}.avd"
        (folder / "snapshots" / "default_boot").mkdir(parents=True)
        (folder / "snapshots" / "default_boot" / "ram.bin").touch()
        (self.avds / f"{name}.ini").write_text(
            f"avd.ini.encoding=UTF-8\npath={folder}\npath.rel=avd/{folder.name}\ntarget=android-33\n"
        )
        facts = {
            "AvdId": name, "abi.type": "x86_64", "hw.lcd.width": 1440, "hw.lcd.height": 3120, "hw.lcd.density": 560,
            "image.sysdir.1": "system-images/android-33/google_apis/x86_64/", "standin.memory": self.memory,
        }  # fmt: skip
        facts |= {f"standin.{key}": value for key, value in behaviour.items()}
        (folder / "config.ini").write_text("".join(f"{key}={value}\n" for key, value in facts.items()))
        (folder / "userdata-qemu.img").write_bytes(b"\0" * 65536)
        return folder

    @property
    def memory(self) -> Path:
        return self.root / "starts"

    def starts(self) -> list[str]:
        """Command lines of all emulators that were started, in order."""
        return [line.split(" ", 1)[1] for line in self.memory.read_text().splitlines()] if self.memory.exists() else []

    def left_behind(self) -> list[str]:
        """Processes, records, copies and locks that are there although nothing should run."""
        found = [f"process {pid}" for pid, words in processes() if str(self.root) in words or str(self.avds) in words]
        found += [path for path in everything(self.state) if path.endswith(".json") or Path(path).name.startswith(".")]
        return found + [path for path in everything(self.avds) if "phonebench-" in path or ".lock" in path]


def everything(folder: Path) -> list[str]:
    """All paths below, also while they are being deleted."""
    return [str(Path(where) / name) for where, folders, names in os.walk(folder) for name in (*folders, *names)]


def make_sdk(folder: Path, adb_server_port: int) -> FakeSdk:
    sdk = FakeSdk(folder / "sdk", folder / "avd", folder / "state", adb_server_port)
    for place in (sdk.root / "emulator", sdk.root / "platform-tools", sdk.avds, sdk.state):
        place.mkdir(parents=True)
    program = sdk.root / "emulator" / "emulator"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{STANDIN}" "$@"\n')
    program.chmod(0o755)
    (sdk.root / "platform-tools" / "adb").symlink_to(find_adb())
    return sdk


def processes() -> list[tuple[int, str]]:
    """(number, command line and what ANDROID_AVD_HOME is to it) of all processes but this one."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        if int(path.name) == os.getpid():
            continue
        try:
            facts = [(path / "cmdline").read_text(), *(path / "environ").read_text().split("\0")]
        except OSError:
            continue
        found.append((int(path.name), " ".join([facts[0], *(f for f in facts if f.startswith("ANDROID_AVD_HOME="))])))
    return found


@contextmanager
def alone() -> Iterator[None]:
    """One at a time on this machine: emulators share a small range of ports."""
    with (Path(tempfile.gettempdir()) / f"phonebench-tests-{os.getuid()}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def wait_for(condition: Callable[[], object], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.05)
