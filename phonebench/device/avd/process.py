"""Processes by number and start time: a number alone may long belong to somebody else."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from phonebench.device.avd.guard import signal_tree

_ASK_S: Final = 10.0
_POLL_S: Final = 0.02


def identity(pid: int) -> str | None:
    """When the process began, as text that is only good for comparing; None when there is none, or only its remains."""
    if sys.platform == "win32":
        return _answer(["powershell", "-NoProfile", "-Command", f"(Get-Process -Id {pid}).StartTime.ToFileTimeUtc()"])
    elif sys.platform == "linux":  # noqa: RET505 - mypy tells platforms apart by branches
        return _linux_identity(pid)
    else:
        return _answer(["ps", "-o", "lstart=", "-p", str(pid)])


def _linux_identity(pid: int) -> str | None:
    try:
        # Format: proc(5). The name in parentheses may hold anything; state and start time are fields 3 and 22.
        fields = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        boot = Path("/proc/sys/kernel/random/boot_id").read_text("utf-8").strip()
    except OSError:
        return None
    return f"{fields[19]}@{boot}" if fields[0] != "Z" else None


def _answer(command: list[str]) -> str | None:
    try:
        done = subprocess.run(  # noqa: S603 - our own arguments
            command, capture_output=True, stdin=subprocess.DEVNULL, text=True, timeout=_ASK_S
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() or None if done.returncode == 0 else None


def is_emulator(pid: int) -> bool:
    """Whether a process looks like an emulator; where that cannot be seen, whether it is there at all."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return sys.platform != "linux" and identity(pid) is not None
    return b"emulator" in words or b"qemu" in words


def alive(pid: int, since: str) -> bool:
    """Whether this very process still runs."""
    return identity(pid) == since


def end(pid: int, since: str, grace_s: float) -> None:
    """End a process that leads a group, and that group: politely, then by force. Never raises.

    A process that has got the same number since is left alone.
    """
    for forced in (False, True):
        if not alive(pid, since):
            return
        signal_tree(pid, forced=forced)
        deadline = time.monotonic() + grace_s
        while alive(pid, since) and time.monotonic() < deadline:
            time.sleep(_POLL_S)
