"""Chrome's colours, light, dark and incognito, and the frame of its own pages."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from simphone.apps.chrome import state
from simphone.core.app import Ctx
from simphone.ui.view import DARK, LIGHT, Scene, Theme, View
from simphone.widgets import nav
from simphone.widgets.bars import app_bar
from simphone.widgets.box import column

TABBED: Final = "org.chromium.chrome.browser.ChromeTabbedActivity"
SETTINGS: Final = "org.chromium.chrome.browser.settings.SettingsActivity"
BOOKMARKS: Final = "org.chromium.chrome.browser.app.bookmarks.BookmarkActivity"
HISTORY: Final = "org.chromium.chrome.browser.history.HistoryActivity"
DOWNLOADS: Final = "org.chromium.chrome.browser.download.DownloadActivity"

LIGHT_THEME: Final = replace(
    LIGHT,
    background="#ffffff",
    surface="#ffffff",
    surface_high="#edf1f9",
    on_surface="#1f1f1f",
    on_surface_soft="#5f6368",
    outline="#80868b",
    primary="#0b57d0",
    divider="#e3e5e8",
)
DARK_THEME: Final = replace(
    DARK,
    background="#1f1f1f",
    surface="#1f1f1f",
    surface_high="#333438",
    on_surface="#e8eaed",
    on_surface_soft="#bdc1c6",
    outline="#9aa0a6",
    primary="#a8c7fa",
    divider="#3c4043",
)
INCOGNITO_THEME: Final = replace(
    DARK_THEME, background="#202124", surface="#35363a", surface_high="#3c4043", on_surface="#f1f3f4"
)


def dark(ctx: Ctx) -> bool:
    """Whether Chrome is dark: by its own theme, or by the phone's when that is left to the system."""
    chosen = ctx.data["theme"]
    return bool(chosen == state.THEMES.index("Dark") or (chosen == 0 and ctx.system.dark))


def theme(ctx: Ctx, *, incognito: bool = False) -> Theme:
    """Chrome's palette; incognito tabs are dark always."""
    if incognito:
        return INCOGNITO_THEME
    return DARK_THEME if dark(ctx) else LIGHT_THEME


def titled_page(
    colors: Theme, title: str, body: View, *actions: View | None, activity: str, up_desc: str = "Navigate up"
) -> Scene:
    """A page of Chrome's own under a bar with the way back and a title."""
    bar = app_bar(colors, title, *actions, size=20, up_desc=up_desc)
    return nav.page(colors, column(bar, body), activity=activity)
