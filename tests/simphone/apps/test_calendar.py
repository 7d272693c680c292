"""How Calendar behaves: its pages as dumps show them, its editors, the ordinary wrong turns; and the date picker."""

from __future__ import annotations

import itertools
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from driver import Driver, bounds, load_tasks
from hypothesis import given
from hypothesis import strategies as st
from sparse import Node, seen

from phonebench.schema.task import LongPressStep, Selector, Task
from simphone.apps.calendar import state, store, times
from simphone.phone.phone import Phone
from simphone.widgets import date_picker

PACKAGE = "com.skuld.calendario"
TASKS = {task.id: task for task in load_tasks("calendar")}
TODAY = date(2024, 5, 10)
DAYS = st.dates(date(2023, 1, 1), date(2026, 12, 31))
SEEN_AT_THE_END = {
    "calendar_1": ("work", "Today ", "5:00 PM"),
    "calendar_2": ("homework", "May 21", "10 minutes before "),
    "calendar_3": ("meeting", "May 13", "conference room B202 "),
    "calendar_4": ("new month", "Jun 01", "Monthly"),
    "calendar_5": ("work", "Today ", "7:00 PM"),
    "calendar_6": ("homework", "May 21", "10 minutes before", "classroom 101"),
    "calendar_7": ("meeting", "5 minutes before ", "10 minutes before "),
    "calendar_8": ("work", "computer"),
    "calendar_9": ("work", "Today ", "5:00 PM", "30 minutes before", "Daily"),
    "calendar_10": ("this day",),
    "calendar_11": ("this day", "Weekly"),
    "calendar_12": ("Today", "Hello"),
    "calendar_13": ("exam",),
    "calendar_14": ("exam", "All-day"),
}
"""What a checker, or a person, looks for on the last page of a right run; it begins with the title."""


@pytest.fixture(scope="module")
def phone() -> Phone:
    return Phone(width=1080, height=2400, density=420)


@pytest.fixture
def driver(phone: Phone) -> Driver:
    return fresh(phone)


def fresh(phone: Phone, *events: dict[str, Any], patch: bool = False) -> Driver:
    phone.reset("androidlab", {"apps": {"calendar": {"events": list(events)}}} if patch else None)
    assert phone.launch(PACKAGE)
    return Driver(phone, phone.json_state())


def events(driver: Driver) -> list[dict[str, Any]]:
    return driver.phone.state["apps"]["calendar"]["events"]


def event(driver: Driver, title: str) -> dict[str, Any]:
    return next(each for each in events(driver) if each["title"] == title)


def hold(driver: Driver, **fields: Any) -> None:
    driver.play(LongPressStep(long_press=Selector(**fields)))


def texts(node: Node) -> list[str]:
    own = [node.text] if node.text else []
    return own + [text for child in node.children for text in texts(child)]


def cards(driver: Driver) -> list[list[str]]:
    return [
        [child.attrib["text"] for child in card.iter("node") if child.attrib["text"]]
        for card in driver.all(Selector(id="event_card"))
    ]


# --- pages that checkers read -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("task", TASKS.values(), ids=TASKS.keys())
def test_the_last_page_shows_title_and_facts_on_one_card(phone: Phone, task: Task) -> None:
    phone.reset("androidlab", task.setup)
    phone.launch(PACKAGE)
    driver = Driver(phone, phone.json_state())
    driver.run(task.solution)
    title, *facts = SEEN_AT_THE_END[task.id]
    card = next(card for card in cards(driver) if card[0] == title)
    assert all(any(fact in f"{text} " for text in card) for fact in facts), card


def test_a_simplified_dump_keeps_the_cards_whole(driver: Driver) -> None:
    driver.tap(desc="Events")
    shown = {tuple(texts(node)) for node in seen(driver) if node.name == "event_card"}
    listed = next((node for node in seen(driver) if node.name == "recycler_view"), None)
    shown |= {tuple(texts(node)) for node in listed.children} if listed else set()
    assert {
        ("homework", "Tue, May 21", "9:00 AM - 10:00 AM", "10 minutes before"),
        ("meeting", "Mon, May 13", "10:00 AM - 11:00 AM", "30 minutes before", "conference room B202"),
        ("work", "Today", "5:00 PM - 6:00 PM", "30 minutes before"),
    } <= shown
    tabs = [node for node in seen(driver) if node.name.startswith("tab_")] or [
        node for group in seen(driver) for node in group.children if node.name.startswith("tab_")
    ]
    assert [(tab.desc, texts(tab)) for tab in tabs] == [(name, [name]) for name in ("Tasks", "Calendar", "Events")]


def test_cards_do_not_overlap(driver: Driver) -> None:
    driver.tap(desc="Events")
    boxes = [bounds(card) for card in driver.all(Selector(id="event_card"))]
    assert len(boxes) == 6
    assert all(above[3] <= below[1] for above, below in itertools.pairwise(boxes))


def test_the_editor_shows_every_fact_as_a_text_of_its_own(driver: Driver) -> None:
    driver.tap(desc="Events")
    driver.tap(text="meeting")
    page = seen(driver)
    flat = [text for node in page for text in texts(node)]
    assert flat == [
        "SAVE", "meeting", "All-day", "Mon, May 13", "10:00 AM", "11:00 AM", "30 minutes before", "Add notification",
        "Set recurrence", "conference room B202",
    ]  # fmt: skip
    for text in ("Mon, May 13", "10:00 AM", "11:00 AM", "30 minutes before", "Set recurrence"):
        assert driver.node(text=text).attrib["clickable"] == "true"
    assert driver.node(text="meeting").attrib["class"].endswith("EditText")
    assert driver.node(cls="Switch").attrib["checked"] == "false"


def test_a_new_event_has_hints_and_defaults(driver: Driver) -> None:
    driver.tap(desc="New event")
    assert driver.node(id="title").attrib["text"] == "Event…"
    assert driver.node(id="title").attrib["focused"] == "true"
    for text in ("Today", "1:00 PM", "2:00 PM", "At time of event", "Set recurrence", "Note…", "SAVE"):
        assert driver.has(text=text), text
    assert driver.has(desc="Close")
    assert not driver.has(desc="Delete event")


def test_all_day_takes_the_place_of_the_times(driver: Driver) -> None:
    driver.tap(desc="Events")
    driver.tap(text="exam")
    driver.tap(cls="Switch")
    assert driver.node(cls="Switch").attrib["checked"] == "true"
    assert driver.has(text="All-day", cls="TextView")
    assert not driver.has(text="9:00 AM")
    driver.tap(cls="Switch")
    assert driver.has(text="9:00 AM")


def test_dialogs_stand_alone_and_one_tap_chooses(driver: Driver) -> None:
    driver.tap(desc="New event")
    driver.tap(text="At time of event")
    assert driver.texts() == [
        "Notification", "At time of event", "5 minutes before", "10 minutes before", "30 minutes before",
        "1 hour before", "1 day before", "None", "Cancel",
    ]  # fmt: skip
    driver.tap(text="1 hour before")
    driver.tap(text="Set recurrence")
    assert driver.texts() == ["Recurrence", "Daily", "Weekly", "Monthly", "Yearly", "Cancel"]
    driver.tap(text="Yearly")
    driver.tap(text="Yearly")
    driver.tap(text="Does not repeat")
    assert driver.has(text="1 hour before")
    assert driver.has(text="Set recurrence")


# --- editing ----------------------------------------------------------------------------------------------------------
def test_a_new_start_takes_the_end_with_it(driver: Driver) -> None:
    driver.tap(desc="New event")
    driver.tap(text="1:00 PM")
    driver.tap(text="5")
    driver.tap(text="OK")
    assert driver.has(text="5:00 PM")
    assert driver.has(text="6:00 PM")


def test_an_end_before_the_start_is_refused(driver: Driver) -> None:
    driver.tap(desc="New event")
    driver.tap(text="2:00 PM")
    driver.tap(text="AM")
    driver.tap(text="OK")
    driver.tap(text="SAVE")
    assert driver.phone.state["system_ui"]["toast"]["text"] == "The event can't end before it starts"
    assert driver.has(text="SAVE")
    assert len(events(driver)) == 6
    driver.tap(cls="Switch")
    driver.tap(text="SAVE")
    assert events(driver)[-1]["all_day"]


def test_no_notification_is_kept_twice_and_none_removes_one(driver: Driver) -> None:
    driver.tap(desc="Events")
    driver.tap(text="homework")
    for label in ("10 minutes before", "30 minutes before"):
        driver.tap(text="Add notification")
        driver.tap(text=label)
    assert len(driver.all(Selector(text="10 minutes before"))) == 1
    driver.tap(text="10 minutes before")
    driver.tap(text="None")
    driver.tap(text="SAVE")
    assert event(driver, "homework")["notifications"] == [30]


def test_titles_and_notes_are_trimmed_and_enter_does_not_save(driver: Driver) -> None:
    driver.tap(desc="New event")
    driver.phone.type_text("  dentist ")
    driver.phone.key(66)
    assert driver.node(id="note").attrib["focused"] == "true"
    driver.phone.type_text("bring card")
    driver.phone.key(66)
    driver.tap(text="SAVE")
    assert events(driver)[-1] | {"id": 7, "title": "dentist", "note": "bring card"} == events(driver)[-1]


def test_an_event_without_a_title_can_be_saved(driver: Driver) -> None:
    driver.tap(desc="New event")
    driver.tap(text="SAVE")
    assert events(driver)[-1]["title"] == ""
    assert driver.has(text="(No title)")


def test_a_saved_event_can_be_seen_where_its_editor_was_opened(driver: Driver) -> None:
    driver.tap(desc="New event")
    driver.phone.type_text("party")
    driver.tap(text="Today")
    driver.tap(desc="Change to next month")
    driver.tap(text="7")
    driver.tap(text="OK")
    driver.tap(text="SAVE")
    assert driver.has(id="month_title", text="June 2024")
    assert driver.node(text="7").attrib["selected"] == "true"
    assert cards(driver) == [["party", "Fri, Jun 07", "1:00 PM - 2:00 PM", "At time of event"]]


@pytest.mark.parametrize("leave", ["Close", "back"])
def test_changes_are_not_dropped_unasked(driver: Driver, leave: str) -> None:
    def go() -> None:
        driver.phone.key(4) if leave == "back" else driver.tap(desc="Close")

    driver.tap(desc="Events")
    driver.tap(text="work")
    go()
    assert driver.has(text="Events", id="title")
    driver.tap(text="work")
    driver.tap(text="Set recurrence")
    driver.tap(text="Daily")
    go()
    assert driver.texts() == ["Discard changes?", "Cancel", "Discard"]
    driver.tap(text="Cancel")
    assert driver.has(text="Daily")
    go()
    driver.tap(text="Discard")
    assert driver.has(text="Events", id="title")
    assert event(driver, "work")["recurrence"] == "none"


def test_back_closes_keyboard_then_dialog_then_editor_then_app(driver: Driver) -> None:
    phone = driver.phone
    driver.tap(desc="New event")
    assert phone.state["keyboard"]["shown"]
    phone.key(4)
    assert not phone.state["keyboard"]["shown"]
    driver.tap(text="1:00 PM")
    phone.key(4)
    assert driver.has(text="SAVE")
    phone.key(4)
    assert driver.has(id="month_title")
    phone.key(4)
    assert phone.foreground()[0] != PACKAGE


def test_every_line_of_the_editor_can_be_reached_above_the_keyboard(driver: Driver) -> None:
    driver.tap(desc="New event")
    keyboard = driver.phone.metrics.height * 0.65
    assert driver.phone.state["keyboard"]["shown"]
    for text in ("Today", "2:00 PM", "At time of event", "Add notification", "Set recurrence", "Note…"):
        assert bounds(driver.node(text=text))[3] <= keyboard


def test_the_menu_of_a_card_edits_and_deletes_with_undo(driver: Driver) -> None:
    driver.tap(desc="Events")
    before = driver.phone.json_state()["apps"]["calendar"]
    hold(driver, text="homework")
    driver.tap(text="Edit")
    assert driver.has(text="Tue, May 21")
    driver.tap(desc="Close")
    hold(driver, text="homework")
    driver.tap(text="Delete")
    assert driver.texts() == ["Delete event?", "Cancel", "DELETE"]
    driver.tap(text="Cancel")
    assert driver.has(text="homework")
    hold(driver, text="homework")
    driver.tap(text="Delete")
    driver.tap(text="DELETE")
    assert not driver.has(text="homework")
    driver.tap(text="UNDO")
    assert driver.phone.json_state()["apps"]["calendar"] == before


def test_an_event_can_be_deleted_in_its_editor(driver: Driver) -> None:
    driver.tap(desc="Events")
    driver.tap(text="exam")
    driver.tap(text="Set recurrence")
    driver.tap(text="Daily")
    driver.tap(desc="Delete event")
    driver.tap(text="DELETE")
    assert driver.has(text="Event deleted")
    assert [each["id"] for each in events(driver)] == [1, 2, 3, 4, 5]


# --- lists ------------------------------------------------------------------------------------------------------------
def test_an_empty_list_offers_its_button_in_the_middle(phone: Phone) -> None:
    driver = fresh(phone, patch=True)
    driver.tap(desc="Events")
    assert driver.node(text="New event").attrib["class"].endswith("Button")
    assert not driver.has(desc="New event")
    driver.tap(text="New event")
    assert driver.has(text="Event…")


def test_a_long_list_scrolls(phone: Phone) -> None:
    base = dict(state.new_event(datetime(2024, 5, 10, 12), TODAY))
    driver = fresh(phone, *({**base, "id": number, "title": f"n{number}"} for number in range(1, 31)), patch=True)
    driver.tap(desc="Events")
    assert not driver.has(text="n30")
    for _ in range(12):
        phone.swipe(500, 1800, 500, 600)
    last = bounds(driver.node(text="n30"))
    assert last[3] <= bounds(driver.node(desc="New event"))[1]


def test_past_events_leave_the_list_and_recurring_ones_show_their_next_day(phone: Phone) -> None:
    base = dict(state.new_event(datetime(2024, 5, 10, 12), TODAY))
    driver = fresh(
        phone,
        {**base, "id": 1, "title": "gone", "date": "2024-05-09"},
        {**base, "id": 2, "title": "weekly", "date": "2024-05-06", "recurrence": "weekly"},
        {**base, "id": 3, "title": "next year", "date": "2025-01-06"},
        {**base, "id": 4, "title": "morning", "date": "2024-05-11"},
        patch=True,
    )
    driver.tap(desc="Events")
    assert [card[:2] for card in cards(driver)] == [
        ["morning", "Tomorrow"], ["weekly", "Mon, May 13"], ["next year", "Mon, Jan 06, 2025"],
    ]  # fmt: skip


# --- month ------------------------------------------------------------------------------------------------------------
def test_the_month_turns_and_returns(driver: Driver) -> None:
    driver.tap(desc="Previous month")
    assert driver.has(id="month_title", text="April 2024")
    driver.tap(desc="Next month")
    left, top, right, bottom = bounds(driver.node(id="month"))
    driver.phone.swipe(right - 200, (top + bottom) / 2, left + 200, (top + bottom) / 2)
    assert driver.has(id="month_title", text="June 2024")
    driver.tap(desc="Go to today")
    assert driver.node(text="10").attrib["selected"] == "true"
    driver.tap(id="month_title")
    driver.tap(desc="Change to next month")
    driver.tap(text="4")
    driver.tap(text="OK")
    assert driver.has(id="month_title", text="June 2024")
    assert driver.has(text="No events")


def test_a_new_event_takes_the_selected_day(driver: Driver) -> None:
    driver.tap(text="21")
    assert [card[0] for card in cards(driver)] == ["homework"]
    driver.tap(desc="New event")
    assert driver.has(text="Tue, May 21")


# --- tasks ------------------------------------------------------------------------------------------------------------
def test_a_task_is_no_event_and_can_be_ticked_off(driver: Driver) -> None:
    driver.tap(desc="Tasks")
    driver.tap(text="New task")
    driver.phone.type_text("buy milk")
    driver.tap(text="Set notification")
    assert driver.texts() == ["Notification", "Pick a date & time"]
    driver.tap(text="Pick a date & time")
    driver.tap(text="20")
    driver.tap(text="OK")
    driver.tap(text="5")
    driver.tap(text="OK")
    driver.tap(text="SAVE")
    assert driver.has(text="Mon, May 20, 5:00 PM")
    driver.tap(cls="CheckBox")
    tasks = driver.phone.state["apps"]["calendar"]["tasks"]
    assert tasks == [
        {"id": 1, "title": "buy milk", "note": "", "remind_at": "2024-05-20T17:00", "done": True},
    ]  # fmt: skip
    assert len(events(driver)) == 6


def test_a_notification_in_the_past_is_refused(driver: Driver) -> None:
    driver.tap(desc="Tasks")
    driver.tap(text="New task")
    driver.tap(text="Set notification")
    driver.tap(text="Pick a date & time")
    driver.tap(text="1")
    driver.tap(text="OK")
    driver.tap(text="OK")
    assert driver.phone.state["system_ui"]["toast"]["text"] == "Pick a time in the future"
    assert driver.has(text="Set notification")


# --- what adb and time see --------------------------------------------------------------------------------------------
def test_notifications_come_at_their_time_and_lead_to_the_event(driver: Driver) -> None:
    phone = driver.phone
    phone.advance(119 * 60_000)
    assert phone.state["notifications"] == []
    phone.advance(60_000)
    assert [(note["title"], note["text"]) for note in phone.state["notifications"]] == [
        ("this day", "Today, 2:00 PM - 3:00 PM")
    ]
    phone.pull_shade()
    driver.tap(text="this day")
    assert driver.has(desc="Delete event")
    assert driver.node(id="title").attrib["text"] == "this day"


def test_the_store_holds_what_was_saved_and_no_draft(driver: Driver) -> None:
    driver.tap(desc="New event")
    driver.phone.type_text("yoga")
    assert b"yoga" not in driver.phone.files.read(store.PATH)
    driver.tap(text="SAVE")
    image = driver.phone.files.read(store.PATH)
    assert image[16:20] == b"T-DB"
    assert b"\0yoga\x002024-05-10\x0013:00-14:00\0" in image


def test_every_screen_can_be_drawn(phone: Phone) -> None:
    """In the dark and with 24 hours; unknown icons or shapes would raise."""
    driver = fresh(phone)
    phone.put_setting("secure", "ui_night_mode", "2")
    phone.put_setting("system", "time_12_24", "24")
    for tap in (
        {"desc": "Tasks"}, {"text": "New task"}, {"text": "SAVE"}, {"desc": "Calendar"}, {"id": "month_title"},
        {"text": "May 2024"}, {"text": "2024"}, {"text": "OK"}, {"desc": "Events"}, {"text": "meeting"},
        {"text": "10:00"}, {"text": "Cancel"}, {"text": "30 minutes before"},
        {"text": "Cancel"}, {"desc": "Delete event"},
    ):  # fmt: skip
        driver.tap(**tap)
        assert len(phone.png()) > 1000


# --- days and times ---------------------------------------------------------------------------------------------------
def sample(first: date, recurrence: str) -> state.Event:
    made = state.new_event(datetime(first.year, first.month, first.day, 9), first)
    return {**made, "recurrence": recurrence}  # type: ignore[typeddict-item]


@given(first=DAYS, today=DAYS, recurrence=st.sampled_from(["none", *times.RECURRENCES]))
def test_the_next_day_is_the_first_on_which_the_event_happens(first: date, today: date, recurrence: str) -> None:
    made = sample(first, recurrence)
    found = times.next_day(made, today)
    if found is None:
        assert recurrence == "none" and first < today
        return
    assert found >= today and times.occurs(made, found)
    days = (found - today).days
    assert not any(times.occurs(made, today + timedelta(days=ahead)) for ahead in range(days))


def test_a_leap_day_recurs_in_leap_years_only() -> None:
    assert times.next_day(sample(date(2024, 2, 29), "yearly"), date(2024, 3, 1)) == date(2028, 2, 29)
    assert times.next_day(sample(date(2024, 1, 31), "monthly"), date(2024, 2, 1)) == date(2024, 3, 31)


@given(start=st.times(), end=st.times(), new=st.times())
def test_a_moved_event_keeps_its_length_within_the_day(start: Any, end: Any, new: Any) -> None:
    start, end = sorted((start, end))
    made: Any = {"start": f"{start:%H:%M}", "end": f"{end:%H:%M}"}
    moved = times.moved(made, f"{new:%H:%M}")
    length = times.minutes_of(made["end"]) - times.minutes_of(made["start"])
    assert times.minutes_of(moved[1]) == min(times.minutes_of(moved[0]) + length, 24 * 60 - 1)


@pytest.mark.parametrize(
    ("now", "wanted"),
    [("2024-05-10T12:00", ("2024-05-10", "13:00", "14:00")), ("2024-05-10T22:30", ("2024-05-10", "23:00", "23:59")),
     ("2024-05-10T23:10", ("2024-05-11", "00:00", "01:00"))],
)  # fmt: skip
def test_a_new_event_is_at_the_next_full_hour(now: str, wanted: tuple[str, str, str]) -> None:
    made = state.new_event(datetime.fromisoformat(now), TODAY)
    assert (made["date"], made["start"], made["end"]) == wanted


# --- date picker ------------------------------------------------------------------------------------------------------
@given(DAYS)
def test_what_the_picker_writes_it_reads_back(day: date) -> None:
    draft = date_picker.touch(date_picker.draft(day, TODAY), "text")
    assert date_picker.typed_date(draft["typed"]) == day
    assert date_picker.touch(draft, "typed", draft["typed"])["chosen"] == day.isoformat()


@given(st.text(max_size=12))
def test_any_other_text_is_no_date_and_harms_nothing(typed: str) -> None:
    draft = date_picker.touch(date_picker.touch(date_picker.draft(TODAY, TODAY), "text"), "typed", typed)
    found = date_picker.typed_date(typed)
    assert draft["chosen"] == (found.isoformat() if found else "")
    assert date_picker.touch(draft, "text")["chosen"] == (draft["chosen"] or TODAY.isoformat())


@pytest.mark.parametrize(
    "typed", ["2/30/2024", "13/1/2024", "5/10/24", "2024/06/01", "0/1/2024", "1/1/2101", "٥/١/٢٠٢٤"]
)
def test_what_is_no_date(typed: str) -> None:
    assert date_picker.typed_date(typed) is None


def test_a_typed_date_that_is_none_cannot_be_confirmed(driver: Driver) -> None:
    driver.tap(desc="New event")
    driver.tap(text="Today")
    driver.tap(desc=date_picker.TO_TEXT)
    driver.phone.clear_text()
    driver.phone.type_text("6/31/2024")
    assert driver.node(text="OK").attrib["enabled"] == "false"
    driver.tap(text="OK")
    assert driver.has(text_contains="Invalid format.")
    driver.phone.clear_text()
    driver.phone.type_text("6/1/2024")
    driver.tap(text="OK")
    assert driver.has(text="Sat, Jun 01")


def test_years_can_be_chosen_and_bound_the_months(driver: Driver) -> None:
    driver.tap(desc="New event")
    driver.tap(text="Today")
    driver.tap(text="May 2024")
    driver.tap(text="2026")
    assert driver.has(desc="Thursday, May 21, 2026")
    driver.tap(text="21")
    driver.tap(text="OK")
    assert driver.has(text="Thu, May 21, 2026")
    edge = date_picker.draft(date(2100, 12, 1), TODAY)
    assert date_picker.touch(edge, "month", 1) == edge
