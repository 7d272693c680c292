"""Colours as numbers."""

from __future__ import annotations

from functools import lru_cache

Rgb = tuple[int, int, int]


@lru_cache(maxsize=1024)
def parse(color: str) -> tuple[Rgb, int]:
    """`#rrggbb` or `#rrggbbaa` -> ((r, g, b), alpha), each 0..255. Raises ValueError."""
    digits = color.removeprefix("#")
    if not color.startswith("#") or len(digits) not in (6, 8):
        raise ValueError(f"colour {color!r}: expected #rrggbb or #rrggbbaa")
    red, green, blue, *rest = bytes.fromhex(digits)
    return (red, green, blue), rest[0] if rest else 255


def luminance(rgb: Rgb) -> float:
    """Perceived lightness 0..255 (ITU-R BT.601 weights)."""
    return 0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2]
