"""Small general commands: echo, printf, seq, sleep, basename, env and their kin."""

from __future__ import annotations

import hashlib
import posixpath
import re
from base64 import b64encode, decodebytes
from binascii import Error as Base64Error
from typing import Final

from simphone.shell.call import Call, Command
from simphone.shell.errors import CommandError
from simphone.shell.streams import decode, encode
from simphone.shell.words import unescape

_YES_LINES: Final = 100_000
_SEQ_NUMBERS: Final = 1_000_000
_MAX_SLEEP_S: Final = 86_400.0
"""A day of the virtual clock at most."""


async def _echo(call: Call) -> int:
    """As mksh's builtin: backslash escapes are taken unless -E is given."""
    args, newline, escapes = list(call.args), True, True
    while args and re.fullmatch(r"-[neE]+", args[0]):
        for flag in args.pop(0)[1:]:
            newline = newline and flag != "n"
            escapes = flag == "e" if flag in "eE" else escapes
    text = " ".join(args)
    if escapes:
        head, cut, _ = text.partition("\\c")
        text, newline = unescape(head), newline and not cut
    await call.out(text, "\n" if newline else "")
    return 0


_FORMAT: Final = re.compile(r"%(?:%|([-+ #0]*)(\d*|\*)(?:\.(\d*))?([bcdiouxXeEfgGsq]))")


def printf(template: str, args: list[str]) -> str:
    """The text that printf makes; the template is used again while arguments are left. Raises CommandError."""
    rest = list(args)
    out: list[str] = []

    def one(match: re.Match[str]) -> str:
        if match[0] == "%%":
            return "%"
        flags, width, precision, kind = match[1], match[2], match[3], match[4]
        width = (rest.pop(0) if rest else "0") if width == "*" else width
        if len(width) > 4 or len(precision or "") > 4:
            raise CommandError("width too large")
        return _converted(kind, flags, width, precision, rest.pop(0) if rest else "")

    template = unescape(template)
    while True:
        before = len(rest)
        out.append(_FORMAT.sub(one, template))
        if not rest or len(rest) == before:
            return "".join(out)


def _converted(kind: str, flags: str, width: str, precision: str | None, text: str) -> str:
    spec = f"%{flags}{width}" + ("" if precision is None else f".{precision}")
    if kind == "b":
        return unescape(text)
    if kind == "q":
        return "'" + text.replace("'", "'\\''") + "'"
    if kind in "sc":
        return (spec + "s") % (text[:1] if kind == "c" else text)
    try:
        if kind in "diouxX":
            value = ord(text[1]) if text[:1] in ("'", '"') and len(text) > 1 else int(text or "0", 0)
            return (spec + kind.replace("i", "d").replace("u", "d")) % value
        return (spec + kind) % float(text or "0")
    except ValueError:
        raise CommandError(f"{text}: not a number") from None


async def _printf(call: Call) -> int:
    args = call.args[1:] if call.args[:1] == ["--"] else call.args
    if not args:
        raise CommandError("usage: printf format [arguments]")
    await call.out(printf(args[0], args[1:]))
    return 0


async def _yes(call: Call) -> int:
    line = encode(" ".join(call.args or ["y"]) + "\n")
    for _ in range(0, _YES_LINES, 100):
        await call.io.stdout.write(line * 100)
    return 0


async def _seq(call: Call) -> int:
    options, operands = {}, call.args
    separator = "\n"
    while operands and operands[0][:2] in ("-s", "-w", "-f"):
        flag, value = operands[0][:2], operands[0][2:]
        operands = operands[1:]
        if flag != "-w" and not value:
            value, operands = (operands[0] if operands else ""), operands[1:]
        options[flag] = value
    separator = options.get("-s", separator)
    try:
        numbers = [float(text) for text in operands]
        first = numbers[0] if len(numbers) > 1 else 1.0
        step = numbers[1] if len(numbers) > 2 else 1.0
        last = numbers[-1]
        count = int((last - first) / step + 1e-9) + 1
    except (ValueError, IndexError, ZeroDivisionError, OverflowError):
        raise CommandError("usage: seq [-w] [-f FORMAT] [-s STRING] [FIRST] [INCREMENT] LAST") from None
    if count > _SEQ_NUMBERS:
        raise CommandError("too many numbers")
    places = max((len(text.partition(".")[2]) for text in operands[:2]), default=0)
    made = [f"{first + at * step:.{places}f}" for at in range(max(count, 0))]
    if "-w" in options:
        width = max(map(len, made), default=0)
        made = [text.zfill(width) for text in made]
    if made:
        await call.line(separator.join(made))
    return 0


async def _sleep(call: Call) -> int:
    """Moves the phone's clock; no real time passes."""
    total = 0.0
    for text in call.args or [""]:
        match = re.fullmatch(r"(\d+\.?\d*|\.\d+)([smhd]?)", text)
        if match is None:
            raise CommandError(f"Needs 1 argument: {text}" if text else "Needs 1 argument")
        total += float(match[1]) * {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}[match[2]]
    call.phone.advance(int(min(total, _MAX_SLEEP_S) * 1000))
    return 0


async def _usleep(call: Call) -> int:
    if not call.args or not call.args[0].isdigit():
        raise CommandError("Needs 1 argument")
    call.phone.advance(int(min(int(call.args[0][:15]) / 1e6, _MAX_SLEEP_S) * 1000))
    return 0


async def _basename(call: Call) -> int:
    if not call.args:
        raise CommandError("Needs 1 argument")
    name = posixpath.basename(call.args[0].rstrip("/")) or "/"
    suffix = call.args[1] if len(call.args) > 1 else ""
    await call.line(name.removesuffix(suffix) if name != suffix else name)
    return 0


async def _dirname(call: Call) -> int:
    for path in call.args:
        await call.line(posixpath.dirname(path.rstrip("/")) or ("/" if path.startswith("/") else "."))
    return 0 if call.args else await call.complain("Needs 1 argument")


async def _env(call: Call) -> int:
    shell, words = call.shell, list(call.args)
    child = shell.child(call.io)
    while words and (words[0].startswith("-") or "=" in words[0]):
        name, _, value = words.pop(0).partition("=")
        if name == "-i":
            child.variables, child.exported = {}, set()
        elif name == "-u" and words:
            child.variables.pop(words.pop(0), None)
        elif not name.startswith("-"):
            child.variables[name] = value
            child.exported.add(name)
    if words:
        return await child.execute(words)
    for name in sorted(child.exported & child.variables.keys()):
        await call.line(f"{name}={child.variables[name]}")
    return 0


async def _printenv(call: Call) -> int:
    if not call.args:
        return await _env(call)
    missing = [name for name in call.args if name not in call.shell.variables]
    for name in call.args:
        if name not in missing:
            await call.line(call.shell.variables[name])
    return int(bool(missing))


async def _time(call: Call) -> int:
    """Times are of the phone's clock."""
    before = call.phone.state["clock"]["epoch_ms"]
    status = await call.shell.execute(call.args) if call.args else 0
    seconds = (call.phone.state["clock"]["epoch_ms"] - before) / 1000
    real = f"{int(seconds // 60)}m{seconds % 60:05.2f}s"
    await call.err(f"{real} real     0m00.00s user     0m00.00s system")
    return status


async def _wrapped(call: Call) -> int:
    """toybox X, busybox X, nohup X, setsid X: X itself."""
    if call.args:
        return await call.shell.execute(call.args)
    if call.name != "toybox":
        raise CommandError("Needs 1 argument")
    await call.line(" ".join(sorted(call.shell.commands)))
    return 0


async def _prefixed(call: Call) -> int:
    """timeout 5 X, nice -n 5 X: X without its options; virtual time does not run while X does."""
    words = list(call.args)
    while words and (words[0].startswith("-") or re.fullmatch(r"[\d.]+[smhd]?", words[0])):
        words.pop(0)
    return await call.shell.execute(words) if words else 0


async def _which(call: Call) -> int:
    status = 0 if call.args else 1
    for name in call.args:
        if name in call.shell.commands:
            await call.line(f"/system/bin/{name}")
        elif name.startswith("/") and call.files.isfile(name):
            await call.line(name)
        else:
            status = 1
    return status


async def _hash(call: Call) -> int:
    algorithm = call.name.removesuffix("sum")
    options, operands = call.options("bcs", "brief")
    for name, data in await call.contents(operands):
        digest = hashlib.new(algorithm, data, usedforsecurity=False).hexdigest()
        await call.line(digest if "b" in options or "brief" in options else f"{digest}  {name}")
    return 0


async def _base64(call: Call) -> int:
    options, operands = call.options("diw:")
    data = b"".join([content for _, content in await call.contents(operands)])
    if "d" in options:
        try:
            await call.io.stdout.write(decodebytes(data))
        except Base64Error:
            raise CommandError("bad input") from None
        return 0
    text = b64encode(data).decode()
    width = int(options["w"]) if options.get("w", "x").isdigit() else 76
    pieces = [text[at : at + width] for at in range(0, len(text), width)] if width else [text]
    await call.out("\n".join(pieces), "\n" if width and text else "")
    return 0


async def _xxd(call: Call) -> int:
    options, operands = call.options("prc:l:s:")
    data = b"".join([content for _, content in await call.contents(operands)])
    if options.get("l", "").isdigit():
        data = data[: int(options["l"])]
    if "r" in options:
        await call.io.stdout.write(bytes.fromhex(re.sub(r"[^0-9a-fA-F]", "", decode(data))[: len(data) // 2 * 2]))
        return 0
    if "p" in options:
        text = data.hex()
        for at in range(0, len(text), 60):
            await call.line(text[at : at + 60])
        return 0
    for at in range(0, len(data), 16):
        row = data[at : at + 16]
        words = " ".join(row[i : i + 2].hex() for i in range(0, len(row), 2))
        await call.line(f"{at:08x}: {words:<39}  {''.join(chr(b) if 32 <= b < 127 else '.' for b in row)}")
    return 0


COMMANDS: Final[dict[str, Command]] = {
    "base64": _base64,
    "basename": _basename,
    "busybox": _wrapped,
    "dirname": _dirname,
    "echo": _echo,
    "env": _env,
    "md5sum": _hash,
    "nice": _prefixed,
    "nohup": _wrapped,
    "printenv": _printenv,
    "printf": _printf,
    "seq": _seq,
    "setsid": _wrapped,
    "sha1sum": _hash,
    "sha224sum": _hash,
    "sha256sum": _hash,
    "sha512sum": _hash,
    "sleep": _sleep,
    "time": _time,
    "timeout": _prefixed,
    "toybox": _wrapped,
    "usleep": _usleep,
    "which": _which,
    "xxd": _xxd,
    "yes": _yes,
}
