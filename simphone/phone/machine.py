"""The machine below the phone: state tree, apps, clock, and who is in front. The rules live in its neighbours."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from simphone.core.app import App, BaseApp, Ctx, System
from simphone.core.files import FileTree
from simphone.ui.frame import Metrics

if TYPE_CHECKING:
    from simphone.phone.screen import Screen

Json = Any

LAUNCHER: Final = "launcher"
SYSTEM: Final = "system"
"""Owner of the scroll positions of the system's own windows."""
STATUS_BAR_DP: Final = 50
"""Of a Pixel 7 Pro, whose camera hole makes it taller than the usual 24 dp."""
NAV_BAR_DP: Final = 24
"""The strip of the gesture pill."""
_FONT_SCALES: Final = (0.5, 3.0)


@lru_cache(maxsize=64)
def zone_info(name: str) -> ZoneInfo:
    """An IANA zone. Raises ZoneInfoNotFoundError (a KeyError)."""
    return ZoneInfo(name)


def local_time(epoch_ms: int, zone: str) -> datetime:
    """Naive local time of an instant."""
    return datetime.fromtimestamp(epoch_ms / 1000, UTC).astimezone(zone_info(zone)).replace(tzinfo=None)


@dataclass(slots=True)
class Machine:
    """State and apps. Whoever changes `state` says so with `changed()`; then the next look lays the screen out anew."""

    apps: dict[str, App]
    state: dict[str, Json]
    system_for: Callable[[Machine, str], System]
    """Makes what an app gets to see of this machine."""
    screen: Screen | None = None
    """The last laid-out screen; None after a change."""

    def changed(self) -> None:
        """The state was changed: the screen has to be laid out again."""
        self.screen = None

    # --- apps ---------------------------------------------------------------------------------------------------
    def app_of(self, package: str) -> App | None:
        """The app of an installed package; None when the package is missing or not modelled."""
        entry = self.state["packages"].get(package)
        return self.apps.get(entry["app"] or "") if entry else None

    def installed(self) -> list[App]:
        """Apps whose packages are installed, in the registry's order."""
        packages = self.state["packages"]
        return [app for app in self.apps.values() if app.manifest.package in packages]

    def ctx(self, name: str) -> Ctx:
        """The context of an app, its process started if it was not running."""
        if name not in self.state["ui"]:
            self.state["ui"][name] = {}
            ctx = self._bare(name)
            ctx.ui = self.state["ui"][name] = self.apps[name].fresh_ui(ctx)
            return ctx
        return self._bare(name)

    def _bare(self, name: str) -> Ctx:
        data = self.state["apps"].setdefault(name, {})
        return Ctx(data=data, ui=self.state["ui"].get(name, {}), system=self.system_for(self, name))

    def idle_ctx(self, name: str) -> Ctx:
        """The context of an app that need not be running: a stopped one sees a throw-away UI state."""
        if name in self.state["ui"]:
            return self._bare(name)
        ctx = self._bare(name)
        ctx.ui = self.apps[name].fresh_ui(ctx)
        return ctx

    def front(self) -> App | None:
        """The app whose task is in front."""
        tasks = self.state["tasks"]
        return self.apps.get(tasks[-1]["app"]) if tasks else None

    def send(self, name: str, msg: tuple[Json, ...]) -> None:
        """Deliver a message to an app."""
        self.apps[name].update(self.ctx(name), msg)
        self.changed()

    # --- display ------------------------------------------------------------------------------------------------
    @property
    def metrics(self) -> Metrics:
        """The display as it is turned now."""
        display = self.state["display"]
        width, height = display["width"], display["height"]
        if display["rotation"] % 2:
            width, height = height, width
        scale = display["density"] / 160
        return Metrics(
            width=width,
            height=height,
            density=display["density"],
            status_bar=int(STATUS_BAR_DP * scale + 0.5),
            nav_bar=int(NAV_BAR_DP * scale + 0.5),
            font_scale=min(_FONT_SCALES[1], max(_FONT_SCALES[0], self.number("system", "font_scale", 1.0))),
            rotation=display["rotation"],
        )

    @property
    def dark(self) -> bool:
        """Whether the dark theme is on."""
        return self.setting("secure", "ui_night_mode") == "2"

    def setting(self, namespace: str, key: str, default: str = "") -> str:
        """A value of the settings provider."""
        value: str = self.state["settings"][namespace].get(key, default)
        return value

    def number(self, namespace: str, key: str, default: float) -> float:
        """A value that ought to be a number; anybody may have written anything there."""
        try:
            value = float(self.setting(namespace, key, ""))
        except ValueError:
            return default
        return value if math.isfinite(value) else default

    # --- time ---------------------------------------------------------------------------------------------------
    @property
    def epoch_ms(self) -> int:
        """The virtual clock."""
        value: int = self.state["clock"]["epoch_ms"]
        return value

    def now(self) -> datetime:
        """Naive local time."""
        clock = self.state["clock"]
        return local_time(clock["epoch_ms"], clock["zone"])

    def toast(self, text: str, ms: int) -> None:
        """Show a toast for so long; `advance` takes it away."""
        self.state["system_ui"]["toast"] = {"text": text, "until": self.epoch_ms + ms}
        self.changed()

    def advance(self, ms: int) -> None:
        """Let time pass; apps tick, toasts go."""
        if ms > 0:
            self.set_clock(self.epoch_ms + ms)

    def set_clock(self, epoch_ms: int) -> None:
        """Put the clock; apps tick. What was to go after a while goes at once when the clock is put back."""
        back = epoch_ms < self.epoch_ms
        self.state["clock"]["epoch_ms"] = epoch_ms
        self._expire(math.inf if back else epoch_ms)
        for app in self.installed():
            if getattr(type(app), "tick", None) is not BaseApp.tick:
                app.tick(self.idle_ctx(app.manifest.name))
        self.changed()

    def _expire(self, epoch_ms: float) -> None:
        shown = self.state["system_ui"]
        for name in ("toast", "volume"):
            if shown[name] is not None and epoch_ms >= shown[name]["until"]:
                shown[name] = None

    # --- files --------------------------------------------------------------------------------------------------
    @property
    def files(self) -> FileTree:
        """The writable file tree, without what apps make on demand."""
        return FileTree(self.state["files"], lambda: self.epoch_ms * 1_000_000)
