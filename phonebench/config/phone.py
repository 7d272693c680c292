"""The section `phone`: which phones to run on."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from phonebench.config.section import Pixels, Port, Seconds, Section


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
    start: Literal["in_app", "home"] = "in_app"
    """Where an episode begins: in the task's app, or on the launcher."""
    boot_timeout_s: Seconds = 60.0
    """Longest wait for a phone to become ready."""
    settle_timeout_s: Seconds = 5.0
    """Longest wait for a stable screen after an action."""
    call_timeout_s: Seconds = 20.0
    """Longest wait for one adb call."""
