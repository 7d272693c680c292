"""Reads task files: tasks/**/*.yaml -> Task, each with the place it was written at."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import jmespath
from jmespath.exceptions import JMESPathError
from pydantic import ConfigDict

from phonebench.config.explain import validate
from phonebench.config.paths import resolve
from phonebench.config.yaml_file import Document, KeyPath, read_yaml, show_path
from phonebench.schema.base import Record
from phonebench.schema.errors import TaskError
from phonebench.schema.task import Suite, Task
from phonebench.suite import legacy

TASK_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}")
"""Ids become folder names."""


class TaskFile(Record):
    """One file: the app, and its tasks."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    app: str
    package: str
    tasks: tuple[Task, ...]


def load_suite(path: str) -> Suite:
    """All tasks of a file or folder, files in the order of their names; raises TaskError with file and line."""
    root = resolve(path)
    if root.is_file():
        files = [root]
    elif root.is_dir():
        files = sorted(p for p in root.rglob("*") if p.suffix in (".yaml", ".yml") and p.is_file())
    else:
        raise TaskError(f"no task file or folder '{path}'", why="suite.path or --task_config names it")
    if not files:
        raise TaskError(f"no .yaml file below '{path}'")
    tasks: list[Task] = []
    for file in files:
        tasks.extend(read_tasks(file))
    _refuse_doubles(tasks)
    return make_suite(root.stem, tasks)


def make_suite(name: str, tasks: Iterable[Task]) -> Suite:
    """A suite with the digest of what its tasks ask, in their order."""
    chosen = tuple(tasks)
    digest = hashlib.sha256("\n".join(task_digest(task) for task in chosen).encode()).hexdigest()
    return Suite(name=name, tasks=chosen, digest=digest)


def task_digest(task: Task) -> str:
    """sha256 over everything in a task that can change an episode or its verdict (not its notes)."""
    plain = task.model_dump(mode="json", exclude={"notes", "source"})
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()


def read_tasks(file: Path) -> list[Task]:
    """The tasks of one file; raises TaskError."""
    shown = show_path(file)
    document = read_yaml(file, error=TaskError, shown=shown)
    old = legacy.is_old(document.data)
    document = legacy.translate(document) if old else document
    parsed = validate(TaskFile, _spread(document), error=TaskError, help_line="docs/tasks.md shows a task")
    tasks = []
    for index, task in enumerate(parsed.tasks):
        path: KeyPath = ("tasks", index)
        _check(task, document, path)
        if task.kind == "query" and task.answer is None and not old:
            raise TaskError(f"{task.id}: a query needs an answer", where=document.place(path))
        tasks.append(task.model_copy(update={"source": document.place(path)}))
    return tasks


def _spread(document: Document) -> Document:
    """Give each task the app and package that stand once at the top of its file."""
    if not isinstance(document.data, dict):
        raise TaskError("a task file is a mapping with app, package and tasks", where=document.name)
    tasks = document.data.get("tasks")
    if not isinstance(tasks, list):
        raise TaskError("tasks must be a list", where=document.place(("tasks",)))
    shared = {key: document.data[key] for key in ("app", "package") if key in document.data}
    spread = [{**shared, **task} if isinstance(task, Mapping) else task for task in tasks]
    return Document({**document.data, "tasks": spread}, document.places, document.name)


def _check(task: Task, document: Document, path: KeyPath) -> None:
    def refuse(what: str, *keys: str | int, why: str = "") -> TaskError:
        return TaskError(f"{task.id}: {what}", where=document.place((*path, *keys)), why=why)

    if not TASK_ID.fullmatch(task.id):
        raise refuse("an id holds letters, digits, _ and - only", "id")
    if not task.goals and task.answer is None:
        raise refuse("a task needs goals or an answer")
    if task.answer is not None and not task.answer.accept:
        raise refuse("accept holds nothing", "answer", "accept")
    for index, goal in enumerate(task.goals):
        try:
            jmespath.compile(goal.state or "@")
        except JMESPathError as problem:
            why = str(problem).splitlines()[0]
            raise refuse("the state of a goal is no JMESPath", "goals", index, "state", why=why) from None
    for index, probe in enumerate(task.probes):
        try:
            re.compile(probe.expect or "")
        except re.error as problem:
            key: Sequence[str | int] = ("probes", index, "expect")
            raise refuse("expect is no regular expression", *key, why=str(problem)) from None


def _refuse_doubles(tasks: Iterable[Task]) -> None:
    seen: dict[str, Any] = {}
    for task in tasks:
        if task.id in seen:
            raise TaskError(f"task id '{task.id}' stands twice", where=task.source, why=f"first at {seen[task.id]}")
        seen[task.id] = task.source
