"""Settings and switches: settings, svc, ime, appops, locksettings."""

from __future__ import annotations

from typing import Any, Final

from simphone.shell.call import Call, Command

NAMESPACES: Final = ("system", "secure", "global")
_GBOARD: Final = "com.google.android.inputmethod.latin/com.android.inputmethod.latin.LatinIME"
_KNOWN_IMES: Final = {
    "com.google.android.inputmethod.latin": _GBOARD,
    "com.android.adbkeyboard": "com.android.adbkeyboard/.AdbIME",
    "com.github.uiautomator": "com.github.uiautomator/.AdbKeyboard",
}


async def _settings(call: Call) -> int:
    args = list(call.args)
    while "--user" in args:
        at = args.index("--user")
        del args[at : at + 2]
    verb, namespace, key, value = [*args, "", "", "", ""][:4]
    if verb not in ("get", "put", "delete", "list", "reset") or not namespace:
        await call.err("Settings provider (settings) commands: help, get, put, delete, reset, list")
        return 255
    if namespace not in NAMESPACES:
        await call.err(f"Error: Invalid namespace '{namespace}'")
        return 255
    values: dict[str, str] = call.state["settings"][namespace]
    if verb == "list":
        await call.out("".join(f"{name}={values[name]}\n" for name in sorted(values)))
        return 0
    if not key:
        await call.err("Error: Bad arguments")
        return 255
    if verb == "get":
        await call.line(values.get(key, "null"))
    elif verb == "put":
        if len(args) < 4:
            await call.err("Error: Bad arguments")
            return 255
        call.phone.put_setting(namespace, key, value)
    elif verb == "delete":
        count = int(key in values)
        call.phone.put_setting(namespace, key, None)
        await call.line(f"Deleted {count} rows")
    return 0


# --- svc ----------------------------------------------------------------------------------------------------------
_RADIOS: Final = {"wifi": "wifi_on", "bluetooth": "bluetooth_on", "data": "mobile_data", "nfc": "nfc_on"}


async def _svc(call: Call) -> int:
    what, verb, *rest = [*call.args, "", ""]
    if what in _RADIOS and verb in ("enable", "disable"):
        call.phone.put_setting("global", _RADIOS[what], "1" if verb == "enable" else "0")
    elif what == "power" and verb == "stayon":
        stay = {"true": "7", "false": "0", "usb": "2", "ac": "1", "wireless": "4"}.get(rest[0] if rest else "", "7")
        call.phone.put_setting("global", "stay_on_while_plugged_in", stay)
    elif what == "power" and verb in ("reboot", "shutdown"):
        return await call.shell.execute(["reboot", "-p"] if verb == "shutdown" else ["reboot"])
    elif what not in ("usb", "power", "system-server"):
        await call.err("Available commands:\n    help\n    power\n    data\n    wifi\n    usb\n    nfc\n    bluetooth")
        return 1
    return 0


# --- ime ----------------------------------------------------------------------------------------------------------
def input_methods(call: Call) -> list[str]:
    """IDs of the input methods that are installed."""
    return [name for package, name in _KNOWN_IMES.items() if package in call.state["packages"]]


def _enabled(call: Call) -> list[str]:
    named = call.phone.setting("secure", "enabled_input_methods").split(":")
    return [name for name in input_methods(call) if name in [each.partition(";")[0] for each in named]]


async def ime(call: Call) -> int:
    """The input method manager; also `cmd input_method`."""
    args = [word for word in call.args if word not in ("--user", "0")]
    verb = args[0] if args else ""
    wanted = args[1] if len(args) > 1 else ""
    known = input_methods(call)
    if verb == "list":
        for name in known if "-a" in args else _enabled(call):
            details = f"{name}:\n  mId={name} mSettingsActivityName=null mIsDefault={str(name == known[0]).lower()}"
            await call.line(name if "-s" in args else details)
        return 0
    if verb == "reset":
        call.phone.put_setting("secure", "default_input_method", known[0] if known else "")
        await call.line("Reset current and enabled IMEs for user #0")
        return 0
    if verb not in ("set", "enable", "disable"):
        await call.err(f"Unknown command: {verb}")
        return 255
    if wanted not in known:
        await call.err(
            f"Unknown input method {wanted} cannot be {'selected' if verb == 'set' else 'enabled'} for user #0"
        )
        return 255
    return await _change(call, verb, wanted)


async def _change(call: Call, verb: str, wanted: str) -> int:
    enabled = _enabled(call)
    if verb == "set":
        if wanted not in enabled:
            await call.err(f"Input method {wanted} cannot be selected for user #0: it is not enabled")
            return 255
        call.phone.put_setting("secure", "default_input_method", wanted)
        await call.line(f"Input method {wanted} selected for user #0")
        return 0
    was = wanted in enabled
    names = [name for name in enabled if name != wanted] + ([wanted] if verb == "enable" else [])
    call.phone.put_setting("secure", "enabled_input_methods", ":".join(names))
    already = " already" if was == (verb == "enable") else " now"
    await call.line(f"Input method {wanted}:{already} {verb}d for user #0")
    current = call.phone.setting("secure", "default_input_method")
    if verb == "disable" and current == wanted and names:
        call.phone.put_setting("secure", "default_input_method", names[0])
    return 0


# --- appops, locksettings -----------------------------------------------------------------------------------------
_POST: Final = "android.permission.POST_NOTIFICATIONS"


async def appops(call: Call) -> int:
    """App operations, kept with the package; also `cmd appops`."""
    args = list(call.args)
    while "--user" in args:
        at = args.index("--user")
        del args[at : at + 2]
    verb, package, operation, mode = [*[word for word in args if word != "--uid"], "", "", "", ""][:4]
    if verb not in ("set", "get", "reset", "query-op", "start", "stop"):
        await call.err("AppOps service (appops) commands: start, stop, set, get, query-op, reset")
        return 255
    if verb in ("reset", "start", "stop", "query-op"):
        return 0
    facts = call.state["packages"].get(package)
    if facts is None:
        await call.err(f"Error: No UID for {package} in user 0")
        return 255
    operation = operation.removeprefix("android:").upper()
    if verb == "set":
        if operation == "POST_NOTIFICATION":
            facts["permissions"][_POST] = mode == "allow"
            call.phone.changed()
        else:
            facts.setdefault("appops", {})[operation] = mode
        return 0
    known = {**facts.get("appops", {}), **_posting(facts)}
    shown = {operation: known[operation]} if operation in known else known if not operation else {}
    for name, value in sorted(shown.items()):
        await call.line(f"{name}: {value}")
    if not shown:
        await call.line("No operations." if not operation else f"{operation}: default")
    return 0


def _posting(facts: dict[str, Any]) -> dict[str, str]:
    """The operation that follows a runtime permission."""
    if _POST not in facts.get("permissions", {}):
        return {}
    return {"POST_NOTIFICATION": "allow" if facts["permissions"][_POST] else "ignore"}


async def _locksettings(call: Call) -> int:
    answers = {"get-disabled": "true", "verify": "Lock credential verified successfully"}
    verb = call.args[0] if call.args else ""
    if verb in answers:
        await call.line(answers[verb])
    return 0


COMMANDS: Final[dict[str, Command]] = {
    "appops": appops,
    "ime": ime,
    "locksettings": _locksettings,
    "settings": _settings,
    "svc": _svc,
}
