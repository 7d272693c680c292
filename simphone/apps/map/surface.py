"""The map surface that lies under several pages, and what a finger does to it."""

from __future__ import annotations

from typing import Final

from simphone.apps.map import atlas, ground, look, routing, state
from simphone.apps.map.camera import looking_at, panned
from simphone.apps.map.geo import Point
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, Canvas, Color, Paint, Picture, View
from simphone.widgets.nav import Handler

PIN: Final = "#e8432e"
START: Final = "#1f9952"
_PIN_DP: Final = 40.0


def surface(ctx: Ctx, *marks: View, touchable: bool = True, drawn_route: str = "") -> View:
    """The map, filling the page. `touchable`: places open at a tap, a pin falls at a long press.

    `drawn_route` is what simphone.apps.map.ground takes as its route.
    """
    camera = state.camera(ctx)
    args = (camera["lat"], camera["lon"], camera["zoom"], look.night(ctx), ctx.system.metrics.density, drawn_route)
    canvas = Canvas(("map.tap",) if touchable else None, ("map.hold",) if touchable else None, ("map.pan",))
    return View(
        cls="android.view.View",
        id="map_surfaceview",
        desc="Map",
        width=MATCH,
        height=MATCH,
        clip=True,
        clickable=True,
        canvas=canvas,
        on_double_tap=("map.zoom", 1),
        picture=Picture("image", ground.NAME, size=0.0, args=args),
        children=[*_bookmarks(ctx), position(ctx), *marks],
    )


def _bookmarks(ctx: Ctx) -> list[View]:
    return [
        mark(ctx, atlas.place(kept["id"]).point, color="#e8a62e", size=28.0) for kept in state.saved(ctx)["bookmarks"]
    ]


def position(ctx: Ctx) -> View:
    """The blue dot where the phone is."""
    x, y = state.sight(ctx).at(state.here(ctx))
    dot = View(
        in_tree=False, width=18, height=18, paint=Paint(fill=look.BLUE, radius=9, border="#ffffff", border_width=3)
    )
    return View(
        in_tree=False,
        width=56,
        height=56,
        halign="center",
        valign="center",
        offset=(x - 28, y - 28),
        paint=Paint(fill=look.BLUE + "2e", radius=28),
        children=[dot],
    )


def mark(ctx: Ctx, point: Point, *, color: Color = PIN, size: float = _PIN_DP) -> View:
    """A pin whose tip is at a point."""
    x, y = state.sight(ctx).at(point)
    return View(
        in_tree=False,
        width=size,
        height=size,
        offset=(x - size / 2, y - size * 22 / 24),
        picture=Picture("icon", "map_pin", color, size),
    )


def route_marks(ctx: Ctx) -> list[View]:
    """Pins at the ends of the route that are not where the phone is."""
    planned = state.route(ctx)
    if planned is None:
        return []
    ends = ((planned["start"], START), (planned["to"], PIN))
    return [
        mark(ctx, atlas.place(end["id"]).point, color=color)
        for end, color in ends
        if end is not None and end["id"] != routing.MY_LOCATION
    ]


def course(ctx: Ctx) -> str:
    """The route as the picture takes it; empty when none is built."""
    planned = state.route(ctx)
    if planned is None or not planned["built"] or planned["start"] is None or planned["to"] is None:
        return ""
    a, b = (routing.point_of(end, state.here(ctx)) for end in (planned["start"], planned["to"]))
    return f"{a.lat:.6f},{a.lon:.6f},{b.lat:.6f},{b.lon:.6f}"


# --- messages -------------------------------------------------------------------------------------------------------
def zoom(ctx: Ctx, step: int) -> None:
    """Nearer or farther, about the middle."""
    camera = state.camera(ctx)
    ctx.ui["camera"] = looking_at(Point(camera["lat"], camera["lon"]), camera["zoom"] + step)


def pan(ctx: Ctx, dx: float, dy: float) -> None:
    """The ground follows the finger."""
    ctx.ui["camera"] = panned(state.sight(ctx), dx, dy)


def locate(ctx: Ctx) -> None:
    """To where the phone is."""
    state.look_at(ctx, state.here(ctx), max(state.camera(ctx)["zoom"], state.START_ZOOM))


HANDLERS: Final[dict[str, Handler]] = {"map.zoom": zoom, "map.pan": pan, "map.locate": locate}
