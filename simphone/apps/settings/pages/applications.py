"""Apps: the list of installed apps and what stands above it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from simphone.apps.settings.model import Header, Link, Note, Page, Row
from simphone.apps.settings.packages import app_row, installed, label_of, size_of
from simphone.apps.settings.pages.default_apps import summary as default_apps_summary
from simphone.apps.settings.render import MENU_ANCHOR, palette, search_button, search_screen
from simphone.apps.settings.sizes import human
from simphone.core import roles
from simphone.core.app import Ctx
from simphone.ui.view import Scene, View, Window
from simphone.widgets import nav
from simphone.widgets.buttons import icon_button
from simphone.widgets.dialogs import Action, Choice, alert_dialog
from simphone.widgets.menus import popup_menu
from simphone.widgets.nav import DialogFn, Entry, Handler, ScreenFn


# --- all apps -------------------------------------------------------------------------------------------------------
def _listed(ctx: Ctx, entry: Entry) -> list[Row]:
    found = installed(ctx, all_of_them=bool(entry["args"].get("system")))
    if entry["args"].get("by_size"):
        found.sort(key=lambda pair: -size_of(ctx, pair[1]))
    return [app_row(label, package, human(size_of(ctx, package))) for label, package in found]


def _buttons(ctx: Ctx, _entry: Entry) -> Sequence[View]:
    theme = palette(ctx)
    return search_button(ctx, "find_app"), icon_button(theme, "more_vert", "More options", nav.ask("apps_menu"))


def _menu(ctx: Ctx, _entry: Entry) -> Window:
    args = nav.top(ctx)["args"]
    system, by_size = bool(args.get("system")), bool(args.get("by_size"))
    return popup_menu(
        palette(ctx),
        [
            Choice("Hide system" if system else "Show system", ("page.set", "system", not system)),
            Choice("Sort by name" if by_size else "Sort by size", ("page.set", "by_size", not by_size)),
            Choice("Reset app preferences", nav.ask("reset_apps")),
        ],
        anchor=MENU_ANCHOR,
        width=232,
    )


def find_app(ctx: Ctx, entry: Entry) -> Scene:
    """All apps, by a part of the name."""
    wanted = str(entry["args"].get("word", "")).strip().casefold()
    rows = [
        app_row(label, package, human(size_of(ctx, package))).draw(ctx, entry)
        for label, package in installed(ctx)
        if wanted in label.casefold()
    ]
    return search_screen(ctx, entry, "Search apps", rows, empty="No apps.")


def reset_dialog(ctx: Ctx, _entry: Entry) -> Window:
    """Asks before preferences of apps are forgotten."""
    return alert_dialog(
        palette(ctx),
        "Reset app preferences?",
        "This will reset all preferences for disabled apps, disabled app notifications, default applications for "
        "actions, background data restrictions for apps and any permission restrictions. You will not lose any app "
        "data.",
        positive=Action("Reset apps", ("apps.reset",)),
        negative=Action("Cancel"),
    )


def reset(ctx: Ctx) -> None:
    """Forget default apps, switched-off notifications and disabled apps."""
    nav.close_all(ctx)
    for role in roles.CANDIDATES:
        roles.hold(ctx.system.state, role, None)
    for package, info in ctx.system.state["packages"].items():
        info.pop("enabled", None)
        info.pop("channels", None)
        for permission in info["permissions"]:
            if permission.endswith("POST_NOTIFICATIONS"):
                ctx.system.permit(package, permission, True)


def page_set(ctx: Ctx, name: str, value: str | bool) -> None:
    """A menu entry that changes how the page below shows itself."""
    nav.close(ctx)
    nav.top(ctx)["args"][name] = value


# --- apps -----------------------------------------------------------------------------------------------------------
def _recent(ctx: Ctx) -> list[str]:
    """Packages of the apps that were opened, the last one first."""
    packages = {info["app"]: name for name, info in ctx.system.state["packages"].items() if info.get("app")}
    used = [packages.get(task["app"], "") for task in reversed(ctx.system.state["tasks"])]
    return [package for package in used if package and task_counts(package)]


def task_counts(package: str) -> bool:
    """Whether an app counts as one that was opened: not Settings itself, nor the home screen."""
    return package not in ("com.android.settings", "com.google.android.apps.nexuslauncher")


def _apps(ctx: Ctx, _entry: Entry) -> list[Row]:
    recent, count = _recent(ctx)[:4], f"See all {len(installed(ctx))} apps"
    top: list[Row] = [Link("All apps", count, page="all_apps")]
    if recent:
        top = [
            Header("Recently opened apps"),
            *(app_row(label_of(ctx, package), package, "0 min. ago") for package in recent),
            Link(count, icon="chevron_right", page="all_apps"),
        ]
    return [
        *top,
        Header("General"),
        Link("Default apps", default_apps_summary, page="default_apps"),
        Link("Screen time", "0 minutes today", page="screen_time"),
        Link("Unused apps", "0 unused apps", page="unused_apps"),
        Header("Battery"),
        Link("App battery usage", "Set battery usage for apps", page="battery_of_apps"),
        Link("Special app access", "1 app can use unrestricted data", page="special_access"),
    ]


PAGES: Final = (
    Page(
        "apps",
        "Apps",
        _apps,
        actions=("android.settings.APPLICATION_SETTINGS", "android.settings.MANAGE_APPLICATIONS_SETTINGS"),
    ),
    Page(
        "all_apps",
        "All apps",
        _listed,
        parent="apps",
        menu=_buttons,
        actions=("android.settings.MANAGE_ALL_APPLICATIONS_SETTINGS",),
    ),
    Page(
        "unused_apps",
        "Unused apps",
        (Note("No unused apps. Apps that you have not opened for a few months have their permissions removed."),),
        parent="apps",
    ),
    Page("screen_time", "Screen time", (Note("0 minutes today"),), parent="apps"),
)
SCREENS: Final[dict[str, ScreenFn]] = {"find_app": find_app}
DIALOGS: Final[dict[str, DialogFn]] = {"apps_menu": _menu, "reset_apps": reset_dialog}
HANDLERS: Final[dict[str, Handler]] = {"page.set": page_set, "apps.reset": reset}
