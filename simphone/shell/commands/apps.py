"""What the package and activity managers know of the apps: launcher activities and tasks."""

from __future__ import annotations

from typing import NamedTuple

from simphone.apps import all_apps
from simphone.shell.call import Call


class Task(NamedTuple):
    """A task as `am stack list` shows it; `component` is package/class, written out."""

    id: int
    package: str
    component: str
    visible: bool
    home: bool


def launchers(call: Call) -> list[str]:
    """Components of the launcher activities of all installed apps."""
    manifests = [app.manifest for app in all_apps()]
    return [f"{m.package}/{m.activity}" for m in manifests if m.launchable and m.package in call.state["packages"]]


def launcher(call: Call, package: str) -> str:
    """Component of a package's launcher activity, empty when it has none."""
    return next((component for component in launchers(call) if component.startswith(package + "/")), "")


def home(call: Call) -> str:
    """Component of the home screen."""
    manifests = [app.manifest for app in all_apps()]
    packages = call.state["packages"]
    found = (f"{m.package}/{m.activity}" for m in manifests if packages.get(m.package, {}).get("app") == "launcher")
    return next(found, "")


def tasks(call: Call, front: tuple[str, str] | None = None) -> list[Task]:
    """The tasks, the one in front first; `front` is its (package, activity) if known."""
    packages = {app.manifest.name: app.manifest.package for app in all_apps()}
    found = []
    for at, task in enumerate(reversed(call.state["tasks"])):
        package, activity = packages.get(task["app"], task["app"]), task["activity"]
        if at == 0:
            package, activity = front or call.phone.foreground()
        found.append(Task(task["id"], package, f"{package}/{activity}", at == 0, task["app"] == "launcher"))
    return found
