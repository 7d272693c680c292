"""The Clock tab: the phone's time, the home clock and the cities; and the search page that adds one."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import Final

from simphone.apps.clock import cities, look, times
from simphone.apps.clock.frame import FAB_ROOM, main_button, tab_page
from simphone.apps.clock.state import City, saved, shown
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, Color, Paint, Picture, Scene, Theme, View
from simphone.widgets import nav
from simphone.widgets.box import GROUP, column, frame, list_view, row, scroll_column, space
from simphone.widgets.buttons import icon_button
from simphone.widgets.feedback import empty_state
from simphone.widgets.fields import bare_field
from simphone.widgets.text import text

TEXT_CLOCK: Final = "android.widget.TextClock"
SEARCH_ACTIVITY: Final = "com.android.deskclock.worldclock.CitySelectionActivity"
ROW_HEIGHT: Final = 96.0
_FACE: Final = 220.0


# --- time zones -----------------------------------------------------------------------------------------------------
def own_zone(ctx: Ctx) -> str:
    """The phone's time zone."""
    return str(ctx.system.state["clock"]["zone"])


def ahead(ctx: Ctx, zone: str) -> timedelta:
    """How far a zone's clocks are ahead of the phone's, at its present time."""
    return timedelta(seconds=ctx.system.zone_offset(zone) - ctx.system.zone_offset(own_zone(ctx)))


def ahead_text(now: datetime, distance: timedelta) -> str:
    """6 hours behind - Tomorrow, 13 hours ahead - Same time."""
    minutes = abs(distance) // timedelta(minutes=1)
    if not minutes:
        return "Same time"
    words = [times.count(minutes // 60, "hour")] if minutes >= 60 else []
    words += [times.count(minutes % 60, "minute")] if minutes % 60 else []
    gap = f"{' '.join(words)} {'ahead' if distance > timedelta() else 'behind'}"
    day = ((now + distance).date() - now.date()).days
    return f"{('Yesterday', '', 'Tomorrow')[day + 1]}, {gap}" if day else gap


def home_zone(ctx: Ctx) -> str | None:
    """The zone of the home clock, if one is shown: only away from home."""
    settings = saved(ctx)["settings"]
    away = ahead(ctx, settings["home_zone"]) != timedelta()
    return settings["home_zone"] if settings["auto_home"] and away else None


# --- messages -------------------------------------------------------------------------------------------------------
def add(ctx: Ctx, name: str, zone: str) -> None:
    """A search result was tapped."""
    city: City = {"name": name, "zone": zone}
    if city not in saved(ctx)["cities"]:
        saved(ctx)["cities"].append(city)
    nav.pop_to(ctx, "home")


def remove(ctx: Ctx, index: int) -> None:
    """A row was swiped away. The snackbar names no city: it stands above a list that should no longer hold it."""
    city = saved(ctx)["cities"].pop(index)
    shown(ctx)["deleted_city"] = [index, city]
    nav.snack(ctx, "City removed", "Undo", ("city.restore",))


def restore(ctx: Ctx) -> None:
    """Bring the last removed city back to its place."""
    deleted = shown(ctx)["deleted_city"]
    if deleted:
        saved(ctx)["cities"].insert(*deleted)
        shown(ctx)["deleted_city"] = None


def move(ctx: Ctx, index: int, _dx: float, dy: float) -> None:
    """A row was dragged up or down."""
    rows = saved(ctx)["cities"]
    to = min(max(index + round(dy / ROW_HEIGHT), 0), len(rows) - 1)
    rows.insert(to, rows.pop(index))


# --- the tab --------------------------------------------------------------------------------------------------------
def page(ctx: Ctx) -> Scene:
    """The tab."""
    home = home_zone(ctx)
    content = list_view(
        "cities",
        _main_clock(ctx),
        _home_row(ctx, home) if home else None,
        *(_city_row(ctx, index, city) for index, city in enumerate(saved(ctx)["cities"])),
        id="cities",
        padding=(0, 0, 0, FAB_ROOM),
    )
    return tab_page(ctx, content, button=main_button(ctx, "add", "Add city", nav.go("city_search", query="")))


def _main_clock(ctx: Ctx) -> View:
    theme, now = look.theme(ctx), ctx.system.now()
    settings = saved(ctx)["settings"]
    clock = (
        analog_clock(ctx, theme, now, _FACE, seconds=settings["seconds"])
        if settings["style"] == "Analog"
        else look.clock(
            ctx,
            now.time(),
            size=72 if settings["seconds"] else 84,
            color=theme.primary,
            cls=TEXT_CLOCK,
            seconds=settings["seconds"],
            id="digital_clock",
        )
    )
    return column(
        clock,
        text(theme, times.date_text(now.date()), size=16, font="medium", id="date", margin=(0, 4, 0, 0)),
        id="main_clock_container",
        halign="start" if settings["style"] == "Digital" else "center",
        padding=(24, 12, 24, 24),
    )


def analog_clock(
    ctx: Ctx, theme: Theme, now: datetime, size: float, *, seconds: bool, ink: Color = "", fill: Color = ""
) -> View:
    """A clock face with hands. `ink` draws it in outlines of one colour, for the screen saver."""
    minute = (now.minute + now.second / 60) / 60
    hour = ((now.hour % 12) + minute) / 12
    hands = [
        _hand(size, ink or theme.on_surface, hour, 0.27, 0.045),
        _hand(size, ink or theme.primary, minute, 0.4, 0.03),
    ]
    if seconds:
        hands.append(_hand(size, theme.outline, now.second / 60, 0.43, 0.012))
    face = Paint(fill=None if ink else fill or theme.surface, border=ink or None, radius=size / 2)
    pin = Paint(fill=ink or theme.on_surface, radius=size / 36)
    return frame(
        *_marks(size, ink or theme.on_surface_soft),
        *hands,
        _disc(size / 18, (size * 17 / 36, size * 17 / 36), pin),
        cls="android.widget.AnalogClock",
        id="analog_clock",
        width=size,
        height=size,
        desc=times.clock_text(ctx, now.time()),
        paint=face,
    )


def _disc(size: float, place: tuple[float, float], paint: Paint) -> View:
    return View(in_tree=False, width=size, height=size, offset=place, paint=paint)


def _marks(size: float, color: Color) -> list[View]:
    """A dot for each hour; larger ones at the quarters."""
    marks = []
    for hour in range(12):
        dot = size * (0.03 if hour % 3 == 0 else 0.015)
        angle = math.tau * hour / 12
        place = (size * (0.5 + 0.44 * math.sin(angle)) - dot / 2, size * (0.5 - 0.44 * math.cos(angle)) - dot / 2)
        marks.append(_disc(dot, place, Paint(fill=color, radius=dot / 2)))
    return marks


def _hand(size: float, color: Color, turn: float, length: float, width: float) -> View:
    return View(
        in_tree=False,
        width=size,
        height=size,
        picture=Picture("shape", "clock_hand", color, 0.0, (round(turn, 5), length, width)),
    )


def _zone_row(ctx: Ctx, name: str, zone: str, *, name_id: str) -> View:
    """Name and distance at the left, the time there at the right."""
    theme, now = look.theme(ctx), ctx.system.now()
    distance = ahead(ctx, zone)
    there = now + distance
    clock = (
        analog_clock(ctx, theme, there, 64, seconds=False, fill=theme.background)
        if saved(ctx)["settings"]["style"] == "Analog"
        else look.clock(ctx, there.time(), size=44, color=theme.on_surface, cls=TEXT_CLOCK, id="digital_clock")
    )
    return row(
        column(
            text(theme, name, size=20, id=name_id, max_lines=1),
            text(theme, ahead_text(now, distance), size=14, color=theme.on_surface_soft, id="hours_ahead", max_lines=1),
            in_tree=False,
            width=0,
            weight=1.0,
            gap=4,
        ),
        clock,
        cls=GROUP,
        id="city_row",
        height=ROW_HEIGHT - 8,
        margin=(16, 0, 16, 8),
        padding=(20, 0, 20, 0),
        paint=Paint(fill=theme.surface, radius=26),
    )


def _home_row(ctx: Ctx, zone: str) -> View:
    return _zone_row(ctx, "Home", zone, name_id="home_label")


def _city_row(ctx: Ctx, index: int, city: City) -> View:
    view = _zone_row(ctx, city["name"], city["zone"], name_id="city_name")
    gone = ("city.remove", index)
    view.on_tap = ("city.touch",)  # shows nothing, but the real row is clickable
    view.long_clickable = True
    view.on_drag = ("city.move", index)
    view.on_swipe = {"left": gone, "right": gone}
    return view


# --- search ---------------------------------------------------------------------------------------------------------
def search_page(ctx: Ctx, entry: nav.Entry) -> Scene:
    """Results below a field, as the user types. Enter keeps them and puts the keyboard away."""
    theme = look.theme(ctx)
    query: str = entry["args"]["query"]
    field = bare_field(
        theme,
        nav.key(entry, "field"),
        query,
        nav.keep("query"),
        hint="Search for a city",
        autofocus=True,
        id="search_src_text",
        width=0,
        weight=1.0,
        size=18,
    )
    clear = icon_button(theme, "close", "Clear query", ("nav.keep", "query", ""), id="search_close_btn")
    bar = row(
        icon_button(theme, "arrow_back", "Navigate up", ("nav.back",), color=theme.on_surface),
        field,
        clear if query else None,
        cls=GROUP,
        id="search_bar",
        height=56,
        margin=(16, 12, 16, 8),
        padding=(4, 0, 4, 0),
        paint=Paint(fill=theme.surface, radius=28),
    )
    root = column(bar, _results(ctx, entry, query))
    return nav.page(theme, root, activity=SEARCH_ACTIVITY)


def _results(ctx: Ctx, entry: nav.Entry, query: str) -> View:
    theme = look.theme(ctx)
    found = cities.search(query)
    if not query.strip():
        return empty_state(theme, "Search for a city", icon_name="language", id="search_hint_view")
    if not found:
        return column(
            space(height=48),
            text(theme, "No matching cities found", size=16, id="search_empty_view", self_halign="center"),
            in_tree=False,
        )
    rows = [_result(ctx, theme, place) for place in found]
    return scroll_column(f"{nav.key(entry, 'results')}:{query}", *rows, id="search_results_view", height=MATCH)


def _result(ctx: Ctx, theme: Theme, place: cities.Place) -> View:
    there = ctx.system.now() + ahead(ctx, place.zone)
    return row(
        column(
            text(theme, place.name, size=16, id="city_name", max_lines=1),
            text(theme, place.country, size=14, color=theme.on_surface_soft, id="city_country", max_lines=1),
            in_tree=False,
            width=0,
            weight=1.0,
        ),
        text(theme, times.clock_text(ctx, there.time()), size=14, color=theme.on_surface_soft, id="city_time"),
        on_tap=("city.add", place.name, place.zone),
        height=64,
        padding=(24, 0, 24, 0),
    )
