"""One Android phone over adb: simulated, emulated or real, all driven by the same commands."""

from __future__ import annotations

import json
import logging
import re
import time
from collections.abc import Mapping
from shlex import quote
from typing import Any, Final, Literal

from phonebench.config import PhoneConfig
from phonebench.config.paths import output
from phonebench.device import app_data, gestures, keyboard
from phonebench.device.adb import Line, Reply
from phonebench.device.apps import package_of, packages_in
from phonebench.device.journal import Journal
from phonebench.device.observe import Observer
from phonebench.device.parse import parse_focus
from phonebench.device.prepare import Preparation
from phonebench.schema.action import (
    Action,
    Finish,
    Launch,
    Note,
    PressKey,
    TakeOver,
    TypeText,
    Wait,
)
from phonebench.schema.episode import DeviceInfo
from phonebench.schema.errors import AdbTimeout, DeviceError, DeviceLost
from phonebench.schema.observation import Observation
from phonebench.uitree.frames import frames_differ

log = logging.getLogger(__name__)

MAX_WAIT_S: Final = 60.0
_PAUSE_S: Final = 0.1

_FACTS: Final = (
    "getprop ro.product.model; getprop ro.build.version.release; getprop ro.build.version.sdk; "
    "getprop ro.simphone.version; wm size; wm density; echo IME; "
    "ime list -s -a; echo PACKAGES; pm list packages"
)


class AdbPhone:
    """Implements phonebench.schema.protocols.Phone. For one thread at a time.

    After DeviceLost or AdbTimeout `broken` is true: the pool replaces the phone before it is leased again.
    """

    info: DeviceInfo

    def __init__(
        self, line: Line, config: PhoneConfig, *, kind: Literal["sim", "avd", "attached"], name: str | None = None
    ) -> None:
        self.line = line
        self.broken = False
        self._config = config
        facts, _, rest = self._call(_FACTS).text.partition("IME\n")
        methods, _, packages = rest.partition("PACKAGES\n")
        model, android, sdk, simulated, *display = [*facts.splitlines(), "", "", "", ""]
        size = re.findall(r"(\d+)x(\d+)", "\n".join(display)) or [("0", "0")]
        density = re.findall(r"density: (\d+)", "\n".join(display)) or ["0"]
        self.installed = packages_in(packages)
        self.has_adb_keyboard = config.prepare.adb_keyboard and keyboard.ADB_KEYBOARD in methods.split()
        # What is set on a phone of the user's is set back, also after a crash; other phones are thrown away.
        journal = Journal.of(line.serial) if kind == "attached" else Journal(None, line.serial)
        self.preparation = Preparation(line, config, journal)
        self.info = DeviceInfo(
            serial=name or line.serial,
            kind=kind,
            simulated=bool(simulated.strip()),
            model=model.strip(),
            android=android.strip(),
            sdk=sdk.strip(),
            width=int(size[-1][0]),
            height=int(size[-1][1]),
            density=int(density[-1]),
        )

        self.observer = Observer(line, config, simulated=self.info.simulated)

    # --- looking ------------------------------------------------------------------------------------------------
    def observe(self) -> Observation:
        """What is on the screen now. Raises DeviceError."""
        with self._watched():
            return self.observer.observe()

    def settle(self) -> Observation:
        """Wait until two looks in a row show the same screen, `settle_timeout_s` at most; then what is seen.

        A clock in the status bar or a blinking caret is no difference.
        """
        deadline = time.monotonic() + self._config.settle_timeout_s
        with self._watched():
            seen = self.observer.observe()
            last = self.observer.screenshot()
            while frames_differ(seen.png, last) and time.monotonic() < deadline:
                time.sleep(_PAUSE_S)
                now = self.observer.screenshot()
                if not frames_differ(last, now):
                    seen = self.observer.observe()
                last = now
            return seen

    # --- acting -------------------------------------------------------------------------------------------------
    def perform(self, action: Action) -> None:
        """Carry out an action. Launching an app that is not there changes nothing, as on any phone.

        Raises DeviceError; also when the phone refuses input, or has no way to type the text.
        """
        match action:
            case Launch():
                package = package_of(action.app, self.installed) or self._looked_up(action.app)
                if package is None or not self._launch(package):
                    log.info("%s: no app to launch as %r", self.info.serial, action.app[:80])
            case Wait():
                seconds = min(max(action.seconds, 0.0), MAX_WAIT_S)
                # On the phone: a simulated one moves its own clock.
                self._input(f"sleep {seconds:.3f}", extra_s=seconds)
            case TypeText():
                self._type(action)
            case Note() | TakeOver() | Finish():
                pass
            case _:
                self._input(gestures.command(action), extra_s=gestures.duration_s(action))

    def _looked_up(self, app: str) -> str | None:
        """The package of an app that was installed after the last look, if it is one."""
        self.installed = packages_in(self._call("pm list packages").text)
        return package_of(app, self.installed)

    def open_app(self, package: str) -> None:
        """Bring an app to the front, newly started. Raises DeviceError when it is not installed."""
        self._call(f"am force-stop {quote(package)}")
        if not self._launch(package):
            raise DeviceError(
                f"{package} cannot be opened on {self.info.serial}",
                next_step=f"See whether it is installed: adb -s {self.line.serial} shell pm list packages",
            )

    def go_home(self) -> None:
        """Press home."""
        self._input(gestures.command(PressKey(key="home")))

    def reset(self, setup: Mapping[str, Any] | None, *, package: str = "") -> None:
        """A fresh world, the task's patch laid over it (simulated phone).

        Elsewhere the app in front and the task's (`package`) are ended, the latter's data treated as `phone.reset`
        says, and the launcher shown. Raises DeviceError.
        """
        if self.info.simulated:
            patch = json.dumps(dict(setup or {}), sort_keys=True).encode()
            world = quote(self._config.world)
            self._input(f"simctl reset --world {world} --patch-stdin && {keyboard.SWITCH}", stdin=patch)
            return
        self.prepare()
        if self._config.reset != "none":
            self._end(package)
        if self._config.reset == "clear" and package:
            self._clear(package)
        if self._config.reset == "restore" and package:
            app_data.restore(self.line, package, output(self._config.app_data), self._config.call_timeout_s)
        self.go_home()

    def prepare(self) -> None:
        """Get it ready for an episode, as `phone.prepare` says; a simulated phone of our own needs only its keyboard.

        Raises DeviceError, MissingTool.
        """
        if self.info.kind == "sim":
            self._call("input keyevent 224" + (f"; {keyboard.SWITCH}" if self.has_adb_keyboard else ""))
            return
        with self._watched():
            self.preparation.apply()
        if self._config.prepare.adb_keyboard and not self.has_adb_keyboard:
            self.has_adb_keyboard = keyboard.ADB_KEYBOARD in self._call("ime list -s -a").text.split()

    def release(self) -> None:
        """Set back what was set on a phone of the user's. Never raises: it may be gone; then the next run does it."""
        self.observer.close()
        if self.info.kind != "attached":
            return
        try:
            with self._watched():
                self.preparation.restore()
        except DeviceError as error:
            log.warning("%s was not set back; the next run does it: %s", self.info.serial, error)

    # --- asking -------------------------------------------------------------------------------------------------
    def state(self) -> dict[str, Any] | None:
        """The whole state of a simulated phone as JSON; None on any other. Raises DeviceError."""
        if not self.info.simulated:
            return None
        reply = self._input("simctl state")
        try:
            state: dict[str, Any] = json.loads(reply.stdout)
        except ValueError as error:
            raise DeviceError("the simulated phone told a state that is no JSON", why=str(error)) from error
        return state

    def shell(self, command: str, timeout_s: float = 20.0) -> tuple[int, str]:
        """Exit status and output (stdout, then stderr) of a device shell command. Raises DeviceError."""
        reply = self._call(command, timeout_s=timeout_s)
        return reply.status, reply.text

    # --- inside -------------------------------------------------------------------------------------------------
    def _end(self, package: str) -> None:
        """End the app in front and the task's."""
        front, _ = parse_focus(self._call("dumpsys window | grep -E 'mCurrentFocus|mFocusedApp'").text)
        packages = sorted({front, package} - {""})
        self._call("; ".join(f"am force-stop {quote(name)}" for name in packages) or "true")

    def _clear(self, package: str) -> None:
        """The app as newly installed, its permissions granted again where the phone does that at installation."""
        reply = self._call(f"pm clear {quote(package)}")
        if "Success" not in reply.text:
            raise DeviceError(
                f"the data of {package} cannot be cleared on {self.info.serial}",
                why=reply.text.strip()[-300:],
                next_step="Some phones need 'USB debugging (security settings)' for this. Or: phone.reset: force_stop",
            )

    def _launch(self, package: str) -> bool:
        reply = self._call(f"monkey -p {quote(package)} -c android.intent.category.LAUNCHER 1")
        return reply.status == 0 and "No activities found" not in reply.text

    def _type(self, action: TypeText) -> None:
        enter = keyboard.ENTER if action.enter else ""
        if self.has_adb_keyboard:
            self._input_all(keyboard.broadcasts(action.text, clear=action.clear), enter)
        elif keyboard.typeable(action.text):
            self._input_all(keyboard.input_text(action.text, clear=action.clear), enter)
        elif self.observer.service is not None:
            self._input_all(keyboard.CLEAR if action.clear else "")
            with self._watched():
                self.observer.service.paste(action.text)
            self._input_all(enter)
        else:
            raise DeviceError(
                f"{self.info.serial} has no keyboard for other text than ASCII",
                next_step=f"Install ADBKeyboard.apk: adb -s {self.line.serial} install ADBKeyboard.apk",
            )

    def _input_all(self, *commands: str) -> None:
        """One after the other, in one round trip; empty ones are none."""
        if line := " && ".join(filter(None, commands)):
            self._input(line)

    def _input(self, command: str, *, stdin: bytes = b"", extra_s: float = 0.0) -> Reply:
        """A command that has to succeed."""
        reply = self._call(command, stdin=stdin, timeout_s=self._config.call_timeout_s + extra_s)
        if reply.status:
            hint = "Allow USB debugging to simulate input, in the developer options." if "INJECT" in reply.text else ""
            raise DeviceError(
                f"{self.info.serial} refused `{command[:60]}` with status {reply.status}",
                why=reply.text.strip()[-300:],
                next_step=hint,
            )
        return reply

    def _call(self, command: str, *, stdin: bytes = b"", timeout_s: float | None = None) -> Reply:
        with self._watched():
            return self.line.run(command, stdin=stdin, timeout_s=timeout_s or self._config.call_timeout_s)

    def _watched(self) -> _Watch:
        return _Watch(self)


class _Watch:
    """Notes that a phone is broken when a call to it shows that."""

    def __init__(self, phone: AdbPhone) -> None:
        self._phone = phone

    def __enter__(self) -> None: ...

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None and issubclass(kind, DeviceLost | AdbTimeout):
            self._phone.broken = True
