"""Apps > Special app access: pages that list apps with a switch each."""

from __future__ import annotations

from typing import Final

from simphone.apps.settings.model import Custom, Link, Note, Page, Row
from simphone.apps.settings.packages import app_icon, facts, installed
from simphone.apps.settings.render import TITLE_SIZE, palette
from simphone.core.app import Ctx
from simphone.ui.view import View
from simphone.widgets.nav import Entry
from simphone.widgets.rows import switch_row

_ACCESSES: Final = (
    ("all_files", "All files access", "MANAGE_EXTERNAL_STORAGE"),
    ("overlay", "Display over other apps", "SYSTEM_ALERT_WINDOW"),
    ("dnd_access", "Do Not Disturb access", "ACCESS_NOTIFICATION_POLICY"),
    ("modify_settings", "Modify system settings", "WRITE_SETTINGS"),
    ("pip", "Picture-in-picture", "PICTURE_IN_PICTURE"),
    ("unknown_apps", "Install unknown apps", "REQUEST_INSTALL_PACKAGES"),
    ("alarms_access", "Alarms & reminders", "SCHEDULE_EXACT_ALARM"),
    ("usage_access", "Usage access", "GET_USAGE_STATS"),
    ("wifi_control", "Wi‑Fi control", "CHANGE_WIFI_STATE"),
    ("unrestricted_data", "Unrestricted data", "RUN_ANY_IN_BACKGROUND"),
)
"""(page, title, app operation)."""


def _app(label: str, package: str, operation: str) -> Custom:
    def draw(ctx: Ctx, _entry: Entry) -> View:
        on = facts(ctx, package).get("appops", {}).get(operation) == "allow"
        return switch_row(
            palette(ctx),
            label,
            on=on,
            toggle=("app.operation", package, operation, "ignore" if on else "allow"),
            icon=app_icon(label, package),
            size=TITLE_SIZE,
            padding=(20, 12, 24, 12),
        )

    return Custom(label, draw=draw)


def _page(name: str, title: str, operation: str) -> Page:
    def rows(ctx: Ctx, _entry: Entry) -> list[Row]:
        return [_app(label, package, operation) for label, package in installed(ctx)]

    return Page(name, title, rows, parent="special_access")


def set_operation(ctx: Ctx, package: str, operation: str, mode: str) -> None:
    """Allow or ignore an app operation, as `appops set` does."""
    facts(ctx, package).setdefault("appops", {})[operation] = mode


PAGES: Final = (
    Page(
        "special_access",
        "Special app access",
        (
            *(Link(title, page=name) for name, title, _ in _ACCESSES),
            Link("Device & app notifications", page="listeners"),
            Note("Apps listed here can do more than others."),
        ),
        parent="apps",
    ),
    *(_page(*access) for access in _ACCESSES),
)
HANDLERS: Final = {"app.operation": set_operation}
