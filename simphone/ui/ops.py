"""What painting leaves behind: a display list of plain operations, and how each colours an image.

An operation knows nothing of where it stands vertically: `draw(image, y)` puts it with its top at row `y` of any image,
and rows outside are cut off. So the same operation has the same key wherever a band of the screen begins, and scrolled
content is found in the cache again. x and colours are absolute, alpha is resolved. `clip` is (left, right, top,
bottom): columns of the screen and rows from the operation's own top.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple, Protocol

from PIL import Image

from simphone.ui import masks
from simphone.ui.color import Rgb
from simphone.ui.fonts import Font
from simphone.ui.icons import icon_mask
from simphone.ui.pictures import picture
from simphone.ui.text import line_mask
from simphone.ui.view import Scalar

Span = tuple[int, int, int, int]
Size = tuple[int, int]


class Op(Protocol):
    """One operation; hashable and compared by value."""

    def draw(self, image: Image.Image, y: int) -> None: ...


class Entry(NamedTuple):
    """An operation at its place: it colours at most the rows top..bottom (exclusive) of the screen."""

    top: int
    bottom: int
    op: Op


@lru_cache(maxsize=256)
def _fade(alpha: int) -> list[int]:
    """Table that scales a mask by alpha."""
    return [(value * alpha + 127) // 255 for value in range(256)]


@lru_cache(maxsize=256)
def _blend(rgb: Rgb, alpha: int) -> list[int]:
    """Table that lays a colour over an RGB image."""
    return [(value * (255 - alpha) + part * alpha + 127) // 255 for part in rgb for value in range(256)]


def _fill(image: Image.Image, rgb: Rgb, alpha: int, left: int, top: int, right: int, bottom: int) -> None:
    """Colour a rectangle, cut to the image."""
    left, top, right, bottom = max(left, 0), max(top, 0), min(right, image.width), min(bottom, image.height)
    if left >= right or top >= bottom:
        return
    if alpha == 255:
        image.paste(rgb, (left, top, right, bottom))
    else:
        part = image.crop((left, top, right, bottom))
        image.paste(part.point(_blend(rgb, alpha)), (left, top))


def _stamp(
    image: Image.Image,
    source: Rgb | Image.Image,
    mask: Image.Image | None,
    alpha: int,
    x: int,
    y: int,
    size: Size,
    box: Span,
) -> None:
    """Colour `size` px from (x, y), through a mask if there is one, within `box` = left, right, top, bottom."""
    left, right = max(x, box[0], 0), min(x + size[0], box[1], image.width)
    top, bottom = max(y, box[2], 0), min(y + size[1], box[3], image.height)
    if left >= right or top >= bottom:
        return
    if (right - left, bottom - top) != size:
        part = (left - x, top - y, right - x, bottom - y)
        mask = mask.crop(part) if mask is not None else None
        source = source.crop(part) if isinstance(source, Image.Image) else source
    if alpha < 255:
        mask = mask.point(_fade(alpha)) if mask is not None else Image.new("L", (right - left, bottom - top), alpha)
    image.paste(source, (left, top, right, bottom), mask)


def _below(clip: Span, y: int) -> Span:
    return (clip[0], clip[1], clip[2] + y, clip[3] + y)


class Fill(NamedTuple):
    """A plain rectangle. Any part of it looks alike, so each band is given just its own rows."""

    left: int
    right: int
    height: int
    rgb: Rgb
    alpha: int

    def draw(self, image: Image.Image, y: int) -> None:
        _fill(image, self.rgb, self.alpha, self.left, y, self.right, y + self.height)

    def covers(self, width: int, height: int) -> bool:
        """Whether nothing below it shows through in an area that begins where it does."""
        return self.alpha == 255 and self.left <= 0 and self.right >= width and self.height >= height


class Rounded(NamedTuple):
    """A box with rounded corners (top left, top right, bottom right, bottom left); `border` > 0 draws only its edge."""

    left: int
    width: int
    height: int
    radii: Span
    border: int
    rgb: Rgb
    alpha: int
    up: int
    """Rows of the box that the clip has cut off above."""
    clip: Span

    def draw(self, image: Image.Image, y: int) -> None:
        clip = _below(self.clip, y)
        y -= self.up
        for which, radius in enumerate(self.radii):
            if radius:
                x = self.left + (self.width - radius if which in (1, 2) else 0)
                top = y + (self.height - radius if which in (2, 3) else 0)
                mask = masks.corner_at(radius, self.border, which)
                _stamp(image, self.rgb, mask, self.alpha, x, top, mask.size, clip)
        for left, top, right, bottom in self._parts():
            _fill(
                image,
                self.rgb,
                self.alpha,
                max(self.left + left, clip[0]),
                max(y + top, clip[2]),
                min(self.left + right, clip[1]),
                min(y + bottom, clip[3]),
            )

    def _parts(self) -> list[tuple[int, int, int, int]]:
        """Rectangles that make up the box without its corners; no two overlap, so that alpha is laid on once."""
        tl, tr, br, bl = self.radii
        w, h, b = self.width, self.height, self.border
        if b:
            return [
                (tl, 0, w - tr, b),
                (bl, h - b, w - br, h),
                (0, max(tl, b if not tl else 0), b, h - max(bl, b if not bl else 0)),
                (w - b, max(tr, b if not tr else 0), w, h - max(br, b if not br else 0)),
            ]
        top, bottom = max(tl, tr), max(br, bl)
        parts = [(0, top, w, h - bottom), (tl, 0, w - tr, top), (bl, h - bottom, w - br, h)]
        parts += [(0, tl, tl, top), (w - tr, tr, w, top), (0, h - bottom, bl, h - bl), (w - br, h - bottom, w, h - br)]
        return parts


class Shadow(NamedTuple):
    """A soft shadow of a box, `blur` px larger on every side."""

    left: int
    width: int
    height: int
    radius: int
    blur: int
    alpha: int
    up: int
    clip: Span

    def draw(self, image: Image.Image, y: int) -> None:
        mask = masks.shadow(self.width, self.height, self.radius, self.blur)
        _stamp(image, (0, 0, 0), mask, self.alpha, self.left - self.blur, y - self.up, mask.size, _below(self.clip, y))


class Text(NamedTuple):
    """One line of text. The pen starts at `x`; the mask's first row is `up` rows above the entry's."""

    text: str
    font: Font
    x: int
    rgb: Rgb
    alpha: int
    up: int
    clip: Span

    def draw(self, image: Image.Image, y: int) -> None:
        drawn = line_mask(self.text, self.font)
        mask, x = drawn.mask, self.x + drawn.left
        _stamp(image, self.rgb, mask, self.alpha, x, y - self.up, mask.size, _below(self.clip, y))


class Icon(NamedTuple):
    """An icon of `size` px."""

    name: str
    size: int
    rotate: float
    x: int
    rgb: Rgb
    alpha: int
    up: int
    clip: Span

    def draw(self, image: Image.Image, y: int) -> None:
        mask = icon_mask(self.name, self.size, self.rotate)
        _stamp(image, self.rgb, mask, self.alpha, self.x, y - self.up, mask.size, _below(self.clip, y))


class Pixels(NamedTuple):
    """A shape or a procedural picture."""

    kind: str
    name: str
    args: tuple[Scalar, ...]
    color: str
    size: Size
    radii: Span
    rotate: float
    x: int
    alpha: int
    up: int
    clip: Span

    def draw(self, image: Image.Image, y: int) -> None:
        drawn = picture(self.kind, self.name, self.args, self.color, self.size, self.radii, self.rotate)
        _stamp(image, drawn.rgb, drawn.mask, self.alpha, self.x, y - self.up, self.size, _below(self.clip, y))
