"""What the app keeps, and how it is read."""

from __future__ import annotations

from typing import Final, Literal, TypedDict, cast

from simphone.apps.map import atlas, routing
from simphone.apps.map.atlas import Place
from simphone.apps.map.camera import Camera, Sight, looking_at
from simphone.apps.map.geo import Point, distance_text
from simphone.apps.map.routing import End, Mode, Trip
from simphone.core.app import Ctx

Label = Literal["home", "work"]
LABELS: Final[dict[Label, str]] = {"home": "Home", "work": "Work"}
HISTORY_MOST: Final = 10
START_ZOOM: Final = 16
_WHOLE_KM: Final = 10.0


class Saved(TypedDict):
    """A place as it is kept; `id` is that of the atlas."""

    id: str
    name: str
    type: str
    address: str


class Settings(TypedDict):
    """apps.map.settings."""

    units: Literal["metric", "imperial"]
    night: Literal["auto", "off", "on"]
    zoom_buttons: bool
    keep_history: bool


class Data(TypedDict):
    """apps.map: Home and Work as far as they are set, bookmarks in their order, places lately picked in searches (the
    latest first)."""

    labels: dict[Label, Saved]
    bookmarks: list[Saved]
    history: list[Saved]
    settings: Settings


class Route(TypedDict):
    """ui.map.route: what is being planned or followed. `built` says whether there is a route between the two ends."""

    start: End | None
    to: End | None
    mode: Mode
    built: bool
    navigating: bool


def fresh() -> Data:
    """After installation."""
    return {
        "labels": {},
        "bookmarks": [],
        "history": [],
        "settings": {"units": "metric", "night": "auto", "zoom_buttons": True, "keep_history": True},
    }


def saved(ctx: Ctx) -> Data:
    """The saved data, typed."""
    return cast("Data", ctx.data)


def keepsake(found: Place) -> Saved:
    """A place as it is kept."""
    return {"id": found.id, "name": found.name, "type": found.type, "address": found.address}


def here(ctx: Ctx) -> Point:
    """Where the phone is."""
    at = ctx.system.state["location"]
    return Point(float(at["lat"]), float(at["lon"]))


def camera(ctx: Ctx) -> Camera:
    """What is looked at."""
    return cast("Camera", ctx.ui["camera"])


def sight(ctx: Ctx) -> Sight:
    """The camera, with the size of the page in dp."""
    metrics = ctx.system.metrics
    high = metrics.height - metrics.status_bar - metrics.nav_bar
    return Sight(camera(ctx), metrics.width / metrics.scale, high / metrics.scale)


def look_at(ctx: Ctx, point: Point, zoom: int, *, below: float = 0.0) -> None:
    """Turn the camera to a point, so that it stands `below` dp above the middle of the page."""
    ctx.ui["camera"] = looking_at(point, zoom)
    if below:
        seen = sight(ctx)
        ctx.ui["camera"] = looking_at(seen.ground(seen.width / 2, seen.height / 2 + below), zoom)


def route(ctx: Ctx) -> Route | None:
    """The route, while one is planned or followed."""
    return cast("Route | None", ctx.ui["route"])


def trip(ctx: Ctx, planned: Route, mode: Mode | None = None) -> Trip | None:
    """The way to travel between the ends of a route; None without both ends, or where there is no way."""
    if planned["start"] is None or planned["to"] is None:
        return None
    return routing.trip(planned["start"], planned["to"], mode or planned["mode"], here(ctx))


# --- words ----------------------------------------------------------------------------------------------------------
def imperial(ctx: Ctx) -> bool:
    """Whether lengths are given in miles and feet."""
    return saved(ctx)["settings"]["units"] == "imperial"


def address_line(ctx: Ctx, found: Place) -> str:
    """`El Camino Real, 855 • 260 m`."""
    away = distance_text(atlas.away(found, here(ctx)), imperial=imperial(ctx))
    return f"{found.address} • {away}"


def length_text(ctx: Ctx, meters: float) -> str:
    """The length of a route: `260 m`, `7.0 km`, `73 km`."""
    return distance_text(meters, imperial=imperial(ctx), whole_from=_WHOLE_KM)
