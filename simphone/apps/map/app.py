"""MAPS.ME: its screens, messages and saved data."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import ClassVar, Final
from urllib.parse import parse_qs

from simphone.apps.map import (
    atlas,
    bookmarks,
    databases,
    ground,
    look,
    place_page,
    route_page,
    search_page,
    settings_page,
    state,
    surface,
)
from simphone.apps.map.camera import looking_at
from simphone.apps.map.geo import Point
from simphone.core.app import Ctx, Intent, Json, Manifest
from simphone.ui.pictures import register_picture
from simphone.ui.view import Msg, Theme
from simphone.widgets import nav
from simphone.widgets.nav import DialogFn, Handler, ScreenFn, StackApp

_GEO: Final = re.compile(r"geo:(?P<lat>-?\d{1,2}(?:\.\d{1,9})?),(?P<lon>-?\d{1,3}(?:\.\d{1,9})?)(?:\?(?P<query>.*))?")


class Maps(StackApp):
    """Saved: see state.Data. `ui.camera` is what is looked at, `ui.route` what is planned or followed, or null."""

    manifest = Manifest(
        name="map",
        label="MAPS.ME",
        package="com.mapswithme.maps.pro",
        activity=look.ACTIVITY,
        icon="map_pin",
        icon_background=look.GREEN,
        version="15.0.71617-Google",
        actions=("android.intent.action.VIEW geo",),
        permissions=("android.permission.ACCESS_FINE_LOCATION", "android.permission.ACCESS_COARSE_LOCATION"),
    )
    first = "map"
    screens: ClassVar[dict[str, ScreenFn]] = {
        **place_page.SCREENS,
        **search_page.SCREENS,
        **route_page.SCREENS,
        **bookmarks.SCREENS,
        **settings_page.SCREENS,
    }
    dialogs: ClassVar[dict[str, DialogFn]] = {
        **place_page.DIALOGS,
        **search_page.DIALOGS,
        **route_page.DIALOGS,
        **bookmarks.DIALOGS,
        **settings_page.DIALOGS,
    }
    handlers: ClassVar[dict[str, Handler]] = {
        **surface.HANDLERS,
        **place_page.HANDLERS,
        **search_page.HANDLERS,
        **route_page.HANDLERS,
        **bookmarks.HANDLERS,
        **settings_page.HANDLERS,
    }

    def __init__(self) -> None:
        register_picture(ground.NAME, ground.draw)

    def theme(self, ctx: Ctx) -> Theme:
        """MAPS.ME's palette."""
        return look.theme(ctx)

    def fresh_data(self) -> dict[str, Json]:
        """Nothing kept."""
        return dict(state.fresh())

    def fresh_ui(self, ctx: Ctx) -> dict[str, Json]:
        """The map around the phone."""
        camera = looking_at(state.here(ctx), state.START_ZOOM)
        return super().fresh_ui(ctx) | {"camera": dict(camera), "route": None}

    def open(self, ctx: Ctx, intent: Intent) -> None:
        """`geo:37.4,-122.1` drops a pin there, `geo:0,0?q=hotel` searches (Android's common intents, Maps)."""
        match = _GEO.fullmatch(intent.data)
        if match is None:
            return
        query = parse_qs(match["query"] or "").get("q", [""])[0]
        nav.reset(ctx, "map")
        if query:
            nav.push(ctx, "search", purpose="browse", query=query)
        else:
            point = looking_at(Point(float(match["lat"]), float(match["lon"])), state.START_ZOOM)
            place_page.show(ctx, atlas.pin(Point(point["lat"], point["lon"])))
        _forget_route(ctx)

    def update(self, ctx: Ctx, msg: Msg) -> None:
        """As in every stack; a route lives as long as its page."""
        super().update(ctx, msg)
        _forget_route(ctx)

    def back(self, ctx: Ctx) -> bool:
        """As in every stack; a route lives as long as its page."""
        handled = super().back(ctx)
        _forget_route(ctx)
        return handled

    def files(self, ctx: Ctx) -> dict[str, Callable[[], bytes]]:
        """Bookmarks and history."""
        return databases.files(ctx)


def _forget_route(ctx: Ctx) -> None:
    names = {entry["name"] for entry in ctx.ui["stack"]}
    if "route" not in names:
        ctx.ui["route"] = None
    elif "navigate" not in names:
        ctx.ui["route"]["navigating"] = False


APP = Maps()
