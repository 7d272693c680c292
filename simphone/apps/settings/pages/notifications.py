"""Notifications: how and when apps may speak up."""

from __future__ import annotations

from typing import Final

from simphone.apps.settings.model import Custom, Header, Link, Page, Row, Toggle, flag
from simphone.apps.settings.pages.applications import app_icon, installed, label_of
from simphone.apps.settings.render import TITLE_SIZE, main_switch, palette
from simphone.core.app import Ctx
from simphone.ui.view import View
from simphone.widgets.nav import Entry, Handler, go
from simphone.widgets.rows import switch_row

POST: Final = "android.permission.POST_NOTIFICATIONS"


def allowed(ctx: Ctx, package: str) -> bool:
    """Whether an app may post notifications."""
    info = ctx.system.state["packages"].get(package, {})
    return bool(info.get("permissions", {}).get(POST, True))


def flip(ctx: Ctx, package: str) -> None:
    """Grant or take the permission."""
    info = ctx.system.state["packages"].get(package)
    if info is not None:
        info.setdefault("permissions", {})[POST] = not allowed(ctx, package)


def _apps(ctx: Ctx, _entry: Entry) -> list[Row]:
    return [Row("Most recent"), *(_app(label, package) for label, package in installed(ctx))]


def _app(label: str, package: str) -> Custom:
    """Two targets: the row opens the app's page, the switch switches."""

    def draw(ctx: Ctx, _entry: Entry) -> View:
        return switch_row(
            palette(ctx), label, on=allowed(ctx, package), toggle=("notifications.flip", package),
            open_row=go("app_notifications", package=package), icon=app_icon(label, package), size=TITLE_SIZE,
            padding=(20, 12, 24, 12),
        )

    return Custom(label, draw=draw)


def _of_app(_ctx: Ctx, entry: Entry) -> list[Row]:
    package = str(entry["args"].get("package", ""))

    def draw(ctx: Ctx, _entry: Entry) -> View:
        title = f"All {label_of(ctx, package)} notifications"
        return main_switch(palette(ctx), title, allowed(ctx, package), ("notifications.flip", package))

    return [Custom("All notifications", draw=draw)]


PAGES: Final = (
    Page(
        "notifications",
        "Notifications",
        (
            Header("Manage"),
            Link("App settings", "Control notifications from individual apps", page="notification_apps"),
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
    Page(
        "notification_apps",
        "App notifications",
        _apps,
        actions=("android.settings.ALL_APPS_NOTIFICATION_SETTINGS",),
        parent="notifications",
    ),
    Page(
        "app_notifications",
        "Notifications",
        _of_app,
        actions=("android.settings.APP_NOTIFICATION_SETTINGS",),
        parent="notification_apps",
    ),
)
HANDLERS: Final[dict[str, Handler]] = {"notifications.flip": flip}
