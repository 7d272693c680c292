"""The picture of the map: ground, streets, the route. Lettering is added by simphone.apps.map.lettering.

Drawn in strips at twice the size and reduced, so that edges are smooth and little memory is needed at a time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from simphone.apps.map import grid, terrain
from simphone.apps.map.atlas import metric
from simphone.apps.map.geo import Point
from simphone.apps.map.lettering import Letters
from simphone.apps.map.plan import Plan, width_of
from simphone.apps.map.routing import line

if TYPE_CHECKING:
    from PIL.Image import Image

    from simphone.ui.view import Scalar

NAME: Final = "map.ground"
_FINE: Final = 2
"""How much larger a strip is drawn."""
_STRIP: Final = 512


class Palette(NamedTuple):
    """Colours of the ground."""

    land: str
    park: str
    campus: str
    water: str
    house: str
    street: str
    street_edge: str
    secondary: str
    primary: str
    motorway: str
    road_edge: str
    rail: str


DAY: Final = Palette(
    "#f1efe6",
    "#c9e3ac",
    "#ece4d3",
    "#a3cdea",
    "#e0dacb",
    "#ffffff",
    "#dcd6c8",
    "#fff3c0",
    "#fbd978",
    "#f7b45f",
    "#d9a95a",
    "#b3aca0",
)
NIGHT: Final = Palette(
    "#25292e",
    "#2b3d2e",
    "#302f2e",
    "#1b3247",
    "#2f343a",
    "#414850",
    "#2a2e34",
    "#565d66",
    "#7a6f47",
    "#9a7a42",
    "#1e2125",
    "#6a6f76",
)
ROUTE: Final = {False: ("#1e96f0", "#0d66ad"), True: ("#45a8f5", "#123f66")}


def draw(args: tuple[Scalar, ...], width: int, height: int) -> Image:
    """The picture in px. `args`: lat, lon, zoom, dark, density in dpi, and the route: "" or "lat,lon,lat,lon"."""
    lat, lon, zoom, dark, density, route = args
    center = metric().flat(Point(float(lat or 0), float(lon or 0)))
    plan = Plan(center, int(zoom or 0), float(density or 160) / 160, (width, height))
    colors = NIGHT if dark else DAY
    free = grid.crossings(plan) if plan.zoom >= grid.FROM_ZOOM else frozenset()
    _areas(plan, colors)
    _streets(plan, colors, free)
    _roads(plan, colors)
    if route:
        _route(plan, str(route), dark=bool(dark))
    image = _painted(plan, colors.land)
    Letters(image, plan, free, dark=bool(dark)).write()
    return image


def _areas(plan: Plan, colors: Palette) -> None:
    bounds = plan.bounds()
    layers = (("campus", colors.campus), ("parks", colors.park), ("water", colors.water), ("islands", colors.land))
    for kind, color in layers:
        for area in terrain.areas(kind):
            if area.meets(bounds):
                plan.add(area.outline, color)


def _roads(plan: Plan, colors: Palette) -> None:
    ink = {"secondary": colors.secondary, "primary": colors.primary, "motorway": colors.motorway, "rail": colors.rail}
    for kind in ("rail", "secondary", "primary", "motorway"):
        broad = width_of(kind, plan.zoom)
        lines = [road.line for road in terrain.roads() if road.kind == kind and broad]
        if kind != "rail" and plan.zoom >= 12:
            for points in lines:
                plan.trace(points, colors.road_edge if kind != "secondary" else colors.street_edge, broad + 1.4)
        for points in lines:
            plan.trace(points, ink[kind], broad)


def _route(plan: Plan, route: str, *, dark: bool) -> None:
    numbers = [float(part) for part in route.split(",")]
    course = line(Point(*numbers[:2]), Point(*numbers[2:]))
    fill, edge = ROUTE[dark]
    plan.trace(course, edge, 7.5)
    plan.trace(course, fill, 5.5)


def _streets(plan: Plan, colors: Palette, free: frozenset[tuple[int, int]]) -> None:
    if plan.zoom >= grid.HOUSES_FROM_ZOOM:
        for outline in grid.houses(plan, free):
            plan.add(outline, colors.house)
    broad = width_of("street", plan.zoom)
    lines = [street.ends() for street in grid.streets(free)]
    if plan.zoom > grid.FROM_ZOOM:
        for ends in lines:
            plan.trace(ends, colors.street_edge, broad + 1.2)
    for ends in lines:
        plan.trace(ends, colors.street, broad)


# --- painting -------------------------------------------------------------------------------------------------------
def _painted(plan: Plan, land: str) -> Image:
    """The shapes on land."""
    from PIL import Image as PilImage
    from PIL import ImageDraw

    width, height = plan.size
    whole = PilImage.new("RGB", plan.size)
    for top in range(0, height, _STRIP):
        high = min(_STRIP, height - top)
        strip = PilImage.new("RGB", (width * _FINE, high * _FINE), land)
        pen = ImageDraw.Draw(strip)
        for shape in plan.shapes:
            if shape.bottom < top or shape.top > top + high:
                continue
            points = [(x * _FINE, (y - top) * _FINE) for x, y in shape.points]
            if shape.width:
                joint = "curve" if len(points) > 2 else None
                pen.line(points, fill=shape.color, width=round(shape.width * _FINE), joint=joint)
            else:
                pen.polygon(points, fill=shape.color)
        whole.paste(strip.reduce(_FINE), (0, top))
    return whole
