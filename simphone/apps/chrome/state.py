"""What Chrome saves: tabs, bookmarks, history, settings. And what happens to tabs."""

from __future__ import annotations

from typing import Final, Literal, TypedDict

from simphone.apps.chrome import web
from simphone.core.app import Ctx, Json

THEMES: Final = ("System default", "Light", "Dark")
"""Names of the values of `theme`, as ChromePreferenceKeys.UI_THEME_SETTING numbers them."""
MOBILE: Final = "mobile"
READING: Final = "reading"


class Tab(TypedDict):
    """A tab. `back` and `forward` are URLs, the nearest last; exactly one tab is `shown` unless there is none."""

    id: int
    incognito: bool
    shown: bool
    url: str
    title: str
    back: list[str]
    forward: list[str]
    opener: int
    """Id of the tab whose link opened this one; 0 for none."""
    desktop: bool
    offline: bool
    """There was no network when the page was loaded."""


class Bookmark(TypedDict):
    """An entry of a folder."""

    title: str
    url: str


class Folder(TypedDict):
    """A folder of bookmarks; `key` is `mobile`, `reading`, or `folder<n>` for those that the user made."""

    key: str
    title: str
    entries: list[Bookmark]


class Visit(TypedDict):
    """An entry of the history, the latest last. `time_ms`: epoch ms."""

    url: str
    title: str
    time_ms: int


def blank_tab(number: int, *, incognito: bool = False, opener: int = 0) -> Tab:
    """A tab on the New tab page."""
    return {
        "id": number,
        "incognito": incognito,
        "shown": True,
        "url": web.NEW_TAB,
        "title": "New Incognito tab" if incognito else "New tab",
        "back": [],
        "forward": [],
        "opener": opener,
        "desktop": False,
        "offline": False,
    }


def fresh(settings: dict[str, Json]) -> dict[str, Json]:
    """apps.chrome after the first run: one New tab page, no bookmarks, no history."""
    return {
        "theme": 0,
        "tabs": [blank_tab(1)],
        "next_tab": 2,
        "bookmarks": [
            {"key": MOBILE, "title": "Mobile bookmarks", "entries": []},
            {"key": READING, "title": "Reading list", "entries": []},
        ],
        "history": [],
        "shortcuts": [],
        "settings": settings,
    }


# --- tabs -----------------------------------------------------------------------------------------------------------
def tabs(ctx: Ctx, *, incognito: bool | None = None) -> list[Tab]:
    """All tabs, or those of one kind."""
    found: list[Tab] = ctx.data["tabs"]
    return [tab for tab in found if incognito is None or tab["incognito"] == incognito]


def shown(ctx: Ctx) -> Tab | None:
    """The tab that is looked at; None when all are closed."""
    return next((tab for tab in tabs(ctx) if tab["shown"]), None)


def current(ctx: Ctx) -> Tab:
    """The tab that is looked at. Raises LookupError when all are closed."""
    tab = shown(ctx)
    if tab is None:
        raise LookupError("Chrome has no tab")
    return tab


def show(ctx: Ctx, number: int) -> None:
    """Look at a tab."""
    for tab in tabs(ctx):
        tab["shown"] = tab["id"] == number
    _leave_page(ctx)


def new_tab(ctx: Ctx, *, incognito: bool = False, opener: int = 0) -> Tab:
    """Open a tab and look at it."""
    tab = blank_tab(ctx.data["next_tab"], incognito=incognito, opener=opener)
    ctx.data["next_tab"] += 1
    ctx.data["tabs"].append(tab)
    show(ctx, tab["id"])
    return tab


def close_tab(ctx: Ctx, number: int) -> Tab | None:
    """Close a tab; its neighbour of the same kind is shown, else the last of the others. Returns the closed one."""
    closed = next((tab for tab in tabs(ctx) if tab["id"] == number), None)
    if closed is None:
        return None
    same = [tab["id"] for tab in tabs(ctx, incognito=closed["incognito"])]
    at = same.index(number)
    ctx.data["tabs"].remove(closed)
    if closed["shown"]:
        near = [*same[at + 1 : at + 2], *same[:at][-1:]] or [tab["id"] for tab in tabs(ctx)][-1:]
        if near:
            show(ctx, near[0])
    return closed


def _leave_page(ctx: Ctx) -> None:
    ctx.ui["forms"] = {}
    ctx.ui["find"] = None
    ctx.system.hide_keyboard()


# --- going somewhere --------------------------------------------------------------------------------------------------
def visit(ctx: Ctx, address: str) -> None:
    """Load an address in the shown tab; the page it leads to is what stands in the tab."""
    tab = current(ctx)
    url = web.resolve(address)
    if url != tab["url"]:
        tab["back"].append(tab["url"])
    tab["forward"] = []
    _arrive(ctx, tab, url)
    if url != web.NEW_TAB and not tab["incognito"]:
        entry: Visit = {"url": url, "title": tab["title"], "time_ms": ctx.system.epoch_ms()}
        ctx.data["history"].append(entry)


def step(ctx: Ctx, way: Literal["back", "forward"]) -> bool:
    """To the page before or after; False when there is none."""
    tab = current(ctx)
    source, target = (tab["back"], tab["forward"]) if way == "back" else (tab["forward"], tab["back"])
    if not source:
        return False
    target.append(tab["url"])
    _arrive(ctx, tab, source.pop())
    return True


def reload(ctx: Ctx) -> None:
    """Load the page of the shown tab again."""
    _load(ctx, current(ctx))


def _arrive(ctx: Ctx, tab: Tab, url: str) -> None:
    tab["url"] = url
    _load(ctx, tab)


def _load(ctx: Ctx, tab: Tab) -> None:
    tab["offline"] = no_network(ctx)
    tab["title"] = _title(ctx, tab)
    _leave_page(ctx)


def no_network(ctx: Ctx) -> bool:
    """Airplane mode cuts Chrome off."""
    return ctx.system.setting("global", "airplane_mode_on", "0") == "1"


def _title(ctx: Ctx, tab: Tab) -> str:
    if tab["url"] == web.NEW_TAB:
        return "New Incognito tab" if tab["incognito"] else "New tab"
    return page(ctx, tab)["title"]


def page(ctx: Ctx, tab: Tab) -> web.Page:
    """What a tab shows: an error page where there was no network, until there is one again."""
    if tab["offline"] and no_network(ctx):
        return web.offline(tab["url"])
    return web.page(tab["url"])


# --- bookmarks --------------------------------------------------------------------------------------------------------
def folders(ctx: Ctx) -> list[Folder]:
    """All folders of bookmarks."""
    found: list[Folder] = ctx.data["bookmarks"]
    return found


def folder(ctx: Ctx, key: str) -> Folder:
    """A folder by its key. Raises StopIteration when there is none."""
    return next(each for each in folders(ctx) if each["key"] == key)


def bookmarked(ctx: Ctx, url: str) -> tuple[str, int] | None:
    """Folder and index of the bookmark of a URL; the reading list does not count."""
    for each in folders(ctx):
        for index, entry in enumerate(each["entries"]):
            if entry["url"] == url and each["key"] != READING:
                return each["key"], index
    return None


def bookmark_args(ctx: Ctx, key: str, index: int) -> dict[str, Json]:
    """What the page that edits a bookmark is opened with."""
    entry = folder(ctx, key)["entries"][index]
    return {"folder": key, "index": index, "title": entry["title"], "url": entry["url"]}
