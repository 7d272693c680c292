"""The phone: the one object that adbd and the shell drive. All state is `self.state`, one plain-data tree.

Tree (every value plain data; see simphone.core.app for the app halves):

    world      name of the world it was reset to
    device     {model, brand, name, device, serial, android, sdk, avd, ...}    what getprop tells
    display    {width, height, density, rotation}                  px, dpi, quarter turns
    clock      {epoch_ms, zone}                                    virtual; moves with the actions only
    settings   {system, secure, global}: {key: str}
    packages   {package: {label, app | null, system, version, permissions: {name: bool}, ...}}
    apps       {name: data}     saved data: the truth that tasks are judged on
    ui         {name: ui}       running apps only; a stopped process has no entry
    tasks      [{id, app, activity, caller}]   recents, last one in front; the launcher is "launcher"
    focus      null | {app, field, cursor, anchor}     the selection lies between cursor and anchor
    keyboard   {shown, mode, page, shift}
    scroll     {app: {scroller: px}}
    system_ui  {shade: closed | notifications | quick, recents, toast, volume, ...}
    notifications [{app, key, title, text, data, when_ms}]
    files      {path: node}           see simphone.core.files
    providers  {uri: [row]}           content providers without an app of their own
    clipboard, location {lat, lon}, battery {level, charging}, screen_on, telephony {call}
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from simphone.apps import all_apps
from simphone.core.app import App, Intent
from simphone.core.files import FileTree
from simphone.phone import editor, finger, keys, settings, tasks, touch, world
from simphone.phone.machine import Machine
from simphone.phone.screen import settle
from simphone.phone.system import PhoneSystem
from simphone.phone.systemui import shade
from simphone.ui import hierarchy
from simphone.ui.frame import Frame, Metrics, WindowFrame
from simphone.ui.view import Paint, View, Window

Json = Any

_MACHINE_FACTS: Final = ("serial", "avd")
"""Of state["device"]: they belong to this phone, whatever state it is put into."""


class Phone:
    """A simulated phone. Not thread-safe: one event loop owns it. Methods return after the screen is final."""

    def __init__(
        self,
        world: str = "androidlab",
        *,
        width: int = 1440,
        height: int = 3120,
        density: int = 560,
        apps: Sequence[App] | None = None,
    ) -> None:
        """A phone in a world, at its home screen. `apps` replaces the registry. Raises world.UnknownWorld."""
        registry = {app.manifest.name: app for app in (all_apps() if apps is None else apps)}
        self._machine = Machine(registry, {}, PhoneSystem)
        self._snapshots: dict[str, bytes] = {}
        self._display = {"width": width, "height": height, "density": density}
        self.reset(world)

    @property
    def state(self) -> dict[str, Json]:
        """The tree, to read and to write; the next look at the screen sees what was written."""
        self._machine.changed()
        return self._machine.state

    def changed(self) -> None:
        """`state` was written to some time after it was got hold of."""
        self._machine.changed()

    # --- looking -----------------------------------------------------------------------------------------------
    @property
    def metrics(self) -> Metrics:
        """The display as it is now."""
        return self._machine.metrics

    def frame(self) -> Frame:
        """The laid-out screen; cached until the state changes."""
        return settle(self._machine).frame

    def png(self) -> bytes:
        """Screenshot as PNG (RGB), width x height px."""
        from simphone.ui.render import render_png

        return render_png(*self._look())

    def rgba(self) -> bytes:
        """Screenshot as raw RGBA rows."""
        from simphone.ui.render import render_rgba

        return render_rgba(*self._look())

    def xml(self, max_depth: int | None = None) -> str:
        """uiautomator hierarchy of the active window, `max_depth` nodes deep."""
        self._machine.state["system_ui"]["looked"] = True
        return hierarchy.dump(self.frame(), self.focus_key(), max_depth)

    def _look(self) -> tuple[Frame, tuple[str, int] | None]:
        self._machine.state["system_ui"]["looked"] = True
        frame = self.frame()
        if not self._machine.state["screen_on"]:
            return _dark_frame(frame), None
        key = self.focus_key()
        return frame, (key, self._machine.state["focus"]["cursor"]) if key is not None else None

    def focus_key(self) -> str | None:
        """Key of the text field that has the focus."""
        screen = settle(self._machine)
        focus = self._machine.state["focus"]
        return str(focus["field"]) if focus is not None and screen.app_focused else None

    # --- touching ----------------------------------------------------------------------------------------------
    def tap(self, x: float, y: float) -> None:
        """A touch at a point, px."""
        touch.tap(self._machine, x, y)
        settle(self._machine)

    def swipe(self, x1: float, y1: float, x2: float, y2: float, ms: int = 300) -> None:
        """Equal points held for 500 ms or more are a long press."""
        touch.swipe(self._machine, x1, y1, x2, y2, max(0, ms))
        settle(self._machine)

    def drag(self, x1: float, y1: float, x2: float, y2: float, ms: int = 500) -> None:
        """input draganddrop: long press, then move, then release."""
        touch.drag(self._machine, x1, y1, x2, y2, max(0, ms))
        settle(self._machine)

    def finger(self, motion: finger.Motion, x: float = 0, y: float = 0) -> None:
        """One event of a finger; the gesture is made when it goes up."""
        finger.move(self._machine, motion, x, y)
        settle(self._machine)

    def key(self, code: int, *, longpress: bool = False, meta: int = 0) -> None:
        """A KeyEvent by its number."""
        keys.press(self._machine, code, longpress=longpress, meta=meta)
        settle(self._machine)

    def type_text(self, text: str) -> None:
        """Characters into the focused field; dropped when none has the focus. A line break is the enter key."""
        if not touch.begin(self._machine):
            return
        for index, line in enumerate(text.split("\n")):
            if index:
                editor.action(self._machine)
            if line:
                editor.insert(self._machine, line)
        self._machine.advance(len(text) * keys.KEY_MS)
        settle(self._machine)

    def insert_text(self, text: str) -> bool:
        """Put text, line breaks too, in place of the selection; False when no field has the focus."""
        done = editor.insert(self._machine, text)
        settle(self._machine)
        return done

    def clear_text(self) -> None:
        """Empty the focused field."""
        if touch.begin(self._machine):
            editor.clear(self._machine)
        settle(self._machine)

    def toast(self, text: str, ms: int) -> None:
        """Show a toast, as a program in the background would."""
        self._machine.toast(text, ms)

    def pull_shade(self, *, down: bool = True) -> None:
        """`cmd statusbar expand-notifications` and `collapse`."""
        (shade.pull if down else shade.close)(self._machine)
        settle(self._machine)

    # --- apps --------------------------------------------------------------------------------------------------
    def launch(self, package: str) -> bool:
        """Launcher intent to a package; False when there is no launchable one."""
        done = tasks.launch(self._machine, package)
        settle(self._machine)
        return done

    def start(self, intent: Intent) -> str:
        """`am start`: the component that answered, or an empty string."""
        component = tasks.start(self._machine, intent)
        settle(self._machine)
        return component

    def force_stop(self, package: str) -> None:
        """End a package's process; its UI state is lost."""
        tasks.force_stop(self._machine, package)
        settle(self._machine)

    def clear_data(self, package: str) -> bool:
        """pm clear."""
        done = tasks.clear(self._machine, package)
        settle(self._machine)
        return done

    def uninstall(self, package: str) -> bool:
        """pm uninstall."""
        done = tasks.uninstall(self._machine, package)
        settle(self._machine)
        return done

    def remove_task(self, task_id: int) -> None:
        """`am stack remove`: end a task and its process."""
        task = next((each for each in self._machine.state["tasks"] if each["id"] == task_id), None)
        if task is not None:
            tasks.stop(self._machine, task["app"])
            settle(self._machine)

    def foreground(self) -> tuple[str, str]:
        """(package, activity class written out) in front."""
        screen = settle(self._machine)
        app = self._machine.front()
        if app is None:
            return "android", ""
        return app.manifest.package, screen.scene.windows[0].activity or app.manifest.activity

    # --- time, settings, files ----------------------------------------------------------------------------------
    def now(self) -> datetime:
        """Local time (naive)."""
        return self._machine.now()

    def advance(self, ms: int) -> None:
        """Move the virtual clock; apps tick."""
        self._machine.advance(ms)
        settle(self._machine)

    def set_clock(self, epoch_ms: int) -> None:
        """Put the clock; apps tick."""
        self._machine.set_clock(epoch_ms)
        settle(self._machine)

    def setting(self, namespace: str, key: str, default: str = "") -> str:
        """A settings provider value."""
        return self._machine.setting(namespace, key, default)

    def put_setting(self, namespace: str, key: str, value: str | None) -> None:
        """Writes (None deletes) and lets the phone follow: airplane mode, night mode, rotation, IME ..."""
        settings.put(self._machine, namespace, key, value)
        settle(self._machine)

    def app_files(self) -> Mapping[str, Callable[[], bytes]]:
        """What apps show as files (databases): absolute path -> maker of its bytes."""
        made: dict[str, Callable[[], bytes]] = {}
        for app in self._machine.installed():
            made |= app.files(self._machine.idle_ctx(app.manifest.name))
        return made

    def app_providers(self) -> dict[str, list[dict[str, Json]]]:
        """What apps show to `content query`: content URI -> rows. Changes to the rows go nowhere."""
        shown: dict[str, list[dict[str, Json]]] = {}
        for app in self._machine.installed():
            shown.update(app.providers(self._machine.idle_ctx(app.manifest.name)))
        return shown

    def media_sessions(self) -> dict[str, dict[str, Json]]:
        """What apps have loaded to play (see App.media_session), by package."""
        told = {
            app.manifest.package: app.media_session(self._machine.idle_ctx(app.manifest.name))
            for app in self._machine.installed()
        }
        return {package: session for package, session in told.items() if session is not None}

    @property
    def files(self) -> FileTree:
        """The file tree, with what apps show in it."""
        return FileTree(self._machine.state["files"], lambda: self._machine.epoch_ms * 1_000_000, self.app_files())

    # --- whole states -------------------------------------------------------------------------------------------
    def reset(self, world: str | None = None, patch: dict[str, Json] | None = None) -> None:
        """A fresh world, with an RFC 7396 merge patch laid over the state tree before apps start.

        Raises UnknownWorld; ValueError for a patch that no phone can have. Then the phone stays as it was.
        """
        name = world if world is not None else self._machine.state["world"]
        self._enter(_fresh(self._machine, name, self._display, patch))
        settings.follow_all(self._machine, (patch or {}).get("settings", {}))
        tasks.home(self._machine)
        settle(self._machine)

    def _enter(self, state: dict[str, Json]) -> None:
        device = self._machine.state.get("device", {})
        state["device"].update({fact: device[fact] for fact in _MACHINE_FACTS if fact in device})
        self._machine.state = state
        self._machine.changed()

    def snapshot(self) -> bytes:
        """The whole state as bytes."""
        return world.pack(self._settled())

    def _settled(self) -> dict[str, Json]:
        settle(self._machine)
        return self._machine.state

    def restore(self, snapshot: bytes) -> None:
        """Back to a snapshot, whatever happened since."""
        self._enter(world.unpack(snapshot))
        settle(self._machine)

    def save(self, tag: str) -> None:
        """Keep a snapshot under a name (emu avd snapshot save)."""
        self._snapshots[tag] = self.snapshot()

    def load(self, tag: str) -> bool:
        """Return to a named snapshot; False when there is none."""
        if tag not in self._snapshots:
            return False
        self.restore(self._snapshots[tag])
        return True

    def delete(self, tag: str) -> bool:
        """Forget a named snapshot."""
        return self._snapshots.pop(tag, None) is not None

    def tags(self) -> list[str]:
        """Names of the kept snapshots."""
        return sorted(self._snapshots)

    def fork(self) -> Phone:
        """An independent phone in the same state."""
        twin = Phone.__new__(Phone)
        twin._machine = Machine(self._machine.apps, world.unpack(self.snapshot()), PhoneSystem)
        twin._snapshots = dict(self._snapshots)
        twin._display = dict(self._display)
        return twin

    def json_state(self) -> dict[str, Json]:
        """The tree for simctl: file contents replaced by size and sha256, everything else as it is."""
        tree: dict[str, Json] = _told(self._settled())
        return tree


def _told(value: Json) -> Json:
    """Plain data that JSON can hold: bytes become their size and digest."""
    if isinstance(value, dict):
        return {key: _told(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_told(each) for each in value]
    if isinstance(value, bytes):
        return {"size": len(value), "sha256": hashlib.sha256(value).hexdigest()}
    return value


def _fresh(machine: Machine, name: str, display: dict[str, int], patch: dict[str, Json] | None) -> dict[str, Json]:
    """A world's tree on this display, patched."""
    tree = world.load(name, machine.apps)
    tree["display"].update(display)
    return world.patched(tree, patch) if patch else tree


def _dark_frame(frame: Frame) -> Frame:
    """What a screenshot shows while the screen is off."""
    metrics = frame.metrics
    rect = (0, 0, metrics.width, metrics.height)
    window = Window(View(paint=Paint(fill="#000000")))
    from simphone.ui.layout import layout_window

    black: WindowFrame = layout_window(window, "android", metrics, {}, rect)
    return Frame(metrics, [black], 0)
