"""Clock's screens as tools see them that simplify dumps: which nodes stay together and which stand for themselves.

What is tested here is what is left then (see sparse.py), on both common displays.
"""

from __future__ import annotations

import pytest
from driver import Driver, begin, bounds, load_tasks
from sparse import Node, seen

from simphone.phone.phone import Phone

TASK = load_tasks("clock")[0]
DISPLAYS = [(1440, 3120, 560), (1080, 2400, 420)]
EXPANDED = [
    "edit_label", "arrow", "digital_clock", "repeat_summary", "onoff", *(f"day_button_{day}" for day in range(7)),
    "blackout_title", "choose_ringtone", "vibrate_onoff", "workflow_label", "delete",
]  # fmt: skip


def names(nodes: list[Node]) -> list[str]:
    return [node.name for node in nodes]


def at_root(driver: Driver, name: str) -> Node:
    return next(node for node in seen(driver) if node.name == name)


@pytest.fixture(scope="module", params=DISPLAYS, ids=lambda one: f"{one[0]}x{one[1]}")
def phone(request: pytest.FixtureRequest) -> Phone:
    width, height, density = request.param
    return Phone(width=width, height=height, density=density)


@pytest.fixture
def driver(phone: Phone) -> Driver:
    return begin(phone, TASK)


def test_the_four_cards_stay_whole_beside_the_title(driver: Driver) -> None:
    root = seen(driver)
    cards = [node for node in root if node.desc.endswith(" Alarm")]
    assert [card.desc for card in cards] == [f"{time} Alarm" for time in (
        "7:30\u200aAM", "8:30\u200aAM", "9:00\u200aAM", "4:00\u200aPM")]  # fmt: skip
    assert all(names(card.children) == ["digital_clock", "arrow", "days_of_week", "onoff"] for card in cards)
    assert {"action_bar_title", "overflow_action_button", "fab", "tab_menu_alarm"} <= set(names(root))


@pytest.mark.parametrize("index", [0, 1, 2, 3])
def test_an_expanded_card_lies_open_with_all_its_rows(driver: Driver, index: int) -> None:
    driver.tap(desc="Expand alarm", index=index)
    opened = [name for name in names(seen(driver)) if name in EXPANDED]
    assert opened[: len(EXPANDED)] == EXPANDED


@pytest.mark.parametrize("hour", ["3", "10"])
def test_a_new_alarm_lies_open_too(driver: Driver, hour: str) -> None:
    driver.tap(desc="Add alarm")
    driver.tap(text=hour)
    driver.tap(text="OK")
    opened = [node for node in seen(driver) if node.name in EXPANDED]
    assert names(opened)[: len(EXPANDED)] == EXPANDED
    assert opened[2].text == f"{hour}:00\u200aPM"


def test_the_floating_button_covers_nothing_of_an_expanded_card(driver: Driver) -> None:
    driver.tap(desc="Expand alarm")
    button = bounds(driver.node(id="fab"))
    card = bounds(driver.node(desc="7:30 AM Alarm"))
    assert card[3] > button[1]
    for part in driver.node(desc="7:30 AM Alarm").iter("node"):
        left, _, right, bottom = bounds(part)
        alone = not len(part)
        assert not alone or bottom <= button[1] or right <= button[0] or left >= button[2]


def test_bedtime_keeps_its_schedule_together_and_its_sounds_apart(driver: Driver) -> None:
    driver.tap(id="tab_menu_bedtime")
    driver.tap(text="Sleep sounds")
    driver.tap(text="Deep space")
    assert at_root(driver, "sleep_sound_play").desc == "Pause sleep sound Deep space"
    assert "tab_menu_alarm" in names(seen(driver))
    driver.phone.key(4)
    schedule = at_root(driver, "card_view")
    assert {"bedtime_clock", "wake_clock", "sleep_duration"} <= set(names(schedule.children))
    assert sum("Bedtime" in node.desc or "Wake-up" in node.desc for node in schedule.children) == 2
    assert at_root(driver, "sleep_sound_play").desc == "Pause sleep sound Deep space"


def test_the_wake_up_sheet_has_its_switch_beside_the_time_and_the_days_apart(driver: Driver) -> None:
    driver.tap(id="tab_menu_bedtime")
    driver.tap(id="wake_clock")
    root = seen(driver)
    assert {"target_clock", "toggle_switch", "minus_button", "plus_button"} <= set(names(root))
    assert not any(name.startswith("day_button") for name in names(root))
    assert len(at_root(driver, "days_of_week").children) == 7


def test_rows_of_the_settings_stay_whole(driver: Driver) -> None:
    driver.tap(desc="More options")
    driver.tap(text="Settings")
    listing = at_root(driver, "recycler_view")
    rows = [[part.text for part in row.children if part.text] for row in listing.children if row.children]
    assert ["Style", "Digital"] in rows
    assert ["Home time zone", "(GMT+8:00) Beijing"] in rows
    assert ["Silence after", "10 minutes"] in rows


def test_a_choice_dialog_keeps_its_list(driver: Driver) -> None:
    driver.tap(desc="More options")
    driver.tap(text="Settings")
    driver.tap(text="Silence after")
    listing = at_root(driver, "select_dialog_listview")
    assert [node.text for node in listing.children] == [
        "1 minute", "5 minutes", "10 minutes", "15 minutes", "20 minutes", "25 minutes", "Never",
    ]  # fmt: skip


def test_the_setup_display_and_the_city_row_can_be_read(driver: Driver) -> None:
    driver.tap(id="tab_menu_timer")
    display = at_root(driver, "timer_setup_time")
    assert (display.text, display.desc) == ("00h 00m 00s", "0 hours, 0 minutes, 0 seconds")
    driver.tap(id="tab_menu_clock")
    row = driver.node(id="city_row")
    assert [node.attrib["text"] for node in row] == ["Barcelona", "6 hours behind", "6:00\u200aAM"]
