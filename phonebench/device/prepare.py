"""Gets a phone ready for a run - keyboard, animations, screen, clock, place - and sets everything back afterwards."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterator
from pathlib import Path
from shlex import quote
from typing import Final

from phonebench.config import PhoneConfig
from phonebench.config.paths import resolve
from phonebench.device import clock
from phonebench.device.adb import Line, Reply
from phonebench.device.journal import Change, Journal
from phonebench.device.keyboard import ADB_KEYBOARD
from phonebench.device.window import posture_problem, split_screen
from phonebench.schema.errors import DeviceError, MissingTool

log = logging.getLogger(__name__)

ANIMATIONS: Final = ("window_animation_scale", "transition_animation_scale", "animator_duration_scale")
_WINDOWS: Final = "dumpsys window policy; dumpsys window"
_LOCK_TRIES: Final = 10
_PAUSE_S: Final = 0.3
_INSTALL_S: Final = 120.0
_SCREEN_OFF_MS: Final = 30 * 60 * 1000
_NO_SETTINGS: Final = "allow 'USB debugging (security settings)' in the developer options"


class Preparation:
    """What a phone is given for a run. `notes` says, after `apply`, what it did not take and how to do it by hand."""

    def __init__(self, line: Line, config: PhoneConfig, journal: Journal) -> None:
        self.notes: tuple[str, ...] = ()
        self._line = line
        self._config = config
        self._journal = journal

    def apply(self) -> None:
        """Set what the config asks for; every old value is in the journal first. May be called again at any time.

        Raises DeviceError (also for a locked phone), MissingTool when the keyboard's APK is not where the config says.
        """
        before, self.notes = self.notes, tuple(self._steps())
        for note in self.notes:
            if note not in before:
                log.warning("%s: %s", self._line.serial, note)

    def _steps(self) -> Iterator[str]:
        wanted = self._config.prepare
        self.wake()
        if not wanted.animations:
            yield from self._settings({f"global/{name}": "0" for name in ANIMATIONS}, "animations stay on")
        if wanted.stay_awake:
            awake = {"global/stay_on_while_plugged_in": "7", "system/screen_off_timeout": str(_SCREEN_OFF_MS)}
            yield from self._settings(awake, "the screen may go off")
        if wanted.zone is not None:
            yield from self._zone(wanted.zone)
        yield from self.set_clock()
        if wanted.locale is not None:
            yield from self._locale(wanted.locale)
        if wanted.location is not None:
            yield from self._location(wanted.location.latitude, wanted.location.longitude)
        if wanted.adb_keyboard:
            yield from self._keyboard()

    def wake(self) -> None:
        """Screen on, lock screen away. Raises DeviceError when it stays locked, and on a screen that is not whole."""
        self._run("input keyevent 224; wm dismiss-keyguard")
        for attempt in range(_LOCK_TRIES):
            windows = self._run(_WINDOWS).text
            if not locked(windows):
                self._require_whole(windows)
                return
            if attempt == 1:  # a lock screen without a secret goes away by a swipe, or by the menu key
                width, height = self._size()
                middle = f"{width // 2} {height * 4 // 5} {width // 2} {height // 5}"
                self._run(f"input keyevent 82; input swipe {middle} 200")
            time.sleep(_PAUSE_S)
        raise DeviceError(
            f"{self._line.serial} is locked",
            next_step="Unlock it by hand, or take the PIN, pattern or password off: Settings, Security, Screen lock.",
        )

    def _require_whole(self, windows: str) -> None:
        """Refuse a phone whose screen apps share, or that is folded: what is tapped would not be what is seen."""
        if split_screen(windows):
            self._run("input keyevent 3")
            time.sleep(_PAUSE_S)
            if split_screen(self._run(_WINDOWS).text):
                raise DeviceError(
                    f"the screen of {self._line.serial} is split, or an app floats on it",
                    next_step="Close one of the two apps.",
                )
        if problem := posture_problem(self._run("cmd device_state state").text):
            raise DeviceError(f"{self._line.serial} is {problem}", next_step="Open it fully, and leave it open.")

    def set_clock(self) -> Iterator[str]:
        """The config's date and time, if it names one; yields a note when the phone does not take it."""
        moment = self._config.prepare.date
        if moment is None:
            return
        automatic = {"global/auto_time": "0"}
        yield from self._settings(automatic, "the clock is set by the network")
        self._journal.note(Change(kind="clock", old=str(clock.ahead_s(self._run))))
        if not clock.set_local(self._run, moment):
            yield f"the clock cannot be set to {moment:%Y-%m-%d %H:%M} without root; set it by hand"

    def _zone(self, zone: str) -> Iterator[str]:
        old = clock.zone(self._run)
        if old == zone:
            return
        yield from self._settings({"global/auto_time_zone": "0"}, "the time zone is set by the network")
        self._journal.note(Change(kind="zone", old=old))
        if not clock.set_zone(self._run, zone):
            yield f"the time zone stays {old}; set {zone} by hand"

    def _locale(self, locale: str) -> Iterator[str]:
        old = self._run("getprop persist.sys.locale").text.strip() or None
        if old == locale:
            return
        if not self._root():
            yield f"the language stays {old or 'as it is'}: changing it needs root; set {locale} by hand"
            return
        self._journal.note(Change(kind="locale", old=old))
        self._set_locale(locale)

    def _set_locale(self, locale: str) -> None:
        as_root = f"setprop persist.sys.locale {quote(locale)}; setprop ctl.restart zygote"
        before = self._run("pidof system_server").text.strip()
        self._run(f"su 0 sh -c {quote(as_root)} || ({as_root})")
        if self._run("getprop ro.simphone.version").text.strip():
            return  # it has no system server that would start anew
        deadline = time.monotonic() + self._config.boot_timeout_s
        ready = "pidof system_server; cmd package path android; getprop init.svc.bootanim"
        while time.monotonic() < deadline:
            pid, *rest = [*self._run(ready).text.split(), ""]
            if pid.isdigit() and pid != before and "stopped" in rest and any("package:" in word for word in rest):
                self.wake()
                return
            time.sleep(_PAUSE_S)
        raise DeviceError(f"{self._line.serial} did not come back after its language was changed")

    def _location(self, latitude: float, longitude: float) -> Iterator[str]:
        self._journal.note(Change(kind="location"))
        reply = self._run(
            "appops set com.android.shell android:mock_location allow; "
            "cmd location providers add-test-provider gps; "
            "cmd location providers set-test-provider-enabled gps true && "
            f"cmd location providers set-test-provider-location gps --location {latitude:.6f},{longitude:.6f}"
        )
        if reply.status or "Exception" in reply.text:
            yield f"the place {latitude}, {longitude} was not taken (needs Android 12, or an emulator's controls)"

    def _keyboard(self) -> Iterator[str]:
        apk = self._config.adb_keyboard_apk
        if ADB_KEYBOARD not in self._input_methods():
            if apk is None:
                yield "no ADB keyboard: only ASCII can be typed; name ADBKeyboard.apk in phone.adb_keyboard_apk"
                return
            install(self._line, _apk(apk))
            if ADB_KEYBOARD not in self._input_methods():
                raise DeviceError(
                    f"{self._line.serial} lists no {ADB_KEYBOARD} after {apk} was installed",
                    why="Some phones ask on their screen before an app may be installed over USB.",
                    next_step="Look at the phone; or install it by hand.",
                )
        old = self._get("secure/default_input_method")
        if old == ADB_KEYBOARD:
            return
        self._journal.note(Change(kind="input_method", old=old))
        reply = self._run(f"ime enable {ADB_KEYBOARD}; ime set {ADB_KEYBOARD}")
        if reply.status:
            yield f"the ADB keyboard cannot be switched on: {reply.text.strip()[-200:]}; switch it on in the settings"

    # --- and back -----------------------------------------------------------------------------------------------
    def restore(self) -> None:
        """Undo what the journal holds, the last first. What cannot be undone stays in it for the next time.

        Raises DeviceError when the phone is gone.
        """
        for change in reversed(self._journal.changes):
            if self._undo(change):
                self._journal.forget(change)
            else:
                log.warning("%s: %s %s was not set back", self._line.serial, change.kind, change.key)

    def _undo(self, change: Change) -> bool:
        match change.kind:
            case "setting":
                return self._put(change.key, change.old)
            case "input_method":
                known = change.old is not None and change.old in self._input_methods()
                return not self._run(f"ime set {quote(change.old or '')}" if known else "ime reset").status
            case "zone":
                return change.old is None or clock.set_zone(self._run, change.old)
            case "clock":
                return change.old is None or clock.set_ahead(self._run, float(change.old))
            case "locale":
                self._set_locale(change.old or "en-US")
                return True
            case "location":
                self._run("cmd location providers remove-test-provider gps")
                self._run("appops set com.android.shell android:mock_location default")
                return True

    # --- settings -----------------------------------------------------------------------------------------------
    def _settings(self, wanted: dict[str, str], otherwise: str) -> Iterator[str]:
        for key, value in wanted.items():
            old = self._get(key)
            if old == value:
                continue
            self._journal.note(Change(kind="setting", key=key, old=old))
            if not self._put(key, value):
                yield f"{otherwise}: {key} cannot be set; {_NO_SETTINGS}"
                return

    def _get(self, key: str) -> str | None:
        namespace, name = key.split("/", 1)
        value = self._run(f"settings get {quote(namespace)} {quote(name)}").text.strip()
        return None if value in ("", "null") else value

    def _put(self, key: str, value: str | None) -> bool:
        namespace, name = map(quote, key.split("/", 1))
        verb = f"delete {namespace} {name}" if value is None else f"put {namespace} {name} {quote(value)}"
        reply = self._run(f"settings {verb}")
        return not reply.status and "Exception" not in reply.text

    def _input_methods(self) -> list[str]:
        return self._run("ime list -s -a").text.split()

    def _root(self) -> bool:
        return "root" in self._run("su 0 whoami 2>/dev/null || whoami").text

    def _size(self) -> tuple[int, int]:
        sizes = re.findall(r"(\d+)x(\d+)", self._run("wm size").text) or [("1080", "1920")]
        return int(sizes[-1][0]), int(sizes[-1][1])

    def _run(self, command: str) -> Reply:
        return self._line.run(command, timeout_s=self._config.call_timeout_s)


def locked(dumpsys: str) -> bool:
    """Whether `dumpsys window` tells of a lock screen in front (the words differ between Android 8 and 15)."""
    return bool(re.search(r"\b(?:mShowingLockscreen|isStatusBarKeyguard|isKeyguardShowing|showing)=true\b", dumpsys))


def install(line: Line, apk: Path) -> None:
    """Install or update an app. Raises DeviceError with what the phone's installer said."""
    data = apk.read_bytes()
    reply = line.run(f"cmd package install -r -g -S {len(data)}", stdin=data, timeout_s=_INSTALL_S)
    if "Success" not in reply.text:
        raise DeviceError(
            f"{line.serial} did not install {apk.name}",
            why=reply.text.strip()[-300:],
            next_step=f"Allow 'Install via USB' in the developer options, or: adb -s {line.serial} install -r {apk}",
        )


def _apk(name: str) -> Path:
    path = resolve(name)
    if not path.is_file():
        raise MissingTool(f"there is no file {name}", where="phone.adb_keyboard_apk")
    return path
