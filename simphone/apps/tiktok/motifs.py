"""The scenes of videos, by name. `tint` chooses colours and details."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

from simphone.apps.tiktok.scenes import Brush, ball, crowd, noise, person, pitch

_TEAMS: Final = (
    ("#f4f4f6", "#a3123f"),
    ("#c8102e", "#f4f4f6"),
    ("#f4f4f6", "#f28c28"),
    ("#7ec8f2", "#f4f4f6"),
)
"""Shirts of home and guests."""
_BLUE_SKY: Final = ("#3f8fd8", "#cfe8fa")


def sky(brush: Brush, tint: int) -> None:
    """A sunset over the sea."""
    top, low = (("#2a2a72", "#ff8c61"), ("#0f4c81", "#ffd29d"), ("#5b2a86", "#ff5e78"))[tint % 3]
    brush.fade(0, 1.2, top, low)
    brush.disc(0.5, 1.02, 0.17, "#fff1c9")
    for index in range(5):
        y = 0.45 + index * 0.12
        brush.disc(0.2 + noise(index, tint) * 0.7, y, 0.16, low, 0.12)
    brush.fade(1.12, 2, "#c8665a", "#152238")
    for index in range(12):
        half = 0.16 - index * 0.008
        y = 1.15 + index * 0.055
        brush.box(0.5 - half * noise(index, 2), y, half * 1.4, 0.012, "#ffd9a8", 0.006)


def street(brush: Brush, tint: int) -> None:
    """A race down a street."""
    brush.fade(0, 0.95, *_BLUE_SKY)
    for index in range(7):
        high = 0.35 + noise(index, tint) * 0.4
        brush.box(index * 0.15, 0.98 - high, 0.145, high, ("#8b6f5c", "#b8977a", "#6c7a89", "#a55f4a")[index % 4])
        for window in range(int(high / 0.09)):
            for side in (0.025, 0.085):
                brush.box(index * 0.15 + side, 1.0 - high + window * 0.09, 0.032, 0.045, "#dcebf5")
    brush.box(0, 0.96, 1, 1.1, "#9a9a98")
    brush.shape([(0.36, 0.96), (0.64, 0.96), (1.25, 2), (-0.25, 2)], "#4a4c52")
    for index in range(6):
        y = 1.0 + (index / 6) ** 1.6
        brush.box(0.492 - index * 0.004, y, 0.016 + index * 0.008, 0.05 + index * 0.02, "#f3f1e4")
    person(brush, 0.3, 1.42, 0.5, tint=0, arms="run", legs="run")
    person(brush, 0.69, 1.4, 0.5, tint=3, arms="run", legs="run", shorts="#1d6fd1")


def juggle(brush: Brush, tint: int) -> None:
    """A ball in the air, in a park."""
    brush.fade(0, 1.1, *_BLUE_SKY)
    for index in range(6):
        brush.disc(index * 0.2 + noise(index, 3) * 0.05, 0.98, 0.16, ("#2e7d4f", "#3a9160")[index % 2])
    brush.fade(1.05, 2, "#6cb85c", "#3b7d37")
    person(brush, 0.47, 1.45, 0.72, tint=tint, arms="wide", legs="kick")
    ball(brush, 0.72, 1.12, 0.055)


def train(brush: Brush, _tint: int) -> None:
    """A seat at the window of a train."""
    brush.box(0, 0, 1, 2, "#d8d4cc")
    brush.box(0.1, 0.45, 0.8, 0.78, "#7d8790", 0.06)
    brush.box(0.13, 0.48, 0.74, 0.72, "#8fc3ea", 0.04)
    brush.shape(
        [(0.13, 0.98), (0.32, 0.72), (0.5, 0.93), (0.66, 0.7), (0.87, 0.96), (0.87, 1.05), (0.13, 1.05)], "#6a7f93"
    )
    brush.box(0.13, 1.0, 0.74, 0.2, "#6fa05a", 0.03)
    brush.box(0.13, 1.08, 0.74, 0.03, "#c9b48a")
    brush.box(0, 1.38, 1, 0.7, "#27406b")
    for x in (0.06, 0.54):
        brush.box(x, 1.3, 0.4, 0.6, "#31518a", 0.05)
        brush.box(x + 0.04, 1.26, 0.32, 0.14, "#f0efe9", 0.04)
    person(brush, 0.52, 1.72, 0.85, tint=6)


def backflip(brush: Brush, _tint: int) -> None:
    """Someone upside down over a mat."""
    brush.fade(0, 1.35, "#49505e", "#7b8596")
    for index in range(5):
        brush.box(0.08 + index * 0.18, 0.35, 0.13, 0.4, "#a9c4dd", 0.01)
    brush.box(0, 1.35, 1, 0.7, "#8a6d4f")
    brush.shape([(0.1, 1.42), (0.9, 1.42), (1.05, 1.72), (-0.05, 1.72)], "#1f62b3")
    x, y = 0.5, 0.78
    brush.line([(x, y + 0.12), (x - 0.13, y - 0.02), (x - 0.04, y - 0.16)], "#22242c", 0.075)
    brush.line([(x, y + 0.12), (x + 0.16, y), (x + 0.1, y - 0.15)], "#22242c", 0.075)
    brush.line([(x, y + 0.1), (x + 0.02, y + 0.38)], "#d62839", 0.15)
    brush.line([(x + 0.02, y + 0.38), (x - 0.16, y + 0.5)], "#8d5a3b", 0.05)
    brush.line([(x + 0.02, y + 0.38), (x + 0.2, y + 0.48)], "#8d5a3b", 0.05)
    brush.disc(x + 0.02, y + 0.53, 0.07, "#8d5a3b")
    brush.disc(x + 0.02, y + 0.57, 0.066, "#1d1512", 0.7)
    brush.disc(0.5, 1.56, 0.2, "#174b89", 0.2)


def match(brush: Brush, tint: int) -> None:
    """A full stadium and a duel on the pitch."""
    home, guest = _TEAMS[tint % len(_TEAMS)]
    brush.fade(0, 0.5, "#0c1a33", "#27406b")
    for x in (0.1, 0.66):
        brush.box(x + 0.11, 0.3, 0.018, 0.2, "#3b4a66")
        for lamp in range(8):
            brush.disc(x + 0.03 + lamp % 4 * 0.06, 0.27 + lamp // 4 * 0.05, 0.021, "#fdfbe8")
    crowd(brush, 0.46, 0.86, (home, guest, home, guest, "#33363f"))
    brush.box(0, 0.88, 1, 0.06, "#e11d48")
    pitch(brush, 0.94)
    brush.box(0, 1.06, 1, 0.008, "#e9f5e6")
    for index, (x, y, size) in enumerate(((0.12, 1.12, 0.2), (0.88, 1.15, 0.22), (0.62, 1.1, 0.19))):
        _player(brush, x, y, size, (home, guest)[index % 2], arms="down", legs="stand")
    _player(brush, 0.36, 1.5, 0.52, home, arms="run", legs="run")
    _player(brush, 0.72, 1.48, 0.5, guest, arms="run", legs="kick")
    ball(brush, 0.54, 1.47, 0.04)


def _player(brush: Brush, x: float, y: float, size: float, shirt: str, *, arms: str, legs: str) -> None:
    """A figure in a shirt of its own colour."""
    person(brush, x, y, size, tint=7, arms=arms, legs=legs, shorts=shirt if shirt == "#f4f4f6" else "#1c2a55")
    neck, hip = y - size * 0.8, y - size * 0.45
    points = [(x - size * 0.12, neck), (x + size * 0.12, neck), (x + size * 0.1, hip + size * 0.03)]
    brush.shape([*points, (x - size * 0.1, hip + size * 0.03)], shirt)
    if shirt == "#a3123f":
        for side in (-0.06, 0.045):
            brush.box(x + side * size, neck, size * 0.035, size * 0.37, "#1c2f8f")


def save(brush: Brush, _tint: int) -> None:
    """A keeper in the air before the goal."""
    brush.fade(0, 0.6, "#14213d", "#2c4a7c")
    crowd(brush, 0.42, 0.72, ("#f2b705", "#1d6fd1", "#d62839", "#e8e8ee"))
    pitch(brush, 1.3)
    brush.box(0.06, 0.74, 0.88, 0.58, "#3d4f63")
    for index in range(14):
        brush.box(0.06 + index * 0.066, 0.74, 0.004, 0.58, "#dfe6ee")
        brush.box(0.06, 0.74 + index * 0.043, 0.88, 0.003, "#dfe6ee")
    for x in (0.05, 0.93):
        brush.box(x, 0.72, 0.02, 0.62, "#ffffff")
    brush.box(0.05, 0.72, 0.9, 0.02, "#ffffff")
    brush.line([(0.28, 1.16), (0.46, 1.05), (0.62, 0.98)], "#f2b705", 0.11)
    brush.line([(0.28, 1.16), (0.13, 1.2)], "#22242c", 0.07)
    brush.line([(0.28, 1.16), (0.16, 1.1)], "#22242c", 0.07)
    brush.line([(0.62, 0.97), (0.78, 0.87)], "#f2b705", 0.05)
    brush.disc(0.8, 0.86, 0.04, "#e8f24a")
    brush.disc(0.66, 0.93, 0.055, "#e0ac83")
    ball(brush, 0.86, 0.82, 0.038)


def training(brush: Brush, tint: int) -> None:
    """Cones and players in the morning."""
    brush.fade(0, 0.85, *_BLUE_SKY)
    brush.box(0, 0.7, 1, 0.18, "#9aa6b2")
    pitch(brush, 0.86)
    for index in range(5):
        x, y = 0.12 + index * 0.19, 1.2 + (index % 2) * 0.1
        brush.shape([(x - 0.03, y), (x + 0.03, y), (x, y - 0.08)], "#ff7f2a")
    for index, x in enumerate((0.2, 0.5, 0.8)):
        shirt = ("#c9f24a", "#7ec8f2", "#f4a6c0")[tint % 3]
        _player(brush, x, 1.14 + 0.06 * (index % 2), 0.36, shirt, arms="run", legs="run")
    _player(brush, 0.42, 1.62, 0.55, ("#c9f24a", "#7ec8f2", "#f4a6c0")[tint % 3], arms="wide", legs="kick")
    ball(brush, 0.68, 1.55, 0.045)


def fans(brush: Brush, tint: int) -> None:
    """Scarves and flags in front of a stadium."""
    one, two = (("#a3123f", "#1c2f8f"), ("#1c3f94", "#d62839"))[tint % 2]
    brush.fade(0, 0.9, "#f4b06a", "#fbe3c0")
    brush.disc(0.5, 0.95, 0.62, "#8d97a5", 0.4)
    brush.box(0, 0.9, 1, 0.2, "#78828f")
    for index in range(4):
        x = 0.1 + index * 0.24
        brush.line([(x, 1.15), (x, 0.55)], "#e9e9e9", 0.012)
        brush.shape([(x, 0.55), (x + 0.2, 0.6), (x, 0.74)], (one, two)[index % 2])
    crowd(brush, 1.02, 2.05, (one, two, one, two, "#f2b705"), size=0.06)


def trophy(brush: Brush, tint: int) -> None:
    """A golden cup held high, confetti, the crowd."""
    brush.fade(0, 2, "#101a3c", "#33245a")
    crowd(brush, 0.5, 0.95, ("#7ec8f2", "#f4f4f6", "#7ec8f2", "#2b3a67"))
    brush.fade(0.95, 2, "#1f2c57", "#0d1230")
    for index, x in enumerate((0.14, 0.86, 0.3, 0.7)):
        _player(brush, x, 1.52 + 0.03 * (index // 2), 0.5, _cup_shirt(tint), arms="up", legs="stand")
    _player(brush, 0.5, 1.62, 0.68, _cup_shirt(tint), arms="hold", legs="stand")
    gold = "#f5c542"
    brush.shape([(0.45, 0.86), (0.55, 0.86), (0.535, 0.7), (0.465, 0.7)], gold)
    brush.disc(0.5, 0.66, 0.062, gold)
    brush.disc(0.48, 0.64, 0.02, "#fff3c4")
    brush.box(0.44, 0.85, 0.12, 0.03, "#b98a1e")
    for index in range(150):
        x, y = noise(index, 1, tint), noise(index, 2, tint) * 1.7
        brush.box(x, y, 0.012, 0.018, ("#f5c542", "#ffffff", "#7ec8f2", "#ff5e78")[index % 4])


def _cup_shirt(tint: int) -> str:
    return ("#7ec8f2", "#1c3f94")[tint % 2]


def phone(brush: Brush, tint: int) -> None:
    """A new telephone, or several in their colours."""
    brush.fade(0, 2, *(("#f3e9dc", "#cdb79c"), ("#dfe7f2", "#8fa6c8"), ("#2b2d42", "#0f1020"))[tint % 3])
    shades = ("#e88a4a", "#b8c9e0", "#46505e", "#d7e3cf")
    places = ((0.08, 0.86), (0.36, 0.72), (0.64, 0.86)) if tint % 3 == 0 else ((0.3, 0.62),)
    for index, (x, y) in enumerate(places):
        size = 0.28 if len(places) > 1 else 0.4
        color = shades[(index + tint) % len(shades)]
        brush.box(x, y, size, size * 2.05, "#1c1d22", size * 0.17)
        brush.box(x + size * 0.025, y + size * 0.025, size * 0.95, size * 2, color, size * 0.15)
        brush.box(x + size * 0.08, y + size * 0.08, size * 0.84, size * 0.4, "#00000000"[:7], size * 0.14)
        for lens in range(3):
            brush.disc(x + size * (0.24 + lens * 0.26), y + size * 0.28, size * 0.1, "#3a3d46")
            brush.disc(x + size * (0.24 + lens * 0.26), y + size * 0.28, size * 0.055, "#0b1a38")
    brush.box(0, 1.62, 1, 0.4, ("#a98f70", "#5f779c", "#17182a")[tint % 3])


def noodles(brush: Brush, tint: int) -> None:
    """A bowl from the side, steam above it."""
    brush.fade(0, 2, "#3c2a21", "#6d4c3d")
    brush.box(0, 1.32, 1, 0.7, "#a9744f")
    for index in range(3):
        x = 0.34 + index * 0.16
        points = [(x + 0.03 * math.sin(step), 0.86 - step * 0.06) for step in range(6)]
        brush.line(points, "#8d7468", 0.02)
    brush.disc(0.5, 1.02, 0.36, "#f6eee2", 0.28)
    brush.disc(0.5, 1.02, 0.33, ("#c9682b", "#8f3b22")[tint % 2], 0.26)
    for index in range(16):
        x = 0.24 + index * 0.033
        brush.line([(x, 1.0 + 0.03 * math.sin(index)), (x + 0.09, 1.05)], "#f7dc8c", 0.014)
    brush.disc(0.62, 0.99, 0.075, "#fff7ea", 0.7)
    brush.disc(0.62, 0.99, 0.036, "#f6a821", 0.7)
    brush.shape([(0.14, 1.03), (0.86, 1.03), (0.68, 1.4), (0.32, 1.4)], "#f6eee2")
    brush.box(0.2, 1.14, 0.6, 0.03, "#c0392b")
    brush.line([(0.55, 1.02), (0.98, 0.62)], "#d9b382", 0.014)
    brush.line([(0.6, 1.04), (1.02, 0.68)], "#d9b382", 0.014)


def dog(brush: Brush, _tint: int) -> None:
    """A dog on a skateboard."""
    brush.fade(0, 1.2, "#78c6f0", "#e9f6fc")
    brush.disc(0.8, 0.4, 0.12, "#fff1a8")
    for index in range(4):
        brush.disc(0.1 + index * 0.28, 1.18, 0.2, "#5fa85b")
    brush.box(0, 1.2, 1, 0.85, "#b9bcc2")
    fur, dark = "#c58b4e", "#8a5a2c"
    for x in (0.32, 0.4, 0.58, 0.66):
        brush.line([(x, 1.15), (x, 1.34)], fur, 0.055)
    brush.line([(0.3, 1.1), (0.66, 1.08)], fur, 0.2)
    brush.line([(0.26, 1.06), (0.16, 0.92)], fur, 0.04)
    brush.disc(0.74, 0.92, 0.12, fur)
    brush.disc(0.83, 0.96, 0.07, "#e6c79a", 0.75)
    brush.disc(0.885, 0.935, 0.022, "#20160e")
    brush.disc(0.76, 0.89, 0.016, "#20160e")
    brush.line([(0.67, 0.86), (0.64, 1.0)], dark, 0.065)
    brush.line([(0.86, 1.01), (0.87, 1.07)], "#f0697f", 0.03)
    brush.line([(0.18, 1.36), (0.24, 1.39), (0.76, 1.39), (0.83, 1.36)], "#e0354b", 0.03)
    for x in (0.32, 0.68):
        brush.disc(x, 1.44, 0.035, "#f2f2f2")
        brush.disc(x, 1.44, 0.014, "#55585f")


def city(brush: Brush, tint: int) -> None:
    """Windows at night, and the lights of cars."""
    brush.fade(0, 1.3, "#0a1030", "#4b2a6b")
    brush.disc(0.74, 0.4, 0.07, "#f6f0d6")
    for index in range(8):
        high = 0.4 + noise(index, tint, 9) * 0.55
        x = index * 0.13 - 0.02
        brush.box(x, 1.35 - high, 0.12, high, ("#1a2148", "#232a58", "#141a3a")[index % 3])
        for floor in range(int(high / 0.06)):
            for place in range(3):
                if noise(index, floor, place) > 0.45:
                    brush.box(x + 0.018 + place * 0.033, 1.37 - high + floor * 0.06, 0.018, 0.026, "#ffd978")
    brush.box(0, 1.35, 1, 0.7, "#14161f")
    for index in range(9):
        y = 1.45 + index * 0.05
        brush.line([(0.0, y), (1.0, y + 0.02)], ("#ff4d4d", "#ffe9b0")[index % 2], 0.006)


def portrait(brush: Brush, tint: int) -> None:
    """A person in front of a plain wall."""
    walls = ("#7fb7be", "#f2c078", "#b8a1d9", "#e07a5f", "#81b29a", "#d9dde3")
    brush.box(0, 0, 1, 2, walls[tint % len(walls)])
    brush.disc(0.5, 1.0, 0.5, "#ffffff", 1.0) if tint % 2 else None
    person(brush, 0.5, 2.75, 2.1, tint=tint + 1)


MOTIFS: Final[dict[str, Callable[[Brush, int], None]]] = {
    "sky": sky, "street": street, "juggle": juggle, "train": train, "backflip": backflip, "match": match, "save": save,
    "training": training, "fans": fans, "trophy": trophy, "phone": phone, "noodles": noodles, "dog": dog, "city": city,
    "portrait": portrait,
}  # fmt: skip
