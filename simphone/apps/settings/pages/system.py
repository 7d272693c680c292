"""System: gestures, backup, updates, users, reset."""

from __future__ import annotations

from typing import Final

from simphone.apps.settings.model import (
    Act,
    Info,
    Link,
    Note,
    Options,
    Page,
    Toggle,
    Value,
    flag,
    on_off,
    picks,
    secure,
)
from simphone.apps.settings.pages.about import security_update
from simphone.apps.settings.pages.date_time import zone_summary
from simphone.apps.settings.pages.languages import first_language
from simphone.apps.settings.render import palette
from simphone.core.app import Ctx
from simphone.ui.view import Window
from simphone.widgets import nav
from simphone.widgets.dialogs import Action, alert_dialog
from simphone.widgets.nav import DialogFn, Entry, Handler

BACKUP: Final = secure("backup_enabled")
NAVIGATION: Final = Value("secure", "navigation_mode", "2")
DEVELOPER: Final = flag("global", "development_settings_enabled", default="1")

_NAVIGATIONS: Final = (("2", "Gesture navigation"), ("0", "3-button navigation"))
_SCALES: Final = (
    ("0", "Animation off"),
    *((scale, f"Animation scale {scale}x") for scale in ("0.5", "1", "1.5", "2", "5", "10")),
)


def _navigation(ctx: Ctx) -> str:
    return dict(_NAVIGATIONS).get(NAVIGATION.get(ctx), "Gesture navigation")


def reset_network_dialog(ctx: Ctx, _entry: Entry) -> Window:
    """Asks before the radios are reset."""
    return alert_dialog(
        palette(ctx),
        "Reset all network settings?",
        "This will reset all network settings, including Wi‑Fi, mobile data and Bluetooth. You can't undo this action.",
        positive=Action("Reset settings", ("network.reset",)),
        negative=Action("Cancel"),
    )


def reset_network(ctx: Ctx) -> None:
    """Radios as on a new phone."""
    nav.close(ctx)
    for key, value in (
        ("airplane_mode_on", "0"), ("wifi_on", "1"), ("bluetooth_on", "1"), ("mobile_data", "1"),
        ("private_dns_mode", "opportunistic"),
    ):  # fmt: skip
        ctx.system.put_setting("global", key, value)
    ctx.system.toast("Network settings have been reset")


PAGES: Final = (
    Page(
        "system",
        "System",
        (
            Link("Languages & input", first_language, icon="language", page="languages_input"),
            Link("Gestures", icon="touch", page="gestures"),
            Link("Date & time", zone_summary, icon="clock", page="date_time"),
            Link("Backup", on_off(BACKUP), icon="backup", page="backup"),
            Link("System update", "Up to date", icon="system_update", page="system_update"),
            Link("Multiple users", "Signed in as Owner", icon="people", page="users"),
            Link("Developer options", icon="code", page="developer"),
            Link("Reset options", icon="history", page="reset"),
        ),
        activity="com.android.settings.Settings$SystemDashboardActivity",
    ),
    Page(
        "gestures",
        "Gestures",
        (
            Toggle(
                "Quickly open camera",
                "Press power button twice from any screen",
                flag=secure("camera_double_tap_power_gesture_enabled", default="1"),
            ),
            Link("System navigation", _navigation, page="navigation"),
            Toggle("One-handed mode", flag=secure("one_handed_mode_enabled")),
            Toggle(
                "Press & hold power button", "Hold for Assistant", flag=secure("power_button_assistant", default="1")
            ),
            Toggle("Tap to check phone", flag=secure("doze_tap_gesture", default="1")),
            Toggle("Lift to check phone", flag=secure("doze_pulse_on_pick_up", default="1")),
        ),
        parent="system",
    ),
    Page("navigation", "System navigation", picks(NAVIGATION, *_NAVIGATIONS), parent="gestures"),
    Page(
        "backup",
        "Backup",
        (
            Toggle("Back up my data", flag=BACKUP, main=True),
            Info("Backup account", "None"),
            Note("Your data will be saved to a Google Account once one is added."),
        ),
        actions=("android.settings.BACKUP_AND_RESET_SETTINGS",),
        parent="system",
    ),
    Page(
        "system_update",
        "System update",
        (
            Info("Your system is up to date", lambda ctx: f"Android {ctx.system.state['device']['android']}"),
            Info("Android security update", security_update),
            Act("Check for update", icon="refresh", msg=("tell", "Your system is up to date")),
        ),
        actions=("android.settings.SYSTEM_UPDATE_SETTINGS",),
        parent="system",
    ),
    Page(
        "users",
        "Multiple users",
        (
            Toggle("Allow multiple users", flag=flag("global", "user_switcher_enabled"), main=True),
            Info("You (Owner)", "Signed in as Owner", icon="person"),
            Note("Share your device by adding new users. Each user has a personal space on your device."),
        ),
        actions=("android.settings.USER_SETTINGS",),
        parent="system",
    ),
    Page(
        "developer",
        "Developer options",
        (
            Toggle("Use developer options", flag=DEVELOPER, main=True),
            Toggle(
                "Stay awake",
                "Screen will never sleep while charging",
                flag=flag("global", "stay_on_while_plugged_in"),
                enabled=DEVELOPER.get,
            ),
            Toggle(
                "USB debugging",
                "Debug mode when USB is connected",
                flag=flag("global", "adb_enabled", default="1"),
                enabled=lambda _ctx: False,
            ),
            Toggle(
                "Show taps", "Show visual feedback for taps", flag=flag("system", "show_touches"), enabled=DEVELOPER.get
            ),
            Toggle(
                "Pointer location",
                "Screen overlay showing current touch data",
                flag=flag("system", "pointer_location"),
                enabled=DEVELOPER.get,
            ),
            Options(
                "Window animation scale",
                value=Value("global", "window_animation_scale", "1"),
                choices=_SCALES,
                enabled=DEVELOPER.get,
            ),
            Options(
                "Transition animation scale",
                value=Value("global", "transition_animation_scale", "1"),
                choices=_SCALES,
                enabled=DEVELOPER.get,
            ),
            Options(
                "Animator duration scale",
                value=Value("global", "animator_duration_scale", "1"),
                choices=_SCALES,
                enabled=DEVELOPER.get,
            ),
        ),
        actions=("android.settings.APPLICATION_DEVELOPMENT_SETTINGS",),
        parent="system",
    ),
    Page(
        "reset",
        "Reset options",
        (
            Act("Reset Wi‑Fi, mobile & Bluetooth", msg=nav.ask("reset_network")),
            Act("Reset app preferences", msg=nav.ask("reset_apps")),
            Link("Erase all data (factory reset)", page="erase"),
        ),
        parent="system",
    ),
    Page(
        "erase",
        "Erase all data (factory reset)",
        (Note("This simulated phone cannot be erased from here."),),
        parent="reset",
    ),
)
DIALOGS: Final[dict[str, DialogFn]] = {"reset_network": reset_network_dialog}
HANDLERS: Final[dict[str, Handler]] = {"network.reset": reset_network}
