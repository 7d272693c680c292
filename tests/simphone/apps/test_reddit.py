"""How Reddit behaves: feeds, search, orders and times, membership, wrong turns, back; and what its dumps show."""

from __future__ import annotations

import pytest
from driver import Driver
from sparse import Node, seen

from phonebench.schema.task import KeyStep, LongPressStep, Selector, TypeStep
from simphone.phone.phone import Phone
from simphone.shell.session import run_sync

RELEVANT = ("q8", "q2", "q6", "q3", "q5", "q4", "q9", "q7", "q1", "q10")
PACKAGE = "com.reddit.frontpage"
MARK = "\ufeff"


@pytest.fixture(scope="module")
def phone() -> Phone:
    return Phone()


@pytest.fixture
def driver(phone: Phone) -> Driver:
    phone.reset("openphone", None)
    assert phone.launch(PACKAGE)
    return Driver(phone, phone.json_state())


def back(driver: Driver) -> None:
    driver.play(KeyStep(key="back"))


def write(driver: Driver, words: str, *, enter: bool = False) -> None:
    driver.play(TypeStep(type=words, enter=enter))


def search(driver: Driver, words: str) -> None:
    driver.tap(id="feed_control_search_icon")
    write(driver, words, enter=True)


def saved(driver: Driver) -> dict:
    return driver.phone.json_state()["apps"]["reddit"]


def top(driver: Driver) -> dict:
    return driver.phone.json_state()["ui"]["reddit"]["stack"][-1]


def titles(driver: Driver) -> list[str]:
    """The titles of all posts in the list, scrolled through, in order."""
    known = {post["title"] for post in saved(driver)["posts"].values()}
    found: list[str] = []
    for _ in range(5):
        found += [each for each in driver.texts() if each in known and each not in found]
        driver.swipe("up", distance=0.4)
    return found


def expected(driver: Driver, *idents: str) -> list[str]:
    return [saved(driver)["posts"][ident]["title"] for ident in idents]


def choose(driver: Driver, kind: str, label: str) -> None:
    driver.tap(desc=next(each for each in driver.texts() if each.startswith(kind)))
    driver.tap(text=label)


def flat(nodes: list[Node]) -> list[Node]:
    return [each for node in nodes for each in (node, *flat(node.children))]


# --- search ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("label", "idents"),
    [
        ("New", tuple(f"q{number}" for number in range(1, 11))),
        ("Hot", ("q2", "q3", "q5", "q4", "q1", "q6", "q7", "q8", "q9", "q10")),
        ("Top", ("q8", "q6", "q9", "q2", "q3", "q5", "q4", "q7", "q10", "q1")),
        ("Comment count", ("q8", "q9", "q6", "q2", "q4", "q3", "q5", "q10", "q7", "q1")),
    ],
)
def test_orders_of_the_results(driver: Driver, label: str, idents: tuple[str, ...]) -> None:
    search(driver, "qwen")
    choose(driver, "Sort by: ", label)
    assert driver.has(desc=f"Sort by: {label}")
    assert driver.has(desc_contains="Time range") == (label not in ("New", "Hot"))
    assert titles(driver) == expected(driver, *idents)


@pytest.mark.parametrize(
    ("label", "idents"),
    [
        ("All time", RELEVANT),
        ("Past year", tuple(each for each in RELEVANT if each != "q10")),
        ("Past month", tuple(each for each in RELEVANT if each not in ("q9", "q10"))),
        ("Past week", ("q2", "q6", "q3", "q5", "q4", "q7", "q1")),
        ("Today", ("q2", "q3", "q5", "q4", "q1")),
        ("Past hour", ("q1",)),
    ],
)
def test_times_of_the_results(driver: Driver, label: str, idents: tuple[str, ...]) -> None:
    search(driver, "Qwen")
    choose(driver, "Time range: ", label)
    assert driver.has(desc=f"Time range: {label}")
    assert titles(driver) == expected(driver, *idents)


def test_an_order_without_times_drops_the_time(driver: Driver) -> None:
    search(driver, "Qwen")
    choose(driver, "Time range: ", "Today")
    choose(driver, "Sort by: ", "New")
    choose(driver, "Sort by: ", "Top")
    assert driver.has(desc="Time range: All time")


def test_a_sheet_closes_without_a_change(driver: Driver) -> None:
    search(driver, "Qwen")
    driver.tap(desc="Time range: All time")
    assert driver.node(cls="android.widget.RadioButton", checked=True) is not None
    back(driver)
    assert driver.has(desc="Time range: All time")
    driver.tap(desc="Sort by: Most relevant")
    driver.phone.tap(700, 300)
    assert driver.has(desc="Sort by: Most relevant")


def test_results_are_seen_part_by_part_by_tools_that_simplify_dumps(driver: Driver) -> None:
    search(driver, "Qwen")
    parts = flat(seen(driver))
    texts, descs = {part.text for part in parts}, {part.desc for part in parts}
    assert {"Posts", "Communities", "Comments", "Media"} <= descs
    assert {"Qwen", "Most relevant", "All time", "Qwen release thread", "3w ago"} <= texts
    assert driver.node(desc="Posts").attrib["selected"] == "true"


def test_suggestions_lead_to_a_community_and_the_last_row_searches(driver: Driver) -> None:
    driver.tap(id="feed_control_search_icon")
    assert driver.node(id="search").attrib["text"] == "Search Reddit"
    assert not driver.has(desc="Clear search")
    write(driver, "chatgpt")
    assert [each for each in driver.texts() if each.startswith("r/")] == [
        "r/ChatGPT",
        "r/ChatGPTPro",
        "r/ChatGPTCoding",
    ]
    assert driver.has(text="11.2M members")
    driver.tap(text='Search for "chatgpt"')
    driver.tap(desc="Communities")
    driver.tap(text="r/ChatGPT")
    assert top(driver)["args"]["name"] == "ChatGPT"
    back(driver)
    assert top(driver)["args"]["tab"] == "Communities"
    back(driver)
    assert top(driver)["name"] == "home"


def test_nothing_found_and_searches_are_remembered(driver: Driver) -> None:
    search(driver, "zzz zzz")
    assert driver.has(text='No results for "zzz zzz"')
    driver.tap(desc="Clear search")
    assert driver.has(text="zzz zzz")
    driver.tap(desc="Remove zzz zzz")
    assert saved(driver)["searches"] == []
    write(driver, "   ", enter=True)
    assert top(driver)["name"] == "search"


def test_a_group_is_found_among_other_words(driver: Driver) -> None:
    search(driver, "ChatGPT discussion group")
    assert driver.has(text_contains="No results")
    driver.tap(desc="Communities")
    assert driver.has(text="r/ChatGPT")


def test_typing_on_from_the_results(driver: Driver) -> None:
    search(driver, "Qwen")
    driver.tap(id="search")
    assert driver.node(id="search").attrib["text"] == "Qwen"
    write(driver, "Qwen image", enter=True)
    assert titles(driver) == expected(driver, "q3")
    back(driver)
    assert top(driver)["name"] == "home"


# --- communities ----------------------------------------------------------------------------------------------------
def test_joining_and_leaving(driver: Driver) -> None:
    driver.tap(desc="Communities")
    driver.tap(text="r/ChatGPT")
    assert driver.node(text="Join").attrib["content-desc"] == f"Join r/{MARK}ChatGPT"
    parts = {(part.text, part.desc) for part in flat(seen(driver))}
    assert {("r/ChatGPT", ""), ("11.2M members", ""), ("Join", f"Join r/{MARK}ChatGPT")} <= parts
    driver.tap(text="Join")
    assert driver.has(text="Joined r/ChatGPT")
    assert driver.node(text="Joined").attrib["content-desc"] == f"Leave r/{MARK}ChatGPT"
    driver.tap(text="Joined")
    assert driver.has(text="Leave r/ChatGPT?")
    back(driver)
    assert "ChatGPT" in saved(driver)["joined"]
    driver.tap(text="Joined")
    driver.tap(id="android:id/button1")
    assert driver.has(text="Left r/ChatGPT")
    assert "ChatGPT" not in saved(driver)["joined"]
    for _ in range(3):
        driver.swipe("up")
    assert driver.has(text="Join")
    assert driver.has(text="r/ChatGPT")


def test_muting_takes_posts_out_of_the_feed_but_is_not_leaving(driver: Driver) -> None:
    driver.tap(text="r/hiking")
    driver.tap(desc="More options")
    driver.tap(text="Mute community")
    assert "hiking" in saved(driver)["joined"]
    back(driver)
    assert not driver.has(text="A quiet lake above the tree line")


def test_more_options_of_a_community(driver: Driver) -> None:
    driver.tap(text="r/hiking")
    driver.tap(desc="More options")
    driver.tap(text="Learn more")
    assert driver.has(text_contains="Trails, gear")
    driver.tap(text="OK")
    choose(driver, "Sort by: ", "New")
    assert driver.has(desc="Sort by: New")


# --- feeds ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["Popular", "News", "Watch", "Latest"])
def test_feeds(driver: Driver, name: str) -> None:
    home = titles(driver)
    assert len(home) == 8
    driver.tap(desc="Home feed")
    driver.tap(desc=f"{name} feed")
    assert driver.node(text=name).attrib["content-desc"] == f"{name} feed"
    shown = titles(driver)
    assert len(shown) >= 3
    assert shown != home
    driver.tap(desc="Inbox")
    driver.tap(desc="Home")
    assert driver.has(desc=f"{name} feed")


def test_the_drawer(driver: Driver) -> None:
    driver.tap(desc="Open community drawer")
    assert {"Popular", "All", "Your communities", "r/androiddev", "Create a community"} <= set(driver.texts())
    driver.tap(text="Popular")
    assert driver.has(desc="Popular feed")
    assert driver.has(desc="Region")
    driver.tap(desc="Open community drawer")
    back(driver)
    assert driver.has(desc="Popular feed")


def test_votes_keep_and_hide(driver: Driver) -> None:
    driver.tap(desc="Upvote", index=1)
    assert driver.has(text="613")
    driver.tap(desc="Downvote", index=1)
    assert driver.has(text="611")
    driver.tap(desc="Downvote", index=1)
    assert saved(driver)["votes"] == {}
    driver.play(LongPressStep(long_press=Selector(text="A quiet lake above the tree line")))
    driver.tap(text="Save")
    assert saved(driver)["kept"] == ["h1"]
    driver.tap(desc="More options")
    driver.tap(text="Hide post")
    assert not driver.has(text="A quiet lake above the tree line")
    driver.tap(text="Undo")
    assert driver.has(text="A quiet lake above the tree line")
    driver.tap(desc="quiet_otter_42 account")
    driver.tap(text="Saved")
    assert driver.has(text="A quiet lake above the tree line")


# --- posts ----------------------------------------------------------------------------------------------------------
def test_a_comment(driver: Driver) -> None:
    driver.tap(text="A quiet lake above the tree line")
    driver.tap(cls="EditText")
    write(driver, "What a view!")
    driver.tap(desc="Post comment")
    assert saved(driver)["comments"]["h1"][0]["text"] == "What a view!"
    assert driver.has(text="What a view!")
    assert driver.has(text="89")


def test_writing_a_post(driver: Driver) -> None:
    driver.tap(desc="Create")
    write(driver, "A walk in the rain")
    driver.tap(text="Post")
    assert top(driver)["name"] == "create", "without a community it cannot be posted"
    driver.tap(desc="Close")
    driver.tap(text="Keep editing")
    driver.tap(text="Select a community")
    driver.tap(text="r/hiking")
    driver.tap(text="Post")
    assert saved(driver)["posts"]["mine1"]["title"] == "A walk in the rain"
    assert driver.has(text="Be the first to comment")


def test_a_post_is_not_lost_unasked(driver: Driver) -> None:
    driver.tap(desc="Create")
    write(driver, "Half a thought")
    back(driver)
    if not driver.has(text="Discard post?"):
        back(driver)  # the first one closed the keyboard
    driver.tap(text="Discard")
    assert top(driver)["name"] == "home"
    assert driver.changed() == []


# --- phone ----------------------------------------------------------------------------------------------------------
def test_adb_sees_the_app(driver: Driver) -> None:
    _, out, _ = run_sync(driver.phone, "dumpsys window | grep mCurrentFocus; pm list packages | grep reddit")
    assert f"{PACKAGE}/com.reddit.launch.main.MainActivity}}" in out.decode()
    assert f"package:{PACKAGE}" in out.decode()


def test_cleared_data_leave_empty_pages(driver: Driver) -> None:
    driver.phone.reset("androidlab", None)
    assert driver.phone.launch(PACKAGE)
    assert driver.has(text="Wow, such empty")
    for place in ("Communities", "Chat", "Inbox"):
        driver.tap(desc=place)
        driver.phone.png()
