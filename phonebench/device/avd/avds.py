"""Android virtual devices on this machine: where they lie and what they are.

Format (Android Studio's own): ANDROID_AVD_HOME holds NAME.ini, whose `path` names the folder of the device;
`config.ini` in there says what it is. Both are lines of `key=value`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from phonebench.device.avd.process import is_emulator
from phonebench.schema.errors import ConfigError

_LEAST_MEMORY_MB: Final = 2048


@dataclass(frozen=True, slots=True)
class Avd:
    """One virtual device. `folder` is NAME.avd; `settings` is config.ini."""

    name: str
    ini: Path
    folder: Path
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def api(self) -> int | None:
        """API level of its system image, from image.sysdir.1 or the ini's target; None when neither tells."""
        for text in (self.settings.get("image.sysdir.1", ""), self.settings.get("target", "")):
            if found := re.search(r"android-(\d+)", text):
                return int(found[1])
        return None

    @property
    def abi(self) -> str:
        """Such as x86_64 or arm64-v8a; empty when it does not say."""
        return self.settings.get("abi.type", "")

    @property
    def memory_mb(self) -> int:
        """Of its phone, by hw.ramSize (`2048`, `2048M`, `2G`); the emulator's own least where it does not say."""
        found = re.fullmatch(r"(\d+)\s*([MG]?)B?", self.settings.get("hw.ramSize", ""), re.IGNORECASE)
        return int(found[1]) * (1024 if found[2].upper() == "G" else 1) if found else _LEAST_MEMORY_MB

    @property
    def display(self) -> str:
        """Such as 1440x3120@560; question marks for what it does not say."""
        width, height, density = (self.settings.get(f"hw.lcd.{key}", "?") for key in ("width", "height", "density"))
        return f"{width}x{height}@{density}"

    def has_snapshot(self, tag: str) -> bool:
        """Whether the emulator has saved one of this name."""
        return (self.folder / "snapshots" / tag).is_dir()

    def running(self) -> int | None:
        """The process of an emulator that runs this very folder; None when there is none.

        The emulator's lock holds its process number, in a file or, on Windows, in a file `pid` in a folder.
        """
        for lock in (self.folder / "hardware-qemu.ini.lock", self.folder / "multiinstance.lock"):
            try:
                pid = int((lock / "pid" if lock.is_dir() else lock).read_text("utf-8").strip())
            except (OSError, ValueError):
                continue
            if is_emulator(pid):
                return pid
        return None

    def size(self) -> int:
        """Bytes that its folder takes on disk, snapshots not included: what a full copy needs."""
        total = 0
        for folder, folders, files in os.walk(self.folder):
            if Path(folder) == self.folder and "snapshots" in folders:
                folders.remove("snapshots")
            for name in files:
                facts = (Path(folder) / name).lstat()
                # Sparse images hold less than their length; Windows does not tell blocks.
                total += min(facts.st_size, facts.st_blocks * 512) if hasattr(facts, "st_blocks") else facts.st_size
        return total


def avd_home(env: Mapping[str, str] = os.environ) -> Path:
    """Where virtual devices lie, by the emulator's own rules. May not exist."""
    if env.get("ANDROID_AVD_HOME"):
        return Path(env["ANDROID_AVD_HOME"]).expanduser()
    for name, below in (("ANDROID_USER_HOME", ""), ("ANDROID_EMULATOR_HOME", ""), ("ANDROID_SDK_HOME", ".android")):
        if env.get(name) and (found := Path(env[name]).expanduser() / below / "avd").is_dir():
            return found
    return Path.home() / ".android" / "avd"


def list_avds(home: Path) -> list[Avd]:
    """All virtual devices of a folder by name; those whose own folder is gone are left out."""
    found = (read_avd(ini, home) for ini in sorted(home.glob("*.ini")))
    return [avd for avd in found if avd is not None]


def read_avd(ini: Path, home: Path) -> Avd | None:
    """One virtual device from its NAME.ini; None when its folder or config.ini is gone."""
    outer = read_ini(ini)
    # `path.rel` is relative to the folder above `avd`; it is right where the whole tree has moved.
    places = [Path(outer.get("path", "")), home.parent / outer.get("path.rel", ""), home / f"{ini.stem}.avd"]
    for folder in places:
        if (folder / "config.ini").is_file():
            return Avd(ini.stem, ini, folder, {"target": outer.get("target", "")} | read_ini(folder / "config.ini"))
    return None


def choose_avd(name: str | None, avds: Sequence[Avd], home: Path) -> Avd:
    """The one of that name, or the only one. Raises ConfigError that lists what there is."""
    listed = ", ".join(avd.name for avd in avds) or "none"
    matching = [avd for avd in avds if avd.name == name] if name is not None else list(avds)
    if len(matching) == 1:
        return matching[0]
    if not avds:
        what, step = f"there is no virtual device in {home}", "Make one as docs/avd.md shows: avdmanager create avd ..."
    elif name is None:
        what, step = "which virtual device?", "Name it: phone.avd"
    else:
        what, step = f"there is no virtual device {name!r}", "Name one of these: phone.avd"
    raise ConfigError(what, where="phone.avd", why=f"There are: {listed}.", next_step=step)


def read_ini(path: Path) -> dict[str, str]:
    """Lines of `key=value`; blanks around both are dropped, other lines are skipped. A missing file is empty."""
    try:
        lines = path.read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return {}
    pairs = (line.split("=", 1) for line in lines if "=" in line and not line.lstrip().startswith("#"))
    return {key.strip(): value.strip() for key, value in pairs}


def write_ini(path: Path, values: Mapping[str, str]) -> None:
    """The same, back."""
    path.write_text("".join(f"{key}={value}\n" for key, value in values.items()), "utf-8")
