"""Clock's screens as tools see them that simplify dumps: which nodes stay together and which stand for themselves.

Such tools drop nodes that carry nothing and dissolve nodes that a later sibling overlaps (the project's fact sheet on
Clock, 4.0); what is tested here is what is left then, on both common displays.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass, field

import pytest
from driver import Driver, begin, bounds, load_tasks

from simphone.phone.phone import Phone

TASK = load_tasks("clock")[0]
FLAGS = (
    "checkable", "checked", "clickable", "focusable", "scrollable", "long-clickable", "password", "selected",
)  # fmt: skip
DISPLAYS = [(1440, 3120, 560), (1080, 2400, 420)]
EXPANDED = [
    "edit_label", "arrow", "digital_clock", "repeat_summary", "onoff", *(f"day_button_{day}" for day in range(7)),
    "blackout_title", "choose_ringtone", "vibrate_onoff", "workflow_label", "delete",
]  # fmt: skip


@dataclass
class Node:
    name: str
    text: str
    desc: str
    rect: tuple[int, int, int, int]
    children: list[Node] = field(default_factory=list)

    def meets(self, other: Node) -> bool:
        a, b = self.rect, other.rect
        return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def sparse(element: ET.Element, outer: tuple[int, int, int, int]) -> list[Node]:
    """The element if it carries anything and lies within its parent; otherwise what is below it."""
    rect = bounds(element)
    below = [node for child in element for node in sparse(child, rect)]
    get = element.attrib
    inside = rect[0] >= outer[0] and rect[1] >= outer[1] and rect[2] <= outer[2] and rect[3] <= outer[3]
    carries = get["text"] or get["content-desc"] or any(get[flag] == "true" for flag in FLAGS)
    if not (inside and carries and rect[0] < rect[2] and rect[1] < rect[3]):
        return below
    return [Node(get["resource-id"].rpartition("/")[2], get["text"], get["content-desc"], rect, below)]


def clear_of(nodes: list[Node], other: Node) -> list[Node]:
    """What of the nodes does not meet the other one."""
    return [part for node in nodes for part in ([node] if not node.meets(other) else clear_of(node.children, other))]


def dissolved(nodes: list[Node]) -> list[Node]:
    """Siblings without those that a later one overlaps; of these, the parts that are clear of it."""
    kept = list(nodes)
    index = 0
    while index < len(kept):
        over = next((later for later in kept[index + 1 :] if kept[index].meets(later)), None)
        if over is None:
            index += 1
        else:
            kept[index : index + 1] = clear_of(kept[index].children, over)
    for node in kept:
        node.children = dissolved(node.children)
    return kept


def seen(driver: Driver) -> list[Node]:
    root = driver.tree()
    whole = (0, 0, driver.phone.metrics.width, driver.phone.metrics.height)
    return dissolved([node for child in root for node in sparse(child, whole)])


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
