"""Apps > Default apps: one page for each role."""

from __future__ import annotations

from typing import Final

from simphone.apps.settings.model import Custom, Link, Note, Page, Pick, Row, Text
from simphone.apps.settings.packages import app_icon, app_row, installed, label_of
from simphone.apps.settings.render import TITLE_SIZE, palette
from simphone.core import roles
from simphone.core.app import Ctx
from simphone.ui.view import View
from simphone.widgets.box import row
from simphone.widgets.controls import radio
from simphone.widgets.nav import Entry, Handler
from simphone.widgets.rows import list_row

_ROLES: Final = (
    ("browser", roles.BROWSER, "Browser app", "Default browser app",
     "Apps that give you access to the internet and display links that you tap"),
    ("caller_id", roles.CALL_SCREENING, "Caller ID & spam app", "Default caller ID & spam app",
     "Apps that allow you to identify calls and block spam, robocalls, or unwanted numbers"),
    ("assistant", roles.ASSISTANT, "Digital assistant app", "Default digital assistant app",
     "Assist apps can help you based on information from the screen you're viewing"),
    ("home", roles.HOME, "Home app", "Default home app",
     "Apps, often called launchers, that replace the Home screens on your Android device"),
    ("phone", roles.DIALER, "Phone app", "Default phone app",
     "Apps that allow you to make and receive telephone calls on your device"),
    ("sms", roles.SMS, "SMS app", "Default SMS app",
     "Apps that allow you to use your phone number to send and receive short text messages"),
)  # fmt: skip
"""(page, role, title of the row, title of the page, what such an app is)."""


def _holder(role: str) -> Text:
    def label(ctx: Ctx) -> str:
        package = roles.holder(ctx.system.state, role)
        return label_of(ctx, package) if package else "None"

    return label


def summary(ctx: Ctx) -> str:
    """Of the row that leads here: "Chrome, Phone, and Messages"."""
    held = [roles.holder(ctx.system.state, role) for role in (roles.BROWSER, roles.DIALER, roles.SMS)]
    names = [label_of(ctx, package) for package in held if package]
    return f"{', '.join(names[:-1])}, and {names[-1]}" if len(names) > 2 else " and ".join(names)


def _candidate(role: str, package: str) -> Custom:
    """A row as the permission controller draws it: radio button nested one level, icon, name."""

    def draw(ctx: Ctx, _entry: Entry) -> View:
        theme, label = palette(ctx), label_of(ctx, package)
        ring = row(radio(theme, roles.holder(ctx.system.state, role) == package, id="android:id/checkbox"), width=32)
        lead = row(ring, app_icon(label, package, 36.0), width=84, gap=16, in_tree=False)
        return list_row(theme, label, icon=lead, on_tap=("role.hold", role, package), size=TITLE_SIZE)

    return Custom(package, draw=draw)


def _page(name: str, role: str, title: str, about: str) -> Page:
    def rows(ctx: Ctx, _entry: Entry) -> list[Row]:
        able = roles.candidates(ctx.system.state, role)
        none = [] if able else [Pick("None", chosen=lambda _ctx: True, msg=("role.none",))]
        return [*none, *(_candidate(role, package) for package in able), Note(about)]

    return Page(
        f"default_{name}",
        title,
        rows,
        parent="default_apps",
        activity="com.android.permissioncontroller.role.ui.DefaultAppActivity",
    )


def hold(ctx: Ctx, role: str, package: str) -> None:
    """An app was chosen; it holds the role at once."""
    roles.hold(ctx.system.state, role, package)


def nobody(_ctx: Ctx) -> None:
    """None was chosen, where it is the only choice."""


def _links(ctx: Ctx, _entry: Entry) -> list[Row]:
    return [app_row(label, package, "Don't allow app to open links") for label, package in installed(ctx)]


PAGES: Final = (
    Page(
        "default_apps",
        "Default apps",
        (
            *(Link(row_title, _holder(role), page=f"default_{name}") for name, role, row_title, _, _ in _ROLES),
            Link("Opening links", page="opening_links"),
        ),
        activity="com.android.permissioncontroller.role.ui.DefaultAppListActivity",
        actions=("android.settings.MANAGE_DEFAULT_APPS_SETTINGS",),
        parent="apps",
    ),
    *(_page(name, role, title, about) for name, role, _, title, about in _ROLES),
    Page("opening_links", "Opening links", _links, parent="default_apps"),
)
HANDLERS: Final[dict[str, Handler]] = {"role.hold": hold, "role.none": nobody}
