"""Zoom: its tasks can be done and cannot be faked, the join form behaves, screens are built as the real app's are."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from driver import Driver, begin, load_tasks
from hypothesis import given
from hypothesis import strategies as st

from simphone.apps.zoom.join import edit_id, grouped
from simphone.phone.phone import Phone

TASKS = load_tasks("zoom")


@pytest.fixture(scope="module")
def phone() -> Phone:
    return Phone()


def joining(phone: Phone) -> Driver:
    driver = begin(phone, TASKS[0])
    driver.tap(text="Join a meeting")
    return driver


# --- tasks --------------------------------------------------------------------------------------------------------


# --- join form ------------------------------------------------------------------------------------------------------
@given(st.text(max_size=30))
def test_the_id_field_keeps_digits_only_and_groups_them(typed: str) -> None:
    ctx = SimpleNamespace(ui={"join": {"meeting_id": ""}})
    edit_id(ctx, typed)  # type: ignore[arg-type]
    digits = ctx.ui["join"]["meeting_id"]
    assert digits == "".join(char for char in typed if char in "0123456789")[:11]
    assert grouped(digits).replace(" ", "") == digits
    assert grouped(digits).strip() == grouped(digits)


@pytest.mark.parametrize(
    ("digits", "shown"),
    [
        ("", ""),
        ("123", "123"),
        ("1234", "123 4"),
        ("123456789", "123 456 789"),
        ("0987654321", "098 765 4321"),
        ("12345678901", "123 4567 8901"),
    ],
)
def test_grouping(digits: str, shown: str) -> None:
    assert grouped(digits) == shown


@pytest.mark.parametrize("typed", ["0987654321", "098 765 4321", "098-765-4321"])
def test_an_id_typed_key_by_key_ends_grouped(phone: Phone, typed: str) -> None:
    driver = joining(phone)
    for char in typed:
        phone.type_text(char)
    assert driver.node(id="edtConfNumber").attrib["text"] == "098 765 4321"


def test_an_empty_id_shows_its_hint_and_has_the_focus(phone: Phone) -> None:
    field = joining(phone).node(id="edtConfNumber")
    assert (field.attrib["text"], field.attrib["focused"]) == ("Meeting ID", "true")


def test_join_wakes_only_for_a_whole_id_and_a_name(phone: Phone) -> None:
    driver = joining(phone)
    phone.type_text("12345678")
    assert driver.node(id="btnJoin").attrib["enabled"] == "false"
    driver.tap(id="btnJoin")
    assert phone.state["apps"]["zoom"]["joins"] == []
    driver.tap(id="edtConfNumber")
    phone.type_text("9")
    assert driver.node(id="btnJoin").attrib["enabled"] == "true"
    driver.tap(id="edtScreenName")
    phone.clear_text()
    assert driver.node(id="btnJoin").attrib["enabled"] == "false"


def test_enter_does_not_join(phone: Phone) -> None:
    driver = joining(phone)
    phone.type_text("1234567890")
    phone.key(66)
    assert driver.node(id="edtScreenName").attrib["focused"] == "true"
    phone.key(66)
    assert driver.has(text="Join a Meeting")
    assert phone.state["apps"]["zoom"]["joins"] == []


def test_options_stay_in_the_dump_while_the_keyboard_is_up(phone: Phone) -> None:
    driver = joining(phone)
    assert phone.state["keyboard"]["shown"]
    for row, switch in (("optionNoAudio", "chkNoAudio"), ("optionNoVideo", "chkNoVideo")):
        node = driver.node(id=row)
        assert (node.attrib["clickable"], node.attrib["content-desc"]) == ("true", "")
        state = next(child for child in node if child.attrib["resource-id"].endswith(switch))
        assert state.attrib["content-desc"] == "Off, switch"
        assert (state.attrib["checkable"], state.attrib["checked"]) == ("true", "false")


def test_each_option_tells_its_own_state(phone: Phone) -> None:
    driver = joining(phone)
    driver.tap(text="Turn Off My Video")
    assert driver.node(id="chkNoAudio").attrib["content-desc"] == "Off, switch"
    assert driver.node(id="chkNoVideo").attrib["content-desc"] == "On, switch"


def test_personal_link_takes_the_place_of_the_id(phone: Phone) -> None:
    driver = joining(phone)
    driver.tap(text="Join with a personal link name")
    assert not driver.has(id="edtConfNumber")
    assert not driver.has(text="Join with a personal link name")
    phone.type_text("alice.room")
    driver.tap(id="btnJoin")
    assert phone.state["apps"]["zoom"]["joins"][0]["target"] == "alice.room"
    assert driver.has(text="Connecting…")


def test_leaving_the_form_forgets_it(phone: Phone) -> None:
    driver = joining(phone)
    phone.type_text("1234567890")
    driver.tap(desc="Back")
    assert phone.state["ui"]["zoom"]["join"] is None
    driver.tap(text="Join a meeting")
    assert driver.node(id="edtConfNumber").attrib["text"] == "Meeting ID"


# --- settings -------------------------------------------------------------------------------------------------------
def test_the_chosen_tone_alone_is_marked_and_the_parent_names_none(phone: Phone) -> None:
    driver = begin(phone, TASKS[4])
    driver.tap(desc="Settings")
    driver.tap(text="Meetings")
    assert not driver.has(text="Medium-light")
    driver.tap(text="Reaction skin tone")
    driver.tap(text="Medium-light")
    rows = [node for node in driver.tree().iter("node") if node.attrib["clickable"] == "true" and len(node)]
    marked = [
        [child.attrib["text"] for child in row if child.attrib["text"]]
        for row in rows
        if any(child.attrib["content-desc"] == "Selected" for child in row)
    ]
    assert marked == [["Medium-light"]]
    assert all(row.attrib["content-desc"] == "" for row in rows)


def test_the_meetings_list_shows_how_audio_connects(phone: Phone) -> None:
    driver = begin(phone, TASKS[3])
    driver.run(TASKS[3].solution)
    phone.key(4)
    row = next(
        node
        for node in driver.tree().iter("node")
        if any(child.attrib["text"] == "Auto-connect to audio" for child in node)
    )
    assert [child.attrib["text"] for child in row][:2] == ["Auto-connect to audio", "WiFi or cellular data"]


def test_back_from_the_welcome_screen_leaves_zoom(phone: Phone) -> None:
    driver = begin(phone, TASKS[0])
    driver.tap(id="btnSignup")
    phone.key(4)
    assert driver.has(text="Join a meeting")
    phone.key(4)
    assert phone.foreground()[0] != "us.zoom.videomeetings"
