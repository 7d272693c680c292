"""Outlines as text -> antialiased masks.

An element is a pen and a path: `f` fills (even-odd), `s2` strokes 2 units wide, joins and caps round, `-f` and `-s2`
erase. Paths are SVG path data (W3C SVG 2, chapter 9: M L H V C Q A Z, lower case relative) with two additions:
`O cx cy r` is a circle, `R x y width height radius` a rounded rectangle.

    "f M4 11h16v2H4z"      "s2 O 12 12 9"
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from PIL import Image, ImageChops, ImageDraw

Point = tuple[float, float]
_TOKEN: Final = re.compile(r"[MLHVCQAZORmlhvcqaz]|-?(?:\d+\.?\d*|\.\d+)")
_ELEMENT: Final = re.compile(r"(-?)(?:f|s(\d+\.?\d*|\.\d+))\s+(.+)", re.DOTALL)
_OVERSAMPLE: Final = 4
_CURVE_STEPS: Final = 12
_TAKES: Final = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "Q": 4, "A": 7, "Z": 0, "O": 3, "R": 5}


class PathError(ValueError):
    """An outline cannot be read."""


class _Pen:
    """Follows path commands and leaves polylines behind. `closed` tells which of them return to their start."""

    def __init__(self) -> None:
        self.lines: list[list[Point]] = []
        self.closed: list[bool] = []
        self.x = self.y = 0.0

    def move(self, x: float, y: float) -> None:
        self.lines.append([(x, y)])
        self.closed.append(False)
        self.x, self.y = x, y

    def line(self, x: float, y: float) -> None:
        if not self.lines or self.closed[-1]:
            self.move(self.x, self.y)
        self.lines[-1].append((x, y))
        self.x, self.y = x, y

    def close(self) -> None:
        if self.lines:
            self.closed[-1] = True
            self.x, self.y = self.lines[-1][0]

    def _curve(self, at: Callable[[float], Point]) -> None:
        for step in range(1, _CURVE_STEPS + 1):
            self.line(*at(step / _CURVE_STEPS))

    def quadratic(self, x1: float, y1: float, x: float, y: float) -> None:
        x0, y0 = self.x, self.y
        self._curve(
            lambda t: (
                (1 - t) ** 2 * x0 + 2 * t * (1 - t) * x1 + t * t * x,
                (1 - t) ** 2 * y0 + 2 * t * (1 - t) * y1 + t * t * y,
            )
        )

    def cubic(self, x1: float, y1: float, x2: float, y2: float, x: float, y: float) -> None:
        x0, y0 = self.x, self.y
        self._curve(
            lambda t: (
                (1 - t) ** 3 * x0 + 3 * t * (1 - t) ** 2 * x1 + 3 * t * t * (1 - t) * x2 + t**3 * x,
                (1 - t) ** 3 * y0 + 3 * t * (1 - t) ** 2 * y1 + 3 * t * t * (1 - t) * y2 + t**3 * y,
            )
        )

    def arc(self, rx: float, ry: float, turn: float, large: float, sweep: float, x: float, y: float) -> None:
        """An elliptical arc by its end point (SVG 2, appendix B.2.4: conversion to centre form)."""
        x0, y0 = self.x, self.y
        rx, ry = abs(rx), abs(ry)
        if not rx or not ry or (x0, y0) == (x, y):
            self.line(x, y)
            return
        cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
        half_x, half_y = (x0 - x) / 2, (y0 - y) / 2
        u, v = cos * half_x + sin * half_y, cos * half_y - sin * half_x
        grow = math.sqrt(max(1.0, (u / rx) ** 2 + (v / ry) ** 2))
        rx, ry = rx * grow, ry * grow
        rest = (rx * ry) ** 2 / ((rx * v) ** 2 + (ry * u) ** 2) - 1
        factor = math.sqrt(max(0.0, rest)) * (-1 if bool(large) == bool(sweep) else 1)
        cu, cv = factor * rx * v / ry, -factor * ry * u / rx
        cx, cy = cos * cu - sin * cv + (x0 + x) / 2, sin * cu + cos * cv + (y0 + y) / 2
        start = math.atan2((v - cv) / ry, (u - cu) / rx)
        sweep_by = (math.atan2((-v - cv) / ry, (-u - cu) / rx) - start) % math.tau
        if not sweep:
            sweep_by -= math.tau

        def at(t: float) -> Point:
            angle = start + sweep_by * t
            along, across = rx * math.cos(angle), ry * math.sin(angle)
            return cx + cos * along - sin * across, cy + sin * along + cos * across

        steps = max(4, int(abs(sweep_by) / math.tau * 48))
        for step in range(1, steps + 1):
            self.line(*(at(step / steps) if step < steps else (x, y)))

    def circle(self, cx: float, cy: float, r: float) -> None:
        self.move(cx + r, cy)
        self.arc(r, r, 0, 0, 1, cx - r, cy)
        self.arc(r, r, 0, 0, 1, cx + r, cy)
        self.close()

    def rectangle(self, x: float, y: float, width: float, height: float, r: float) -> None:
        r = min(r, width / 2, height / 2)
        self.move(x + r, y)
        for end_x, end_y, to_x, to_y in (
            (x + width - r, y, x + width, y + r),
            (x + width, y + height - r, x + width - r, y + height),
            (x + r, y + height, x, y + height - r),
            (x, y + r, x + r, y),
        ):
            self.line(end_x, end_y)
            if r:
                self.arc(r, r, 0, 0, 1, to_x, to_y)
        self.close()


def _commands(path: str) -> Iterator[tuple[str, list[float]]]:
    """Commands with their numbers; a command whose numbers repeat is repeated (further pairs of M are lines)."""
    rest = _TOKEN.sub("", path).strip(" ,\n")
    if rest:
        raise PathError(f"cannot read {rest!r} in the path {path!r}")
    tokens = _TOKEN.findall(path)
    at = 0
    while at < len(tokens):
        command = tokens[at]
        takes = _TAKES.get(command.upper())
        if takes is None:
            raise PathError(f"expected a command instead of {command} in the path {path!r}")
        at += 1
        first = True
        while first or (takes and at < len(tokens) and tokens[at].upper() not in _TAKES):
            numbers = tokens[at : at + takes]
            if len(numbers) < takes or any(token.upper() in _TAKES for token in numbers):
                raise PathError(f"{command} takes {takes} numbers in the path {path!r}")
            yield command, [float(token) for token in numbers]
            at += takes
            command = {"M": "L", "m": "l"}.get(command, command)
            first = False


def _absolute(command: str, numbers: list[float], x: float, y: float) -> list[float]:
    """Numbers of a relative command, made absolute."""
    if command == "h":
        return [numbers[0] + x]
    if command == "v":
        return [numbers[0] + y]
    if command == "a":
        return [*numbers[:5], numbers[5] + x, numbers[6] + y]
    return [number + (y if index % 2 else x) for index, number in enumerate(numbers)]


def _trace(path: str) -> _Pen:
    pen = _Pen()
    for command, numbers in _commands(path):
        if command.islower():
            numbers = _absolute(command, numbers, pen.x, pen.y)
        match command.upper():
            case "M":
                pen.move(*numbers)
            case "L":
                pen.line(*numbers)
            case "H":
                pen.line(numbers[0], pen.y)
            case "V":
                pen.line(pen.x, numbers[0])
            case "C":
                pen.cubic(*numbers)
            case "Q":
                pen.quadratic(*numbers)
            case "A":
                pen.arc(*numbers)
            case "O":
                pen.circle(*numbers)
            case "R":
                pen.rectangle(*numbers)
            case _:
                pen.close()
    return pen


def _fill(pen: _Pen, size: tuple[int, int], scale: Point) -> Image.Image:
    whole = Image.new("L", size)
    for line in pen.lines:
        if len(line) < 3:
            continue
        part = Image.new("L", size) if len(pen.lines) > 1 else whole
        ImageDraw.Draw(part).polygon([(x * scale[0] - 0.5, y * scale[1] - 0.5) for x, y in line], fill=255)
        if part is not whole:
            whole = ImageChops.difference(whole, part)
    return whole


def _stroke(pen: _Pen, size: tuple[int, int], scale: Point, width: float) -> Image.Image:
    image = Image.new("L", size)
    draw = ImageDraw.Draw(image)
    r = width * min(scale) / 2
    for line, closed in zip(pen.lines, pen.closed, strict=True):
        points = [(x * scale[0] - 0.5, y * scale[1] - 0.5) for x, y in line]
        for x, y in points:
            draw.ellipse((x - r, y - r, x + r, y + r), fill=255)
        for (x0, y0), (x1, y1) in zip(points, points[1:] + points[: 1 if closed else 0], strict=False):
            length = math.hypot(x1 - x0, y1 - y0)
            if length:
                nx, ny = (y0 - y1) / length * r, (x1 - x0) / length * r
                draw.polygon(((x0 + nx, y0 + ny), (x1 + nx, y1 + ny), (x1 - nx, y1 - ny), (x0 - nx, y0 - ny)), fill=255)
    return image


def mask_of(elements: Sequence[str], unit: float, width: int, height: int, rotate: float = 0.0) -> Image.Image:
    """Draw elements given in a square of `unit` units into a mask (mode L) of width x height px.

    `rotate` turns the drawing clockwise by degrees about its centre. Raises PathError.
    """
    size = (width * _OVERSAMPLE, height * _OVERSAMPLE)
    scale = (size[0] / unit, size[1] / unit)
    mask = Image.new("L", size)
    for element in elements:
        match = _ELEMENT.fullmatch(element.strip())
        if match is None:
            raise PathError(f"an element is a pen (f, s2, -f, -s2) and a path, not {element!r}")
        erase, stroke, path = match.groups()
        pen = _trace(path)
        drawn = _stroke(pen, size, scale, float(stroke)) if stroke else _fill(pen, size, scale)
        mask = ImageChops.subtract(mask, drawn) if erase else ImageChops.lighter(mask, drawn)
    if rotate:
        mask = mask.rotate(-rotate, Image.Resampling.BILINEAR)
    return mask.reduce(_OVERSAMPLE)
