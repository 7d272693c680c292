"""Shapes with more than one colour or a value: Picture(kind="shape"). Each fills its box; drawn at four times the size.

`color` is the colour of the Picture; `args` are listed with each shape, and trailing ones may be left out.

    switch_on    thumb colour                                   a Material 3 switch; `color` is the track
    switch_off   thumb colour, track colour                     `color` is the outline
    slider       fraction 0..1, colour of the rest              a track with a thumb
    progress     fraction 0..1, colour of the rest              a flat bar
    ring         fraction 0..1, colour of the rest, width 0..1  an arc clockwise from 12 o'clock
    clock_hand   turn 0..1, length, width (parts of the box)    from the centre, clockwise from 12 o'clock
    divider      -                                              a filled box
    cursor       -                                              a rounded bar
    path         elements of simphone.ui.vector, unit square    a mask in `color`
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

from PIL import Image, ImageDraw

from simphone.ui import color as colors
from simphone.ui.vector import mask_of
from simphone.ui.view import Scalar

_OVERSAMPLE: Final = 4
Args = tuple[Scalar, ...]


class UnknownShapeError(LookupError):
    """There is no shape of that name."""


class _Canvas:
    """An RGBA drawing surface in px of the result."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.image = Image.new("RGBA", (width * _OVERSAMPLE, height * _OVERSAMPLE))
        self.pen = ImageDraw.Draw(self.image)

    def bar(self, left: float, top: float, right: float, bottom: float, color: str, border: float = 0.0) -> None:
        """A box with round ends; `border` px wide when it is only an outline."""
        if right <= left or bottom <= top:
            return
        r = min(right - left, bottom - top) / 2 * _OVERSAMPLE
        box = (left * _OVERSAMPLE, top * _OVERSAMPLE, right * _OVERSAMPLE - 1, bottom * _OVERSAMPLE - 1)
        ink = rgba(color)
        if border:
            self.pen.rounded_rectangle(box, r, outline=ink, width=max(1, round(border * _OVERSAMPLE)))
        else:
            self.pen.rounded_rectangle(box, r, fill=ink)

    def disc(self, x: float, y: float, r: float, color: str) -> None:
        """A filled circle."""
        self.bar(x - r, y - r, x + r, y + r, color)


def rgba(color: str) -> tuple[int, int, int, int]:
    """A colour for Pillow."""
    rgb, alpha = colors.parse(color)
    return (*rgb, alpha)


def _number(args: Args, index: int, default: float) -> float:
    value = args[index] if index < len(args) else default
    return float(value) if isinstance(value, (int, float)) else default


def _text(args: Args, index: int, default: str) -> str:
    value = args[index] if index < len(args) else default
    return value if isinstance(value, str) else default


def _switch_on(canvas: _Canvas, args: Args, color: str) -> None:
    canvas.bar(0, 0, canvas.width, canvas.height, color)
    half = canvas.height / 2
    canvas.disc(canvas.width - half, half, half * 0.75, _text(args, 0, "#ffffff"))


def _switch_off(canvas: _Canvas, args: Args, color: str) -> None:
    canvas.bar(0, 0, canvas.width, canvas.height, _text(args, 1, "#e1e3e1"))
    canvas.bar(0, 0, canvas.width, canvas.height, color, border=canvas.height / 16)
    half = canvas.height / 2
    canvas.disc(half, half, half / 2, _text(args, 0, color))


def _bars(canvas: _Canvas, args: Args, color: str, thick: float, end: float) -> float:
    """Two bars that share the width; returns where the first ends. `end` px stay free on both sides."""
    middle, at = canvas.height / 2, end + (canvas.width - 2 * end) * min(1.0, max(0.0, _number(args, 0, 0.0)))
    canvas.bar(end, middle - thick / 2, canvas.width - end, middle + thick / 2, _text(args, 1, "#d3e3fd"))
    canvas.bar(end, middle - thick / 2, at, middle + thick / 2, color)
    return at


def _slider(canvas: _Canvas, args: Args, color: str) -> None:
    thumb = canvas.height * 0.42
    at = _bars(canvas, args, color, canvas.height * 0.18, thumb)
    canvas.disc(at, canvas.height / 2, thumb, color)


def _progress(canvas: _Canvas, args: Args, color: str) -> None:
    _bars(canvas, args, color, canvas.height, 0)


def _ring(canvas: _Canvas, args: Args, color: str) -> None:
    side = min(canvas.width, canvas.height)
    width = max(1, round(side * _number(args, 2, 0.06) * _OVERSAMPLE))
    left, top = (canvas.width - side) / 2 * _OVERSAMPLE, (canvas.height - side) / 2 * _OVERSAMPLE
    box = (left, top, left + side * _OVERSAMPLE - 1, top + side * _OVERSAMPLE - 1)
    canvas.pen.arc(box, 0, 360, rgba(_text(args, 1, "#d3e3fd")), width)
    canvas.pen.arc(box, -90, -90 + 360 * min(1.0, max(0.0, _number(args, 0, 0.0))), rgba(color), width)


def _clock_hand(canvas: _Canvas, args: Args, color: str) -> None:
    side = min(canvas.width, canvas.height) * _OVERSAMPLE
    turn, length = _number(args, 0, 0.0) * math.tau, _number(args, 1, 0.4) * side
    width = max(1, round(_number(args, 2, 0.02) * side))
    x, y = canvas.width * _OVERSAMPLE / 2, canvas.height * _OVERSAMPLE / 2
    end = (x + math.sin(turn) * length, y - math.cos(turn) * length)
    canvas.pen.line((x, y, *end), rgba(color), width)
    for cx, cy in ((x, y), end):
        canvas.pen.ellipse((cx - width / 2, cy - width / 2, cx + width / 2, cy + width / 2), fill=rgba(color))


def _divider(canvas: _Canvas, _args: Args, color: str) -> None:
    canvas.pen.rectangle((0, 0, *canvas.image.size), fill=rgba(color))


def _cursor(canvas: _Canvas, _args: Args, color: str) -> None:
    canvas.bar(0, 0, canvas.width, canvas.height, color)


_SHAPES: Final[dict[str, Callable[[_Canvas, Args, str], None]]] = {
    "switch_on": _switch_on,
    "switch_off": _switch_off,
    "slider": _slider,
    "progress": _progress,
    "ring": _ring,
    "clock_hand": _clock_hand,
    "divider": _divider,
    "cursor": _cursor,
}


def draw(name: str, args: Args, color: str, width: int, height: int) -> Image.Image:
    """A shape as RGBA, width x height px. Raises UnknownShapeError."""
    if name == "path":
        mask = mask_of([arg for arg in args if isinstance(arg, str)], 1.0, width, height)
        rgb, alpha = colors.parse(color)
        image = Image.new("RGBA", (width, height), rgb)
        image.putalpha(mask if alpha == 255 else mask.point([value * alpha // 255 for value in range(256)]))
        return image
    shape = _SHAPES.get(name)
    if shape is None:
        raise UnknownShapeError(f"shape {name!r}: known are {', '.join(sorted(_SHAPES))} and path")
    canvas = _Canvas(width, height)
    shape(canvas, args, color)
    return _premultiplied_reduce(canvas.image)


def _premultiplied_reduce(image: Image.Image) -> Image.Image:
    """Shrink without a dark rim: colours are weighted by their alpha."""
    return image.convert("RGBa").reduce(_OVERSAMPLE).convert("RGBA")
