"""Rows of the model as Views, in the shape of Android 13's preference screens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from simphone.apps.settings.model import (
    Act,
    Custom,
    Flag,
    Header,
    Link,
    Note,
    Options,
    Page,
    Pick,
    Row,
    Slider,
    Text,
    Toggle,
    resolve,
)
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, Msg, Paint, Scene, Theme, View
from simphone.widgets.bars import collapsing_toolbar
from simphone.widgets.box import column, frame, list_view, row, space
from simphone.widgets.controls import seek_bar, switch
from simphone.widgets.image import icon
from simphone.widgets.nav import Entry, ask, go, key, page
from simphone.widgets.rows import list_row, radio_row, switch_row
from simphone.widgets.text import section_header, text

TITLE_SIZE: Final = 20.0
NOTHING: Final[Msg] = ("nothing",)


def palette(ctx: Ctx) -> Theme:
    """Settings on a Pixel: a tinted background in light mode."""
    theme = ctx.theme
    if theme.dark:
        return replace(theme, background="#111318", surface_high="#2a2d33")
    return replace(theme, background="#f8f9ff", surface_high="#e7eaf3")


def draw_page(ctx: Ctx, entry: Entry, found: Page) -> Scene:
    """The whole page: toolbar above, list below, never overlapping."""
    theme = palette(ctx)
    rows = [draw_row(ctx, entry, index, item) for index, item in enumerate(found.list_rows(ctx, entry))]
    actions = found.menu(ctx) if found.menu else ()
    title = resolve(found.title, ctx)
    root = column(
        frame(collapsing_toolbar(theme, title, *actions), id="app_bar", width=MATCH),
        frame(list_view(key(entry, "list"), *rows, space(height=24)), id="content_frame", width=MATCH, height=0,
              weight=1.0),
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


def _plain(ctx: Ctx, item: Row, on_tap: Msg, summary: Text | None = None) -> View:
    theme = palette(ctx)
    enabled = _enabled(ctx, item)
    return list_row(
        theme, resolve(item.title, ctx), resolve(item.summary if summary is None else summary, ctx),
        icon=_icon(theme, item), on_tap=on_tap if enabled else None, clickable=True, enabled=enabled, size=TITLE_SIZE,
    )


def _row(ctx: Ctx, _entry: Entry, _index: int, item: Row) -> View:
    return _plain(ctx, item, NOTHING)


def _header(ctx: Ctx, _entry: Entry, _index: int, item: Header) -> View:
    return section_header(palette(ctx), resolve(item.title, ctx))


def _note(ctx: Ctx, _entry: Entry, _index: int, item: Note) -> View:
    theme = palette(ctx)
    return column(
        icon(theme, "info"),
        text(theme, resolve(item.title, ctx), size=14, line_height=20, color=theme.on_surface_soft, width=MATCH),
        padding=(24, 20, 24, 12), gap=12,
    )


def _link(ctx: Ctx, _entry: Entry, _index: int, item: Link) -> View:
    return _plain(ctx, item, ask(item.dialog) if item.dialog else go(item.page))


def _act(ctx: Ctx, _entry: Entry, _index: int, item: Act) -> View:
    return _plain(ctx, item, item.msg)


def flip(flag: Flag) -> Msg:
    """The message that switches a flag."""
    return ("flip", flag.value.namespace, flag.value.key, flag.value.default, flag.on, flag.off)


def _toggle(ctx: Ctx, _entry: Entry, _index: int, item: Toggle) -> View:
    theme, on = palette(ctx), item.flag.get(ctx)
    title, enabled = resolve(item.title, ctx), _enabled(ctx, item)
    if item.main:
        return main_switch(theme, title, on, flip(item.flag))
    return switch_row(
        theme, title, resolve(item.summary, ctx), on=on, toggle=flip(item.flag) if enabled else NOTHING,
        open_row=go(item.page) if item.page else None, icon=_icon(theme, item), enabled=enabled, size=TITLE_SIZE,
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
    share = (int(stored) - item.low) / (item.high - item.low) if stored.isdigit() else 0.0
    bar = seek_bar(
        theme, share, ("slide", item.value.namespace, item.value.key, item.low, item.high), desc=title, id="seekbar",
    )
    texts = column(text(theme, title, size=TITLE_SIZE, id="android:id/title"), bar, width=0, weight=1.0)
    return row(_icon(theme, item), texts, padding=(24, 10, 24, 6), gap=16, focusable=True, valign="center")


def _options(ctx: Ctx, _entry: Entry, index: int, item: Options) -> View:
    return _plain(ctx, item, ask("options", row=index), summary=item.label(ctx))


def _pick(ctx: Ctx, _entry: Entry, _index: int, item: Pick) -> View:
    theme = palette(ctx)
    on = item.chosen is not None and item.chosen(ctx)
    return radio_row(theme, resolve(item.title, ctx), resolve(item.summary, ctx), on=on, toggle=item.msg,
                     size=TITLE_SIZE)


def _custom(ctx: Ctx, entry: Entry, _index: int, item: Custom) -> View:
    return item.draw(ctx, entry)


_DRAW: Final[dict[type[Row], Callable[[Ctx, Entry, int, Any], View]]] = {
    Row: _row,
    Header: _header,
    Note: _note,
    Link: _link,
    Act: _act,
    Toggle: _toggle,
    Slider: _slider,
    Options: _options,
    Pick: _pick,
    Custom: _custom,
}
