"""App info: what is known of one app, and its buttons."""

from __future__ import annotations

from typing import Final

from simphone.apps import launcher_intent
from simphone.apps.settings.model import Act, Custom, Header, Info, Link, Note, Page, Row
from simphone.apps.settings.packages import app_icon, app_row, facts, installed, label_of, shown_package, size_of
from simphone.apps.settings.pages.notifications import summary as notifications_summary
from simphone.apps.settings.pages.permissions import summary as permissions_summary
from simphone.apps.settings.render import TITLE_SIZE, palette
from simphone.apps.settings.sizes import human
from simphone.core.app import Ctx
from simphone.ui.view import Msg, View, Window
from simphone.widgets import nav
from simphone.widgets.box import column, row
from simphone.widgets.buttons import outlined_button
from simphone.widgets.dialogs import Action, alert_dialog
from simphone.widgets.nav import DialogFn, Entry, Handler, go
from simphone.widgets.rows import radio_row, switch_row
from simphone.widgets.text import heading

BATTERY_MODES: Final = (
    ("unrestricted", "Unrestricted", "Allow battery usage in background without restrictions. May use more battery."),
    ("optimized", "Optimized", "Optimize based on your usage. Recommended for most apps."),
    ("restricted", "Restricted", "Restrict battery usage while in background. App may not work as expected."),
)


def _info(ctx: Ctx, entry: Entry) -> list[Row]:
    package = shown_package(entry)
    mode = {key: label for key, label, _ in BATTERY_MODES}[_battery(ctx, package)]
    return [
        Custom("App", draw=_head),
        Act("Notifications", notifications_summary(ctx, package), msg=go("app_notifications", package=package)),
        Act("Permissions", permissions_summary(ctx, package), msg=go("app_permissions", package=package)),
        Act(
            "Storage & cache",
            f"{human(size_of(ctx, package))} used in internal storage",
            msg=go("app_storage", package=package),
        ),
        Act("Mobile data & Wi‑Fi", "No data used", msg=go("app_data", package=package)),
        Link("Screen time", "0 minutes today", page="screen_time"),
        Act("App battery usage", mode, msg=go("app_battery", package=package)),
        Act("Open by default", "No defaults set", msg=go("app_links", package=package)),
        Header("Store"),
        Act("App details", "App installed from Google Play Store", msg=("tell", "Google Play Store can't be opened")),
        Note(f"version {facts(ctx, package).get('version', '1.0')}"),
    ]


def _title(ctx: Ctx, package: str) -> View:
    label = label_of(ctx, package)
    return column(
        app_icon(label, package, 56.0),
        heading(palette(ctx), label, size=24, id="entity_header_title"),
        halign="center",
        gap=8,
        padding=(24, 8, 24, 8),
    )


def _buttons(ctx: Ctx, *buttons: tuple[str, Msg, bool]) -> View:
    theme = palette(ctx)
    return row(
        *(outlined_button(theme, label, msg, enabled=on, width=0, weight=1.0, padding=(4, 0, 4, 0))
          for label, msg, on in buttons),
        gap=8, padding=(24, 8, 24, 16),
    )  # fmt: skip


def _head(ctx: Ctx, entry: Entry) -> View:
    package = shown_package(entry)
    info = facts(ctx, package)
    enabled = info.get("enabled", True)
    second = ("Uninstall", nav.ask("uninstall", package=package), True)
    if info.get("system"):
        second = ("Disable", nav.ask("disable", package=package), True)
        if not enabled:
            second = ("Enable", ("app.enable", package), True)
    running = info.get("app") in ctx.system.state["ui"] and info.get("app") != "settings"
    return column(
        _title(ctx, package),
        _buttons(
            ctx,
            ("Open", ("app.open", package), bool(enabled)),
            second,
            ("Force stop", nav.ask("force_stop", package=package), running),
        ),
        in_tree=False,
    )


# --- dialogs --------------------------------------------------------------------------------------------------------
def uninstall_dialog(ctx: Ctx, entry: Entry) -> Window:
    """The package installer's question."""
    package = shown_package(entry)
    return alert_dialog(
        palette(ctx),
        label_of(ctx, package),
        "Do you want to uninstall this app?",
        positive=Action("OK", ("app.uninstall", package)),
        negative=Action("Cancel"),
    )


def disable_dialog(ctx: Ctx, entry: Entry) -> Window:
    """Asks before an app of the system is disabled."""
    return alert_dialog(
        palette(ctx),
        "",
        "If you disable this app, Android and other apps may no longer function as intended. Keep in "
        "mind, you can't delete this app since it came pre-installed on your device.",
        positive=Action("Disable app", ("app.disable", shown_package(entry))),
        negative=Action("Cancel"),
    )


def force_stop_dialog(ctx: Ctx, entry: Entry) -> Window:
    """Asks before a process is ended."""
    return alert_dialog(
        palette(ctx),
        "Force stop?",
        "If you force stop an app, it may misbehave.",
        positive=Action("OK", ("app.stop", shown_package(entry))),
        negative=Action("Cancel"),
    )


def clear_dialog(ctx: Ctx, entry: Entry) -> Window:
    """Asks before the data of an app is deleted."""
    return alert_dialog(
        palette(ctx),
        "Delete app data?",
        "This app's data will be permanently deleted from this device. This includes "
        "all files, settings, accounts, databases, and other app data.",
        positive=Action("Delete", ("app.clear", shown_package(entry))),
        negative=Action("Cancel"),
    )


# --- messages -------------------------------------------------------------------------------------------------------
def open_app(ctx: Ctx, package: str) -> None:
    """The button Open."""
    intent = launcher_intent(package)
    if intent is None or not ctx.system.start(intent):
        ctx.system.toast("App can't be opened")


def uninstall(ctx: Ctx, package: str) -> None:
    """OK in the installer's question: back to the list."""
    nav.close(ctx)
    if ctx.system.uninstall(package):
        if nav.top(ctx)["name"] == "app_info" and not nav.pop(ctx):
            ctx.system.finish()
        ctx.system.toast("Uninstalled")
    else:
        ctx.system.toast("Uninstall unsuccessful.")


def enable(ctx: Ctx, package: str, *, on: bool = True) -> None:
    """Disable or enable an app of the system."""
    nav.close(ctx)
    facts(ctx, package)["enabled"] = on
    if not on:
        ctx.system.force_stop(package)


def disable(ctx: Ctx, package: str) -> None:
    """Disable app, confirmed."""
    enable(ctx, package, on=False)


def stop(ctx: Ctx, package: str) -> None:
    """Force stop, confirmed."""
    nav.close(ctx)
    ctx.system.force_stop(package)


def clear(ctx: Ctx, package: str) -> None:
    """Delete data, confirmed."""
    nav.close(ctx)
    ctx.system.clear_data(package)


def clear_cache(ctx: Ctx, _package: str) -> None:
    """Clear cache: there is none."""
    ctx.system.toast("Cache cleared")


def set_fact(ctx: Ctx, package: str, fact: str, value: str | bool) -> None:
    """A switch or choice that is kept with the package."""
    facts(ctx, package)[fact] = value


# --- pages about one app --------------------------------------------------------------------------------------------
def _storage(ctx: Ctx, entry: Entry) -> list[Row]:
    package = shown_package(entry)
    size = size_of(ctx, package)

    def draw(ctx: Ctx, _entry: Entry) -> View:
        return column(
            _title(ctx, package),
            _buttons(ctx, ("Clear storage", nav.ask("clear_data", package=package), True),
                     ("Clear cache", ("app.cache", package), True)),
            in_tree=False,
        )  # fmt: skip

    return [
        Custom("Buttons", draw=draw),
        Header("Space used"),
        Info("App size", human(size - size // 10)),
        Info("User data", human(size // 10)),
        Info("Cache", "0 B"),
        Info("Total", human(size)),
    ]


def _switch(package: str, title: str, summary: str, fact: str, *, default: bool) -> Custom:
    def draw(ctx: Ctx, _entry: Entry) -> View:
        on = bool(facts(ctx, package).get(fact, default))
        return switch_row(
            palette(ctx), title, summary, on=on, toggle=("app.set", package, fact, not on), size=TITLE_SIZE
        )

    return Custom(title, draw=draw)


def _data(_ctx: Ctx, entry: Entry) -> list[Row]:
    package = shown_package(entry)
    return [
        Info("Total", "0 B"),
        _switch(
            package, "Background data", "Enable usage of mobile data in the background", "background_data", default=True
        ),
        _switch(
            package,
            "Unrestricted data usage",
            "Allow unrestricted data access when Data Saver is on",
            "unrestricted_data",
            default=False,
        ),
    ]


def _links(_ctx: Ctx, entry: Entry) -> list[Row]:
    return [
        _switch(shown_package(entry), "Open supported links", "", "open_links", default=True),
        Note("Choose which links open in this app instead of your browser."),
    ]


def _battery(ctx: Ctx, package: str) -> str:
    return str(facts(ctx, package).get("battery_use", "optimized"))


def _battery_rows(ctx: Ctx, entry: Entry) -> list[Row]:
    package = shown_package(entry)

    def mode(key: str, label: str, about: str) -> Custom:
        def draw(ctx: Ctx, _entry: Entry) -> View:
            return radio_row(
                palette(ctx),
                label,
                about,
                on=_battery(ctx, package) == key,
                toggle=("app.set", package, "battery_use", key),
                size=TITLE_SIZE,
            )

        return Custom(label, draw=draw)

    del ctx
    return [
        Custom("App", draw=lambda ctx, _entry: _title(ctx, package)),
        Header("Manage battery usage"),
        *(mode(*each) for each in BATTERY_MODES),
    ]


def _battery_of_apps(ctx: Ctx, _entry: Entry) -> list[Row]:
    names = {key: label for key, label, _ in BATTERY_MODES}
    return [
        app_row(label, package, names[_battery(ctx, package)], on_tap=go("app_battery", package=package))
        for label, package in installed(ctx)
    ]


PAGES: Final = (
    Page(
        "app_info",
        "App info",
        _info,
        parent="all_apps",
        actions=("android.settings.APPLICATION_DETAILS_SETTINGS",),
        activity="com.android.settings.applications.InstalledAppDetails",
    ),
    Page("app_storage", "Storage", _storage, parent="app_info"),
    Page("app_data", "App data usage", _data, parent="app_info"),
    Page("app_links", "Open by default", _links, parent="app_info"),
    Page("app_battery", "App battery usage", _battery_rows, parent="app_info"),
    Page("battery_of_apps", "App battery usage", _battery_of_apps, parent="apps"),
)
DIALOGS: Final[dict[str, DialogFn]] = {
    "uninstall": uninstall_dialog,
    "disable": disable_dialog,
    "force_stop": force_stop_dialog,
    "clear_data": clear_dialog,
}
HANDLERS: Final[dict[str, Handler]] = {
    "app.open": open_app,
    "app.uninstall": uninstall,
    "app.enable": enable,
    "app.disable": disable,
    "app.stop": stop,
    "app.clear": clear,
    "app.cache": clear_cache,
    "app.set": set_fact,
}
