"""What sites are recognised by: marks as outlines in a unit square, and pictures drawn from their name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL.Image import Image

    from simphone.ui.view import Scalar

NAME: Final = "chrome.picture"
GITHUB: Final = (
    "f O 0.5 0.5 0.5",
    "-f M0.22 0.2L0.38 0.26Q0.5 0.23 0.62 0.26L0.78 0.2Q0.81 0.3 0.79 0.37Q0.84 0.44 0.83 0.52Q0.81 0.69 0.61 0.71"
    "Q0.65 0.76 0.65 0.82V0.99H0.35V0.86Q0.24 0.88 0.2 0.79Q0.17 0.73 0.13 0.72Q0.2 0.69 0.25 0.76Q0.29 0.82 0.36 0.79"
    "Q0.36 0.74 0.39 0.71Q0.19 0.69 0.17 0.52Q0.16 0.44 0.21 0.37Q0.19 0.3 0.22 0.2z",
)
NIKE: Final = ("f M1 0.1L0.27 0.8Q0.05 0.98 0.01 0.72Q0 0.52 0.16 0.3Q0.08 0.55 0.2 0.62Q0.26 0.65 0.36 0.58z",)
"""In a box about 2.6 times as wide as high."""


def draw(args: tuple[Scalar, ...], width: int, height: int) -> Image:
    """A picture in px; `args` is its name: `campus` or `shoe`."""
    from PIL import Image as PilImage

    image = PilImage.new("RGB", (width * 2, height * 2), "#eef0f2")
    (_shoe if args and args[0] == "shoe" else _campus)(image)
    return image.resize((width, height), PilImage.Resampling.LANCZOS)


def _campus(image: Image) -> None:
    """A hill, and a building with a tower and arches before it."""
    from PIL import ImageDraw

    pen, (w, h) = ImageDraw.Draw(image), image.size
    for y in range(h):
        share = y / h
        pen.line((0, y, w, y), fill=(int(126 + 90 * share), int(178 + 50 * share), int(226 + 16 * share)))
    pen.ellipse((-w * 0.3, h * 0.3, w * 0.7, h * 1.6), fill="#5f8f63")
    pen.ellipse((w * 0.35, h * 0.4, w * 1.4, h * 1.7), fill="#4e7f56")
    wall, roof, dark = "#c9694a", "#8d3f2c", "#5a2a20"
    pen.rectangle((w * 0.14, h * 0.5, w * 0.86, h * 0.86), fill=wall)
    pen.polygon(((w * 0.11, h * 0.5), (w * 0.2, h * 0.4), (w * 0.8, h * 0.4), (w * 0.89, h * 0.5)), fill=roof)
    pen.rectangle((w * 0.45, h * 0.2, w * 0.55, h * 0.86), fill="#d7805f")
    pen.polygon(((w * 0.44, h * 0.2), (w * 0.5, h * 0.06), (w * 0.56, h * 0.2)), fill=roof)
    pen.ellipse((w * 0.475, h * 0.25, w * 0.525, h * 0.25 + w * 0.05), fill="#f6efe2")
    for index in range(8):
        left = w * (0.17 + 0.085 * index)
        if w * 0.4 < left < w * 0.52:
            continue
        pen.rounded_rectangle((left, h * 0.6, left + w * 0.05, h * 0.9), w * 0.025, fill=dark)
    pen.rectangle((0, h * 0.86, w, h), fill="#7fae6a")


def _shoe(image: Image) -> None:
    """A running shoe from the side."""
    from PIL import ImageDraw

    pen, (w, h) = ImageDraw.Draw(image), image.size
    upper = ((0.16, 0.32), (0.28, 0.36), (0.38, 0.3), (0.6, 0.52), (0.82, 0.6), (0.88, 0.7), (0.14, 0.7), (0.13, 0.5))
    pen.polygon([(w * x, h * y) for x, y in upper], fill="#e4572e")
    pen.rounded_rectangle((w * 0.11, h * 0.68, w * 0.9, h * 0.78), h * 0.05, fill="#ffffff")
    pen.rounded_rectangle((w * 0.11, h * 0.76, w * 0.9, h * 0.82), h * 0.03, fill="#2b2b2b")
    swoosh = ((0.24, 0.56), (0.32, 0.64), (0.62, 0.53), (0.34, 0.59))
    pen.polygon([(w * x, h * y) for x, y in swoosh], fill="#ffffff")
    for index in range(4):
        x, y = w * (0.41 + 0.05 * index), h * (0.36 + 0.048 * index)
        pen.line((x, y, x - w * 0.045, y + h * 0.06), fill="#ffffff", width=max(1, w // 120))
