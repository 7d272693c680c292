"""Stills of videos, from the name of a scene and the number of its colours; avatars are cut out of their middle."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from simphone.apps.tiktok import motifs, scenes

if TYPE_CHECKING:
    from PIL.Image import Image

    from simphone.ui.view import Scalar

FRAME: Final = "tiktok.frame"
STILL: Final = "tiktok.still"
AVATAR: Final = "tiktok.avatar"
_WIDTH: Final = 540
_HEIGHT: Final = 1080
_OVERSAMPLE: Final = 2
_SHADES: Final = ((0.14, 0.45), (0.42, 0.72))
"""Of the top and the bottom of a frame: share of its height, greatest darkness. Text stands there."""


@lru_cache(maxsize=32)
def _scene(name: str, tint: int) -> Image:
    from PIL import Image as PilImage
    from PIL import ImageDraw

    large = PilImage.new("RGB", (_WIDTH * _OVERSAMPLE, _HEIGHT * _OVERSAMPLE), "#202028")
    draw = motifs.MOTIFS.get(name, motifs.sky)
    draw(scenes.Brush(ImageDraw.Draw(large), _WIDTH * _OVERSAMPLE), tint)
    return large.resize((_WIDTH, _HEIGHT), PilImage.Resampling.LANCZOS)


def draw_still(args: tuple[Scalar, ...], width: int, height: int) -> Image:
    """The middle of a scene in px; `args` is (scene, tint)."""
    from PIL import Image as PilImage
    from PIL import ImageOps

    return ImageOps.fit(_scene(str(args[0]), int(args[1] or 0)), (width, height), PilImage.Resampling.BICUBIC)


def draw_frame(args: tuple[Scalar, ...], width: int, height: int) -> Image:
    """A still behind text: darker at the top and the bottom."""
    from PIL import Image as PilImage

    picture = draw_still(args, width, height)
    (top, dark_top), (bottom, dark_bottom) = _SHADES
    column = PilImage.new("L", (1, 256))
    for y in range(256):
        share = y / 255
        above = max(0.0, 1 - share / top) * dark_top
        below = max(0.0, 1 - (1 - share) / bottom) * dark_bottom
        column.putpixel((0, y), round(255 * max(above, below)))
    shade = column.resize((width, height), PilImage.Resampling.BILINEAR)
    picture.paste("#000000", (0, 0), shade)
    return picture


def draw_avatar(args: tuple[Scalar, ...], width: int, height: int) -> Image:
    """A square from the middle of a scene."""
    from PIL import Image as PilImage

    middle = _HEIGHT // 2
    half = _WIDTH * 0.42
    box = (round(_WIDTH / 2 - half), round(middle - half), round(_WIDTH / 2 + half), round(middle + half))
    cut = _scene(str(args[0]), int(args[1] or 0)).crop(box)
    return cut.resize((width, height), PilImage.Resampling.LANCZOS)
