"""Commands that read and change the file tree: cat, rm, mkdir, cp, mv, touch, ln, chmod, tee and their kin."""

from __future__ import annotations

import posixpath
import re
from datetime import UTC, datetime
from typing import Final

from simphone.core.files import EntryExists, FileError, IsDirectory, NoEntry
from simphone.shell.call import Call, Command
from simphone.shell.commands import archive
from simphone.shell.commands.listing import zone_of
from simphone.shell.errors import CommandError
from simphone.shell.streams import MAX_OUTPUT, PIPE_SIZE


async def _cat(call: Call) -> int:
    _, operands = call.options("etuvn")
    status = 0
    for name in operands or ["-"]:
        try:
            if name == "-":
                while chunk := await call.io.stdin.read(PIPE_SIZE):
                    await call.io.stdout.write(chunk)
            elif call.path(name) == "/dev/zero":
                raise CommandError("/dev/zero: endless; use dd or head")
            else:
                await call.io.stdout.write(call.files.load(call.path(name)))
        except FileError as error:
            status = await call.complain(f"{name}: {error.reason}")
    return status


async def _rm(call: Call) -> int:
    options, operands = call.options("fiRrv")
    force, recursive = "f" in options, bool(options.keys() & {"R", "r"})
    if not operands and not force:
        raise CommandError('Needs 1 argument (see "rm --help")')
    status = 0
    for name in operands:
        try:
            path = call.path(name)
            if call.files.stat(path, follow=False).kind == "dir" and not recursive:
                raise IsDirectory(name)
            call.files.delete(path, recursive=recursive)
            if "v" in options:
                await call.line(f"rm '{name}'")
        except NoEntry:
            if not force:
                status = await call.complain(f"{name}: {NoEntry.reason}")
        except FileError as error:
            status = await call.complain(f"{name}: {error.reason}")
    return status


async def _mkdir(call: Call) -> int:
    options, operands = call.options("pm:v", "parents")
    mode = _octal(options["m"]) if "m" in options else 0o770
    if not operands:
        raise CommandError('Needs 1 argument (see "mkdir --help")')
    status = 0
    for name in operands:
        try:
            call.files.mkdir(call.path(name), parents="p" in options or "parents" in options, mode=mode)
        except FileError as error:
            status = await call.complain(f"'{name}': {error.reason}")
    return status


def _octal(text: str) -> int:
    if not re.fullmatch(r"[0-7]{1,4}", text):
        raise CommandError(f"bad mode '{text}'")
    return int(text, 8) & 0o777


async def _rmdir(call: Call) -> int:
    options, operands = call.options("p")
    status = 0
    for name in operands:
        try:
            path = call.path(name)
            if not call.files.isdir(path):
                raise (EntryExists(name) if call.files.exists(path) else NoEntry(name))
            call.files.delete(path)
            while "p" in options and (path := posixpath.dirname(path)) != "/":
                call.files.delete(path)
        except FileError as error:
            status = await call.complain(f"'{name}': {error.reason}")
    return status


def _targets(call: Call, operands: list[str], folder: str = "") -> tuple[list[str], str, bool]:
    """(sources, destination, whether that is a directory) of cp, mv and ln."""
    if folder:
        operands = [*operands, folder]
    if len(operands) < 2:
        raise CommandError(f'Needs 2 arguments (see "{call.name} --help")')
    *sources, target = operands
    into = call.files.isdir(call.path(target))
    if (len(sources) > 1 or folder) and not into:
        raise CommandError(f"'{target}' not directory")
    return sources, target, into


async def _cp(call: Call) -> int:
    options, operands = call.options("adDfFHilLnPprRsTt:uv", "preserve=")
    recursive = bool(options.keys() & {"a", "r", "R"})
    keep = bool(options.keys() & {"a", "p", "preserve"})
    sources, target, into = _targets(call, operands, options.get("t", ""))
    status = 0
    for name in sources:
        try:
            there = (
                posixpath.join(target, posixpath.basename(name.rstrip("/"))) if into and "T" not in options else target
            )
            if posixpath.basename(name.rstrip("/")) in (".", ".."):
                there = target
            if call.files.isdir(call.path(name)) and not recursive:
                status = await call.complain(f"Skipped dir '{name}'")
                continue
            if not ("n" in options and call.files.exists(call.path(there))):
                call.files.copy(call.path(name), call.path(there), recursive=recursive, keep=keep)
        except FileError as error:
            status = await call.complain(f"bad '{name}': {error.reason}")
    return status


async def _mv(call: Call) -> int:
    options, operands = call.options("fFinTt:v")
    sources, target, into = _targets(call, operands, options.get("t", ""))
    status = 0
    for name in sources:
        try:
            there = (
                posixpath.join(target, posixpath.basename(name.rstrip("/"))) if into and "T" not in options else target
            )
            if not ("n" in options and call.files.exists(call.path(there))):
                call.files.rename(call.path(name), call.path(there))
        except FileError as error:
            status = await call.complain(f"bad '{name}': {error.reason}")
    return status


async def _ln(call: Call) -> int:
    options, operands = call.options("sfnrTtv")
    sources, target, into = _targets(call, operands if len(operands) > 1 else [*operands, "."])
    for name in sources:
        there = call.path(posixpath.join(target, posixpath.basename(name)) if into else target)
        if "f" in options:
            call.files.delete(there)
        if "s" in options:
            call.files.symlink(name, there)
        else:
            call.files.copy(call.path(name), there, keep=True)
    return 0


def parse_time(call: Call, text: str) -> int:
    """Epoch milliseconds of "@SECONDS", "YYYY-MM-DD[ T]hh:mm[:ss]" or MMDDhhmm[[CC]YY][.ss] in the phone's zone.

    Raises CommandError.
    """
    match = re.fullmatch(r"@(\d{1,12})(\.\d+)?", text)
    if match:
        return int(match[1]) * 1000 + int(float(match[2] or 0) * 1000)
    now = call.phone.now()
    text = text.strip()
    utc = text.endswith("Z")
    compact = re.fullmatch(r"(\d{2})(\d{2})(\d{2})(\d{2})(\d{2}|\d{4})?(?:\.(\d{2}))?", text)
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?Z?", text)
    clock = re.fullmatch(r"(\d{1,2}):(\d{2})(?::(\d{2}))?", text)
    try:
        if compact:
            month, day, hour, minute = (int(part) for part in compact.groups()[:4])
            year = int(compact[5]) if compact[5] else now.year
            year += 2000 if year < 69 else 1900 if year < 100 else 0
            when = datetime(year, month, day, hour, minute, int(compact[6] or 0))
        elif iso:
            when = datetime(*(int(part or 0) for part in iso.groups()))  # type: ignore[arg-type]
        elif clock:
            when = now.replace(hour=int(clock[1]), minute=int(clock[2]), second=int(clock[3] or 0), microsecond=0)
        else:
            raise CommandError(f"bad date '{text}'")
        return int(when.replace(tzinfo=UTC if utc else zone_of(call)).timestamp() * 1000)
    except (ValueError, OverflowError):
        raise CommandError(f"bad date '{text}'") from None


async def _touch(call: Call) -> int:
    options, operands = call.options("acd:fhmr:t:")
    stamp: int | None = None
    if "d" in options:
        stamp = parse_time(call, options["d"]) * 1_000_000
    elif "t" in options:
        digits, _, seconds = options["t"].partition(".")
        moved = digits[-8:] + digits[:-8] + ("." + seconds if seconds else "")
        stamp = parse_time(call, moved) * 1_000_000
    elif "r" in options:
        stamp = call.files.stat(call.path(options["r"])).mtime_ns
    for name in operands:
        path = call.path(name)
        if not call.files.exists(path):
            if "c" in options:
                continue
            call.files.write(path, b"")
        call.files.touch_meta(path, mtime_ns=call.files.now_ns() if stamp is None else stamp)
    return 0


def _mode(spec: str, old: int) -> int:
    """An octal or symbolic mode applied to the old one."""
    if re.fullmatch(r"[0-7]{1,4}", spec):
        return int(spec, 8) & 0o777
    for clause in spec.split(","):
        match = re.fullmatch(r"([ugoa]*)([-+=])([rwxXst]*)", clause)
        if match is None:
            raise CommandError(f"bad mode '{spec}'")
        who = match[1].replace("a", "ugo") or "ugo"
        bits = sum({"r": 4, "w": 2, "x": 1, "X": 1}.get(c, 0) for c in set(match[3]))
        shifts = [{"u": 6, "g": 3, "o": 0}[c] for c in set(who)]
        value = sum(bits << shift for shift in shifts)
        if match[2] == "=":
            old = old & ~sum(7 << shift for shift in shifts) | value
        else:
            old = old | value if match[2] == "+" else old & ~value
    return old


async def _chmod(call: Call) -> int:
    recursive = any(re.fullmatch(r"-[Rvf]+", word) and "R" in word for word in call.args)
    words = [word for word in call.args if not re.fullmatch(r"-[Rvf]+", word)]
    if len(words) < 2:
        raise CommandError('Needs 2 arguments (see "chmod --help")')
    for name in words[1:]:
        path = call.path(name)
        for each in list(call.files.walk(call.files.resolve(path))) if recursive else [path]:
            call.files.touch_meta(each, mode=_mode(words[0], call.files.stat(each).mode))
    return 0


async def _chown(call: Call) -> int:
    options, words = call.options("RhfvHLP")
    if len(words) < 2:
        raise CommandError(f'Needs 2 arguments (see "{call.name} --help")')
    owner = words[0].partition(":")[0] if call.name == "chown" else ""
    for name in words[1:]:
        path = call.path(name)
        for each in list(call.files.walk(call.files.resolve(path))) if "R" in options else [path]:
            call.files.touch_meta(each, owner=owner or None)
    return 0


async def _readlink(call: Call) -> int:
    options, operands = call.options("fenmqz")
    status = 0
    for name in operands:
        facts = call.files.stat(call.path(name), follow=False) if call.files.exists(call.path(name)) else None
        if options.keys() & {"f", "e", "m"}:
            await call.out(call.files.resolve(call.path(name)), "" if "n" in options else "\n")
        elif facts and facts.kind == "link":
            await call.out(facts.target, "" if "n" in options else "\n")
        else:
            status = 1
    return status


async def _realpath(call: Call) -> int:
    _, operands = call.options("emqz")
    for name in operands or ["."]:
        if not call.files.exists(call.path(name)):
            raise NoEntry(name)
        await call.line(call.files.resolve(call.path(name)))
    return 0


async def _tee(call: Call) -> int:
    options, operands = call.options("ai")
    paths = [call.path(name) for name in operands]
    for path in paths:
        call.files.write(path, b"", append="a" in options)
    while chunk := await call.io.stdin.read(PIPE_SIZE):
        for path in paths:
            call.files.write(path, chunk, append=True)
        await call.io.stdout.write(chunk)
    return 0


async def _dd(call: Call) -> int:
    options = dict(word.partition("=")[::2] for word in call.args)
    size = _dd_number(options.get("bs", "512"))
    count = _dd_number(options["count"]) if "count" in options else None
    limit = min(size * count, MAX_OUTPUT) if count is not None else MAX_OUTPUT
    source = options.get("if", "")
    if source == "/dev/zero":
        data = bytes(limit if count is not None else 0)
    else:
        data = call.files.load(call.path(source)) if source else await call.input()
        data = data[_dd_number(options.get("skip", "0")) * size :][:limit]
    if "of" in options:
        call.files.write(call.path(options["of"]), data)
    else:
        await call.io.stdout.write(data)
    blocks = len(data) // size
    await call.err(f"{blocks}+{int(len(data) % size > 0)} records in\n{blocks}+{int(len(data) % size > 0)} records out")
    return 0


def _dd_number(text: str) -> int:
    match = re.fullmatch(r"(\d{1,9})([kKMG]?)", text)
    if match is None:
        raise CommandError(f"bad number '{text}'")
    return int(match[1]) * {"": 1, "k": 1 << 10, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30}[match[2]]


async def _mktemp(call: Call) -> int:
    options, operands = call.options("dqutp:")
    template = operands[0] if operands else "tmp.XXXXXXXXXX"
    folder = options.get("p") or ("/data/local/tmp" if not operands or "t" in options else "")
    stem = template.rstrip("X")
    for number in range(1, 10_000):
        path = call.path(posixpath.join(folder, stem + str(number).zfill(len(template) - len(stem))))
        if not call.files.exists(path):
            if "d" in options:
                call.files.mkdir(path)
            else:
                call.files.write(path, b"")
            await call.line(path)
            return 0
    raise CommandError("no free name")


async def _quiet(call: Call) -> int:
    """restorecon, chcon, sync, mount -o remount and the like: nothing to do on this phone."""
    return 0 if call.name == "sync" or call.args else await call.complain("Needs 1 argument")


COMMANDS: Final[dict[str, Command]] = {
    "cat": _cat,
    "chcon": _quiet,
    "chgrp": _chown,
    "chmod": _chmod,
    "chown": _chown,
    "cp": _cp,
    "dd": _dd,
    "ln": _ln,
    "mkdir": _mkdir,
    "mktemp": _mktemp,
    "mv": _mv,
    "readlink": _readlink,
    "realpath": _realpath,
    "restorecon": _quiet,
    "rm": _rm,
    "rmdir": _rmdir,
    "sync": _quiet,
    "tar": archive.tar,
    "tee": _tee,
    "touch": _touch,
}
