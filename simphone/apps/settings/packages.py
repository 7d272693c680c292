"""What Settings knows of installed apps, and how it shows one."""

from __future__ import annotations

from typing import Final

from simphone.apps import all_apps
from simphone.apps.settings.model import Custom
from simphone.apps.settings.render import TITLE_SIZE, palette
from simphone.core.app import Ctx, Json
from simphone.ui.view import Msg, View
from simphone.widgets.image import avatar, round_icon
from simphone.widgets.nav import Entry, go
from simphone.widgets.rows import list_row

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
INVISIBLE: Final = frozenset({"com.android.adbkeyboard", "com.github.uiautomator"})
"""Packages that were added without a place in the launcher."""
USUAL_SIZE: Final = 24_600_000
"""Bytes of an app whose world does not tell its size."""


def facts(ctx: Ctx, package: str) -> dict[str, Json]:
    """What the package manager keeps of a package; nothing for one that is not installed."""
    found: dict[str, Json] = ctx.system.state["packages"].get(package, {})
    return found


def installed(ctx: Ctx, *, all_of_them: bool = False) -> list[tuple[str, str]]:
    """(label, package) by label: of what a person would call apps, or with `all_of_them` of every package."""
    found = [
        (str(info["label"]), package)
        for package, info in ctx.system.state["packages"].items()
        if all_of_them or package in PREINSTALLED or not (info.get("system") or package in INVISIBLE)
    ]
    return sorted(found, key=lambda pair: (pair[0].casefold(), pair[1]))


def label_of(ctx: Ctx, package: str) -> str:
    """What an app is called."""
    return str(facts(ctx, package).get("label", "App"))


def size_of(ctx: Ctx, package: str) -> int:
    """Bytes that an app takes."""
    return int(facts(ctx, package).get("size", USUAL_SIZE))


def shown_package(entry: Entry) -> str:
    """The package that a page is about."""
    return str(entry["args"].get("package", ""))


def app_icon(label: str, package: str, size: float = 40.0) -> View:
    """The launcher icon of an app of this phone; the initial of one that is a name only."""
    for app in all_apps():
        if app.manifest.package == package:
            return round_icon(
                app.manifest.icon,
                app.manifest.icon_background,
                app.manifest.icon_color,
                size=size,
                id="android:id/icon",
            )
    return avatar(label, size=size, id="android:id/icon")


def app_row(label: str, package: str, summary: str = "", on_tap: Msg | None = None) -> Custom:
    """A row of an app that opens its page, or does `on_tap`."""

    def draw(ctx: Ctx, _entry: Entry) -> View:
        return list_row(
            palette(ctx),
            label,
            summary,
            icon=app_icon(label, package),
            size=TITLE_SIZE,
            on_tap=on_tap or go("app_info", package=package),
            padding=(20, 12, 24, 12),
        )

    return Custom(label, draw=draw)
