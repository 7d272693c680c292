"""The launcher: home, drawer, starting apps."""

from __future__ import annotations

import pytest
from driver import Driver

from phonebench.schema.task import Selector
from simphone.phone.phone import Phone

LAUNCHER = "com.google.android.apps.nexuslauncher"
ACTIVITY = f"{LAUNCHER}.NexusLauncherActivity"


@pytest.fixture
def driver() -> Driver:
    phone = Phone()
    return Driver(phone, phone.json_state())


def drawer(driver: Driver) -> None:
    driver.swipe("up", None, 0.4)


def test_a_fresh_phone_shows_home_with_the_date(driver: Driver) -> None:
    assert driver.phone.foreground() == (LAUNCHER, ACTIVITY)
    assert driver.has(text="Fri, May 10")


def test_the_date_follows_the_clock(driver: Driver) -> None:
    driver.phone.advance(24 * 3600 * 1000)
    assert driver.has(text="Sat, May 11")


def test_swipe_up_opens_all_apps_in_the_order_of_their_labels(driver: Driver) -> None:
    drawer(driver)
    labels = [node.attrib["text"] for node in driver.all(Selector(id="icon"))]
    assert {"Settings", "Zoom"} <= set(labels)
    assert labels == sorted(labels, key=str.casefold)


@pytest.mark.parametrize("way", ["drawer", "home"])
def test_a_tap_launches_and_home_comes_back(driver: Driver, way: str) -> None:
    if way == "drawer":
        drawer(driver)
    driver.tap(desc="Contacts")
    assert driver.phone.foreground()[0] == "com.google.android.contacts"
    driver.phone.key(3)
    assert driver.phone.foreground()[0] == LAUNCHER
    assert driver.has(text="Fri, May 10")


def test_search_narrows_and_enter_opens_the_first(driver: Driver) -> None:
    driver.tap(desc="Search")
    driver.phone.type_text("zoo")
    assert driver.has(text="Zoom")
    assert not driver.has(text="Settings")
    driver.phone.key(66)
    assert driver.phone.foreground()[0] == "us.zoom.videomeetings"


def test_back_closes_the_drawer_and_stays_on_home(driver: Driver) -> None:
    drawer(driver)
    driver.phone.key(4)
    assert driver.has(text="Fri, May 10")
    driver.phone.key(4)
    assert driver.phone.foreground() == (LAUNCHER, ACTIVITY)


def test_an_uninstalled_app_is_gone(driver: Driver) -> None:
    assert driver.phone.uninstall("us.zoom.videomeetings")
    drawer(driver)
    assert not driver.has(text="Zoom")


def test_a_word_without_match_says_so(driver: Driver) -> None:
    driver.tap(desc="Search")
    driver.phone.type_text("qqq")
    assert driver.has(text='No apps found matching "qqq"')
