"""Two screenshots compared, as far as a person would call them different."""

from __future__ import annotations

import io
from typing import Final

from PIL import Image, ImageChops

STATUS_BAR: Final = 0.05
"""Share of the height at the top that is not looked at: its clock goes on by itself."""
PIXELS: Final = 0.0005
"""Share of pixels that must differ: a blinking caret is less, a toggled switch is more."""


def frames_differ(one: bytes, other: bytes) -> bool:
    """True when two images have other sizes, or a visible share of their pixels below the status bar differs.

    An image that cannot be read differs from every other.
    """
    if one == other:
        return False
    try:
        with Image.open(io.BytesIO(one)) as first, Image.open(io.BytesIO(other)) as second:
            if first.size != second.size:
                return True
            width, height = first.size
            box = (0, round(height * STATUS_BAR), width, height)
            difference = ImageChops.difference(first.convert("RGB").crop(box), second.convert("RGB").crop(box))
    except (OSError, SyntaxError, ValueError):
        return True
    unequal = difference.convert("L").point([0] + [1] * 255, mode="L")
    return sum(unequal.histogram()[1:]) > PIXELS * width * height
