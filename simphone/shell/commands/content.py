"""content: query, insert, update and delete on content providers.

Settings come from the settings provider, contacts and the like from the apps that keep them (read-only); every other
URI is a list of rows in `state["providers"]`. Conditions are real SQL: the rows are laid into a table of a database in
memory.
"""

from __future__ import annotations

import sqlite3
from typing import Any, Final

from simphone.shell.call import Call, Command
from simphone.shell.commands.database import sandbox
from simphone.shell.commands.settings import NAMESPACES
from simphone.shell.errors import CommandError

Row = dict[str, Any]
_FLAGS: Final = ("--uri", "--user", "--projection", "--where", "--sort", "--bind", "--arg", "--method", "--extra")
_SETTINGS: Final = "content://settings/"


class _Request:
    """Arguments of one call."""

    def __init__(self, args: list[str]) -> None:
        self.values: dict[str, str] = {}
        self.binds: Row = {}
        rest = list(args)
        while rest:
            flag = rest.pop(0)
            if flag not in _FLAGS or not rest:
                raise CommandError(f"[ERROR] Unsupported argument: {flag}", 255)
            value = rest.pop(0)
            if flag == "--bind":
                self.bind(value)
            else:
                self.values[flag] = value
        self.uri = self.values.get("--uri", "").rstrip("/")
        if not self.uri.startswith("content://"):
            raise CommandError("[ERROR] Content provider URI not specified. Did you specify --uri argument?", 255)

    def bind(self, text: str) -> None:
        """name:type:value, types b s i l f d n."""
        name, _, rest = text.partition(":")
        kind, _, value = rest.partition(":")
        readers: dict[str, Any] = {"s": str, "i": int, "l": int, "f": float, "d": float, "n": lambda _: None}
        readers["b"] = lambda flag: int(flag.lower() == "true")
        if kind not in readers:
            raise CommandError(f"[ERROR] Unsupported type: {kind}", 255)
        try:
            self.binds[name] = readers[kind](value)
        except ValueError:
            raise CommandError(f"[ERROR] Bad value for {name}: {value}", 255) from None


def _rows(call: Call, uri: str) -> list[Row]:
    """The rows behind a URI; a last component that is a number picks the row with that _id."""
    if uri.startswith(_SETTINGS):
        namespace, _, key = uri.removeprefix(_SETTINGS).partition("/")
        values = call.state["settings"].get(namespace, {})
        rows = [{"_id": at, "name": name, "value": values[name]} for at, name in enumerate(sorted(values), 1)]
        return [row for row in rows if not key or row["name"] == key]
    providers: dict[str, list[Row]] = {**call.state["providers"], **call.phone.app_providers()}
    if uri in providers:
        return providers[uri]
    base, _, last = uri.rpartition("/")
    if last.isdigit() and base in providers:
        return [row for row in providers[base] if str(row.get("_id")) == last]
    # A folder shows what lies below it: content://sms holds inbox and sent.
    return [row for name in sorted(providers) if name.startswith(uri + "/") for row in providers[name]]


def _selected(rows: list[Row], where: str, sort: str) -> list[Row]:
    """The rows for which the SQL condition holds, in the SQL order. Raises CommandError for bad SQL."""
    if not (where or sort):
        return rows
    names = sorted({name for row in rows for name in row})
    if not names:
        return []
    columns = ", ".join(_column(name, rows) for name in names)
    condition = f" WHERE {where}" if where else ""
    order = f" ORDER BY {sort}" if sort else ""
    try:
        with sandbox() as base:
            base.execute(f"CREATE TABLE t (position_, {columns})")
            marks = ", ".join("?" * (len(names) + 1))
            values = [[at, *map(row.get, names)] for at, row in enumerate(rows)]
            base.executemany(f"INSERT INTO t VALUES ({marks})", values)  # noqa: S608 - bound values; `marks` holds question marks
            # The words are the caller's own SQL, and the database is a sandbox.
            found = base.execute(f"SELECT position_ FROM t{condition}{order}").fetchall()  # noqa: S608 - the caller's own condition, on a table in memory
    except (sqlite3.Error, sqlite3.Warning, ValueError) as error:
        raise CommandError(f"Error while accessing provider: {error}", 255) from None
    return [rows[int(at)] for (at,) in found if isinstance(at, int)]


def _column(name: str, rows: list[Row]) -> str:
    """A column's definition; its type makes `address=1` find the text 1, as in a provider's own table."""
    values = [row[name] for row in rows if row.get(name) is not None]
    kind = "TEXT" if values and all(isinstance(value, str) for value in values) else "NUMERIC"
    return '"' + name.replace('"', '""') + '" ' + kind


def _shown(value: Any) -> str:
    return "NULL" if value is None else "BLOB" if isinstance(value, bytes) else str(value)


def _refuse_shown(call: Call, uri: str) -> None:
    """Rows that an app shows are made from its data: they cannot be written here."""
    if any(uri == shown or uri.startswith(shown + "/") for shown in call.phone.app_providers()):
        raise CommandError(f"Error while accessing provider: {uri} cannot be written on a simulated phone", 255)


async def _query(call: Call, request: _Request) -> None:
    rows = _selected(_rows(call, request.uri), request.values.get("--where", ""), request.values.get("--sort", ""))
    names = [name for name in request.values.get("--projection", "").split(":") if name]
    for at, row in enumerate(rows):
        cells = ", ".join(f"{name}={_shown(row.get(name))}" for name in names or row)
        await call.line(f"Row: {at} {cells}")
    if not rows:
        await call.line("No result found.")


async def _insert(call: Call, request: _Request) -> None:
    if request.uri.startswith(_SETTINGS):
        namespace = request.uri.removeprefix(_SETTINGS).partition("/")[0]
        if namespace in NAMESPACES and "name" in request.binds:
            call.phone.put_setting(namespace, str(request.binds["name"]), str(request.binds.get("value", "")))
        return
    _refuse_shown(call, request.uri)
    rows: list[Row] = call.state["providers"].setdefault(request.uri, [])
    next_id = max((int(row["_id"]) for row in rows if str(row.get("_id", "")).isdigit()), default=0) + 1
    rows.append({"_id": next_id} | request.binds)
    call.phone.changed()


async def _update(call: Call, request: _Request) -> None:
    rows = _selected(_rows(call, request.uri), request.values.get("--where", ""), "")
    if request.uri.startswith(_SETTINGS):
        namespace = request.uri.removeprefix(_SETTINGS).partition("/")[0]
        for row in rows:
            call.phone.put_setting(namespace, row["name"], str(request.binds.get("value", row["value"])))
        return
    _refuse_shown(call, request.uri)
    for row in rows:
        row.update(request.binds)
    call.phone.changed()


async def _delete(call: Call, request: _Request) -> None:
    rows = _selected(_rows(call, request.uri), request.values.get("--where", ""), "")
    if request.uri.startswith(_SETTINGS):
        namespace = request.uri.removeprefix(_SETTINGS).partition("/")[0]
        for row in rows:
            call.phone.put_setting(namespace, row["name"], None)
        return
    _refuse_shown(call, request.uri)
    gone = {id(row) for row in rows}
    for uri, kept in call.state["providers"].items():
        call.state["providers"][uri] = [row for row in kept if id(row) not in gone]
    call.phone.changed()


async def _read(call: Call, request: _Request) -> None:
    await call.err(f"Error while accessing provider: java.io.FileNotFoundException: No content for {request.uri}")


_VERBS: Final = {"delete": _delete, "insert": _insert, "query": _query, "read": _read, "update": _update}


async def _content(call: Call) -> int:
    verb = call.args[0] if call.args else ""
    if verb in ("call", "gettype", "write"):
        await call.line("Result: null")
        return 0
    if verb not in _VERBS:
        await call.err("usage: adb shell content [subcommand] [options]")
        return 255
    try:
        await _VERBS[verb](call, _Request(call.args[1:]))
    except CommandError as error:
        await call.err(str(error))
        return error.status
    return 0


COMMANDS: Final[dict[str, Command]] = {"content": _content}
