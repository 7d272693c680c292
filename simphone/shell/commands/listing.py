"""Commands that look at the file tree: ls, stat, du, df."""

from __future__ import annotations

import posixpath
import stat as stat_bits
import zlib
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from simphone.core.files import FileError, Stat
from simphone.shell.call import Call, Command
from simphone.shell.errors import CommandError

_UIDS: Final = {"root": 0, "system": 1000, "media_rw": 1023, "shell": 2000}
_KINDS: Final = {"file": stat_bits.S_IFREG, "dir": stat_bits.S_IFDIR, "link": stat_bits.S_IFLNK}


def user_id(owner: str) -> int:
    """Number of an Android user name: u0_a158 is 10158."""
    return _UIDS.get(owner) or (10_000 + int(owner[4:]) if owner[:4] == "u0_a" and owner[4:].isdigit() else 0)


def zone_of(call: Call) -> ZoneInfo:
    """The time zone of a command: $TZ, else the phone's."""
    name = call.shell.variables.get("TZ") or str(call.state["clock"]["zone"])
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")


def iso_time(mtime_ns: int, zone: ZoneInfo) -> str:
    """2023-11-28 23:17:43.176000000 +0000."""
    when = datetime.fromtimestamp(mtime_ns // 1_000_000_000, UTC).astimezone(zone)
    return f"{when:%Y-%m-%d %H:%M:%S}.{mtime_ns % 1_000_000_000:09d} {when:%z}"


def permissions(facts: Stat) -> str:
    """-rw-rw----."""
    return stat_bits.filemode(_KINDS[facts.kind] | facts.mode)


def inode(path: str) -> int:
    """A number that belongs to the path."""
    return zlib.crc32(path.encode("utf-8", "surrogateescape")) & 0xFFFFFF


def blocks(facts: Stat) -> int:
    """Allocated KiB, in pages of 4 KiB."""
    return -(-facts.size // 4096) * 4


def human(size: int) -> str:
    """1.5K, 12M: toybox's -h."""
    value, units = float(size), "BKMGTP"
    at = 0
    while value >= 1000 and at < len(units) - 1:
        value, at = value / 1024, at + 1
    if at == 0:
        return str(size)
    return f"{value:.1f}{units[at]}" if value < 10 else f"{value:.0f}{units[at]}"


# --- ls -----------------------------------------------------------------------------------------------------------
_LS_FLAGS: Final = "ACFHLNRSUXZabcdfghiklmnopqrstuwx1"


async def _ls(call: Call) -> int:
    options, operands = call.options(_LS_FLAGS, "color", "color=", "full-time", "sort=", "show-control-chars")
    if "full-time" in options:
        options["l"] = "ll"
    status = 0
    files: list[str] = []
    folders: list[str] = []
    for name in operands or ["."]:
        try:
            follow = not ("l" in options or "d" in options) or name.endswith("/") or "L" in options
            facts = call.files.stat(call.path(name), follow=follow)
            (folders if facts.kind == "dir" and "d" not in options else files).append(name)
        except FileError as error:
            status = await call.complain(f"{name}: {error.reason}")
    if files:
        await _ls_entries(call, options, [(name, call.path(name)) for name in files], total=False)
    for at, name in enumerate(folders):
        if at or files:
            await call.line()
        await _ls_folder(call, options, name, header=len(operands) > 1 or "R" in options)
    return status


async def _ls_folder(call: Call, options: dict[str, str], name: str, *, header: bool) -> None:
    if header:
        await call.line(f"{name}:")
    path = call.files.resolve(call.path(name))
    names = call.files.listdir(path)
    if not options.keys() & {"a", "A", "f"}:
        names = [each for each in names if not each.startswith(".")]
    entries = [(each, posixpath.join(path, each)) for each in names]
    if options.keys() & {"a", "f"}:
        entries = [(".", path), ("..", posixpath.dirname(path)), *entries]
    await _ls_entries(call, options, entries, total=True)
    if "R" in options:
        for each, inner in entries:
            if each not in (".", "..") and call.files.stat(inner, follow=False).kind == "dir":
                await call.line()
                await _ls_folder(call, options, posixpath.join(name, each), header=True)


async def _ls_entries(call: Call, options: dict[str, str], entries: list[tuple[str, str]], *, total: bool) -> None:
    rows = [(name, call.files.stat(path, follow="L" in options)) for name, path in entries]
    if "S" in options:
        rows.sort(key=lambda row: -row[1].size)
    elif "t" in options:
        rows.sort(key=lambda row: -row[1].mtime_ns)
    if "r" in options:
        rows.reverse()
    long = bool(options.keys() & {"l", "g", "n", "o"})
    if total and (long or "s" in options):
        await call.line(f"total {sum(blocks(facts) for _, facts in rows)}")
    columns = [_ls_columns(call, options, facts, long=long) for _, facts in rows]
    widths = [max(len(text) for text, _ in column) for column in zip(*columns, strict=True)]
    lines = []
    for (name, facts), cells in zip(rows, columns, strict=True):
        padded = [text.rjust(w) if right else text.ljust(w) for (text, right), w in zip(cells, widths, strict=True)]
        lines.append(" ".join([*padded, name + _ls_suffix(options, facts, long=long)]))
    if "m" in options:
        lines = [", ".join(lines)] if lines else []
    await call.out("".join(line + "\n" for line in lines))


def _ls_columns(call: Call, options: dict[str, str], facts: Stat, *, long: bool) -> list[tuple[str, bool]]:
    """Cells of a row before the name, and whether each is aligned right."""
    cells: list[tuple[str, bool]] = []
    if "i" in options:
        cells.append((str(inode(facts.path)), True))
    if "s" in options:
        cells.append((str(blocks(facts)), True))
    if not long:
        return cells
    numeric = "n" in options
    cells += [(permissions(facts), False), ("2" if facts.kind == "dir" else "1", True)]
    if "g" not in options:
        cells.append((str(user_id(facts.owner)) if numeric else facts.owner, False))
    if "o" not in options:
        cells.append((str(user_id(facts.group)) if numeric else facts.group, False))
    full = iso_time(facts.mtime_ns, zone_of(call))
    cells.append((human(facts.size) if "h" in options else str(facts.size), True))
    cells.append((full if len(options.get("l", "")) > 1 else full[:16], False))
    return cells


def _ls_suffix(options: dict[str, str], facts: Stat, *, long: bool) -> str:
    suffix = ""
    if "F" in options or "p" in options:
        executable = "*" if "F" in options and facts.mode & 0o111 else ""
        suffix = {"dir": "/", "link": "@" if "F" in options else "", "file": executable}[facts.kind]
    return (f" -> {facts.target}" if long and facts.kind == "link" else "") + suffix


# --- stat ---------------------------------------------------------------------------------------------------------
_KIND_NAMES: Final = {"file": "regular file", "dir": "directory", "link": "symbolic link"}


def _stat_text(template: str, name: str, facts: Stat, zone: ZoneInfo) -> str:
    when = iso_time(facts.mtime_ns, zone)
    seconds = str(facts.mtime_ns // 1_000_000_000)
    fields = {
        "a": f"{facts.mode:o}", "A": permissions(facts), "b": str(blocks(facts) * 2), "B": "512",
        "d": "64768", "f": f"{_KINDS[facts.kind] | facts.mode:x}",
        "F": "regular empty file" if facts.kind == "file" and not facts.size else _KIND_NAMES[facts.kind],
        "g": str(user_id(facts.group)), "G": facts.group, "h": "2" if facts.kind == "dir" else "1",
        "i": str(inode(facts.path)), "n": name, "o": "4096", "s": str(facts.size),
        "N": f"`{name}' -> `{facts.target}'" if facts.kind == "link" else f"`{name}'",
        "u": str(user_id(facts.owner)), "U": facts.owner,
        "x": when, "X": seconds, "y": when, "Y": seconds, "z": when, "Z": seconds, "%": "%",
    }  # fmt: skip
    out, at = [], 0
    while at < len(template):
        if template[at] == "%" and at + 1 < len(template):
            out.append(fields.get(template[at + 1], template[at : at + 2]))
            at += 2
        else:
            out.append(template[at])
            at += 1
    return "".join(out)


_STAT_DEFAULT: Final = (
    "  File: %N\n  Size: %s\t Blocks: %b\t IO Blocks: 512\t%F\nDevice: fd00h/%dd\t Inode: %i\t Links: %h\n"
    "Access: (0%a/%A)\tUid: (%u/ %U)\tGid: (%g/ %G)\nAccess: %x\nModify: %y\nChange: %z"
)


async def _stat(call: Call) -> int:
    options, operands = call.options("c:fLt", "format=")
    template = options.get("c") or options.get("format") or _STAT_DEFAULT
    if not operands:
        raise CommandError('Needs 1 argument (see "stat --help")')
    status = 0
    for name in operands:
        try:
            facts = call.files.stat(call.path(name), follow="L" in options)
            await call.line(_stat_text(template, name, facts, zone_of(call)))
        except FileError as error:
            status = await call.complain(f"'{name}': {error.reason}")
    return status


# --- du, df -------------------------------------------------------------------------------------------------------
async def _du(call: Call) -> int:
    options, operands = call.options("HKLachkmsxd:")
    for name in operands or ["."]:
        path = call.path(name)
        found = list(call.files.walk(path))
        sizes = {each: blocks(call.files.stat(each, follow=False)) for each in found}
        for each in reversed(found):
            is_dir = call.files.stat(each, follow=False).kind == "dir"
            if each != path and ("s" in options or not (is_dir or "a" in options)):
                continue
            total = sum(size for inner, size in sizes.items() if inner == each or inner.startswith(each + "/"))
            shown = human(total * 1024) if "h" in options else str(total // 1024 if "m" in options else total)
            await call.line(f"{shown}\t{name if each == path else posixpath.join(name, each[len(path) + 1 :])}")
    return 0


_DISKS: Final = (
    ("/dev/block/dm-5", 1_015_808, 1_009_152, "/"),
    ("tmpfs", 1_002_588, 1_176, "/dev"),
    ("/dev/block/dm-37", 16_777_216, 10_485_760, "/data"),
    ("/dev/fuse", 16_777_216, 10_485_760, "/storage/emulated"),
)
"""Device, KiB in all, KiB used, mount point: a 16 GB phone with 10 GB used."""


async def _df(call: Call) -> int:
    options, operands = call.options("HPahikt:")
    wanted = {call.files.resolve(call.path(name)) for name in operands}
    await call.line(
        "Filesystem        Size Used Avail Use% Mounted on"
        if "h" in options
        else "Filesystem       1K-blocks     Used Available Use% Mounted on"
    )
    for device, total, used, mount in _DISKS:
        if wanted and not any(path.startswith(mount) and (mount != "/" or path == "/") for path in wanted):
            continue
        shown = [human(size * 1024) if "h" in options else str(size) for size in (total, used, total - used)]
        widths = (5, 5, 5) if "h" in options else (9, 8, 9)
        cells = " ".join(text.rjust(width) for text, width in zip(shown, widths, strict=True))
        await call.line(f"{device:<16} {cells} {used * 100 // total:3d}% {mount}")
    return 0


COMMANDS: Final[dict[str, Command]] = {"df": _df, "du": _du, "ls": _ls, "stat": _stat}
