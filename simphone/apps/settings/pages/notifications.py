"""Notifications: which apps may speak up, and how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from simphone.apps.settings.model import Custom, Header, Link, Note, Page, Row, Toggle, on_off, secure
from simphone.apps.settings.packages import app_icon, facts, installed, label_of, shown_package
from simphone.apps.settings.pages.display import LOCK_NOTIFICATIONS
from simphone.apps.settings.pages.sound import ZEN
from simphone.apps.settings.render import TITLE_SIZE, main_switch, palette, search_button, search_screen, spinner_row
from simphone.core.app import Ctx
from simphone.ui.view import Scene, View, Window
from simphone.widgets import nav
from simphone.widgets.box import column
from simphone.widgets.dialogs import Choice
from simphone.widgets.menus import popup_menu
from simphone.widgets.nav import DialogFn, Entry, Handler, ScreenFn, go
from simphone.widgets.rows import switch_row
from simphone.widgets.text import heading

POST: Final = "android.permission.POST_NOTIFICATIONS"
HISTORY: Final = secure("notification_history_enabled")
BUBBLES: Final = secure("notification_bubbles", default="1")

FILTERS: Final = ("Most recent", "Most frequent", "All apps", "Turned off")
_SEEN: Final = (
    "com.google.android.contacts",
    "com.google.android.deskclock",
    "com.google.android.gm",
    "com.google.android.googlequicksearchbox",
    "com.google.android.apps.messaging",
)
"""Apps that have shown notifications, the last one first."""
_CHANNELS: Final[dict[str, tuple[str, ...]]] = {
    "com.google.android.contacts": ("Contacts import and export", "Reminders"),
    "com.google.android.deskclock": ("Firing", "Stopwatch", "Timer", "Upcoming alarms"),
    "com.google.android.gm": ("Mail", "Miscellaneous"),
}
_USUAL_CHANNELS: Final = ("Miscellaneous",)


def allowed(ctx: Ctx, package: str) -> bool:
    """Whether an app may post notifications."""
    return bool(facts(ctx, package).get("permissions", {}).get(POST, True))


def summary(ctx: Ctx, package: str) -> str:
    """Of the row in App info."""
    return "Enabled" if allowed(ctx, package) else "Off"


def flip(ctx: Ctx, package: str) -> None:
    """Grant or take the permission."""
    ctx.system.permit(package, POST, not allowed(ctx, package))


def flip_channel(ctx: Ctx, package: str, channel: str) -> None:
    """Switch one kind of notification of an app."""
    channels = facts(ctx, package).setdefault("channels", {})
    channels[channel] = not channels.get(channel, True)


def _bubbles(ctx: Ctx) -> str:
    return "On / Conversations can appear as floating icons" if BUBBLES.get(ctx) else "Off"


# --- apps -----------------------------------------------------------------------------------------------------------
def _filtered(ctx: Ctx, chosen: str) -> list[tuple[str, str]]:
    found = installed(ctx)
    if chosen == "Turned off":
        return [pair for pair in found if not allowed(ctx, pair[1])]
    if chosen == "All apps":
        return found
    seen = [pair for package in _SEEN for pair in found if pair[1] == package]
    return seen if chosen == "Most recent" else sorted(seen, key=lambda pair: pair[0])


def _apps(ctx: Ctx, entry: Entry) -> list[Row]:
    chosen = str(entry["args"].get("filter", FILTERS[0]))
    return [
        Custom("Filter", draw=lambda ctx, _entry: spinner_row(palette(ctx), chosen, nav.ask("notification_filter"))),
        *(_app(label, package) for label, package in _filtered(ctx, chosen)),
    ]


def filter_menu(ctx: Ctx, _entry: Entry) -> Window:
    """The choices of the spinner, where the spinner stands."""
    chosen = nav.top(ctx)["args"].get("filter", FILTERS[0])
    choices = [Choice(name, ("page.set", "filter", name), name == chosen) for name in FILTERS]
    return popup_menu(palette(ctx), choices, anchor=(24, 220), width=220)


def _app(label: str, package: str) -> Custom:
    """Two targets: the row opens the app's page, the switch switches."""

    def draw(ctx: Ctx, _entry: Entry) -> View:
        return switch_row(
            palette(ctx),
            label,
            on=allowed(ctx, package),
            toggle=("notifications.flip", package),
            open_row=go("app_notifications", package=package),
            icon=app_icon(label, package),
            size=TITLE_SIZE,
            padding=(20, 12, 24, 12),
        )

    return Custom(label, draw=draw)


def _buttons(ctx: Ctx, _entry: Entry) -> Sequence[View]:
    return (search_button(ctx, "find_notifying"),)


def find(ctx: Ctx, entry: Entry) -> Scene:
    """All apps with their switches, by a part of the name."""
    wanted = str(entry["args"].get("word", "")).strip().casefold()
    rows = [_app(label, package).draw(ctx, entry) for label, package in installed(ctx) if wanted in label.casefold()]
    return search_screen(ctx, entry, "Search apps", rows, empty="No apps.")


# --- one app --------------------------------------------------------------------------------------------------------
def _of_app(ctx: Ctx, entry: Entry) -> list[Row]:
    package = shown_package(entry)

    def head(ctx: Ctx, _entry: Entry) -> View:
        theme, label = palette(ctx), label_of(ctx, package)
        return column(
            column(
                app_icon(label, package, 56.0),
                heading(theme, label, size=24, id="entity_header_title"),
                halign="center",
                gap=8,
                padding=(24, 8, 24, 20),
            ),
            main_switch(theme, f"All {label} notifications", allowed(ctx, package), ("notifications.flip", package)),
            in_tree=False,
        )

    rows: list[Row] = [Custom("All notifications", draw=head)]
    if not allowed(ctx, package):
        return [*rows, Note(f"Notifications from {label_of(ctx, package)} are off.")]
    return [
        *rows,
        Header("Notification categories"),
        *(_channel(package, channel) for channel in _CHANNELS.get(package, _USUAL_CHANNELS)),
    ]


def _channel(package: str, channel: str) -> Custom:
    def draw(ctx: Ctx, _entry: Entry) -> View:
        on = facts(ctx, package).get("channels", {}).get(channel, True)
        return switch_row(
            palette(ctx),
            channel,
            "About 0 notifications per week",
            on=bool(on),
            size=TITLE_SIZE,
            toggle=("notifications.channel", package, channel),
        )

    return Custom(channel, draw=draw)


PAGES: Final = (
    Page(
        "notifications",
        "Notifications",
        (
            Header("Manage"),
            Link("App settings", "Control notifications from individual apps", page="notification_apps"),
            Link("Notification history", "Show recent and snoozed notifications", page="notification_history"),
            Header("Conversation"),
            Link("Conversations", "No priority conversations", page="conversations"),
            Link("Bubbles", _bubbles, page="bubbles"),
            Header("Privacy"),
            Link(
                "Device & app notifications", "Control which apps and devices can read notifications", page="listeners"
            ),
            replace(LOCK_NOTIFICATIONS, title="Notifications on lock screen"),
            Header("General"),
            Link("Do Not Disturb", on_off(ZEN), page="do_not_disturb"),
            Toggle("Hide silent notifications in status bar", flag=secure("notification_hide_silent")),
            Toggle("Allow notification snoozing", flag=secure("show_notification_snooze")),
            Toggle(
                "Suggested actions and replies",
                "Automatically show suggested actions & replies",
                flag=secure("notification_suggestions", default="1"),
            ),
            Toggle("Notification dot on app icon", flag=secure("notification_badging", default="1")),
        ),
        activity="com.android.settings.Settings$ConfigureNotificationSettingsActivity",
        actions=("android.settings.NOTIFICATION_SETTINGS",),
    ),
    Page(
        "notification_apps",
        "App notifications",
        _apps,
        activity="com.android.settings.Settings$NotificationAppListActivity",
        actions=("android.settings.ALL_APPS_NOTIFICATION_SETTINGS",),
        parent="notifications",
        menu=_buttons,
    ),
    Page(
        "app_notifications",
        "App notifications",
        _of_app,
        activity="com.android.settings.Settings$AppNotificationSettingsActivity",
        actions=("android.settings.APP_NOTIFICATION_SETTINGS",),
        parent="notification_apps",
    ),
    Page(
        "notification_history",
        "Notification history",
        (
            Toggle("Use notification history", flag=HISTORY, main=True),
            Note(
                "Notification history turned off. Turn on notification history to see recent and snoozed "
                "notifications.",
                shown=lambda ctx: not HISTORY.get(ctx),
            ),
            Note("No recent or snoozed notifications", shown=HISTORY.get),
        ),
        actions=("android.settings.NOTIFICATION_HISTORY",),
        parent="notifications",
    ),
    Page(
        "conversations",
        "Conversations",
        (Note("No priority conversations. Priority conversations show at the top of the conversation section."),),
        actions=("android.settings.CONVERSATION_SETTINGS",),
        parent="notifications",
    ),
    Page(
        "bubbles",
        "Bubbles",
        (
            Toggle("Allow apps to show bubbles", flag=BUBBLES, main=True),
            Note("Some conversations will appear as floating icons on top of other apps."),
        ),
        parent="notifications",
    ),
)
SCREENS: Final[dict[str, ScreenFn]] = {"find_notifying": find}
DIALOGS: Final[dict[str, DialogFn]] = {"notification_filter": filter_menu}
HANDLERS: Final[dict[str, Handler]] = {"notifications.flip": flip, "notifications.channel": flip_channel}
