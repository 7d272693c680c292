"""One emulator process under its guard: start, log, end."""

from __future__ import annotations

import contextlib
import re
import select
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from phonebench.device.avd import guard
from phonebench.device.avd.process import end, identity
from phonebench.schema.errors import DeviceError, DeviceLost

_GUARD: Final = Path(guard.__file__)
_START_S: Final = 20.0
_FORCE_S: Final = 5.0
_TAIL: Final = 3000

_ADVICE: Final = (
    (r"requires hardware acceleration|/dev/kvm|HVF error|WHPX", "See what `eval.py --check` says about acceleration."),
    (r"same AVD|multiple emulators", "Another emulator runs this AVD: end it, or set phone.avd_copies: clone."),
    (r"[Nn]ot enough (disk )?space|No space left", "Make room on the disk that holds the AVD."),
    (r"error while loading shared libraries", "Install what the emulator misses; docs/avd.md lists the packages."),
    (r"Broken AVD system path|Cannot find AVD system path", "Set ANDROID_HOME to the SDK with the AVD's system image."),
    (r"[Uu]nknown AVD|[Ff]ailed to find.*AVD", "See phone.avd and ANDROID_AVD_HOME."),
    (r"could not connect to display|no Qt platform plugin|xcb", "There is no display here: set phone.headless: true."),
)


class Emulator:
    """A started emulator. It ends with `stop`, and at the latest when this process ends, however that happens."""

    def __init__(
        self, command: Sequence[str], env: Mapping[str, str], delete: Sequence[Path], log: Path, grace_s: float
    ) -> None:
        """Start it. `delete` goes with it; `log` takes what it says; `grace_s` is its time for ending by itself.

        Raises DeviceError when it does not start.
        """
        self._grace_s = grace_s
        self._log = log
        words = [sys.executable, "-I", str(_GUARD), "--grace", str(grace_s)]
        for path in delete:
            words += ["--delete", str(path)]
        self.pid, self._since = 0, ""
        self._guard = _spawn([*words, "--", *command], env, log)
        try:
            self.pid = self._started()
            self._since = identity(self.pid) or ""
        except BaseException:
            self.stop()
            raise

    def _started(self) -> int:
        assert self._guard.stdout is not None
        # Windows cannot wait for a pipe with a bound; the line is the guard's first act.
        if sys.platform == "win32" or select.select([self._guard.stdout], [], [], _START_S)[0]:
            words = self._guard.stdout.readline().split()
            if words[:1] == [b"started"]:
                return int(words[1])
        raise DeviceError("the emulator cannot be started", why=self.log_tail())

    def check(self) -> None:
        """Raises DeviceLost, with what it said last, when it has ended."""
        code = self._guard.poll()
        if code is not None:
            said = self.log_tail()
            raise DeviceLost(f"the emulator ended with exit code {code}", why=said, next_step=advice(said))

    def log_tail(self) -> str:
        """The end of what it has said, and where the rest is; empty when it has said nothing."""
        try:
            with self._log.open("rb") as file:
                file.seek(max(0, self._log.stat().st_size - _TAIL))
                said = file.read().decode("utf-8", "replace").strip()
        except OSError:
            return ""
        return f"{said}\n    (all of it: {self._log})" if said else ""

    def stop(self) -> None:
        """End it and everything it started; it is gone afterwards. Never raises."""
        for pipe in (self._guard.stdin, self._guard.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        try:
            self._guard.wait(self._grace_s + _FORCE_S)
        except subprocess.TimeoutExpired:
            self._guard.kill()
            self._guard.wait()
        if self.pid:
            end(self.pid, self._since, guard.GRACE_S)  # the guard may have been killed


def advice(said: str) -> str:
    """What to do about an emulator's complaint; empty when it is not one that we know."""
    return next((text for pattern, text in _ADVICE if re.search(pattern, said)), "")


def _spawn(command: list[str], env: Mapping[str, str], log: Path) -> subprocess.Popen[bytes]:
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("wb") as file:
            # A session of its own: Ctrl-C is for us, who then close it.
            return subprocess.Popen(  # noqa: S603 - our own program and the user's emulator
                command,
                env=dict(env),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=file,
                start_new_session=True,
            )
    except OSError as error:
        raise DeviceError("the emulator's guard cannot be started", why=str(error)) from error
