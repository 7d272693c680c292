"""Looking and touching: input, screencap, uiautomator, wm, screenrecord."""

from __future__ import annotations

import asyncio
import math
import re
import struct
from collections.abc import Awaitable, Callable
from typing import Final

from simphone.shell.call import Call, Command
from simphone.shell.errors import CommandError
from simphone.shell.keycodes import META, keycode
from simphone.shell.streams import Pipe

_SOURCES: Final = frozenset(
    "keyboard dpad gamepad touchscreen mouse stylus trackball touchpad touchnavigation joystick rotaryencoder".split()
)
_MAX_KEYS: Final = 10_000


# --- input --------------------------------------------------------------------------------------------------------
class _Usage(Exception):
    """The arguments of an input command do not fit."""


def _point(text: str) -> float:
    try:
        number = float(text[:40])
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise CommandError(f'java.lang.NumberFormatException: For input string: "{text}"', 255)
    return number


def _points(args: list[str], least: int, most: int) -> list[float]:
    if not least <= len(args) <= most:
        raise _Usage
    return [_point(text) for text in args]


def _duration(text: str | None, default: int) -> int:
    return max(0, min(int(_point(text)), 600_000)) if text is not None else default


async def _tap(call: Call, args: list[str]) -> None:
    x, y = _points(args, 2, 2)
    call.phone.tap(x, y)


async def _swipe(call: Call, args: list[str]) -> None:
    x1, y1, x2, y2 = _points(args[:4], 4, 4)
    ms = _duration(args[4] if len(args) > 4 else None, 300)
    if call.args and "draganddrop" in call.args:
        call.phone.drag(x1, y1, x2, y2, ms or 300)
    else:
        call.phone.swipe(x1, y1, x2, y2, ms or 300)


async def _text(call: Call, args: list[str]) -> None:
    """Only what has keys can be typed this way, as on a phone."""
    if not args:
        raise _Usage
    text = args[0].replace("%s", " ")
    if not all(" " <= char <= "~" or char in "\n\t" for char in text):
        raise CommandError("java.lang.NullPointerException: Attempt to get length of null array", 255)
    for at, piece in enumerate(text.split("\n")):
        if at:
            call.phone.key(66)
        if piece:
            call.phone.type_text(piece)


async def _keyevent(call: Call, args: list[str]) -> None:
    flags = {arg for arg in args if arg.startswith("--")}
    names = [arg for arg in args if not arg.startswith("--")]
    if not names or len(names) > _MAX_KEYS:
        raise _Usage
    for name in names:
        for _ in range(2 if "--doubletap" in flags else 1):
            call.phone.key(keycode(name), longpress="--longpress" in flags)


async def _keycombination(call: Call, args: list[str]) -> None:
    names = args[2:] if args[:1] == ["-t"] else args
    codes = [keycode(name) for name in names]
    if len(codes) < 2:
        raise _Usage
    meta = 0
    for code in codes:
        meta |= META.get(code, 0)
    for code in codes:
        if code not in META:
            call.phone.key(code, meta=meta)


async def _motionevent(call: Call, args: list[str]) -> None:
    """DOWN, MOVE and UP of separate calls become one gesture when the finger leaves the screen."""
    kind = args[0].upper() if args else ""
    if kind == "CANCEL":
        call.phone.finger("cancel")
    elif kind in ("DOWN", "MOVE", "UP") and len(args) == 3:
        x, y = _points(args[1:], 2, 2)
        call.phone.finger("down" if kind == "DOWN" else "move" if kind == "MOVE" else "up", x, y)
    else:
        raise _Usage


async def _nothing(_call: Call, _args: list[str]) -> None:
    """roll and press: no trackball."""


_INPUT: Final[dict[str, Callable[[Call, list[str]], Awaitable[None]]]] = {
    "draganddrop": _swipe,
    "keycombination": _keycombination,
    "keyevent": _keyevent,
    "motionevent": _motionevent,
    "press": _nothing,
    "roll": _nothing,
    "scroll": _nothing,
    "swipe": _swipe,
    "tap": _tap,
    "text": _text,
}


async def _input(call: Call) -> int:
    args = list(call.args)
    if args and args[0] in _SOURCES:
        args.pop(0)
    if args[:1] == ["-d"]:
        args = args[2:]
    if not args:
        await call.err("Usage: input [<source>] [-d DISPLAY_ID] <command> [<arg>...]")
        return 255
    name, rest = args[0], args[1:]
    if name not in _INPUT:
        await call.err(f"Unknown command: {name}")
        return 255
    try:
        await _INPUT[name](call, rest)
    except _Usage:
        await call.err(f"Error: Invalid arguments for command: {name}")
        return 255
    except CommandError as error:
        await call.err(f"\nException occurred while executing '{name}':\n{error}")
        return error.status
    return 0


# --- pictures -----------------------------------------------------------------------------------------------------
async def _screencap(call: Call) -> int:
    options, operands = call.options("hpd:a", "hint-for-seamless")
    if "h" in options:
        await call.err("usage: screencap [-ahp] [-d display-id] [FILENAME]")
        return 1
    target = operands[0] if operands else ""
    if "p" in options or target.endswith(".png"):
        data = call.phone.png()
    else:
        # Raw: width, height, PIXEL_FORMAT_RGBA_8888, ADATASPACE_UNKNOWN, then the rows (frameworks/base screencap).
        metrics = call.phone.metrics
        data = struct.pack("<4I", metrics.width, metrics.height, 1, 0) + call.phone.rgba()
    if target:
        call.files.write(call.path(target), data)
    else:
        await call.io.stdout.write(data)
    return 0


async def _uiautomator(call: Call) -> int:
    if call.args[:1] != ["dump"]:
        await call.err(
            "Usage: uiautomator <subcommand> [options]\n\nAvailable subcommands:\n\nhelp, runtest, dump, events"
        )
        return 1
    operands = [arg for arg in call.args[1:] if not arg.startswith("--")]
    target = operands[0] if operands else "/sdcard/window_dump.xml"
    xml = call.phone.xml()
    if target in ("/dev/tty", "/dev/stdout", "/proc/self/fd/1"):
        await call.out(xml)
    else:
        call.files.write(call.path(target), xml.encode("utf-8", "replace"))
    await call.line(f"UI hierchary dumped to: {target}")
    return 0


_MP4: Final = struct.pack(">I4s4sI4s4s", 24, b"ftyp", b"isom", 0x200, b"isom", b"mp42") + struct.pack(
    ">I4s", 8, b"mdat"
)
"""An MP4 without pictures: the simulated phone does not film, it only answers as if."""


async def _screenrecord(call: Call) -> int:
    """Runs until the client leaves or kills it."""
    operands = [arg for arg in call.args if not arg.startswith("-")]
    if not operands:
        await call.err("Must specify output file (see --help).")
        return 2
    call.files.write(call.path(operands[-1]), _MP4)
    await until_closed(call)
    return 0


async def until_closed(call: Call) -> None:
    """Wait until nobody reads stdout any more; without a pipe until the session is cancelled."""
    if isinstance(call.io.stdout, Pipe):
        await call.io.stdout.broken()
    else:
        await asyncio.Event().wait()


# --- wm -----------------------------------------------------------------------------------------------------------
async def _wm(call: Call) -> int:
    verb, rest = (call.args[0], call.args[1:]) if call.args else ("", [])
    if rest[:1] == ["-d"]:
        rest = rest[2:]
    if verb == "size":
        return await _wm_size(call, rest)
    if verb == "density":
        return await _wm_density(call, rest)
    if verb in ("user-rotation", "set-user-rotation"):
        return await _wm_rotation(call, rest)
    if verb in ("dismiss-keyguard", "overscan", "set-ignore-orientation-request", "folded-area", "scaling", "reset"):
        return 0
    await call.err(f"Unknown command: {verb}")
    return 255


async def _wm_size(call: Call, args: list[str]) -> int:
    display = call.state["display"]
    physical = display.get("physical", [display["width"], display["height"]])
    if not args:
        await call.line(f"Physical size: {physical[0]}x{physical[1]}")
        if physical != [display["width"], display["height"]]:
            await call.line(f"Override size: {display['width']}x{display['height']}")
        return 0
    match = re.fullmatch(r"(\d{3,4})x(\d{3,4})", args[0])
    if args[0] != "reset" and (match is None or min(int(match[1]), int(match[2])) < 200):
        await call.err(f"Error: bad size {args[0]}")
        return 255
    width, height = (int(match[1]), int(match[2])) if match else physical
    display |= {"width": width, "height": height, "physical": physical}
    if physical == [width, height]:
        del display["physical"]
    call.phone.changed()
    return 0


async def _wm_density(call: Call, args: list[str]) -> int:
    display = call.state["display"]
    physical = display.get("physical_density", display["density"])
    if not args:
        await call.line(f"Physical density: {physical}")
        if physical != display["density"]:
            await call.line(f"Override density: {display['density']}")
        return 0
    if args[0] != "reset" and not (args[0].isdigit() and 72 <= int(args[0][:5]) <= 1000):
        await call.err("Error: density must be between 72 and 1000")
        return 255
    display |= {"density": physical if args[0] == "reset" else int(args[0]), "physical_density": physical}
    if display["density"] == physical:
        del display["physical_density"]
    call.phone.changed()
    return 0


async def _wm_rotation(call: Call, args: list[str]) -> int:
    if not args:
        free = call.phone.setting("system", "accelerometer_rotation") == "1"
        await call.line("free" if free else f"lock {call.phone.setting('system', 'user_rotation', '0')}")
        return 0
    if args[0] == "lock" and len(args) > 1 and args[1] in ("0", "1", "2", "3"):
        call.phone.put_setting("system", "user_rotation", args[1])
    call.phone.put_setting("system", "accelerometer_rotation", "1" if args[0] == "free" else "0")
    return 0


COMMANDS: Final[dict[str, Command]] = {
    "input": _input,
    "screencap": _screencap,
    "screenrecord": _screenrecord,
    "uiautomator": _uiautomator,
    "wm": _wm,
}
