"""simctl: what only a simulated phone can do - show its state, be reset, snapshot, fork, move its clock."""

from __future__ import annotations

import json
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Awaitable, Callable
from typing import Any, Final

import jmespath
from jmespath.exceptions import JMESPathError

from simphone.shell.call import Call, Command
from simphone.shell.commands.properties import version
from simphone.shell.errors import CommandError
from simphone.shell.streams import decode

_USAGE: Final = """usage: simctl state [--path JMESPATH]
       simctl reset [--world WORLD] [--patch JSON | --patch-b64 BASE64 | --patch-stdin]
       simctl snapshot save TAG | load TAG | delete TAG | list
       simctl fork [TAG]
       simctl clock show | advance MS | set EPOCH_MS
       simctl dark on|off
       simctl info"""
_MAX_MS: Final = 1 << 46
_ANSWERED: Final = (LookupError, TypeError, ValueError, AttributeError, RecursionError)
"""What a patch that does not fit the state tree makes the phone raise."""


async def _say(call: Call, value: Any) -> None:
    await call.line(json.dumps(value, separators=(",", ":"), sort_keys=True, ensure_ascii=False))


async def _state(call: Call, args: list[str]) -> int:
    state = call.phone.json_state()
    if not args:
        await _say(call, state)
        return 0
    if args[0] != "--path" or len(args) != 2:
        raise CommandError(_USAGE, 2)
    try:
        await _say(call, jmespath.search(args[1], state))
    except JMESPathError as error:
        raise CommandError(f"bad path: {error}", 2) from None
    return 0


async def _reset(call: Call, args: list[str]) -> int:
    world: str | None = None
    patch: dict[str, Any] | None = None
    rest = list(args)
    while rest:
        flag = rest.pop(0)
        if flag == "--patch-stdin":
            patch = _patch(decode(await call.input()))
        elif flag in ("--world", "--patch", "--patch-b64") and rest:
            value = rest.pop(0)
            if flag == "--world":
                world = value
            else:
                patch = _patch(value if flag == "--patch" else _unpacked(value))
        else:
            raise CommandError(_USAGE, 2)
    before = call.phone.snapshot()
    try:
        call.phone.reset(world, patch)
    except _ANSWERED as error:
        call.phone.restore(before)
        raise CommandError(f"cannot reset: {type(error).__name__}: {error}") from None
    return 0


def _unpacked(text: str) -> str:
    try:
        return b64decode(text, validate=True).decode("utf-8")
    except (Base64Error, ValueError):
        raise CommandError("--patch-b64: not the base64 of UTF-8 text", 2) from None


def _patch(text: str) -> dict[str, Any]:
    try:
        patch = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise CommandError(f"the patch is not JSON: {error}", 2) from None
    if not isinstance(patch, dict):
        raise CommandError("the patch must be a JSON object", 2)
    return patch


async def _snapshot(call: Call, args: list[str]) -> int:
    verb, tag = [*args, "", ""][:2]
    if verb == "list":
        await _say(call, call.phone.tags())
        return 0
    if verb not in ("save", "load", "delete") or not tag:
        raise CommandError(_USAGE, 2)
    if verb == "save":
        call.phone.save(tag)
    elif not (call.phone.load if verb == "load" else call.phone.delete)(tag):
        raise CommandError(f"no snapshot '{tag}'; there are: {', '.join(call.phone.tags()) or 'none'}")
    return 0


async def _fork(call: Call, args: list[str]) -> int:
    """A twin in the same state; with a tag, in the state of that snapshot."""
    host = call.shell.host
    if host is None:
        raise CommandError("nothing serves this phone over adb, so a twin would have no port")
    tag = args[0] if args else ""
    if tag and tag not in call.phone.tags():
        raise CommandError(f"no snapshot '{tag}'")
    before = call.phone.snapshot() if tag else b""
    if tag:
        call.phone.load(tag)
    try:
        serial = await host.fork()
    finally:
        if tag:
            call.phone.restore(before)
    await _say(call, {"serial": serial})
    return 0


async def _clock(call: Call, args: list[str]) -> int:
    verb, value = [*args, "show", ""][:2] if args else ("show", "")
    if verb in ("advance", "set"):
        if not value.isdigit() or int(value[:20]) > _MAX_MS:
            raise CommandError(f"clock {verb}: milliseconds, not '{value}'", 2)
        (call.phone.advance if verb == "advance" else call.phone.set_clock)(int(value))
    elif verb != "show":
        raise CommandError(_USAGE, 2)
    clock = call.state["clock"]
    await _say(call, {"epoch_ms": clock["epoch_ms"], "local": call.phone.now().isoformat(), "zone": clock["zone"]})
    return 0


async def _dark(call: Call, args: list[str]) -> int:
    if args not in (["on"], ["off"]):
        raise CommandError(_USAGE, 2)
    call.phone.put_setting("secure", "ui_night_mode", "2" if args == ["on"] else "1")
    return 0


async def _info(call: Call, _args: list[str]) -> int:
    display = call.state["display"]
    size = {"width": display["width"], "height": display["height"], "density": display["density"]}
    await _say(call, {"simulated": True, "version": version(), "world": call.state["world"], "display": size})
    return 0


_VERBS: Final[dict[str, Callable[[Call, list[str]], Awaitable[int]]]] = {
    "clock": _clock,
    "dark": _dark,
    "fork": _fork,
    "info": _info,
    "reset": _reset,
    "snapshot": _snapshot,
    "state": _state,
}


async def _simctl(call: Call) -> int:
    verb = call.args[0] if call.args else ""
    if verb not in _VERBS:
        await call.err(_USAGE)
        return 2
    return await _VERBS[verb](call, call.args[1:])


COMMANDS: Final[dict[str, Command]] = {"simctl": _simctl}
