"""Which app is in front: the task stack, intents, starting, stopping and removing apps.

`state["tasks"]` holds {id, app, activity, caller}; the last one is in front. `caller` is the id of the task that
started this one from inside another app: leaving returns there, otherwise to the launcher.
"""

from __future__ import annotations

from typing import Any, Final

from simphone.core import roles
from simphone.core.app import App, Intent
from simphone.phone.machine import LAUNCHER, Machine

Json = Any

MAIN: Final = "android.intent.action.MAIN"
CATEGORY_LAUNCHER: Final = "android.intent.category.LAUNCHER"
CATEGORY_HOME: Final = "android.intent.category.HOME"


def launch(m: Machine, package: str) -> bool:
    """Send the launcher intent to a package; False when it has no launcher activity."""
    app = m.app_of(package)
    if app is None or not (app.manifest.launchable or app.manifest.name == LAUNCHER):
        return False
    component = f"{package}/{app.manifest.activity}"
    _open(m, app, Intent(MAIN, component=component, categories=(CATEGORY_LAUNCHER,)), caller=None)
    return True


def resolve(m: Machine, intent: Intent) -> tuple[App, str] | None:
    """The app that answers an intent, and the activity class."""
    if intent.component:
        return _by_component(m, intent.component)
    if intent.action == MAIN and CATEGORY_HOME in intent.categories:
        home_app = m.apps.get(LAUNCHER)
        return (home_app, home_app.manifest.activity) if home_app else None
    scheme = intent.data.partition(":")[0]
    wanted = {intent.action, f"{intent.action} {scheme}"} if scheme else {intent.action}
    if intent.mime:
        wanted.add(f"{intent.action} {intent.mime}")
    for app in _browser_first(m) if scheme in ("http", "https") else m.installed():
        if wanted.intersection(app.manifest.actions):
            return app, app.manifest.activity
    return None


def _browser_first(m: Machine) -> list[App]:
    chosen = roles.holder(m.state, roles.BROWSER)
    return sorted(m.installed(), key=lambda app: app.manifest.package != chosen)


def _by_component(m: Machine, component: str) -> tuple[App, str] | None:
    package, _, activity = component.partition("/")
    app = m.app_of(package)
    if app is None:
        return None
    if activity.startswith("."):
        activity = package + activity
    known = (app.manifest.activity, *app.manifest.activities)
    return (app, activity) if activity in known else None


def start(m: Machine, intent: Intent, *, caller: str | None = None) -> str:
    """Deliver an intent; the component that answered, or an empty string. `caller` is the app that asks."""
    found = resolve(m, intent)
    if found is None:
        return ""
    app, activity = found
    intent.component = f"{app.manifest.package}/{activity}"
    _open(m, app, intent, caller=caller)
    return intent.component


def _open(m: Machine, app: App, intent: Intent, *, caller: str | None) -> None:
    name = app.manifest.name
    running = name in m.state["ui"]
    ctx = m.ctx(name)
    _to_front(m, app, None if caller in (None, LAUNCHER, name) else _task_id(m, str(caller)))
    plain = intent.action == MAIN and CATEGORY_HOME not in intent.categories and not intent.extras and not intent.data
    own_activity = intent.component.partition("/")[2] == app.manifest.activity
    if not (running and plain and own_activity):
        app.open(ctx, intent)


def _task_id(m: Machine, name: str) -> int | None:
    return next((task["id"] for task in m.state["tasks"] if task["app"] == name), None)


def _to_front(m: Machine, app: App, caller: int | None) -> None:
    tasks = m.state["tasks"]
    name = app.manifest.name
    task = next((each for each in tasks if each["app"] == name), None)
    if task is None:
        task = {"id": m.state["next_task"], "app": name, "activity": app.manifest.activity, "caller": caller}
        m.state["next_task"] += 1
    else:
        if tasks[-1] is not task:
            task["caller"] = caller
        tasks.remove(task)
    tasks.append(task)
    _quiet(m)


def _quiet(m: Machine) -> None:
    """What lies over the apps goes when another one comes to front."""
    m.state["system_ui"].update(shade="closed", recents=False, text_menu=False)
    m.state["focus"] = None
    m.state["keyboard"]["shown"] = False
    m.changed()


def bring(m: Machine, task_id: int) -> bool:
    """Bring a task to front from recents; False when there is none with that id."""
    task = next((each for each in m.state["tasks"] if each["id"] == task_id), None)
    if task is None:
        return False
    m.ctx(task["app"])
    _to_front(m, m.apps[task["app"]], task["caller"])
    return True


def home(m: Machine) -> None:
    """The home key."""
    if LAUNCHER in m.apps:
        start(m, Intent(MAIN, categories=(CATEGORY_HOME,)))
    else:
        _quiet(m)


def leave(m: Machine, name: str) -> None:
    """Go back out of an app's task, if that is in front: to the task that started it, else to the launcher."""
    tasks = m.state["tasks"]
    if name == LAUNCHER or not tasks or tasks[-1]["app"] != name:
        return
    task = tasks[-1]
    caller = next((each for each in tasks if each["id"] == task["caller"]), None)
    task["caller"] = None
    if caller is None:
        home(m)
        return
    tasks.remove(caller)
    tasks.append(caller)
    m.ctx(caller["app"])
    _quiet(m)


def stop(m: Machine, name: str) -> None:
    """End an app's process and task; its UI state is lost."""
    was_front = m.front() is m.apps.get(name)
    m.state["ui"].pop(name, None)
    m.state["scroll"].pop(name, None)
    m.state["tasks"] = [task for task in m.state["tasks"] if task["app"] != name]
    m.state["notifications"] = [note for note in m.state["notifications"] if note["app"] != name]
    m.changed()
    if was_front:
        home(m)


def force_stop(m: Machine, package: str) -> None:
    """`am force-stop`."""
    app = m.app_of(package)
    if app is not None:
        stop(m, app.manifest.name)


def clear(m: Machine, package: str) -> bool:
    """`pm clear`: the app as newly installed; False when there is no such package."""
    if package not in m.state["packages"]:
        return False
    app = m.app_of(package)
    if app is not None:
        m.state["apps"][app.manifest.name] = app.fresh_data()
        stop(m, app.manifest.name)
    return True


def uninstall(m: Machine, package: str) -> bool:
    """`pm uninstall`: False when there is no such package or it belongs to the system."""
    entry = m.state["packages"].get(package)
    if entry is None or entry["system"]:
        return False
    app = m.app_of(package)
    del m.state["packages"][package]
    if app is not None:
        m.state["apps"].pop(app.manifest.name, None)
        stop(m, app.manifest.name)
    m.changed()
    return True


def open_note(m: Machine, name: str, data: str) -> None:
    """Open an app from one of its notifications."""
    app = m.apps[name]
    component = f"{app.manifest.package}/{app.manifest.activity}"
    _open(m, app, Intent("android.intent.action.VIEW", data=data, component=component), caller=None)
