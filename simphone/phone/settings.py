"""The settings provider: strings in three namespaces, and a phone that follows some of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from simphone.phone import time_set
from simphone.phone.machine import Machine

ADB_KEYBOARD: Final = "com.android.adbkeyboard/.AdbIME"
KEYLESS: Final = ("com.android.adbkeyboard", "com.github.uiautomator")


_WIFI_IN_FLIGHT: Final = "2"
"""Settings.Global.WIFI_ON_AIRPLANE_OVERRIDE of AOSP."""


def put(m: Machine, namespace: str, key: str, value: str | None) -> None:
    """Write a value, or delete it with None, and let the phone follow. Raises KeyError for an unknown namespace."""
    values: dict[str, str] = m.state["settings"][namespace]
    before = values.get(key)
    if value is None:
        values.pop(key, None)
    else:
        values[key] = value
    if before != value:
        follow = _FOLLOW.get((namespace, key))
        if follow is not None:
            follow(m)
    m.changed()


def follow_all(m: Machine, written: dict[str, dict[str, str]]) -> None:
    """Let the phone follow values that a patch wrote: {namespace: {key: value}}."""
    for place, follow in _FOLLOW.items():
        if place[1] in written.get(place[0], {}):
            follow(m)


def _follow_airplane(m: Machine) -> None:
    """The radios go off and come back, with the values AOSP gives them (Settings.Global.WIFI_ON, BLUETOOTH_ON)."""
    values = m.state["settings"]["global"]
    on = values.get("airplane_mode_on") == "1"
    for key, normal, suspended in (("wifi_on", "1", "3"), ("bluetooth_on", "1", "2")):
        if on and values.get(key) == normal:
            values[key] = suspended
        elif not on and values.get(key) == suspended:
            values[key] = normal
    if not on and values.get("wifi_on") == _WIFI_IN_FLIGHT:
        values["wifi_on"] = "1"


def _follow_wifi(m: Machine) -> None:
    """Switched on in airplane mode, Wi-Fi says so."""
    if m.setting("global", "wifi_on") == "1" and airplane(m):
        m.state["settings"]["global"]["wifi_on"] = _WIFI_IN_FLIGHT


def _follow_rotation(m: Machine) -> None:
    if m.setting("system", "accelerometer_rotation") == "1":
        rotation = 0  # the phone is held upright, always
    else:
        rotation = int(m.number("system", "user_rotation", 0)) % 4
    m.state["display"]["rotation"] = rotation


def _follow_ime(m: Machine) -> None:
    m.state["keyboard"].update(page="letters", shift=False)


def _follow_auto_time(m: Machine) -> None:
    if m.setting("global", "auto_time") == "1":
        time_set.automatic(m)


def _follow_auto_zone(m: Machine) -> None:
    if m.setting("global", "auto_time_zone") == "1":
        time_set.zone_automatic(m)


def _follow_locales(m: Machine) -> None:
    """The favourite language is the phone's locale (persist.sys.locale)."""
    m.state["device"]["locale"] = m.setting("system", "system_locales", "en-US").partition(",")[0] or "en-US"


def _follow_ring_intensity(m: Machine) -> None:
    """The older switch says whether the newer strength is above nothing."""
    on = m.setting("system", "ring_vibration_intensity", "2") != "0"
    m.state["settings"]["system"]["vibrate_when_ringing"] = "1" if on else "0"


def _follow_ring_switch(m: Machine) -> None:
    on = m.setting("system", "vibrate_when_ringing") == "1"
    m.state["settings"]["system"]["ring_vibration_intensity"] = "2" if on else "0"


def _follow_ring_volume(m: Machine) -> None:
    """Notifications are as loud as calls; a phone that cannot be heard vibrates (AudioManager.RINGER_MODE_*)."""
    volume = m.setting("system", "volume_ring_speaker", "0")
    m.state["settings"]["system"]["volume_notification_speaker"] = volume
    m.state["settings"]["global"]["mode_ringer"] = "1" if volume == "0" else "2"


_FOLLOW: Final[Mapping[tuple[str, str], Callable[[Machine], None]]] = {
    ("global", "airplane_mode_on"): _follow_airplane,
    ("global", "wifi_on"): _follow_wifi,
    ("global", "auto_time"): _follow_auto_time,
    ("global", "auto_time_zone"): _follow_auto_zone,
    ("system", "system_locales"): _follow_locales,
    ("system", "ring_vibration_intensity"): _follow_ring_intensity,
    ("system", "vibrate_when_ringing"): _follow_ring_switch,
    ("system", "volume_ring_speaker"): _follow_ring_volume,
    ("system", "accelerometer_rotation"): _follow_rotation,
    ("system", "user_rotation"): _follow_rotation,
    ("secure", "default_input_method"): _follow_ime,
}


def airplane(m: Machine) -> bool:
    """Whether airplane mode is on."""
    return m.setting("global", "airplane_mode_on") == "1"


def wifi(m: Machine) -> bool:
    """Whether Wi-Fi is on, also when it was switched on in airplane mode (2)."""
    return m.setting("global", "wifi_on") in ("1", "2")


def adb_keyboard(m: Machine) -> str:
    """The package of the input method when it is one that is driven over adb and shows no keys; otherwise empty."""
    package = m.setting("secure", "default_input_method").partition("/")[0]
    return package if package in KEYLESS else ""
