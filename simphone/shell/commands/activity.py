"""am and monkey: starting and stopping apps, broadcasts, tasks."""

from __future__ import annotations

import asyncio
import random
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Awaitable, Callable
from typing import Any, Final

from simphone.core.app import Intent
from simphone.shell import intents
from simphone.shell.call import Call, Command
from simphone.shell.commands.apps import launcher, tasks
from simphone.shell.errors import CommandError
from simphone.shell.intents import Parsed

_ADB_KEYBOARD: Final = "com.android.adbkeyboard/"
_U2_KEYBOARD: Final = "com.github.uiautomator/"
_LAUNCH_MS: Final = 420
"""What -W tells: a fixed figure, since the simulated phone has no launch time of its own."""
_MAX_EVENTS: Final = 5_000
_BREATHE: Final = 20
"""After so many events other phones of the process get their turn."""
_MAX_TEXT: Final = 100_000


# --- am start -----------------------------------------------------------------------------------------------------
async def _start(call: Call, args: list[str]) -> int:
    parsed = intents.parse(args)
    intent = parsed.intent
    await call.line(f"Starting: {intents.describe(parsed)}")
    if parsed.package and not intent.component:
        intent.component = launcher(call, parsed.package) if intent.action.endswith(".MAIN") else ""
    intent.action = intent.action or "android.intent.action.MAIN"
    if "-S" in parsed.switches and intent.component:
        call.phone.force_stop(intent.component.partition("/")[0])
    before = (call.phone.foreground(), set(call.state["ui"]))
    component = call.phone.start(intent)
    if not component:
        return await _not_started(call, parsed)
    if before[0] == call.phone.foreground() and before[1] == set(call.state["ui"]):
        await call.err(
            "Warning: Activity not started, intent has been delivered to currently running top-most instance."
        )
    if "-W" in parsed.switches:
        launch = "COLD" if before[1] != set(call.state["ui"]) else "HOT"
        await call.line(f"Status: ok\nLaunchState: {launch}\nActivity: {intents.short(component)}")
        await call.line(f"TotalTime: {_LAUNCH_MS}\nWaitTime: {_LAUNCH_MS + 4}\nComplete")
    return 0


async def _not_started(call: Call, parsed: Parsed) -> int:
    if parsed.intent.component:
        name = "{" + parsed.intent.component + "}"
        await call.err(f"Error type 3\nError: Activity class {name} does not exist.")
    else:
        await call.err(f"Error: Activity not started, unable to resolve {intents.describe(parsed)}")
    return 1


async def _start_service(call: Call, args: list[str]) -> int:
    parsed = intents.parse(args)
    await call.line(f"Starting service: {intents.describe(parsed)}")
    return 0


# --- am broadcast -------------------------------------------------------------------------------------------------
async def _broadcast(call: Call, args: list[str]) -> int:
    parsed = intents.parse(args)
    shown = intents.describe(parsed).replace(" (has extras)", "").replace(" }", " flg=0x400000")
    await call.line(f"Broadcasting: {shown}{' (has extras)' if parsed.intent.extras else ''} }}")
    result = _receive(call, parsed.intent)
    await call.line(f"Broadcast completed: {result}")
    return 0


def _receive(call: Call, intent: Intent) -> str:
    """What the receivers on this phone do; their result. Unknown actions reach nobody."""
    ime = call.phone.setting("secure", "default_input_method")
    action, extras = intent.action, intent.extras
    if action in _IME_ACTIONS:
        if ime.startswith(_ADB_KEYBOARD):
            _IME_ACTIONS[action](call, extras)
        return "result=0"
    if action.startswith("ADB_KEYBOARD_"):
        if ime.startswith(_U2_KEYBOARD):
            _u2_keyboard(call, action, extras)
            return "result=-1"
        return "result=0"
    if action == "clipper.set":
        call.state["clipboard"] = str(extras.get("text", ""))
        return 'result=-1, data="Text is copied into clipboard."'
    if action == "clipper.get":
        return f'result=-1, data="{call.state["clipboard"]}"'
    if action == "android.intent.action.CLOSE_SYSTEM_DIALOGS":
        call.phone.pull_shade(down=False)
    elif action == "android.intent.action.AIRPLANE_MODE":
        on = "1" if extras.get("state") else "0"
        call.phone.put_setting("global", "airplane_mode_on", on)
    return "result=0"


def _decoded(text: object) -> str:
    try:
        return b64decode(str(text) + "==", validate=False).decode("utf-8", "replace")
    except (Base64Error, ValueError):
        return ""


def _type(call: Call, text: str) -> None:
    if text:
        call.phone.type_text(text[:_MAX_TEXT])


def _type_chars(call: Call, extras: dict[str, Any]) -> None:
    codes = [code for code in extras.get("chars", []) if isinstance(code, int)]
    _type(call, "".join(chr(code) for code in codes if 0 < code < 0xD800 or 0xE000 <= code <= 0x10FFFF))


def _key(call: Call, extras: dict[str, Any]) -> None:
    call.phone.key(int(extras.get("code", 0)))


def _editor_action(call: Call, _extras: dict[str, Any]) -> None:
    call.phone.key(66)


_IME_ACTIONS: Final[dict[str, Callable[[Call, dict[str, Any]], None]]] = {
    "ADB_CLEAR_TEXT": lambda call, _extras: call.phone.clear_text(),
    "ADB_EDITOR_CODE": _editor_action,
    "ADB_INPUT_B64": lambda call, extras: _type(call, _decoded(extras.get("msg", ""))),
    "ADB_INPUT_CHARS": _type_chars,
    "ADB_INPUT_CODE": _key,
    "ADB_INPUT_TEXT": lambda call, extras: _type(call, str(extras.get("msg", ""))),
}
"""Broadcasts of the ADB keyboard (com.android.adbkeyboard)."""


def _u2_keyboard(call: Call, action: str, extras: dict[str, Any]) -> None:
    """Broadcasts of uiautomator2's keyboard."""
    verb = action.removeprefix("ADB_KEYBOARD_")
    if verb == "SET_TEXT":
        call.phone.clear_text()
    if verb in ("SET_TEXT", "INPUT_TEXT"):
        _type(call, _decoded(extras.get("text", "")))
    elif verb == "CLEAR_TEXT":
        call.phone.clear_text()
    elif verb in ("SMART_ENTER", "EDITOR_CODE"):
        call.phone.key(66)
    elif verb == "INPUT_KEYCODE":
        call.phone.key(int(extras.get("code", 0)))
    elif verb == "HIDE":
        call.state["keyboard"]["shown"] = False
        call.phone.changed()


# --- am, the rest -------------------------------------------------------------------------------------------------
async def _force_stop(call: Call, args: list[str]) -> int:
    packages = _without_user(args)
    if not packages:
        raise CommandError('java.lang.IllegalArgumentException: Argument expected after "force-stop"', 255)
    for package in packages:
        call.phone.force_stop(package)
    return 0


def _without_user(args: list[str]) -> list[str]:
    """Arguments without `--user N`."""
    left = list(args)
    while "--user" in left:
        at = left.index("--user")
        del left[at : at + 2]
    return [word for word in left if not word.startswith("-")]


async def _stack(call: Call, args: list[str]) -> int:
    if args[:1] == ["remove"] or args[:1] == ["remove-task"]:
        return await _remove_task(call, args[1:])
    if args[:1] not in (["list"], ["info"]):
        await call.err("Error: unknown command")
        return 255
    metrics = call.phone.metrics
    bounds = f"[0,0][{metrics.width},{metrics.height}]"
    dp = min(metrics.width, metrics.height) * 160 // metrics.density
    for task in tasks(call):
        kind = "home" if task.home else "standard"
        where = f"bounds={bounds} userId=0 visible={str(task.visible).lower()}"
        await call.line(f"RootTask id={task.id} bounds={bounds} displayId=0 userId=0")
        await call.line(
            f" configuration={{1.0 310mcc260mnc [en_US] ldltr sw{dp}dp {metrics.density}dpi mActivityType={kind}}}"
        )
        await call.line(f"  taskId={task.id}: {task.component} {where} topActivity=ComponentInfo{{{task.component}}}\n")
    return 0


async def _remove_task(call: Call, args: list[str]) -> int:
    if not args or not args[0].isdigit():
        raise CommandError('java.lang.IllegalArgumentException: Argument expected after "remove"', 255)
    call.phone.remove_task(int(args[0][:9]))
    return 0


async def _task(call: Call, args: list[str]) -> int:
    if args[:1] == ["lock"] and args[1:] not in ([], ["stop"]):
        return 0
    if args[:1] == ["lock"]:
        await call.line("Activity manager is not in lockTaskMode")
    return 0


async def _instrument(call: Call, _args: list[str]) -> int:
    await call.line("INSTRUMENTATION_STATUS: Error=Unable to find instrumentation info on the simulated phone")
    await call.line("INSTRUMENTATION_STATUS_CODE: -1")
    return 1


async def _user(call: Call, _args: list[str]) -> int:
    await call.line("0")
    return 0


async def _done(_call: Call, _args: list[str]) -> int:
    return 0


_AM: Final[dict[str, Callable[[Call, list[str]], Awaitable[int]]]] = {
    "broadcast": _broadcast,
    "clear-debug-app": _done,
    "compact": _done,
    "crash": _force_stop,
    "force-stop": _force_stop,
    "get-current-user": _user,
    "idle-maintenance": _done,
    "instrument": _instrument,
    "kill": _done,
    "kill-all": _done,
    "set-debug-app": _done,
    "stack": _stack,
    "start": _start,
    "start-activity": _start,
    "start-foreground-service": _start_service,
    "start-service": _start_service,
    "startservice": _start_service,
    "stop-app": _force_stop,
    "stop-service": _done,
    "switch-user": _done,
    "task": _task,
    "wait-for-broadcast-idle": _done,
}


async def am(call: Call) -> int:
    """The activity manager; also `cmd activity`."""
    verb, rest = (call.args[0], call.args[1:]) if call.args else ("", [])
    if verb not in _AM:
        await call.err(f"Unknown command: {verb}" if verb else "Activity manager (activity) commands: see am help")
        return 255
    try:
        return await _AM[verb](call, rest)
    except CommandError as error:
        await call.err(f"\nException occurred while executing '{verb}':\n{error}")
        return error.status


# --- monkey -------------------------------------------------------------------------------------------------------
_MONKEY_VALUES: Final = frozenset(["-p", "-c", "-s", "--throttle", "--port", "--pkg-blacklist-file", "-f"])


async def _monkey(call: Call) -> int:
    options: dict[str, str] = {}
    rest, operands = list(call.args), []
    while rest:
        word = rest.pop(0)
        if word in _MONKEY_VALUES:
            options[word] = rest.pop(0) if rest else ""
        elif word[:2] in ("-p", "-c", "-s") and len(word) > 2 and not word.startswith("--"):
            options[word[:2]] = word[2:]
        elif word.startswith("--pct-") and not word.partition("=")[2]:
            rest[:1] = []
        elif not word.startswith("-"):
            operands.append(word)
    if not operands or not operands[-1].isdigit():
        await call.err("** Error: Count not specified" if not operands else f"** Error: bad count {operands[-1]}")
        return 251
    count = min(int(operands[-1][:9]), _MAX_EVENTS)
    package = options.get("-p", "")
    if package and not launcher(call, package):
        await call.line("** No activities found to run, monkey aborted.")
        return 252
    seed = int(options["-s"]) if options.get("-s", "").lstrip("-").isdigit() else 0
    await call.line(f"  bash arg: -p\n  bash arg: {package}" if package else f"  bash arg: {count}")
    if package:
        call.phone.launch(package)
    await _random_events(call, count - 1, seed)
    await call.line(f"Events injected: {count}")
    await call.line("## Network stats: elapsed time=0ms (0ms mobile, 0ms wifi, 0ms not connected)")
    return 0


async def _random_events(call: Call, count: int, seed: int) -> None:
    """Seeded taps, swipes and keys: the same seed always gives the same events."""
    choose = random.Random(seed)
    metrics = call.phone.metrics
    for at in range(count):
        if at % _BREATHE == 0:
            await asyncio.sleep(0)
        x, y = choose.randrange(metrics.width), choose.randrange(metrics.height)
        kind = choose.random()
        if kind < 0.7:
            call.phone.tap(x, y)
        elif kind < 0.9:
            call.phone.swipe(x, y, choose.randrange(metrics.width), choose.randrange(metrics.height), 300)
        else:
            call.phone.key(choose.choice((4, 19, 20, 21, 22, 66)))


COMMANDS: Final[dict[str, Command]] = {"am": am, "monkey": _monkey}
