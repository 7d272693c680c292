"""Settings: what pages do beyond rows that write a value, wrong turns included, and what adb tells of it."""

from __future__ import annotations

import pytest
from driver import Driver, bounds

from phonebench.schema.task import ScrollToStep, Selector
from simphone.apps.settings import zones
from simphone.core.app import Intent
from simphone.phone.machine import zone_info
from simphone.phone.phone import Phone
from simphone.shell.session import run_sync

PACKAGE = "com.android.settings"
CONTACTS = "com.google.android.contacts"


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


def adb(driver: Driver, command: str) -> str:
    status, out, err = run_sync(driver.phone, command)
    assert not err, err
    assert status in (0, 1)
    return out.decode().strip()


# --- date, time, zone -----------------------------------------------------------------------------------------------
def test_date_is_set_by_hand_only_and_automatic_time_undoes_it(driver: Driver) -> None:
    walk(driver, "System", "Date & time")
    driver.tap(text="Date")
    assert driver.has(desc="Date & time"), "disabled while the time is automatic"
    walk(driver, "Set time automatically", "Date")
    assert [driver.node(id=f"android:id/date_picker_header_{part}").attrib["text"] for part in ("year", "date")] == [
        "2024", "Fri, May 10",
    ]  # fmt: skip
    assert driver.node(desc="01 May 2024").attrib["text"] == "1"
    driver.tap(desc="01 May 2024")
    driver.tap(text="OK")
    assert driver.has(text="May 1, 2024")
    assert adb(driver, "date").startswith("Wed May  1 12:0")
    walk(driver, "Set time automatically")
    assert driver.has(text="May 10, 2024")


def test_another_month_and_year_can_be_picked(driver: Driver) -> None:
    walk(driver, "System", "Date & time", "Set time automatically", "Date")
    driver.tap(desc="Previous month")
    driver.tap(desc="30 April 2024")
    driver.tap(text="2024")
    driver.tap(text="2023")
    driver.tap(desc="28 April 2023")
    driver.tap(text="OK")
    assert driver.has(text="April 28, 2023")


def test_time_is_set_by_hand(driver: Driver) -> None:
    walk(driver, "System", "Date & time", "Set time automatically", "Time")
    driver.tap(text="3")
    driver.tap(text="OK")
    assert driver.has(text="3:00 PM")
    driver.tap(text="Time")
    driver.phone.key(4)
    assert driver.has(text="3:00 PM")


def test_zone_is_chosen_by_region_and_comes_back(driver: Driver) -> None:
    walk(driver, "System", "Date & time", "Set time zone automatically")
    driver.tap(text="Time zone", index=1)
    walk(driver, "Region")
    driver.tap(desc="Search")
    driver.phone.type_text("japan")
    driver.tap(text="Japan")
    assert adb(driver, "getprop persist.sys.timezone") == "Asia/Tokyo"
    driver.tap(desc="Navigate up")
    assert driver.has(text="GMT+09:00 Japan Standard Time")
    assert driver.has(text="1:00 PM")
    walk(driver, "Set time zone automatically")
    assert adb(driver, "getprop persist.sys.timezone") == "Asia/Shanghai"


@pytest.mark.parametrize("region", sorted(zones.REGIONS))
def test_every_offered_zone_is_known(region: str) -> None:
    for zone, city in zones.REGIONS[region]:
        assert zone_info(zone).key == zone
        assert zones.city_of(zone) == city and zones.region_of(zone) == region


# --- apps -----------------------------------------------------------------------------------------------------------
def test_uninstalling_asks_and_returns_to_the_list(driver: Driver) -> None:
    walk(driver, "Apps", "All apps", "Booking.com", "Uninstall")
    assert driver.texts() == ["Booking.com", "Do you want to uninstall this app?", "Cancel", "OK"]
    driver.tap(text="Cancel")
    assert "package:com.booking" in adb(driver, "pm list packages")
    walk(driver, "Uninstall", "OK")
    assert driver.has(desc="All apps") and not driver.has(text="Booking.com")
    assert adb(driver, "pm list packages | grep com.booking") == ""


def test_an_app_of_the_system_is_disabled_and_enabled(driver: Driver) -> None:
    walk(driver, "Apps", "All apps", "Contacts")
    assert not driver.has(text="Uninstall")
    walk(driver, "Disable", "Disable app")
    assert "com.google.android.contacts" in adb(driver, "pm list packages -d")
    walk(driver, "Enable")
    assert adb(driver, "pm list packages -d") == ""


def test_list_of_apps_can_be_searched_sorted_and_widened(driver: Driver) -> None:
    walk(driver, "Apps", "All apps")
    driver.tap(desc="Search")
    driver.phone.type_text("zzz")
    assert driver.has(text="No apps.")
    driver.phone.clear_text()
    driver.phone.type_text("boo")
    driver.tap(text="Booking.com")
    assert driver.has(desc="App info")
    driver.tap(desc="Navigate up")
    driver.tap(desc="Back")
    driver.tap(desc="More options")
    driver.tap(text="Show system")
    assert driver.has(text="ADB Keyboard")
    driver.tap(desc="More options")
    driver.tap(text="Hide system")
    assert not driver.has(text="ADB Keyboard")


def test_default_browser_is_told_by_the_role_the_list_and_the_resolver(driver: Driver) -> None:
    walk(driver, "Apps", "Default apps")
    assert driver.has(text="Chrome")
    walk(driver, "Browser app", "Firefox")
    rows = [node for node in driver.tree().iter("node") if node.attrib["clickable"] == "true"]
    chosen = {
        text.attrib["text"]: ring.attrib["checked"]
        for row in rows
        for ring in row.iter("node")
        if ring.attrib["class"].endswith("RadioButton")
        for text in row
        for text in text.iter("node")
        if text.attrib["text"]
    }
    assert chosen == {"Chrome": "false", "Firefox": "true"}
    assert adb(driver, "cmd role get-role-holders android.app.role.BROWSER") == "org.mozilla.firefox"
    resolved = adb(driver, "cmd package resolve-activity --brief -a android.intent.action.VIEW -d http://example.com")
    assert resolved.splitlines()[-1] == "org.mozilla.firefox/.App"
    driver.tap(desc="Navigate up")
    assert driver.has(text="Firefox")
    driver.phone.uninstall("org.mozilla.firefox")
    assert adb(driver, "cmd role get-role-holders android.app.role.BROWSER") == "com.android.chrome"


# --- notifications and permissions ----------------------------------------------------------------------------------
def test_an_app_that_may_not_notify_is_found_everywhere(driver: Driver) -> None:
    walk(driver, "Notifications", "App settings")
    driver.tap(desc="Contacts")
    assert adb(driver, f"cmd appops get {CONTACTS} POST_NOTIFICATION") == "POST_NOTIFICATION: ignore"
    assert "granted=false" in adb(driver, f"dumpsys package {CONTACTS} | grep POST_NOTIFICATIONS")
    driver.tap(text="Most recent")
    driver.tap(text="Turned off")
    assert driver.has(desc="Contacts")
    driver.phone.key(4)
    driver.phone.key(4)
    walk(driver, "Privacy", "Permission manager", "Notifications")
    driver.play(ScrollToStep(scroll_to=Selector(text="Not allowed")))
    driver.play(ScrollToStep(scroll_to=Selector(text="Contacts")))
    texts = driver.texts()
    assert texts.index("Not allowed") < texts.index("Contacts")


def test_adb_takes_the_permission_and_the_switch_follows(driver: Driver) -> None:
    adb(driver, f"pm revoke {CONTACTS} android.permission.POST_NOTIFICATIONS")
    walk(driver, "Notifications", "App settings")
    assert driver.node(desc="Contacts", cls="Switch").attrib["checked"] == "false"


def test_reading_notifications_is_asked_for(driver: Driver) -> None:
    walk(driver, "Notifications", "Device & app notifications")
    assert driver.texts()[2:] == [
        "Allowed", "Android System Intelligence", "Pixel Launcher", "Not allowed", "Android Auto", "Bluecoins",
        "Google", "Google Play services",
    ]  # fmt: skip
    walk(driver, "Bluecoins", "Allow notification access", "Allow")
    assert "com.rammigsoftware.bluecoins/" in adb(driver, "settings get secure enabled_notification_listeners")
    walk(driver, "Allow notification access", "Cancel")
    assert driver.node(cls="Switch").attrib["checked"] == "true"


# --- languages ------------------------------------------------------------------------------------------------------
def add_spanish(driver: Driver) -> None:
    walk(driver, "System", "Languages & input", "Languages", "Add a language", "Español (Estados Unidos)")


def test_a_language_is_moved_to_the_top_by_its_handle(driver: Driver) -> None:
    add_spanish(driver)
    left, top, right, bottom = bounds(driver.node(id="dragHandle", index=1))
    x, y = (left + right) / 2, (top + bottom) / 2
    driver.phone.drag(x, y, x, y - (bottom - top) * 1.4)
    assert adb(driver, "settings get system system_locales") == "es-US,en-US"
    assert adb(driver, "getprop persist.sys.locale") == "es-US"


def test_a_language_is_removed_but_never_all(driver: Driver) -> None:
    add_spanish(driver)
    driver.tap(desc="More options")
    driver.tap(text="Remove")
    driver.tap(text="English (United States)")
    driver.tap(text="Español (Estados Unidos)")
    driver.tap(desc="Remove")
    assert driver.has(text="Keep at least one preferred language")
    driver.tap(text="OK")
    driver.tap(text="English (United States)")
    driver.tap(desc="Remove")
    driver.tap(text="Remove")
    assert adb(driver, "settings get system system_locales") == "en-US"
    assert driver.has(text="Add a language")


def test_back_leaves_the_removing_of_languages_first(driver: Driver) -> None:
    add_spanish(driver)
    driver.tap(desc="More options")
    driver.tap(text="Remove")
    driver.phone.key(4)
    assert driver.has(desc="Languages") and driver.has(text="Add a language")


def test_languages_are_found_by_their_english_name(driver: Driver) -> None:
    walk(driver, "System", "Languages & input", "Languages", "Add a language")
    driver.tap(desc="Search")
    driver.phone.type_text("xx")
    assert driver.has(text="No results")
    driver.phone.clear_text()
    driver.phone.type_text("german")
    driver.tap(text="Deutsch (Österreich)")
    assert adb(driver, "settings get system system_locales") == "en-US,de-AT"


# --- the rest -------------------------------------------------------------------------------------------------------
def test_toolbar_collapses_while_rows_follow_the_finger(driver: Driver) -> None:
    walk(driver, "Sound & vibration")
    bar, row = bounds(driver.node(id="collapsing_toolbar")), bounds(driver.node(text="Media volume"))
    driver.phone.drag(700, 1500, 700, 1500 - 200)
    moved = row[1] - bounds(driver.node(text="Media volume"))[1]
    after = bounds(driver.node(id="collapsing_toolbar"))
    assert 0 < moved <= 200
    assert abs((bar[3] - after[3]) - moved) <= 2
    driver.phone.swipe(700, 2500, 700, 400, 200)
    driver.phone.swipe(700, 2500, 700, 400, 200)
    assert driver.has(text="Touch sounds")
    last = bounds(driver.node(id="collapsing_toolbar"))
    assert last[3] - last[1] == 64 * 3.5
    assert driver.node(id="collapsing_toolbar").attrib["content-desc"] == "Sound & vibration"
    driver.phone.swipe(700, 500, 700, 3000, 100)
    driver.phone.swipe(700, 500, 700, 3000, 100)
    assert bounds(driver.node(id="collapsing_toolbar")) == bar


def test_bad_host_is_refused(driver: Driver) -> None:
    walk(driver, "Network & internet", "Private DNS", "Private DNS provider hostname")
    driver.tap(id="private_dns_mode_provider_hostname")
    for host in ("dns", "dns google", "-a.b", "1.1.1.1"):
        driver.phone.clear_text()
        driver.phone.type_text(host)
        assert driver.node(text="Save").attrib["enabled"] == "false", host
    driver.phone.key(4)
    driver.phone.key(4)
    assert driver.has(desc="Network & internet")
    assert adb(driver, "settings get global private_dns_specifier") == "null"


def test_airplane_mode_suspends_bluetooth_and_wifi_can_be_switched_on_in_it(driver: Driver) -> None:
    walk(driver, "Network & internet", "Airplane mode", "Internet")
    assert driver.node(cls="Switch").attrib["checked"] == "false"
    driver.tap(text="Wi-Fi")
    assert driver.node(cls="Switch").attrib["checked"] == "true"
    assert adb(driver, "settings get global wifi_on") == "2"
    driver.tap(desc="Navigate up")
    driver.tap(text="Airplane mode")
    assert adb(driver, "settings get global wifi_on; settings get global bluetooth_on").split() == ["1", "1"]


def test_ring_volume_at_its_end_makes_the_phone_vibrate(driver: Driver) -> None:
    driver.phone.put_setting("system", "volume_ring_speaker", "0")
    assert "mode (internal) = VIBRATE" in adb(driver, "dumpsys audio")
    driver.phone.put_setting("system", "volume_ring_speaker", "3")
    assert "mode (internal) = NORMAL" in adb(driver, "dumpsys audio")
    assert adb(driver, "settings get system volume_notification_speaker") == "3"


def test_disk_use_is_the_same_for_adb(driver: Driver) -> None:
    sizes = dict(line.split(": ", 1) for line in adb(driver, "dumpsys diskstats").splitlines() if ": " in line)
    assert 5_150_000_000 <= int(sizes["App Size"]) < 5_250_000_000


def test_search_finds_pages_and_says_when_there_are_none(driver: Driver) -> None:
    driver.tap(text="Search settings")
    driver.phone.type_text("time zone")
    driver.tap(text="Set time zone automatically")
    assert driver.has(desc="Date & time")
    driver.phone.key(4)
    driver.phone.clear_text()
    driver.tap(id="search_src_text")
    driver.phone.type_text("qqq")
    assert driver.has(text="No results")
    driver.tap(desc="Clear text")
    assert not driver.has(text="No results")
    driver.tap(desc="Back")
    assert driver.has(text="Search settings")


def test_a_page_opened_from_outside_is_left_at_once(driver: Driver) -> None:
    phone = driver.phone
    phone.key(3)
    assert phone.start(Intent("android.settings.APPLICATION_DETAILS_SETTINGS", data="package:com.booking"))
    assert driver.has(text="Booking.com")
    walk(driver, "Uninstall", "OK")
    assert phone.foreground()[0] != PACKAGE


def test_languages_page_puts_the_number_behind_the_name(driver: Driver) -> None:
    add_spanish(driver)
    rows = [node for node in driver.tree().iter("node") if node.attrib["class"].endswith("RelativeLayout")]
    labels = [[child.attrib["text"] for child in row][:2] for row in rows if len(row) == 3]
    assert labels == [["English (United States)", "1"], ["Español (Estados Unidos)", "2"]]
    assert driver.node(text="Español (Estados Unidos)").attrib["content-desc"] == "Spanish (United States)"


def test_a_dialog_whose_row_is_gone_says_so() -> None:
    phone = Phone()
    phone.launch("com.android.settings")
    driver = Driver(phone, phone.json_state())
    driver.tap(text="Connected devices")
    driver.tap(text="Pair new device")
    driver.tap(text="Device name")
    phone.put_setting("global", "bluetooth_on", "0")
    assert driver.has(text="This setting isn't available right now.")
    phone.png()
    driver.phone.key(4)
