"""pm: the package manager, over the phone's list of packages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Final

from simphone.core import roles
from simphone.shell import intents
from simphone.shell.call import Call, Command
from simphone.shell.commands import apk
from simphone.shell.commands.apps import home, launcher
from simphone.shell.errors import CommandError
from simphone.shell.intents import token
from simphone.shell.streams import PIPE_SIZE

_FEATURES: Final = (
    "hardware.bluetooth", "hardware.camera", "hardware.location", "hardware.touchscreen", "hardware.wifi",
)  # fmt: skip
_ZIP: Final = b"PK\x03\x04"


def apk_path(package: str, facts: dict[str, Any]) -> str:
    """Where the package's code would lie."""
    if facts.get("system"):
        return f"/system/app/{facts.get('label', package).replace(' ', '')}/base.apk"
    return f"/data/app/~~{token(package)}==/{package}-{token(package + '#')}==/base.apk"


_WITH_VALUE: Final = ("--user", "--versionCode", "--install-location", "--abi", "-S", "--uid")


def _split(args: list[str]) -> tuple[dict[str, str], list[str]]:
    """({flag: value}, operands)."""
    flags: dict[str, str] = {}
    operands: list[str] = []
    rest = list(args)
    while rest:
        word = rest.pop(0)
        if word in _WITH_VALUE:
            flags[word] = rest.pop(0) if rest else ""
        elif word.startswith("-") and len(word) > 1:
            flags[word] = ""
        else:
            operands.append(word)
    return flags, operands


async def _list(call: Call, args: list[str]) -> int:
    what, rest = (args[0], args[1:]) if args else ("", [])
    if what in ("packages", "package"):
        return await _list_packages(call, rest)
    if what == "users":
        await call.line("Users:\n\tUserInfo{0:Owner:4c13} running")
    elif what == "features":
        for name in (
            "hardware.bluetooth",
            "hardware.camera",
            "hardware.location",
            "hardware.touchscreen",
            "hardware.wifi",
        ):
            await call.line(f"feature:android.{name}")
    elif what in ("permissions", "permission-groups"):
        names = {name for facts in call.state["packages"].values() for name in facts.get("permissions", {})}
        await call.out("All Permissions:\n\n", "".join(f"permission:{name}\n" for name in sorted(names)))
    elif what not in ("instrumentation", "libraries", "initiated-sessions"):
        await call.err(f"Error: unknown list type '{what}'")
        return 255
    return 0


async def _list_packages(call: Call, args: list[str]) -> int:
    flags, operands = _split(args)
    wanted = operands[0] if operands else ""
    for package, facts in call.state["packages"].items():
        system, enabled = bool(facts.get("system")), facts.get("enabled", True)
        if wanted not in package or ("-3" in flags and system) or ("-s" in flags and not system):
            continue
        if ("-d" in flags and enabled) or ("-e" in flags and not enabled):
            continue
        name = f"{apk_path(package, facts)}={package}" if "-f" in flags else package
        extra = f" versionCode:{facts.get('version_code', 1)}" if "--show-versioncode" in flags else ""
        extra += "  installer=com.android.vending" if "-i" in flags else ""
        extra += f" uid:{facts.get('uid', 10_000)}" if "-U" in flags else ""
        await call.line(f"package:{name}{extra}")
    return 0


async def _path(call: Call, args: list[str]) -> int:
    _, operands = _split(args)
    package = _named(operands, "path")
    facts = call.state["packages"].get(package)
    if facts is None:
        return 1
    await call.line(f"package:{apk_path(package, facts)}")
    return 0


def _named(operands: list[str], verb: str) -> str:
    if not operands:
        raise CommandError(f'java.lang.IllegalArgumentException: Argument expected after "{verb}"', 255)
    return operands[0]


async def _clear(call: Call, args: list[str]) -> int:
    _, operands = _split(args)
    done = call.phone.clear_data(_named(operands, "clear"))
    await call.line("Success" if done else "Failed")
    return int(not done)


def _permit(granted: bool) -> Callable[[Call, list[str]], Awaitable[int]]:
    async def permit(call: Call, args: list[str]) -> int:
        _, operands = _split(args)
        if len(operands) < 2:
            raise CommandError('java.lang.IllegalArgumentException: Argument expected after "grant"', 255)
        facts = call.state["packages"].get(operands[0])
        if facts is None:
            raise CommandError(f"java.lang.IllegalArgumentException: Unknown package: {operands[0]}", 255)
        facts.setdefault("permissions", {})[operands[1]] = granted
        call.phone.changed()
        return 0

    return permit


async def _install(call: Call, args: list[str]) -> int:
    """Accepts any archive; what comes of it, `apk` says."""
    flags, operands = _split(args)
    if "-S" in flags:
        data, whole = await _streamed(call, int(flags["-S"]) if flags["-S"].isdigit() else 0)
    else:
        found = call.files.read(call.path(_named(operands, "install")))
        if found is None:
            await call.err(f"Error: Unable to open file: {operands[0]}\nConsider using a file under /data/local/tmp/")
            return 255
        data, whole = found, True
    if not whole or not data.startswith(_ZIP):
        await call.line("Failure [INSTALL_PARSE_FAILED_NOT_APK: Failed to parse base.apk]")
        return 1
    apk.install(call.phone, data)
    await call.line("Success")
    return 0


async def _streamed(call: Call, size: int) -> tuple[bytes, bool]:
    """An archive from stdin, its beginning if it is too large; whether all of it came."""
    data, left = bytearray(), size
    while left > 0 and (chunk := await call.io.stdin.read(min(left, PIPE_SIZE))):
        left -= len(chunk)
        data += chunk[: apk.MAX_APK - len(data)]
    return bytes(data), left <= 0


async def _install_existing(call: Call, args: list[str]) -> int:
    _, operands = _split(args)
    package = _named(operands, "install-existing")
    if package not in call.state["packages"]:
        await call.err(f"android.content.pm.PackageManager$NameNotFoundException: Package {package} doesn't exist")
        return 1
    await call.line(f"Package {package} installed for user: 0")
    return 0


async def _uninstall(call: Call, args: list[str]) -> int:
    _, operands = _split(args)
    package = _named(operands, "uninstall")
    if package not in call.state["packages"]:
        await call.line("Failure [not installed for 0]")
        return 1
    if not call.phone.uninstall(package):
        await call.line("Failure [DELETE_FAILED_INTERNAL_ERROR]")
        return 1
    await call.line("Success")
    return 0


def _enable(state: str) -> Callable[[Call, list[str]], Awaitable[int]]:
    async def enable(call: Call, args: list[str]) -> int:
        _, operands = _split(args)
        package = _named(operands, "enable").partition("/")[0]
        facts = call.state["packages"].get(package)
        if facts is None:
            raise CommandError(f"java.lang.IllegalArgumentException: Unknown package: {package}", 255)
        facts["enabled"] = state == "enabled"
        call.phone.changed()
        await call.line(f"Package {package} new state: {state}")
        return 0

    return enable


async def _resolve(call: Call, args: list[str]) -> int:
    words = [word for word in args if word not in ("--brief", "--components")]
    parsed = intents.parse(words)
    package = parsed.package or parsed.intent.component.partition("/")[0]
    at_home = "android.intent.category.HOME" in parsed.intent.categories
    on_web = not package and parsed.intent.data.partition(":")[0] in ("http", "https")
    found = home(call) if at_home else launcher(call, package) if package else _browser(call) if on_web else ""
    if not found:
        await call.line("No activity found")
        return 0
    await call.line("priority=0 preferredOrder=0 match=0x108000 specificIndex=-1 isDefault=true")
    await call.line(intents.short(found))
    return 0


def _browser(call: Call) -> str:
    """Component of the default browser."""
    package = roles.holder(call.state, roles.BROWSER)
    return f"{package}/{roles.BROWSER_ACTIVITIES[package]}" if package in roles.BROWSER_ACTIVITIES else ""


async def _dump(call: Call, args: list[str]) -> int:
    return await call.shell.execute(["dumpsys", "package", *args])


async def _done(_call: Call, _args: list[str]) -> int:
    return 0


async def _max_users(call: Call, _args: list[str]) -> int:
    await call.line("Maximum supported users: 4")
    return 0


_PM: Final[dict[str, Callable[[Call, list[str]], Awaitable[int]]]] = {
    "bg-dexopt-job": _done,
    "clear": _clear,
    "compile": _done,
    "disable": _enable("disabled"),
    "disable-user": _enable("disabled-user"),
    "dump": _dump,
    "enable": _enable("enabled"),
    "get-max-users": _max_users,
    "grant": _permit(True),
    "hide": _done,
    "install": _install,
    "install-existing": _install_existing,
    "list": _list,
    "path": _path,
    "reset-permissions": _done,
    "resolve-activity": _resolve,
    "revoke": _permit(False),
    "set-app-links": _done,
    "set-permission-flags": _done,
    "suspend": _done,
    "trim-caches": _done,
    "unhide": _done,
    "uninstall": _uninstall,
    "unsuspend": _done,
}


async def pm(call: Call) -> int:
    """The package manager; also `cmd package`."""
    verb, rest = (call.args[0], call.args[1:]) if call.args else ("", [])
    if verb not in _PM:
        await call.err(f"Unknown command: {verb}" if verb else "Package manager (package) commands: see pm help")
        return 255
    try:
        return await _PM[verb](call, rest)
    except CommandError as error:
        await call.err(f"\nException occurred while executing '{verb}':\n{error}")
        return error.status


COMMANDS: Final[dict[str, Command]] = {"pm": pm}
