"""Notifications > Device & app notifications: who may read what others post (notification listeners)."""

from __future__ import annotations

from typing import Final

from simphone.apps.settings.model import Custom, Header, Note, Page, Row, Value
from simphone.apps.settings.packages import app_icon, app_row, label_of, shown_package
from simphone.apps.settings.render import main_switch, palette
from simphone.core.app import Ctx
from simphone.ui.view import View, Window
from simphone.widgets import nav
from simphone.widgets.box import column
from simphone.widgets.dialogs import Action, alert_dialog
from simphone.widgets.nav import DialogFn, Entry, Handler, ask, go
from simphone.widgets.text import heading

ENABLED: Final = Value("secure", "enabled_notification_listeners")
_SERVICES: Final = {
    "com.google.android.as": "com.google.android.apps.miphone.aiai.notification.NotificationListener",
    "com.google.android.apps.nexuslauncher": "com.android.launcher3.notification.NotificationListener",
    "com.google.android.projection.gearhead": "com.google.android.gearhead.notifications.SharedNotificationListener",
    "com.rammigsoftware.bluecoins": "com.rammigsoftware.bluecoins.services.NotificationListener",
    "com.google.android.gms": "com.google.android.gms.car.DeviceNotificationListenerService",
    "com.google.android.googlequicksearchbox": "com.google.android.voicesearch.NotificationListener",
}
"""Apps that offer to read notifications, each with the service that does."""


def _component(package: str) -> str:
    return f"{package}/{_SERVICES.get(package, '')}"


def listens(ctx: Ctx, package: str) -> bool:
    """Whether an app may read notifications."""
    return _component(package) in ENABLED.get(ctx).split(":")


def _list(ctx: Ctx, _entry: Entry) -> list[Row]:
    known = sorted((label_of(ctx, name), name) for name in _SERVICES if name in ctx.system.state["packages"])
    rows: list[Row] = []
    for header, wanted in (("Allowed", True), ("Not allowed", False)):
        here = [
            app_row(label, name, on_tap=go("listener", package=name))
            for label, name in known
            if listens(ctx, name) == wanted
        ]
        rows += [Header(header), *here] if here else []
    return rows


def _one(ctx: Ctx, entry: Entry) -> list[Row]:
    package = shown_package(entry)

    def head(ctx: Ctx, _entry: Entry) -> View:
        theme, label = palette(ctx), label_of(ctx, package)
        on = listens(ctx, package)
        return column(
            column(
                app_icon(label, package, 56.0),
                heading(theme, label, size=24, id="entity_header_title"),
                halign="center",
                gap=8,
                padding=(24, 8, 24, 20),
            ),
            main_switch(theme, "Allow notification access", on, ask("listener", package=package)),
            in_tree=False,
        )

    del ctx
    return [
        Custom("App", draw=head),
        Note(
            "This app can read your notifications, dismiss them or take action on buttons in them, and turn Do Not "
            "Disturb on or off."
        ),
    ]


def dialog(ctx: Ctx, entry: Entry) -> Window:
    """Asks before access is given or taken."""
    package = shown_package(entry)
    label = label_of(ctx, package)
    if listens(ctx, package):
        return alert_dialog(
            palette(ctx),
            "",
            f"If you turn off notification access for {label}, Do Not Disturb access may also be turned off.",
            positive=Action("Turn off", ("listener.flip", package)),
            negative=Action("Cancel"),
        )
    return alert_dialog(
        palette(ctx),
        f"Allow notification access for {label}?",
        f"{label} will be able to read all notifications, "
        "including personal information such as contact names, photos, and the text of messages you receive.",
        positive=Action("Allow", ("listener.flip", package)),
        negative=Action("Don't allow"),
    )


def flip(ctx: Ctx, package: str) -> None:
    """The question was answered: give or take the access."""
    nav.close(ctx)
    component = _component(package)
    kept = [each for each in ENABLED.get(ctx).split(":") if each and each != component]
    ENABLED.put(ctx, ":".join(kept if listens(ctx, package) else [*kept, component]))


PAGES: Final = (
    Page(
        "listeners",
        "Device & app notifications",
        _list,
        parent="notifications",
        activity="com.android.settings.Settings$NotificationAccessSettingsActivity",
        actions=("android.settings.ACTION_NOTIFICATION_LISTENER_SETTINGS",),
    ),
    Page("listener", "Device & app notifications", _one, parent="listeners"),
)
DIALOGS: Final[dict[str, DialogFn]] = {"listener": dialog}
HANDLERS: Final[dict[str, Handler]] = {"listener.flip": flip}
