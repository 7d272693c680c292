"""Battery and heat of a phone: a hot or empty one is slow, and that is not the model's doing."""

from __future__ import annotations

import re
from typing import Final

from phonebench.schema.episode import HealthReading
from phonebench.schema.protocols import Phone

COMMAND: Final = "dumpsys battery; dumpsys thermalservice"
_TIMEOUT_S: Final = 5.0
_POWERED: Final = re.compile(r"^\s*(AC|USB|Wireless|Dock) powered: true", re.MULTILINE)


def read_health(phone: Phone) -> HealthReading | None:
    """What the phone tells now; None of a simulated phone of our own, which has neither. Raises DeviceError."""
    if phone.info.kind == "sim":
        return None
    return parse_health(phone.shell(COMMAND, timeout_s=_TIMEOUT_S)[1])


def parse_health(dumpsys: str) -> HealthReading:
    """From `dumpsys battery` (temperature in tenths of a degree Celsius) and `dumpsys thermalservice` (Android 10)."""
    level, scale, tenths = _number(dumpsys, "level"), _number(dumpsys, "scale"), _number(dumpsys, "temperature")
    status = re.search(r"^\s*Thermal Status: (\d)\b", dumpsys, re.MULTILINE)
    powered = _POWERED.search(dumpsys)
    return HealthReading(
        battery_percent=None if level is None else round(100 * level / (scale or 100)),
        battery_celsius=None if tenths is None else tenths / 10,
        powered=None if "powered:" not in dumpsys else powered is not None,
        thermal_status=int(status[1]) if status else None,
    )


def _number(dumpsys: str, key: str) -> int | None:
    found = re.search(rf"^\s*{key}: (-?\d{{1,6}})$", dumpsys, re.MULTILINE)
    return int(found[1]) if found else None
