"""The address bar in use: what is typed, and what may be meant."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from simphone.apps.chrome import address, look, results, state, web
from simphone.apps.chrome.start import HINT
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, Paint, Picture, Scene, Theme, View
from simphone.widgets import nav
from simphone.widgets.box import FRAME, column, list_view, row
from simphone.widgets.buttons import icon_button
from simphone.widgets.fields import bare_field
from simphone.widgets.image import icon
from simphone.widgets.nav import Entry, Handler, ScreenFn, keep, key
from simphone.widgets.text import text

MOST: Final = 6
"""Suggestions below what was typed."""


def omnibox(ctx: Ctx, entry: Entry) -> Scene:
    """The focused bar over suggestions. The first row is what was typed."""
    tab = state.current(ctx)
    colors = look.theme(ctx, incognito=tab["incognito"])
    typed = str(entry["args"].get("typed", ""))
    field = bare_field(
        colors,
        key(entry, "url"),
        typed,
        keep("typed"),
        id="url_bar",
        hint=HINT,
        keyboard="url",
        autofocus=True,
        width=0,
        weight=1.0,
        min_height=48,
        on_enter=("omnibox.enter",),
    )
    clear = icon_button(colors, "close", "Clear input", ("nav.keep", "typed", ""), id="delete_button", width=44)
    mic = icon_button(colors, "mic", "Start voice search", ("voice",), id="mic_button", width=44)
    bar = row(
        icon(colors, "incognito" if tab["incognito"] else "search", size=22, id="location_bar_status_icon"),
        field,
        clear if typed else mic,
        id="location_bar",
        cls=FRAME,
        height=48,
        gap=12,
        margin=(12, 4, 12, 4),
        padding=(14, 0, 2, 0),
        paint=Paint(fill=colors.surface_high, radius=24),
    )
    rows = [_row(colors, *each) for each in suggestions(ctx, typed)]
    listing = list_view(key(entry, "list"), *rows, id="omnibox_results_container", padding=(0, 4, 0, 16))
    scene = nav.page(colors, column(column(bar, id="toolbar", cls=FRAME), listing), activity=look.TABBED)
    return replace(scene, status_bar=colors.surface, nav_bar=colors.surface)


def suggestions(ctx: Ctx, typed: str) -> list[tuple[str, str, str, str]]:
    """(icon, first line, second line, what a tap loads), best first."""
    tab = state.current(ctx)
    if not typed.strip():
        if tab["url"] == web.NEW_TAB:
            return []
        return [("globe", tab["title"], tab["url"], tab["url"])]
    words = typed.strip()
    first = ("globe", words, address.bare(words), words)
    if not address.is_address(words):
        first = ("search", words, "Google Search", words)
    return [first, *_completions(ctx, words)][: MOST + 1]


def _completions(ctx: Ctx, words: str) -> list[tuple[str, str, str, str]]:
    folded = words.casefold()
    visited = {visit["url"]: visit["title"] for visit in reversed(ctx.data["history"])}
    found = [
        ("history", title, url, url)
        for url, title in visited.items()
        if folded in title.casefold() or folded in url.casefold()
    ]
    known = {web.sites()[url]["title"].partition(" – ")[0].partition(". ")[0] for url in results.found(words)}
    titles = {page["title"].partition(" – ")[0] for page in web.sites().values() if page["site"] != "plain"}
    names = sorted(known | {title for title in titles if title.casefold().startswith(folded)}, key=str.casefold)
    return found[:3] + [("search", name, "Google Search", name) for name in names if name.casefold() != folded]


def _row(colors: Theme, mark: str, first: str, second: str, target: str) -> View:
    texts = column(
        text(colors, first, size=16, max_lines=1, id="line_1"),
        text(
            colors,
            second,
            size=13,
            color=colors.primary if mark != "search" else colors.on_surface_soft,
            max_lines=1,
            id="line_2",
        ),
        width=0,
        weight=1.0,
    )
    refine = View(
        cls="android.widget.ImageView",
        id="action_button",
        desc=f"Edit suggestion: {first}",
        on_tap=("nav.keep", "typed", target),
        width=48,
        height=56,
        picture=Picture("icon", "arrow_up_right", colors.on_surface_soft, 20, rotate=-90),
    )
    disc = View(
        in_tree=False,
        width=32,
        height=32,
        paint=Paint(fill=colors.surface_high, radius=16),
        picture=Picture("icon", mark, colors.on_surface_soft, 18),
    )
    return row(
        disc, texts, refine, on_tap=("omnibox.go", target), width=MATCH, height=60, gap=16, padding=(16, 0, 4, 0)
    )


def enter(ctx: Ctx) -> None:
    """Enter: go where the text leads."""
    go(ctx, str(nav.top(ctx)["args"].get("typed", "")))


def go(ctx: Ctx, words: str) -> None:
    """Load an address, or search for words; nothing typed leads nowhere."""
    nav.pop_to(ctx, "browser")
    if words.strip():
        state.visit(ctx, address.target(words))


SCREENS: Final[dict[str, ScreenFn]] = {"omnibox": omnibox}
HANDLERS: Final[dict[str, Handler]] = {"omnibox.enter": enter, "omnibox.go": go}
