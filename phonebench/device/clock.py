"""The phone's clock and time zone: as the shell user may set them, else as root; every setting is read back."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from shlex import quote
from typing import Final
from zoneinfo import ZoneInfo

from phonebench.device.adb import Reply
from phonebench.schema.errors import DeviceError

Run = Callable[[str], Reply]
_CLOSE_S: Final = 10.0


def zone(run: Run) -> str | None:
    """Name of the phone's time zone."""
    return run("getprop persist.sys.timezone").text.strip() or None


def set_zone(run: Run, name: str) -> bool:
    """Whether the phone took it."""
    for command in (
        f"cmd alarm set-timezone {quote(name)}",  # Android 8 and later; needs no root
        f"service call alarm 3 s16 {quote(name)}",
        f"su 0 setprop persist.sys.timezone {quote(name)}",
    ):
        run(command)
        if zone(run) == name:
            return True
    return False


def epoch_s(run: Run) -> float:
    """Seconds since 1970 by the phone's clock. Raises DeviceError."""
    text = run("date +%s").text.strip()
    if not text.isdigit() or len(text) > 12:
        raise DeviceError("the phone does not tell the time", why=text[:100])
    return float(text)


def ahead_s(run: Run) -> float:
    """How far the phone's clock goes before ours, in seconds."""
    return round(epoch_s(run) - time.time(), 1)


def set_ahead(run: Run, seconds: float) -> bool:
    """Set the phone's clock so far before ours; whether it took it."""
    return _set_epoch(run, time.time() + seconds)


def set_local(run: Run, moment: datetime) -> bool:
    """Set the phone's clock to a time in its own zone; whether it took it. A moment with a zone is taken as it is."""
    if moment.tzinfo is None:
        try:
            moment = moment.replace(tzinfo=ZoneInfo(zone(run) or "UTC"))
        except (KeyError, ValueError, OSError):
            return False
    return _set_epoch(run, moment.timestamp())


def _set_epoch(run: Run, wanted_s: float) -> bool:
    for command in (
        f"cmd alarm set-time {wanted_s * 1000:.0f}",  # Android 8 and later; needs no root
        f"su 0 date @{wanted_s:.0f}",
        f"date @{wanted_s:.0f}",
    ):
        run(command)
        if abs(epoch_s(run) - wanted_s) < _CLOSE_S:
            return True
    return False
