"""Cached masks of boxes: rounded corners, rings, soft shadows."""

from __future__ import annotations

from functools import lru_cache

from PIL import Image, ImageDraw, ImageFilter

from simphone.ui.cache import SizedLru

_OVERSAMPLE = 4
_shadows: SizedLru[Image.Image] = SizedLru(8 << 20, lambda mask: mask.width * mask.height + 256)


@lru_cache(maxsize=512)
def corner(radius: int, ring: int = 0) -> Image.Image:
    """The top left corner of a rounded box (mode L, radius px square); `ring` > 0: only a border that many px wide."""
    size = radius * _OVERSAMPLE
    image = Image.new("L", (size, size))
    draw = ImageDraw.Draw(image)
    draw.ellipse((0, 0, 2 * size - 1, 2 * size - 1), fill=255)
    if 0 < ring < radius:
        inset = ring * _OVERSAMPLE
        draw.ellipse((inset, inset, 2 * size - 1 - inset, 2 * size - 1 - inset), fill=0)
    return image.reduce(_OVERSAMPLE)


@lru_cache(maxsize=512)
def corner_at(radius: int, ring: int, which: int) -> Image.Image:
    """A corner by its number: 0 top left, 1 top right, 2 bottom right, 3 bottom left."""
    turns = (None, Image.Transpose.FLIP_LEFT_RIGHT, Image.Transpose.ROTATE_180, Image.Transpose.FLIP_TOP_BOTTOM)
    turn = turns[which]
    mask = corner(radius, ring)
    return mask if turn is None else mask.transpose(turn)


def rounded(width: int, height: int, radii: tuple[int, int, int, int]) -> Image.Image:
    """A whole rounded box (mode L), for clipping a picture."""
    mask = Image.new("L", (width, height), 255)
    for which, radius in enumerate(radii):
        if radius:
            x = width - radius if which in (1, 2) else 0
            y = height - radius if which in (2, 3) else 0
            mask.paste(corner_at(radius, 0, which), (x, y))
    return mask


def _blurred(width: int, height: int, radius: int, blur: int) -> Image.Image:
    """A rounded box blurred by a Gaussian of sigma blur / 2 px, `blur` px larger on every side; drawn at half size."""
    size = ((width + 2 * blur + 1) // 2, (height + 2 * blur + 1) // 2)
    image = Image.new("L", size)
    box = (blur / 2, blur / 2, (blur + width) / 2 - 1, (blur + height) / 2 - 1)
    ImageDraw.Draw(image).rounded_rectangle(box, radius / 2, fill=255)
    image = image.filter(ImageFilter.GaussianBlur(blur / 4))
    return image.resize((width + 2 * blur, height + 2 * blur), Image.Resampling.BILINEAR)


def shadow(width: int, height: int, radius: int, blur: int) -> Image.Image:
    """Shadow of a box of width x height px (mode L), larger by `blur` px on every side.

    Large boxes are stretched from a small one, since only their edges differ.
    """
    key = (width, height, radius, blur)
    kept = _shadows.get(key)
    if kept is not None:
        return kept
    edge = 2 * blur + radius
    core = 2 * edge - 2 * blur + 1
    if width <= core or height <= core:
        return _shadows.put(key, _blurred(width, height, radius, blur))
    return _shadows.put(key, _stretched(shadow(core, core, radius, blur), edge, width + 2 * blur, height + 2 * blur))


def _stretched(small: Image.Image, edge: int, width: int, height: int) -> Image.Image:
    """`small`, whose middle column and row are repeated until it has the asked size."""
    last = small.width - edge
    wide = Image.new("L", (width, small.height))
    wide.paste(small.crop((0, 0, edge, small.height)), (0, 0))
    wide.paste(small.crop((edge, 0, edge + 1, small.height)).resize((width - 2 * edge, small.height)), (edge, 0))
    wide.paste(small.crop((last, 0, small.width, small.height)), (width - edge, 0))
    whole = Image.new("L", (width, height))
    whole.paste(wide.crop((0, 0, width, edge)), (0, 0))
    whole.paste(wide.crop((0, edge, width, edge + 1)).resize((width, height - 2 * edge)), (0, edge))
    whole.paste(wide.crop((0, last, width, small.height)), (0, height - edge))
    return whole
