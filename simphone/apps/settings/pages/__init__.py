"""All pages of Settings, grouped as its home page is."""

from __future__ import annotations

from typing import Final

from simphone.apps.settings.model import Page
from simphone.apps.settings.pages import (
    about,
    applications,
    battery,
    connected,
    display,
    languages,
    network,
    notifications,
    sound,
    storage,
    system,
)
from simphone.widgets.nav import DialogFn, Handler

ALL: Final[tuple[Page, ...]] = (
    *network.PAGES,
    *connected.PAGES,
    *applications.PAGES,
    *notifications.PAGES,
    *battery.PAGES,
    *storage.PAGES,
    *sound.PAGES,
    *display.PAGES,
    *system.PAGES,
    *languages.PAGES,
    *about.PAGES,
)
DIALOGS: Final[dict[str, DialogFn]] = {**network.DIALOGS, **connected.DIALOGS, **display.DIALOGS}
HANDLERS: Final[dict[str, Handler]] = {
    **network.HANDLERS,
    **connected.HANDLERS,
    **applications.HANDLERS,
    **display.HANDLERS,
    **languages.HANDLERS,
    **notifications.HANDLERS,
}
