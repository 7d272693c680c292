"""What an app is: State (plain data), view (pure), update (state, message).

The state of an app has two halves in the phone's one tree:
- `ctx.data` (state["apps"][name]): what the app has saved - the truth that tasks are judged on;
- `ctx.ui` (state["ui"][name]): where the user is - screen stack, open dialog, draft of a form. Dies with the process.
Both hold only dict, list, str, int, float, bool, None (and bytes), so that snapshot, fork and restore are copies.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from simphone.ui.frame import Metrics
from simphone.ui.view import Msg, Scene, Theme

Maker = Callable[[], bytes]
Json = Any
"""Plain data: dict, list, str, int, float, bool, None, bytes."""


@dataclass(slots=True)
class Intent:
    """An explicit or implicit intent, as `am start` and apps send it."""

    action: str = "android.intent.action.MAIN"
    data: str = ""
    mime: str = ""
    component: str = ""
    """package/class, class written out."""
    categories: tuple[str, ...] = ()
    extras: dict[str, Json] = field(default_factory=dict)


class System(Protocol):
    """What the phone offers to an app during `update` and `view`. `view` only reads.

    Every app has its own: scroll, focus, toasts and notifications are those of the app that asks."""

    state: dict[str, Json]
    """The phone's whole tree; apps read what the real app could (settings, packages, files, providers)."""

    @property
    def metrics(self) -> Metrics: ...

    @property
    def dark(self) -> bool: ...

    def now(self) -> datetime:
        """Local time on the phone (naive)."""

    def epoch_ms(self) -> int: ...

    def zone_offset(self, zone: str) -> int:
        """Seconds east of UTC of an IANA zone at the phone's present time."""

    def set_clock(self, local: datetime) -> None:
        """Set date and time by hand (naive local time). Setting it automatically again undoes that."""

    def set_zone(self, zone: str) -> None:
        """Choose an IANA time zone by hand; the instant stays. Raises KeyError for an unknown one."""

    def setting(self, namespace: str, key: str, default: str = "") -> str:
        """system | secure | global settings, as adb sees them."""

    def put_setting(self, namespace: str, key: str, value: str | None) -> None: ...

    def toast(self, text: str) -> None: ...

    def start(self, intent: Intent) -> bool:
        """Open another app or activity above this one; False when nothing answers the intent."""

    def uninstall(self, package: str) -> bool:
        """Remove an app; False when it is not there or belongs to the system."""

    def force_stop(self, package: str) -> None:
        """End an app's process."""

    def clear_data(self, package: str) -> bool:
        """Make an app as newly installed; False when it is not there."""

    def permit(self, package: str, permission: str, granted: bool) -> None:
        """Grant or take a permission of an installed app."""

    def finish(self) -> None:
        """Leave this app's task, as the last back does."""

    def show_keyboard(self, field_key: str) -> None: ...

    def hide_keyboard(self) -> None: ...

    def scroll_to(self, scroller: str, child_key: str, margin_dp: float = 0.0) -> None:
        """After the next layout, scroll so that the child stands at the top (margin below it)."""

    def set_scroll(self, scroller: str, offset_px: int) -> None: ...

    def notify(self, key: str, title: str, text: str = "", data: str = "") -> None:
        """Show a notification of this app, in place of its earlier one of the same key. A tap on it opens the app with
        an intent that carries `data`."""

    def cancel_notification(self, key: str) -> None: ...

    def read_file(self, path: str) -> bytes | None: ...

    def write_file(self, path: str, data: bytes) -> None: ...

    def delete_file(self, path: str) -> bool: ...


@dataclass(slots=True)
class Ctx:
    """Handed to every function of an app."""

    data: dict[str, Json]
    ui: dict[str, Json]
    system: System

    @property
    def hours24(self) -> bool:
        """Whether the phone shows 24 hours."""
        return self.system.setting("system", "time_12_24", "12") == "24"

    @property
    def theme(self) -> Theme:
        """The system's theme; apps derive their own palette from it."""
        from simphone.ui.view import DARK, LIGHT

        return DARK if self.system.dark else LIGHT


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the package manager knows. `activity` is the launcher activity's class, written out."""

    name: str
    """Key in state["apps"] and state["ui"]: "clock"."""
    label: str
    package: str
    activity: str
    icon: str
    """Key of simphone.ui.icons, drawn on `icon_background` as a round launcher icon."""
    icon_color: str = "#ffffff"
    icon_background: str = "#0b57d0"
    version: str = "1.0"
    activities: tuple[str, ...] = ()
    """Further activity classes that may be started by component."""
    actions: tuple[str, ...] = ()
    """Implicit intents answered: "android.settings.WIFI_SETTINGS", "android.intent.action.VIEW https"."""
    launchable: bool = True
    permissions: tuple[str, ...] = ()


class App(Protocol):
    """An app of the simulated phone. Stateless: all state is in `ctx`. Knows nothing of tasks."""

    manifest: Manifest

    def fresh_data(self) -> dict[str, Json]:
        """Saved data right after installation (`pm clear`); worlds are laid over it as a merge patch."""

    def fresh_ui(self, ctx: Ctx) -> dict[str, Json]:
        """UI state of a newly started process."""

    def open(self, ctx: Ctx, intent: Intent) -> None:
        """Called when an intent reaches the app (a launcher MAIN intent brings a running app to front unchanged)."""

    def view(self, ctx: Ctx) -> Scene:
        """The screen; pure."""

    def update(self, ctx: Ctx, msg: Msg) -> None:
        """Apply a message: mutate ctx.data / ctx.ui, call ctx.system."""

    def back(self, ctx: Ctx) -> bool:
        """Handle the back key; False leaves the app. Windows with `dismiss` are dismissed before this is asked."""

    def tick(self, ctx: Ctx) -> None:
        """Called after the virtual clock moved (timers, ringing alarms)."""

    def files(self, ctx: Ctx) -> dict[str, Maker]:
        """Files that show the app's data to adb (SQLite databases): absolute device path -> maker of the bytes.

        Asked at every shell command, so the work belongs into the makers, which run when the file is read."""

    def providers(self, ctx: Ctx) -> dict[str, list[dict[str, Json]]]:
        """Rows that show the app's data to `content query`, by content URI; made on demand, read-only."""

    def media_session(self, ctx: Ctx) -> dict[str, Json] | None:
        """What the app has loaded to play: {title, artist, album, playing, position_ms}; None when nothing."""


class BaseApp:
    """Defaults that most apps keep."""

    # ruff: noqa: ARG002 - the defaults need nothing of what they are given

    manifest: Manifest

    def fresh_data(self) -> dict[str, Json]:
        """No saved data."""
        return {}

    def fresh_ui(self, ctx: Ctx) -> dict[str, Json]:
        """An empty UI state."""
        return {}

    def open(self, ctx: Ctx, intent: Intent) -> None:
        """Ignore what the intent carries."""

    def back(self, ctx: Ctx) -> bool:
        """Leave the app."""
        return False

    def tick(self, ctx: Ctx) -> None:
        """Nothing depends on time."""

    def files(self, ctx: Ctx) -> dict[str, Maker]:
        """No files."""
        return {}

    def providers(self, ctx: Ctx) -> dict[str, list[dict[str, Json]]]:
        """No content providers."""
        return {}

    def media_session(self, ctx: Ctx) -> dict[str, Json] | None:
        """Nothing to play."""
        return None
