"""Searching: the page to type on, and the results."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from simphone.apps.tiktok import catalog, look
from simphone.apps.tiktok.state import SEARCHES_KEPT, Creator, saved
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, Msg, Paint, Scene, Scroll, TextStyle, View, Window
from simphone.widgets import nav
from simphone.widgets.box import FRAME, LINEAR, column, list_view, row, space
from simphone.widgets.dialogs import Action, alert_dialog
from simphone.widgets.fields import EDIT_TEXT, bare_field
from simphone.widgets.image import icon
from simphone.widgets.text import text

TABS: Final = ("Top", "Videos", "Users", "Sounds", "LIVE", "Hashtags")
_RECENT: Final = 5


# --- messages -------------------------------------------------------------------------------------------------------
def submit(ctx: Ctx, query: str = "") -> None:
    """Enter, the Search button, or a word that is offered: results take the place of what was there before."""
    asked = " ".join((query or str(nav.top(ctx)["args"]["words"])).split())
    if not asked:
        return
    data = saved(ctx)
    data["searches"] = [asked, *(each for each in data["searches"] if each != asked)][:SEARCHES_KEPT]
    while nav.top(ctx)["name"] in ("search", "results") and nav.pop(ctx):
        pass
    nav.push(ctx, "results", query=asked, words=" ".join(catalog.words(asked)), tab="Top")


def pick_tab(ctx: Ctx, tab: str) -> None:
    """A tab of the results."""
    nav.top(ctx)["args"]["tab"] = tab


def edit(ctx: Ctx) -> None:
    """A tap on the field of the results: type on."""
    nav.push(ctx, "search", words=nav.top(ctx)["args"]["query"])


def clear(ctx: Ctx) -> None:
    """Empty the field."""
    nav.top(ctx)["args"]["words"] = ""


def forget(ctx: Ctx, query: str = "") -> None:
    """Drop one recent search, or all of them."""
    data = saved(ctx)
    data["searches"] = [each for each in data["searches"] if query and each != query]
    nav.close_all(ctx)


# --- the page to type on --------------------------------------------------------------------------------------------
def page(ctx: Ctx, entry: nav.Entry) -> Scene:
    """Field, and below it recent searches and ideas, or what goes on from the typed words."""
    colors, words = look.theme(ctx), str(entry["args"]["words"])
    field = bare_field(
        colors, nav.key(entry, "words"), words, nav.keep("words"), hint="Search", autofocus=True,
        on_enter=("submit",), width=0, weight=1.0, size=16, min_height=40,
    )  # fmt: skip
    go_on = text(
        colors, "Search", size=16, font="bold", color=look.RED, on_tap=("submit",), align="center", width=70, height=48,
        valign="center", cls="android.widget.Button",
    )  # fmt: skip
    parts = _offers(ctx, words) if words.strip() else [*_recent(ctx, entry), *_ideas(ctx)]
    return look.page(
        ctx,
        _bar(ctx, field, go_on, clear=bool(words)),
        list_view(nav.key(entry, "offers"), *parts),
        activity=look.SEARCH,
    )


def _bar(ctx: Ctx, field: View, last: View, *, clear: bool = False) -> View:
    colors = look.theme(ctx)
    box = row(
        icon(colors, "search", size=20, color=colors.on_surface, in_tree=False),
        field,
        look.icon_view("close", "Clear", ("clear",), colors.on_surface_soft, size=18, width=36, height=40)
        if clear else None,
        in_tree=False, width=0, weight=1.0, height=40, gap=8, padding=(12, 0, 2, 0),
        paint=Paint(fill=colors.surface_high, radius=6),
    )  # fmt: skip
    back = look.icon_view("arrow_back", "Back", ("nav.back",), colors.on_surface)
    return row(back, box, last, cls=LINEAR, height=56, padding=(2, 0, 4, 0))


def _offers(ctx: Ctx, words: str) -> list[View]:
    users = [_account(ctx, each) for each in catalog.find_users(ctx, words)[:2]]
    return [*users, *(_offer(ctx, each, "search") for each in catalog.suggestions(ctx, words))]


def _account(ctx: Ctx, who: Creator) -> View:
    colors = look.theme(ctx)
    return row(
        look.face(who, 40, in_tree=False),
        column(
            look.named(ctx, who, size=15),
            text(colors, f"@{who['handle']}", size=13, color=colors.on_surface_soft, max_lines=1),
            in_tree=False, width=0, weight=1.0, gap=2,
        ),
        cls=LINEAR, height=58, gap=12, padding=(16, 0, 16, 0), on_tap=("profile", who["handle"]),
    )  # fmt: skip


def _offer(ctx: Ctx, words: str, drawn: str, *, last: View | None = None) -> View:
    colors = look.theme(ctx)
    return row(
        icon(colors, drawn, size=20, in_tree=False),
        text(colors, words, size=16, max_lines=1, width=0, weight=1.0),
        last,
        cls=LINEAR, height=46, gap=14, padding=(16, 0, 8, 0), on_tap=("submit", words),
    )  # fmt: skip


def _recent(ctx: Ctx, entry: nav.Entry) -> list[View]:
    colors, kept = look.theme(ctx), saved(ctx)["searches"]
    every = bool(entry["args"].get("all"))
    rows = [
        _offer(
            ctx, each, "history",
            last=look.icon_view(
                "close", f"Delete {each}", ("forget", each), colors.on_surface_soft, size=16, height=44
            ),
        )
        for each in (kept if every else kept[:_RECENT])
    ]  # fmt: skip
    if len(kept) > _RECENT or every:
        label, message = ("Clear all", nav.ask("forget")) if every else ("See more", ("nav.keep", "all", True))
        rows.append(_more(ctx, label, message))
    return rows


def _more(ctx: Ctx, label: str, on_tap: Msg) -> View:
    colors = look.theme(ctx)
    return text(
        colors, label, size=14, color=colors.on_surface_soft, align="center", width=MATCH, height=44, valign="center",
        on_tap=on_tap,
    )  # fmt: skip


def _ideas(ctx: Ctx) -> list[View]:
    ideas = saved(ctx)["may_like"]
    if not ideas:
        return []
    colors = look.theme(ctx)
    head = text(colors, "You may like", size=16, font="bold", margin=(16, 18, 16, 6))
    return [head, *(_idea(ctx, each, hot=index < 2) for index, each in enumerate(ideas))]


def _idea(ctx: Ctx, words: str, *, hot: bool) -> View:
    colors = look.theme(ctx)
    dot = View(
        in_tree=False, width=6, height=6, paint=Paint(fill=look.RED if hot else colors.outline, radius=3),
        margin=(7, 0, 7, 0),
    )  # fmt: skip
    return row(
        dot,
        text(colors, words, size=16, max_lines=1, color=look.RED if hot else colors.on_surface, width=0, weight=1.0),
        cls=LINEAR, height=44, gap=14, padding=(16, 0, 16, 0), on_tap=("submit", words),
    )  # fmt: skip


def forget_all(ctx: Ctx, _entry: nav.Entry) -> Window:
    """Asks before all recent searches go."""
    return alert_dialog(
        look.theme(ctx),
        "Clear all search history?",
        negative=Action("Cancel"),
        positive=Action("Clear all", ("forget",)),
    )


# --- results --------------------------------------------------------------------------------------------------------
def results(ctx: Ctx, entry: nav.Entry) -> Scene:
    """What answers a query, by tabs. A tap on the field goes back to typing."""
    colors, query, picked = look.theme(ctx), str(entry["args"]["query"]), str(entry["args"]["tab"])
    field = View(
        cls=EDIT_TEXT, text=query, on_tap=("edit",), width=0, weight=1.0, height=40, valign="center",
        style=TextStyle(size=16, color=colors.on_surface, max_lines=1),
    )  # fmt: skip
    filters = look.icon_view("tune", "Filters", nav.ask("filters"), colors.on_surface, size=24)
    tabs = View(
        cls="android.widget.HorizontalScrollView",
        layout="row",
        width=MATCH,
        height=44,
        scroll=Scroll(nav.key(entry, "tabs"), axis="x"),
        children=[look.tab(ctx, each, each == picked, ("tab", each)) for each in TABS],
    )
    line = View(in_tree=False, width=MATCH, height=0.5, paint=Paint(fill=colors.divider))
    rows = _BY_TAB[picked](ctx, query)
    body = (
        list_view(nav.key(entry, picked), space(height=8), *rows)
        if rows
        else look.nothing(ctx, "No results found", "Check your spelling or try different keywords")
    )
    return look.page(ctx, _bar(ctx, field, filters), tabs, line, body, activity=look.SEARCH)


def _top(ctx: Ctx, query: str) -> list[View]:
    users, found = catalog.find_users(ctx, query), catalog.find_videos(ctx, query)
    return [*(_best(ctx, users[0]) if users else []), *look.cards(ctx, found)]


def _best(ctx: Ctx, who: Creator) -> list[View]:
    colors = look.theme(ctx)
    every = text(
        colors, "View all", size=14, color=colors.on_surface_soft, on_tap=("tab", "Users"), height=36, valign="center"
    )
    head = row(
        text(colors, "Users", size=16, font="bold", width=0, weight=1.0), every,
        in_tree=False, padding=(16, 4, 16, 0),
    )  # fmt: skip
    return [head, look.user_row(ctx, who), space(height=8)]


def _videos(ctx: Ctx, query: str) -> list[View]:
    return look.cards(ctx, catalog.find_videos(ctx, query))


def _users(ctx: Ctx, query: str) -> list[View]:
    return [look.user_row(ctx, each) for each in catalog.find_users(ctx, query)]


def _sounds(ctx: Ctx, query: str) -> list[View]:
    found = catalog.find_sounds(ctx, query)
    return [_group(ctx, "music_note", each, "sound", len(catalog.with_sound(ctx, each))) for each in found]


def _tags(ctx: Ctx, query: str) -> list[View]:
    found = catalog.find_tags(ctx, query)
    return [_group(ctx, "tag", each, "tag", len(catalog.with_tag(ctx, each))) for each in found]


def _live(_ctx: Ctx, _query: str) -> list[View]:
    return []


def _group(ctx: Ctx, drawn: str, name: str, kind: str, size: int) -> View:
    colors = look.theme(ctx)
    return row(
        icon(colors, drawn, size=22, width=44, height=44, paint=Paint(fill=colors.surface_high, radius=22),
             in_tree=False, color=colors.on_surface),
        column(
            text(colors, name, size=16, font="medium", max_lines=1),
            text(colors, "1 video" if size == 1 else f"{size} videos", size=13, color=colors.on_surface_soft),
            in_tree=False, width=0, weight=1.0, gap=2,
        ),
        cls=FRAME, height=66, gap=12, padding=(16, 0, 16, 0),
        on_tap=("nav.push", "collection", "kind", kind, "name", name),
    )  # fmt: skip


_BY_TAB: Final[dict[str, Callable[[Ctx, str], list[View]]]] = {
    "Top": _top, "Videos": _videos, "Users": _users, "Sounds": _sounds, "LIVE": _live, "Hashtags": _tags,
}  # fmt: skip
HANDLERS: Final[dict[str, nav.Handler]] = {
    "submit": submit, "tab": pick_tab, "edit": edit, "clear": clear, "forget": forget,
}  # fmt: skip
SCREENS: Final = {"search": page, "results": results}
DIALOGS: Final = {"forget": forget_all}
