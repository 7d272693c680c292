"""Text filters: head, tail, wc, sort, uniq, cut, tr, xargs and their kin."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from simphone.shell.call import Call, Command
from simphone.shell.errors import CommandError
from simphone.shell.streams import decode, encode, lines
from simphone.shell.words import unescape


def number(text: str) -> int:
    """A count given to an option. Raises CommandError."""
    match = re.fullmatch(r"([-+]?\d{1,12})([kKmM]?)", text)
    if match is None:
        raise CommandError(f"not integer: {text}")
    return int(match[1]) * {"": 1, "k": 1 << 10, "m": 1 << 20}[match[2].lower()]


def replace_args(call: Call, args: list[str]) -> Call:
    """The call with other arguments."""
    return replace(call, args=args)


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
