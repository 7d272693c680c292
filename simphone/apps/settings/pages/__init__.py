"""All pages of Settings, grouped as its home page is.

Each module gives PAGES and, where it has any, SCREENS (pages that are no list of rows), DIALOGS and HANDLERS.
"""

from __future__ import annotations

from typing import Final

from simphone.apps.settings.model import Page
from simphone.apps.settings.pages import (
    about,
    accessibility,
    accounts,
    app_info,
    applications,
    battery,
    blank,
    connected,
    date_time,
    default_apps,
    display,
    keyboards,
    languages,
    listeners,
    location,
    network,
    notifications,
    permissions,
    privacy,
    security,
    sound,
    special_access,
    speech,
    storage,
    system,
    wellbeing,
)
from simphone.widgets.nav import DialogFn, Handler, ScreenFn

ALL: Final[tuple[Page, ...]] = (
    *network.PAGES,
    *connected.PAGES,
    *applications.PAGES,
    *app_info.PAGES,
    *default_apps.PAGES,
    *special_access.PAGES,
    *notifications.PAGES,
    *listeners.PAGES,
    *battery.PAGES,
    *storage.PAGES,
    *sound.PAGES,
    *display.PAGES,
    *wellbeing.PAGES,
    *accessibility.PAGES,
    *security.PAGES,
    *privacy.PAGES,
    *permissions.PAGES,
    *location.PAGES,
    *accounts.PAGES,
    *system.PAGES,
    *languages.PAGES,
    *keyboards.PAGES,
    *speech.PAGES,
    *date_time.PAGES,
    *about.PAGES,
    *blank.PAGES,
)
SCREENS: Final[dict[str, ScreenFn]] = {
    **applications.SCREENS,
    **notifications.SCREENS,
    **languages.SCREENS,
    **date_time.SCREENS,
}
DIALOGS: Final[dict[str, DialogFn]] = {
    **network.DIALOGS,
    **applications.DIALOGS,
    **app_info.DIALOGS,
    **notifications.DIALOGS,
    **listeners.DIALOGS,
    **storage.DIALOGS,
    **display.DIALOGS,
    **system.DIALOGS,
    **languages.DIALOGS,
    **date_time.DIALOGS,
    **about.DIALOGS,
}
HANDLERS: Final[dict[str, Handler]] = {
    **network.HANDLERS,
    **applications.HANDLERS,
    **app_info.HANDLERS,
    **default_apps.HANDLERS,
    **special_access.HANDLERS,
    **notifications.HANDLERS,
    **listeners.HANDLERS,
    **permissions.HANDLERS,
    **display.HANDLERS,
    **system.HANDLERS,
    **languages.HANDLERS,
    **keyboards.HANDLERS,
    **speech.HANDLERS,
    **date_time.HANDLERS,
}
