"""The section `phone`: which phones to run on."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from phonebench.config.prepare import PrepareConfig
from phonebench.config.section import Pixels, Port, Seconds, Section


class DockerConfig(Section):
    """Emulators inside containers of a docker image, such as Android-Lab's."""

    image: str
    """The image; `docker images` lists those that are there."""
    start: tuple[str, ...] = ()
    """Program and arguments that start the emulator inside the container; empty: the image does it by itself."""
    serial: Annotated[str, Field(pattern=r"emulator-\d+")] = "emulator-5554"
    """The emulator's name inside the container, which tells its ports."""
    adb: str = "adb"
    """The adb program inside the container."""
    relay: bool = True
    """Make the emulator's adb reachable from outside (needs python3 in the image); false where the image does it."""
    args: tuple[str, ...] = ("--device", "/dev/kvm")
    """Further options of `docker run`."""


class PhoneConfig(Section):
    """Which phones to run on. Keys that a kind does not need are ignored by it."""

    kind: Literal["sim", "avd", "attached"] = "sim"
    """sim: simulated phones started for the run; avd: Android emulators; attached: phones that adb already sees."""
    world: str = "androidlab"
    """World of the simulated phone: its date, accounts and content."""
    count: Annotated[int, Field(ge=1, le=64)] = 1
    """Phones side by side, each with one episode at a time."""
    width: Pixels = 1440
    """Of the simulated phone's display, in pixels."""
    height: Pixels = 3120
    """Of the simulated phone's display, in pixels."""
    density: Annotated[int, Field(ge=100, le=1000)] = 560
    """Of the simulated phone's display, in dpi."""
    serials: tuple[str, ...] = ()
    """Attached phones by adb serial; empty means every phone that adb lists as ready."""
    adb_path: str | None = None
    """The adb program; without it the one that comes with the adbutils package."""
    adb_server_port: Port | None = None
    """Port of the adb server; without it a private server on a free port (sim) or adb's own port (avd, attached)."""
    avd: str | None = None
    """The Android virtual device to run (kind avd); without it the only one there is."""
    sdk_path: str | None = None
    """Folder of the Android SDK (kind avd); without it ANDROID_HOME, ANDROID_SDK_ROOT, then the usual places."""
    avd_copies: Literal["auto", "clone", "read_only"] = "auto"
    """How phones share the AVD: a copy of its folder each, or -read-only instances; auto takes what costs less disk."""
    snapshot: str | None = None
    """Snapshot of the AVD to start from; without it the emulator boots, which takes longer."""
    headless: bool = True
    """Run emulators without a window."""
    gpu: Literal["auto", "host", "swiftshader_indirect", "off"] = "auto"
    """The emulator's -gpu; swiftshader_indirect needs no graphics card."""
    memory_mb: Annotated[int, Field(ge=1024, le=65_536)] | None = None
    """Memory of one emulator; without it what the AVD says."""
    cores: Annotated[int, Field(ge=1, le=64)] | None = None
    """Processor cores of one emulator; without it what the AVD says."""
    emulator_args: tuple[str, ...] = ()
    """Further options of the emulator."""
    docker: DockerConfig | None = None
    """Run the emulators of kind avd in containers instead."""
    start: Literal["in_app", "home"] = "in_app"
    """Where an episode begins: in the task's app, or on the launcher."""
    prepare: PrepareConfig = PrepareConfig()
    """What is set on emulators and attached phones before a run."""
    adb_keyboard_apk: str | None = None
    """ADBKeyboard.apk, installed on emulators and attached phones that have none; without it, it is not installed."""
    reset: Literal["none", "force_stop", "clear", "restore"] = "force_stop"
    """Before an episode on an attached phone: nothing, end the task's app, clear its data, or put saved data back."""
    app_data: str = "app_data"
    """Folder of the apps' data for reset: restore, written by --save_apps."""
    screenshot: Literal["auto", "png", "raw", "uiautomator2"] = "auto"
    """PNG made on the phone, raw frames made PNG here, or uiautomator2's JPEG; auto: the faster of the first two."""
    ui_dump: Literal["auto", "uiautomator2", "dump"] = "auto"
    """How the UI tree is read; auto: uiautomator2 where that package is installed here and the phone is a real one."""
    boot_timeout_s: Seconds = 60.0
    """Longest wait for a phone to become ready."""
    settle_timeout_s: Seconds = 5.0
    """Longest wait for a stable screen after an action."""
    call_timeout_s: Seconds = 20.0
    """Longest wait for one adb call."""
