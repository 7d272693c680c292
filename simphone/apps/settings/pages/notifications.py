"""Notifications: how and when apps may speak up."""

from __future__ import annotations

from typing import Final

from simphone.apps.settings.model import Header, Page, Row, Toggle, flag

PAGES: Final = (
    Page(
        "notifications",
        "Notifications",
        (
            Header("Manage"),
            Row("App settings", "Control notifications from individual apps"),
            Row("Notification history", "Show recent and snoozed notifications"),
            Header("Conversation"),
            Row("Conversations", "No priority conversations"),
            Row("Bubbles", "On / Conversations can appear as floating icons"),
            Header("Privacy"),
            Row("Device & app notifications", "Control which apps and devices can read notifications"),
            Row("Notifications on lock screen", "Show conversations, default, and silent"),
            Header("General"),
            Row("Do Not Disturb", "Off"),
            Toggle("Hide silent notifications in status bar", flag=flag("secure", "notification_hide_silent")),
            Toggle("Allow notification snoozing", flag=flag("secure", "show_notification_snooze")),
            Toggle("Notification dot on app icon", flag=flag("secure", "notification_badging", default="1")),
        ),
        activity="com.android.settings.Settings$ConfigureNotificationSettingsActivity",
        actions=("android.settings.NOTIFICATION_SETTINGS",),
    ),
)
