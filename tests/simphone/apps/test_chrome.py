"""Chrome: ways to the pages of its tasks, the small web, the nodes of its screens, wrong turns, what adb sees."""

from __future__ import annotations

import json
import sqlite3

import pytest
from driver import Driver, begin, bounds, load_tasks
from hypothesis import given
from hypothesis import strategies as st
from sparse import Node, seen

from phonebench.schema.task import Selector
from simphone.apps.chrome import address, blocks, results, storage, web
from simphone.apps.chrome.sheet import sheet
from simphone.core.app import Intent
from simphone.phone.phone import Phone
from simphone.shell.session import run_sync

TASKS = load_tasks("chrome")
MENU = "Customize and control Google Chrome"


@pytest.fixture(scope="module")
def phone() -> Phone:
    return Phone("openphone")


@pytest.fixture
def driver(phone: Phone) -> Driver:
    return begin(phone, TASKS[0])


def visit(driver: Driver, typed: str) -> None:
    driver.tap(id="url_bar" if driver.has(id="url_bar") else "search_box_text")
    driver.phone.type_text(typed)
    driver.phone.key(66)


def shown(driver: Driver) -> str:
    (url,) = [tab["url"] for tab in driver.phone.state["apps"]["chrome"]["tabs"] if tab["shown"]]
    return str(url)


def menu(driver: Driver, label: str) -> None:
    driver.tap(desc=MENU)
    driver.tap(text=label)


# --- tasks ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("number", "typed"),
    [
        (4, "en.wikipedia.org/wiki/Hyperbolic_functions"),
        (4, "https://en.wikipedia.org/wiki/Hyperbolic_function"),
        (5, "https://www.github.com/"),
        (6, "www.nike.com/hk/"),
        (6, "nike.com.hk"),
    ],
)
def test_an_address_leads_there_too(phone: Phone, number: int, typed: str) -> None:
    driver = begin(phone, TASKS[number - 1])
    visit(driver, typed)
    assert all(driver.goals(TASKS[number - 1]))


def test_the_phones_dark_theme_makes_chrome_dark(phone: Phone) -> None:
    driver = begin(phone, TASKS[1])
    phone.put_setting("secure", "ui_night_mode", "2")
    assert all(driver.goals(TASKS[1]))


def test_change_location_leads_from_the_american_to_the_hong_kong_site(driver: Driver) -> None:
    visit(driver, "nike.com")
    assert shown(driver) == "www.nike.com"
    driver.swipe("up", distance=0.8)
    driver.tap(text="Change location")
    driver.tap(text="Hong Kong")
    assert driver.has(text="Nike Hong Kong")


# --- the web ----------------------------------------------------------------------------------------------------------
def test_every_link_leads_to_a_page_that_draws(phone: Phone) -> None:
    driver = begin(phone, TASKS[0])
    ctx = phone._machine.ctx("chrome")
    for page in web.sites().values():
        assert blocks.body(sheet(ctx, page), page)
        for block in page["blocks"]:
            links = block[1] if block[0] == "nav" else [block[1:]] if block[0] in ("link", "button", "outline") else []
            for _, url in links:
                assert web.page(web.resolve(url))["site"] != "error", url
                assert web.resolve(url) == url or page["site"] == "github"
    assert driver.has(id="search_box_text")


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("HKU", "www.hku.hk"),
        ("kong university hong of", "www.hku.hk"),
        ("Hyperbolic", "en.m.wikipedia.org/wiki/Hyperbolic_functions"),
        ("hyperbolic functions wikipedia", "en.m.wikipedia.org/wiki/Hyperbolic_functions"),
        ("github", "github.com"),
        ("nike hk", "nike.com/hk"),
        ("nike", "www.nike.com"),
        ("wikipedia", "en.m.wikipedia.org"),
        ("google scholar", "scholar.google.com"),
        ("something else", "example.org/guide"),
    ],
)
def test_first_result(words: str, first: str) -> None:
    assert results.found(words)[0] == first


@given(st.text(max_size=40))
def test_whatever_is_typed_leads_to_a_page(typed: str) -> None:
    url = web.resolve(address.target(typed))
    page = web.page(url)
    assert web.resolve(url) == url
    assert page["title"] or page["site"] == "error" or not typed.strip()


@given(st.text(min_size=1, max_size=30).filter(lambda words: words.strip() == words))
def test_words_survive_the_address_of_their_results(words: str) -> None:
    assert address.searched(address.search_url(words)) == words


def test_an_unknown_host_cannot_be_reached(driver: Driver) -> None:
    visit(driver, "no-such-host.test")
    assert driver.has(text="This site can’t be reached")
    assert driver.has(text="DNS_PROBE_FINISHED_NXDOMAIN")


def test_without_a_network_no_page_loads(driver: Driver) -> None:
    driver.phone.put_setting("global", "airplane_mode_on", "1")
    visit(driver, "github.com")
    assert driver.has(text="ERR_INTERNET_DISCONNECTED")
    driver.tap(text="Reload")
    assert driver.has(text="ERR_INTERNET_DISCONNECTED")
    driver.phone.put_setting("global", "airplane_mode_on", "0")
    assert driver.has(text="Build software better, together")


def test_wikipedia_suggests_the_article_first(driver: Driver) -> None:
    visit(driver, "wikipedia.org")
    driver.tap(text="Search Wikipedia")
    driver.phone.type_text("hyperbolic f")
    titles = [text for text in driver.texts() if "yperbolic" in text]
    assert titles[:2] == ["hyperbolic f", "Hyperbolic functions"]
    driver.phone.key(66)
    assert driver.has(text="Search results")


# --- structure --------------------------------------------------------------------------------------------------------
def test_new_tab_page_and_address_bar_have_the_known_nodes(driver: Driver) -> None:
    for name, desc in (("home_button", "Home"), ("tab_switcher_button", "Switch or close tabs"), ("menu_button", MENU)):
        assert driver.node(id=name).attrib["content-desc"] == desc
        assert driver.node(id=name).attrib["class"] == "android.widget.ImageButton"
    assert driver.node(id="search_box_text").attrib["text"] == "Search or type URL"
    driver.tap(id="search_box_text")
    field = driver.node(id="url_bar")
    assert (field.attrib["class"], field.attrib["focused"]) == ("android.widget.EditText", "true")
    driver.phone.type_text("github")
    assert driver.node(id="line_1").attrib["text"] == "github"
    assert driver.node(id="line_2").attrib["text"] == "Google Search"
    driver.tap(desc="Clear input")
    assert driver.node(id="url_bar").attrib["text"] == "Search or type URL"


def test_a_page_is_a_web_view_with_links(driver: Driver) -> None:
    visit(driver, "hku.hk")
    page = driver.node(cls="WebView")
    assert page.attrib["text"] == "HKU – The University of Hong Kong"
    link = driver.node(text="About HKU")
    assert (link.attrib["class"], link.attrib["clickable"]) == ("android.view.View", "true")
    assert driver.node(id="url_bar").attrib["text"] == "www.hku.hk"


def lost(driver: Driver) -> list[str]:
    """Texts that a tool which simplifies dumps would not see."""

    def texts(nodes: list[Node]) -> set[str]:
        return {text for node in nodes for text in ({node.text, node.desc} | texts(node.children))}

    kept = texts(seen(driver))
    return [text for text in driver.texts() if text not in kept]


def test_nothing_overlaps_on_the_screens_of_the_tasks(driver: Driver) -> None:
    assert lost(driver) == []
    driver.tap(id="search_box_text")
    driver.phone.type_text("hyper")
    assert lost(driver) == []
    for typed in ("hku", "github.com", "nike.com/hk", "wikipedia.org", "en.wikipedia.org/wiki/Hyperbolic_functions"):
        visit(driver, typed)
        assert lost(driver) == []
    for labels in (("Settings", "Theme"), ("Bookmarks", "Mobile bookmarks"), ("New Incognito tab",)):
        driver.tap(desc=MENU)
        assert lost(driver) == []
        for label in labels:
            driver.tap(text=label)
            assert lost(driver) == []
        for _ in labels[: len(labels) if labels[0] != "New Incognito tab" else 0]:
            driver.phone.key(4)


def test_every_clickable_node_of_the_main_screens_has_room(driver: Driver) -> None:
    visit(driver, "github.com")
    driver.tap(desc=MENU)
    nodes = [node for node in driver.tree().iter("node") if node.attrib["clickable"] == "true"]
    boxes = [bounds(node) for node in nodes]
    assert all(right > left and bottom > top for left, top, right, bottom in boxes)
    for index, a in enumerate(boxes):
        for b in boxes[index + 1 :]:
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1] or _inside(b, a), (a, b)


def _inside(inner: tuple[int, int, int, int], outer: tuple[int, int, int, int]) -> bool:
    return inner[0] >= outer[0] and inner[1] >= outer[1] and inner[2] <= outer[2] and inner[3] <= outer[3]


def test_entries_about_the_page_are_missing_on_the_new_tab_page(driver: Driver) -> None:
    driver.tap(desc=MENU)
    assert driver.has(text="New Incognito tab") and not driver.has(text="Find in page")
    driver.phone.key(4)
    visit(driver, "github.com")
    driver.tap(desc=MENU)
    assert driver.has(text="Find in page") and driver.has(text="Desktop site")


def test_theme_stands_on_the_first_screen_of_settings_and_acts_at_once(driver: Driver) -> None:
    menu(driver, "Settings")
    driver.tap(text="Theme")
    assert len(driver.all(Selector(cls="RadioButton"))) == 3
    driver.tap(text="Dark")
    backgrounds = [each.window.background for each in driver.phone.frame().windows if each.window.kind == "activity"]
    assert backgrounds == ["#1f1f1f"]
    assert driver.phone.setting("secure", "ui_night_mode") in ("", "1")
    driver.phone.key(4)
    assert driver.has(text="Dark")


def test_incognito_page(driver: Driver) -> None:
    menu(driver, "New Incognito tab")
    assert driver.node(id="new_tab_incognito_title").attrib["text"] == "You’ve gone Incognito"
    visit(driver, "github.com")
    assert driver.phone.state["apps"]["chrome"]["history"] == []
    driver.tap(id="tab_switcher_button")
    driver.tap(desc="1 open standard tabs")
    assert driver.has(desc="New tab, tab")


# --- back, tabs, wrong turns ------------------------------------------------------------------------------------------
def test_back_goes_through_the_pages_then_out(driver: Driver) -> None:
    visit(driver, "github")
    driver.tap(text="GitHub: Let’s build from here")
    driver.phone.key(4)
    assert driver.has(text="GitHub: Let’s build from here")
    driver.tap(desc=MENU)
    driver.tap(desc="Forward")
    assert shown(driver) == "github.com"
    driver.phone.key(4)
    driver.phone.key(4)
    assert driver.has(id="search_box_text")
    driver.phone.key(4)
    assert driver.phone.foreground()[0] != "com.android.chrome"


def test_back_leaves_the_address_bar_without_loading(driver: Driver) -> None:
    driver.tap(id="search_box_text")
    driver.phone.type_text("github.com")
    driver.phone.key(4)
    driver.phone.key(4)
    assert shown(driver) == web.NEW_TAB


def test_closing_a_tab_can_be_undone_and_all_may_be_closed(driver: Driver) -> None:
    visit(driver, "github.com")
    driver.tap(id="tab_switcher_button")
    driver.tap(desc_contains="Close GitHub")
    assert driver.has(text="You’ll find your tabs here")
    driver.tap(text="Undo")
    assert shown(driver) == "github.com"
    driver.tap(desc=MENU)
    driver.tap(text="Close all tabs")
    driver.phone.key(4)
    assert driver.phone.foreground()[0] != "com.android.chrome"
    driver.phone.launch("com.android.chrome")
    driver.tap(desc="New tab")
    assert driver.has(id="search_box_text")


def test_a_link_opens_in_a_new_tab_and_back_closes_it(driver: Driver) -> None:
    visit(driver, "hku.hk")
    left, top, right, bottom = bounds(driver.node(text="About HKU"))
    driver.phone.swipe((left + right) / 2, (top + bottom) / 2, (left + right) / 2, (top + bottom) / 2, 1000)
    driver.tap(text="Open in new tab")
    assert shown(driver) == "www.hku.hk/about"
    driver.phone.key(4)
    driver.phone.key(4)
    assert shown(driver) == "www.hku.hk"
    assert len(driver.phone.state["apps"]["chrome"]["tabs"]) == 1


def test_a_bookmark_is_added_edited_deleted_and_brought_back(driver: Driver) -> None:
    visit(driver, "github.com")
    driver.tap(desc=MENU)
    driver.tap(desc="Bookmark")
    driver.tap(text="Edit")
    driver.tap(id="title_text")
    driver.phone.clear_text()
    driver.phone.type_text("Code")
    driver.tap(text="Save")
    driver.tap(desc=MENU)
    driver.tap(desc="Edit bookmark")
    driver.tap(desc="Delete bookmark")
    driver.tap(text="Undo")
    entries = driver.phone.state["apps"]["chrome"]["bookmarks"][0]["entries"]
    assert [entry["title"] for entry in entries] == ["Google Scholar", "Code"]
    files = driver.phone._machine.apps["chrome"].files(driver.phone._machine.ctx("chrome"))
    saved = json.loads(files[storage.BOOKMARKS]())["roots"]["synced"]["children"]
    assert [entry["name"] for entry in saved] == ["Google Scholar", "Code"]


def test_bookmarks_can_be_searched_and_put_into_folders(driver: Driver) -> None:
    menu(driver, "Bookmarks")
    assert driver.has(text="1 bookmark") and driver.has(text="1 unread page")
    driver.tap(desc="Create new folder")
    driver.phone.type_text("Work")
    driver.tap(text="Create")
    driver.tap(text="Work")
    assert driver.has(text="Your bookmarks will show up here")
    driver.tap(desc="Go back")
    driver.tap(id="search_text")
    driver.phone.type_text("zzz")
    assert driver.has(text="No results found")


def test_a_bookmark_opens_its_page(driver: Driver) -> None:
    menu(driver, "Bookmarks")
    driver.tap(text="Mobile bookmarks")
    driver.tap(text="Google Scholar")
    assert shown(driver) == "scholar.google.com"


def test_history_lists_and_forgets(driver: Driver) -> None:
    visit(driver, "github.com")
    visit(driver, "hku.hk")
    menu(driver, "History")
    assert driver.has(text="Today - Aug 18, 2025")
    driver.tap(desc="Remove")
    assert [each["url"] for each in driver.phone.state["apps"]["chrome"]["history"]] == ["github.com"]
    files = driver.phone._machine.apps["chrome"].files(driver.phone._machine.ctx("chrome"))
    base = sqlite3.connect(":memory:")
    base.deserialize(files[storage.HISTORY]())
    assert base.execute("SELECT url, title, visit_count FROM urls").fetchall() == [("https://github.com", "GitHub", 1)]
    driver.tap(text="Delete browsing data…")
    driver.tap(text="Delete data")
    assert driver.has(text="You’ll find your history here")


def test_find_in_page_counts(driver: Driver) -> None:
    visit(driver, "en.wikipedia.org/wiki/Hyperbolic_functions")
    menu(driver, "Find in page")
    driver.phone.type_text("derivatives")
    assert driver.node(id="find_status").attrib["text"] == "1/1"
    driver.phone.key(4)
    driver.phone.key(4)
    assert not driver.has(id="find_query")


def test_a_view_intent_opens_a_tab(driver: Driver) -> None:
    assert driver.phone.start(Intent(action="android.intent.action.VIEW", data="https://github.com/"))
    assert shown(driver) == "github.com"
    assert len(driver.phone.state["apps"]["chrome"]["tabs"]) == 2


def test_adb_sees_theme_and_activity(phone: Phone) -> None:
    driver = begin(phone, TASKS[1])
    assert phone.foreground() == ("com.android.chrome", "org.chromium.chrome.browser.ChromeTabbedActivity")
    driver.run(TASKS[1].solution)
    assert phone.foreground()[1] == "org.chromium.chrome.browser.settings.SettingsActivity"
    code, found, _ = run_sync(phone, f"grep ui_theme_setting {storage.PREFERENCES}; cmd uimode night")
    assert (code, b'value="2"' in found, b"Night mode: no" in found) == (0, True, True)
