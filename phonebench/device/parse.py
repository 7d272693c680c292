"""What a phone tells, parsed: window focus, screenshots. All of it is untrusted input."""

from __future__ import annotations

import re
import struct
from typing import Final

from phonebench.schema.errors import DeviceError

_FOCUS: Final = re.compile(r"(?:mCurrentFocus|mFocusedApp|mResumedActivity)=.*?\s([\w.]+)/([\w.$]+)")
_PNG_MAGIC: Final = b"\x89PNG\r\n\x1a\n"
_PNG_END: Final = b"IEND\xaeB`\x82"
_MAX_SIDE: Final = 32_768


def parse_focus(dumpsys: str) -> tuple[str, str]:
    """(package, activity class written out) of the focused window; empty strings when it is no activity's.

    `mCurrentFocus=Window{1a2b u0 PACKAGE/ACTIVITY}` goes before `mFocusedApp=ActivityRecord{1a2b u0 PACKAGE/.Cls t7}`.
    """
    matches = {match[0].split("=")[0]: match for match in _FOCUS.finditer(dumpsys)}
    match = matches.get("mCurrentFocus") or next(iter(matches.values()), None)
    if match is None:
        return "", ""
    package, activity = match[1], match[2]
    return package, package + activity if activity.startswith(".") else activity


def png_size(png: bytes) -> tuple[int, int]:
    """Width and height in pixels. Raises DeviceError when it is no whole PNG (chunks of PNG 1.2, section 5)."""
    if not png.startswith(_PNG_MAGIC) or png[12:16] != b"IHDR" or len(png) < 33:
        raise DeviceError("the screenshot is no PNG", why=f"It begins with {png[:24]!r} ({len(png)} bytes).")
    if not png.endswith(_PNG_END):
        raise DeviceError(f"the screenshot was cut off after {len(png)} bytes")
    width, height = struct.unpack(">II", png[16:24])
    if not (0 < width <= _MAX_SIDE and 0 < height <= _MAX_SIDE):
        raise DeviceError(f"the screenshot claims to be {width}x{height}")
    return width, height
