"""Privacy: permissions, sensors, what is shared."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from simphone.apps.settings.model import Act, Header, Link, Note, Page, Row, Toggle, flag, secure
from simphone.apps.settings.pages.display import LOCK_NOTIFICATIONS

PAGES: Final = (
    Page(
        "privacy",
        "Privacy",
        (
            Link("Privacy dashboard", "Show which apps recently used permissions", page="privacy_dashboard"),
            Link("Permission manager", "Control app access to your data", page="permission_manager"),
            Header("Controls"),
            Toggle("Camera access", "For all apps and services", flag=secure("sensor_camera_allowed", default="1")),
            Toggle("Microphone access", "For all apps and services", flag=secure("sensor_mic_allowed", default="1")),
            Toggle(
                "Show clipboard access",
                "Show a message when apps access text, images, or other content you've copied",
                flag=secure("clipboard_show_access_notifications", default="1"),
            ),
            Toggle(
                "Show passwords",
                "Display characters briefly as you type",
                flag=flag("system", "show_password", default="1"),
            ),
            Header("Privacy"),
            replace(LOCK_NOTIFICATIONS, title="Notifications on lock screen"),
            Row("Android System Intelligence"),
            Toggle(
                "Personalize using app data",
                "Allow apps to send content to the Android system",
                flag=secure("content_capture_enabled", default="1"),
            ),
            Row("Autofill service from Google"),
            Act("Google location history", msg=("tell", "Add a Google Account first")),
            Act("Activity controls", msg=("tell", "Add a Google Account first")),
            Row("Ads", "Manage your device's ad privacy settings"),
            Toggle("Usage & diagnostics", "Share data to help improve Android", flag=flag("global", "multi_cb")),
        ),
        activity="com.android.settings.Settings$PrivacyDashboardActivity",
        actions=("android.settings.PRIVACY_SETTINGS",),
    ),
    Page(
        "privacy_dashboard",
        "Privacy dashboard",
        (Note("No apps used permissions in the past 24 hours"),),
        parent="privacy",
    ),
)
