"""An observation in one round trip: one shell line that prints everything, parts set off by a random mark."""

from __future__ import annotations

import io
import re
import secrets
import time
from dataclasses import dataclass
from typing import Final

from PIL import Image

from phonebench.device.adb import Line, Reply
from phonebench.device.parse import parse_focus, png_size
from phonebench.schema.errors import DeviceError
from phonebench.schema.observation import Observation
from phonebench.uitree import parse_ui

_DUMP: Final = "/data/local/tmp/phonebench-ui.xml"
_DUMP_TRIES: Final = 3
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")

_PARTS: Final = (
    "dumpsys window | grep -E 'mCurrentFocus|mFocusedApp'",
    "date +%Y-%m-%dT%H:%M:%S",
    "dumpsys input_method | grep mInputShown",
    # A dump of an earlier screen must not pass for this one's.
    f"rm -f {_DUMP}; uiautomator dump {_DUMP} 2>&1",
    f"cat {_DUMP} 2>/dev/null",
    "screencap -p",
)


@dataclass(frozen=True, slots=True)
class _Parts:
    focus: str
    time: str
    keyboard: str
    said: str
    xml: str
    png: bytes


def observe(line: Line, timeout_s: float) -> Observation:
    """What is on the screen now. A screen that never becomes idle gives no UI dump, but still a screenshot.

    `timeout_s` is for each round trip; there is one, and up to two more when the UI could not be dumped.
    Raises DeviceError.
    """
    started = time.monotonic()
    for _ in range(_DUMP_TRIES):
        mark = f"--{secrets.token_hex(16)}--"
        reply = line.run(f"; echo {mark}; ".join(_PARTS), timeout_s=timeout_s)
        parts = _take_apart(reply, mark)
        if parts.xml:
            break
    package, activity = parse_focus(parts.focus)
    png, secure = _screenshot(line, parts.png, reply, timeout_s)
    width, height = png_size(png)
    seen = _TIME.search(parts.time)
    return Observation(
        png=png,
        width=width,
        height=height,
        xml=parts.xml,
        ui=parse_ui(parts.xml) if parts.xml else None,
        package=package,
        activity=activity,
        device_time=seen[0] if seen else "",
        keyboard_shown="mInputShown=true" in parts.keyboard,
        secure=secure,
        took_s=time.monotonic() - started,
    )


def screenshot(line: Line, timeout_s: float) -> bytes:
    """Only the screenshot, as PNG; of a protected screen a black one. Raises DeviceError."""
    reply = line.run("screencap -p", timeout_s=timeout_s)
    return _screenshot(line, reply.stdout, reply, timeout_s)[0]


def _take_apart(reply: Reply, mark: str) -> _Parts:
    *texts, png = reply.stdout.split(f"{mark}\n".encode(), len(_PARTS) - 1)
    if len(texts) != len(_PARTS) - 1:
        raise DeviceError("the phone's shell broke off an observation", why=reply.text[-300:])
    focus, clock, keyboard, said, xml = (text.decode("utf-8", "replace") for text in texts)
    return _Parts(focus, clock, keyboard, said, xml.strip(), png)


def _screenshot(line: Line, png: bytes, reply: Reply, timeout_s: float) -> tuple[bytes, bool]:
    """The PNG and False, or a black one and True when the window in front may not be captured."""
    if len(png) < 1000:
        complaint = (png + reply.stderr).decode("utf-8", "replace")
        if "Status: -1" in complaint or "Failed" in complaint:
            return _black(line, timeout_s), True
    return png, False


def _black(line: Line, timeout_s: float) -> bytes:
    """A black PNG of the display's size."""
    sizes = re.findall(r"(\d{2,5})x(\d{2,5})", line.run("wm size", timeout_s=timeout_s).text)
    if not sizes:
        raise DeviceError("the phone tells no display size")
    buffer = io.BytesIO()
    Image.new("RGB", (int(sizes[-1][0]), int(sizes[-1][1]))).save(buffer, "PNG")
    return buffer.getvalue()
