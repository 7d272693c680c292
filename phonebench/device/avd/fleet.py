"""What the emulators of a run share, found once before the first of them starts."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from phonebench.config import PhoneConfig
from phonebench.config.paths import state_dir
from phonebench.device.adb import AdbServer
from phonebench.device.avd.avds import Avd, avd_home, choose_avd, list_avds
from phonebench.device.avd.clone import PREFIX, check_room, copies_on_write
from phonebench.device.avd.command import CLEAN
from phonebench.device.avd.registry import Registry
from phonebench.device.avd.reset import Prepare
from phonebench.device.avd.sdk import Sdk
from phonebench.device.phone import AdbPhone
from phonebench.schema.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Fleet:
    """The common ground of the slots. `prepare` readies a booted phone; what it has done is in the clean snapshot."""

    config: PhoneConfig
    server: AdbServer
    sdk: Sdk
    avd: Avd
    registry: Registry
    logs: Path
    read_only: bool = False
    prepare: Prepare = AdbPhone.prepare
    seeding: Lock = field(default_factory=Lock)


def make_fleet(config: PhoneConfig, server: AdbServer, sdk: Sdk) -> Fleet:
    """Remove what killed runs left, choose the AVD, and decide how phones share it.

    Raises ConfigError, MissingTool (no emulator, no room on disk).
    """
    sdk.tool("emulator")
    registry = Registry(state_dir() / "emulators")
    registry.reap()
    home = avd_home()
    avd = choose_avd(config.avd, own_avds(home), home)
    check_usable(config, avd)
    read_only = shares_images(config, avd)
    if not read_only:
        check_room(avd, config.count, shared=copies_on_write(avd.folder.parent))
    return Fleet(config, server, sdk, avd, registry, state_dir() / "logs", read_only)


def own_avds(home: Path) -> list[Avd]:
    """The user's virtual devices, without the copies that runs have made."""
    return [avd for avd in list_avds(home) if not avd.name.startswith(PREFIX)]


def check_usable(config: PhoneConfig, avd: Avd) -> None:
    """Raises ConfigError when the device is in use, or lacks the snapshot that the config names."""
    if pid := avd.running():
        raise ConfigError(
            f"{avd.name} is being run by an emulator (process {pid})",
            where="phone.avd",
            why="A copy of a device in use is broken.",
            next_step="Close that emulator, or run the tasks on it: phone.kind: attached.",
        )
    if config.snapshot is not None and not avd.has_snapshot(config.snapshot):
        there = ", ".join(sorted(path.name for path in avd.folder.glob("snapshots/*") if path.is_dir())) or "none"
        raise ConfigError(
            f"{avd.name} has no snapshot {config.snapshot!r}",
            where="phone.snapshot",
            why=f"There are: {there}.",
            next_step="Leave phone.snapshot out: phonebench saves one of its own after the first boot.",
        )


def shares_images(config: PhoneConfig, avd: Avd) -> bool:
    """Whether phones are -read-only instances: as asked, or when copies would cost disk and the snapshot is there."""
    if config.avd_copies != "auto":
        return config.avd_copies == "read_only"
    return not copies_on_write(avd.folder.parent) and avd.has_snapshot(CLEAN)
