"""Which apps the tasks need and a phone lacks."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack

from phonebench.device.apps import packages_in
from phonebench.schema.errors import ConfigError
from phonebench.schema.protocols import Phone, PhoneProvider
from phonebench.schema.task import Task
from phonebench.uitree import app_name, app_names


def missing_apps(phone: Phone, tasks: Iterable[Task]) -> dict[str, int]:
    """Package -> tasks that need it, of those that the phone does not have. Raises DeviceError."""
    installed = packages_in(phone.shell("pm list packages")[1])
    missing: dict[str, int] = {}
    for task in tasks:
        if task.package not in installed:
            missing[task.package] = missing.get(task.package, 0) + 1
    return missing


def require_apps(provider: PhoneProvider, tasks: Iterable[Task]) -> None:
    """Every phone has every app. Raises ConfigError that lists what is missing, DeviceError.

    Leases all phones, so no other thread may hold one.
    """
    tasks = tuple(tasks)
    with ExitStack() as stack:
        for _ in range(provider.size):
            phone = stack.enter_context(provider.lease())
            if phone.info.kind == "sim":
                return
            if missing := missing_apps(phone, tasks):
                raise ConfigError(
                    f"{phone.info.serial} lacks {listed(missing)}", where="suite.path", next_step=advice(tasks, missing)
                )


def listed(missing: dict[str, int]) -> str:
    """For people: Clock (com.android.deskclock, 27 tasks), ..."""
    return ", ".join(
        f"{app_name(package)} ({package}, {count} task{'s' if count > 1 else ''})" for package, count in missing.items()
    )


def advice(tasks: Iterable[Task], missing: dict[str, int]) -> str:
    """How to go on: install, or run the other tasks only."""
    there = sorted({task.app for task in tasks if task.package not in missing})
    install = "Install what is missing"
    others = sorted({name for package in missing for name in _same_name(package)} - missing.keys())
    if others:
        install += f" (the same app may be there under another package: {', '.join(others)})"
    return f"{install}, or run the others only: --app {' '.join(there)}" if there else f"{install}."


def _same_name(package: str) -> list[str]:
    """Other packages with the same label, such as another maker's clock."""
    return [other for other in app_names() if other != package and app_name(other) == app_name(package)]
