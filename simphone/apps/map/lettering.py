"""Names and signs on the map: places, towns, streets, road numbers. What finds no room is left out."""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from simphone.apps.map import grid, terrain
from simphone.apps.map.atlas import Place, metric
from simphone.apps.map.camera import shown
from simphone.apps.map.plan import Plan
from simphone.apps.map.terrain import XY
from simphone.ui.fonts import Font
from simphone.ui.icons import icon_mask
from simphone.ui.masks import rounded
from simphone.ui.text import line_mask

if TYPE_CHECKING:
    from PIL.Image import Image

_SIGN_DP: Final = 22.0
_GLYPH_DP: Final = 14.0
_LONGEST: Final = 26
"""Characters of a name on the map."""
_TOWN_SIZES: Final = {3: 17.0, 2: 14.0, 1: 12.0, 0: 13.0}
_TOWN_FROM: Final = {3: 0, 2: 9, 1: 11, 0: 0}
_TOWN_UNTIL: Final = {3: 13, 2: 14, 1: 15, 0: 12}
_INK: Final = {False: ("#3c4043", "#ffffff"), True: ("#dfe3e8", "#15181b")}
_STREET_INK: Final = {False: "#6d6a62", True: "#a4a9b0"}
_WATER_INK: Final = {False: "#3f78a8", True: "#6f9cc4"}
_HALO_DP: Final = 1.2

Rect = tuple[float, float, float, float]


@lru_cache(maxsize=512)
def _lettered(value: str, font: Font, halo: int, angle: float) -> tuple[Image, Image]:
    """Masks of a line and of its halo, turned clockwise by `angle` degrees; of the same size."""
    from PIL import Image as PilImage
    from PIL import ImageFilter

    drawn = line_mask(value, font).mask
    ink = PilImage.new("L", (drawn.width + 2 * halo, drawn.height + 2 * halo))
    ink.paste(drawn, (halo, halo))
    around = ink.filter(ImageFilter.MaxFilter(2 * halo + 1))
    if angle:
        ink = ink.rotate(-angle, PilImage.Resampling.BILINEAR, expand=True)
        around = around.rotate(-angle, PilImage.Resampling.BILINEAR, expand=True)
    return ink, around


class Letters:
    """Writes on a picture, in the order of importance; nothing is written over something earlier."""

    def __init__(self, image: Image, plan: Plan, free: frozenset[tuple[int, int]], *, dark: bool) -> None:
        self.image, self.plan, self.free, self.dark = image, plan, free, dark
        self.taken: list[Rect] = []

    def write(self) -> None:
        """Everything."""
        signed = [each for each in shown(self.plan.zoom) if self._sign(each)]
        for each in signed:
            self._called(each)
        for name in terrain.names():
            if _TOWN_FROM[name.size] <= self.plan.zoom <= _TOWN_UNTIL[name.size]:
                self._name(name.name, self.plan.at(name.at), _TOWN_SIZES[name.size], water=name.size == 0)
        self._numbers()
        self._roads()
        self._streets()

    # --- room ---------------------------------------------------------------------------------------------------
    def _claim(self, rect: Rect) -> bool:
        """Take a part of the picture; False when it is taken already or not wholly on the picture."""
        width, height = self.image.size
        if rect[0] < 0 or rect[1] < 0 or rect[2] > width or rect[3] > height:
            return False
        if any(rect[0] < b[2] and b[0] < rect[2] and rect[1] < b[3] and b[1] < rect[3] for b in self.taken):
            return False
        self.taken.append(rect)
        return True

    def _px(self, dp: float) -> int:
        return max(1, round(dp * self.plan.scale))

    def _write(self, value: str, at: XY, size: float, ink: str, *, angle: float = 0.0, bold: bool = False) -> bool:
        """A line centred at a point; False when there is no room."""
        font = Font(self._px(size), "medium" if bold else "regular")
        mask, halo = _lettered(value, font, self._px(_HALO_DP), angle)
        left, top = round(at[0] - mask.width / 2), round(at[1] - mask.height / 2)
        slack = font.size // 4  # Of the mask around the letters.
        if not self._claim((left + slack, top + slack, left + mask.width - slack, top + mask.height - slack)):
            return False
        self.image.paste(_INK[self.dark][1], (left, top), halo)
        self.image.paste(ink, (left, top), mask)
        return True

    # --- names --------------------------------------------------------------------------------------------------
    def _name(self, value: str, at: XY, size: float, *, water: bool = False) -> None:
        ink = _WATER_INK[self.dark] if water else _INK[self.dark][0]
        self._write(value, at, size, ink, bold=not water)

    def _sign(self, each: Place) -> bool:
        """The round sign of a place; False where it has no room. Neighbourhoods are names without one."""
        if each.type == "Neighborhood":
            return 14 <= self.plan.zoom <= 16
        x, y = self.plan.at(metric().flat(each.point))
        side, glyph, rim = self._px(_SIGN_DP), self._px(_GLYPH_DP), self._px(1.2)
        left, top = round(x - side / 2), round(y - side / 2)
        corner = side // 8  # Round signs may stand closer than their squares.
        if not self._claim((left + corner, top + corner, left + side - corner, top + side - corner)):
            return False
        outer = side + 2 * rim
        self.image.paste(_INK[self.dark][1], (left - rim, top - rim), rounded(outer, outer, (outer // 2,) * 4))
        self.image.paste(each.color, (left, top), rounded(side, side, (side // 2,) * 4))
        inset = (side - glyph) // 2
        self.image.paste("#ffffff", (left + inset, top + inset), icon_mask(each.icon, glyph))
        return True

    def _called(self, each: Place) -> None:
        """The name of a place, below its sign."""
        x, y = self.plan.at(metric().flat(each.point))
        if each.type == "Neighborhood":
            self._write(each.name, (x, y), 13, _INK[self.dark][0])
            return
        name = each.name if len(each.name) <= _LONGEST else each.name[: _LONGEST - 1].rstrip(" -") + "…"
        self._write(name, (x, y + self._px(_SIGN_DP / 2 + 9)), 11.5, _INK[self.dark][0], bold=True)

    def _numbers(self) -> None:
        """Road numbers on motorways."""
        if self.plan.zoom > 15:
            return
        for road in terrain.roads():
            if road.kind != "motorway":
                continue
            number = road.name.split()[-1].removeprefix("I-")
            for a, b in list(pairwise(road.line))[1::3]:
                x, y = self.plan.at(((a[0] + b[0]) / 2, (a[1] + b[1]) / 2))
                font = Font(self._px(10), "bold")
                mask = line_mask(number, font).mask
                wide, high = mask.width + self._px(2), self._px(15)
                left, top = round(x - wide / 2), round(y - high / 2)
                if self._claim((left - wide, top - high, left + 2 * wide, top + 2 * high)):
                    self.image.paste("#2f6fb3", (left, top), rounded(wide, high, (self._px(3.5),) * 4))
                    at = (left + (wide - mask.width) // 2, top + (high - mask.height) // 2)
                    self.image.paste("#ffffff", at, mask)

    def _roads(self) -> None:
        """Names of main roads, along them."""
        if self.plan.zoom < 14:
            return
        for road in terrain.roads():
            if road.kind in ("primary", "secondary"):
                for a, b in pairwise(road.line):
                    self._along(road.name, self.plan.at(a), self.plan.at(b), 12, every=420)

    def _streets(self) -> None:
        """Names of the streets of the grid."""
        if self.plan.zoom < 15:
            return
        names = terrain.street_names()
        for street in grid.streets(self.free):
            name = names[0 if street.along else 1].get(street.number)
            if name is not None:
                first, last = street.ends()
                self._along(name, self.plan.at(first), self.plan.at(last), 11, every=340)

    def _along(self, name: str, a: XY, b: XY, size: float, *, every: float) -> None:
        """A name at each `every` dp of a straight line, readable from below."""
        length = math.dist(a, b)
        angle = math.degrees(math.atan2(b[1] - a[1], b[0] - a[0]))
        angle -= 180 * round(angle / 180)
        needed = len(name) * size * 0.62 * self.plan.scale
        pieces = max(1, int(length // (every * self.plan.scale)))
        if length / pieces < needed:
            return
        for at in range(pieces):
            share = (at + 0.5) / pieces
            spot = (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)
            if -needed < spot[0] < self.image.width + needed and -needed < spot[1] < self.image.height + needed:
                self._write(name, spot, size, _STREET_INK[self.dark], angle=round(angle, 1))
