"""Intents as `am` writes them: reading their arguments, telling them back, and the names of components."""

from __future__ import annotations

import math
import zlib
from dataclasses import dataclass, field
from typing import Any, Final

from simphone.core.app import Intent
from simphone.shell.errors import CommandError

_INT: Final = (-(1 << 31), (1 << 31) - 1)
_LONG: Final = (-(1 << 63), (1 << 63) - 1)


def _whole(text: str, limits: tuple[int, int]) -> int:
    try:
        number = int(text[:40], 0)
    except ValueError:
        raise CommandError(f'java.lang.NumberFormatException: For input string: "{text}"', 255) from None
    if not limits[0] <= number <= limits[1]:
        raise CommandError(f'java.lang.NumberFormatException: For input string: "{text}"', 255)
    return number


def _float(text: str) -> float:
    try:
        number = float(text[:40])
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise CommandError(f'java.lang.NumberFormatException: For input string: "{text}"', 255)
    return number


def _list(text: str) -> list[str]:
    """Values between commas; a comma inside one is written \\,"""
    return [part.replace("\0", ",") for part in text.replace("\\,", "\0").split(",")]


def _extra(flag: str, text: str) -> Any:
    """The value of an extra by the flag that announced it."""
    kinds: dict[str, Any] = {
        "--ez": lambda: text.lower() in ("true", "t", "1"),
        "--ei": lambda: _whole(text, _INT),
        "--el": lambda: _whole(text, _LONG),
        "--ef": lambda: _float(text),
        "--ed": lambda: _float(text),
        "--eia": lambda: [_whole(part, _INT) for part in _list(text)],
        "--ela": lambda: [_whole(part, _LONG) for part in _list(text)],
        "--efa": lambda: [_float(part) for part in _list(text)],
        "--esa": lambda: _list(text),
    }
    return kinds[flag]() if flag in kinds else text


_EXTRA_FLAGS: Final = frozenset(
    ("-e", "--es", "--ez", "--ei", "--el", "--ef", "--ed", "--eu", "--ecn", "--eia", "--eial", "--ela", "--elal",
     "--efa", "--efal", "--esa", "--esal")
)  # fmt: skip
_WITH_VALUE: Final = frozenset(
    ("-i", "-f", "--user", "--display", "--receiver-permission", "--windowingMode", "--activityType", "--task", "-R",
     "--sampling", "--start-profiler", "-P", "--cookie")
)  # fmt: skip


@dataclass(slots=True)
class Parsed:
    """Arguments of `am start` or `am broadcast`. `switches` are the flags without a value."""

    intent: Intent
    package: str = ""
    switches: set[str] = field(default_factory=set)


def parse(args: list[str]) -> Parsed:
    """Read the arguments of an intent. Raises CommandError (status 255) like `am` does."""
    found = Parsed(Intent(action=""))
    intent, rest = found.intent, list(args)
    categories: list[str] = []

    def value(flag: str) -> str:
        if not rest:
            raise CommandError(f'java.lang.IllegalArgumentException: Argument expected after "{flag}"', 255)
        return rest.pop(0)

    while rest:
        word = rest.pop(0)
        if word in _EXTRA_FLAGS:
            name = value(word)
            # Open-AutoGLM's warm-up ends in `--es msg `, whose value is lost on the way.
            intent.extras[name] = _extra(
                word.removesuffix("l") if word.endswith("al") else word, rest.pop(0) if rest else ""
            )
        elif word == "--esn":
            intent.extras[value(word)] = None
        elif word in ("-a", "-d", "-t", "-n", "-c", "-p"):
            _plain(found, word, value(word), categories)
        elif word in _WITH_VALUE:
            value(word)
        elif word.startswith("-") and len(word) > 1:
            found.switches.add(word)
        else:
            _target(found, word)
    intent.categories = tuple(categories)
    return found


def _plain(found: Parsed, flag: str, text: str, categories: list[str]) -> None:
    intent = found.intent
    if flag == "-c":
        categories.append(text)
    elif flag == "-p":
        found.package = text
    elif flag == "-n":
        intent.component = component(text)
    elif flag == "-a":
        intent.action = text
    elif flag == "-d":
        intent.data = text
    else:
        intent.mime = text


def _target(found: Parsed, word: str) -> None:
    """The last, bare argument: a URI, a component or a package."""
    if ":" in word:
        found.intent.data = word
        found.intent.action = found.intent.action or "android.intent.action.VIEW"
    elif "/" in word:
        found.intent.component = component(word)
    else:
        found.package = word
        found.intent.action = found.intent.action or "android.intent.action.MAIN"


def component(text: str) -> str:
    """package/class with the class written out. Raises CommandError for anything else."""
    package, slash, name = text.partition("/")
    if not slash or not package or not name:
        raise CommandError(f"java.lang.IllegalArgumentException: Bad component name: {text}", 255)
    return f"{package}/{package}{name}" if name.startswith(".") else text


def short(component_name: str) -> str:
    """package/.Class where the class lies in the package, as ComponentName.flattenToShortString."""
    package, _, name = component_name.partition("/")
    return f"{package}/{name[len(package) :]}" if name.startswith(package + ".") else component_name


def describe(found: Parsed) -> str:
    """Intent { act=.. cat=[..] dat=.. typ=.. flg=.. pkg=.. cmp=.. (has extras) }, as Intent.toString."""
    intent = found.intent
    parts = [f"act={intent.action}"] if intent.action else []
    if intent.categories:
        parts.append(f"cat=[{','.join(intent.categories)}]")
    if intent.data:
        scheme = intent.data.partition(":")[0]
        parts.append(f"dat={intent.data if scheme in ('http', 'https', 'content', 'file') else scheme + ':xxx'}")
    if intent.mime:
        parts.append(f"typ={intent.mime}")
    if found.package:
        parts.append(f"pkg={found.package}")
    if intent.component:
        parts.append(f"cmp={short(intent.component)}")
    if intent.extras:
        parts.append("(has extras)")
    return f"Intent {{ {' '.join(parts)} }}"


def token(text: str) -> str:
    """Seven hexadecimal digits that belong to a name, where a phone would show an object's identity."""
    return f"{zlib.crc32(text.encode()) & 0xFFFFFFF:07x}"
