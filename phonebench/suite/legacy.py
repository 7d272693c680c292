"""Reads task files of AndroidLab and OpenPhone: `APP, package, tasks: [{task_id, task, metric_type, metric_func ..}]`.

Their checkers are Python classes of their own tree and are not run; an llm judge decides by the instruction, and what
`adb_query` prints at the end is recorded as a probe beside it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from phonebench.config.yaml_file import Document, KeyPath
from phonebench.schema.errors import TaskError

_ADB: Final = re.compile(r"\s*adb\s+(?:-s\s+\S+\s+)?shell\s+(?P<command>.+)", re.DOTALL)
_KEYS: Final = {"task_id": "id", "task": "instruction"}
_DONE: Final = "what the instruction asks for has been done completely, and is saved: {}"
_ANSWERED: Final = "the final answer to the user is right, as the screens of the record show: {}"


def is_old(data: Any) -> bool:
    """True for a task file of the ancestors."""
    return isinstance(data, Mapping) and "APP" in data and "tasks" in data


def translate(document: Document) -> Document:
    """The same tasks in today's form; raises TaskError with the line of what cannot be read."""
    data = document.data
    entries = data["tasks"]
    if not isinstance(entries, list):
        raise TaskError("tasks must be a list", where=document.place(("tasks",)))
    shared = {"app": str(data["APP"]), "package": data.get("package", "")}
    tasks = [{**shared, **_task(entry, document, ("tasks", at))} for at, entry in enumerate(entries)]
    return Document({**shared, "tasks": tasks}, document.places, document.name)


def _task(entry: Any, document: Document, path: KeyPath) -> dict[str, Any]:
    if not isinstance(entry, Mapping):
        raise TaskError("a task is a mapping with task_id and task", where=document.place(path))
    for key in _KEYS:
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            raise TaskError(f"a task needs {key}", where=document.place(path))
    query = "query" in str(entry.get("metric_type", "operation"))
    instruction = " ".join(entry["task"].split())
    return {
        "id": entry["task_id"].strip(),
        "kind": "query" if query else "operation",
        "instruction": instruction,
        "reference_steps": 0,
        "goals": [{"says": (_ANSWERED if query else _DONE).format(instruction)}],
        "probes": _probes(entry.get("adb_query"), document, path),
        "notes": f"upstream's checker: {entry['metric_func']}" if entry.get("metric_func") else "",
    }


def _probes(query: Any, document: Document, path: KeyPath) -> list[dict[str, str]]:
    """The query as a device command; one that is none is refused, for nothing of it may run on the host."""
    if query in (None, ""):
        return []
    parts = _ADB.fullmatch(query) if isinstance(query, str) else None
    if parts is None:
        where = document.place((*path, "adb_query"))
        raise TaskError("adb_query is no `adb shell ...`", where=where, why="only device commands are run")
    command = parts["command"].strip()
    if len(command) > 1 and command[0] == command[-1] and command[0] in "\"'":
        command = command[1:-1]
    return [{"name": "adb_query", "shell": command}]
