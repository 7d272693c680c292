"""Behind the menu: settings, downloaded maps, about."""

from __future__ import annotations

from typing import Final, NamedTuple

from simphone.apps.map import look, state
from simphone.core.app import Ctx
from simphone.ui.view import Scene, Theme, View, Window
from simphone.widgets import nav
from simphone.widgets.box import scroll_column, space
from simphone.widgets.dialogs import Choice, choice_dialog
from simphone.widgets.image import icon, round_icon
from simphone.widgets.nav import DialogFn, Entry, Handler, ScreenFn, ask, key
from simphone.widgets.rows import list_row, switch_row
from simphone.widgets.text import section_header

VERSION: Final = "15.0.71617-Google"


class Pick(NamedTuple):
    """A setting with named values: stored value -> what the page says."""

    name: str
    title: str
    values: dict[str, str]


UNITS: Final = Pick("units", "Measurement units", {"metric": "Kilometers", "imperial": "Miles"})
NIGHT: Final = Pick("night", "Night mode", {"off": "Off", "on": "On", "auto": "Auto"})
REGIONS: Final = (("Nevada", "86 MB"), ("Oregon", "214 MB"), ("Washington", "253 MB"))
"""Maps that could be downloaded, with their sizes."""


# --- views ----------------------------------------------------------------------------------------------------------
def settings(ctx: Ctx, entry: Entry) -> Scene:
    """All settings."""
    colors, kept = look.theme(ctx), state.saved(ctx)["settings"]
    body = scroll_column(
        key(entry, "page"),
        section_header(colors, "General settings"),
        _pick_row(ctx, colors, UNITS),
        _pick_row(ctx, colors, NIGHT),
        switch_row(
            colors,
            "Zoom buttons",
            "Show on the map",
            on=kept["zoom_buttons"],
            toggle=("settings.toggle", "zoom_buttons"),
        ),
        switch_row(
            colors,
            "Search history",
            "Keep places found in searches",
            on=kept["keep_history"],
            toggle=("settings.toggle", "keep_history"),
        ),
        space(height=24),
    )
    return look.titled_page(colors, "Settings", body)


def _pick_row(ctx: Ctx, colors: Theme, pick: Pick) -> View:
    value = str(ctx.data["settings"][pick.name])
    return list_row(colors, pick.title, pick.values[value], on_tap=ask("setting", name=pick.name))


def setting(ctx: Ctx, entry: Entry) -> Window:
    """The values of a setting."""
    pick = next(each for each in (UNITS, NIGHT) if each.name == entry["args"]["name"])
    chosen = ctx.data["settings"][pick.name]
    choices = [
        Choice(label, ("settings.pick", pick.name, value), value == chosen) for value, label in pick.values.items()
    ]
    return choice_dialog(look.theme(ctx), pick.title, choices, key=key(entry, "list"))


def maps(ctx: Ctx, entry: Entry) -> Scene:
    """Maps on the phone, and further ones."""
    colors = look.theme(ctx)
    offers = [
        list_row(colors, name, size, icon=icon(colors, "download", color=colors.primary), on_tap=("maps.none",))
        for name, size in REGIONS
    ]
    body = scroll_column(
        key(entry, "page"),
        section_header(colors, "Downloaded"),
        list_row(colors, "California", "1.1 GB • Up to date", icon=icon(colors, "check_circle", color=look.GREEN)),
        section_header(colors, "Available maps"),
        *offers,
    )
    return look.titled_page(colors, "Download maps", body)


def about(ctx: Ctx, entry: Entry) -> Scene:
    """Version and origin of the data."""
    colors = look.theme(ctx)
    body = scroll_column(
        key(entry, "page"),
        round_icon("map_pin", look.GREEN, "#ffffff", size=72, self_halign="center", margin=(0, 32, 0, 16)),
        list_row(colors, "Version", VERSION),
        list_row(colors, "Map data", "Drawn for a simulated phone; places and routes are not real"),
        list_row(colors, "Rate the app", on_tap=("maps.none",)),
        list_row(colors, "Report a bug", on_tap=("maps.none",)),
    )
    return look.titled_page(colors, "About", body)


# --- messages -------------------------------------------------------------------------------------------------------
def toggle(ctx: Ctx, name: str) -> None:
    """Switch a setting."""
    ctx.data["settings"][name] = not ctx.data["settings"][name]


def pick(ctx: Ctx, name: str, value: str) -> None:
    """Choose a value."""
    ctx.data["settings"][name] = value
    nav.close(ctx)


def nothing(ctx: Ctx) -> None:
    """What would need the network."""
    ctx.system.toast("No internet connection")


SCREENS: Final[dict[str, ScreenFn]] = {"settings": settings, "maps": maps, "about": about}
DIALOGS: Final[dict[str, DialogFn]] = {"setting": setting}
HANDLERS: Final[dict[str, Handler]] = {
    "settings.toggle": toggle,
    "settings.pick": pick,
    "maps.none": nothing,
}
