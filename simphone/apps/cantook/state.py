"""What Cantook saves and where the user is in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, Literal, TypedDict, cast

from simphone.core.app import Ctx, Json
from simphone.widgets import nav

Tab = Literal["home", "books", "catalogs", "settings"]
Shelf = Literal["books", "authors", "categories", "collections"]
Order = Literal["title", "author", "added", "read"]
SHELVES: Final[dict[Shelf, str]] = {
    "books": "Books",
    "authors": "Authors",
    "categories": "Categories",
    "collections": "Collections",
}
ORDERS: Final[dict[Order, str]] = {
    "title": "Title",
    "author": "Author",
    "added": "Recently added",
    "read": "Recently read",
}


class Page(TypedDict):
    """A page of a book. `at` is the progress in percent that is reached with it."""

    at: float
    chapter: str
    lines: list[str]


class Book(TypedDict):
    """A book of the library. `progress` in percent, one decimal; `added` and `read` in epoch ms, `read` 0 when it was
    never opened. `bookmarks` are indices of pages."""

    title: str
    author: str
    progress: float
    finished: bool
    categories: list[str]
    added: int
    read: int
    file: str
    about: str
    pages: list[Page]
    bookmarks: list[int]


class Collection(TypedDict):
    """Books put together by the user; `books` holds their keys."""

    name: str
    created: int
    books: list[str]


class Catalog(TypedDict):
    """A place where books can be had."""

    title: str
    url: str


class Settings(TypedDict):
    """What the user chose. `font` is the size of a book's text in sp."""

    theme: str
    order: Order
    font: int
    paper: str
    awake: bool
    volume_keys: bool
    wifi_only: bool


class Data(TypedDict):
    """All that Cantook saves. Books and collections by key: "b1", "c1", in the order in which they were made."""

    books: dict[str, Book]
    collections: dict[str, Collection]
    catalogs: list[Catalog]
    settings: Settings
    next_id: int


class Ui(TypedDict):
    """Beside the navigation of StackApp."""

    tab: Tab
    shelf: Shelf


Shelved = tuple[str, Book]
"""A book and its key."""


def saved(ctx: Ctx) -> Data:
    """The saved data, typed."""
    return cast(Data, ctx.data)


def shown(ctx: Ctx) -> Ui:
    """The UI state, typed."""
    return cast(Ui, ctx.ui)


def fresh_data() -> dict[str, Json]:
    """After installation: an empty library."""
    data: Data = {
        "books": {},
        "collections": {},
        "catalogs": [],
        "settings": {
            "theme": "System default",
            "order": "title",
            "font": 18,
            "paper": "Day",
            "awake": False,
            "volume_keys": False,
            "wifi_only": True,
        },
        "next_id": 1,
    }
    return cast(dict[str, Json], data)


def fresh_ui() -> dict[str, Json]:
    """A newly started process: Home."""
    own: Ui = {"tab": "home", "shelf": "books"}
    return {**nav.start("main"), **own}


# --- finding --------------------------------------------------------------------------------------------------------
def book(ctx: Ctx, key: str) -> Book | None:
    """A book; None when it is gone."""
    return saved(ctx)["books"].get(key)


def by_title(title: str) -> str:
    """What a title is sorted by: as it is written, article included; case does not count."""
    return title.casefold()


def _newest(field: Literal["added", "read"]) -> Callable[[Shelved], tuple[int, str]]:
    return lambda each: (-each[1][field], by_title(each[1]["title"]))


def recently_read(ctx: Ctx) -> list[Shelved]:
    """Books that were opened, the last one first."""
    return sorted((each for each in saved(ctx)["books"].items() if each[1]["read"]), key=_newest("read"))


def recently_added(ctx: Ctx) -> list[Shelved]:
    """All books, the newest first."""
    return sorted(saved(ctx)["books"].items(), key=_newest("added"))


def ordered(books: Iterable[Shelved], order: Order) -> list[Shelved]:
    """Books in an order of ORDERS; those never read come last."""
    listed = sorted(books, key=lambda each: by_title(each[1]["title"]))
    if order == "author":
        listed.sort(key=lambda each: each[1]["author"].casefold())
    elif order == "added":
        listed.sort(key=_newest("added"))
    elif order == "read":
        listed.sort(key=_newest("read"))
    return listed


def authors(ctx: Ctx) -> dict[str, int]:
    """Authors in alphabetical order, and how many books each has."""
    return _counted(each["author"] for each in saved(ctx)["books"].values())


def categories(ctx: Ctx) -> dict[str, int]:
    """Categories in alphabetical order, and how many books each has."""
    return _counted(name for each in saved(ctx)["books"].values() for name in each["categories"])


def _counted(names: Iterable[str]) -> dict[str, int]:
    listed = list(names)
    return {name: listed.count(name) for name in sorted(set(listed), key=str.casefold)}


def matching(ctx: Ctx, query: str) -> list[Shelved]:
    """Books whose title or author holds the words."""
    word = query.strip().casefold()
    found = (
        each
        for each in saved(ctx)["books"].items()
        if word and (word in each[1]["title"].casefold() or word in each[1]["author"].casefold())
    )
    return ordered(found, "title")


def percent(value: float) -> str:
    """Progress as Cantook writes it: `37.8%`."""
    return f"{value:.1f}%"


def page_at(entry: Book) -> int:
    """Index of the page that a book is opened at: the last one that was reached."""
    reached = [index for index, page in enumerate(entry["pages"]) if page["at"] <= entry["progress"]]
    return reached[-1] if reached else 0


# --- changing -------------------------------------------------------------------------------------------------------
def _new_key(ctx: Ctx, letter: str) -> str:
    data = saved(ctx)
    number = data["next_id"]
    data["next_id"] = number + 1
    return f"{letter}{number}"


def add_book(ctx: Ctx, entry: Book) -> str:
    """Put a book into the library; its key."""
    key = _new_key(ctx, "b")
    saved(ctx)["books"][key] = entry
    return key


def delete_book(ctx: Ctx, key: str) -> None:
    """Take a book out of the library and of all collections."""
    saved(ctx)["books"].pop(key, None)
    for collection in saved(ctx)["collections"].values():
        collection["books"] = [each for each in collection["books"] if each != key]


def mark(ctx: Ctx, key: str, *, finished: bool) -> None:
    """Mark a book as read or as unread."""
    entry = saved(ctx)["books"][key]
    entry["finished"], entry["progress"] = finished, 100.0 if finished else 0.0


def add_collection(ctx: Ctx, name: str) -> str:
    """A new, empty collection; its key."""
    key = _new_key(ctx, "c")
    saved(ctx)["collections"][key] = {"name": name, "created": ctx.system.epoch_ms(), "books": []}
    return key


def collection_named(ctx: Ctx, name: str) -> str | None:
    """The key of the collection of that name; case counts."""
    return next((key for key, each in saved(ctx)["collections"].items() if each["name"] == name), None)
