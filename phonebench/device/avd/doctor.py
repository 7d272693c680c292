"""What can be known about emulators before one is started: each finding with its fix."""

from __future__ import annotations

import os
import platform
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from phonebench.config import PhoneConfig
from phonebench.config.paths import state_dir
from phonebench.device.adb import AdbServer
from phonebench.device.avd.avds import Avd, avd_home, choose_avd
from phonebench.device.avd.clone import check_room, copies_on_write, gib
from phonebench.device.avd.docker import docker_checks
from phonebench.device.avd.fleet import check_usable, own_avds, shares_images
from phonebench.device.avd.registry import Registry
from phonebench.device.avd.sdk import Sdk, adb_path, find_sdk
from phonebench.device.check import Check
from phonebench.schema.errors import BenchError

API: Final = 33
"""Android 13: what the suites were written on."""
_DISPLAY: Final = "1440x3120@560"
_USABLE: Final = re.compile(r"is installed and usable|is usable|Hypervisor.Framework OS X Version", re.IGNORECASE)
_ARM: Final = ("arm64", "aarch64")


def avd_checks(config: PhoneConfig) -> Iterator[Check]:
    """SDK, emulator, acceleration, virtual device, disk and memory; or docker, where phones come from images."""
    if config.docker is not None:
        yield from docker_checks(config.docker)
        return
    try:
        sdk = find_sdk(config.sdk_path)
        yield Check("sdk", True, f"{sdk.root} ({sdk.found_by})")
        yield _emulator(sdk)
        server = AdbServer(adb_path(config, sdk), config.adb_server_port)
        yield Check("adb", True, f"{server.version()} ({server.path})")
        yield _acceleration(sdk)
        yield _leftovers()
        avd = choose_avd(config.avd, own_avds(avd_home()), avd_home())
    except BenchError as error:
        yield _failed("avd", error)
        return
    try:
        check_usable(config, avd)
    except BenchError as error:
        yield _failed("avd", error)
    yield from _device(avd)
    yield _disk(config, avd)
    yield _memory(config, avd)


def _failed(name: str, error: BenchError) -> Check:
    return Check(name, False, " ".join(filter(None, (error.what + ".", error.why))), error.next_step)


def _emulator(sdk: Sdk) -> Check:
    done = sdk.run("emulator", "-version")
    first = next((line for line in done.stdout.splitlines() if "version" in line.lower()), "")
    if done.returncode == 0 and first:
        return Check("emulator", True, first.strip())
    said = (done.stderr or done.stdout).strip()[-400:]
    return Check(
        "emulator",
        False,
        f"it does not run: {said or f'exit code {done.returncode}'}",
        "Install what it misses (docs/avd.md lists the packages), or the emulator again: sdkmanager emulator",
    )


def _acceleration(sdk: Sdk) -> Check:
    """`emulator -accel-check` prints its finding between two lines `accel`."""
    done = sdk.run("emulator", "-accel-check")
    lines = [line.strip() for line in (done.stdout + done.stderr).splitlines()]
    found = " ".join(line for line in lines if line and line not in ("accel:", "accel") and not line.isdigit())
    if done.returncode == 0 or _USABLE.search(found):
        return Check("acceleration", True, found or "usable")
    return Check("acceleration", False, found or "none", _acceleration_fix(found))


def _acceleration_fix(found: str) -> str:
    if sys.platform == "win32":
        return (
            "Switch on 'Windows Hypervisor Platform' under Windows features, and virtualisation in the BIOS; restart."
        )
    if sys.platform == "darwin":
        return "macOS needs nothing but a system image of the Mac's own kind: arm64-v8a on Apple silicon."
    kvm = Path("/dev/kvm")
    if kvm.exists() and not os.access(kvm, os.R_OK | os.W_OK):
        return "Let yourself use it, then log in anew: sudo usermod -aG kvm $USER"
    if not kvm.exists():
        return (
            "Switch virtualisation on in the BIOS, then: sudo modprobe kvm_intel (or kvm_amd). In a virtual machine "
            "or a container it has to be passed in: nested virtualisation, docker run --device /dev/kvm."
        )
    return f"See what the kernel says: dmesg | grep -i kvm{'' if found else '; egrep -c vmx|svm /proc/cpuinfo'}"


def _leftovers() -> Check:
    reaped = Registry(state_dir() / "emulators").reap()
    names = ", ".join(entry.serial for entry in reaped)
    return Check("leftovers", True, f"removed what killed runs left: {names}" if reaped else "none")


def _device(avd: Avd) -> Iterator[Check]:
    yield Check("avd", True, f"{avd.name}: Android API {avd.api or '?'}, {avd.abi or '?'}, {avd.display}")
    arm = platform.machine().lower() in _ARM
    if avd.abi and arm != avd.abi.startswith("arm"):
        kind = "arm64-v8a" if arm else "x86_64"
        yield Check(
            "avd",
            False,
            f"its system image is {avd.abi}, this machine runs {kind} ones",
            f"Make one from another image: system-images;android-{API};google_apis;{kind} (docs/avd.md)",
        )
    if avd.api is not None and avd.api != API:
        yield Check("avd", True, f"API {avd.api}", f"The tasks were written on API {API}; screens may differ.")
    if avd.display != _DISPLAY:
        yield Check("avd", True, f"display {avd.display}", f"The tasks were written on {_DISPLAY}; screens may differ.")


def _disk(config: PhoneConfig, avd: Avd) -> Check:
    if shares_images(config, avd):
        return Check("disk", True, "phones share the AVD's images (-read-only)")
    shared = copies_on_write(avd.folder.parent)
    how = "share blocks with it" if shared else f"take {gib(avd.size())} each"
    try:
        check_room(avd, config.count, shared=shared)
    except BenchError as error:
        return _failed("disk", error)
    return Check("disk", True, f"copies of the AVD {how}; there is room for {config.count}")


def _memory(config: PhoneConfig, avd: Avd) -> Check:
    each = config.memory_mb or avd.memory_mb
    need = config.count * each
    have = _memory_mb()
    found = f"{config.count} x {each} MB of {have} MB" if have else f"{config.count} x {each} MB"
    if have and need > have:
        return Check("memory", False, found, "Take fewer phones (-p), or give each less: phone.memory_mb")
    return Check("memory", True, found, "That leaves little for anything else." if have and need > 0.8 * have else "")


def _memory_mb() -> int:
    """Of this machine; 0 when it does not tell."""
    if not hasattr(os, "sysconf"):
        return 0
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**20
    except (OSError, ValueError):
        return 0
