"""Observations of phones that do not play along: their replies are given, as recorded from real ones."""

from __future__ import annotations

import contextlib
import io
import re
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from phonebench.config import PhoneConfig
from phonebench.device import screenshot
from phonebench.device.adb import Reply
from phonebench.device.observe import Observer
from phonebench.device.parse import png_size, well_formed
from phonebench.schema.errors import DeviceError, UiDumpError
from phonebench.schema.observation import Observation

FOCUS = b"  mCurrentFocus=Window{1 u0 com.a/com.a.Main}\n"
DUMP = b'<?xml version=\'1.0\'?><hierarchy rotation="0"><node text="x" bounds="[0,0][9,9]"/></hierarchy>'
RAW = struct.pack("<4I", 90, 160, 1, 0) + bytes(90 * 160 * 4)
NOT_IDLE = b"ERROR: could not get idle state.\n"


def png(width: int = 90, height: int = 160) -> bytes:
    buffer = io.BytesIO()
    Image.effect_noise((width, height), 40).convert("RGB").save(buffer, "PNG")
    return buffer.getvalue()


class Recorded:
    """A phone's line that answers each observation with the next of some (dump, screenshot, stderr)."""

    serial = "recorded"

    def __init__(self, *answers: tuple[bytes, bytes, bytes], focus: bytes = FOCUS) -> None:
        self.answers = list(answers)
        self.focus = focus
        self.calls = 0

    def run(self, command: str, *, timeout_s: float) -> Reply:
        if command == "wm size":
            return Reply(0, b"Physical size: 30x60\n", b"")
        self.calls += 1
        mark = re.search(r"echo (\S+);", command)[1].encode() + b"\n"
        dump, shot, complaint = self.answers.pop(0)
        said = b"UI hierchary dumped to: x\n" if dump else NOT_IDLE
        parts = [self.focus, b"2024-05-10T12:00:00\n", b"  mShowRequested=true mInputShown=true\n", said, dump, shot]
        return Reply(0, mark.join(parts), complaint)


def observe(line: Recorded, **settings: str) -> Observation:
    return Observer(line, PhoneConfig(**settings), simulated=True).observe()


def test_whole():
    line = Recorded((DUMP, png(), b"[Warning] Multiple displays were found"))
    seen = observe(line)
    assert (line.calls, seen.width, seen.height) == (1, 90, 160)
    assert (seen.package, seen.device_time, seen.keyboard_shown) == ("com.a", "2024-05-10T12:00:00", True)
    assert seen.ui.text == "x"
    assert not seen.secure


def test_a_warning_before_the_screenshot():
    assert observe(Recorded((DUMP, b"[Warning] Multiple displays were found\n" + png(), b""))).width == 90


def test_a_screen_that_is_busy_once():
    line = Recorded((b"", png(), b""), (DUMP, png(), b""))
    assert observe(line).ui is not None
    assert line.calls == 2


def test_a_screen_that_is_always_busy_still_has_a_screenshot():
    line = Recorded(*[(b"", png(), b"")] * 9)
    observer = Observer(line, PhoneConfig(), simulated=True)
    seen = observer.observe()
    assert (seen.xml, seen.ui, seen.width) == ("", None, 90)
    assert line.calls == 2  # each takes more than ten seconds
    observer.observe()
    assert line.calls == 3  # and it was so the last time


def test_a_protected_screen_is_black():
    seen = observe(Recorded((DUMP, b"", b"Status: -1\n")))
    assert seen.secure
    assert (seen.width, seen.height) == (30, 60)
    assert Image.open(io.BytesIO(seen.png)).getextrema() == ((0, 0), (0, 0), (0, 0))


@pytest.mark.parametrize("shot", [b"", png()[:-20], b"screencap: not found\n"])
def test_no_screenshot(shot):
    with pytest.raises(DeviceError, match="screenshot"):
        observe(Recorded((DUMP, shot, b"")))


def test_a_broken_dump():
    with pytest.raises(UiDumpError):
        observe(Recorded(*[(DUMP[:-9], png(), b"")] * 3))


def test_a_dump_that_was_broken_once():
    assert observe(Recorded((DUMP[:-9], png(), b""), (DUMP, png(), b""))).ui.text == "x"


def test_a_phone_that_was_turned_between_dump_and_screenshot():
    lying = DUMP.replace(b"[9,9]", b"[160,90]")
    line = Recorded((lying, png(), b""), (lying, png(160, 90), b""))
    seen = observe(line)
    assert (line.calls, seen.width, seen.ui.bounds.right) == (2, 160, 160)


@pytest.mark.parametrize("flags", ["fl=LAYOUT_IN_SCREEN SECURE SPLIT_TOUCH", "fl=#81812100 pfl=x"])
def test_a_window_that_forbids_screenshots_is_told_by_its_flags(flags):
    def front(number: int) -> bytes:
        return (
            f"  Window #0 Window{{1 u0 StatusBar}}:\n      fl=NOT_FOCUSABLE\n  Window #1 Window{{2 u0 a/b}}:\n"
            f"      {flags}\n  mCurrentFocus=Window{{{number} u0 a/b}}\n"
        ).encode()

    black = screenshot.black(1080, 2400)
    silent = DUMP.replace(b'text="x"', b'text=""')
    assert observe(Recorded((silent, black, b""), focus=front(2))).secure
    assert not observe(Recorded((DUMP, png(), b""), focus=front(2))).secure
    assert not observe(Recorded((silent, black, b""), focus=front(1))).secure
    assert observe(Recorded((DUMP, black, b""), focus=front(1))).secure  # text, and yet nothing to see


def test_texts_with_forbidden_characters():
    dump = DUMP.replace(b'"x"', '"a&#0;b\x01c&#55357;&#56832;&#xD83D;&#128512;\ufffe&amp;"'.encode())
    assert observe(Recorded((dump, png(), b""))).ui.text == "a\ufffdb\ufffdc\U0001f600\ufffd\U0001f600\ufffd&"


@given(st.text())
def test_any_text_becomes_well_formed(text):
    clean = well_formed("<hierarchy>" + text.replace("<", "").replace("&", "&#") + "</hierarchy>")
    assert not re.search("[\x00-\x08\ud800-\udfff]", clean)
    assert well_formed(clean) == clean


# --- raw frames ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("form", "mode"), [(1, "RGBA"), (2, "RGBX"), (5, "BGRA")])
@pytest.mark.parametrize("space", [b"", b"\0\0\0\0"])
def test_a_raw_frame_becomes_the_same_picture(form, mode, space):
    picture = Image.effect_noise((31, 17), 90).convert("RGB")
    picture.putpixel((3, 4), (255, 128, 0))
    pixels = picture.convert("RGBA").tobytes("raw", "BGRA" if mode == "BGRA" else "RGBA")
    shot = screenshot.png_of_raw(struct.pack("<3I", 31, 17, form) + space + pixels)
    assert Image.open(io.BytesIO(shot)).tobytes() == picture.tobytes()
    assert png_size(shot) == (31, 17)


@given(st.binary(max_size=80) | st.binary(max_size=40).map(lambda tail: struct.pack("<3I", 2, 2, 1) + tail))
def test_any_bytes_are_a_frame_or_an_error(data):
    with contextlib.suppress(DeviceError):
        png_size(screenshot.png_of_raw(data))


def test_the_faster_way_is_probed_once_and_kept():
    class Phone(Recorded):
        def run(self, command: str, *, timeout_s: float) -> Reply:
            if command in ("screencap -p", "screencap"):
                self.calls += 1
                return Reply(1, b"", b"not found") if command == "screencap -p" else Reply(0, RAW, b"")
            return super().run(command, timeout_s=timeout_s)

    line = Phone((DUMP, RAW, b""), (DUMP, RAW, b""))
    observer = Observer(line, PhoneConfig(ui_dump="dump"), simulated=False)
    assert observer.observe() == observer.observe()
    assert observer.ways == ("raw", "uiautomator dump")
    assert line.calls == 4


def test_a_shell_that_breaks_off():
    class Broken(Recorded):
        def run(self, command: str, *, timeout_s: float) -> Reply:
            return Reply(137, FOCUS, b"Killed\n")

    with pytest.raises(DeviceError, match="broke off"):
        observe(Broken())
