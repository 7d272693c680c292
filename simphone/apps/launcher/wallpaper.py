"""The wallpaper: hills under an evening sky, drawn from numbers alone."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL.Image import Image

    from simphone.ui.view import Scalar

NAME: Final = "wallpaper"
SKY: Final = {False: ("#3f6fb5", "#f3c9a5"), True: ("#0b1424", "#2c3f63")}
"""Top and horizon, by dark mode."""
HILLS: Final = {
    False: ("#8fa6c9", "#6583b3", "#43639a", "#2a4877"),
    True: ("#24344f", "#1b2840", "#131d31", "#0b1322"),
}
"""Far to near."""


def draw(args: tuple[Scalar, ...], width: int, height: int) -> Image:
    """The picture in px; `args` is (dark,)."""
    from PIL import Image as PilImage
    from PIL import ImageDraw, ImageOps

    dark = bool(args[0])
    top, horizon = SKY[dark]
    gradient = PilImage.linear_gradient("L").resize((1, height)).resize((width, height))
    image = ImageOps.colorize(gradient, top, horizon)
    pen = ImageDraw.Draw(image)
    radius = width // 11
    sun = (int(width * 0.68), int(height * 0.40))
    pen.ellipse(
        (sun[0] - radius, sun[1] - radius, sun[0] + radius, sun[1] + radius), fill="#fff1d6" if not dark else "#cdd8ee"
    )
    for index, color in enumerate(HILLS[dark]):
        base, swing = 0.50 + index * 0.115, 0.045 - index * 0.004
        ridge = [(x, int(height * (base + swing * _ridge(x / width, index)))) for x in range(0, width + 9, 8)]
        pen.polygon([(0, height), *ridge, (width, height)], fill=color)
    return image


def _ridge(x: float, index: int) -> float:
    """Height of a hill line at x in 0..1, about -1..1."""
    return 0.6 * math.sin(2.4 * x * math.pi + 1.9 * index) + 0.4 * math.sin(5.3 * x * math.pi + 0.7 * index * index)
