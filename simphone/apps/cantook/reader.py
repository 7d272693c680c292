"""The reader: a page of a book, its bars, contents and the look of the text."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, NamedTuple

from simphone.apps.cantook import look
from simphone.apps.cantook.state import Book, book, page_at, percent, saved
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, Canvas, Paint, Scene, Scroll, TextStyle, Theme, View, Window
from simphone.widgets import nav
from simphone.widgets.bars import app_bar, tabs
from simphone.widgets.box import column, list_view, row, space
from simphone.widgets.buttons import chip, icon_button
from simphone.widgets.controls import seek_bar
from simphone.widgets.menus import bottom_sheet
from simphone.widgets.nav import Entry
from simphone.widgets.rows import list_row
from simphone.widgets.text import divider, text

_LEAF: Final = "android.widget.TextView"
_EDGE: Final = 0.3
"""Share of the width at each side that turns the page."""
_FONTS: Final = (14, 28)
"""Least and greatest size of the text in sp."""


class Paper(NamedTuple):
    """Ground and ink of a page."""

    ground: str
    ink: str
    soft: str


PAPERS: Final[dict[str, Paper]] = {
    "Day": Paper("#ffffff", "#1d1d1d", "#7a7a7a"),
    "Sepia": Paper("#faf4e8", "#3f2f1e", "#8b7860"),
    "Night": Paper("#101214", "#c9cdd1", "#7d848b"),
}


def reader(ctx: Ctx, entry: Entry) -> Scene:
    """A page. A tap at the sides turns it, one in the middle shows or hides the bars."""
    found = book(ctx, str(entry["args"]["book"]))
    colors = look.theme(ctx)
    if found is None or not found["pages"]:
        return look.titled(colors, "", look.nothing(colors, "This book has no pages that can be shown"))
    index = _index(entry, found)
    paper = PAPERS[saved(ctx)["settings"]["paper"]]
    bars = bool(entry["args"].get("bars"))
    page = _page(ctx, entry, found, index, paper)
    scene = look.page(
        colors,
        _top_bar(colors, found, index) if bars else None,
        page,
        _bottom_bar(colors, found, index) if bars else None,
        activity="com.aldiko.android.reader.ReaderActivity",
    )
    shade = colors.background if bars else paper.ground
    scene.windows[0].background = paper.ground
    return replace(scene, status_bar=shade, nav_bar=shade)


def _index(entry: Entry, found: Book) -> int:
    return min(max(int(entry["args"]["page"]), 0), len(found["pages"]) - 1)


def _page(ctx: Ctx, entry: Entry, found: Book, index: int, paper: Paper) -> View:
    """As a web view shows it to accessibility: one leaf per line."""
    page, size = found["pages"][index], saved(ctx)["settings"]["font"]
    soft = TextStyle(size=12, color=paper.soft, align="center", max_lines=1)
    heading = TextStyle(size=size * 1.3, color=paper.ink, weight="medium", align="center")
    body = TextStyle(size=size, color=paper.ink, line_height=size * 1.45)
    lines = [
        View(cls=_LEAF, text=line, style=body, width=MATCH, margin=(0, 0, 0, size * 0.5))
        for line in page["lines"]
        if line
    ]
    chapter = page["chapter"]
    content = View(
        cls="android.view.View",
        layout="column",
        width=MATCH,
        padding=(28, 20, 28, 24),
        children=[
            View(cls=_LEAF, text=found["title"], style=soft, width=MATCH, margin=(0, 0, 0, 20)),
            *([View(cls=_LEAF, text=chapter, style=heading, width=MATCH, margin=(0, 0, 0, 20))] if chapter else []),
            *lines,
        ],
    )
    return View(
        cls="android.webkit.WebView",
        id="webview",
        layout="column",
        width=MATCH,
        height=0,
        weight=1.0,
        clickable=False,
        scroll=Scroll(nav.key(entry, f"page.{index}")),
        canvas=Canvas(on_tap=("reader.tap",)),
        on_swipe={"left": ("reader.turn", 1), "right": ("reader.turn", -1)},
        children=[content],
    )


def _top_bar(colors: Theme, found: Book, index: int) -> View:
    marked = index in found["bookmarks"]
    return app_bar(
        colors,
        found["title"],
        icon_button(
            colors, "bookmark_filled" if marked else "bookmark", "Remove bookmark" if marked else "Add bookmark",
            ("reader.bookmark",), color=colors.primary if marked else colors.on_surface,
        ),
        icon_button(colors, "format_size", "Appearance", ("reader.appearance",), color=colors.on_surface),
        icon_button(colors, "list", "Contents", ("reader.contents",), color=colors.on_surface),
        paint=Paint(fill=colors.background, elevation=2),
    )  # fmt: skip


def _bottom_bar(colors: Theme, found: Book, index: int) -> View:
    count = len(found["pages"])
    return column(
        seek_bar(colors, index / max(1, count - 1), ("reader.slide",), desc="Position"),
        row(
            text(colors, found["pages"][index]["chapter"], size=13, color=colors.on_surface_soft, max_lines=1, width=0,
                 weight=1.0),
            text(colors, percent(found["progress"]), size=13, font="medium", id="progress"),
            in_tree=False,
        ),
        id="reader_controls",
        padding=(20, 8, 20, 12),
        gap=4,
        paint=Paint(fill=colors.background),
    )  # fmt: skip


def contents(ctx: Ctx, entry: Entry) -> Scene:
    """Chapters, and bookmarks."""
    colors, args = look.theme(ctx), entry["args"]
    found = book(ctx, str(args["book"]))
    chosen = int(args.get("tab", 0))
    pages = found["pages"] if found else []
    if chosen:
        indices = sorted(found["bookmarks"]) if found else []
    else:
        indices = [at for at, page in enumerate(pages) if not at or page["chapter"] != pages[at - 1]["chapter"]]
    rows = [
        list_row(
            colors,
            pages[at]["chapter"] or f"Page {at + 1}",
            percent(pages[at]["at"]) if chosen else "",
            on_tap=("reader.jump", at),
        )
        for at in indices
        if at < len(pages)
    ]
    empty = look.nothing(colors, "No bookmarks", icon_name="bookmark")
    return look.titled(
        colors,
        "Contents",
        tabs(colors, ("Chapters", "Bookmarks"), chosen, ("nav.keep", "tab")),
        divider(colors),
        list_view(nav.key(entry, "list"), *rows) if rows else empty,
    )


def appearance(ctx: Ctx, _entry: Entry) -> Window:
    """Size of the text, and paper."""
    colors, settings = look.theme(ctx), saved(ctx)["settings"]
    size = row(
        text(colors, "Font size", size=16, width=0, weight=1.0),
        icon_button(colors, "remove", "Decrease font size", ("reader.font", -2)),
        text(colors, str(settings["font"]), size=16, id="font_size"),
        icon_button(colors, "add", "Increase font size", ("reader.font", 2)),
        in_tree=False,
        height=56,
    )
    papers = row(
        text(colors, "Theme", size=16, width=0, weight=1.0),
        *(chip(colors, name, ("reader.paper", name), picked=name == settings["paper"]) for name in PAPERS),
        in_tree=False,
        height=56,
        gap=8,
    )
    return bottom_sheet(colors, column(size, papers, space(height=16), in_tree=False, padding=(24, 0, 16, 0)))


# --- messages -------------------------------------------------------------------------------------------------------
def read(ctx: Ctx, key: str) -> None:
    """Open a book where it was left."""
    found = book(ctx, key)
    if found is None:
        return
    nav.close_all(ctx)
    found["read"] = ctx.system.epoch_ms()
    nav.push(ctx, "reader", book=key, page=page_at(found), bars=False)


def _go_to(ctx: Ctx, index: int) -> None:
    """Another page: the progress goes with it, and the end is reached with the last one."""
    args = nav.top(ctx)["args"]
    found = book(ctx, str(args["book"]))
    if found is None or not 0 <= index < len(found["pages"]) or index == args["page"]:
        return
    args["page"] = index
    found["progress"] = found["pages"][index]["at"]
    found["finished"] = found["finished"] or found["progress"] >= 100.0


def turn(ctx: Ctx, way: int) -> None:
    """The next page, or the one before."""
    _go_to(ctx, int(nav.top(ctx)["args"]["page"]) + way)


def touched(ctx: Ctx, x: float, _y: float) -> None:
    """A tap on the page; x in dp."""
    metrics, args = ctx.system.metrics, nav.top(ctx)["args"]
    share = x * metrics.density / 160 / metrics.width
    if share < _EDGE:
        turn(ctx, -1)
    elif share > 1 - _EDGE:
        turn(ctx, 1)
    else:
        args["bars"] = not args["bars"]


def slide(ctx: Ctx, fraction: float) -> None:
    """The slider below the page."""
    found = book(ctx, str(nav.top(ctx)["args"]["book"]))
    if found is not None:
        _go_to(ctx, round(fraction * (len(found["pages"]) - 1)))


def bookmark(ctx: Ctx) -> None:
    """Put a bookmark on the page, or take it away."""
    args = nav.top(ctx)["args"]
    found = book(ctx, str(args["book"]))
    if found is None:
        return
    if args["page"] in found["bookmarks"]:
        found["bookmarks"].remove(args["page"])
    else:
        found["bookmarks"].append(args["page"])


def open_contents(ctx: Ctx) -> None:
    """Contents of the open book."""
    nav.push(ctx, "contents", book=nav.top(ctx)["args"]["book"], tab=0)


def open_appearance(ctx: Ctx) -> None:
    """The sheet of the text's look."""
    nav.open_dialog(ctx, "appearance")


def jump(ctx: Ctx, index: int) -> None:
    """A chapter or bookmark of the contents."""
    nav.pop(ctx)
    _go_to(ctx, index)


def font(ctx: Ctx, step: int) -> None:
    """A smaller or larger text."""
    settings = saved(ctx)["settings"]
    settings["font"] = min(max(settings["font"] + step, _FONTS[0]), _FONTS[1])


def paper(ctx: Ctx, name: str) -> None:
    """The paper of all books."""
    saved(ctx)["settings"]["paper"] = name


SCREENS: Final[dict[str, nav.ScreenFn]] = {"reader": reader, "contents": contents}
DIALOGS: Final[dict[str, nav.DialogFn]] = {"appearance": appearance}
HANDLERS: Final[dict[str, nav.Handler]] = {
    "read": read,
    "reader.tap": touched,
    "reader.turn": turn,
    "reader.slide": slide,
    "reader.bookmark": bookmark,
    "reader.contents": open_contents,
    "reader.appearance": open_appearance,
    "reader.jump": jump,
    "reader.font": font,
    "reader.paper": paper,
}
