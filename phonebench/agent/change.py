"""Did a screen change? The reasonable operation ratio (ROR) rests on this, and the rules of the hand-over."""

from __future__ import annotations

import io
from typing import Final

from PIL import Image, ImageChops

from phonebench.schema.observation import Observation

STATUS_BAR: Final = 0.05
"""Share of the height at the top that is not looked at: its clock goes on by itself."""
PIXELS: Final = 0.0005
"""Share of pixels that must differ: a blinking caret is less, a toggled switch is more."""


def changed(before: Observation, after: Observation) -> bool:
    """True when app, page, UI tree or a visible share of the pixels below the status bar differ."""
    if (before.package, before.activity, before.xml) != (after.package, after.activity, after.xml):
        return True
    return before.png != after.png and _pixels_differ(before, after)


def _pixels_differ(before: Observation, after: Observation) -> bool:
    if (before.width, before.height) != (after.width, after.height):
        return True
    box = (0, round(before.height * STATUS_BAR), before.width, before.height)
    try:
        with Image.open(io.BytesIO(before.png)) as one, Image.open(io.BytesIO(after.png)) as other:
            difference = ImageChops.difference(one.convert("RGB").crop(box), other.convert("RGB").crop(box))
    except (OSError, SyntaxError, ValueError):
        return True
    unequal = difference.convert("L").point([0] + [1] * 255, mode="L")
    return sum(unequal.histogram()[1:]) > PIXELS * before.width * before.height
