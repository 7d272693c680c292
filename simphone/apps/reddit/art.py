"""Pictures of posts, banners and faces, drawn from a name alone."""

from __future__ import annotations

from math import cos, pi, sin
from typing import TYPE_CHECKING, Final

from simphone.ui.pictures import register_picture

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

    from simphone.ui.view import Scalar

_SKIES: Final = (
    ("#8ec5fc", "#e0f0ff"), ("#f6a56b", "#fde3c1"), ("#5b6fb5", "#f2b8a0"), ("#2c4a7c", "#9fc3d9"),
    ("#9ad4c4", "#eef7e4"),
)  # fmt: skip
_INKS: Final = ("#2f5d50", "#3b4a6b", "#7a4a3a", "#2b5f75", "#55604a")


def register() -> None:
    """Make the pictures known: reddit.scene (scene), reddit.banner (community), reddit.face (user)."""
    register_picture("reddit.scene", _scene)
    register_picture("reddit.banner", _banner)
    register_picture("reddit.face", _face)


def _sum(name: str) -> int:
    return sum((at + 1) * ord(letter) for at, letter in enumerate(name))


def _ground(width: int, height: int, top: str, bottom: str) -> tuple[Image, ImageDraw]:
    """A new image that runs from one colour to the other."""
    from PIL import Image as PilImage
    from PIL import ImageDraw

    slope = PilImage.linear_gradient("L").resize((width, height))
    image = PilImage.composite(
        PilImage.new("RGB", (width, height), bottom), PilImage.new("RGB", (width, height), top), slope
    )
    return image, ImageDraw.Draw(image)


def _scene(args: tuple[Scalar, ...], width: int, height: int) -> Image:
    name = str(args[0])
    kind, number = name.partition(":")[0], _sum(name)
    image, pen = _ground(width, height, *_SKIES[number % len(_SKIES)])
    _SCENES[kind](pen, width, height, _INKS[number % len(_INKS)], number)
    return image


def _ridge(pen: ImageDraw, width: int, height: int, level: float, ink: str, number: int) -> None:
    line = [
        (at * width / 60, height * (level - 0.09 * sin(at / 6 + number) - 0.05 * sin(at / 2.3 + number * 2)))
        for at in range(61)
    ]
    pen.polygon([(0, height), *line, (width, height)], fill=ink)


def _hills(pen: ImageDraw, width: int, height: int, ink: str, number: int) -> None:
    edge = height * 0.09
    x, y = width * (0.2 + number % 6 / 10), height * 0.24
    pen.ellipse((x - edge, y - edge, x + edge, y + edge), fill="#fff6da")
    for step, shade in enumerate(("#a9bdc4", "#7f9aa3", ink)):
        _ridge(pen, width, height, 0.55 + step * 0.16, shade, number + step * 5)


def _sea(pen: ImageDraw, width: int, height: int, ink: str, number: int) -> None:
    level = int(height * 0.66)
    pen.rectangle((0, level, width, height), fill="#3a7ca5")
    for at in range(14):
        y = level + (height - level) * (at + 1) / 15
        x = float((at * 211 + number * 37) % width)
        pen.line((x, y, x + width // 7, y), fill="#6fa8c7", width=max(1, height // 160))
    pen.polygon([(0, height), (0, level), (width * 0.3, level * 0.96), (width * 0.55, height)], fill=ink)
    x, top, base = width * 0.2, height * 0.22, level * 0.99
    half = width * 0.028
    pen.polygon(
        [(x - half * 0.7, top), (x + half * 0.7, top), (x + half * 1.3, base), (x - half * 1.3, base)], fill="#f7f3ea"
    )
    for part in (0.25, 0.6):
        y = top + (base - top) * part
        pen.rectangle((x - half, y, x + half, y + (base - top) * 0.13), fill="#c8402f")
    pen.rectangle((x - half, top - half * 1.6, x + half, top), fill="#ffe9a8", outline="#3a3a3a")
    pen.polygon(
        [(x - half * 1.2, top - half * 1.6), (x + half * 1.2, top - half * 1.6), (x, top - half * 3)], fill="#c8402f"
    )


def _cat(pen: ImageDraw, width: int, height: int, ink: str, number: int) -> None:
    pen.rectangle((0, height * 0.78, width, height), fill="#b98a5e")
    pen.rounded_rectangle((width * 0.2, height * 0.52, width * 0.8, height * 0.86), height * 0.04, fill="#e8eaed")
    pen.rectangle((width * 0.3, height * 0.7, width * 0.7, height * 0.74), fill="#5f6368")
    fur, x, y, size = ("#3c3c40", "#d98a3d", "#8f8f96")[number % 3], width * 0.5, height * 0.36, height * 0.17
    pen.ellipse((x - size * 1.3, y + size * 0.2, x + size * 1.3, y + size * 1.6), fill=fur)
    for way in (-1, 1):
        pen.polygon(
            [(x + way * size * 0.95, y - size * 1.35), (x + way * size, y), (x + way * size * 0.2, y - size * 0.7)],
            fill=fur,
        )
    pen.ellipse((x - size, y - size, x + size, y + size), fill=fur)
    for way in (-1, 1):
        eye = (x + way * size * 0.42, y - size * 0.1)
        pen.ellipse(
            (eye[0] - size * 0.2, eye[1] - size * 0.22, eye[0] + size * 0.2, eye[1] + size * 0.22), fill="#d9e86b"
        )
        pen.ellipse(
            (eye[0] - size * 0.07, eye[1] - size * 0.2, eye[0] + size * 0.07, eye[1] + size * 0.2), fill="#111111"
        )
    pen.polygon([(x - size * 0.1, y + size * 0.28), (x + size * 0.1, y + size * 0.28), (x, y + size * 0.42)], fill=ink)


def _plate(pen: ImageDraw, width: int, height: int, ink: str, number: int) -> None:
    pen.rectangle((0, 0, width, height), fill="#8a6446")
    for at in range(0, height, max(6, height // 9)):
        pen.line((0, at, width, at), fill="#7b583d", width=max(1, height // 120))
    x, y, size = width / 2, height / 2, height * 0.4
    pen.ellipse((x - size, y - size, x + size, y + size), fill="#f6f4ef")
    pen.ellipse((x - size * 0.72, y - size * 0.72, x + size * 0.72, y + size * 0.72), fill="#d9b45c")
    for at in range(16):
        turn, far = at * 2.4 + number, size * (0.12 + 0.5 * (at * 7 % 16) / 16)
        px, py, dot = x + far * cos(turn), y + far * sin(turn), size * 0.1
        color = ("#b5382a", "#5f8f3a", "#f0e2b6", ink)[at % 4]
        pen.ellipse((px - dot, py - dot, px + dot, py + dot), fill=color)


def _chart(pen: ImageDraw, width: int, height: int, ink: str, number: int) -> None:
    pen.rectangle((0, 0, width, height), fill="#fbfcfd")
    left, base, top = width * 0.1, height * 0.86, height * 0.12
    for at in range(5):
        y = top + (base - top) * at / 4
        pen.line((left, y, width * 0.94, y), fill="#dfe4e8", width=max(1, height // 200))
    wide = width * 0.84 / 8
    for at in range(8):
        tall = (base - top) * (0.25 + 0.7 * (sin(at * 0.9 + number) + 1) / 2)
        x = left + at * wide
        pen.rectangle((x + wide * 0.2, base - tall, x + wide * 0.8, base), fill="#ff8a5c" if at == number % 8 else ink)


_SCENES: Final = {"hills": _hills, "sea": _sea, "cat": _cat, "plate": _plate, "chart": _chart}


def _banner(args: tuple[Scalar, ...], width: int, height: int) -> Image:
    number = _sum(str(args[0]))
    image, pen = _ground(width, height, *_SKIES[(number + 2) % len(_SKIES)])
    for step in range(3):
        _ridge(pen, width, height, 0.45 + step * 0.22, _INKS[(number + step) % len(_INKS)], number + step * 3)
    return image


def _face(args: tuple[Scalar, ...], width: int, height: int) -> Image:
    number = _sum(str(args[0]))
    color = ("#ff8717", "#46a508", "#0dd3bb", "#7193ff", "#ff66ac", "#94e044")[number % 6]
    image, pen = _ground(width, height, color, color)
    pen.ellipse((width * 0.2, height * 0.62, width * 0.8, height * 1.3), fill="#ffffff")
    pen.ellipse((width * 0.22, height * 0.24, width * 0.78, height * 0.68), fill="#ffffff")
    for x in (0.39, 0.61):
        pen.ellipse((width * (x - 0.055), height * 0.4, width * (x + 0.055), height * 0.51), fill="#ff4500")
    pen.arc(
        (width * 0.38, height * 0.44, width * 0.62, height * 0.62), 20, 160, fill="#1a1a1b", width=max(1, width // 30)
    )
    stem = (width * (0.5 + 0.14 * cos(pi / 3)), height * 0.12)
    pen.line((width * 0.5, height * 0.25, *stem), fill="#ffffff", width=max(1, width // 24))
    return image
