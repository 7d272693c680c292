"""How Clock behaves: alarms, world clock, timers, stopwatch, bedtime, settings."""

from __future__ import annotations

import sqlite3
import zoneinfo
from datetime import datetime, timedelta
from typing import Any, get_args

import pytest
from driver import Driver, begin, load_tasks
from hypothesis import given
from hypothesis import strategies as st

from simphone.apps.clock import alarm_db, alarms, cities, ringtones, times, world_clock
from simphone.apps.clock.settings import _CHOICES, Key
from simphone.apps.clock.state import WEEK, new_alarm
from simphone.phone.phone import Phone

TASK = load_tasks("clock")[0]
HAIR = "\u200a"
CLOCK_TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))


@pytest.fixture(scope="module")
def phone() -> Phone:
    return Phone(width=1080, height=2400, density=420)


@pytest.fixture
def driver(phone: Phone) -> Driver:
    return begin(phone, TASK)


def data(driver: Driver) -> dict[str, Any]:
    return driver.phone.state["apps"]["clock"]


def alarm_at(driver: Driver, time: str) -> dict[str, Any]:
    return next(alarm for alarm in data(driver)["alarms"] if alarm["time"] == time)


def next_alarm(driver: Driver) -> str:
    return driver.phone.setting("system", "next_alarm_formatted")


def add_alarm(driver: Driver, hour: str) -> None:
    driver.tap(desc="Add alarm")
    driver.tap(text=hour)
    driver.tap(text="OK")


# --- alarms ---------------------------------------------------------------------------------------------------------
@given(now=st.datetimes(datetime(2024, 1, 1), datetime(2025, 12, 31)), at=CLOCK_TIMES)
def test_a_one_shot_alarm_is_due_within_a_day(now: datetime, at: Any) -> None:
    alarm = alarms.schedule(new_alarm(1, at.strftime("%H:%M"), enabled=True), now)
    ring = alarms.next_ring(alarm, now)
    assert ring is not None
    assert timedelta() < ring - now <= timedelta(days=1)
    assert ring.time() == at


@given(
    now=st.datetimes(datetime(2024, 1, 1), datetime(2025, 12, 31)),
    at=CLOCK_TIMES,
    days=st.sets(st.sampled_from(WEEK), min_size=1),
    pause=st.none() | st.tuples(st.integers(0, 20), st.integers(0, 20)),
)
def test_a_repeating_alarm_rings_on_the_first_of_its_days_that_is_not_paused(
    now: datetime, at: Any, days: set[Any], pause: tuple[int, int] | None
) -> None:
    paused = None
    if pause:
        first = now.date() + timedelta(days=pause[0])
        paused = [first.isoformat(), (first + timedelta(days=pause[1])).isoformat()]
    alarm = new_alarm(1, at.strftime("%H:%M"), enabled=True, days=sorted(days, key=WEEK.index), paused=paused)
    ring = alarms.next_ring(alarm, now)
    candidates = [datetime.combine(now.date() + timedelta(days=ahead), at) for ahead in range(60)]
    silent = paused or ["", ""]
    fitting = [
        day for day in candidates
        if day > now and WEEK[day.weekday()] in days and not silent[0] <= day.date().isoformat() <= silent[1]
    ]  # fmt: skip
    assert ring == fitting[0]


def test_the_next_alarm_is_told_to_android(driver: Driver) -> None:
    assert next_alarm(driver) == "Fri 4:00 PM"
    driver.tap(id="onoff", index=3)
    assert next_alarm(driver) == "Mon 7:30 AM"
    driver.tap(id="onoff", index=0)
    assert next_alarm(driver) == ""


def test_the_picker_opens_on_the_next_full_hour(driver: Driver) -> None:
    driver.tap(desc="Add alarm")
    assert driver.node(id="material_hour_tv").attrib["text"] == "01"
    assert driver.node(id="material_minute_tv").attrib["content-desc"] == "0 minutes"
    assert driver.node(id="material_clock_period_pm_button").attrib["checked"] == "true"
    assert driver.node(text="1").attrib["selected"] == "true"


def test_an_alarm_can_be_typed(driver: Driver) -> None:
    driver.tap(desc="Add alarm")
    driver.tap(desc="Switch to text input mode for the time input.")
    for text, shown in (("1", "1"), ("3", "1"), ("2", "12"), ("5", "5"), ("x", "5")):
        driver.phone.type_text(text)
        assert driver.node(id="material_hour_edit").attrib["text"] == shown
    driver.tap(id="material_minute_edit")
    driver.phone.clear_text()
    driver.phone.type_text("7")
    driver.tap(text="AM")
    driver.tap(text="OK")
    assert alarm_at(driver, "05:07")["due"] == "2024-05-11"


def test_the_hand_of_the_dial_can_be_dragged(driver: Driver) -> None:
    driver.tap(desc="Add alarm")
    left, top, right, bottom = (int(v) for v in driver.node(id="material_clock_face").attrib["bounds"][1:-1]
                                .replace("][", ",").split(","))  # fmt: skip
    driver.phone.tap((left + right) / 2 + (right - left) * 0.2, (top + bottom) / 2 + 1)
    assert driver.node(id="material_hour_tv").attrib["text"] == "03"


def test_an_alarm_card_names_its_label_in_place_of_alarm(driver: Driver) -> None:
    add_alarm(driver, "3")
    driver.tap(text="Add label")
    driver.phone.type_text(" tea <b>&")
    driver.tap(text="OK")
    assert driver.has(desc=f"3:00{HAIR}PM tea <b>&")
    assert driver.node(id="edit_label").attrib["content-desc"] == "Label tea <b>&"
    driver.tap(desc="Collapse alarm")
    assert driver.node(id="label").attrib["text"] == "tea <b>&"


def test_a_late_alarm_of_today_is_tomorrow(driver: Driver) -> None:
    add_alarm(driver, "11")
    assert driver.node(id="repeat_summary").attrib["text"] == "Today"
    driver.tap(id="digital_clock")
    driver.tap(text="AM")
    driver.tap(text="OK")
    assert driver.node(id="repeat_summary").attrib["text"] == "Tomorrow"
    driver.tap(id="onoff")
    assert driver.node(id="repeat_summary").attrib["text"] == "Not scheduled"


@pytest.mark.parametrize(("days", "text", "desc"), [
    (["Sunday"], "Sunday", "Sunday"),
    (["Saturday", "Sunday"], "Sun, Sat", "Sunday, Saturday"),
    ([times.LONG[day] for day in WEEK], "Every day", "Every day"),
])  # fmt: skip
def test_days_are_written_as_the_week_goes(driver: Driver, days: list[str], text: str, desc: str) -> None:
    add_alarm(driver, "3")
    for day in days:
        driver.tap(desc=day)
    node = driver.node(id="repeat_summary")
    assert (node.attrib["text"], node.attrib["content-desc"]) == (text, desc)


def test_a_changed_time_or_day_switches_an_alarm_on(driver: Driver) -> None:
    driver.tap(desc="Expand alarm", index=1)
    driver.tap(desc="Sunday")
    assert alarm_at(driver, "08:30")["enabled"]
    driver.tap(desc="Collapse alarm")
    driver.tap(desc="9:00 AM")
    driver.tap(text="10")
    driver.tap(text="OK")
    assert alarm_at(driver, "10:00")["enabled"]


def test_deleting_can_be_undone_until_the_snackbar_goes(driver: Driver) -> None:
    before = [dict(alarm) for alarm in data(driver)["alarms"]]
    driver.tap(desc="Expand alarm", index=3)
    driver.tap(text="Delete")
    assert len(data(driver)["alarms"]) == 3
    driver.tap(text="Undo")
    assert data(driver)["alarms"] == before
    assert not driver.has(text="Undo")
    driver.tap(desc="Expand alarm", index=3)
    driver.tap(text="Delete")
    driver.phone.advance(5000)
    assert not driver.has(text="Undo")


def test_a_one_shot_alarm_rings_and_is_off(driver: Driver) -> None:
    add_alarm(driver, "3")
    driver.phone.advance(4 * 3600 * 1000 - 60_000)
    assert not alarm_at(driver, "15:00")["enabled"]
    assert [note["text"] for note in driver.phone.state["notifications"]] == [f"Fri 3:00{HAIR}PM"]
    driver.phone.advance(120_000)
    assert alarm_at(driver, "16:00")["enabled"]
    assert next_alarm(driver) == "Mon 7:30 AM"


def test_an_alarm_can_be_given_a_date(driver: Driver) -> None:
    add_alarm(driver, "3")
    driver.tap(text="Schedule alarm")
    driver.tap(desc="Change to next month")
    driver.tap(desc="Saturday, June 1")
    driver.tap(text="OK")
    assert alarm_at(driver, "15:00")["due"] == "2024-06-01"
    assert driver.node(id="repeat_summary").attrib["text"] == "Sat, Jun 1"


def test_a_repeating_alarm_can_be_paused(driver: Driver) -> None:
    driver.tap(desc="Expand alarm", index=3)
    driver.tap(text="Pause alarm")
    driver.tap(text="OK")
    driver.tap(desc="Tuesday, May 14")
    driver.tap(text="OK")
    assert alarm_at(driver, "16:00")["paused"] == ["2024-05-10", "2024-05-14"]
    driver.tap(desc="Collapse alarm")
    driver.tap(id="onoff", index=0)
    assert next_alarm(driver) == "Wed 4:00 PM"


def test_a_24_hour_phone_shows_no_am_and_pm(driver: Driver) -> None:
    driver.phone.put_setting("system", "time_12_24", "24")
    assert driver.has(desc="16:00 Alarm")
    driver.tap(desc="Add alarm")
    assert not driver.has(text="PM")
    driver.tap(text="18")
    driver.tap(text="30")
    driver.tap(text="OK")
    assert alarm_at(driver, "18:30")["enabled"]


def test_the_sound_is_chosen_at_once_and_shown_on_the_card(driver: Driver) -> None:
    driver.tap(desc="Expand alarm", index=3)
    driver.tap(id="choose_ringtone")
    assert driver.phone.foreground()[1] == ringtones.ACTIVITY
    assert driver.has(desc="Alarm sound")
    driver.tap(text="Argon")
    assert driver.has(desc="Playing")
    assert driver.has(desc="Selected")
    driver.tap(desc="Navigate up")
    assert driver.node(id="choose_ringtone").attrib["content-desc"] == "Ringtone Argon"


def test_adb_finds_the_alarms_in_a_database(driver: Driver) -> None:
    driver.tap(desc="Expand alarm", index=2)
    driver.tap(desc="Monday")
    image = driver.phone.files.read(alarm_db.PATH)
    assert image is not None
    base = sqlite3.connect(":memory:")
    base.deserialize(image)
    rows = base.execute(
        "SELECT hour, minutes, enabled, daysofweek, vibrate, label FROM alarm_templates ORDER BY hour, minutes"
    ).fetchall()
    assert rows == [(7, 30, 1, 31, 1, ""), (8, 30, 0, 31, 1, ""), (9, 0, 1, 97, 1, ""), (16, 0, 1, 31, 1, "")]


def test_an_intent_sets_an_alarm(driver: Driver) -> None:
    from simphone.core.app import Intent

    extras = {"android.intent.extra.alarm.HOUR": 6, "android.intent.extra.alarm.MINUTES": 5,
              "android.intent.extra.alarm.MESSAGE": "run"}  # fmt: skip
    assert driver.phone.start(Intent("android.intent.action.SET_ALARM", extras=extras))
    assert alarm_at(driver, "06:05")["label"] == "run"


@pytest.mark.parametrize("hour", ["six", -1, 24, None, [6]])
def test_an_intent_without_a_sound_hour_only_opens_the_alarms(driver: Driver, hour: Any) -> None:
    from simphone.core.app import Intent

    driver.tap(id="tab_menu_timer")
    driver.phone.start(Intent("android.intent.action.SET_ALARM", extras={"android.intent.extra.alarm.HOUR": hour}))
    assert len(data(driver)["alarms"]) == 4
    assert driver.has(id="alarm_recycler_view")


# --- world clock ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("minutes", "text"), [
    (-360, "6 hours behind"), (60, "1 hour ahead"), (-60, "1 hour behind"), (0, "Same time"),
    (90, "1 hour 30 minutes ahead"), (-30, "30 minutes behind"), (13 * 60, "Tomorrow, 13 hours ahead"),
    (-15 * 60, "Yesterday, 15 hours behind"),
])  # fmt: skip
def test_distances_are_written_out(minutes: int, text: str) -> None:
    assert world_clock.ahead_text(datetime(2024, 5, 10, 12), timedelta(minutes=minutes)) == text


def test_every_city_has_a_zone_and_a_name_of_its_own() -> None:
    assert len({place.name for place in cities.places()}) == len(cities.places()) >= 150
    assert {place.zone for place in cities.places()} <= zoneinfo.available_timezones()


@given(st.sampled_from(cities.places()), st.data())
def test_a_city_is_found_by_the_beginning_of_its_name(place: cities.Place, draw: st.DataObject) -> None:
    size = draw.draw(st.integers(1, len(place.name)))
    assert place in cities.search(place.name[:size])


def test_accents_do_not_matter_and_nonsense_finds_nothing() -> None:
    assert [place.name for place in cities.search("bogota")] == ["Bogotá"]
    assert cities.search("xyzzy") == cities.search("  ") == ()


def test_a_city_is_added_once(driver: Driver) -> None:
    driver.tap(id="tab_menu_clock")
    for _ in range(2):
        driver.tap(desc="Add city")
        driver.phone.type_text("tokyo")
        driver.phone.key(66)
        driver.tap(id="city_name", text="Tokyo")
    assert [city["name"] for city in data(driver)["cities"]] == ["Barcelona", "Tokyo"]
    assert driver.has(text="1 hour ahead")


def test_a_city_that_is_not_known_says_so(driver: Driver) -> None:
    driver.tap(id="tab_menu_clock")
    driver.tap(desc="Add city")
    assert driver.node(id="search_src_text").attrib["text"] == "Search for a city"
    driver.phone.type_text("xyzzy")
    assert driver.has(id="search_empty_view")


def test_removing_a_city_does_not_name_it(driver: Driver) -> None:
    driver.tap(id="tab_menu_clock")
    x, y = driver.centre(_selector(id="city_row"))
    driver.phone.swipe(x, y, x - 400, y, 300)
    assert not any("Barcelona" in text for text in driver.texts())
    driver.tap(text="Undo")
    assert driver.has(text="Barcelona")


def test_cities_can_be_put_in_order(driver: Driver) -> None:
    driver.tap(id="tab_menu_clock")
    driver.tap(desc="Add city")
    driver.phone.type_text("Tokyo")
    driver.tap(id="city_name", text="Tokyo")
    x, y = driver.centre(_selector(id="city_row"))
    driver.phone.drag(x, y, x, y + driver.phone.metrics.px(world_clock.ROW_HEIGHT))
    assert [city["name"] for city in data(driver)["cities"]] == ["Tokyo", "Barcelona"]


def test_a_home_clock_is_shown_away_from_home(driver: Driver) -> None:
    to_settings(driver)
    driver.tap(text="Home time zone")
    driver.tap(text="(GMT+9:00) Tokyo, Osaka")
    driver.phone.key(4)
    driver.tap(id="tab_menu_clock")
    assert driver.has(text="Home")
    to_settings(driver)
    driver.tap(text="Automatic home clock")
    driver.tap(text="Home time zone")
    assert not driver.has(text="Cancel")
    driver.phone.key(4)
    assert not driver.has(text="Home")


def _selector(**fields: Any) -> Any:
    from phonebench.schema.task import Selector

    return Selector(**fields)


# --- timer and stopwatch --------------------------------------------------------------------------------------------
@given(st.lists(st.sampled_from([*"0123456789", "00", "<"]), max_size=12))
def test_the_keypad_shifts_digits_in(phone: Phone, keys: list[str]) -> None:
    phone.reset("androidlab")
    phone.launch(TASK.package)
    machine, app = clock_of(phone)
    typed = ""
    for key in keys:
        app.update(machine, ("timer.backspace",) if key == "<" else ("timer.digit", key))
        longer = (typed + key).lstrip("0")
        typed = typed[:-1] if key == "<" else longer if len(longer) <= 6 else typed
        setup = phone.state["ui"]["clock"]["timer_setup"]
        assert f"{setup['hours']:02d}{setup['minutes']:02d}{setup['seconds']:02d}" == typed.rjust(6, "0")


def clock_of(phone: Phone) -> tuple[Any, Any]:
    from simphone.apps.clock import APP
    from simphone.core.app import Ctx
    from simphone.phone.system import PhoneSystem

    return Ctx(phone.state["apps"]["clock"], phone.state["ui"]["clock"], PhoneSystem(phone._machine, "clock")), APP


def start_timer(driver: Driver, *keys: str) -> None:
    driver.tap(id="tab_menu_timer")
    for key in keys:
        driver.tap(text=key)
    driver.tap(desc="Start")


def test_a_timer_runs_pauses_and_rings(driver: Driver) -> None:
    start_timer(driver, "1", "00", "00")
    driver.phone.advance(10_000)
    desc = driver.node(id="timer_time_text").attrib["content-desc"]
    assert desc.startswith("0 hours, 59 minutes, ")
    driver.tap(desc="Pause")
    left = data(driver)["timers"][0]["left_ms"]
    driver.phone.advance(60_000)
    assert data(driver)["timers"][0]["left_ms"] == left
    driver.tap(desc="Add 1 minute")
    assert data(driver)["timers"][0]["left_ms"] == left + 60_000
    driver.tap(desc="Start")
    driver.phone.advance(3_700_000)
    assert driver.has(desc="Stop")
    assert [note["title"] for note in driver.phone.state["notifications"]] == ["Time's up"]
    driver.tap(desc="Stop")
    assert data(driver)["timers"][0]["left_ms"] == 3_600_000
    driver.tap(desc="Delete timer")
    assert driver.has(id="timer_setup_time")


def test_start_appears_with_a_length_only(driver: Driver) -> None:
    driver.tap(id="tab_menu_timer")
    assert not driver.has(desc="Start")
    driver.tap(text="5")
    assert driver.has(desc="Start")
    driver.tap(desc="Backspace")
    assert not driver.has(desc="Start")


def test_the_stopwatch_counts_laps(driver: Driver) -> None:
    driver.tap(id="tab_menu_stopwatch")
    assert driver.node(id="stopwatch_time_text").attrib["text"] == "00"
    driver.tap(desc="Start")
    driver.phone.advance(61_000)
    driver.tap(desc="Lap")
    driver.phone.advance(5_000)
    driver.tap(desc="Lap")
    driver.tap(desc="Pause")
    watch = data(driver)["stopwatch"]
    assert len(watch["laps"]) == 2
    assert watch["since"] is None
    assert 61_000 <= watch["laps"][0] < 63_000
    assert driver.node(id="stopwatch_time_text").attrib["text"].startswith("1:0")
    driver.tap(desc="Reset")
    assert data(driver)["stopwatch"] == {"since": None, "before_ms": 0, "laps": []}


# --- bedtime --------------------------------------------------------------------------------------------------------
def test_bedtime_moves_by_quarters_and_tells_the_length_of_sleep(driver: Driver) -> None:
    driver.tap(id="tab_menu_bedtime")
    assert driver.node(id="sleep_duration").attrib["text"] == "8 hr"
    driver.tap(id="bedtime_clock")
    driver.tap(desc="Fifteen minutes later")
    driver.phone.key(4)
    assert driver.node(id="bedtime_clock").attrib["content-desc"] == f"Bedtime 11:15{HAIR}PM"
    assert driver.node(id="sleep_duration").attrib["text"] == "7 hr 45 min"


def test_a_wake_up_alarm_counts_as_next_alarm(driver: Driver) -> None:
    driver.tap(id="onoff", index=3)
    driver.tap(id="tab_menu_bedtime")
    driver.tap(id="wake_clock")
    driver.tap(id="toggle_switch")
    assert next_alarm(driver) == "Mon 7:00 AM"
    driver.phone.tap(500, 300)
    assert driver.has(id="tab_menu_bedtime")


# --- settings -------------------------------------------------------------------------------------------------------
def to_settings(driver: Driver) -> None:
    driver.tap(desc="More options")
    driver.tap(text="Settings")


def test_every_choice_has_its_current_value_among_its_options(driver: Driver) -> None:
    assert set(_CHOICES) == set(get_args(Key))
    for key, (_, options) in _CHOICES.items():
        assert data(driver)["settings"][key] in [option.value for option in options]


def test_the_analog_style_changes_the_clocks(driver: Driver) -> None:
    to_settings(driver)
    driver.tap(text="Style")
    driver.tap(text="Analog")
    assert driver.has(text="Analog")
    driver.phone.key(4)
    driver.tap(id="tab_menu_clock")
    assert driver.has(id="analog_clock")
    assert not driver.has(id="digital_clock")


def test_seconds_can_be_shown(driver: Driver) -> None:
    to_settings(driver)
    driver.tap(text="Display time with seconds")
    driver.phone.key(4)
    driver.tap(id="tab_menu_clock")
    assert driver.node(id="digital_clock").attrib["text"].count(":") == 2


def test_the_week_can_start_on_monday(driver: Driver) -> None:
    to_settings(driver)
    driver.play(_swipe_up())
    driver.tap(text="Start week on")
    driver.tap(text="Monday")
    driver.phone.key(4)
    driver.tap(desc="Expand alarm", index=2)
    boxes = [node.attrib["content-desc"] for node in driver.tree().iter("node") if "day_button" in node.attrib[
        "resource-id"]]  # fmt: skip
    assert boxes[0] == "Monday"
    assert driver.node(id="repeat_summary").attrib["text"] == "Sat, Sun"


def test_the_alarm_volume_is_the_phones(driver: Driver) -> None:
    to_settings(driver)
    left, top, right, bottom = (int(v) for v in driver.node(id="seekbar").attrib["bounds"][1:-1]
                                .replace("][", ",").split(","))  # fmt: skip
    driver.phone.tap(right - 2, (top + bottom) / 2)
    assert driver.phone.setting("system", "volume_alarm_speaker") == "7"
    driver.phone.tap(left + 2, (top + bottom) / 2)
    assert driver.phone.setting("system", "volume_alarm_speaker") == "1"


def _swipe_up() -> Any:
    from phonebench.schema.task import SwipeStep

    return SwipeStep(swipe="up")


# --- frame ----------------------------------------------------------------------------------------------------------
def test_tabs_tell_which_one_is_open(driver: Driver) -> None:
    for tab in ("alarm", "clock", "timer", "stopwatch", "bedtime"):
        if tab != "alarm":
            driver.tap(id=f"tab_menu_{tab}")
        node = driver.node(id=f"tab_menu_{tab}")
        assert (node.attrib["selected"], node.attrib["clickable"], node.attrib["focusable"]) == (
            "true",
            "false",
            "true",
        )
        assert driver.node(id="action_bar_title").attrib["text"] == node.attrib["content-desc"]


def test_back_leaves_the_app_from_a_tab(driver: Driver) -> None:
    driver.tap(id="tab_menu_timer")
    driver.phone.key(4)
    assert driver.phone.foreground()[0] != TASK.package


def test_the_screen_saver_ends_at_a_touch(driver: Driver) -> None:
    driver.tap(desc="More options")
    driver.tap(text="Screen saver")
    assert not driver.has(id="navigation_bar")
    driver.phone.tap(300, 300)
    assert driver.has(id="navigation_bar")


@pytest.mark.parametrize(("dark", "size"), [(True, (1440, 3120, 560)), (False, (1080, 2400, 420))])
def test_every_screen_can_be_drawn(dark: bool, size: tuple[int, int, int]) -> None:
    """Unknown icons or shapes would raise here."""
    phone = Phone(width=size[0], height=size[1], density=size[2])
    driver = begin(phone, TASK)
    phone.put_setting("secure", "ui_night_mode", "2" if dark else "1")

    def look(*taps: dict[str, Any], back: int = 0) -> None:
        for tap in taps:
            driver.tap(**tap)
            assert len(phone.png()) > 1000
        for _ in range(back):
            phone.key(4)

    look({"desc": "Add alarm"}, {"text": "3"}, {"id": "material_timepicker_mode_button"}, {"text": "OK"})
    look({"text": "Schedule alarm"}, {"text": "Cancel"}, {"id": "choose_ringtone"}, {"text": "Argon"}, back=1)
    look({"text": "Delete"}, {"desc": "More options"}, {"text": "Screen saver"}, back=1)
    look({"id": "tab_menu_clock"}, {"desc": "Add city"}, back=2)
    look({"id": "tab_menu_timer"}, {"text": "5"}, {"desc": "Start"}, {"desc": "Pause"})
    look({"id": "tab_menu_stopwatch"}, {"desc": "Start"}, {"desc": "Lap"}, {"desc": "Pause"})
    look({"id": "tab_menu_bedtime"}, {"id": "wake_clock"}, back=1)
    look({"text": "Sleep sounds"}, {"text": "Deep space"}, back=1)
    look({"desc": "More options"}, {"text": "Settings"}, {"text": "Home time zone"}, back=2)
