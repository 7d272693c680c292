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
    tasks      [{id, app, activity}]   recents, last one in front; the launcher is "launcher"
    focus      null | {app, field, cursor, select_all}
    keyboard   {shown, mode}
    scroll     {app: {scroller: px}}
    system_ui  {shade, toast, ...}
    files      {path: {data: bytes, mode, owner, mtime_ns} | directory}
    clipboard, location, battery, screen_on, telephony ...
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from simphone.core.app import Intent
from simphone.ui.frame import Frame, Metrics

Json = Any


class Phone:
    """A simulated phone. Not thread-safe: one event loop owns it. Methods return after the screen is final."""

    state: dict[str, Json]

    def __init__(self, world: str = "androidlab", *, width: int = 1440, height: int = 3120, density: int = 560) -> None:
        raise NotImplementedError

    # --- looking -----------------------------------------------------------------------------------------------
    @property
    def metrics(self) -> Metrics:
        """The display as it is now."""
        raise NotImplementedError

    def frame(self) -> Frame:
        """The laid-out screen; cached until the state changes."""
        raise NotImplementedError

    def png(self) -> bytes:
        """Screenshot as PNG (RGB), width x height px."""
        raise NotImplementedError

    def rgba(self) -> bytes:
        """Screenshot as raw RGBA rows."""
        raise NotImplementedError

    def xml(self) -> str:
        """uiautomator hierarchy of the active window."""
        raise NotImplementedError

    # --- touching ----------------------------------------------------------------------------------------------
    def tap(self, x: float, y: float) -> None: ...

    def swipe(self, x1: float, y1: float, x2: float, y2: float, ms: int = 300) -> None:
        """Equal points held for 500 ms or more are a long press."""

    def drag(self, x1: float, y1: float, x2: float, y2: float, ms: int = 500) -> None:
        """input draganddrop: long press, then move, then release."""

    def key(self, code: int, *, longpress: bool = False, meta: int = 0) -> None:
        """A KeyEvent by its number."""

    def type_text(self, text: str) -> None:
        """Characters into the focused field; dropped when none has the focus."""

    def clear_text(self) -> None:
        """Empty the focused field."""

    # --- apps --------------------------------------------------------------------------------------------------
    def launch(self, package: str) -> bool:
        """Launcher intent to a package; False when there is no launchable one."""
        raise NotImplementedError

    def start(self, intent: Intent) -> str:
        """`am start`: the component that answered, or an empty string."""
        raise NotImplementedError

    def force_stop(self, package: str) -> None: ...

    def clear_data(self, package: str) -> bool:
        """pm clear."""
        raise NotImplementedError

    def uninstall(self, package: str) -> bool:
        """pm uninstall."""
        raise NotImplementedError

    def foreground(self) -> tuple[str, str]:
        """(package, activity class written out) in front."""
        raise NotImplementedError

    # --- time, settings, files ----------------------------------------------------------------------------------
    def now(self) -> datetime:
        """Local time (naive)."""
        raise NotImplementedError

    def advance(self, ms: int) -> None:
        """Move the virtual clock; apps tick."""

    def set_clock(self, epoch_ms: int) -> None: ...

    def setting(self, namespace: str, key: str, default: str = "") -> str:
        """A settings provider value."""
        raise NotImplementedError

    def put_setting(self, namespace: str, key: str, value: str | None) -> None:
        """Writes (None deletes) and lets the phone follow: airplane mode, night mode, rotation, IME ..."""

    # --- whole states -------------------------------------------------------------------------------------------
    def reset(self, world: str | None = None, patch: dict[str, Json] | None = None) -> None:
        """A fresh world, with an RFC 7396 merge patch laid over the state tree before apps start."""

    def snapshot(self) -> bytes:
        """The whole state as bytes."""
        raise NotImplementedError

    def restore(self, snapshot: bytes) -> None:
        """Back to a snapshot, whatever happened since."""

    def save(self, tag: str) -> None:
        """Keep a snapshot under a name (emu avd snapshot save)."""

    def load(self, tag: str) -> bool:
        """Return to a named snapshot; False when there is none."""
        raise NotImplementedError

    def delete(self, tag: str) -> bool:
        """Forget a named snapshot."""
        raise NotImplementedError

    def tags(self) -> list[str]:
        """Names of the kept snapshots."""
        raise NotImplementedError

    def fork(self) -> Phone:
        """An independent phone in the same state."""
        raise NotImplementedError

    def json_state(self) -> dict[str, Json]:
        """The tree for simctl: file contents replaced by size and sha256, everything else as it is."""
        raise NotImplementedError
