"""Album covers, drawn from a name such as "prism:2": a motif and the number of its colours."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

    from simphone.ui.view import Scalar

COVER: Final = "pimusic.cover"
BACKDROP: Final = "pimusic.backdrop"
BACKGROUND: Final = "#1a1726"
"""What a backdrop fades into."""
_EDGE: Final = 480
_COLORS: Final = (
    ("#101018", "#e8e8f0", "#d94f4f", "#f0c24b"),
    ("#14213d", "#fca311", "#e5e5e5", "#3a6ea5"),
    ("#0b6e99", "#f4e9cd", "#ee6c4d", "#98c1d9"),
    ("#3d0c2e", "#ff5fa2", "#ffd1e3", "#a3195b"),
    ("#2b2d42", "#c9a227", "#f6e7b2", "#8d5524"),
    ("#244d3b", "#e9f5db", "#97c37a", "#f2b880"),
)
"""Ground, figure and two more."""
_RAINBOW: Final = ("#e94b3c", "#f28e2b", "#f6d743", "#59a14f", "#3b82c4", "#7b4fa3")


def _prism(pen: ImageDraw, size: int, colors: tuple[str, ...]) -> None:
    middle, top, low = size * 0.5, size * 0.26, size * 0.72
    pen.line((0, size * 0.60, size * 0.41, size * 0.47), fill=colors[1], width=size // 120)
    for index, color in enumerate(_RAINBOW):
        start = size * (0.44 + index * 0.008)
        end = size * (0.50 + index * 0.035)
        pen.polygon(
            [(size * 0.59, start), (size, end), (size, end + size * 0.035), (size * 0.59, start + 4)], fill=color
        )
    shape = [(middle, top), (size * 0.76, low), (size * 0.24, low), (middle, top), (size * 0.76, low)]
    pen.polygon(shape[:3], fill="#1c1c28")
    pen.line(shape, fill=colors[1], width=size // 80, joint="curve")


def _rings(pen: ImageDraw, size: int, colors: tuple[str, ...]) -> None:
    middle = size / 2
    for index in range(9):
        radius = size * (0.46 - index * 0.05)
        pen.ellipse(
            (middle - radius, middle - radius, middle + radius, middle + radius), fill=colors[(1, 3, 0, 2)[index % 4]]
        )
    pen.ellipse(
        (middle - size * 0.02, middle - size * 0.02, middle + size * 0.02, middle + size * 0.02), fill=colors[1]
    )


def _waves(pen: ImageDraw, size: int, colors: tuple[str, ...]) -> None:
    pen.ellipse((size * 0.58, size * 0.14, size * 0.82, size * 0.38), fill=colors[2])
    for index in range(4):
        base = size * (0.52 + index * 0.12)
        ridge = [
            (x, base + size * 0.035 * math.sin(x / size * (5 + index) * math.pi / 1.6 + index * 1.7))
            for x in range(0, size + 6, 6)
        ]
        pen.polygon([(0, size), *ridge, (size, size)], fill=colors[(1, 3, 2, 0)[index]])


def _sun(pen: ImageDraw, size: int, colors: tuple[str, ...]) -> None:
    middle = size / 2
    for index in range(0, 24, 2):
        one, two = (math.tau * (index + part) / 24 for part in (0, 1))
        reach = size
        pen.polygon(
            [
                (middle, middle),
                (middle + reach * math.cos(one), middle + reach * math.sin(one)),
                (middle + reach * math.cos(two), middle + reach * math.sin(two)),
            ],
            fill=colors[3],
        )
    for share, color in ((0.30, colors[1]), (0.22, colors[2]), (0.14, colors[0])):
        pen.ellipse(
            (middle - size * share, middle - size * share, middle + size * share, middle + size * share), fill=color
        )


def _tiles(pen: ImageDraw, size: int, colors: tuple[str, ...]) -> None:
    step = size / 6
    for row in range(6):
        for column in range(6):
            box = (column * step + 5, row * step + 5, (column + 1) * step - 5, (row + 1) * step - 5)
            color = colors[1 + (row * row + column * 2 + row * column) % 3]
            if (row + column) % 3:
                pen.rectangle(box, fill=color)
            else:
                pen.ellipse(box, fill=color)


_MOTIFS: Final[dict[str, Callable[[ImageDraw, int, tuple[str, ...]], None]]] = {
    "prism": _prism, "rings": _rings, "waves": _waves, "sun": _sun, "tiles": _tiles,
}  # fmt: skip


def _cover(name: str) -> Image:
    from PIL import Image as PilImage
    from PIL import ImageDraw

    motif, _, number = name.partition(":")
    colors = _COLORS[int(number or 0) % len(_COLORS)]
    image = PilImage.new("RGB", (_EDGE * 2, _EDGE * 2), colors[0])
    _MOTIFS.get(motif, _rings)(ImageDraw.Draw(image), _EDGE * 2, colors)
    return image.resize((_EDGE, _EDGE), PilImage.Resampling.LANCZOS)


def draw_cover(args: tuple[Scalar, ...], width: int, height: int) -> Image:
    """The cover in px; `args` is (name,)."""
    from PIL import Image as PilImage

    return _cover(str(args[0])).resize((width, height), PilImage.Resampling.BICUBIC)


def draw_backdrop(args: tuple[Scalar, ...], width: int, height: int) -> Image:
    """What stands behind the player and the heads of collections: the cover, blurred, darkened towards the edges that
    it shares with the bars of the system."""
    from PIL import Image as PilImage
    from PIL import ImageFilter, ImageOps

    small = ImageOps.fit(_cover(str(args[0])), (72, max(1, round(72 * height / width))))
    soft = small.filter(ImageFilter.GaussianBlur(9))
    column = [round(255 * _shade((y + 0.5) / soft.height)) for y in range(soft.height)]
    mask = PilImage.frombytes("L", (1, soft.height), bytes(column)).resize(soft.size, PilImage.Resampling.NEAREST)
    soft.paste(BACKGROUND, (0, 0), mask)
    return soft.resize((width, height), PilImage.Resampling.BICUBIC)


def _shade(share: float) -> float:
    """How dark a backdrop is at a share of its height: wholly at the top and bottom."""
    edge = min(share, 1 - share) / 0.3
    return 1.0 - 0.42 * math.sqrt(min(1.0, edge))
