"""Covers of books, drawn from title and author alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

    from simphone.ui.view import Scalar

NAME: Final = "cantook.cover"
_PALETTES: Final = (
    ("#7b1e2b", "#f4dfc0", "#c9974a"),
    ("#1f3a5f", "#f1e9d6", "#d6a75a"),
    ("#2f4f3e", "#f3ead2", "#b9c48b"),
    ("#efe3c8", "#3a2c20", "#a33d2c"),
    ("#3b2a4a", "#f0e4ea", "#c79bb8"),
    ("#0f4c55", "#eaf2ec", "#e0b15e"),
    ("#dfe6e4", "#23323a", "#2f7f8f"),
    ("#5a3921", "#f7ebd5", "#dd9c4c"),
)
"""Cloth, ink, ornament."""
_LEADING: Final = 1.25
"""Of a line, in sizes of its type."""
_LEAST: Final = 6
"""Size in px below which type is not made smaller."""
_FACE: Final = "DejaVuSerif-Bold.ttf"


def draw(args: tuple[Scalar, ...], width: int, height: int) -> Image:
    """The cover in px; `args` is (title, author)."""
    from PIL import Image as PilImage
    from PIL import ImageDraw

    title, author = str(args[0]), str(args[1])
    number = sum(map(ord, title + author))
    cloth, ink, gold = _PALETTES[number % len(_PALETTES)]
    image = PilImage.new("RGB", (width, height), cloth)
    pen = ImageDraw.Draw(image)
    line = max(1, width // 90)
    edge = width // 14
    pen.rectangle((edge, edge, width - edge - 1, height - edge - 1), outline=gold, width=line)
    _ORNAMENTS[number // len(_PALETTES) % len(_ORNAMENTS)](pen, width, height, gold, line)
    room = int(width * 0.74)
    _centred(pen, title, ink, width // 2, (int(height * 0.11), room, int(height * 0.32)), width // 8)
    _centred(pen, author, ink, width // 2, (int(height * 0.80), room, int(height * 0.12)), width // 14)
    pen.rectangle((0, 0, max(1, width // 36), height), fill=_darker(cloth))
    return image


def _darker(color: str) -> str:
    return "#" + "".join(f"{int(color[at : at + 2], 16) * 3 // 4:02x}" for at in (1, 3, 5))


def _centred(pen: ImageDraw, text: str, ink: str, middle: int, box: tuple[int, int, int], size: int) -> None:
    """Lines of words around a middle, in a box of (top, width, height) in px; smaller where they would not fit."""
    top, room, depth = box
    lines = _lines(text, room, size)
    while size > _LEAST and (len(lines) * size * _LEADING > depth or any(_width(line, size) > room for line in lines)):
        size -= 1
        lines = _lines(text, room, size)
    for index, line in enumerate(lines):
        pen.text((middle, top + int(index * size * _LEADING)), line, fill=ink, font=_face(size), anchor="ma")


def _lines(text: str, room: int, size: int) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and _width(longer, size) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _width(line: str, size: int) -> float:
    return _face(size).getlength(line)


def _face(size: int) -> FreeTypeFont:
    from PIL import ImageFont

    from simphone.ui.fonts import font_path

    return ImageFont.truetype(str(font_path("symbols", _FACE)), max(size, 4), layout_engine=ImageFont.Layout.BASIC)


# --- ornaments, in the middle of the cover --------------------------------------------------------------------------
def _box(width: int, height: int, part: float) -> tuple[int, int, int, int]:
    x, y, half = width // 2, int(height * 0.62), int(width * part / 2)
    return x - half, y - half, x + half, y + half


def _rings(pen: ImageDraw, width: int, height: int, gold: str, line: int) -> None:
    for part in (0.46, 0.34, 0.10):
        pen.ellipse(_box(width, height, part), outline=gold, width=line * 2)


def _diamond(pen: ImageDraw, width: int, height: int, gold: str, line: int) -> None:
    for part in (0.50, 0.28):
        left, top, right, bottom = _box(width, height, part)
        x, y = (left + right) // 2, (top + bottom) // 2
        pen.polygon([(x, top), (right, y), (x, bottom), (left, y)], outline=gold, width=line * 2)
    pen.ellipse(_box(width, height, 0.08), fill=gold)


def _sun(pen: ImageDraw, width: int, height: int, gold: str, line: int) -> None:
    left, top, right, bottom = _box(width, height, 0.52)
    for start in range(0, 360, 30):
        pen.pieslice((left, top, right, bottom), start, start + 9, fill=gold)
    pen.ellipse(_box(width, height, 0.24), fill=gold, outline=gold, width=line)


def _waves(pen: ImageDraw, width: int, height: int, gold: str, line: int) -> None:
    step = width // 6
    for row in range(3):
        y = int(height * 0.54) + row * step // 2
        for column in range(4):
            left = width // 2 - 2 * step + column * step
            pen.arc((left, y, left + step, y + step // 2), 180, 360, fill=gold, width=line * 2)


_ORNAMENTS: Final = (_rings, _diamond, _sun, _waves)
