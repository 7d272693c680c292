"""Cantook's colours, and what several of its pages are made of: covers, rows of books, lists under a bar."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from simphone.apps.cantook import covers
from simphone.apps.cantook.state import Book, Shelved, saved
from simphone.core.app import Ctx
from simphone.ui.view import DARK, LIGHT, MATCH, Msg, Paint, Scene, Theme, View
from simphone.widgets import nav
from simphone.widgets.bars import app_bar
from simphone.widgets.box import GROUP, build, column, row
from simphone.widgets.buttons import icon_button
from simphone.widgets.feedback import empty_state
from simphone.widgets.image import icon, picture
from simphone.widgets.nav import ask
from simphone.widgets.text import text

_LIGHT: Final = replace(
    LIGHT,
    background="#ffffff",
    surface="#f4f6f8",
    surface_high="#ffffff",
    on_surface="#1d2329",
    on_surface_soft="#616b75",
    outline="#9aa4ad",
    primary="#00749c",
    primary_soft="#cfe9f3",
    on_primary_soft="#004a63",
    divider="#e3e7ea",
)
_DARK: Final = replace(
    DARK,
    background="#14181b",
    surface="#1c2226",
    surface_high="#262d32",
    on_surface="#e4e8eb",
    on_surface_soft="#a3adb5",
    outline="#6c767e",
    primary="#6cc8ea",
    on_primary="#00344a",
    primary_soft="#0f4a60",
    on_primary_soft="#cdeefa",
    divider="#323a40",
)
THEMES: Final = ("System default", "Light", "Dark")


def theme(ctx: Ctx) -> Theme:
    """Cantook's palette, in the mode that the user chose or else the phone's."""
    chosen = saved(ctx)["settings"]["theme"]
    dark = ctx.system.dark if chosen == THEMES[0] else chosen == "Dark"
    return _DARK if dark else _LIGHT


def page(colors: Theme, *parts: View | None, activity: str = "") -> Scene:
    """A page whose system bars have its colour."""
    scene = nav.page(colors, column(*parts, in_tree=False, height=MATCH), activity=activity)
    return replace(scene, status_bar=colors.background, nav_bar=colors.background)


def titled(colors: Theme, title: str, *parts: View | None) -> Scene:
    """A page below a bar with Navigate up and a title."""
    return page(colors, app_bar(colors, title), *parts)


def cover(entry: Book, width: float) -> View:
    """The cover of a book, two thirds as wide as it is high."""
    return picture(
        covers.NAME,
        entry["title"],
        entry["author"],
        width=width,
        height=width * 1.5,
        id="cover",
        paint=Paint(radius=3, elevation=2),
    )


def cover_cell(colors: Theme, key: str, entry: Book) -> View:
    """A book of the rows on Home: a tap opens it, a long press its options."""
    return column(
        cover(entry, 112),
        text(colors, entry["title"], size=14, font="medium", max_lines=2, id="title", width=MATCH, margin=(0, 8, 0, 0)),
        text(colors, entry["author"], size=12, color=colors.on_surface_soft, max_lines=2, id="author", width=MATCH),
        cls=GROUP,
        id="book_item",
        width=112,
        on_tap=("read", key),
        on_long_press=ask("options", book=key),
    )


def book_row(colors: Theme, shelved: Shelved, collection: str = "") -> View:
    """A book of a list. `collection` is the key of the collection whose page this is."""
    key, entry = shelved
    options = ask("options", book=key, collection=collection)
    texts = column(
        text(colors, entry["title"], size=16, font="medium", max_lines=2, id="title"),
        text(colors, entry["author"], size=14, color=colors.on_surface_soft, max_lines=1, id="author"),
        in_tree=False,
        width=0,
        weight=1.0,
        gap=4,
    )
    more = icon_button(colors, "more_vert", "More options", options, cls="android.widget.ImageView", id="more")
    return row(
        cover(entry, 52),
        texts,
        more,
        cls=GROUP,
        id="book_item",
        min_height=98,
        gap=16,
        padding=(16, 10, 4, 10),
        key=f"book:{key}",
        on_tap=("read", key),
        on_long_press=options,
    )


def count_row(
    colors: Theme, name: str, count: int, icon_name: str, on_tap: Msg, on_long_press: Msg | None = None
) -> View:
    """An author, category or collection, and how many books it has."""
    return row(
        icon(colors, icon_name, in_tree=False, color=colors.primary),
        text(colors, name, size=16, max_lines=1, id="name", width=0, weight=1.0),
        text(colors, str(count), size=14, color=colors.on_surface_soft, id="count"),
        cls=GROUP,
        id="group_item",
        height=64,
        gap=20,
        padding=(20, 0, 24, 0),
        on_tap=on_tap,
        on_long_press=on_long_press,
    )


def nothing(colors: Theme, title: str, message: str = "", icon_name: str = "book") -> View:
    """What stands in place of an empty list."""
    return empty_state(colors, title, message, icon_name=icon_name)


def floating(body: View, button: View) -> View:
    """A list with a button over its lower right corner."""
    return build({}, in_tree=False, width=MATCH, height=0, weight=1.0, children=[replace(body, height=MATCH), button])
