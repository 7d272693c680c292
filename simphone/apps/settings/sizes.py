"""Sizes of what is stored, in words."""

from __future__ import annotations

from typing import Final

_UNITS: Final = ((1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB"))


def human(size: float) -> str:
    """Bytes as Android prints them: decimal units, one digit after the point below ten."""
    for unit, name in _UNITS:
        if size >= unit:
            amount = size / unit
            return f"{amount:.1f} {name}" if amount < 9.95 else f"{amount:.0f} {name}"
    return f"{size:.0f} B"
