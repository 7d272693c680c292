"""All icons by name."""

from __future__ import annotations

from typing import Final

ICONS: Final[dict[str, tuple[str, ...]]] = {
    "arrow_back": ("s2 M20 12H5", "s2 M11 5L4 12L11 19"),
    "check": ("s2 M5 12.5L10 17.5L20 7",),
}
ALIASES: Final[dict[str, str]] = {"back": "arrow_back"}
