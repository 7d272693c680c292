"""sqlite3: real SQL on the SQLite files of the phone."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from typing import Any, Final

from simphone.core.files import ReadOnly
from simphone.shell.call import Call, Command
from simphone.shell.commands.database import image_of, sandbox, shown, statements
from simphone.shell.streams import MAX_OUTPUT, decode

_MODES: Final = ("ascii", "box", "column", "csv", "json", "line", "list", "markdown", "quote", "table", "tabs")
_SWITCHES: Final = frozenset(
    ["batch", "readonly", "bail", "interactive", "noheader", "header", "stats", "echo", "safe"]
)


class _Cli:
    """One run of the sqlite3 command line: its output mode, and the database in memory."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self.base = base
        self.mode = "list"
        self.separator = "|"
        self.headers = False
        self.null = ""
        self.done = False

    def run(self, script: str) -> str:
        """Output of a script of statements and dot commands. Raises sqlite3.Error."""
        out: list[str] = []
        pending: list[str] = []
        for line in script.splitlines():
            if line.lstrip().startswith(".") and not "".join(pending).strip():
                out.append(self.dot(line.strip()))
                if self.done:
                    break
                continue
            pending.append(line)
            if sqlite3.complete_statement("\n".join(pending)):
                out += [self.statement(sql) for sql in statements("\n".join(pending))]
                pending = []
        out += [self.statement(sql) for sql in statements("\n".join(pending))]
        return "".join(out)

    def statement(self, sql: str) -> str:
        cursor = self.base.execute(sql)
        if cursor.description is None:
            return ""
        names = [column[0] for column in cursor.description]
        rows: list[tuple[Any, ...]] = []
        size = 0
        for row in cursor:
            size += sum(len(str(value)) for value in row) + 16 * len(row)
            if size > MAX_OUTPUT:
                raise sqlite3.OperationalError("too much output")
            rows.append(row)
        return self.table(names, rows)

    def table(self, names: list[str], rows: list[tuple[Any, ...]]) -> str:
        if self.mode == "json":
            return _json(names, rows)
        if self.mode == "csv":
            return self.csv(names, rows)
        texts = [[self.null if value is None else shown(value) for value in row] for row in rows]
        if self.mode == "line":
            width = max((len(name) for name in names), default=0)
            return "\n".join(
                "".join(f"{n.rjust(width)} = {t}\n" for n, t in zip(names, row, strict=True)) for row in texts
            )
        if self.mode in ("column", "table", "box", "markdown"):
            return self.columns(names, texts)
        if self.mode == "quote":
            texts = [[_quoted(value) for value in row] for row in rows]
        separator = {"quote": ",", "tabs": "\t"}.get(self.mode, self.separator)
        return "".join(separator.join(row) + "\n" for row in ([names] if self.headers else []) + texts)

    def csv(self, names: list[str], rows: list[tuple[Any, ...]]) -> str:
        buffer = io.StringIO()
        writer = csv.writer(buffer, delimiter=self.separator if len(self.separator) == 1 else ",", lineterminator="\n")
        writer.writerows(([names] if self.headers else []) + [[shown(value) for value in row] for row in rows])
        return buffer.getvalue()

    def columns(self, names: list[str], texts: list[list[str]]) -> str:
        if not texts:
            return ""
        widths = [max(len(text) for text in column) for column in zip(names, *texts, strict=True)]
        head = [names, ["-" * width for width in widths]]
        padded = (("  ".join(t.ljust(w) for t, w in zip(row, widths, strict=True))) for row in head + texts)
        return "".join(row.rstrip() + "\n" for row in padded)

    def dot(self, line: str) -> str:
        name, _, rest = line.partition(" ")
        rest = rest.strip().strip("'\"")
        if name in (".tables", ".table"):
            sql = (
                "SELECT name FROM sqlite_master WHERE type IN ('table','view') AND name NOT LIKE 'sqlite_%' ORDER BY 1"
            )
            names = [str(row[0]) for row in self.base.execute(sql)]
            return "  ".join(names) + "\n" if names else ""
        if name in (".schema", ".sch"):
            sql = "SELECT sql FROM sqlite_master WHERE sql NOT NULL AND (?='' OR tbl_name LIKE ?) ORDER BY rowid"
            return "".join(f"{row[0]};\n" for row in self.base.execute(sql, (rest, rest)))
        if name == ".dump":
            return "".join(row + "\n" for row in self.base.iterdump())
        if name == ".databases":
            return "main: \n"
        if name in (".quit", ".exit"):
            self.done = True
        elif name in (".headers", ".header"):
            self.headers = rest in ("on", "1", "yes", "true")
        elif name == ".mode" and rest.split(" ")[0] in _MODES:
            self.set_mode(rest.split(" ")[0])
        elif name == ".separator":
            self.separator = rest.replace("\\t", "\t")
        elif name == ".nullvalue":
            self.null = rest
        elif name not in (".timeout", ".bail", ".echo", ".changes", ".width"):
            raise sqlite3.OperationalError(
                f'unknown command or invalid arguments:  "{name[1:]}". Enter ".help" for help'
            )
        return ""

    def set_mode(self, mode: str) -> None:
        self.mode = mode
        if mode == "csv":
            self.separator = ","


def _quoted(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bytes):
        return f"X'{value.hex()}'"
    return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else str(value)


def _json(names: list[str], rows: list[tuple[Any, ...]]) -> str:
    if not rows:
        return ""
    plain = [{n: shown(v) if isinstance(v, bytes) else v for n, v in zip(names, row, strict=True)} for row in rows]
    body = ",\n".join(json.dumps(row, separators=(",", ":"), ensure_ascii=False) for row in plain)
    return f"[{body}]\n"


async def _sqlite3(call: Call) -> int:
    flags: list[tuple[str, str]] = []
    operands: list[str] = []
    rest = list(call.args)
    while rest:
        word = rest.pop(0)
        if not word.startswith("-") or len(word) < 2 or operands:
            operands.append(word)
            continue
        name = word.lstrip("-")
        if name in ("separator", "cmd", "nullvalue", "init", "mmap", "lookaside", "newline"):
            flags.append((name, rest.pop(0) if rest else ""))
        elif name in _SWITCHES or name in _MODES:
            flags.append((name, ""))
        elif name == "version":
            await call.line(sqlite3.sqlite_version)
            return 0
        else:
            await call.err(f"sqlite3: Error: unknown option: {word}\nUse -help for a list of options.")
            return 1
    path = operands[0] if operands else ":memory:"
    scripts = operands[1:] or [decode(await call.input())]
    return await _run(call, path, flags, scripts)


async def _run(call: Call, path: str, flags: list[tuple[str, str]], scripts: list[str]) -> int:
    kept = path not in (":memory:", "")
    image = (call.files.read(call.path(path)) or b"") if kept else b""
    if kept and call.files.isdir(call.path(path)):
        await call.err(f'Error: unable to open database "{path}": unable to open database file')
        return 1
    status = 0
    try:
        with sandbox(image) as base:
            before = image_of(base)
            try:
                await _execute(call, _Cli(base), flags, scripts)
            except (sqlite3.Error, sqlite3.Warning, OverflowError, ValueError) as error:
                await call.err(f"Error: {error}")
                status = 1
            if base.in_transaction:
                base.rollback()
            after = image_of(base)
    except sqlite3.Error as error:
        await call.err(f"Error: {error}")
        return 26 if "not a database" in str(error) else 1
    if kept and after != before and ("readonly", "") not in flags:
        try:
            call.files.write(call.path(path), after)
        except ReadOnly:
            await call.err("Error: attempt to write a readonly database")
            return 8
    return status


async def _execute(call: Call, cli: _Cli, flags: list[tuple[str, str]], scripts: list[str]) -> None:
    for name, value in flags:
        if name in _MODES:
            cli.set_mode(name)
        elif name in ("header", "noheader"):
            cli.headers = name == "header"
        elif name == "separator":
            cli.separator = value.replace("\\t", "\t")
        elif name == "nullvalue":
            cli.null = value
        elif name == "cmd":
            await call.out(cli.run(value))
    for script in scripts:
        await call.out(cli.run(script))
        if cli.done:
            return


COMMANDS: Final[dict[str, Command]] = {"sqlite3": _sqlite3}
