"""Searching: the page to type on, the results with their tabs, and the sheets that order and narrow them."""

from __future__ import annotations

from typing import Final

from simphone.apps.reddit import cards, catalog, look
from simphone.apps.reddit.communities import community_row
from simphone.apps.reddit.state import Post, saved
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, Msg, Paint, Scene, Scroll, View, Window
from simphone.widgets import nav
from simphone.widgets.bars import UP, scrolling_tabs
from simphone.widgets.box import build, column, list_view, row, space
from simphone.widgets.buttons import icon_button
from simphone.widgets.feedback import empty_state
from simphone.widgets.fields import bare_field
from simphone.widgets.image import icon, picture
from simphone.widgets.menus import bottom_sheet
from simphone.widgets.nav import DialogFn, Entry, Handler, ScreenFn, ask, keep, key
from simphone.widgets.rows import radio_row
from simphone.widgets.text import divider, text

TABS: Final = ("Posts", "Communities", "Comments", "Media", "People")
_KEPT: Final = 5
"""How many searches are remembered."""
_OFFERED: Final = 5


def _bar(ctx: Ctx, middle: View, *, clear: Msg | None) -> View:
    colors = look.theme(ctx)
    box = row(
        icon(colors, "search", size=20, in_tree=False),
        middle,
        icon_button(colors, "cancel", "Clear search", clear, size=18, width=40, height=44) if clear else None,
        in_tree=False, width=0, weight=1.0, height=44, gap=8, padding=(14, 0, 2, 0),
        paint=Paint(fill=colors.surface_high, radius=22),
    )  # fmt: skip
    back = icon_button(colors, "arrow_back", "Back", UP, color=colors.on_surface)
    return row(back, box, height=60, padding=(4, 0, 12, 0), gap=2, cls=look.COMPOSE)


def search(ctx: Ctx, entry: Entry) -> Scene:
    """`args.word` is what stands in the field."""
    colors, word = look.theme(ctx), str(entry["args"]["word"])
    field = bare_field(
        colors, key(entry, "word"), word, keep("word"), hint="Search Reddit", autofocus=True, on_enter=("search.run",),
        id="search", width=0, weight=1.0, min_height=44, size=15,
    )  # fmt: skip
    parts = _suggestions(ctx, word) if word.strip() else _recent(ctx)
    clear: Msg | None = ("nav.keep", "word", "") if word else None
    return look.page(ctx, _bar(ctx, field, clear=clear), divider(colors), list_view(key(entry, "list"), *parts))


def _suggestions(ctx: Ctx, word: str) -> list[View]:
    names = catalog.find_communities(saved(ctx), word)[:_OFFERED]
    last = _line(ctx, "search", f'Search for "{" ".join(word.split())}"', ("search.run",))
    return [*(community_row(ctx, name, button=False) for name in names), last]


def _recent(ctx: Ctx) -> list[View]:
    colors = look.theme(ctx)
    return [
        _line(
            ctx, "history", each, ("search.run", each),
            icon_button(colors, "close", f"Remove {each}", ("search.forget", each), size=18, width=44, height=44),
        )
        for each in saved(ctx)["searches"]
    ]  # fmt: skip


def _line(ctx: Ctx, sign: str, label: str, on_tap: Msg, last: View | None = None) -> View:
    colors = look.theme(ctx)
    return row(
        icon(colors, sign, size=22, in_tree=False, margin=(7, 0, 7, 0)),
        text(colors, label, size=15, max_lines=1, width=0, weight=1.0),
        last, cls=look.COMPOSE, on_tap=on_tap, height=52, gap=12, padding=(16, 0, 8, 0),
    )  # fmt: skip


def results(ctx: Ctx, entry: Entry) -> Scene:
    """What was found. `args`: query, tab (of TABS), sort (of SORTS), time (of TIMES)."""
    colors, args = look.theme(ctx), entry["args"]
    query, tab = str(args["query"]), str(args["tab"])
    word = text(
        colors, query, size=15, max_lines=1, id="search", on_tap=("search.edit", query), width=0, weight=1.0,
        height=44, valign="center",
    )  # fmt: skip
    tabs = scrolling_tabs(colors, key(entry, "tabs"), TABS, TABS.index(tab), ("search.tab",), start=4)
    parts = [_bar(ctx, word, clear=("search.edit", "")), tabs, divider(colors)]
    return look.page(ctx, *parts, *_found(ctx, entry, query, tab))


def _found(ctx: Ctx, entry: Entry, query: str, tab: str) -> list[View]:
    data, scroller = saved(ctx), key(entry, tab)
    if tab == "Posts":
        sort, time = str(entry["args"]["sort"]), str(entry["args"]["time"])
        posts = catalog.find_posts(data, query, sort, time)
        lines = [_post_row(ctx, each) for each in posts]
        return [_chips(ctx, sort, time), _listed(ctx, f"{scroller}.{sort}.{time}", query, lines)]
    if tab == "Communities":
        lines = [community_row(ctx, each) for each in catalog.find_communities(data, query)]
    elif tab == "Media":
        found = catalog.find_posts(data, query, "relevance", "all")
        lines = [cards.card(ctx, each) for each in found if data["posts"][each]["picture"]]
    else:
        lines = []
    return [_listed(ctx, scroller, query, lines)]


def _listed(ctx: Ctx, scroller: str, query: str, lines: list[View]) -> View:
    if lines:
        return list_view(scroller, *lines, id="search_results")
    return empty_state(
        look.theme(ctx), f'No results for "{query}"', "Check the spelling, or try other words", icon_name="search"
    )


def _chips(ctx: Ctx, sort: str, time: str) -> View:
    """What orders and narrows the posts; a choice other than the usual one is drawn filled."""
    colors = look.theme(ctx)
    order, span = catalog.SORTS[sort], catalog.TIMES[time]
    return row(
        look.pill(colors, order, ask("sort"), desc=f"Sort by: {order}", filled=sort != "relevance"),
        None if sort in catalog.UNTIMED
        else look.pill(colors, span, ask("time"), desc=f"Time range: {span}", filled=time != "all"),
        gap=8, padding=(16, 10, 16, 6), in_tree=False,
    )  # fmt: skip


def _post_row(ctx: Ctx, ident: str) -> View:
    colors, data = look.theme(ctx), saved(ctx)
    post: Post = data["posts"][ident]
    soft = colors.on_surface_soft
    from_where = row(
        look.badge(post["community"], size=20),
        text(colors, f"r/{post['community']}", size=12, font="bold", max_lines=1),
        text(colors, "•", size=12, color=soft, in_tree=False),
        text(colors, f"{look.age(post['age'])} ago", size=12, color=soft, max_lines=1),
        gap=6, in_tree=False,
    )  # fmt: skip
    votes, said = look.count(catalog.score(data, ident)), look.count(post["comments"])
    texts = column(
        from_where,
        text(colors, post["title"], size=15, font="medium", line_height=20, max_lines=3, width=MATCH),
        text(colors, f"{votes} upvotes • {said} comments", size=12, color=soft, max_lines=1),
        in_tree=False, width=0, weight=1.0, gap=6,
    )  # fmt: skip
    small = picture("reddit.scene", post["picture"], width=92, height=70, paint=Paint(radius=10), in_tree=False)
    return column(
        row(texts, small if post["picture"] else None, in_tree=False, gap=12, padding=(16, 12, 16, 12)),
        divider(colors),
        cls=look.COMPOSE, on_tap=("post", ident), on_long_press=ask("post_menu", post=ident),
    )  # fmt: skip


def sort_sheet(ctx: Ctx, entry: Entry) -> Window:
    """Sort by; a community's page has no order by relevance."""
    shown = nav.top(ctx)
    sorts = {k: label for k, label in catalog.SORTS.items() if shown["name"] == "results" or k != "relevance"}
    return _sheet(ctx, entry, "Sort by", "sort", sorts, str(shown["args"]["sort"]))


def time_sheet(ctx: Ctx, entry: Entry) -> Window:
    """Time range."""
    return _sheet(ctx, entry, "Time range", "time", catalog.TIMES, str(nav.top(ctx)["args"]["time"]))


def _sheet(ctx: Ctx, entry: Entry, title: str, name: str, choices: dict[str, str], chosen: str) -> Window:
    colors = look.theme(ctx)
    rows = [
        radio_row(colors, label, on=value == chosen, toggle=("search.choose", name, value), padding=(24, 12, 24, 12))
        for value, label in choices.items()
    ]
    listing = build(
        {}, cls="android.widget.ScrollView", layout="column", width=MATCH, scroll=Scroll(key(entry, "list")),
        children=rows,
    )  # fmt: skip
    head = text(colors, title, size=18, font="bold", margin=(24, 4, 24, 8))
    return bottom_sheet(colors, head, listing, space(height=12), title=title)


# --- messages -------------------------------------------------------------------------------------------------------
def run(ctx: Ctx, query: str = "") -> None:
    """Enter, the last row, or a remembered search: results take the place of what was there before."""
    asked = " ".join((query or str(nav.top(ctx)["args"].get("word", ""))).split())
    if not asked:
        return
    data = saved(ctx)
    data["searches"] = [asked, *(each for each in data["searches"] if each != asked)][:_KEPT]
    while nav.top(ctx)["name"] in ("search", "results") and nav.pop(ctx):
        pass
    nav.push(ctx, "results", query=asked, tab=TABS[0], sort="relevance", time="all")


def edit(ctx: Ctx, word: str) -> None:
    """A tap on the bar of the results: type on, or anew."""
    nav.push(ctx, "search", word=word)


def forget(ctx: Ctx, query: str) -> None:
    """Drop a remembered search."""
    saved(ctx)["searches"] = [each for each in saved(ctx)["searches"] if each != query]


def pick_tab(ctx: Ctx, index: int) -> None:
    """A tab of the results."""
    nav.top(ctx)["args"]["tab"] = TABS[index]


def choose(ctx: Ctx, name: str, value: str) -> None:
    """A row of a sheet. An order without times drops the time that was chosen."""
    nav.close_all(ctx)
    args = nav.top(ctx)["args"]
    args[name] = value
    if args["sort"] in catalog.UNTIMED and "time" in args:
        args["time"] = "all"


SCREENS: Final[dict[str, ScreenFn]] = {"search": search, "results": results}
DIALOGS: Final[dict[str, DialogFn]] = {"sort": sort_sheet, "time": time_sheet}
HANDLERS: Final[dict[str, Handler]] = {
    "search.run": run, "search.edit": edit, "search.forget": forget, "search.tab": pick_tab, "search.choose": choose,
}  # fmt: skip
