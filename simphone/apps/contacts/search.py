"""The search page."""

from __future__ import annotations

from typing import Final

from simphone.apps.contacts import book, look, rows
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, Scene, TextStyle, View
from simphone.widgets import nav
from simphone.widgets.bars import UP
from simphone.widgets.box import GROUP, column, list_view, row
from simphone.widgets.buttons import icon_button
from simphone.widgets.fields import bare_field
from simphone.widgets.nav import Entry, Handler, ScreenFn, key
from simphone.widgets.text import divider, text


def search(ctx: Ctx, entry: Entry) -> Scene:
    """The field with the focus, below it who is found."""
    colors = look.theme(ctx)
    word = str(entry["args"].get("word", ""))
    field = bare_field(
        colors, key(entry, "word"), word, nav.keep("word"), id="open_search_view_edit_text", hint="Search contacts",
        autofocus=True, on_enter=("search.enter",), width=0, weight=1.0,
    )  # fmt: skip
    end = (
        icon_button(colors, "close", "Clear text", ("nav.keep", "word", ""))
        if word
        else icon_button(colors, "mic", "Start voice search", ("search.voice",))
    )
    bar = row(
        icon_button(colors, "arrow_back", "Back", UP), field, end,
        cls=GROUP, id="open_search_view_toolbar", height=64, padding=(4, 0, 4, 0),
    )  # fmt: skip
    return nav.page(colors, column(bar, divider(colors), _found(ctx, entry, word)))


def _found(ctx: Ctx, entry: Entry, word: str) -> View | None:
    colors, data = look.theme(ctx), book.saved(ctx)
    if not word.strip():
        return None
    found = [each for each in book.in_order(data["contacts"], data["order"]) if book.matches(each, word)]
    if not found:
        none = text(colors, "No results", size=16, color=colors.on_surface_soft, width=MATCH, margin=(0, 48, 0, 0))
        none.style = TextStyle(16, colors.on_surface_soft, align="center")
        return none
    lines = [rows.contact_row(colors, each, ("search.open", each["id"])) for each in found]
    return list_view(key(entry, "list"), *lines, id="search_result_list", padding=(0, 8, 0, 0))


def enter(ctx: Ctx) -> None:
    """Enter keeps the results; the keyboard goes."""
    ctx.system.hide_keyboard()


def voice(ctx: Ctx) -> None:
    """The microphone."""
    ctx.system.toast("Voice search isn't available")


def open_found(ctx: Ctx, number: int) -> None:
    """A tap on a result."""
    nav.push(ctx, "card", contact=number)


SCREENS: Final[dict[str, ScreenFn]] = {"search": search}
HANDLERS: Final[dict[str, Handler]] = {"search.enter": enter, "search.voice": voice, "search.open": open_found}
