"""Settings: pages agree with the settings provider, rows have the shape of real preference rows."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from driver import Driver, bounds

from phonebench.schema.task import ScrollToStep, Selector
from simphone.apps.settings.app import APP, PAGES
from simphone.apps.settings.sizes import human
from simphone.phone.phone import Phone

PACKAGE = "com.android.settings"


@pytest.fixture(scope="module")
def device() -> Phone:
    return Phone()


@pytest.fixture
def driver(device: Phone) -> Driver:
    device.reset("androidlab")
    assert device.launch(PACKAGE)
    return Driver(device, device.json_state())


def walk(driver: Driver, *titles: str) -> None:
    """Tap through rows by title, scrolling to each."""
    for title in titles:
        driver.play(ScrollToStep(scroll_to=Selector(text=title)))
        driver.tap(text=title)


def row_of(driver: Driver, title: str) -> ET.Element:
    """The clickable row that holds a title."""
    rows = [node for node in driver.tree().iter("node") if node.attrib["clickable"] == "true"]
    return next(row for row in rows if any(child.attrib["text"] == title for child in row.iter("node")))


@pytest.mark.parametrize(
    ("path", "namespace", "key", "before", "after"),
    [
        (("Network & internet", "Airplane mode"), "global", "airplane_mode_on", "0", "1"),
        (("Network & internet", "Internet", "Wi-Fi"), "global", "wifi_on", "1", "0"),
        (
            ("Network & internet", "Internet", "Network preferences", "Turn on Wi‑Fi automatically"),
            "global",
            "wifi_wakeup_enabled",
            "1",
            "0",
        ),
        (
            ("Connected devices", "Connection preferences", "Bluetooth", "Use Bluetooth"),
            "global",
            "bluetooth_on",
            "1",
            "0",
        ),
        (("Battery", "Battery percentage"), "system", "status_bar_show_battery_percent", "0", "1"),
        (("Sound & vibration", "Vibration & haptics", "Ring vibration"), "system", "vibrate_when_ringing", "1", "0"),
        (("Display", "Dark theme", "Use Dark theme"), "secure", "ui_night_mode", "1", "2"),
        (("System", "Date & time", "Set time automatically"), "global", "auto_time", "1", "0"),
    ],
    ids=lambda value: value[-1] if isinstance(value, tuple) else None,
)
def test_a_switch_writes_what_adb_reads(
    driver: Driver, path: tuple[str, ...], namespace: str, key: str, before: str, after: str
) -> None:
    assert driver.phone.setting(namespace, key) == before
    walk(driver, *path)
    assert driver.phone.setting(namespace, key) == after
    driver.tap(text=path[-1])
    assert driver.phone.setting(namespace, key) == before


def test_what_adb_writes_is_on_the_screen(driver: Driver) -> None:
    walk(driver, "Network & internet")
    driver.phone.put_setting("global", "airplane_mode_on", "1")
    switch = next(node for node in row_of(driver, "Airplane mode").iter("node") if "Switch" in node.attrib["class"])
    assert switch.attrib["checked"] == "true"


def test_private_dns_is_stored_by_save_only(driver: Driver) -> None:
    phone = driver.phone
    walk(driver, "Network & internet", "Private DNS")
    assert driver.node(text="Automatic").attrib["checked"] == "true"
    driver.tap(text="Private DNS provider hostname")
    assert driver.node(text="Save").attrib["enabled"] == "false"
    driver.tap(id="private_dns_mode_provider_hostname")
    phone.type_text("dns.google")
    phone.key(66)
    assert phone.setting("global", "private_dns_mode") == "opportunistic"
    driver.tap(text="Save")
    assert phone.setting("global", "private_dns_mode") == "hostname"
    assert phone.setting("global", "private_dns_specifier") == "dns.google"
    assert driver.has(text="dns.google")


def test_renaming_the_device_needs_the_button(driver: Driver) -> None:
    walk(driver, "Connected devices", "Connection preferences", "Bluetooth", "Device name")
    phone = driver.phone
    phone.clear_text()
    phone.type_text("my AVD")
    phone.key(66)
    assert phone.setting("secure", "bluetooth_name") == "sdk_gphone64_x86_64"
    driver.tap(text="Rename")
    assert phone.setting("secure", "bluetooth_name") == "my AVD"
    assert driver.has(text="my AVD")


@pytest.mark.parametrize(
    ("title", "key", "way", "value"),
    [("Ring & notification volume", "volume_ring_speaker", "left", "0"),
     ("Alarm volume", "volume_alarm_speaker", "right", "7")],
)  # fmt: skip
def test_a_long_swipe_takes_a_volume_to_its_end(driver: Driver, title: str, key: str, way: str, value: str) -> None:
    walk(driver, "Sound & vibration")
    left, top, right, bottom = bounds(driver.node(desc=title))
    x, y = (left + right) / 2, (top + bottom) / 2
    driver.phone.swipe(x, y, 5 if way == "left" else 1435, y, 300)
    assert driver.phone.setting("system", key) == value


def test_brightness_at_the_left_end_is_0_percent_and_the_slider_goes(driver: Driver) -> None:
    walk(driver, "Display", "Brightness level")
    left, top, _, bottom = bounds(driver.node(desc="Display brightness"))
    driver.phone.tap(left + 1, (top + bottom) / 2)
    assert driver.phone.setting("system", "screen_brightness") == "1"
    assert driver.has(text="0%")


def test_dark_theme_row_has_two_targets(driver: Driver) -> None:
    walk(driver, "Display")
    driver.tap(desc="Dark theme", cls="Switch")
    assert driver.phone.setting("secure", "ui_night_mode") == "2"
    assert driver.has(desc="Display")


def test_a_dialog_choice_is_stored_and_becomes_the_summary(driver: Driver) -> None:
    walk(driver, "System", "Languages & input", "Text-to-speech output", "Language", "Chinese (China)")
    assert driver.phone.setting("secure", "tts_default_locale") == "com.google.android.tts:zh_CN"
    assert [child.attrib["text"] for child in row_of(driver, "Language").iter("node") if child.attrib["text"]] == [
        "Language", "Chinese (China)",
    ]  # fmt: skip


def test_home_says_what_the_phone_is(driver: Driver) -> None:
    assert driver.has(text="63% used - 6.0 GB free")
    assert driver.has(text="Search settings")
    walk(driver, "Storage")
    assert [node.attrib["text"] for node in row_of(driver, "Apps").iter("node") if node.attrib["text"]] == [
        "Apps", "5.2 GB",
    ]  # fmt: skip


@pytest.mark.parametrize("page", ["network", "display", "system", "storage"])
def test_toolbar_and_list_do_not_overlap(driver: Driver, page: str) -> None:
    driver.phone.state["ui"]["settings"]["stack"].append({"name": page, "id": 99, "args": {}})
    driver.phone.restore(driver.phone.snapshot())
    bar, rows = bounds(driver.node(id="collapsing_toolbar")), bounds(driver.node(id="recycler_view"))
    assert bar[3] <= rows[1]
    assert driver.node(id="collapsing_toolbar").attrib["content-desc"]


ABOUT = {"package": "com.google.android.contacts", "group": "contacts", "language": "Español", "region": "China",
         "title": "Ads"}  # fmt: skip
"""Args that any page can be shown with."""


@pytest.mark.parametrize("name", sorted(PAGES))
def test_every_page_can_be_shown_searched_for_dead_ends_and_left(driver: Driver, name: str) -> None:
    stack = driver.phone.state["ui"]["settings"]["stack"]
    stack.append({"name": name, "id": 99, "args": dict(ABOUT)})
    frame = driver.phone.frame()
    views = [box.view for box in frame.windows[frame.active].root.walk()]
    touchable = [view for view in views if view.clickable or view.on_tap]
    assert touchable
    for view in touchable:
        if view.enabled:
            assert view.on_tap or view.edit or view.slide, f"{view.text or view.id} of {name} is dead"
            assert_leads_somewhere(view.on_tap or ())
    assert driver.has(id="collapsing_toolbar")
    driver.tap(desc="Navigate up")
    assert driver.has(text="Search settings")


def assert_leads_somewhere(msg: tuple[object, ...]) -> None:
    """The screen, dialog or handler that a message names is there."""
    if msg and msg[0] == "nav.push":
        assert msg[1] in APP.screens
    elif msg and msg[0] == "nav.open":
        assert msg[1] in APP.dialogs
    elif msg and not str(msg[0]).startswith("nav."):
        assert msg[0] in APP.handlers


def test_search_leads_to_the_page(driver: Driver) -> None:
    driver.tap(text="Search settings")
    driver.phone.type_text("private d")
    driver.tap(text="Private DNS")
    assert driver.has(desc="Network & internet")


@pytest.mark.parametrize(
    ("size", "text"),
    [(0, "0 B"), (3_200_000, "3.2 MB"), (118_000_000, "118 MB"), (5_200_000_000, "5.2 GB"), (9_960_000_000, "10 GB")],
)
def test_sizes(size: int, text: str) -> None:
    assert human(size) == text


def test_a_language_is_added_behind_the_others(driver: Driver) -> None:
    walk(driver, "System", "Languages & input", "Languages", "Add a language", "Español (Estados Unidos)")
    assert driver.phone.setting("system", "system_locales") == "en-US,es-US"
    texts = [node.attrib["text"] for node in driver.tree().iter("node") if node.attrib["text"]]
    assert texts == ["English (United States)", "1", "Español (Estados Unidos)", "2", "Add a language"]


def test_a_region_is_asked_for_where_there_are_several(driver: Driver) -> None:
    walk(driver, "System", "Languages & input", "Languages", "Add a language", "Español", "México")
    assert driver.phone.setting("system", "system_locales") == "en-US,es-MX"
    assert driver.has(desc="Languages")


@pytest.mark.parametrize("way", ["list", "app info"])
def test_notifications_of_an_app_are_switched_off(driver: Driver, way: str) -> None:
    if way == "list":
        walk(driver, "Notifications", "App settings")
        driver.play(ScrollToStep(scroll_to=Selector(desc="Contacts")))
        driver.tap(desc="Contacts")
    else:
        walk(driver, "Apps", "All apps", "Contacts", "Notifications", "All Contacts notifications")
    permissions = driver.phone.state["packages"]["com.google.android.contacts"]["permissions"]
    assert permissions["android.permission.POST_NOTIFICATIONS"] is False
