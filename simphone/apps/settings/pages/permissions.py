"""Permissions by kind (the permission manager) and by app."""

from __future__ import annotations

from typing import Final

from simphone.apps.settings.model import Act, Custom, Header, Note, Page, Row
from simphone.apps.settings.packages import app_row, facts, installed, label_of, shown_package
from simphone.apps.settings.pages.notifications import POST, allowed
from simphone.apps.settings.render import TITLE_SIZE, palette
from simphone.core.app import Ctx
from simphone.ui.view import View
from simphone.widgets.nav import Entry, Handler, go
from simphone.widgets.rows import radio_row

_P: Final = "android.permission."
GROUPS: Final[dict[str, tuple[str, str, tuple[str, ...]]]] = {
    "body_sensors": ("Body sensors", "heart", ("BODY_SENSORS",)),
    "calendar": ("Calendar", "calendar", ("READ_CALENDAR", "WRITE_CALENDAR")),
    "call_logs": ("Call logs", "history", ("READ_CALL_LOG", "WRITE_CALL_LOG")),
    "camera": ("Camera", "camera", ("CAMERA",)),
    "contacts": ("Contacts", "contacts", ("READ_CONTACTS", "WRITE_CONTACTS", "GET_ACCOUNTS")),
    "files": ("Files", "folder", ("READ_EXTERNAL_STORAGE", "WRITE_EXTERNAL_STORAGE")),
    "location": ("Location", "location", ("ACCESS_FINE_LOCATION", "ACCESS_COARSE_LOCATION")),
    "microphone": ("Microphone", "mic", ("RECORD_AUDIO",)),
    "audio": ("Music and audio", "music_note", ("READ_MEDIA_AUDIO",)),
    "nearby": ("Nearby devices", "devices", ("BLUETOOTH_CONNECT", "BLUETOOTH_SCAN")),
    "notifications": ("Notifications", "notifications", ("POST_NOTIFICATIONS",)),
    "phone": ("Phone", "phone", ("CALL_PHONE", "READ_PHONE_STATE")),
    "photos": ("Photos and videos", "image", ("READ_MEDIA_IMAGES", "READ_MEDIA_VIDEO")),
    "activity": ("Physical activity", "walk", ("ACTIVITY_RECOGNITION",)),
    "sms": ("SMS", "message", ("READ_SMS", "SEND_SMS", "RECEIVE_SMS")),
}
"""Kind -> (title, icon, permissions without their prefix)."""


def _asked(ctx: Ctx, package: str, group: str) -> list[str]:
    """Permissions of a kind that an app asks for."""
    if group == "notifications":
        return [POST]
    held = facts(ctx, package).get("permissions", {})
    return [_P + name for name in GROUPS[group][2] if _P + name in held]


def granted(ctx: Ctx, package: str, group: str) -> bool:
    """Whether an app has a permission of a kind."""
    if group == "notifications":
        return allowed(ctx, package)
    held = facts(ctx, package).get("permissions", {})
    return any(held[name] for name in _asked(ctx, package, group))


def _asking(ctx: Ctx, group: str) -> list[tuple[str, str]]:
    return [(label, package) for label, package in installed(ctx) if _asked(ctx, package, group)]


def _groups_of(ctx: Ctx, package: str) -> list[str]:
    return [group for group in GROUPS if _asked(ctx, package, group)]


def summary(ctx: Ctx, package: str) -> str:
    """Of the row in App info: "Contacts, Notifications"."""
    names = [GROUPS[group][0] for group in _groups_of(ctx, package) if granted(ctx, package, group)]
    return ", ".join(names) or "No permissions granted"


# --- by kind --------------------------------------------------------------------------------------------------------
def _manager(ctx: Ctx, _entry: Entry) -> list[Row]:
    rows: list[Row] = []
    for group, (title, icon, _) in GROUPS.items():
        asking = _asking(ctx, group)
        have = sum(granted(ctx, package, group) for _, package in asking)
        rows.append(
            Act(title, f"{have} of {len(asking)} apps allowed", icon=icon, msg=go("permission_group", group=group))
        )
    return rows


def _group(ctx: Ctx, entry: Entry) -> list[Row]:
    group = str(entry["args"].get("group", "notifications"))
    rows: list[Row] = []
    for header, wanted in (("Allowed", True), ("Not allowed", False)):
        here: list[Row] = [
            app_row(label, package, on_tap=_opens(package, group))
            for label, package in _asking(ctx, group)
            if granted(ctx, package, group) == wanted
        ]
        rows += [Header(header), *(here or [Note(f"No apps {header.lower()}")])]
    return rows


def _opens(package: str, group: str) -> tuple[str, ...]:
    """Notifications are switched on their own page, everything else is allowed or not on one for the permission."""
    if group == "notifications":
        return ("nav.push", "app_notifications", "package", package)
    return ("nav.push", "app_permission", "package", package, "group", group)


# --- by app ---------------------------------------------------------------------------------------------------------
def _of_app(ctx: Ctx, entry: Entry) -> list[Row]:
    package = shown_package(entry)
    rows: list[Row] = [app_row(label_of(ctx, package), package)]
    for header, wanted in (("Allowed", True), ("Not allowed", False)):
        here: list[Row] = [
            Act(GROUPS[group][0], icon=GROUPS[group][1], msg=_opens(package, group))
            for group in _groups_of(ctx, package)
            if granted(ctx, package, group) == wanted
        ]
        rows += [Header(header), *(here or [Note(f"No permissions {header.lower()}")])]
    return rows


def _one(ctx: Ctx, entry: Entry) -> list[Row]:
    package, group = shown_package(entry), str(entry["args"].get("group", "camera"))
    title = GROUPS[group][0]

    def pick(label: str, value: bool) -> Custom:
        def draw(ctx: Ctx, _entry: Entry) -> View:
            return radio_row(
                palette(ctx),
                label,
                on=granted(ctx, package, group) == value,
                toggle=("permission.set", package, group, value),
                size=TITLE_SIZE,
            )

        return Custom(label, draw=draw)

    return [
        app_row(label_of(ctx, package), package),
        Header(f"{title} access for this app"),
        pick("Allow" if group != "location" else "Allow only while using the app", True),
        pick("Don't allow", False),
    ]


def grant(ctx: Ctx, package: str, group: str, value: bool) -> None:
    """All permissions of a kind, given or taken."""
    for permission in _asked(ctx, package, group):
        ctx.system.permit(package, permission, value)


def _group_title(ctx: Ctx, entry: Entry) -> str:
    del ctx
    return GROUPS[str(entry["args"].get("group", "notifications"))][0]


_ACTIVITY: Final = "com.android.permissioncontroller.permission.ui.ManagePermissionsActivity"
PAGES: Final = (
    Page(
        "permission_manager",
        "Permission manager",
        _manager,
        parent="privacy",
        activity=_ACTIVITY,
        actions=("android.intent.action.MANAGE_PERMISSIONS",),
    ),
    Page("permission_group", _group_title, _group, parent="permission_manager", activity=_ACTIVITY),
    Page(
        "app_permissions",
        "App permissions",
        _of_app,
        parent="app_info",
        activity=_ACTIVITY,
        actions=("android.intent.action.MANAGE_APP_PERMISSIONS",),
    ),
    Page(
        "app_permission",
        lambda ctx, entry: f"{_group_title(ctx, entry)} permission",
        _one,
        parent="app_permissions",
        activity=_ACTIVITY,
    ),
)
HANDLERS: Final[dict[str, Handler]] = {"permission.set": grant}
