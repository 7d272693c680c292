"""The map itself, and the page of one place in a sheet above it."""

from __future__ import annotations

from typing import Final

from simphone.apps.map import atlas, look, state, surface
from simphone.apps.map.atlas import Place
from simphone.apps.map.geo import coordinates
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, Color, Paint, Scene, Theme, View, Window
from simphone.widgets import nav
from simphone.widgets.box import GROUP, LINEAR, column, frame, row, space
from simphone.widgets.dialogs import Choice
from simphone.widgets.image import icon
from simphone.widgets.menus import bottom_sheet, popup_menu
from simphone.widgets.nav import DialogFn, Entry, Handler, ScreenFn, ask, go
from simphone.widgets.text import divider, text

BAR_HEIGHT: Final = 68.0
_SHEET_DP: Final = 190.0
"""About the height of the place page, for the camera."""
_STAR: Final = "#f0a020"


# --- the map ---------------------------------------------------------------------------------------------------------
def map_page(ctx: Ctx, _entry: Entry) -> Scene:
    """The map with its buttons, and the bar at the bottom."""
    colors = look.theme(ctx)
    root = frame(
        surface.surface(ctx),
        *_zoom_buttons(ctx, colors),
        look.round_button(
            colors,
            "My position",
            "my_location",
            ("map.locate",),
            node="my_position",
            above=BAR_HEIGHT + 20,
            ink=look.BLUE,
        ),
        row(
            look.bar_button(colors, "Search", "search", go("search", purpose="browse", query="")),
            look.bar_button(colors, "Route", "directions", ("route.open",)),
            look.bar_button(colors, "Bookmarks", "star", go("bookmarks")),
            look.bar_button(colors, "Menu", "menu", ask("menu")),
            height=BAR_HEIGHT,
            self_valign="bottom",
            on_swipe={},
            paint=Paint(fill=colors.surface, elevation=6),
        ),
        width=MATCH,
        height=MATCH,
    )
    return look.scene(colors, root)


def _zoom_buttons(ctx: Ctx, colors: Theme) -> list[View]:
    if not state.saved(ctx)["settings"]["zoom_buttons"]:
        return []
    return [
        look.round_button(colors, "Zoom in", "add", ("map.zoom", 1), node="nav_zoom_in", above=BAR_HEIGHT + 222),
        look.round_button(colors, "Zoom out", "remove", ("map.zoom", -1), node="nav_zoom_out", above=BAR_HEIGHT + 162),
    ]


def menu(ctx: Ctx, _entry: Entry) -> Window:
    """What the Menu button opens."""
    colors = look.theme(ctx)
    entries = (("Download maps", "download", "maps"), ("Settings", "settings", "settings"), ("About", "info", "about"))
    return bottom_sheet(
        colors,
        *(
            look.labelled_icon(colors, label, sign, colors.on_surface_soft, ("menu.go", page))
            for label, sign, page in entries
        ),
        space(height=16),
    )


# --- a place ---------------------------------------------------------------------------------------------------------
def place_page(ctx: Ctx, entry: Entry) -> Scene:
    """Name, type, address; what can be done with the place. Swiping up shows more of it."""
    colors, found = look.theme(ctx), atlas.place(entry["args"]["place"])
    kept = any(each["id"] == found.id for each in state.saved(ctx)["bookmarks"])
    opened = bool(entry["args"].get("opened"))
    sheet = column(
        _grip(colors),
        text(colors, found.name, size=20, font="medium", id="tv__title", width=MATCH, margin=(20, 4, 20, 2)),
        text(
            colors,
            found.type + _stars(found),
            size=14,
            color=colors.on_surface_soft,
            id="tv__subtitle",
            width=MATCH,
            margin=(20, 0, 20, 2),
        ),
        text(
            colors,
            state.address_line(ctx, found),
            size=14,
            color=colors.on_surface_soft,
            id="tv__address",
            width=MATCH,
            margin=(20, 0, 20, 12),
        ),
        *(_details(colors, found) if opened else []),
        divider(colors),
        row(
            look.bar_button(colors, "Route from", "route", ("place.route", "start", found.id)),
            look.bar_button(
                colors,
                "Saved" if kept else "Save",
                "star_filled" if kept else "star",
                ("place.save", found.id),
                ink=_STAR if kept else None,
            ),
            look.bar_button(
                colors, "Route to", "directions", ("place.route", "to", found.id), ink="#ffffff", fill=look.BLUE
            ),
            look.bar_button(colors, "More", "more_horiz", ask("place_menu")),
            height=BAR_HEIGHT,
        ),
        id="pp__preview",
        cls=LINEAR,
        self_valign="bottom",
        on_swipe={"up": ("place.open", True), "down": ("place.open", False)},
        paint=Paint(fill=colors.surface, radii=(16, 16, 0, 0), elevation=8),
    )
    root = frame(surface.surface(ctx, surface.mark(ctx, found.point)), sheet, width=MATCH, height=MATCH)
    return look.scene(colors, root)


def _grip(colors: Theme) -> View:
    return View(
        in_tree=False,
        width=32,
        height=4,
        self_halign="center",
        margin=(0, 8, 0, 6),
        paint=Paint(fill=colors.divider, radius=2),
    )


def _stars(found: Place) -> str:
    return f" {'★' * found.stars}" if found.stars else ""


def _details(colors: Theme, found: Place) -> list[View]:
    lines: list[tuple[str, str, Color]] = [("place", coordinates(found.point), colors.on_surface)]
    if found.hours:
        lines.append(("clock", found.hours, colors.on_surface))
    if found.phone:
        lines.append(("phone", found.phone, colors.primary))
    return [
        divider(colors),
        *(
            row(
                icon(colors, sign, in_tree=False),
                text(colors, value, size=15, color=ink),
                gap=20,
                height=48,
                padding=(20, 0, 20, 0),
                cls=GROUP,
            )
            for sign, value, ink in lines
        ),
    ]


def place_menu(ctx: Ctx, _entry: Entry) -> Window:
    """More."""
    choices = [
        Choice("Share", ("place.share",)),
        Choice("Edit place", ("place.share",)),
        Choice("Details", ("place.details",)),
    ]
    metrics = ctx.system.metrics
    high = metrics.height / metrics.scale
    return popup_menu(look.theme(ctx), choices, anchor=(-12.0, high - BAR_HEIGHT - 190))


# --- messages -------------------------------------------------------------------------------------------------------
def show(ctx: Ctx, ident: str) -> None:
    """Open the page of a place, with the place in sight."""
    found = atlas.place(ident)
    local = found.type not in ("City", "Neighborhood", "Street")
    state.look_at(ctx, found.point, 16 if local else 13, below=_SHEET_DP / 2)
    if nav.top(ctx)["name"] == "place":
        nav.pop(ctx)
    nav.push(ctx, "place", place=ident)


def tap(ctx: Ctx, x: float, y: float) -> None:
    """A tap on the map: the place there, or an end to the one that was shown."""
    found = state.sight(ctx).touched(x, y)
    if found is not None:
        show(ctx, found.id)
    elif nav.top(ctx)["name"] == "place":
        nav.pop(ctx)


def hold(ctx: Ctx, x: float, y: float) -> None:
    """A long press drops a pin."""
    show(ctx, atlas.pin(state.sight(ctx).ground(x, y)))


def save(ctx: Ctx, ident: str) -> None:
    """Bookmark a place, or take its bookmark away."""
    kept = state.saved(ctx)["bookmarks"]
    if any(each["id"] == ident for each in kept):
        kept[:] = [each for each in kept if each["id"] != ident]
    else:
        kept.append(state.keepsake(atlas.place(ident)))


def open_sheet(ctx: Ctx, opened: bool) -> None:
    """Show or hide the details; a swipe down on the low sheet closes it."""
    entry = nav.top(ctx)
    if not opened and not entry["args"].get("opened"):
        nav.pop(ctx)
    else:
        entry["args"]["opened"] = opened


def details(ctx: Ctx) -> None:
    """The menu's way to the details."""
    nav.close(ctx)
    open_sheet(ctx, True)


def share(ctx: Ctx) -> None:
    """Nobody to share with."""
    nav.close(ctx)
    ctx.system.toast("No internet connection")


def menu_go(ctx: Ctx, page: str) -> None:
    """A page from the menu."""
    nav.close(ctx)
    nav.push(ctx, page)


SCREENS: Final[dict[str, ScreenFn]] = {"map": map_page, "place": place_page}
DIALOGS: Final[dict[str, DialogFn]] = {"menu": menu, "place_menu": place_menu}
HANDLERS: Final[dict[str, Handler]] = {
    "map.tap": tap,
    "map.hold": hold,
    "place.show": show,
    "place.save": save,
    "place.open": open_sheet,
    "place.details": details,
    "place.share": share,
    "menu.go": menu_go,
}
