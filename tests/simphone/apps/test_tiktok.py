"""TikTok: what tools read on its pages, search, following, wrong turns and the way back."""

from __future__ import annotations

from typing import Any

import pytest
from driver import Driver
from sparse import Node, seen

from phonebench.schema.task import KeyStep, LongPressStep, Selector, TypeStep
from simphone.phone.phone import Phone
from simphone.shell.session import run_sync

PACKAGE = "com.zhiliaoapp.musically"


@pytest.fixture(scope="module")
def phone() -> Phone:
    return Phone("openphone")


@pytest.fixture
def tiktok(phone: Phone) -> Driver:
    phone.reset("openphone")
    assert phone.launch(PACKAGE)
    return Driver(phone, phone.json_state())


def search(driver: Driver, query: str) -> None:
    driver.tap(desc="Search")
    driver.play(TypeStep(type=query, enter=True))


def back(driver: Driver) -> None:
    driver.play(KeyStep(key="back"))


def ui(driver: Driver) -> dict[str, Any]:
    return driver.phone.json_state()["ui"]["tiktok"]


def data(driver: Driver) -> dict[str, Any]:
    return driver.phone.json_state()["apps"]["tiktok"]


def screen(driver: Driver) -> str:
    return ui(driver)["stack"][-1]["name"]


def captions(driver: Driver) -> list[str]:
    """Captions of the results, in order, by scrolling to their end."""
    found: list[str] = []
    known = {each["caption"] for each in data(driver)["videos"]}
    for _ in range(6):
        found += [text for text in driver.texts() if text in known and text not in found]
        driver.swipe("up")
    return found


def flat(nodes: list[Node]) -> list[Node]:
    return [each for node in nodes for each in (node, *flat(node.children))]


# --- what tools read ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("steps", "wanted"),
    [
        ((), ["Search", "Home", "Friends", "Create", "Inbox", "Profile", "Following", "For You"]),
        (("IShowSpeed",), ["Back", "Top", "Videos", "Users", "Sounds", "View all", "IShowSpeed", "Follow"]),
        (("IShowSpeed", "@ishowspeed"), ["@ishowspeed", "Following", "Followers", "Likes", "Follow", "Message"]),
        (("zzqqx",), ["No results found"]),
    ],
    ids=["home", "results", "profile", "nothing"],
)  # fmt: skip
def test_simplified_pages_keep_what_matters(tiktok: Driver, steps: tuple[str, ...], wanted: list[str]) -> None:
    if steps:
        search(tiktok, steps[0])
        if steps[1:]:
            tiktok.tap(text_contains=steps[1])
    told = {word for node in flat(seen(tiktok)) for word in (node.text, node.desc) if word}
    assert set(wanted) <= told


def test_a_video_tells_creator_caption_and_rail(tiktok: Driver) -> None:
    told = [node.desc for node in flat(seen(tiktok)) if node.desc]
    for start in (
        "Like video. 486K likes",
        "Read or add comments. ",
        "Add or remove this video from Favorites.",
        "Share",
    ):
        assert any(each.startswith(start) for each in told), start
    assert "Follow Bruno on Wheels" in told


def test_counter_and_button_are_told_apart_by_class(tiktok: Driver) -> None:
    search(tiktok, "LALIGA")
    tiktok.tap(text_contains="@laliga")
    assert len(tiktok.all(Selector(text="Following", cls="Button"))) == 1
    assert len(tiktok.all(Selector(text="Following", cls="TextView"))) == 1


def test_the_query_stays_in_the_bar_and_the_tab_is_selected(tiktok: Driver) -> None:
    search(tiktok, "iphone 17")
    assert tiktok.node(cls="EditText").attrib["text"] == "iphone 17"
    assert tiktok.node(text="Top").attrib["selected"] == "true"
    tiktok.tap(text="Videos")
    assert tiktok.node(text="Videos").attrib["selected"] == "true"
    assert tiktok.has(text_contains="iPhone 17 or wait")


def test_adb_names_the_activity(tiktok: Driver) -> None:
    def focus() -> str:
        return run_sync(tiktok.phone, "dumpsys window | grep mCurrentFocus")[1].decode()

    assert f"{PACKAGE}/com.ss.android.ugc.aweme.main.MainActivity}}" in focus()
    search(tiktok, "LALIGA")
    assert "aweme.search.activity.SearchResultActivity}" in focus()
    tiktok.tap(text_contains="@laliga")
    assert "aweme.profile.ui.UserProfileActivity}" in focus()
    tiktok.tap(desc_contains="El Clásico")
    assert "aweme.detail.ui.DetailActivity}" in focus()


# --- search ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("IShowSpeed", ["@ishowspeed", "@speedfans.sim", "@speedclips.sim"]),
        ("@ishowspeed", ["@ishowspeed", "@speedfans.sim", "@speedclips.sim"]),
        ("Leo Messi", ["@messi.18642", "@messifanzone.sim", "@leo.goals.sim"]),
        ("laliga", ["@laliga"]),
    ],
)
def test_accounts_that_answer(tiktok: Driver, query: str, first: list[str]) -> None:
    search(tiktok, query)
    tiktok.tap(text="Users")
    assert [text.split(" · ")[0] for text in tiktok.texts() if text.endswith(" followers")] == first


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("iphone 17", ["iPhone 17 colors", "iPhone 17 or wait?", "iPhone 17 camera", "iPhone 16 after"]),
        ("Messi 2022 World Cup", ["Messi lifts the trophy", "The night Messi won", "Messi at Copa", "France"]),
        ("messi winning the world cup in qatar", ["Messi lifts the trophy", "The night Messi won"]),
        ("Real Madrid vs Barcelona", ["Real Madrid vs Barcelona: El", "Real Madrid vs Barcelona, my", "Real Madrid o"]),
        ("el clasico", ["Real Madrid vs Barcelona: El"]),
    ],
)  # fmt: skip
def test_videos_that_answer(tiktok: Driver, query: str, first: list[str]) -> None:
    search(tiktok, query)
    tiktok.tap(text="Videos")
    found = captions(tiktok)
    assert [each.startswith(start) for each, start in zip(found, first, strict=False)] == [True] * len(first), found


def test_nothing_is_searched_for_nothing(tiktok: Driver) -> None:
    tiktok.tap(desc="Search")
    tiktok.play(TypeStep(type="   ", enter=True))
    assert screen(tiktok) == "search"
    assert tiktok.changed() == []


def test_searches_are_remembered_and_can_be_forgotten(tiktok: Driver) -> None:
    search(tiktok, "LALIGA")
    assert data(tiktok)["searches"][0] == "LALIGA"
    back(tiktok)
    assert screen(tiktok) == "home"
    tiktok.tap(desc="Search")
    tiktok.tap(desc="Delete LALIGA")
    assert "LALIGA" not in data(tiktok)["searches"]
    tiktok.tap(text="garlic noodles")
    assert screen(tiktok) == "results"


def test_suggestions_lead_on(tiktok: Driver) -> None:
    tiktok.tap(desc="Search")
    tiktok.play(TypeStep(type="iphone 17"))
    tiktok.tap(text="iphone 17 release")
    assert ui(tiktok)["stack"][-1]["args"]["words"] == "iphone 17 release"
    tiktok.tap(cls="EditText")
    tiktok.play(TypeStep(type="laliga"))
    tiktok.tap(text="@laliga")
    assert screen(tiktok) == "profile"


def test_a_new_search_takes_the_place_of_the_old(tiktok: Driver) -> None:
    search(tiktok, "LALIGA")
    tiktok.play(TypeStep(type="iphone 17", into=Selector(cls="EditText"), enter=True))
    assert [entry["name"] for entry in ui(tiktok)["stack"]] == ["home", "results"]
    assert tiktok.node(cls="EditText").attrib["text"] == "iphone 17"


# --- following, liking, writing -------------------------------------------------------------------------------------
def test_follow_at_once_unfollow_after_asking(tiktok: Driver) -> None:
    search(tiktok, "IShowSpeed")
    tiktok.tap(text="Follow")
    assert data(tiktok)["following"][-1] == "ishowspeed"
    tiktok.tap(text="Following")
    back(tiktok)
    assert data(tiktok)["following"][-1] == "ishowspeed"
    tiktok.tap(text="Following")
    tiktok.tap(text="Unfollow")
    assert "ishowspeed" not in data(tiktok)["following"]
    assert tiktok.has(text="Follow")


def test_the_own_profile_lists_whom_the_user_follows(tiktok: Driver) -> None:
    tiktok.tap(desc="Profile")
    assert "@jordan.sim.lee" in tiktok.texts()
    tiktok.tap(text="Following")
    assert [text for text in tiktok.texts() if text.startswith("@")] == [
        "@laliga · 28.6M followers",
        "@lenacooks.sim · 51K followers",
        "@fifaworldcup · 22.1M followers",
    ]
    back(tiktok)
    back(tiktok)
    assert screen(tiktok) == "home"


def test_likes_and_favorites_are_kept(tiktok: Driver) -> None:
    tiktok.tap(desc_contains="Like video")
    tiktok.tap(desc_contains="Favorites")
    assert (data(tiktok)["liked"], data(tiktok)["favorites"]) == (["f2"], ["f2"])
    tiktok.tap(desc_contains="Video liked")
    assert data(tiktok)["liked"] == []
    tiktok.tap(desc="Profile")
    tiktok.tap(desc="Favorites")
    tiktok.tap(desc_contains="Bruno")
    assert screen(tiktok) == "video"


def test_a_comment_is_posted_an_empty_one_is_not(tiktok: Driver) -> None:
    tiktok.tap(desc_contains="Read or add")
    tiktok.play(TypeStep(type="  ", into=Selector(cls="EditText"), enter=True))
    assert tiktok.changed() == []
    tiktok.play(TypeStep(type="Nice dog", into=Selector(cls="EditText"), enter=True))
    assert data(tiktok)["comments"]["f2"][0] == {"by": "jordan.sim.lee", "text": "Nice dog", "likes": 0}
    assert "Nice dog" in tiktok.texts()


def test_the_profile_needs_a_name(tiktok: Driver) -> None:
    tiktok.tap(desc="Profile")
    tiktok.tap(text="Edit profile")
    tiktok.play(TypeStep(type=" ", into=Selector(text="Jordan Lee", cls="EditText")))
    tiktok.tap(text="Save")
    assert screen(tiktok) == "edit_profile"
    tiktok.play(TypeStep(type="Jo Lee", into=Selector(cls="EditText")))
    tiktok.tap(text="Save")
    assert "Jo Lee" in tiktok.texts()


# --- the way through the videos -------------------------------------------------------------------------------------
def test_swipes_go_through_feeds_and_lists(tiktok: Driver) -> None:
    tiktok.swipe("up")
    assert ui(tiktok)["feed"]["for_you"] == "f1"
    tiktok.swipe("down")
    assert ui(tiktok)["feed"]["for_you"] == "f2"
    for _ in range(5):
        tiktok.swipe("up")
    assert ui(tiktok)["feed"]["for_you"] == "f2"
    tiktok.swipe("left")
    assert tiktok.has(text="@brunowheels.sim")
    back(tiktok)
    tiktok.tap(text="Following")
    assert tiktok.has(text="Lena Cooks")
    search(tiktok, "iphone 17")
    tiktok.tap(text_contains="iPhone 17 colors")
    for video in ("i2", "i3", "i4", "i4"):
        tiktok.swipe("up")
        assert ui(tiktok)["stack"][-1]["args"]["id"] == video
    back(tiktok)
    assert screen(tiktok) == "results"


def test_a_tap_pauses_and_the_menu_of_a_video_closes(tiktok: Driver) -> None:
    video = {"cls": "android.view.View"}
    tiktok.tap(**video)
    assert ui(tiktok)["player"]["paused"]
    tiktok.play(LongPressStep(long_press=Selector(**video)))
    assert tiktok.has(text="Not interested")
    back(tiktok)
    assert ui(tiktok)["dialogs"] == []
    assert tiktok.changed() == []


def test_a_double_tap_likes_and_the_video_goes_on(tiktok: Driver) -> None:
    for _ in range(2):
        for _ in range(2):
            tiktok.phone.tap(500, 1300)
    assert data(tiktok)["liked"] == ["f2"]
    assert not ui(tiktok)["player"]["paused"]


@pytest.mark.parametrize("place", ["Friends", "Inbox", "Profile", "Create"])
def test_back_from_every_place_leads_home(tiktok: Driver, place: str) -> None:
    tiktok.tap(desc=place)
    back(tiktok)
    assert screen(tiktok) == "home"
    back(tiktok)
    assert tiktok.phone.json_state()["tasks"][-1]["app"] == "launcher"


def test_settings_end_somewhere(tiktok: Driver) -> None:
    tiktok.tap(desc="Profile")
    tiktok.tap(desc="Profile menu")
    tiktok.tap(text="Settings and privacy")
    tiktok.tap(text="Privacy")
    back(tiktok)
    tiktok.tap(text="Log out")
    tiktok.tap(text="Cancel")
    assert screen(tiktok) == "settings"
    assert tiktok.changed() == []


def test_create_leads_to_the_permissions(tiktok: Driver) -> None:
    tiktok.tap(desc="Create")
    tiktok.tap(text="Open settings")
    assert tiktok.phone.json_state()["tasks"][-1]["app"] == "settings"


def test_without_an_account_there_is_nothing(phone: Phone) -> None:
    phone.reset("androidlab")
    assert phone.launch(PACKAGE)
    driver = Driver(phone, phone.json_state())
    assert driver.has(text="No internet connection")
    driver.tap(desc="Profile")
    search_and_back = ["Friends", "Inbox", "Home"]
    for place in search_and_back:
        driver.tap(desc=place)
    search(driver, "IShowSpeed")
    assert driver.has(text="No results found")
