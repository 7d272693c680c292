"""cmd and service: the shell commands of system services."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Final

from simphone.shell.call import Call, Command
from simphone.shell.commands import activity, dumpsys, packages, roles, settings
from simphone.shell.errors import CommandError


def _forward(name: str, command: Command) -> Callable[[Call, list[str]], Awaitable[int]]:
    async def forward(call: Call, args: list[str]) -> int:
        return await command(replace(call, name=name, args=args))

    return forward


def _other(name: str) -> Callable[[Call, list[str]], Awaitable[int]]:
    """The same words as another command: cmd window size is wm size."""

    async def other(call: Call, args: list[str]) -> int:
        return await call.shell.execute([name, *args])

    return other


def _switch(namespace: str, key: str) -> Callable[[Call, list[str]], Awaitable[int]]:
    """cmd X enable|disable over a setting."""

    async def switch(call: Call, args: list[str]) -> int:
        words = {"enable": "1", "enabled": "1", "on": "1", "disable": "0", "disabled": "0", "off": "0"}
        value = next((words[word] for word in args if word in words), None)
        if value is not None:
            call.phone.put_setting(namespace, key, value)
        return 0

    return switch


async def _connectivity(call: Call, args: list[str]) -> int:
    if args[:1] == ["airplane-mode"]:
        if len(args) == 1:
            on = call.phone.setting("global", "airplane_mode_on") == "1"
            await call.line("enabled" if on else "disabled")
            return 0
        return await _switch("global", "airplane_mode_on")(call, args[1:])
    return await _unknown(call, args)


async def _unknown(call: Call, args: list[str]) -> int:
    await call.err(f"Unknown command: {args[0]}" if args else "No command")
    return 255


async def _uimode(call: Call, args: list[str]) -> int:
    values = {"no": "1", "yes": "2", "auto": "0", "custom_schedule": "3", "custom_bedtime": "3"}
    if args[:1] != ["night"]:
        return await _unknown(call, args) if args[:1] not in (["car"], ["time"]) else 0
    if len(args) > 1:
        if args[1] not in values:
            await call.err(f"Error: unknown mode {args[1]}")
            return 255
        call.phone.put_setting("secure", "ui_night_mode", values[args[1]])
    now = call.phone.setting("secure", "ui_night_mode", "1")
    await call.line(f"Night mode: {next((name for name, value in values.items() if value == now), 'no')}")
    return 0


async def _wifi(call: Call, args: list[str]) -> int:
    if args[:1] == ["set-wifi-enabled"]:
        return await _switch("global", "wifi_on")(call, args[1:])
    if args[:1] == ["status"]:
        on = call.phone.setting("global", "wifi_on") in ("1", "2")
        await call.line(f"Wifi is {'enabled' if on else 'disabled'}")
        if on:
            await call.line('Wifi is connected to "AndroidWifi"')
        return 0
    return 0 if args and args[0].startswith(("list-", "start-scan", "connect-network")) else await _unknown(call, args)


async def _notification(call: Call, args: list[str]) -> int:
    if args[:1] in (["post"], ["notify"]):
        return await _post(call, args[1:])
    if args[:1] == ["list"]:
        for note in call.state["notifications"]:
            await call.line(f"0|{note['app']}|0|{note['key']}|10000")
    if args[:1] == ["set_dnd"] and len(args) > 1:
        modes = {"on": "1", "priority": "1", "none": "2", "alarms": "3", "off": "0", "all": "0"}
        call.phone.put_setting("global", "zen_mode", modes.get(args[1], "0"))
    return 0


async def _post(call: Call, args: list[str]) -> int:
    """cmd notification post [-t TITLE] .. TAG TEXT."""
    title, rest = "", list(args)
    operands: list[str] = []
    while rest:
        word = rest.pop(0)
        if word in ("-t", "--title"):
            title = rest.pop(0) if rest else ""
        elif word.startswith("-"):
            rest[:1] = []
        else:
            operands.append(word)
    if not operands:
        await call.err("usage: cmd notification post [flags] <tag> <text>")
        return 255
    tag, text = operands[0], " ".join(operands[1:])
    notes = [note for note in call.state["notifications"] if (note["app"], note["key"]) != ("shell", tag)]
    note = {"app": "shell", "key": tag, "title": title or "Shell command", "text": text, "data": ""}
    call.state["notifications"] = [*notes, note | {"when_ms": call.state["clock"]["epoch_ms"]}]
    call.phone.changed()
    await call.line(f'posting:\n  Notification(channel=shell_cmd title="{title}")')
    return 0


async def _statusbar(call: Call, args: list[str]) -> int:
    verb = args[0] if args else ""
    if verb == "expand-notifications":
        call.phone.pull_shade()
    elif verb == "expand-settings":
        call.phone.pull_shade()
        call.phone.pull_shade()
    elif verb == "collapse":
        call.phone.pull_shade(down=False)
    elif verb not in ("add-tile", "remove-tile", "click-tile", "check-support", "get-status-icons", "tracing"):
        return await _unknown(call, args)
    return 0


async def _clipboard(call: Call, args: list[str]) -> int:
    if args[:1] in (["get"], ["get-text"], ["get-primary-clip"]):
        await call.line(str(call.state["clipboard"]))
    elif args[:1] in (["set"], ["set-text"], ["set-primary-clip"]):
        call.state["clipboard"] = " ".join(args[1:])
        call.phone.changed()
    elif args[:1] == ["clear"]:
        call.state["clipboard"] = ""
    else:
        return await _unknown(call, args)
    return 0


async def _overlay(call: Call, args: list[str]) -> int:
    if args[:1] == ["list"]:
        gestures = call.phone.setting("secure", "navigation_mode", "2") == "2"
        await call.line("android")
        await call.line(f"[{'x' if gestures else ' '}] com.android.internal.systemui.navbar.gestural")
        await call.line(f"[{' ' if gestures else 'x'}] com.android.internal.systemui.navbar.threebutton")
    return 0


async def _locale(call: Call, args: list[str]) -> int:
    if args[:1] == ["get-app-locales"]:
        await call.line(f"Locales for {args[1] if len(args) > 1 else ''} for user 0 are []")
    return 0


async def _location(call: Call, args: list[str]) -> int:
    if args[:1] == ["set-location-enabled"]:
        on = "true" in args
        call.phone.put_setting("secure", "location_mode", "3" if on else "0")
    elif args[:1] == ["is-location-enabled"]:
        await call.line(str(call.phone.setting("secure", "location_mode", "3") != "0").lower())
    return 0


async def _alarm(call: Call, args: list[str]) -> int:
    """set-time MILLISECONDS, set-timezone ZONE: what the shell user may do without root."""
    if args[:1] == ["set-time"] and len(args) > 1 and args[1].isdigit():
        call.phone.set_clock(int(args[1][:15]))
        return 0
    if args[:1] == ["set-timezone"] and len(args) > 1:
        return await call.shell.execute(["setprop", "persist.sys.timezone", args[1]])
    return await _unknown(call, args)


async def _quiet(_call: Call, _args: list[str]) -> int:
    return 0


_CMD: Final[dict[str, Callable[[Call, list[str]], Awaitable[int]]]] = {
    "activity": _forward("am", activity.am),
    "activity_task": _forward("am", activity.am),
    "alarm": _alarm,
    "appops": _forward("appops", settings.appops),
    "battery": lambda call, args: call.shell.execute(["dumpsys", "battery", *args]),
    "bluetooth_manager": _switch("global", "bluetooth_on"),
    "clipboard": _clipboard,
    "connectivity": _connectivity,
    "deviceidle": _quiet,
    "display": _quiet,
    "dropbox": _quiet,
    "input": _other("input"),
    "input_method": _forward("ime", settings.ime),
    "jobscheduler": _quiet,
    "locale": _locale,
    "location": _location,
    "lock_settings": _other("locksettings"),
    "media_session": _quiet,
    "netpolicy": _quiet,
    "notification": _notification,
    "overlay": _overlay,
    "package": _forward("pm", packages.pm),
    "phone": _quiet,
    "power": _quiet,
    "role": roles.role,
    "settings": _other("settings"),
    "shortcut": _quiet,
    "statusbar": _statusbar,
    "stats": _quiet,
    "testharness": _quiet,
    "uimode": _uimode,
    "usagestats": _quiet,
    "vibrator_manager": _quiet,
    "wallpaper": _quiet,
    "wifi": _wifi,
    "window": _other("wm"),
}


async def _cmd(call: Call) -> int:
    args = [word for at, word in enumerate(call.args) if not (at == 0 and word == "-w")]
    if args[:1] == ["-l"]:
        await call.out("Currently running services:\n", "".join(f"  {name}\n" for name in sorted(_CMD)))
        return 0
    if not args:
        raise CommandError("No service specified; use -l to list all running services. Use -w to start and wait.", 20)
    if args[0] not in _CMD:
        raise CommandError(f"Can't find service: {args[0]}", 20)
    return await _CMD[args[0]](call, args[1:])


async def _service(call: Call) -> int:
    verb, name = [*call.args, "", ""][:2]
    names = sorted({*_CMD, *dumpsys.SERVICES})
    if verb == "list":
        await call.line(f"Found {len(names)} services:")
        await call.out("".join(f"{at}\t{each}: [simphone.{each}]\n" for at, each in enumerate(names)))
    elif verb == "check":
        await call.line(f"Service {name}: {'found' if name in names else 'not found'}")
    elif verb == "call":
        return await _service_call(call, name)
    else:
        await call.err("Usage: service list\n       service check SERVICE\n       service call SERVICE CODE")
        return 10
    return 0


async def _service_call(call: Call, name: str) -> int:
    """Of all binder calls only the alarm manager's setTimeZone (3) does something."""
    words = call.args[2:]
    if name == "alarm" and words[:2] == ["3", "s16"] and len(words) > 2:
        await call.shell.execute(["setprop", "persist.sys.timezone", words[2]])
    await call.line("Result: Parcel(00000000    '....')")
    return 0


COMMANDS: Final[dict[str, Command]] = {"cmd": _cmd, "service": _service}
