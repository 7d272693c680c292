"""Observations of phones that do not play along: their replies are given, as recorded from real ones."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image

from phonebench.device import observe
from phonebench.device.adb import Reply
from phonebench.schema.errors import DeviceError, UiDumpError

FOCUS = b"  mCurrentFocus=Window{1 u0 com.a/com.a.Main}\n"
DUMP = b'<?xml version=\'1.0\'?><hierarchy rotation="0"><node text="x" bounds="[0,0][9,9]"/></hierarchy>'
NOT_IDLE = b"ERROR: could not get idle state.\n"


def png(width: int = 90, height: int = 160) -> bytes:
    buffer = io.BytesIO()
    Image.effect_noise((width, height), 40).convert("RGB").save(buffer, "PNG")
    return buffer.getvalue()


class Recorded:
    """A phone's line that answers each observation with the next of some (dump, screenshot, stderr)."""

    def __init__(self, *answers: tuple[bytes, bytes, bytes]) -> None:
        self.answers = list(answers)
        self.calls = 0

    def run(self, command: str, *, timeout_s: float) -> Reply:
        if command == "wm size":
            return Reply(0, b"Physical size: 30x60\n", b"")
        self.calls += 1
        mark = re.search(r"echo (\S+);", command)[1].encode() + b"\n"
        dump, shot, complaint = self.answers.pop(0)
        said = b"UI hierchary dumped to: x\n" if dump else NOT_IDLE
        parts = [FOCUS, b"2024-05-10T12:00:00\n", b"  mShowRequested=true mInputShown=true\n", said, dump, shot]
        return Reply(0, mark.join(parts), complaint)


def test_whole():
    line = Recorded((DUMP, png(), b"[Warning] Multiple displays were found"))
    seen = observe.observe(line, 5)
    assert (line.calls, seen.width, seen.height) == (1, 90, 160)
    assert (seen.package, seen.device_time, seen.keyboard_shown) == ("com.a", "2024-05-10T12:00:00", True)
    assert seen.ui.text == "x"
    assert not seen.secure


def test_a_screen_that_is_busy_once():
    line = Recorded((b"", png(), b""), (DUMP, png(), b""))
    assert observe.observe(line, 5).ui is not None
    assert line.calls == 2


def test_a_screen_that_is_always_busy_still_has_a_screenshot():
    line = Recorded(*[(b"", png(), b"")] * 9)
    seen = observe.observe(line, 5)
    assert (seen.xml, seen.ui, seen.width) == ("", None, 90)
    assert line.calls == 3


def test_a_protected_screen_is_black():
    seen = observe.observe(Recorded((DUMP, b"", b"Status: -1\n")), 5)
    assert seen.secure
    assert (seen.width, seen.height) == (30, 60)
    assert Image.open(io.BytesIO(seen.png)).getextrema() == ((0, 0), (0, 0), (0, 0))


@pytest.mark.parametrize("shot", [b"", png()[:-20], b"screencap: not found\n"])
def test_no_screenshot(shot):
    with pytest.raises(DeviceError, match="screenshot"):
        observe.observe(Recorded((DUMP, shot, b"")), 5)


def test_a_broken_dump():
    with pytest.raises(UiDumpError):
        observe.observe(Recorded((DUMP[:-9], png(), b"")), 5)


def test_a_shell_that_breaks_off():
    class Broken(Recorded):
        def run(self, command: str, *, timeout_s: float) -> Reply:
            return Reply(137, FOCUS, b"Killed\n")

    with pytest.raises(DeviceError, match="broke off"):
        observe.observe(Broken(), 5)
