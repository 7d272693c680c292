"""The bookmarks."""

from __future__ import annotations

from typing import Final

from simphone.apps.map import atlas, look, place_page, state
from simphone.apps.map.state import Saved
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, Scene, Theme, View, Window
from simphone.widgets import nav
from simphone.widgets.box import GROUP, column, list_view, row
from simphone.widgets.buttons import icon_button
from simphone.widgets.dialogs import Choice, list_dialog
from simphone.widgets.feedback import empty_state
from simphone.widgets.image import round_icon
from simphone.widgets.nav import DialogFn, Entry, Handler, ScreenFn, ask, key
from simphone.widgets.text import text

LIST_NAME: Final = "My Places"


def bookmarks(ctx: Ctx, entry: Entry) -> Scene:
    """The one list, or a word on how to begin it."""
    colors, kept = look.theme(ctx), state.saved(ctx)["bookmarks"]
    if not kept:
        body = empty_state(colors, "No bookmarks yet", "Choose a place on the map and tap Save.", icon_name="star")
        return look.titled_page(colors, "Bookmarks", body)
    heading = text(
        colors,
        f"{LIST_NAME} ({len(kept)})",
        size=14,
        font="medium",
        color=colors.on_surface_soft,
        width=MATCH,
        padding=(20, 16, 20, 6),
    )
    rows = [_row(ctx, colors, each) for each in kept]
    return look.titled_page(colors, "Bookmarks", list_view(key(entry, "list"), heading, *rows, id="recycler"))


def _row(ctx: Ctx, colors: Theme, kept: Saved) -> View:
    found = atlas.place(kept["id"])
    return row(
        round_icon(found.icon, found.color, "#ffffff", size=36),
        column(
            text(colors, kept["name"], size=16, max_lines=1, id="title"),
            text(
                colors, state.address_line(ctx, found), size=13, color=colors.on_surface_soft, max_lines=1, id="address"
            ),
            in_tree=False,
            width=0,
            weight=1.0,
            gap=2,
        ),
        icon_button(colors, "more_vert", "More options", ask("bookmark_menu", place=kept["id"])),
        cls=GROUP,
        on_tap=("place.show", kept["id"]),
        on_long_press=ask("bookmark_menu", place=kept["id"]),
        gap=16,
        padding=(20, 0, 4, 0),
        height=68,
    )


def bookmark_menu(ctx: Ctx, entry: Entry) -> Window:
    """What can be done with a bookmark."""
    ident = entry["args"]["place"]
    choices = [Choice("Show on map", ("bookmark.show", ident)), Choice("Delete", ("bookmark.delete", ident))]
    return list_dialog(look.theme(ctx), atlas.place(ident).name, choices, key=key(entry, "list"))


# --- messages -------------------------------------------------------------------------------------------------------
def show(ctx: Ctx, ident: str) -> None:
    """The place page, from the menu."""
    nav.close(ctx)
    place_page.show(ctx, ident)


def delete(ctx: Ctx, ident: str) -> None:
    """Take a bookmark away, with a way back."""
    nav.close(ctx)
    kept = state.saved(ctx)["bookmarks"]
    at = next((at for at, each in enumerate(kept) if each["id"] == ident), None)
    if at is not None:
        kept.pop(at)
        nav.snack(ctx, "Bookmark deleted", "Undo", ("bookmark.restore", at, ident))


def restore(ctx: Ctx, at: int, ident: str) -> None:
    """Undo."""
    state.saved(ctx)["bookmarks"].insert(at, state.keepsake(atlas.place(ident)))


SCREENS: Final[dict[str, ScreenFn]] = {"bookmarks": bookmarks}
DIALOGS: Final[dict[str, DialogFn]] = {"bookmark_menu": bookmark_menu}
HANDLERS: Final[dict[str, Handler]] = {
    "bookmark.show": show,
    "bookmark.delete": delete,
    "bookmark.restore": restore,
}
