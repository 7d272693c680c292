"""Messages and Phone behave, and agree with the shell and the emulator console."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from driver import Driver, begin, load_tasks

from phonebench.schema.task import Selector, TypeStep
from simphone.adbd.console import answer
from simphone.phone.phone import Phone
from simphone.shell.session import run_sync

TASK = load_tasks("contacts")[0]
MESSAGES = "com.google.android.apps.messaging"
PHONE = "com.google.android.dialer"


@pytest.fixture(scope="module")
def template() -> Phone:
    return Phone()


@pytest.fixture
def driver(template: Phone) -> Driver:
    return begin(template, TASK)


def sh(driver: Driver, command: str) -> str:
    return run_sync(driver.phone, command, b"")[1].decode()


def console(driver: Driver, verb: str, rest: str) -> str:
    return answer(SimpleNamespace(phone=driver.phone), verb, rest)  # type: ignore[arg-type]


def call_log(driver: Driver) -> list[str]:
    out = sh(driver, "content query --uri content://call_log/calls --projection number:type:duration")
    return [line.split(" ", 2)[2] for line in out.splitlines() if line.startswith("Row: ")]


def to_abc(driver: Driver) -> None:
    driver.tap(text="ABC")
    driver.tap(text="Text")


# --- messages -------------------------------------------------------------------------------------------------------
def test_a_draft_survives_leaving_and_is_not_a_message(driver: Driver) -> None:
    to_abc(driver)
    assert driver.has(text_contains="Texting with ABC")
    assert driver.node(desc="Send SMS").attrib["enabled"] == "false"
    driver.play(TypeStep(type="Nice to meet you", into=Selector(text="Text message"), enter=True))
    assert driver.phone.state["apps"]["messages"]["drafts"] == {"22331144": "Nice to meet you\n"}
    driver.phone.key(4)
    driver.phone.key(4)
    assert driver.has(text="Draft: Nice to meet you")
    driver.phone.force_stop(MESSAGES)
    driver.phone.launch(MESSAGES)
    driver.tap(text="ABC")
    assert driver.has(text_contains="Nice to meet you")
    assert sh(driver, "content query --uri content://sms").startswith("No result")


def test_a_sent_message_is_in_the_conversation_and_in_the_provider(driver: Driver) -> None:
    to_abc(driver)
    driver.play(TypeStep(type="Hello; $(x) 'y'", into=Selector(text="Text message")))
    driver.tap(desc="Send SMS")
    assert driver.has(text="Hello; $(x) 'y'", id="message_text") and driver.has(text="Text message")
    out = sh(driver, "content query --uri content://sms/sent --projection address:type:body")
    assert out == "Row: 0 address=22331144, type=2, body=Hello; $(x) 'y'\n"
    assert driver.phone.state["apps"]["messages"]["drafts"] == {}


def test_a_message_from_the_console_is_told_shown_and_read(driver: Driver) -> None:
    assert console(driver, "sms", "send 22331144 see you at 5").endswith("OK\r\n")
    notes = driver.phone.state["notifications"]
    assert [(note["title"], note["text"]) for note in notes] == [("ABC", "see you at 5")]
    driver.phone.launch(MESSAGES)
    driver.tap(text="ABC")
    assert driver.has(text="see you at 5", id="message_text")
    assert driver.phone.state["notifications"] == []
    assert "read=1" in sh(driver, "content query --uri content://sms/inbox")
    console(driver, "sms", "send 22331144 are you there")
    assert driver.has(text="are you there") and driver.phone.state["notifications"] == []


@pytest.mark.parametrize("intent", [
    "-a android.intent.action.SENDTO -d sms:5551234 --es sms_body hi",
    "-a android.intent.action.SENDTO -d smsto:555-1234?body=hi", "-a android.intent.action.VIEW -d sms:5551234?body=hi",
])  # fmt: skip
def test_an_intent_opens_a_conversation_with_its_text(driver: Driver, intent: str) -> None:
    sh(driver, f"am start {intent}")
    assert driver.has(text="555-1234") and driver.has(text="hi", id="compose_message_text")


def test_a_new_conversation_needs_a_recipient(driver: Driver) -> None:
    driver.phone.launch(MESSAGES)
    assert driver.has(text="No conversations yet")
    driver.tap(text="Start chat")
    driver.phone.type_text("nobody")
    driver.phone.key(66)
    assert driver.has(text="New conversation")
    driver.phone.clear_text()
    driver.phone.type_text("ab")
    driver.tap(text="ABC")
    assert driver.has(text_contains="Texting with ABC")
    driver.phone.key(4)
    assert driver.has(text="Start chat")


def test_a_conversation_is_deleted_after_a_question(driver: Driver) -> None:
    console(driver, "sms", "send 5551234 spam")
    driver.phone.launch(MESSAGES)
    driver.tap(text="555-1234")
    for choice in ("Cancel", "Delete"):
        driver.tap(desc="More options")
        driver.tap(text="Delete")
        driver.tap(text=choice)
    assert driver.has(text="No conversations yet")


# --- calls ----------------------------------------------------------------------------------------------------------
def test_a_call_is_made_answered_and_ended(driver: Driver) -> None:
    driver.tap(text="ABC")
    driver.tap(desc="Call Mobile (223) 311-44")
    assert {"ABC", "Calling…", "Keypad", "Mute", "Speaker", "More", "End call"} <= set(driver.texts())
    assert "mCallState=2" in sh(driver, "dumpsys telephony.registry")
    driver.phone.advance(9_000)
    assert driver.has(text="00:06") or driver.has(text="00:05")
    driver.tap(desc="End call")
    assert driver.has(text="Call ended")
    driver.phone.advance(1_000)
    assert driver.phone.foreground()[0] == "com.google.android.contacts"
    assert "mCallState=0" in sh(driver, "dumpsys telephony.registry")
    assert call_log(driver)[0].startswith("number=22331144, type=2, duration=")


def test_a_call_goes_on_behind_other_apps_until_the_end_key(driver: Driver) -> None:
    driver.tap(text="ABC")
    driver.tap(desc="Call")
    driver.phone.key(4)
    driver.phone.advance(20_000)
    assert driver.phone.state["telephony"]["call"]["state"] == "active"
    assert [note["text"] for note in driver.phone.state["notifications"]] == ["Ongoing call"]
    driver.phone.key(6)
    driver.phone.advance(1_000)
    assert driver.phone.state["notifications"] == []
    assert call_log(driver) != ["number=22331144, type=2, duration=0"]


@pytest.mark.parametrize(("touched", "kind"), [("Answer", 1), ("Decline", 5), (None, 3)])
def test_a_call_from_the_console(driver: Driver, touched: str | None, kind: int) -> None:
    assert console(driver, "gsm", "call 22331144") == "OK\r\n"
    assert {"Incoming call", "ABC", "Answer", "Decline"} <= set(driver.texts())
    assert "mCallState=1" in sh(driver, "dumpsys telephony.registry")
    if touched:
        driver.tap(desc=touched)
    else:
        console(driver, "gsm", "cancel 22331144")
    driver.phone.advance(3_000)
    if touched == "Answer":
        assert "mCallState=2" in sh(driver, "dumpsys telephony.registry")
        driver.tap(desc="End call")
        driver.phone.advance(1_000)
    assert driver.phone.foreground()[0] != PHONE
    assert call_log(driver)[0].startswith(f"number=22331144, type={kind}, ")


def test_a_number_is_dialled_erased_and_called(driver: Driver) -> None:
    driver.phone.launch(PHONE)
    driver.tap(desc="key pad")
    for key in "2233114":
        driver.tap(id=key)
    assert driver.has(text="223-3114", id="digits")
    driver.tap(desc="backspace")
    driver.tap(id="1")
    assert driver.phone.state["telephony"]["call"] is None
    driver.tap(desc="dial")
    assert driver.phone.state["telephony"]["call"] == {"number": "2233111", "state": "dialing"}


def test_no_call_in_airplane_mode(driver: Driver) -> None:
    driver.phone.put_setting("global", "airplane_mode_on", "1")
    driver.tap(text="ABC")
    driver.tap(desc="Call")
    assert driver.phone.state["telephony"]["call"] is None


def test_an_intent_dials_and_another_calls(driver: Driver) -> None:
    sh(driver, "am start -a android.intent.action.DIAL -d tel:5551234")
    assert driver.has(text="555-1234", id="digits")
    sh(driver, "am start -a android.intent.action.CALL -d tel:5551234")
    assert driver.has(desc="End call")


def test_the_log_lists_and_forgets_calls(driver: Driver) -> None:
    console(driver, "gsm", "call 5550000")
    console(driver, "gsm", "cancel 5550000")
    driver.phone.launch(PHONE)
    driver.tap(text="Recents")
    assert driver.has(text="555-0000") and driver.has(desc="Missed call")
    driver.tap(desc="More options")
    driver.tap(text="Clear call history")
    driver.tap(text="OK")
    assert driver.has(text="Your call log is empty") and call_log(driver) == []


# --- rows that anybody may have written -----------------------------------------------------------------------------
@pytest.mark.parametrize("bind", ["body:s:x", "date:s:never --bind _id:s:a", "address:n: --bind type:s:two",
                                  "date:l:99999999999999999 --bind address:i:5"])  # fmt: skip
@pytest.mark.parametrize("uri", ["sms/inbox", "sms", "call_log/calls"])
def test_no_row_breaks_the_apps(driver: Driver, uri: str, bind: str) -> None:
    sh(driver, f"content insert --uri content://{uri} --bind {bind}")
    driver.phone.advance(1_000)
    driver.phone.launch(MESSAGES)
    assert driver.phone.xml()
    driver.phone.launch(PHONE)
    driver.tap(text="Recents")
    assert driver.phone.xml()
    sh(driver, "am start -a android.intent.action.CALL -d tel:5551234")
    assert driver.has(desc="End call")
