"""Planning a route, and following it."""

from __future__ import annotations

import math
from typing import Final, Literal

from simphone.apps.map import look, routing, state, surface
from simphone.apps.map.camera import around
from simphone.apps.map.geo import duration_text
from simphone.apps.map.routing import MODES, MY_LOCATION, Mode, Trip
from simphone.apps.map.state import Route
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, Paint, Picture, Scene, Theme, View, Window
from simphone.widgets import nav
from simphone.widgets.bars import UP
from simphone.widgets.box import GROUP, column, frame, row
from simphone.widgets.buttons import filled_button, icon_button
from simphone.widgets.controls import RADIO_BUTTON
from simphone.widgets.dialogs import Action, alert_dialog
from simphone.widgets.image import icon
from simphone.widgets.nav import DialogFn, Entry, Handler, ScreenFn, go
from simphone.widgets.text import text

Side = Literal["start", "to"]
_HINTS: Final[dict[Side, str]] = {"start": "Choose starting point", "to": "Choose destination"}
_IDS: Final[dict[Side, str]] = {"start": "from", "to": "to"}
_MODES: Final[dict[Mode, tuple[str, str, str]]] = {
    "car": ("Car", "car", "vehicle"),
    "walk": ("Walk", "walk", "pedestrian"),
    "transit": ("Public transport", "train", "transit"),
    "bicycle": ("Bicycle", "bike", "bicycle"),
}
"""Content description, icon, resource id."""
_TOP_DP: Final = 172.0
_BOTTOM_DP: Final = 96.0
_NAVIGATION_ZOOM: Final = 17
_STOP: Final = "#d0433b"
_BANNER: Final = {False: "#17683b", True: "#10462a"}


def _planned(ctx: Ctx) -> Route:
    planned = state.route(ctx)
    assert planned is not None, "no route page without a route"
    return planned


# --- planning ---------------------------------------------------------------------------------------------------------
def route(ctx: Ctx, _entry: Entry) -> Scene:
    """From, To, the ways to travel; below, time and length once both ends are known."""
    colors, planned = look.theme(ctx), _planned(ctx)
    ink = look.on_bar(colors)
    fields = column(_field(colors, planned, "start"), _field(colors, planned, "to"), width=0, weight=1.0, gap=8)
    top = column(
        row(
            icon_button(ink, "arrow_back", "Navigate up", UP, color=look.ON_BAR),
            fields,
            icon_button(ink, "swap_vert", "Swap", ("route.swap",), color=look.ON_BAR, id="swap"),
            padding=(4, 8, 4, 4),
        ),
        row(
            *(_mode(colors, planned, mode) for mode in MODES),
            height=60,
            padding=(24, 0, 24, 0),
            cls="android.widget.RadioGroup",
        ),
        # Without a way for touches through to the map.
        on_swipe={},
        paint=Paint(fill=look.bar_fill(colors), elevation=4),
    )
    parts = [surface.surface(ctx, *surface.route_marks(ctx), touchable=False, drawn_route=surface.course(ctx)), top]
    if planned["start"] is not None and planned["to"] is not None:
        parts.append(_summary(ctx, colors, planned))
    return look.scene(colors, frame(*parts, width=MATCH, height=MATCH), bar=look.bar_fill(colors))


def _field(colors: Theme, planned: Route, side: Side) -> View:
    end = planned[side]
    return text(
        colors,
        end["name"] if end else _HINTS[side],
        size=15,
        max_lines=1,
        id=_IDS[side],
        width=MATCH,
        height=42,
        color=colors.on_surface if end else colors.on_surface_soft,
        valign="center",
        padding=(14, 0, 14, 0),
        on_tap=go("search", purpose=side, query=""),
        paint=Paint(fill=colors.surface, radius=6),
    )


def _mode(colors: Theme, planned: Route, mode: Mode) -> View:
    label, sign, name = _MODES[mode]
    on = planned["mode"] == mode
    disc = View(
        in_tree=False,
        width=44,
        height=44,
        paint=Paint(fill=look.ON_BAR, radius=22) if on else None,
        picture=Picture("icon", sign, look.bar_fill(colors) if on else look.ON_BAR, 24),
    )
    return View(
        cls=RADIO_BUTTON,
        id=name,
        desc=label,
        checkable=True,
        checked=on,
        on_tap=("route.mode", mode),
        width=0,
        weight=1.0,
        height=56,
        halign="center",
        valign="center",
        children=[disc],
    )


def _summary(ctx: Ctx, colors: Theme, planned: Route) -> View:
    found = state.trip(ctx, planned)
    if found is None:
        parts = [text(colors, "No route found", size=18, color=colors.on_surface_soft)]
    elif found.meters is None:
        parts = [column(_time(colors, found), _lines(colors, found), width=0, weight=1.0, gap=8, in_tree=False)]
    else:
        figures = column(
            _time(colors, found),
            text(colors, state.length_text(ctx, found.meters), size=15, color=colors.on_surface_soft, id="distance"),
            width=0,
            weight=1.0,
            gap=2,
            in_tree=False,
        )
        start = filled_button(colors, "Start", ("route.start",), id="start", fill=look.BLUE, height=48)
        parts = [figures, start]
    return row(
        *parts,
        cls=GROUP,
        clickable=True,
        min_height=_BOTTOM_DP,
        padding=(20, 14, 20, 14),
        self_valign="bottom",
        paint=Paint(fill=colors.surface, radii=(16, 16, 0, 0), elevation=8),
    )


def _time(colors: Theme, found: Trip) -> View:
    return text(colors, duration_text(found.minutes), size=22, font="medium", id="time")


def _lines(colors: Theme, found: Trip) -> View:
    """Walk, lines, walk."""
    parts: list[View] = [_walk(colors, found.walks[0])]
    for name in found.lines:
        parts.append(icon(colors, "chevron_right", size=16, in_tree=False))
        parts.append(
            text(
                colors,
                name,
                size=13,
                font="medium",
                color="#ffffff",
                max_lines=1,
                padding=(8, 4, 8, 4),
                paint=Paint(fill=_line_color(name), radius=5),
            )
        )
    parts += [icon(colors, "chevron_right", size=16, in_tree=False), _walk(colors, found.walks[1])]
    return row(*parts, id="transit_panel", gap=4)


def _walk(colors: Theme, minutes: int) -> View:
    sign = icon(colors, "walk", size=18, in_tree=False)
    label = text(colors, f"{minutes} min", size=13, color=colors.on_surface_soft, max_lines=1)
    return row(sign, label, width=-2.0, gap=2, in_tree=False)


def _line_color(name: str) -> str:
    shades = ("#c8443a", "#2f7bc8", "#7a57d1", "#2e8b57", "#b0693a")
    return shades[sum(map(ord, name)) % len(shades)]


def only_from_here(ctx: Ctx, _entry: Entry) -> Window:
    """Asked when Start is pressed on a route that begins elsewhere."""
    return alert_dialog(
        look.theme(ctx),
        "Navigation starts at your current location",
        "Do you want to plan the route from where you are now?",
        negative=Action("Cancel"),
        positive=Action("OK", ("route.from_here",)),
    )


# --- following ------------------------------------------------------------------------------------------------------
def navigate(ctx: Ctx, _entry: Entry) -> Scene:
    """The next turn at the top, what is left of the way at the bottom."""
    colors, planned = look.theme(ctx), _planned(ctx)
    found, target = state.trip(ctx, planned), planned["to"]
    assert found is not None and found.meters is not None and target is not None, "only a built route is followed"
    away, sign, advice = _next_turn(ctx, planned)
    banner = row(
        icon(colors, sign, size=44, color="#ffffff"),
        column(
            text(colors, away, size=24, font="medium", color="#ffffff"),
            text(colors, advice, size=16, color="#ffffffd9", max_lines=1),
            width=0,
            weight=1.0,
            in_tree=False,
        ),
        gap=16,
        padding=(20, 12, 20, 12),
        on_swipe={},
        paint=Paint(fill=_BANNER[colors.dark], elevation=4),
    )
    left = f"{duration_text(found.minutes)} • {state.length_text(ctx, found.meters)}"
    bottom = row(
        column(
            text(colors, target["name"], size=18, font="medium", max_lines=1, id="destination"),
            text(colors, left, size=15, color=colors.on_surface_soft, id="time"),
            width=0,
            weight=1.0,
            gap=2,
            in_tree=False,
        ),
        filled_button(colors, "Stop", ("route.stop",), id="stop", fill=_STOP, height=48),
        min_height=_BOTTOM_DP,
        padding=(20, 14, 20, 14),
        gap=12,
        self_valign="bottom",
        on_swipe={},
        paint=Paint(fill=colors.surface, radii=(16, 16, 0, 0), elevation=8),
    )
    here = look.round_button(
        colors, "My position", "my_location", ("map.locate",), node="my_position", above=_BOTTOM_DP + 20, ink=look.BLUE
    )
    ground = surface.surface(ctx, *surface.route_marks(ctx), touchable=False, drawn_route=surface.course(ctx))
    return look.scene(colors, frame(ground, banner, here, bottom, width=MATCH, height=MATCH), bar=_BANNER[colors.dark])


def _next_turn(ctx: Ctx, planned: Route) -> tuple[str, str, str]:
    """How far, an icon, and what to do at the first corner of the way."""
    assert planned["start"] is not None and planned["to"] is not None
    here = state.here(ctx)
    course = routing.line(routing.point_of(planned["start"], here), routing.point_of(planned["to"], here))
    (x0, y0), (x1, y1), (x2, y2) = course[:3]
    left = (x1 - x0) * (y2 - y1) - (y1 - y0) * (x2 - x1) > 0
    away = state.length_text(ctx, math.dist((x0, y0), (x1, y1)))
    return away, "turn_left" if left else "turn_right", "Turn left" if left else "Turn right"


# --- messages -------------------------------------------------------------------------------------------------------
def open_route(ctx: Ctx) -> None:
    """The Route button of the map: from here to a place still to be chosen."""
    _begin(ctx, {"start": routing.my_location(), "to": None, "mode": "car", "built": False, "navigating": False})


def from_place(ctx: Ctx, side: Side, ident: str) -> None:
    """Route to, or from, a place."""
    end = routing.end_of(ident)
    start, to = (routing.my_location(), end) if side == "to" else (end, None)
    _begin(ctx, {"start": start, "to": to, "mode": "car", "built": False, "navigating": False})


def _begin(ctx: Ctx, planned: Route) -> None:
    ctx.ui["route"] = planned
    nav.push(ctx, "route")
    _replan(ctx)


def _replan(ctx: Ctx) -> None:
    """After a change: see whether there is a route, and look at it."""
    planned = _planned(ctx)
    planned["built"] = state.trip(ctx, planned) is not None
    ends = [end for end in (planned["start"], planned["to"]) if end is not None]
    if len(ends) == 2:
        points = [routing.point_of(end, state.here(ctx)) for end in ends]
        ctx.ui["camera"] = around(points, state.sight(ctx), _TOP_DP, _BOTTOM_DP)


def set_end(ctx: Ctx, side: Side, ident: str) -> None:
    """Choose an end."""
    _planned(ctx)[side] = routing.end_of(ident)
    _replan(ctx)


def swap(ctx: Ctx) -> None:
    """The other way round."""
    planned = _planned(ctx)
    planned["start"], planned["to"] = planned["to"], planned["start"]
    _replan(ctx)


def set_mode(ctx: Ctx, mode: Mode) -> None:
    """Choose how to travel."""
    _planned(ctx)["mode"] = mode
    _replan(ctx)


def start(ctx: Ctx) -> None:
    """Follow the route; only one that begins where the phone is can be followed."""
    planned = _planned(ctx)
    if planned["start"] is None or planned["start"]["id"] != MY_LOCATION:
        nav.open_dialog(ctx, "only_from_here")
        return
    planned["navigating"] = True
    state.look_at(ctx, state.here(ctx), _NAVIGATION_ZOOM, below=-80)
    nav.push(ctx, "navigate")


def from_here(ctx: Ctx) -> None:
    """Plan anew from where the phone is."""
    nav.close(ctx)
    set_end(ctx, "start", MY_LOCATION)


def stop(ctx: Ctx) -> None:
    """Neither follow nor plan any more."""
    nav.pop_to(ctx, "map")
    state.look_at(ctx, state.here(ctx), state.START_ZOOM)


SCREENS: Final[dict[str, ScreenFn]] = {"route": route, "navigate": navigate}
DIALOGS: Final[dict[str, DialogFn]] = {"only_from_here": only_from_here}
HANDLERS: Final[dict[str, Handler]] = {
    "route.open": open_route,
    "place.route": from_place,
    "route.swap": swap,
    "route.mode": set_mode,
    "route.start": start,
    "route.from_here": from_here,
    "route.stop": stop,
}
