"""When is a phone up? When Android says so, its package manager answers, and its launcher is in front."""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Callable
from typing import Final

from phonebench.device.adb import AdbServer, Line, advice
from phonebench.device.parse import parse_focus
from phonebench.schema.errors import AdbTimeout, BootTimeout, DeviceError, DeviceLost

_PROBE: Final = (
    "getprop sys.boot_completed; echo @; pm path android 2>/dev/null; echo @; "
    "cmd package resolve-activity --brief -a android.intent.action.MAIN -c android.intent.category.HOME 2>/dev/null; "
    "echo @; dumpsys window | grep mCurrentFocus"
)
_NUDGE: Final = (
    "am broadcast -a android.intent.action.CLOSE_SYSTEM_DIALOGS; wm dismiss-keyguard; input keyevent KEYCODE_HOME"
)
"""Ends dialogs of the system, leaves a lock screen without a secret, and shows the launcher."""
_CALL_S: Final = 10.0
_POLL_S: Final = 0.25
_RECONNECT_AFTER: Final = 2
"""Calls without an answer before adb is asked to connect anew: a loaded snapshot does not know today's connection."""


def wait_for_boot(
    server: AdbServer, serial: str, deadline: float, *, check: Callable[[], None], said: Callable[[], str]
) -> None:
    """Until the phone is up. `check` raises when its process has ended; `said` is the end of its log.

    `deadline` is of time.monotonic(). Raises BootTimeout with what was missing last, and what `check` raises.
    """
    missing, silent = "adb does not list it yet", 0
    while time.monotonic() < deadline:
        check()
        try:
            server.start()  # It may be what was lost.
            missing = _missing(server, serial, deadline)
            silent = 0
        except DeviceError as error:
            missing = error.what
            silent += isinstance(error, AdbTimeout)
            if silent == _RECONNECT_AFTER:
                with contextlib.suppress(DeviceError):
                    server.request(f"host-serial:{serial}:reconnect")
        if not missing:
            return
        time.sleep(_POLL_S)
    raise BootTimeout(
        f"{serial} did not boot in time",
        where="phone.boot_timeout_s",
        why="\n    ".join(filter(None, (f"Last seen: {missing}.", said()))),
        next_step=advice(missing) or "Give it longer (phone.boot_timeout_s), or look at it: phone.headless: false.",
    )


def _missing(server: AdbServer, serial: str, deadline: float) -> str:
    """What the phone still lacks; empty when it is up. Raises DeviceError when it does not answer."""
    state = server.devices().get(serial)
    if state != "device":
        return f"adb says {state}" if state else "adb does not list it yet"
    line = Line(server, serial)
    left = max(1.0, deadline - time.monotonic())
    reply = line.run(_PROBE, timeout_s=min(_CALL_S, left))
    booted, manager, home, focus = [*(part.strip() for part in reply.text.split("@\n")), "", "", ""][:4]
    if booted != "1":
        return "sys.boot_completed is not 1"
    if "package:" not in manager:
        return "the package manager does not answer"
    if _at_home(home, focus):
        return ""
    line.run(_NUDGE, timeout_s=min(_CALL_S, left))
    return f"the launcher is not in front but {focus or 'nothing'}"


def _at_home(home: str, focus: str) -> bool:
    launcher = re.findall(r"^([\w.]+)/", home, re.MULTILINE)
    package, _ = parse_focus(focus)
    # While Android unlocks the user's data, Settings shows a stand-in for the launcher.
    if not launcher or "FallbackHome" in home:
        return False
    return bool(launcher[-1] == package)


def wait_for_end(server: AdbServer, serial: str, timeout_s: float) -> None:
    """Until adb no longer lists a phone that was ended; silently gives up."""
    deadline = time.monotonic() + timeout_s
    with contextlib.suppress(DeviceError, DeviceLost):
        while serial in server.devices() and time.monotonic() < deadline:
            time.sleep(_POLL_S)
