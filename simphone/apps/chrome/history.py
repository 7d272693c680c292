"""History, deleting it, downloads, recent tabs."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby
from typing import Final

from simphone.apps.chrome import look
from simphone.apps.chrome.state import Visit
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, Paint, Scene, Theme, View
from simphone.widgets import nav
from simphone.widgets.box import column, list_view, row, scroll_column
from simphone.widgets.buttons import filled_button, icon_button, text_button
from simphone.widgets.feedback import empty_state
from simphone.widgets.fields import search_field
from simphone.widgets.image import icon
from simphone.widgets.nav import Entry, Handler, ScreenFn, go, keep, key
from simphone.widgets.rows import check_row
from simphone.widgets.text import text

RANGES: Final = {"Last hour": 1, "Last 24 hours": 24, "Last 7 days": 168, "Last 4 weeks": 672, "All time": 0}
"""Names of the spans that can be deleted, in hours; 0 has no end."""
_KINDS: Final = {
    "history": ("Browsing history", "Clears history"),
    "cookies": ("Cookies and site data", "Signs you out of most sites"),
    "cache": ("Cached images and files", "Some sites may load more slowly on your next visit"),
}


def history(ctx: Ctx, entry: Entry) -> Scene:
    """What was visited, the latest first, by day."""
    colors = look.theme(ctx)
    word = str(entry["args"].get("word", ""))
    found = [
        (index, visit)
        for index, visit in enumerate(ctx.data["history"])
        if word.strip().casefold() in f"{visit['title']} {visit['url']}".casefold()
    ]
    rows: list[View] = []
    for day, group in groupby(reversed(found), key=lambda pair: _day(ctx, pair[1])):
        rows.append(
            text(colors, day, size=14, font="medium", color=colors.on_surface_soft, width=MATCH, margin=(16, 16, 16, 4))
        )
        rows += [_row(colors, index, visit) for index, visit in group]
    field = search_field(colors, key(entry, "word"), word, keep("word"), hint="Search your history", id="search_text")
    delete = text_button(
        colors, "Delete browsing data…", go("clear_data"), id="clear_browsing_data_button", margin=(8, 0, 8, 0)
    )
    if rows:
        listing = list_view(key(entry, "list"), *rows, id="selectable_list_recycler_view", padding=(0, 0, 0, 24))
    elif word.strip():
        listing = empty_state(
            colors, "Can’t find that page", "Check your spelling or try another search", icon_name="search"
        )
    else:
        listing = empty_state(
            colors,
            "You’ll find your history here",
            "You can see the pages you’ve visited or delete them from your history",
            icon_name="history",
        )
    close = icon_button(colors, "close", "Close", ("bookmark.close",), id="close_menu_id")
    return look.titled_page(
        colors, "History", column(field, delete, listing, height=MATCH), close, activity=look.HISTORY
    )


def _day(ctx: Ctx, visit: Visit) -> str:
    now = ctx.system.now()
    then = now - timedelta(milliseconds=ctx.system.epoch_ms() - visit["time_ms"])
    date = f"{then:%b} {then.day}, {then.year}"
    if then.date() == now.date():
        return f"Today - {date}"
    return f"Yesterday - {date}" if then.date() == (now - timedelta(days=1)).date() else date


def _row(colors: Theme, index: int, visit: Visit) -> View:
    disc = View(
        in_tree=False,
        width=40,
        height=40,
        halign="center",
        valign="center",
        paint=Paint(fill=colors.surface_high, radius=20),
        children=[icon(colors, "globe", size=22, in_tree=False)],
    )
    texts = column(
        text(colors, visit["title"], size=16, max_lines=1, id="title"),
        text(colors, visit["url"], size=14, color=colors.on_surface_soft, max_lines=1, id="description"),
        width=0,
        weight=1.0,
        in_tree=False,
    )
    remove = icon_button(colors, "close", "Remove", ("history.remove", index), size=20, id="remove")
    return row(disc, texts, remove, on_tap=("web.go", visit["url"]), height=68, gap=16, padding=(16, 0, 4, 0))


def clear_data(ctx: Ctx, entry: Entry) -> Scene:
    """Delete browsing data: a span, kinds, the button."""
    colors, args = look.theme(ctx), entry["args"]
    span = str(args.get("span", "Last hour"))
    chosen = {name: bool(args.get(name, True)) for name in _KINDS}
    rows = [
        check_row(colors, title, note, on=chosen[name], toggle=("nav.keep", name, not chosen[name]))
        for name, (title, note) in _KINDS.items()
    ]
    spans = [
        text(
            colors,
            name,
            size=15,
            color=colors.on_primary_soft if name == span else colors.on_surface_soft,
            on_tap=("nav.keep", "span", name),
            selected=name == span,
            height=40,
            valign="center",
            padding=(14, 0, 14, 0),
            paint=Paint(
                fill=colors.primary_soft if name == span else None,
                border=None if name == span else colors.outline,
                radius=20,
            ),
        )
        for name in RANGES
    ]
    body = scroll_column(
        key(entry, "page"),
        text(colors, "Time range", size=14, color=colors.on_surface_soft, margin=(24, 12, 24, 8)),
        row(*spans[:3], in_tree=False, gap=8, padding=(20, 4, 20, 4)),
        row(*spans[3:], in_tree=False, gap=8, padding=(20, 4, 20, 12)),
        *rows,
        filled_button(
            colors,
            "Delete data",
            ("history.delete",),
            id="clear_button",
            enabled=any(chosen.values()),
            self_halign="end",
            margin=(24, 16, 24, 16),
        ),
    )
    return look.titled_page(colors, "Delete browsing data", body, activity=look.SETTINGS)


def downloads(ctx: Ctx, _entry: Entry) -> Scene:
    """No files."""
    colors = look.theme(ctx)
    body = empty_state(
        colors,
        "You’ll find your downloads here",
        "You can download files and pages to use offline",
        icon_name="download",
    )
    return look.titled_page(colors, "Downloads", body, activity=look.DOWNLOADS)


def recent_tabs(ctx: Ctx, _entry: Entry) -> Scene:
    """No other devices."""
    colors = look.theme(ctx)
    body = empty_state(
        colors, "No recent tabs", "Sign in to see tabs that are open on other devices", icon_name="devices"
    )
    return look.titled_page(colors, "Recent tabs", body, activity=look.TABBED)


# --- messages ---------------------------------------------------------------------------------------------------------
def remove(ctx: Ctx, index: int) -> None:
    """Forget one visit."""
    ctx.data["history"].pop(index)


def delete(ctx: Ctx) -> None:
    """Forget the chosen kinds of data; only the history is seen again anywhere."""
    args = nav.top(ctx)["args"]
    hours = RANGES[str(args.get("span", "Last hour"))]
    if args.get("history", True):
        oldest = ctx.system.epoch_ms() - hours * 3_600_000
        visits: list[Visit] = ctx.data["history"]
        ctx.data["history"] = [visit for visit in visits if hours and visit["time_ms"] < oldest]
    nav.pop(ctx)
    nav.snack(ctx, "Browsing data deleted")


SCREENS: Final[dict[str, ScreenFn]] = {
    "history": history,
    "clear_data": clear_data,
    "downloads": downloads,
    "recent_tabs": recent_tabs,
}
HANDLERS: Final[dict[str, Handler]] = {"history.remove": remove, "history.delete": delete}
