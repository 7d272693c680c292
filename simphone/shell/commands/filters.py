"""Text filters: grep, head, tail, wc, sort, uniq, cut, tr, xargs and their kin."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Final

from simphone.core.files import FileError, matches
from simphone.shell.call import Call, Command
from simphone.shell.commands.regex import compile_posix
from simphone.shell.errors import CommandError
from simphone.shell.streams import MemoryReader, decode, encode, lines
from simphone.shell.words import unescape


def number(text: str) -> int:
    """A count given to an option. Raises CommandError."""
    match = re.fullmatch(r"([-+]?\d{1,12})([kKmM]?)", text)
    if match is None:
        raise CommandError(f"not integer: {text}")
    return int(match[1]) * {"": 1, "k": 1 << 10, "m": 1 << 20}[match[2].lower()]


# --- grep ---------------------------------------------------------------------------------------------------------
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


def replace_args(call: Call, args: list[str]) -> Call:
    """The call with other arguments."""
    return replace(call, args=args)


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


# --- head, tail, wc -----------------------------------------------------------------------------------------------
async def _head(call: Call) -> int:
    args = [re.sub(r"^-(\d+)$", r"-n\1", arg) for arg in call.args]
    options, operands = replace_args(call, args).options("n:c:qv")
    count = number(options.get("n", "10"))
    for at, name in enumerate(operands or ["-"]):
        if len(operands) > 1 and "q" not in options:
            await call.line(f"{chr(10) if at else ''}==> {name} <==")
        if "c" not in options and count >= 0 and name == "-":
            await _head_stream(call, count)
            continue
        data = await call.input() if name == "-" else call.files.load(call.path(name))
        if "c" in options:
            await call.io.stdout.write(data[: number(options["c"])])
        else:
            await call.io.stdout.write(b"".join(data.splitlines(keepends=True)[:count]))
    return 0


async def _head_stream(call: Call, count: int) -> None:
    if count <= 0:
        return
    async for line in lines(call.io.stdin):
        await call.io.stdout.write(line)
        count -= 1
        if not count:
            return


async def _tail(call: Call) -> int:
    args = [re.sub(r"^-(\d+)$", r"-n\1", arg) for arg in call.args]
    options, operands = replace_args(call, args).options("n:c:qfFs:")
    for at, (name, data) in enumerate(await call.contents(operands)):
        if len(operands) > 1 and "q" not in options:
            await call.line(f"{chr(10) if at else ''}==> {name} <==")
        if "c" in options:
            count = abs(number(options["c"]))
            await call.io.stdout.write(data[max(len(data) - count, 0) :])
            continue
        rows = data.splitlines(keepends=True)
        text = options.get("n", "10")
        first = number(text) - 1 if text.startswith("+") else len(rows) - abs(number(text))
        await call.io.stdout.write(b"".join(rows[max(first, 0) :]))
    return 0


async def _wc(call: Call) -> int:
    options, operands = call.options("lwcmL")
    chosen = [key for key in "lwcm" if key in options] or ["l", "w", "c"]
    totals = [0] * len(chosen)
    inputs = await call.contents(operands)
    for name, data in inputs:
        counts = {"l": data.count(b"\n"), "w": len(data.split()), "c": len(data), "m": len(decode(data))}
        row = [counts[key] for key in chosen]
        totals = [a + b for a, b in zip(totals, row, strict=True)]
        await call.line(_wc_row(row, name if operands else ""))
    if len(inputs) > 1:
        await call.line(_wc_row(totals, "total"))
    return 0


def _wc_row(counts: list[int], name: str) -> str:
    shown = str(counts[0]) if len(counts) == 1 else " ".join(f"{count:7d}" for count in counts)
    return f"{shown} {name}" if name else shown


# --- sort, uniq, cut, tr ------------------------------------------------------------------------------------------
async def _sort(call: Call) -> int:
    options, operands = call.options("bcdfghiMnrsuzVk:t:o:T:")
    rows = (await call.texts(operands)).splitlines()

    def numeric(text: str) -> float:
        match = re.match(r"\s*([-+]?\d*\.?\d+)", text)
        return float(match[1]) if match else 0.0

    def key(row: str) -> tuple[object, ...]:
        text, flags = row, "".join(options)
        if "k" in options:
            spec = re.match(r"(\d{1,4})(?:\.\d+)?([a-zA-Z]*)(?:,(\d{1,4}))?", options["k"])
            if spec is None:
                raise CommandError(f"bad -k '{options['k']}'")
            flags += spec[2]
            parts = row.split(options["t"]) if "t" in options else row.split()
            text = " ".join(parts[int(spec[1]) - 1 : int(spec[3]) if spec[3] else None])
        text = text.lower() if "f" in flags else text
        if set("ngh") & set(flags.replace("k", "").replace("t", "")):
            return (numeric(text), row if "s" not in options else "")
        if "V" in flags:
            return (tuple((int(p), "") if p.isdigit() else (0, p) for p in re.split(r"(\d+)", text)),)
        return (text.encode("utf-8", "surrogateescape"), row)

    if "c" in options:
        return int(rows != sorted(rows, key=key))
    rows.sort(key=key, reverse="r" in options)
    if "u" in options:
        rows = list({key(row)[:1]: row for row in reversed(rows)}.values())[::-1]
    text = "".join(row + "\n" for row in rows)
    if "o" in options:
        call.files.write(call.path(options["o"]), encode(text))
    else:
        await call.out(text)
    return 0


async def _uniq(call: Call) -> int:
    options, operands = call.options("cduiw:f:s:z")
    rows: list[tuple[str, int]] = []
    for row in (await call.texts(operands[:1])).splitlines():
        same = rows and (row.lower() == rows[-1][0].lower() if "i" in options else row == rows[-1][0])
        if same:
            rows[-1] = (rows[-1][0], rows[-1][1] + 1)
        else:
            rows.append((row, 1))
    for row, count in rows:
        if ("d" in options and count < 2) or ("u" in options and count > 1):
            continue
        await call.line(f"{count:7d} {row}" if "c" in options else row)
    return 0


def _ranges(spec: str) -> list[tuple[int, int]]:
    found = []
    for part in spec.split(","):
        match = re.fullmatch(r"(\d{0,6})(-?)(\d{0,6})", part)
        if match is None or not part.strip("-"):
            raise CommandError(f"bad range '{spec}'")
        first = int(match[1] or 1)
        found.append((first, int(match[3] or 1 << 30) if match[2] else first))
    return sorted(found)


async def _cut(call: Call) -> int:
    options, operands = call.options("b:c:f:d:sDnO:", "output-delimiter=")
    kind = next((key for key in "fcb" if key in options), "")
    if not kind:
        raise CommandError("no -bcf")
    ranges = _ranges(options[kind])
    separator = options.get("d", "\t")
    glue = options.get("O", options.get("output-delimiter", separator))
    for row in (await call.texts(operands)).splitlines():
        if kind != "f":
            await call.line("".join(row[first - 1 : last] for first, last in ranges))
            continue
        parts = row.split(separator) if separator else [row]
        if len(parts) == 1:
            if "s" not in options:
                await call.line(row)
            continue
        chosen = [part for at, part in enumerate(parts, 1) if any(a <= at <= b for a, b in ranges)]
        await call.line(glue.join(chosen))
    return 0


_TR_CLASSES: Final = {
    "alpha": "A-Za-z", "alnum": "0-9A-Za-z", "digit": "0-9", "lower": "a-z", "upper": "A-Z", "blank": " \t",
    "space": " \t\n\r\v\f", "punct": "!-/:-@[-`{-~", "cntrl": "\x00-\x1f\x7f", "print": " -~", "xdigit": "0-9A-Fa-f",
}  # fmt: skip


def _tr_set(spec: str) -> str:
    spec = re.sub(r"\[:(\w+):\]", lambda match: _TR_CLASSES.get(match[1], match[0]), unescape(spec))
    return re.sub(
        r"(.)-(.)",
        lambda m: "".join(map(chr, range(ord(m[1]), min(ord(m[2]), ord(m[1]) + 4096) + 1))),
        spec,
        flags=re.DOTALL,
    )


async def _tr(call: Call) -> int:
    options, operands = call.options("+cCdst")
    if not operands:
        raise CommandError('Needs 1 argument (see "tr --help")')
    first, second = _tr_set(operands[0]), _tr_set(operands[1]) if len(operands) > 1 else ""
    text = decode(await call.input())
    complement = bool({"c", "C"} & options.keys())

    def chosen(char: str) -> bool:
        return (char in first) != complement

    if "d" in options:
        text = "".join(c for c in text if not chosen(c))
    elif second:
        table = {c: second[min(at, len(second) - 1)] for at, c in reversed(list(enumerate(first)))}
        text = "".join(table.get(c, second[-1]) if chosen(c) else c for c in text)
    if "s" in options:
        squeezed = second or first
        out: list[str] = []
        for c in text:
            if not (out and out[-1] == c and c in squeezed):
                out.append(c)
        text = "".join(out)
    await call.out(text)
    return 0


# --- the rest -----------------------------------------------------------------------------------------------------
async def _xargs(call: Call) -> int:
    options, words = call.options("+0rtpn:s:I:L:P:d:")
    words = words or ["echo"]
    text = decode(await call.input())
    if "0" in options:
        items = text.split("\0")
    elif "I" in options or "L" in options:
        items = [line.strip() for line in text.splitlines()]
    else:
        items = [a or b or c for a, b, c in re.findall(r"'([^']*)'|\"([^\"]*)\"|(\S+)", text)]
    items = [item for item in items if item]
    status = 0
    if "I" in options:
        for item in items:
            status = await call.shell.execute([word.replace(options["I"], item) for word in words]) or status
        return status
    size = number(options["n"]) if "n" in options else max(len(items), 1)
    for at in range(0, len(items), max(size, 1)):
        status = await call.shell.execute([*words, *items[at : at + size]]) or status
    if not items and "r" not in options:
        status = await call.shell.execute(words)
    return status


async def _tac(call: Call) -> int:
    _, operands = call.options("")
    await call.out("".join(row + "\n" for row in reversed((await call.texts(operands)).splitlines())))
    return 0


async def _rev(call: Call) -> int:
    _, operands = call.options("")
    await call.out("".join(row[::-1] + "\n" for row in (await call.texts(operands)).splitlines()))
    return 0


async def _nl(call: Call) -> int:
    _, operands = call.options("b:w:s:n:")
    for at, row in enumerate((await call.texts(operands)).splitlines(), 1):
        await call.line(f"{at:6d}\t{row}")
    return 0


async def _strings(call: Call) -> int:
    options, operands = call.options("n:af")
    size = number(options.get("n", "4"))
    for _, data in await call.contents(operands):
        for match in re.findall(rb"[ -~\t]{%d,}" % max(min(size, 1000), 1), data):
            await call.line(match.decode())
    return 0


async def _cmp(call: Call) -> int:
    options, operands = call.options("ls")
    if len(operands) != 2:
        raise CommandError('Needs 2 arguments (see "cmp --help")', 2)
    (one, a), (two, b) = await call.contents(operands)
    if a == b:
        return 0
    at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    if "s" not in options:
        await call.line(f"{one} {two} differ: char {at + 1}, line {a[:at].count(10) + 1}")
    return 1


async def _diff(call: Call) -> int:
    _, operands = call.options("quabBir", "brief")
    if len(operands) != 2:
        raise CommandError('Needs 2 arguments (see "diff --help")', 2)
    (one, a), (two, b) = await call.contents(operands)
    if a == b:
        return 0
    await call.line(f"Files {one} and {two} differ")
    return 1


COMMANDS: Final[dict[str, Command]] = {
    "cmp": _cmp,
    "cut": _cut,
    "diff": _diff,
    "egrep": _grep,
    "fgrep": _grep,
    "grep": _grep,
    "head": _head,
    "nl": _nl,
    "rev": _rev,
    "sort": _sort,
    "strings": _strings,
    "tac": _tac,
    "tail": _tail,
    "tr": _tr,
    "uniq": _uniq,
    "wc": _wc,
    "xargs": _xargs,
}
