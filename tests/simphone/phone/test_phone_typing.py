"""Text fields: focus, cursor, typing, deleting, selection, enter, autofocus, the soft keyboard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from probe import box, log, tap, values

from simphone.phone import editor

HOME_KEY, BACK, ENTER, DEL, FORWARD_DEL, TAB = 3, 4, 66, 67, 112, 61
LEFT, MOVE_HOME, MOVE_END, A, PASTE = 21, 122, 123, 29, 279
CTRL = 0x1000


def test_typing_goes_nowhere_without_a_focused_field(phone):
    phone.type_text("lost")
    assert values(phone)["name"] == "Pixel" and not log(phone)


def test_a_tap_puts_the_cursor_at_the_end_and_raises_the_keyboard(phone):
    tap(phone, "name")
    assert phone.state["keyboard"]["shown"]
    phone.type_text(" 7 Pro")
    assert values(phone)["name"] == "Pixel 7 Pro"
    assert 'focused="true"' in phone.xml()


def test_cursor_keys_and_deletes(phone):
    tap(phone, "name")
    phone.key(LEFT)
    phone.key(DEL)
    assert values(phone)["name"] == "Pixl"
    phone.key(MOVE_HOME)
    phone.key(FORWARD_DEL)
    phone.type_text("Mi")
    assert values(phone)["name"] == "Miixl"
    phone.key(MOVE_END)
    phone.key(DEL)
    assert values(phone)["name"] == "Miix"


def test_ctrl_a_then_delete_empties_the_field(phone):
    tap(phone, "name")
    phone.key(A, meta=CTRL)
    phone.key(DEL)
    assert values(phone)["name"] == ""


def test_typing_replaces_the_selection_and_clear_text_empties(phone):
    tap(phone, "name")
    phone.key(A, meta=CTRL)
    phone.type_text("Alice")
    assert values(phone)["name"] == "Alice"
    phone.clear_text()
    assert values(phone)["name"] == ""


def test_the_cursor_follows_what_the_app_makes_of_the_text(phone):
    tap(phone, "number")
    phone.type_text("1234567890")
    assert values(phone)["number"] == "123 456 7890"
    assert phone.state["focus"]["cursor"] == len("123 456 7890")
    for _ in range(3):
        phone.key(DEL)
    assert values(phone)["number"] == "123 456 7"


def test_enter_goes_on_to_the_next_field_breaks_lines_and_sends_actions(phone):
    tap(phone, "name")
    phone.key(ENTER)
    assert phone.state["focus"]["field"] == "number"
    tap(phone, "note")
    phone.type_text("a\nb")
    assert values(phone)["note"] == "a\nb"
    tap(phone, "last")
    phone.type_text("x\n")
    assert log(phone)[-1] == ["entered"] and not phone.state["keyboard"]["shown"]


def test_tab_walks_the_fields(phone):
    tap(phone, "name")
    phone.key(TAB)
    assert phone.state["focus"]["field"] == "number"
    phone.key(TAB, meta=1)
    assert phone.state["focus"]["field"] == "name"


def test_a_field_with_autofocus_takes_the_focus_once(phone):
    tap(phone, "go search")
    assert phone.state["focus"]["field"] == "query" and phone.state["keyboard"]["shown"]
    phone.type_text("Lon")
    phone.key(BACK)
    assert not phone.state["keyboard"]["shown"] and phone.state["ui"]["probe"]["screen"] == "search"
    phone.type_text("don")
    assert phone.state["apps"]["probe"]["values"]["query"] == "London"


def test_the_focus_goes_with_its_field(phone):
    tap(phone, "go search")
    phone.key(BACK)
    phone.key(BACK)
    assert phone.state["focus"] is None


def test_keys_on_the_soft_keyboard_type(phone):
    tap(phone, "last")
    for key in ("H", "i", "?123", "4", "ABC", "SPACE", "SHIFT", "Q", "DEL", "z"):
        tap(phone, key)
    assert values(phone)["last"] == "Hi4 z"
    tap(phone, "ACTION")
    assert log(phone)[-1] == ["entered"]


def test_the_number_pad(phone):
    tap(phone, "number")
    for key in ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"]:
        tap(phone, key)
    assert values(phone)["number"] == "123 456 7890"


def test_typed_keyevents_know_shift(phone):
    tap(phone, "last")
    for code, meta in ((36, 1), (37, 0), (8, 1), (56, 0)):
        phone.key(code, meta=meta)
    assert values(phone)["last"] == "Hi!."


def test_long_press_selects_and_offers_the_clipboard(phone):
    x, y = 700, 300
    phone.swipe(x, y, x, y, 700)
    assert phone.state["system_ui"]["text_menu"]
    tap(phone, "Copy")
    tap(phone, "last")
    phone.key(PASTE)
    assert values(phone)["last"] == "Pixel"


def test_a_field_below_the_keyboard_comes_into_sight(phone):
    tap(phone, "go below")
    tap(phone, "deep")
    keyboard = next(window for window in phone.frame().windows if window.layer == "ime")
    assert box(phone, "deep").visible == box(phone, "deep").rect
    assert box(phone, "deep").rect[3] <= keyboard.rect[1]


@pytest.mark.parametrize("text", ["héllo", "你好世界", "こんにちは", "emoji 🙂 ok", "a'\"$(x)`\\;|&"])
def test_any_text_arrives_whole(phone, text):
    tap(phone, "last")
    phone.type_text(text)
    assert values(phone)["last"] == text


def test_the_adb_keyboard_shows_no_keys(phone):
    phone.put_setting("secure", "default_input_method", "com.android.adbkeyboard/.AdbIME")
    tap(phone, "last")
    assert phone.state["keyboard"]["shown"]
    assert not [box for window in phone.frame().windows for box in window.root.walk() if box.view.desc == "SPACE"]
    phone.type_text("你好")
    assert values(phone)["last"] == "你好"


@given(st.lists(st.sampled_from(["left", "right", "home", "end", "del", "fdel", "all", "ab", "c"]), max_size=25))
def test_the_field_behaves_like_an_editor_of_a_list(moves):
    import probe

    from simphone.phone.phone import Phone

    phone = test_the_field_behaves_like_an_editor_of_a_list.__dict__.setdefault(
        "phone", Phone(apps=[probe.Launcher(), probe.Other(), probe.Probe()])
    )
    phone.reset()
    phone.launch(probe.PROBE)
    tap(phone, "last")
    machine = phone._machine
    text, low, high = [], 0, 0
    for move in moves:
        if move in ("left", "right"):
            editor.move(machine, move)
            at = low if move == "left" else high
            if low == high:
                at = max(0, low - 1) if move == "left" else min(len(text), low + 1)
            low = high = at
        elif move in ("home", "end"):
            editor.move(machine, move)
            low = high = 0 if move == "home" else len(text)
        elif move == "all":
            editor.select_all(machine)
            low, high = 0, len(text)
        elif move in ("del", "fdel"):
            editor.delete(machine, forward=move == "fdel")
            if low == high:
                low, high = (max(0, low - 1), high) if move == "del" else (low, min(len(text), high + 1))
            text[low:high] = []
            high = low
        else:
            editor.insert(machine, move)
            text[low:high] = list(move)
            low = high = low + len(move)
    assert values(phone)["last"] == "".join(text)
