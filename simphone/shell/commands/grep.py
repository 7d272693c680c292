"""grep, egrep and fgrep, line by line, so that they can follow a stream."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import AsyncIterator, Callable
from typing import Final

from simphone.core.files import FileError, matches
from simphone.shell.call import Call, Command
from simphone.shell.commands.filters import number, replace_args
from simphone.shell.commands.regex import compile_posix
from simphone.shell.errors import CommandError
from simphone.shell.streams import MemoryReader, decode, lines

Matcher = Callable[[str], list[tuple[int, int]]]
"""Places of the matches in a line; empty places count as matches too."""


def _matcher(call: Call, options: dict[str, str], patterns: list[str]) -> Matcher:
    kind = {"egrep": "E", "fgrep": "F"}.get(call.name, "")
    extended = bool({"E", "P"} & options.keys()) or kind == "E"
    fixed = "F" in options or kind == "F"
    ignore = bool({"i", "y"} & options.keys())
    compiled = []
    for pattern in patterns:
        found = (
            re.compile(re.escape(pattern), re.IGNORECASE if ignore else 0)
            if fixed
            else compile_posix(pattern, extended=extended, ignore_case=ignore)
        )
        compiled.append(found)

    def fits(line: str, span: tuple[int, int]) -> bool:
        if "x" in options:
            return span == (0, len(line))
        if "w" in options:
            return not re.match(r"\w", line[span[0] - 1 : span[0]]) and not re.match(r"\w", line[span[1] :])
        return True

    def find(line: str) -> list[tuple[int, int]]:
        spans = [match.span() for pattern in compiled for match in pattern.finditer(line)]
        return sorted(span for span in spans if fits(line, span))

    return find


async def _grep(call: Call) -> int:
    args = [re.sub(r"^-(\d+)$", r"-C\1", arg) for arg in call.args]
    options, operands = replace_args(call, args).options(
        "EFGHILPRVZabce:f:hiLlnoqrsvwxyzA:B:C:m:", "color=", "colour=", "color", "include=", "line-buffered", "text"
    )
    patterns = _grep_patterns(call, args, options)
    if not patterns:
        if not operands:
            raise CommandError("no REGEX", 2)
        patterns = operands.pop(0).split("\n")
    find = _matcher(call, options, patterns)
    recursive = bool({"r", "R"} & options.keys())
    sources = _expanded(call, operands or ["."], options) if recursive else operands
    named = "H" in options or ((len(sources) > 1 or recursive) and "h" not in options)
    found, failed = False, False
    for name in sources or ["-"]:
        try:
            reader = call.io.stdin if name == "-" else MemoryReader(call.files.load(call.path(name)))
        except FileError as error:
            failed = True
            if "s" not in options:
                await call.complain(f"{name}: {error.reason}")
            continue
        search = _Search(call, options, find, name if name != "-" else "(standard input)", named)
        found = await search.run(lines(reader)) or found
        if found and "q" in options:
            return 0
    return 2 if failed else int(not found)


def _grep_patterns(call: Call, args: list[str], options: dict[str, str]) -> list[str]:
    patterns = []
    if "e" in options:
        # getopt keeps only the last of several -e in our dict; take them all from the words.
        for at, arg in enumerate(args):
            if arg == "-e" or re.fullmatch(r"-[A-Za-z]*e", arg):
                patterns += args[at + 1 : at + 2]
            elif match := re.fullmatch(r"-[A-Zabchilnoqrsvwxyz]*e(.+)", arg, re.DOTALL):
                patterns.append(match[1])
    if "f" in options:
        patterns += decode(call.files.load(call.path(options["f"]))).splitlines()
    return [line for pattern in patterns for line in pattern.split("\n")]


def _expanded(call: Call, operands: list[str], options: dict[str, str]) -> list[str]:
    """The files below each operand; what is missing stays, to be complained about."""
    found: list[str] = []
    for name in operands:
        root = call.files.resolve(call.path(name))
        if not call.files.isdir(root):
            found.append(name)
            continue
        paths = [path for path in call.files.walk(root) if call.files.isfile(path)]
        kept = [path for path in paths if matches(options.get("include", "*"), path.rpartition("/")[2])]
        found += [name.rstrip("/") + path[len(root) :] for path in kept]
    return found


class _Search:
    """grep over one input."""

    def __init__(self, call: Call, options: dict[str, str], find: Matcher, name: str, named: bool) -> None:
        self.call, self.options, self.find, self.name = call, options, find, name
        self.prefix = name if named else ""
        around = options.get("C", "0")
        self.after = number(options.get("A", around))
        self.before: deque[tuple[int, str]] = deque(maxlen=max(number(options.get("B", around)), 0))
        self.limit = number(options["m"]) if "m" in options else 1 << 60
        self.last = 0

    async def run(self, source: AsyncIterator[bytes]) -> bool:
        count, trailing, at = 0, 0, 0
        async for raw in source:
            at += 1
            line = decode(raw).removesuffix("\n")
            spans = self.find(line)
            if bool(spans) == ("v" in self.options):
                if trailing:
                    trailing -= 1
                    await self.show(at, line, "-")
                else:
                    self.before.append((at, line))
                continue
            count += 1
            if await self.hit(at, line, spans):
                return True
            trailing = self.after
            if count >= self.limit:
                break
        await self.summary(count)
        return count > 0

    async def hit(self, at: int, line: str, spans: list[tuple[int, int]]) -> bool:
        """Show a line that was selected; True when nothing more is to be told."""
        options = self.options
        if "q" in options:
            return True
        if "l" in options:
            await self.call.line(self.name)
            return True
        if {"c", "L"} & options.keys():
            return False
        if "o" in options:
            end = -1
            for start, stop in spans:
                if stop > start and start >= end:
                    await self.show(at, line[start:stop], ":")
                    end = stop
            return False
        for number_, earlier in self.before:
            await self.show(number_, earlier, "-")
        self.before.clear()
        await self.show(at, line, ":")
        return False

    async def show(self, at: int, line: str, mark: str) -> None:
        if self.last and at > self.last + 1 and {"A", "B", "C"} & self.options.keys():
            await self.call.line("--")
        self.last = at
        name = f"{self.prefix}{mark}" if self.prefix else ""
        place = f"{at}{mark}" if "n" in self.options else ""
        await self.call.line(f"{name}{place}{line}")

    async def summary(self, count: int) -> None:
        if "c" in self.options:
            await self.call.line(f"{self.prefix}:{count}" if self.prefix else str(count))
        elif "L" in self.options and not count:
            await self.call.line(self.name)


COMMANDS: Final[dict[str, Command]] = {"egrep": _grep, "fgrep": _grep, "grep": _grep}
