"""Gmail: its screens are built as the real app's are, what it keeps, and how wrong turns end."""

from __future__ import annotations

from typing import Any

import pytest
from driver import Driver, begin, load_tasks
from hypothesis import given
from hypothesis import strategies as st
from sparse import Node, seen

from phonebench.schema.task import Selector
from simphone.apps.gmail.draft import is_address
from simphone.apps.gmail.query import find
from simphone.core.app import Intent
from simphone.phone.phone import Phone
from simphone.shell.session import run_sync

TASKS = load_tasks("gmail")
PRIZE = "Congratulations! You've Won a Free Gift!"
TA = "TA arrangement for 2025-2026"


@pytest.fixture(scope="module")
def phone() -> Phone:
    return Phone("openphone")


@pytest.fixture
def gmail(phone: Phone) -> Driver:
    return begin(phone, TASKS[0])


def saved(driver: Driver) -> dict[str, Any]:
    data: dict[str, Any] = driver.phone.state["apps"]["gmail"]
    return data


def subjects(driver: Driver) -> list[str]:
    return [node.attrib["text"] for node in driver.all(Selector(id="subject"))]


def hold(driver: Driver, subject: str) -> None:
    x, y = driver.centre(Selector(id="subject", text=subject))
    driver.phone.swipe(x, y, x, y, 1000)


def show(driver: Driver, folder: str) -> None:
    driver.tap(desc="Open navigation drawer")
    driver.tap(text=folder)


def test_the_window_in_front_is_named_as_in_the_real_app(gmail: Driver) -> None:
    def focus() -> str:
        return run_sync(gmail.phone, "dumpsys window | grep mCurrentFocus")[1].decode()

    assert "com.google.android.gm/com.google.android.gm.ui.MailActivityGmail}" in focus()
    gmail.tap(id="compose_button")
    assert "com.google.android.gm/com.google.android.gm.ComposeActivityGmailExternal}" in focus()


# --- lists ----------------------------------------------------------------------------------------------------------
def test_the_inbox_is_built_as_dumps_of_the_real_one(gmail: Driver) -> None:
    bar = gmail.node(id="open_search")
    assert (bar.attrib["class"], bar.attrib["text"]) == ("android.widget.EditText", "Search in mail")
    assert [child.attrib["content-desc"] for child in bar] == [
        "Open navigation drawer", "Signed in as Jordan Lee jordan.lee@example.com\nAccount and settings.",
    ]  # fmt: skip
    assert gmail.node(id="conversation_list_folder_name").attrib["text"] == "Primary"
    assert gmail.node(id="thread_list_view").attrib["scrollable"] == "true"
    row = gmail.find(Selector(id="viewified_conversation_item_view", index=3))
    assert row.attrib["text"].startswith(f"Starred, Graduate School Office, {TA}, ")
    assert (row.attrib["clickable"], row.attrib["long-clickable"]) == ("true", "true")
    parts = [node.attrib["resource-id"].rpartition("/")[2] for node in row]
    assert parts == ["contact_image", "senders", "date", "subject", "snippet", "star", "attachment_chip_text"]
    assert gmail.find(Selector(id="star", index=3)).attrib["content-desc"] == "Starred"
    assert gmail.node(id="compose_button").attrib["content-desc"] == "Compose"
    dates = [node.attrib["text"] for node in gmail.all(Selector(id="date"))]
    assert dates[:4] == ["9:41 AM", "9:05 AM", "8:30 AM", "Aug 17"]


def test_simplified_dumps_keep_each_row_together(gmail: Driver) -> None:
    def flat(nodes: list[Node]) -> list[Node]:
        return [each for node in nodes for each in (node, *flat(node.children))]

    rows = [node for node in flat(seen(gmail)) if node.name == "viewified_conversation_item_view"]
    assert len(rows) >= 6
    assert [child.text for child in rows[0].children if child.name in ("senders", "subject", "date")] == [
        "Helen Park", "9:41 AM", "Ask about project progress",
    ]  # fmt: skip


def test_a_spam_mail_is_reported_undone_and_found_again(gmail: Driver) -> None:
    hold(gmail, PRIZE)
    assert gmail.node(id="action_bar_title").attrib["text"] == "1"
    gmail.tap(desc="More options")
    gmail.tap(text="Report spam")
    assert PRIZE not in "".join(gmail.texts())
    assert gmail.node(id="snackbar_text").attrib["text"] == "1 reported as spam"
    gmail.tap(text="Undo")
    assert PRIZE in subjects(gmail)
    gmail.tap(id="subject", text=PRIZE)
    gmail.tap(desc="More options", cls="ImageView")
    gmail.tap(text="Report spam")
    show(gmail, "Spam")
    assert subjects(gmail) == [PRIZE]
    hold(gmail, PRIZE)
    gmail.tap(desc="More options")
    gmail.tap(text="Not spam")
    assert gmail.has(text="Hooray, no spam here!")
    gmail.phone.key(4)
    assert PRIZE in subjects(gmail)


def test_back_ends_the_selection_then_leaves(gmail: Driver) -> None:
    hold(gmail, PRIZE)
    gmail.phone.key(4)
    assert gmail.has(id="open_search")
    gmail.phone.key(4)
    assert gmail.phone.state["tasks"][-1]["app"] == "launcher"


def test_a_mail_that_was_opened_is_read(gmail: Driver) -> None:
    gmail.tap(id="subject", text=PRIZE)
    assert gmail.node(id="subject_and_folder_view").attrib["text"] == f"{PRIZE} Inbox"
    gmail.tap(desc="Navigate up")
    row = gmail.find(Selector(id="viewified_conversation_item_view", index=1))
    assert row.attrib["text"].startswith("Prize Center, ")


@pytest.mark.parametrize("way", ["left", "right"])
def test_a_row_that_is_swiped_away_is_archived(gmail: Driver, way: str) -> None:
    y = gmail.centre(Selector(id="subject", text=PRIZE))[1]
    there = 1300 if way == "right" else 200
    gmail.phone.swipe(1440 - there, y, there, y, 200)
    assert saved(gmail)["mails"]["m02"]["folder"] == "archive"


def test_trash_deletes_for_good(gmail: Driver) -> None:
    show(gmail, "Trash")
    gmail.tap(text="Empty trash now")
    gmail.tap(text="Cancel")
    assert "t01" in saved(gmail)["mails"]
    gmail.tap(text="Empty trash now")
    gmail.tap(text="Empty")
    assert "t01" not in saved(gmail)["mails"]
    assert gmail.has(text="Nothing in Trash")


def test_a_snoozed_mail_returns_in_time(gmail: Driver) -> None:
    hold(gmail, PRIZE)
    gmail.tap(desc="More options")
    gmail.tap(text="Snooze")
    gmail.tap(text="Later today · Mon 6:00 PM")
    assert PRIZE not in subjects(gmail)
    gmail.phone.advance(8 * 3600 * 1000)
    assert subjects(gmail)[0] == PRIZE


# --- writing --------------------------------------------------------------------------------------------------------
def test_a_recipient_becomes_a_chip_when_the_next_field_is_touched(gmail: Driver) -> None:
    gmail.tap(id="compose_button")
    gmail.phone.type_text("user_test@gmail.com")
    assert gmail.has(text="Add recipient")
    gmail.tap(id="subject")
    chip = gmail.node(id="peoplekit_chip")
    assert (chip.attrib["text"], chip.attrib["class"]) == ("user_test@gmail.com", "android.widget.Button")
    assert "user_test@gmail.com" in chip.attrib["content-desc"]
    gmail.phone.type_text("Hello")
    gmail.phone.key(66)
    gmail.phone.type_text("one\ntwo")
    height = gmail.phone.metrics.height
    assert all(gmail.centre(Selector(text=each))[1] < height * 0.6 for each in ("Hello", "one\ntwo"))


def test_what_was_written_is_kept_as_a_draft_and_opens_again(gmail: Driver) -> None:
    gmail.tap(id="compose_button")
    gmail.phone.type_text("user_test@gmail.com")
    gmail.phone.key(4)
    gmail.phone.key(4)
    assert gmail.node(id="snackbar_text").attrib["text"] == "Message saved as draft"
    show(gmail, "Drafts")
    gmail.tap(id="senders", text="Draft")
    assert gmail.node(id="peoplekit_chip").attrib["text"] == "user_test@gmail.com"


def test_nothing_is_kept_of_an_empty_mail(gmail: Driver) -> None:
    gmail.tap(id="compose_button")
    gmail.tap(desc="Navigate up")
    assert gmail.changed() == []
    gmail.tap(id="subject", text="Ask about project progress")
    gmail.tap(id="reply_button")
    gmail.tap(desc="Navigate up")
    assert gmail.changed() == ["apps.gmail.mails.m01.unread"]


def test_a_reply_quotes_and_goes_below_its_mail(gmail: Driver) -> None:
    gmail.tap(id="subject", text="Ask about project progress")
    gmail.tap(id="reply_button")
    assert gmail.node(id="peoplekit_chip").attrib["text"] == "Helen Park"
    assert gmail.node(id="subject").attrib["text"] == "Re: Ask about project progress"
    gmail.tap(id="show_quoted_text")
    assert "Helen Park <helen.park@example.org> wrote:" in gmail.node(id="quoted_text").attrib["text"]
    gmail.tap(text="Compose email")
    gmail.phone.type_text("Soon.")
    gmail.tap(desc="Send")
    assert gmail.node(id="snackbar_text").attrib["text"] == "Message sent"
    assert gmail.has(text="Soon.")
    assert saved(gmail)["mails"]["new1"]["folder"] == "sent"
    gmail.tap(text="Undo")
    assert gmail.has(id="body_wrapper")
    assert saved(gmail)["mails"]["new1"]["folder"] == "drafts"


@pytest.mark.parametrize(
    ("typed", "why"),
    [("", "Add at least one recipient."), ("nobody", "The address <nobody> is not valid.")],
)
def test_a_mail_that_cannot_be_sent_says_why(gmail: Driver, typed: str, why: str) -> None:
    gmail.tap(id="compose_button")
    gmail.phone.type_text(typed)
    gmail.tap(desc="Send")
    assert gmail.has(text=why)
    gmail.tap(text="OK")
    assert gmail.has(id="body_wrapper")


def test_a_mail_without_subject_is_sent_only_when_that_is_meant(gmail: Driver) -> None:
    gmail.tap(id="compose_button")
    gmail.phone.type_text("user_test@gmail.com")
    gmail.tap(desc="Send")
    assert gmail.has(text="There's no subject. Send it anyway?")
    gmail.tap(text="Send")
    assert saved(gmail)["mails"]["new1"]["to"] == ["user_test@gmail.com"]


def test_a_mailto_link_begins_a_mail(phone: Phone) -> None:
    driver = begin(phone, TASKS[0])
    phone.start(Intent("android.intent.action.SENDTO", data="mailto:a%40b.org?subject=Hi%20you&body=x"))
    assert driver.node(id="peoplekit_chip").attrib["text"] == "a@b.org"
    assert driver.node(id="subject").attrib["text"] == "Hi you"


@given(st.text(max_size=12))
def test_addresses_have_one_at_and_a_dot_behind_it(text: str) -> None:
    assert not is_address(text) or (text.count("@") == 1 and "." in text.partition("@")[2])


# --- search ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("has:attachment", [TA]),
        ("is:starred", [TA]),
        ("from:helen", ["Ask about project progress", "Comments on the draft introduction"]),
        ("payroll", ["TA payroll form reminder"]),
        ("in:trash", ["Mailbox quota notice"]),
        ('"ta tasks" -is:unread', [TA]),
    ],
)
def test_search(gmail: Driver, word: str, found: list[str]) -> None:
    gmail.tap(id="open_search")
    gmail.phone.type_text(word)
    gmail.phone.key(66)
    assert subjects(gmail) == found
    assert saved(gmail)["recent"] == [word]


def test_a_search_without_hit_says_so(gmail: Driver) -> None:
    gmail.tap(id="open_search")
    gmail.phone.type_text("zebra")
    gmail.phone.key(66)
    assert gmail.has(text="No results")


def test_filters_and_selection_work_on_what_is_found(gmail: Driver) -> None:
    gmail.tap(id="open_search")
    gmail.tap(text="Attachment")
    assert subjects(gmail) == [TA]
    hold(gmail, TA)
    gmail.tap(desc="Archive")
    assert saved(gmail)["mails"]["m04"]["folder"] == "archive"
    gmail.tap(text="Attachment")
    gmail.tap(text="From")
    gmail.tap(text="Sara Lind")
    assert subjects(gmail) == ["Photos from the retreat"]


@given(st.text(max_size=30))
def test_any_search_is_answered(asked: str) -> None:
    mail = {"folder": "inbox", "sender": "a@b.org", "subject": "Hi", "body": "x", "at": "2025-08-01T10:00"}
    data: Any = {"account": {"name": "Me", "email": "me@b.org"}, "people": [], "mails": {"m": mail}}
    assert find(data, asked) in ([], ["m"])


# --- settings -------------------------------------------------------------------------------------------------------
def test_the_theme_is_redrawn_and_the_phone_stays_light(gmail: Driver) -> None:
    light = gmail.phone.png()
    show(gmail, "Settings")
    gmail.tap(text="General settings")
    gmail.tap(text="Theme")
    assert gmail.node(text="System default").attrib["class"] == "android.widget.CheckedTextView"
    assert gmail.node(text="System default").attrib["checked"] == "true"
    gmail.tap(text="Dark")
    assert gmail.changed() == ["apps.gmail.settings.theme"]
    assert gmail.phone.setting("secure", "ui_night_mode") == "1"
    for _ in range(2):
        gmail.phone.key(4)
    assert gmail.has(id="open_search")
    assert gmail.phone.png() != light


def test_confirming_before_deleting(gmail: Driver) -> None:
    saved(gmail)["settings"]["confirm_delete"] = True
    gmail.tap(id="subject", text=PRIZE)
    gmail.tap(desc="Delete")
    assert gmail.has(text="Delete 1 conversation?")
    gmail.tap(text="Cancel")
    assert saved(gmail)["mails"]["m02"]["folder"] == "inbox"
    gmail.tap(desc="Delete")
    gmail.tap(text="OK")
    assert saved(gmail)["mails"]["m02"]["folder"] == "trash"


def test_labels_are_made_and_given(gmail: Driver) -> None:
    show(gmail, "Create new")
    gmail.phone.type_text("Lab")
    gmail.tap(text="Done")
    hold(gmail, PRIZE)
    gmail.tap(desc="More options")
    gmail.tap(text="Change labels")
    gmail.tap(text="Lab")
    gmail.tap(text="OK")
    gmail.phone.key(4)
    show(gmail, "Lab")
    assert subjects(gmail) == [PRIZE]
