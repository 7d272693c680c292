"""What `--check` looks at on a phone of the user's, each finding with its fix."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from phonebench.device.check import Check
from phonebench.device.first_run import first_pages
from phonebench.device.health import read_health
from phonebench.device.inventory import advice, listed, missing_apps
from phonebench.device.phone import AdbPhone
from phonebench.device.prepare import ANIMATIONS, locked
from phonebench.device.window import posture_problem, split_screen
from phonebench.schema.task import Task
from phonebench.uitree import app_name

_LOW_PERCENT: Final = 20
_WARM: Final = 2  # android.os.PowerManager.THERMAL_STATUS_MODERATE: from here on the phone slows itself down
_DOCS: Final = "docs/phones.md"


def phone_checks(phone: AdbPhone, tasks: Iterable[Task]) -> Iterator[Check]:
    """One phone, prepared as for a run. Raises DeviceError."""
    yield from _input(phone)
    yield _keyboard(phone)
    yield _preparation(phone)
    yield _screen(phone)
    yield _animations(phone)
    yield _power_saving(phone)
    yield from _health(phone)
    tasks = tuple(tasks)
    yield _apps(phone, tasks)
    yield _first_pages(phone, sorted({task.package for task in tasks}.intersection(phone.installed)))


def _input(phone: AdbPhone) -> Iterator[Check]:
    """Some makers let adb look but not touch. Key 0 is no key."""
    status, said = phone.shell("input keyevent 0")
    allowed = status == 0 and "INJECT_EVENTS" not in said and "SecurityException" not in said
    fix = "Developer options: switch on 'USB debugging (security settings)' or 'simulate input', then reconnect."
    found = "taps and keys are allowed" if allowed else "the phone refuses taps and keys from adb"
    yield Check("input", allowed, found, "" if allowed else fix)


def _keyboard(phone: AdbPhone) -> Check:
    if phone.has_adb_keyboard:
        return Check("keyboard", True, "ADB keyboard installed")
    if phone.observer.service is not None:
        return Check("keyboard", True, "no ADB keyboard: other text than ASCII is pasted by uiautomator2")
    fix = f"Install ADBKeyboard.apk, or name the file in phone.adb_keyboard_apk ({_DOCS})."
    return Check("keyboard", False, "no ADB keyboard: only ASCII can be typed", fix)


def _preparation(phone: AdbPhone) -> Check:
    notes = [note for note in phone.preparation.notes if "keyboard" not in note]  # told in its own line
    return Check("preparation", True, "; ".join(notes) if notes else "all that phone.prepare names is set")


def _screen(phone: AdbPhone) -> Check:
    """Lock screen, halves of a screen, folded phones."""
    windows = phone.shell("dumpsys window policy; dumpsys window")[1]
    if locked(windows):
        return Check("screen", False, "locked", "Take PIN, pattern or password off: Settings, Security, Screen lock.")
    if split_screen(windows):
        return Check("screen", False, "split, or an app in a floating window", "Close one of the two apps.")
    if problem := posture_problem(phone.shell("cmd device_state state")[1]):
        return Check("screen", False, problem, "Open the phone fully.")
    lock = "" if "true" in phone.shell("locksettings get-disabled")[1] else "; set Screen lock to None for long runs"
    return Check("screen", True, f"on and unlocked{lock}")


def _animations(phone: AdbPhone) -> Check:
    scales = phone.shell("; ".join(f"settings get global {name}" for name in ANIMATIONS))[1].split()
    moving = [scale for scale in scales if scale not in ("0", "0.0")]
    if not moving:
        return Check("animations", True, "off")
    return Check(
        "animations", True, "on: every wait for a stable screen takes longer", "Developer options: three scales to off."
    )


def _power_saving(phone: AdbPhone) -> Check:
    saving = phone.shell("settings get global low_power")[1].strip() == "1"
    if not saving:
        return Check("power saving", True, "off")
    return Check("power saving", False, "on: the phone slows down and ends apps", "Settings, Battery, Battery saver.")


def _health(phone: AdbPhone) -> Iterator[Check]:
    reading = read_health(phone)
    if reading is None or reading.battery_percent is None:
        return
    warm = (reading.thermal_status or 0) >= _WARM
    empty = reading.battery_percent < _LOW_PERCENT and not reading.powered
    found = f"battery {reading.battery_percent} %, {reading.battery_celsius} °C" + (", throttling" if warm else "")
    fix = "Let it cool down." if warm else "Charge it." if empty else ""
    yield Check("battery and heat", not fix, found, fix)


def _apps(phone: AdbPhone, tasks: tuple[Task, ...]) -> Check:
    missing = missing_apps(phone, tasks)
    if not missing:
        return Check("apps", True, f"all {len({task.package for task in tasks})} that the tasks need")
    return Check("apps", False, f"missing: {listed(missing)}", advice(tasks, missing))


def _first_pages(phone: AdbPhone, packages: list[str]) -> Check:
    """Advice only: what looks like a welcome page may be the app itself."""
    found = first_pages(phone, packages)
    if not found:
        return Check("first pages", True, f"{len(packages)} apps opened, nothing stands in front of them")
    pages = "; ".join(f"{app_name(package)}: {what}" for package, what in found.items())
    return Check("first pages", True, pages, "Open these apps and walk through their first pages, or the agent will.")


def capture_checks(phone: AdbPhone) -> Iterator[Check]:
    """How the screen is read, and whether it can be."""
    seen = phone.observe()
    info = phone.info
    shot, tree = phone.observer.ways
    found = f"{info.model}, Android {info.android}, {seen.width}x{seen.height}, seen in {seen.took_s:.2f} s"
    how = "" if info.kind == "sim" else f" ({shot} screenshots, UI tree by {tree})"
    yield Check("observation", True, f"simulated {found}{how}" if info.simulated else f"{found}{how}")
    if seen.secure:
        yield Check("capture", False, "the window in front forbids screenshots", "Open another app, then check again.")
    if not seen.xml:
        yield Check("UI tree", False, "none: the screen never becomes idle", "Close videos and games, try again.")
