"""The first screen: four tabs above the bottom navigation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from simphone.apps.cantook import catalogs, library, look, settings
from simphone.apps.cantook.state import Shelved, Tab, recently_added, recently_read, shown
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, Scene, Scroll, Theme, View
from simphone.widgets import nav
from simphone.widgets.bars import app_bar
from simphone.widgets.bottom_nav import HEIGHT, Destination, bottom_nav
from simphone.widgets.box import GROUP, RECYCLER, build, column, row, scroll_column, space
from simphone.widgets.buttons import icon_button
from simphone.widgets.image import icon
from simphone.widgets.nav import Entry, go
from simphone.widgets.text import text

SNACKBAR_ABOVE: Final = HEIGHT + 8
_MOST: Final = 20
"""Books in a row of Home."""
_TABS: Final[dict[Tab, tuple[str, str]]] = {
    "home": ("Home", "home"),
    "books": ("My Books", "library"),
    "catalogs": ("Catalogs", "globe"),
    "settings": ("Settings", "settings"),
}
"""Label and icon of each destination."""


def home(ctx: Ctx) -> View:
    """The tab Home: what was read, what was added."""
    colors = look.theme(ctx)
    bar = app_bar(colors, "Home", icon_button(colors, "search", "Search", go("search", query="")), up=None)
    read, added = recently_read(ctx), recently_added(ctx)
    if not added:
        body = look.nothing(colors, "Your library is empty", "Import files in Settings, or find books in Catalogs.")
    else:
        body = scroll_column(
            "home",
            *(_shelf(colors, "Recently read", "read", read) if read else ()),
            *_shelf(colors, "Recently added", "added", added),
            space(height=16),
        )
    return column(bar, body, in_tree=False, height=0, weight=1.0)


def _shelf(colors: Theme, title: str, kind: str, books: list[Shelved]) -> tuple[View, View]:
    heading = row(
        text(colors, title, size=18, font="medium", max_lines=1, id="heading", width=0, weight=1.0),
        icon(colors, "chevron_right", in_tree=False),
        cls=GROUP,
        height=48,
        padding=(16, 0, 12, 0),
        on_tap=go("list", kind=kind, name=""),
    )
    covers = build(
        {},
        cls=RECYCLER,
        id=f"recently_{kind}",
        layout="row",
        width=MATCH,
        height=256,
        gap=12,
        padding=(16, 4, 16, 0),
        focusable=True,
        scroll=Scroll(f"home.{kind}", axis="x"),
        children=[look.cover_cell(colors, key, entry) for key, entry in books[:_MOST]],
    )
    return heading, covers


_BODIES: Final[dict[Tab, Callable[[Ctx], View]]] = {
    "home": home,
    "books": library.body,
    "catalogs": catalogs.body,
    "settings": settings.body,
}


def main(ctx: Ctx, _entry: Entry) -> Scene:
    """The tab that the user is on."""
    colors, tab = look.theme(ctx), shown(ctx)["tab"]
    places = [Destination(label, name, f"nav_{key}", ("tab", key)) for key, (label, name) in _TABS.items()]
    bar = bottom_nav(colors, places, list(_TABS).index(tab))
    scene = look.page(colors, _BODIES[tab](ctx), bar)
    scene.nav_bar = colors.surface
    return scene


def show(ctx: Ctx, tab: Tab) -> None:
    """A destination of the bottom navigation."""
    ctx.ui["snackbar"] = None
    shown(ctx)["tab"] = tab


SCREENS: Final[dict[str, nav.ScreenFn]] = {"main": main}
HANDLERS: Final[dict[str, nav.Handler]] = {"tab": show}
