"""Narrows a suite by task id, glob and app."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase

from phonebench.config.suggest import did_you_mean
from phonebench.schema.errors import TaskError
from phonebench.schema.task import Suite
from phonebench.suite.load import make_suite


def select(suite: Suite, task_ids: Sequence[str] = (), apps: Sequence[str] = ()) -> Suite:
    """The tasks that match one of `task_ids` (ids or globs) and one of `apps`; an empty filter lets all pass.

    Raises TaskError for an id, glob or app that matches nothing, and when no task is left.
    """
    for wanted in task_ids:
        if not any(fnmatchcase(task.id, wanted) for task in suite.tasks):
            hint = did_you_mean(wanted, [task.id for task in suite.tasks], most=3)
            raise TaskError(
                f"no task '{wanted}' in {suite.name}", why=hint, next_step="see them all: python eval.py --list"
            )
    known_apps = sorted({task.app for task in suite.tasks})
    for app in apps:
        if app not in known_apps:
            hint = did_you_mean(app, known_apps) or f"apps: {', '.join(known_apps)}"
            raise TaskError(f"no app '{app}' in {suite.name}", why=hint)
    kept = [
        task
        for task in suite.tasks
        if (not task_ids or any(fnmatchcase(task.id, wanted) for wanted in task_ids)) and (not apps or task.app in apps)
    ]
    if not kept:
        raise TaskError(
            "no task is left", why=f"ids {', '.join(task_ids)} and apps {', '.join(apps)} exclude each other"
        )
    return make_suite(suite.name, kept)
