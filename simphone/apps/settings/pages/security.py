"""Security, and Safety & emergency."""

from __future__ import annotations

from typing import Final

from simphone.apps.settings.model import Act, Header, Info, Link, Note, Page, Row, Toggle, Value, Write, picks, secure
from simphone.apps.settings.pages.about import security_update
from simphone.core.app import Ctx

LOCK: Final = Value("secure", "lockscreen_kind", "none")
_KINDS: Final = (("none", "None"), ("swipe", "Swipe"))


def lock_name(ctx: Ctx) -> str:
    """How the screen is locked."""
    return dict(_KINDS).get(LOCK.get(ctx), "None")


PAGES: Final = (
    Page(
        "security",
        "Security",
        (
            Header("Security status"),
            Row("Google Play Protect", "No harmful apps found", icon="security"),
            Act(
                "Find My Device",
                "Add a Google Account first",
                icon="my_location",
                msg=("tell", "Add a Google Account first"),
            ),
            Link("Security update", security_update, icon="system_update", page="system_update"),
            Header("Device security"),
            Link("Screen lock", lock_name, icon="lock", page="screen_lock"),
            Header("More security settings"),
            Link("Trust & encryption", page="encryption"),
            Toggle(
                "Lock screen text",
                "Show what was added on the lock screen",
                flag=secure("lock_screen_owner_info_enabled"),
            ),
            Row("App pinning", "Off"),
        ),
        activity="com.android.settings.Settings$SecurityDashboardActivity",
        actions=("android.settings.SECURITY_SETTINGS",),
    ),
    Page(
        "screen_lock",
        "Screen lock",
        (
            *picks(LOCK, *_KINDS),
            Note("Pattern, PIN and password cannot be set on a simulated phone: nobody could unlock it again."),
        ),
        parent="security",
    ),
    Page(
        "encryption",
        "Encryption & credentials",
        (
            Info("Encrypt phone", "Encrypted"),
            Row("Trusted credentials"),
            Act("Install a certificate", msg=("tell", "No certificate to install")),
        ),
        parent="security",
    ),
    Page(
        "safety",
        "Safety & emergency",
        (
            Write("Emergency information", value=Value("secure", "emergency_info"), asks="Medical information"),
            Row("Emergency contacts", "No contacts"),
            Toggle(
                "Emergency SOS",
                "Press power button quickly 5 times or more to call for help",
                flag=secure("emergency_gesture_enabled"),
            ),
            Row("Car crash detection", "Off"),
            Row("Crisis alerts", "Off"),
            Link("Wireless emergency alerts", page="emergency_alerts"),
        ),
    ),
    Page(
        "emergency_alerts",
        "Wireless emergency alerts",
        (
            Toggle("Allow alerts", flag=secure("emergency_alerts_enabled", default="1"), main=True),
            Toggle(
                "Extreme threats",
                "Extreme threats to life and property",
                flag=secure("emergency_extreme_alerts", default="1"),
            ),
            Toggle(
                "Severe threats",
                "Severe threats to life and property",
                flag=secure("emergency_severe_alerts", default="1"),
            ),
            Toggle("AMBER alerts", "Child abduction emergency bulletins", flag=secure("amber_alerts", default="1")),
        ),
        parent="safety",
    ),
)
