"""Runs an emulator as long as its user lives: `python guard.py [--grace S] [--delete PATH]... -- PROGRAM ARGUMENT...`.

A process of its own that needs nothing but the standard library. It says `started PID` and waits for the end of its
standard input, which comes when the user closes it and also when the user is killed; then it ends the emulator, first
politely, then by force, and deletes what it was told. Works the same on every platform, unlike signals at a parent's
death. When the emulator ends by itself, the guard ends with its exit code and deletes nothing: the user decides.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Final

GRACE_S: Final = 4.0
_TICK_S: Final = 0.05


def main(argv: Sequence[str]) -> int:
    """Exit code of the emulator, or 0 when it was ended as asked."""
    split = list(argv).index("--")
    options = list(zip(argv[:split:2], argv[1:split:2], strict=True))
    delete = [Path(value) for flag, value in options if flag == "--delete"]
    grace_s = next((float(value) for flag, value in options if flag == "--grace"), GRACE_S)
    program = subprocess.Popen(  # noqa: S603 - the emulator that our caller chose
        list(argv[split + 1 :]), stdin=subprocess.DEVNULL, stdout=sys.stderr, start_new_session=True
    )
    sys.stdout.write(f"started {program.pid}\n")
    sys.stdout.flush()
    released = threading.Event()
    threading.Thread(target=_wait_for_the_end, args=(released,), daemon=True).start()
    while not released.wait(_TICK_S):
        if (code := program.poll()) is not None:
            return code
    _end(program, grace_s)
    for path in delete:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return 0


def _wait_for_the_end(released: threading.Event) -> None:
    with contextlib.suppress(OSError):
        while os.read(0, 4096):
            pass
    released.set()


def _end(program: subprocess.Popen[bytes], grace_s: float) -> None:
    signal_tree(program.pid, forced=False)
    with contextlib.suppress(subprocess.TimeoutExpired):
        program.wait(grace_s)
    signal_tree(program.pid, forced=True)  # also for what outlives the one that we started
    program.wait()


def signal_tree(pid: int, *, forced: bool) -> None:
    """Ask a process that leads a group, and all of that group, to end, or make it. What is gone is fine."""
    if sys.platform == "win32":
        command = ["taskkill", "/PID", str(pid), "/T", *(["/F"] if forced else [])]
        subprocess.run(command, capture_output=True, timeout=10)  # noqa: S603 - the system's own
        return
    with contextlib.suppress(OSError):
        os.killpg(pid, signal.SIGKILL if forced else signal.SIGTERM)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
