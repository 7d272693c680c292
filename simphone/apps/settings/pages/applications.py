"""Apps: the list of installed apps, and what is known of each."""

from __future__ import annotations

from typing import Final

from simphone.apps import all_apps, launcher_intent
from simphone.apps.settings.model import Act, Custom, Header, Link, Page, Row
from simphone.apps.settings.render import TITLE_SIZE, palette
from simphone.core.app import Ctx
from simphone.ui.view import View
from simphone.widgets import nav
from simphone.widgets.box import column, row
from simphone.widgets.buttons import outlined_button
from simphone.widgets.image import avatar, round_icon
from simphone.widgets.nav import Entry, Handler
from simphone.widgets.rows import list_row
from simphone.widgets.text import heading

PREINSTALLED: Final = frozenset(
    {
        "com.android.chrome",
        "com.android.settings",
        "com.google.android.apps.messaging",
        "com.google.android.contacts",
        "com.google.android.deskclock",
        "com.google.android.dialer",
        "com.google.android.gm",
        "com.google.android.googlequicksearchbox",
    }
)
"""Packages of the system that a person would call apps."""


def installed(ctx: Ctx) -> list[tuple[str, str]]:
    """(label, package) of the apps that a person would call apps, by label."""
    found = [
        (str(info["label"]), package)
        for package, info in ctx.system.state["packages"].items()
        if package in PREINSTALLED or not info.get("system")
    ]
    return sorted(found, key=lambda pair: (pair[0].casefold(), pair[1]))


def _list(ctx: Ctx, _entry: Entry) -> list[Row]:
    return [_app_row(label, package) for label, package in installed(ctx)]


def _app_row(label: str, package: str) -> Custom:
    def draw(ctx: Ctx, _entry: Entry) -> View:
        return list_row(
            palette(ctx), label, icon=app_icon(label, package), size=TITLE_SIZE,
            on_tap=nav.go("app_info", package=package), padding=(20, 12, 24, 12),
        )

    return Custom(label, draw=draw)


def app_icon(label: str, package: str, size: float = 40.0) -> View:
    """The launcher icon of an app of this phone; the initial of one that is a name only."""
    for app in all_apps():
        if app.manifest.package == package:
            return round_icon(app.manifest.icon, app.manifest.icon_background, app.manifest.icon_color, size=size,
                              id="android:id/icon")
    return avatar(label, size=size, id="android:id/icon")


def label_of(ctx: Ctx, package: str) -> str:
    """What an app is called."""
    return str(ctx.system.state["packages"].get(package, {}).get("label", "App"))


def _info(ctx: Ctx, entry: Entry) -> list[Row]:
    package = str(entry["args"].get("package", ""))
    return [
        Custom("App", draw=_head),
        Act("Notifications", msg=nav.go("app_notifications", package=package)),
        Row("Permissions", "No permissions requested"),
        Row("Storage & cache"),
        Row("Mobile data & Wi‑Fi", "No data used"),
        Row("Screen time", "0 minutes today"),
        Row("App battery usage", "Optimized"),
        Row("Open by default", "No defaults set"),
        Header(f"version {ctx.system.state['packages'].get(package, {}).get('version', '1.0')}"),
    ]


def _head(ctx: Ctx, entry: Entry) -> View:
    theme, package = palette(ctx), str(entry["args"].get("package", ""))
    buttons = [("Open", ("app.open", package)), ("Uninstall", ("nothing",)), ("Force stop", ("nothing",))]
    if ctx.system.state["packages"].get(package, {}).get("system"):
        buttons[1] = ("Disable", ("nothing",))
    return column(
        app_icon(label_of(ctx, package), package, 56.0),
        heading(theme, label_of(ctx, package), size=24, id="entity_header_title"),
        row(*(outlined_button(theme, label, msg, width=0, weight=1.0) for label, msg in buttons), gap=8,
            margin=(0, 16, 0, 8)),
        halign="center",
        padding=(24, 8, 24, 8),
    )


def open_app(ctx: Ctx, package: str) -> None:
    """The button Open."""
    intent = launcher_intent(package)
    if intent is None or not ctx.system.start(intent):
        ctx.system.toast("App can't be opened")


def _count(ctx: Ctx) -> str:
    return f"See all {len(installed(ctx))} apps"


PAGES: Final = (
    Page(
        "apps",
        "Apps",
        (
            Link("All apps", _count, page="all_apps"),
            Header("General"),
            Link("Default apps", "Chrome, Phone, and Messages", page="default_apps"),
            Row("Screen time", "0 minutes today"),
            Row("Unused apps", "0 apps"),
            Header("Battery"),
            Row("App battery usage", "Set battery usage for apps"),
            Row("Special app access", "1 app can use unrestricted data"),
        ),
        actions=("android.settings.APPLICATION_SETTINGS", "android.settings.MANAGE_APPLICATIONS_SETTINGS"),
    ),
    Page("all_apps", "All apps", _list, parent="apps",
         actions=("android.settings.MANAGE_ALL_APPLICATIONS_SETTINGS",)),
    Page("app_info", "App info", _info, parent="all_apps", actions=("android.settings.APPLICATION_DETAILS_SETTINGS",)),
    Page(
        "default_apps",
        "Default apps",
        (
            Row("Browser app", "Chrome"),
            Row("Caller ID & spam app", "None"),
            Row("Digital assistant app", "Google"),
            Row("Home app", "Pixel Launcher"),
            Row("Phone app", "Phone"),
            Row("SMS app", "Messages"),
            Row("Opening links"),
        ),
        actions=("android.settings.MANAGE_DEFAULT_APPS_SETTINGS",),
        parent="apps",
    ),
)
HANDLERS: Final[dict[str, Handler]] = {"app.open": open_app}
