"""How Cantook behaves: its pages as dumps show them, imports, the reader, the ordinary wrong turns."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from contextlib import closing
from typing import Any

import pytest
from driver import Driver, bounds
from hypothesis import given
from hypothesis import strategies as st
from sparse import Node, seen

from phonebench.schema.task import LongPressStep, Selector
from simphone.apps.cantook import database, epub, importing
from simphone.phone.phone import Phone

PACKAGE = "com.aldiko.android"
EBOOKS = f"{importing.DOWNLOADS}/Ebooks"
ALICE = "Alice's Adventures in Wonderland"
TABS = ("Home", "My Books", "Catalogs", "Settings")
SHELVES = ("Books", "Authors", "Categories", "Collections")
LINE = "Mer. Thou desir'st me to stop in my tale against the haire"


@pytest.fixture(scope="module")
def phone() -> Phone:
    return Phone(width=1080, height=2400, density=420)


@pytest.fixture
def driver(phone: Phone) -> Driver:
    return fresh(phone)


def fresh(phone: Phone, patch: dict[str, Any] | None = None) -> Driver:
    phone.reset("androidlab", {"apps": {"cantook": patch}} if patch else None)
    assert phone.launch(PACKAGE)
    return Driver(phone, phone.json_state())


def saved(driver: Driver) -> dict[str, Any]:
    return driver.phone.state["apps"]["cantook"]


def ui(driver: Driver) -> dict[str, Any]:
    return driver.phone.state["ui"]["cantook"]


def titles(driver: Driver) -> list[str]:
    return [node.attrib["text"] for node in driver.all(Selector(id="title"))]


def hold(driver: Driver, text: str) -> None:
    driver.play(LongPressStep(long_press=Selector(text=text)))


def back(driver: Driver) -> None:
    driver.phone.key(4)


def press(driver: Driver, x: float, y: float = 0.5) -> None:
    driver.phone.tap(driver.phone.metrics.width * x, driver.phone.metrics.height * y)


def leave(driver: Driver) -> bool:
    """Whether back leaves Cantook."""
    back(driver)
    return driver.phone.foreground()[0] != PACKAGE


def walk(nodes: list[Node]) -> list[Node]:
    return [found for node in nodes for found in (node, *walk(node.children))]


# --- pages as they are dumped ---------------------------------------------------------------------------------------
def test_the_bottom_navigation_stands_where_it_was_measured(driver: Driver) -> None:
    width, height = driver.phone.metrics.width, driver.phone.metrics.height
    for index, label in enumerate(TABS):
        if index:
            driver.tap(desc=label)
        node = driver.node(desc=label)
        left, top, right, bottom = bounds(node)
        assert (left + right) / 2 / width == pytest.approx(0.125 + index * 0.25, abs=0.01)
        assert (top + bottom) / 2 / height == pytest.approx(0.928, abs=0.01)
        assert (node.attrib["selected"], node.attrib["clickable"]) == ("true", "false")
        assert [child.attrib["text"] for child in node.iter("node") if child.attrib["text"]] == [label]
        assert driver.has(text="Help") == (label == "Settings")


def test_tabs_of_my_books(driver: Driver) -> None:
    driver.tap(desc="My Books")
    for label in SHELVES:
        if label != "Books":
            driver.tap(desc=label)
        chosen = [node for node in driver.all(Selector(cls="ActionBar$Tab")) if node.attrib["selected"] == "true"]
        assert [node.attrib["content-desc"] for node in chosen] == [label]
    assert driver.has(text="No collections yet")
    assert driver.has(desc="New collection", cls="ImageButton")


def test_a_row_of_books_keeps_its_parts_when_dumps_are_simplified(driver: Driver) -> None:
    driver.tap(desc="My Books")
    rows = [node for node in walk(seen(driver)) if node.name == "book_item"]
    assert [(child.text, child.desc) for child in rows[0].children] == [
        ("A Tale of Two Cities", ""), ("Charles Dickens", ""), ("", "More options"),
    ]  # fmt: skip
    assert titles(driver) == sorted(titles(driver))


def test_rows_of_home_in_their_order(driver: Driver) -> None:
    assert titles(driver)[:3] == ["The Scarlet Letter", "Oliver Twist", "Romeo and Juliet"]
    assert titles(driver)[3:6] == ["Moby-Dick", "Hamlet", "Don Quixote"]
    driver.tap(text="Recently added")
    assert titles(driver)[:4] == ["Moby-Dick", "Hamlet", "Don Quixote", "Oliver Twist"]
    driver.swipe("up")
    driver.swipe("up")
    assert titles(driver)[-1] == "Emma"
    driver.tap(desc="Navigate up")
    assert driver.has(text="Recently read")


def test_the_second_row_scrolls_by_itself(driver: Driver) -> None:
    driver.swipe("left", on=Selector(id="recently_added"))
    assert titles(driver)[0] == "The Scarlet Letter"
    assert "Oliver Twist" in titles(driver)[3:]


def test_authors_with_counts(driver: Driver) -> None:
    driver.tap(desc="My Books")
    driver.tap(desc="Authors")
    row = next(
        [child.attrib["text"] for child in node.iter("node") if child.attrib["text"]]
        for node in driver.all(Selector(id="group_item"))
        if any(child.attrib["text"] == "Charles Dickens" for child in node.iter("node"))
    )
    assert row == ["Charles Dickens", "2"]
    driver.tap(text="Charles Dickens")
    assert titles(driver) == ["A Tale of Two Cities", "Oliver Twist"]


def test_the_reader_is_bare_text(driver: Driver) -> None:
    driver.tap(text="Romeo and Juliet")
    web = driver.node(cls="WebView")
    texts = [node.attrib["text"] for node in web.iter("node") if node.attrib["text"]]
    assert texts[0] == "Romeo and Juliet"
    assert LINE in texts
    assert not driver.has(text="Help")
    kept = {node.text for node in walk(seen(driver))}
    assert {"Romeo and Juliet", LINE} <= kept


# --- options --------------------------------------------------------------------------------------------------------
def test_marking_updates_the_sheet_in_place(driver: Driver) -> None:
    hold(driver, "Romeo and Juliet")
    assert driver.has(text="37.8%")
    driver.tap(text="Mark as read")
    assert driver.has(text="100.0%")
    driver.tap(text="Mark as unread")
    assert driver.has(text="0.0%")
    assert driver.has(text="Mark as read")
    assert not leave(driver)
    assert ui(driver)["dialogs"] == []


def test_deleting_asks_and_takes_the_book_out_of_everything(driver: Driver) -> None:
    saved(driver)["collections"]["c9"] = {"name": "Sea", "created": 0, "books": ["b7"]}
    hold(driver, "Moby-Dick")
    driver.tap(text="Delete")
    back(driver)
    assert driver.has(text="Add to collection")
    driver.tap(text="Delete")
    driver.tap(text="OK")
    assert "b7" not in saved(driver)["books"]
    assert saved(driver)["collections"]["c9"]["books"] == []
    assert driver.has(text="Book deleted")
    assert "Moby-Dick" not in titles(driver)


def test_info_and_from_there_the_book(driver: Driver) -> None:
    hold(driver, "Hamlet")
    driver.tap(text="Info")
    assert {"Tragedies", "Never", "Hamlet.epub"} <= set(driver.texts())
    driver.tap(text="Read")
    assert driver.has(text="Barnardo. Who's there?")
    back(driver)
    assert driver.has(text="May 10, 2024")


# --- collections ----------------------------------------------------------------------------------------------------
def new_collection(driver: Driver, name: str) -> None:
    driver.tap(desc="New collection")
    driver.phone.type_text(name)


def test_a_collection_from_naming_to_deleting(driver: Driver) -> None:
    driver.tap(desc="My Books")
    driver.tap(desc="Collections")
    driver.tap(desc="New collection")
    assert driver.node(text="OK").attrib["enabled"] == "false"
    driver.phone.type_text("Favorite")
    driver.phone.key(66)
    assert saved(driver)["collections"] == {}
    driver.tap(text="OK")
    assert [each["name"] for each in saved(driver)["collections"].values()] == ["Favorite"]
    new_collection(driver, "Favorite")
    driver.tap(text="OK")
    assert len(saved(driver)["collections"]) == 1
    assert driver.has(text="New collection")
    driver.tap(text="CANCEL")
    hold(driver, "Favorite")
    driver.tap(text="Rename")
    driver.phone.type_text("s")
    driver.tap(text="OK")
    assert driver.has(text="Favorites")
    hold(driver, "Favorites")
    driver.tap(text="Delete")
    driver.tap(text="OK")
    assert driver.has(text="No collections yet")


def test_books_go_into_a_collection_and_out_again(driver: Driver) -> None:
    saved(driver)["collections"]["c9"] = {"name": "Plays", "created": 0, "books": []}
    hold(driver, "Hamlet")
    driver.tap(text="Add to collection")
    driver.tap(text="Plays")
    driver.tap(text="OK")
    back(driver)
    driver.tap(desc="My Books")
    driver.tap(desc="Collections")
    driver.tap(text="Plays")
    assert titles(driver) == ["Hamlet"]
    driver.tap(desc="More options")
    driver.tap(text="Remove from collection")
    assert driver.has(text="No books")
    driver.tap(text="UNDO")
    assert titles(driver) == ["Hamlet"]


# --- search, sort, empty --------------------------------------------------------------------------------------------
def test_search(driver: Driver) -> None:
    driver.tap(desc="Search")
    driver.phone.type_text("shake")
    assert titles(driver) == ["Hamlet", "Romeo and Juliet"]
    driver.phone.type_text("xyz")
    assert driver.has(text="No results")
    driver.tap(desc="Clear query")
    assert not driver.has(text="No results")
    driver.phone.key(66)
    assert not leave(driver)
    assert driver.has(text="Recently read")


def test_sorting_by_author_is_kept(driver: Driver) -> None:
    driver.tap(desc="My Books")
    driver.tap(desc="Sort by")
    driver.tap(text="Author")
    assert titles(driver)[0] == "The Count of Monte Cristo"
    driver.phone.force_stop(PACKAGE)
    driver.phone.launch(PACKAGE)
    driver.tap(desc="My Books")
    assert titles(driver)[0] == "The Count of Monte Cristo"


def test_an_empty_library_says_so(phone: Phone) -> None:
    driver = fresh(phone)
    phone.clear_data(PACKAGE)
    phone.launch(PACKAGE)
    assert driver.has(text="Your library is empty")
    driver.tap(desc="My Books")
    assert driver.has(text="No books yet")
    for shelf, empty in (("Authors", "No authors"), ("Categories", "No categories")):
        driver.tap(desc=shelf)
        assert driver.has(text=empty)
    driver.tap(desc="Catalogs")
    assert driver.has(text="No catalogs")


def test_back_goes_home_first(driver: Driver) -> None:
    driver.tap(desc="Catalogs")
    assert not leave(driver)
    assert driver.node(desc="Home").attrib["selected"] == "true"
    assert leave(driver)


# --- reader ---------------------------------------------------------------------------------------------------------
def test_pages_turn_and_progress_goes_with_them(driver: Driver) -> None:
    driver.tap(text="Romeo and Juliet")
    book = saved(driver)["books"]["b3"]
    press(driver, 0.9)
    assert (driver.has(text="Act 2. Scene 5."), book["progress"]) == (True, 40.5)
    press(driver, 0.1)
    assert driver.has(text=LINE)
    driver.swipe("left")
    driver.swipe("left")
    driver.swipe("left")
    assert (book["progress"], book["finished"]) == (100.0, True)
    back(driver)
    assert titles(driver)[0] == "Romeo and Juliet"


def test_bars_bookmarks_contents_and_looks(driver: Driver) -> None:
    driver.tap(text="Romeo and Juliet")
    assert not driver.has(desc="Contents")
    press(driver, 0.5)
    assert driver.has(text="37.8%")
    driver.tap(desc="Add bookmark")
    driver.tap(desc="Appearance")
    driver.tap(desc="Increase font size")
    driver.tap(text="Sepia")
    back(driver)
    assert (saved(driver)["settings"]["font"], saved(driver)["settings"]["paper"]) == (20, "Sepia")
    driver.tap(desc="Contents")
    driver.tap(text="Act 2. Scene 2.")
    assert driver.has(text="But soft, what light through yonder window breaks?")
    driver.tap(desc="Contents")
    driver.tap(desc="Bookmarks")
    driver.tap(text="Act 2. Scene 4.")
    assert driver.has(text=LINE)
    press(driver, 0.5)
    assert not driver.has(desc="Contents")


# --- import ---------------------------------------------------------------------------------------------------------
def pick_from_ebooks(driver: Driver) -> None:
    driver.tap(desc="Settings")
    driver.tap(text="Import files")
    driver.tap(text="Ebooks")


def test_the_picker_shows_what_is_there(driver: Driver) -> None:
    driver.tap(desc="Settings")
    driver.tap(text="Import files")
    assert {"Show roots", "Search", "More options", "List view", "Download", "Images", "Ebooks"} <= set(driver.texts())
    driver.tap(text="Images")
    assert driver.has(text="No items")
    driver.tap(text="Images")
    driver.tap(text="Ebooks")
    driver.tap(desc="List view")
    assert len(driver.all(Selector(text_contains=".epub"))) == 10
    driver.swipe("up")
    assert driver.has(text="The Scarlet Letter.epub")
    back(driver)
    assert driver.has(text="Ebooks")
    driver.tap(desc="Show roots")
    driver.tap(text="Documents")
    assert driver.has(text="No items")
    back(driver)
    assert driver.has(text="Help")


def test_import_puts_the_book_first(driver: Driver) -> None:
    pick_from_ebooks(driver)
    driver.tap(desc="Search")
    driver.phone.type_text("alice")
    driver.tap(text=f"{ALICE}.epub")
    assert driver.has(text="1 book imported")
    driver.tap(desc="Home")
    assert titles(driver)[3] == ALICE
    driver.tap(text=ALICE)
    assert driver.has(text="Chapter I. Down the Rabbit-Hole")
    back(driver)
    assert titles(driver)[0] == ALICE


def test_other_files_cannot_be_picked_and_broken_ones_are_refused(driver: Driver) -> None:
    driver.phone.files.write(f"{EBOOKS}/notes.txt", b"no book")
    driver.phone.files.write(f"{EBOOKS}/broken.epub", b"PK no book")
    pick_from_ebooks(driver)
    driver.tap(desc="List view")
    driver.swipe("up")
    driver.tap(text="notes.txt")
    assert driver.has(desc="Show roots")
    driver.swipe("down")
    driver.tap(text="broken.epub")
    assert driver.has(text="The file could not be imported")
    assert len(saved(driver)["books"]) == 10


def test_a_whole_folder(driver: Driver) -> None:
    driver.tap(desc="Settings")
    driver.tap(text="Import folder")
    driver.tap(text="Ebooks")
    driver.tap(text="USE THIS FOLDER")
    driver.tap(text="CANCEL")
    driver.tap(text="USE THIS FOLDER")
    driver.tap(text="ALLOW")
    assert driver.has(text="11 books imported")
    assert len(saved(driver)["books"]) == 21
    assert len({each["added"] for each in saved(driver)["books"].values()}) == 21


def test_the_files_of_the_world_are_the_books_of_the_library(driver: Driver) -> None:
    found = {}
    for path in importing.books_in(driver.phone.files, EBOOKS):
        book = epub.parse(driver.phone.files.load(path))
        found[book.title] = (book.author, list(book.subjects))
        assert path == f"{EBOOKS}/{book.title}.epub"
    library = {each["title"]: (each["author"], each["categories"]) for each in saved(driver)["books"].values()}
    assert found == {**library, ALICE: ("Lewis Carroll", [])}


def archive(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, text in parts.items():
            file.writestr({"container": "META-INF/container.xml", "package": "o/book.opf"}.get(name, name), text)
    return out.getvalue()


CONTAINER = '<container><rootfiles><rootfile full-path="o/book.opf"/></rootfiles></container>'


@given(title=st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF, exclude_characters="<>&"), max_size=40))
def test_a_title_is_read_as_it_stands(title: str) -> None:
    package = f"<package><metadata><title>{title}</title></metadata><spine/></package>"
    data = archive(container=CONTAINER, package=package)
    if title.split():
        assert epub.parse(data).title == " ".join(title.split())
    else:
        with pytest.raises(epub.NotABookError, match="no title"):
            epub.parse(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        archive(),
        archive(container="<container/>"),
        archive(container="no xml"),
        archive(container='<!DOCTYPE c [<!ENTITY a "b">]><container>&a;</container>'),
        archive(container=CONTAINER),
        archive(container=CONTAINER, package="<package>" + " " * 2_000_001 + "</package>"),
    ],
)
def test_no_book(data: bytes) -> None:
    with pytest.raises(epub.NotABookError):
        epub.parse(data)


@given(st.integers(0, 5000), st.binary(min_size=1, max_size=4), st.integers(0, 400))
def test_a_damaged_file_ends_in_an_answer(place: int, harm: bytes, cut: int) -> None:
    whole = archive(container=CONTAINER, package="<package><metadata><title>T</title></metadata><spine/></package>")
    place %= len(whole)
    damaged = (whole[:place] + harm + whole[place + len(harm) :])[: len(whole) - max(0, cut - 300)]
    try:
        assert epub.parse(damaged).title
    except epub.NotABookError as error:
        assert str(error)


# --- settings, catalogs, database -----------------------------------------------------------------------------------
def test_preferences(driver: Driver) -> None:
    driver.tap(desc="Settings")
    driver.tap(text="Preferences")
    driver.tap(text="Theme")
    driver.tap(text="Dark")
    driver.tap(text="Keep screen on")
    assert (saved(driver)["settings"]["theme"], saved(driver)["settings"]["awake"]) == ("Dark", True)


def test_signing_in_fails_in_words(driver: Driver) -> None:
    driver.tap(desc="Settings")
    driver.tap(text="Sign in")
    driver.tap(text="Sign in", cls="Button")
    assert driver.has(text="Enter your user name and your password")


def test_catalogs(driver: Driver) -> None:
    driver.tap(desc="Catalogs")
    driver.tap(text="Project Gutenberg")
    driver.tap(text="Retry")
    assert driver.has(text="Couldn't load this catalog")
    back(driver)
    driver.tap(desc="Add catalog")
    driver.phone.type_text("Mine")
    driver.tap(text="OK")
    assert len(saved(driver)["catalogs"]) == 3
    driver.tap(text="URL")
    driver.phone.type_text("opds://mine")
    driver.tap(text="OK")
    assert saved(driver)["catalogs"][-1] == {"title": "Mine", "url": "opds://mine"}
    hold(driver, "Mine")
    driver.tap(text="Delete")
    assert len(saved(driver)["catalogs"]) == 3


def test_the_database(driver: Driver) -> None:
    saved(driver)["collections"]["c9"] = {"name": "Plays", "created": 5, "books": ["b4"]}
    image = driver.phone.app_files()[database.PATH]()
    with closing(sqlite3.connect(":memory:")) as base:
        base.deserialize(image)
        rows = dict(base.execute("SELECT title, progression FROM publications WHERE last_read IS NOT NULL"))
        assert rows == {"The Scarlet Letter": 0.124, "Oliver Twist": 1.0, "Romeo and Juliet": 0.378}
        linked = base.execute(
            "SELECT c.name, p.title FROM publications_collections l JOIN publications p ON p.id = l.publication_id "
            "JOIN collections c ON c.id = l.collection_id"
        ).fetchall()
        assert linked == [("Plays", "Hamlet")]
