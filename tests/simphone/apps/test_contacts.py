"""Contacts behaves: pages as tools read them, wrong turns, what adb finds."""

from __future__ import annotations

import pytest
from driver import Driver, begin, load_tasks
from hypothesis import given
from hypothesis import strategies as st
from sparse import Node, seen

from phonebench.schema.task import Selector, TypeStep
from simphone.apps.contacts import numbers
from simphone.phone.phone import Phone
from simphone.shell.session import run_sync

TASK = load_tasks("contacts")[0]


@pytest.fixture(scope="module")
def template() -> Phone:
    return Phone()


@pytest.fixture
def driver(template: Phone) -> Driver:
    return begin(template, TASK)


def contacts(driver: Driver) -> list[dict[str, object]]:
    found: list[dict[str, object]] = driver.phone.state["apps"]["contacts"]["contacts"]
    return found


def named(driver: Driver, name: str) -> dict[str, object]:
    return next(each for each in contacts(driver) if each["first"] == name)


def sh(driver: Driver, command: str) -> str:
    return run_sync(driver.phone, command, b"")[1].decode()


def query(driver: Driver, uri: str, *columns: str) -> list[str]:
    out = sh(driver, f"content query --uri content://{uri} --projection {':'.join(columns)}")
    return [line.split(" ", 2)[2] for line in out.splitlines() if line.startswith("Row: ")]


def hold(driver: Driver, **fields: str) -> None:
    x, y = driver.centre(Selector(**fields))
    driver.phone.swipe(x, y, x, y, 1000)


def fill(driver: Driver, hint: str, text: str) -> None:
    driver.play(TypeStep(type=text, into=Selector(text=hint)))


def flat(nodes: list[Node]) -> list[Node]:
    return [one for node in nodes for one in (node, *flat(node.children))]


def beside(nodes: list[Node], desc: str) -> list[Node]:
    """The node of that description and its siblings."""
    if any(node.desc == desc for node in nodes):
        return nodes
    return next((found for node in nodes if (found := beside(node.children, desc))), [])


# --- numbers --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "shown"),
    [("1", "1"), ("12", "12"), ("123", "1 23"), ("1234", "1 (234"), ("12345", "1 (234) 5"),
     ("12345678", "1 (234) 567-8"), ("8765", "876-5"), ("8765432", "876-5432"), ("87654321", "(876) 543-21"),
     ("22331144", "(223) 311-44"),
     ("00112233", "00112233"), ("+86 10", "+86 10"), ("123456789012", "123456789012"), ("", "")],
)  # fmt: skip
def test_numbers_are_written_as_they_are_typed(typed: str, shown: str) -> None:
    assert numbers.as_typed(typed) == shown


@given(st.text("0123456789", max_size=15))
def test_a_written_number_keeps_its_digits_and_is_written_the_same_again(typed: str) -> None:
    shown = numbers.as_typed(typed)
    assert numbers.digits(shown) == typed
    assert numbers.as_typed(shown) == shown


def test_a_number_typed_key_by_key_and_erased(driver: Driver) -> None:
    driver.tap(desc="Create contact")
    driver.tap(text="Phone")
    for key in "12345678":
        driver.phone.type_text(key)
    assert driver.has(text="1 (234) 567-8")
    for _ in range(4):
        driver.phone.key(67)
    assert driver.has(text="1 (234")


# --- pages ----------------------------------------------------------------------------------------------------------
def test_names_in_the_list_stand_twice_on_the_name_and_not_on_the_row(driver: Driver) -> None:
    rows = [node for node in driver.tree().iter("node") if node.attrib["resource-id"].endswith("cliv_name_textview")]
    assert [(row.attrib["text"], row.attrib["content-desc"]) for row in rows] == [(name, name) for name in (
        "AAA", "ABC", "Li")]  # fmt: skip
    outer = [node for node in driver.tree().iter("node") if any(child in rows for child in node)]
    assert all(node.attrib["class"] == "android.view.ViewGroup" for node in outer)
    assert all((node.attrib["clickable"], node.attrib["content-desc"]) == ("true", "") for node in outer)
    assert sum(node.text == node.desc == "ABC" for node in flat(seen(driver))) == 1


def test_rows_of_a_contact_lie_in_one_parent_with_the_photo(driver: Driver) -> None:
    driver.run(load_tasks("contacts")[1].solution)
    group = beside(seen(driver), "Contact photo")
    told = [node.desc or node.text for node in group]
    assert told[:2] == ["Contact photo", "John Smith"]
    assert {"Contact info", "Call Mobile 1 (234) 567-8", "Email Work 123456@gmail.com"} <= set(told)


def test_birthday_and_company_are_told_by_siblings(driver: Driver) -> None:
    driver.tap(text="AAA")
    assert "Tsinghua university" in [node.text for node in beside(seen(driver), "Contact photo")]
    assert driver.has(text="Add phone number") and driver.has(text="Add email")
    driver.phone.key(4)
    driver.tap(text="ABC")
    row = next(node for node in driver.tree().iter("node") if any(c.attrib["text"] == "Birthday" for c in node))
    assert row.attrib["content-desc"] == ""
    assert [child.attrib["text"] for child in row if child.attrib["text"]] == ["October 24, 1996", "Birthday"]


def test_the_editor_never_says_contact_with_a_capital(driver: Driver) -> None:
    driver.tap(desc="Create contact")
    driver.phone.swipe(700, 2600, 700, 600, 300)
    driver.tap(text="More fields")
    for _ in range(3):
        assert not any("Contact" in told for told in driver.texts())
        driver.phone.swipe(700, 2600, 700, 600, 300)


def test_the_label_page_counts_its_members_in_one_list(driver: Driver) -> None:
    driver.run(load_tasks("contacts")[4].solution)
    header = driver.node(text_contains="• label •").attrib["text"]
    assert header == "work • label • 2 contacts"
    listing = next(node for node in driver.tree().iter("node") if any(c.attrib["text"] == header for c in node))
    assert [row[-1].attrib["content-desc"] for row in listing[1:]] == ["AAA", "ABC"]


def test_dialogs_and_menus_are_alone_in_the_dump(driver: Driver) -> None:
    driver.tap(text="ABC")
    driver.tap(desc="More options")
    assert driver.texts() == [
        "Delete", "Share", "Add to Home screen", "Set ringtone", "Route to voicemail", "Help & feedback",
    ]  # fmt: skip
    driver.tap(text="Delete")
    assert driver.texts() == ["Delete contact?", "Cancel", "Delete"]


# --- wrong turns ----------------------------------------------------------------------------------------------------
def test_leaving_a_changed_form_asks_and_an_unchanged_one_does_not(driver: Driver) -> None:
    driver.tap(text="ABC")
    driver.tap(desc="Edit contact")
    driver.tap(desc="Cancel")
    assert driver.has(desc="Contact photo")
    driver.tap(desc="Edit contact")
    fill(driver, "Last name", "X")
    driver.phone.key(4)
    driver.phone.key(4)
    assert driver.has(text="Discard your changes?")
    driver.tap(text="Cancel")
    assert driver.has(text="X")
    driver.tap(desc="Cancel")
    driver.tap(text="Discard")
    assert driver.has(desc="Contact photo") and named(driver, "ABC")["last"] == ""


def test_saving_an_empty_form_just_closes_it(driver: Driver) -> None:
    driver.tap(desc="Create contact")
    driver.tap(text="Save")
    assert driver.has(text="Search contacts") and len(contacts(driver)) == 3


def test_enter_moves_on_and_never_saves(driver: Driver) -> None:
    driver.tap(desc="Create contact")
    fill(driver, "First name", "John")
    for _ in range(6):
        driver.phone.key(66)
    assert driver.has(text="Create contact") and len(contacts(driver)) == 3


def test_a_search_without_a_hit(driver: Driver) -> None:
    driver.tap(text="Search contacts")
    driver.phone.type_text("zz")
    assert driver.has(text="No results")
    driver.tap(desc="Clear text")
    driver.phone.type_text("tsing")
    driver.phone.key(66)
    assert driver.has(text="AAA") and not driver.has(text="ABC")
    driver.phone.key(4)
    assert driver.has(desc="Create contact")


def test_chips_filter_in_place_and_can_leave_nobody(driver: Driver) -> None:
    driver.tap(text="Phone contacts")
    assert driver.has(text="ABC") and not driver.has(text="AAA")
    driver.tap(text="Email contacts")
    assert driver.has(text="No contacts match this filter")
    driver.tap(text="Phone contacts")
    assert driver.has(text="Li")


def test_a_selection_can_be_made_left_and_deleted(driver: Driver) -> None:
    hold(driver, text="AAA")
    driver.tap(text="Li")
    assert driver.has(text="2 selected")
    driver.phone.key(4)
    assert not driver.has(text="2 selected") and len(contacts(driver)) == 3
    hold(driver, text="AAA")
    driver.tap(desc="Delete")
    driver.tap(text="Delete")
    assert [each["first"] for each in contacts(driver)] == ["ABC", "Li"]


def test_labels_refuse_an_empty_and_a_second_name(driver: Driver) -> None:
    for attempt in range(2):
        driver.tap(desc="Open navigation drawer")
        driver.tap(text="Create label")
        assert driver.node(text="OK").attrib["enabled"] == "false"
        driver.phone.type_text("work")
        driver.phone.key(66)
        assert driver.has(text="Create label")
        driver.tap(text="OK")
        assert driver.has(text="Create label") == bool(attempt)
        driver.tap(**({"text": "Cancel"} if attempt else {"desc": "Navigate up"}))
    assert len(driver.phone.state["apps"]["contacts"]["labels"]) == 1


def test_a_deleted_label_leaves_its_members(driver: Driver) -> None:
    driver.run(load_tasks("contacts")[4].solution)
    driver.tap(desc="More options")
    driver.tap(text="Delete label")
    driver.tap(text="Delete")
    assert [each["labels"] for each in contacts(driver)] == [[], [], []]


def test_a_custom_label(driver: Driver) -> None:
    driver.tap(text="ABC")
    driver.tap(desc="Edit contact")
    driver.tap(text="Mobile")
    driver.tap(text="Custom")
    driver.phone.type_text("Boat")
    driver.tap(text="OK")
    driver.tap(text="Save")
    assert driver.has(desc="Call Boat (223) 311-44")
    assert query(driver, "com.android.contacts/data/phones", "data2", "data3") == ["data2=0, data3=Boat"]


def test_more_name_fields(driver: Driver) -> None:
    driver.tap(desc="Create contact")
    driver.tap(desc="Show more name fields")
    fill(driver, "Name prefix", "Dr.")
    fill(driver, "Last name", "Wu")
    driver.tap(text="Save")
    assert driver.has(text="Dr. Wu", id="large_title")


@pytest.mark.parametrize(
    ("month", "day", "year", "shown"),
    [("Oct", "24", "1996", "October 24, 1996"), ("2", "31", "2023", "February 10, 2023"),
     ("nonsense", "99", "3000", "May 10, 2024"), ("february", "29", "2024", "February 29, 2024")],
)  # fmt: skip
def test_a_date_takes_what_its_wheels_hold(driver: Driver, month: str, day: str, year: str, shown: str) -> None:
    driver.tap(text="AAA")
    driver.tap(desc="Edit contact")
    driver.tap(text="More fields")
    driver.tap(text="Significant date")
    for hint, text in (("May", month), ("10", day), ("2024", year)):
        fill(driver, hint, text)
    driver.tap(text="Set")
    assert driver.has(text=shown)


def test_wheels_turn_by_their_buttons(driver: Driver) -> None:
    driver.tap(text="ABC")
    driver.tap(desc="Edit contact")
    driver.phone.swipe(700, 2600, 700, 600, 300)
    driver.tap(text="October 24, 1996")
    driver.tap(text="Nov")
    driver.tap(text="23")
    driver.tap(text="1995")
    driver.tap(text="Set")
    assert driver.has(text="November 23, 1995")


def test_a_favourite_a_ringtone_and_voicemail(driver: Driver) -> None:
    driver.tap(text="ABC")
    driver.tap(desc="Add to favorites")
    driver.tap(desc="More options")
    driver.tap(text="Set ringtone")
    driver.tap(text="Zen")
    driver.tap(desc="More options")
    driver.tap(text="Route to voicemail")
    assert driver.has(text="Calls go to voicemail") and driver.has(desc="Remove from favorites")
    columns = ("starred", "send_to_voicemail", "custom_ringtone")
    assert "starred=1, send_to_voicemail=1, custom_ringtone=Zen" in query(
        driver, "com.android.contacts/contacts", *columns
    )


def test_a_long_list_scrolls_and_keeps_its_button(template: Phone) -> None:
    template.reset("androidlab")
    known = template.state["apps"]["contacts"]["contacts"]
    many = [{**known[0], "id": number, "first": f"Person {number:02d}"} for number in range(1, 61)]
    template.reset("androidlab", {"apps": {"contacts": {"contacts": many}}})
    template.launch(TASK.package)
    driver = Driver(template, template.json_state())
    assert not driver.has(text="Person 60")
    for _ in range(12):
        template.swipe(700, 2300, 700, 600, 200)
    assert driver.has(text="Person 60") and driver.has(desc="Create contact")


# --- what adb finds -------------------------------------------------------------------------------------------------
def test_the_provider_holds_the_world(driver: Driver) -> None:
    rows = query(driver, "com.android.contacts/data", "raw_contact_id", "mimetype", "data1", "data2", "data3")
    kind = "mimetype=vnd.android.cursor.item/"
    assert rows == [
        f"raw_contact_id=1, {kind}name, data1=AAA, data2=AAA, data3=NULL",
        f"raw_contact_id=1, {kind}organization, data1=Tsinghua university, data2=1, data3=NULL",
        f"raw_contact_id=2, {kind}name, data1=ABC, data2=ABC, data3=NULL",
        f"raw_contact_id=2, {kind}phone_v2, data1=(223) 311-44, data2=2, data3=NULL",
        f"raw_contact_id=2, {kind}contact_event, data1=1996-10-24, data2=3, data3=NULL",
        f"raw_contact_id=3, {kind}name, data1=Li, data2=Li, data3=NULL",
        f"raw_contact_id=3, {kind}email_v2, data1=22334455@gmail.com, data2=2, data3=NULL",
    ]
    assert query(driver, "contacts/phones/", "name", "number") == ["name=ABC, number=(223) 311-44"]
    assert query(driver, "com.android.contacts/groups", "title") == []


@pytest.mark.parametrize("verb", ["insert", "delete", "update"])
def test_rows_of_contacts_cannot_be_written_from_the_shell(driver: Driver, verb: str) -> None:
    before = contacts(driver)
    uri = "--uri content://com.android.contacts/data"
    status, _, err = run_sync(driver.phone, f"content {verb} {uri} --bind data1:s:x", b"")
    assert status != 0 and b"cannot be written" in err
    assert contacts(driver) == before


def test_an_intent_opens_a_filled_form(driver: Driver) -> None:
    sh(driver, "am start -a android.intent.action.INSERT -t vnd.android.cursor.dir/contact "
               "-e name 'Mary Ann' -e phone 5551234567 -e email m@x.org")  # fmt: skip
    assert {"Create contact", "Mary", "Ann", "(555) 123-4567", "m@x.org"} <= set(driver.texts())
    driver.tap(text="Save")
    assert driver.has(text="Mary Ann")


@pytest.mark.parametrize("task", [task for task in load_tasks("contacts") if task.probes], ids=lambda task: task.id)
def test_probes_tell_a_solved_task_from_an_untouched_one(template: Phone, task) -> None:
    import re

    driver = begin(template, task)
    shows = [re.search(probe.expect, sh(driver, probe.shell), re.MULTILINE) is not None for probe in task.probes]
    assert all(shows) == (task.id == "contacts_9")  # a message that was never sent is there from the start
    driver.run(task.solution)
    for probe in task.probes:
        assert re.search(probe.expect, sh(driver, probe.shell), re.MULTILINE), probe.name
