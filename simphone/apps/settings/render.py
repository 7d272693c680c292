"""Rows of the model as Views, in the shape of Android 13's preference screens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from simphone.apps.settings.model import (
    Act,
    Custom,
    Header,
    Info,
    Link,
    Note,
    Options,
    Page,
    Pick,
    Row,
    Slider,
    Text,
    Toggle,
    Write,
    resolve,
)
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, Msg, Paint, Scene, Theme, View
from simphone.widgets.bars import COLLAPSED, EXPANDED, UP, collapsing_toolbar
from simphone.widgets.box import column, frame, list_view, row, space
from simphone.widgets.buttons import icon_button
from simphone.widgets.controls import seek_bar, switch
from simphone.widgets.fields import bare_field
from simphone.widgets.image import icon
from simphone.widgets.nav import Entry, ask, go, keep, key, page
from simphone.widgets.rows import list_row, radio_row, switch_row
from simphone.widgets.text import section_header, text

TITLE_SIZE: Final = 20.0


def palette(ctx: Ctx) -> Theme:
    """Settings on a Pixel: a tinted background in light mode."""
    theme = ctx.theme
    if theme.dark:
        return replace(theme, background="#111318", surface_high="#2a2d33")
    return replace(theme, background="#f8f9ff", surface_high="#e7eaf3")


def draw_page(ctx: Ctx, entry: Entry, found: Page) -> Scene:
    """The whole page: toolbar above, list below, never overlapping.

    The toolbar shrinks by what the list was scrolled, until only its buttons are left; room of the same height before
    the first row keeps the rows where the finger has them."""
    theme, title = palette(ctx), found.heading(ctx, entry)
    scroller = key(entry, "list")
    scrolled = ctx.system.state["scroll"].get("settings", {}).get(scroller, 0) / ctx.system.metrics.scale
    shrunk = min(float(scrolled), EXPANDED - COLLAPSED)
    rows = [draw_row(ctx, entry, index, item) for index, item in enumerate(found.list_rows(ctx, entry))]
    actions = found.menu(ctx, entry) if found.menu else ()
    bar = collapsing_toolbar(theme, title, *actions, height=EXPANDED - shrunk)
    listing = list_view(scroller, space(height=shrunk) if shrunk else None, *rows, space(height=24))
    root = column(
        frame(bar, id="app_bar", width=MATCH),
        frame(listing, id="content_frame", width=MATCH, height=0, weight=1.0),
        id="content_parent",
    )
    return page(theme, root, activity=found.activity, title=title)


def draw_row(ctx: Ctx, entry: Entry, index: int, item: Row) -> View:
    """One row; `index` names it for the options dialog."""
    return _DRAW[type(item)](ctx, entry, index, item)


def _icon(theme: Theme, item: Row) -> View | None:
    return icon(theme, item.icon, id="android:id/icon") if item.icon else None


def _enabled(ctx: Ctx, item: Row) -> bool:
    return item.enabled is None or item.enabled(ctx)


def _plain(ctx: Ctx, item: Row, on_tap: Msg | None, summary: Text | None = None) -> View:
    theme = palette(ctx)
    enabled = _enabled(ctx, item)
    return list_row(
        theme,
        resolve(item.title, ctx),
        resolve(item.summary if summary is None else summary, ctx),
        icon=_icon(theme, item),
        on_tap=on_tap if enabled else None,
        clickable=on_tap is not None,
        enabled=enabled,
        size=TITLE_SIZE,
    )


def _row(ctx: Ctx, _entry: Entry, _index: int, item: Row) -> View:
    return _plain(ctx, item, go("blank", title=resolve(item.title, ctx)))


def _info(ctx: Ctx, _entry: Entry, _index: int, item: Info) -> View:
    return _plain(ctx, item, None)


def _header(ctx: Ctx, _entry: Entry, _index: int, item: Header) -> View:
    return section_header(palette(ctx), resolve(item.title, ctx))


def _note(ctx: Ctx, _entry: Entry, _index: int, item: Note) -> View:
    theme = palette(ctx)
    return column(
        icon(theme, "info"),
        text(theme, resolve(item.title, ctx), size=14, line_height=20, color=theme.on_surface_soft, width=MATCH),
        padding=(24, 20, 24, 12),
        gap=12,
    )


def _link(ctx: Ctx, _entry: Entry, _index: int, item: Link) -> View:
    return _plain(ctx, item, ask(item.dialog) if item.dialog else go(item.page))


def _act(ctx: Ctx, _entry: Entry, _index: int, item: Act) -> View:
    return _plain(ctx, item, item.msg)


def _toggle(ctx: Ctx, _entry: Entry, _index: int, item: Toggle) -> View:
    theme, on = palette(ctx), item.flag.get(ctx)
    title, enabled = resolve(item.title, ctx), _enabled(ctx, item)
    if item.main:
        return main_switch(theme, title, on, item.flag.flip(ctx))
    return switch_row(
        theme,
        title,
        resolve(item.summary, ctx),
        on=on,
        toggle=item.flag.flip(ctx) if enabled else None,
        open_row=go(item.page) if item.page else None,
        icon=_icon(theme, item),
        enabled=enabled,
        clickable=True,
        size=TITLE_SIZE,
    )


def main_switch(theme: Theme, title: str, on: bool, toggle: Msg) -> View:
    """The filled bar at the top of a page."""
    control = switch(theme, on, id="android:id/switch_widget", clickable=False)
    return row(
        text(theme, title, size=TITLE_SIZE, color=theme.on_primary_soft, id="switch_text", width=0, weight=1.0),
        control,
        id="main_switch_bar",
        on_tap=toggle,
        height=72,
        margin=(16, 8, 16, 16),
        padding=(24, 0, 20, 0),
        paint=Paint(fill=theme.primary_soft, radius=28),
    )


def _slider(ctx: Ctx, _entry: Entry, _index: int, item: Slider) -> View:
    theme, title = palette(ctx), resolve(item.title, ctx)
    stored = item.value.get(ctx)
    share = (int(stored) - item.low) / (item.high - item.low) if stored.lstrip("-").isdigit() else 0.0
    bar = seek_bar(
        theme,
        share,
        ("slide", item.value.namespace, item.value.key, item.low, item.high),
        desc=title,
        id="seekbar",
    )
    texts = column(text(theme, title, size=TITLE_SIZE, id="android:id/title"), bar, width=0, weight=1.0)
    return row(_icon(theme, item), texts, padding=(24, 10, 24, 6), gap=16, focusable=True, valign="center")


def _options(ctx: Ctx, _entry: Entry, index: int, item: Options) -> View:
    return _plain(ctx, item, ask("options", row=index), summary=item.label(ctx))


def _write(ctx: Ctx, _entry: Entry, index: int, item: Write) -> View:
    return _plain(ctx, item, ask("write", row=index), summary=item.value.get)


def _pick(ctx: Ctx, _entry: Entry, _index: int, item: Pick) -> View:
    theme = palette(ctx)
    on = item.chosen is not None and item.chosen(ctx)
    return radio_row(
        theme, resolve(item.title, ctx), resolve(item.summary, ctx), on=on, toggle=item.msg, size=TITLE_SIZE
    )


def _custom(ctx: Ctx, entry: Entry, _index: int, item: Custom) -> View:
    return item.draw(ctx, entry)


_DRAW: Final[dict[type[Row], Callable[[Ctx, Entry, int, Any], View]]] = {
    Row: _row,
    Info: _info,
    Header: _header,
    Note: _note,
    Link: _link,
    Act: _act,
    Toggle: _toggle,
    Slider: _slider,
    Options: _options,
    Write: _write,
    Pick: _pick,
    Custom: _custom,
}


# --- parts of pages -------------------------------------------------------------------------------------------------
MENU_ANCHOR: Final = (-8.0, 58.0)
"""Where the overflow menu of a toolbar hangs, dp."""


def search_button(ctx: Ctx, screen: str) -> View:
    """The magnifying glass of a toolbar."""
    return icon_button(palette(ctx), "search", "Search", go(screen))


def spinner_row(theme: Theme, chosen: str, on_tap: Msg) -> View:
    """A drop-down list above other rows."""
    spinner = row(
        text(theme, chosen, size=16, id="android:id/text1", color=theme.on_primary_soft, width=0, weight=1.0),
        icon(theme, "arrow_drop_down", color=theme.on_primary_soft, in_tree=False),
        cls="android.widget.Spinner",
        id="filter_spinner",
        on_tap=on_tap,
        width=192,
        height=44,
        padding=(20, 0, 12, 0),
        paint=Paint(fill=theme.primary_soft, radius=22),
    )
    return row(spinner, padding=(24, 8, 24, 12))


def search_screen(
    ctx: Ctx, entry: Entry, hint: str, hits: list[View], *, empty: str = "No results", activity: str = ""
) -> Scene:
    """A field over what was found; the word is kept in the entry's args as `word`."""
    theme = palette(ctx)
    word = str(entry["args"].get("word", ""))
    bar = row(
        icon_button(theme, "arrow_back", "Back", UP),
        bare_field(
            theme,
            key(entry, "word"),
            word,
            keep("word"),
            hint=hint,
            autofocus=True,
            size=18,
            width=0,
            weight=1.0,
            id="android:id/search_src_text",
        ),
        icon_button(theme, "close", "Clear text", ("nav.keep", "word", "")) if word else None,
        height=64,
        paint=Paint(fill=theme.surface_high),
    )
    none = text(theme, empty, size=16, color=theme.on_surface_soft, margin=(24, 24, 24, 0), width=MATCH)
    found = list_view(key(entry, "hits"), *hits) if hits or not word.strip() else none
    return page(theme, column(bar, found), activity=activity)
