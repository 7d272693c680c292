"""The time zones that may be the home zone. Names as in the real app; offsets follow the phone's present time."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from simphone.core.app import Ctx


class Zone(NamedTuple):
    """An entry of the list."""

    zone: str
    name: str


@lru_cache(maxsize=1)
def _table() -> tuple[Zone, ...]:
    lines = Path(__file__).with_name("zones.txt").read_text(encoding="utf-8").splitlines()
    return tuple(Zone(*line.split("|")) for line in lines if line and not line.startswith("#"))


def entries(ctx: Ctx) -> list[Zone]:
    """All zones from west to east; those of one offset in the order of the table."""
    return sorted(_table(), key=lambda one: ctx.system.zone_offset(one.zone))


def _offset(seconds: int) -> str:
    sign, rest = "+" if seconds >= 0 else "-", abs(seconds) // 60
    return f"GMT{sign}{rest // 60}:{rest % 60:02d}"


def title(ctx: Ctx, zone: str) -> str:
    """(GMT+8:00) Beijing."""
    name = next((one.name for one in _table() if one.zone == zone), zone.rpartition("/")[2].replace("_", " "))
    return f"({_offset(ctx.system.zone_offset(zone))}) {name}"
