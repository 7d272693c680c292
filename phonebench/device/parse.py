"""What a phone tells, parsed: window focus, screenshots. All of it is untrusted input."""

from __future__ import annotations

import re
import struct
from typing import Final

from phonebench.schema.errors import DeviceError

_FOCUS: Final = re.compile(r"(?:mCurrentFocus|mFocusedApp|mResumedActivity)=.*?\s([\w.]+)/([\w.$]+)")
_WINDOW: Final = re.compile(r"Window\{([0-9a-f]+) ")
_FLAGS: Final = re.compile(r"\bfl=(?:#([0-9a-f]+)|([A-Z_ ]*))")
_FLAG_SECURE: Final = 0x2000
_PAIR: Final = re.compile(r"&#(\d{5});&#(\d{5});")
_REFERENCE: Final = re.compile(r"&#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}));")
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
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


def secure_in_front(dumpsys: str) -> bool:
    """Whether the focused window of a `dumpsys window` forbids screenshots (WindowManager.LayoutParams.FLAG_SECURE).

    Flags are names (Android 9 and later) or a hexadecimal number.
    """
    focus = _WINDOW.search(dumpsys[dumpsys.rfind("mCurrentFocus=") :]) if "mCurrentFocus=" in dumpsys else None
    if focus is None:
        return False
    inside = False
    for line in dumpsys.splitlines():
        if "Window #" in line:
            found = _WINDOW.search(line)
            inside = found is not None and found[1] == focus[1]
        elif inside and (flags := _FLAGS.search(line)):
            return bool(int(flags[1], 16) & _FLAG_SECURE) if flags[1] else "SECURE" in flags[2].split()
    return False


def well_formed(xml: str) -> str:
    """A UI dump without characters that XML 1.0 forbids: apps put any into their texts, and some phones let them by.

    Halves of a character pair, which old serialisers write as two references, are put together.
    """
    xml = _PAIR.sub(_joined, xml)
    xml = _REFERENCE.sub(lambda m: m[0] if _allowed(int(m[2]) if m[2] else int(m[1], 16)) else "\ufffd", xml)
    return _FORBIDDEN.sub("\ufffd", xml)


def _joined(pair: re.Match[str]) -> str:
    high, low = int(pair[1]), int(pair[2])
    if 0xD800 <= high < 0xDC00 <= low < 0xE000:
        return chr(0x10000 + ((high - 0xD800) << 10) + low - 0xDC00)
    return pair[0]


def _allowed(code: int) -> bool:
    return code in (9, 10, 13) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF
