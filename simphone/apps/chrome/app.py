"""Chrome: its screens, messages and saved data."""

from __future__ import annotations

from typing import ClassVar

from simphone.apps.chrome import (
    address,
    art,
    bookmarks,
    browser,
    history,
    look,
    menu,
    omnibox,
    settings,
    state,
    storage,
    switcher,
)
from simphone.core.app import Ctx, Intent, Json, Maker, Manifest
from simphone.ui.pictures import register_picture
from simphone.ui.view import Theme
from simphone.widgets import nav
from simphone.widgets.nav import DialogFn, Handler, ScreenFn, StackApp


class Chrome(StackApp):
    """Saved: `theme` (0 system default, 1 light, 2 dark), `tabs`, `bookmarks`, `history`, `settings`; see state.py.

    `ui.forms` is what was typed into the fields of the page, `ui.find` {text, at} the search in it or null, `ui.closed`
    the tabs that Undo brings back.
    """

    manifest = Manifest(
        name="chrome",
        label="Chrome",
        package="com.android.chrome",
        activity="com.google.android.apps.chrome.Main",
        activities=(look.TABBED, look.SETTINGS, look.BOOKMARKS, look.HISTORY, look.DOWNLOADS),
        actions=(
            "android.intent.action.VIEW http",
            "android.intent.action.VIEW https",
            "android.intent.action.WEB_SEARCH",
        ),
        icon="chrome_ball",
        icon_color="#1a73e8",
        icon_background="#ffffff",
        version="113.0.5672.136",
    )
    first = "browser"
    screens: ClassVar[dict[str, ScreenFn]] = {
        **browser.SCREENS,
        **omnibox.SCREENS,
        **switcher.SCREENS,
        **bookmarks.SCREENS,
        **history.SCREENS,
        **settings.SCREENS,
    }
    dialogs: ClassVar[dict[str, DialogFn]] = {**menu.DIALOGS, **bookmarks.DIALOGS}
    handlers: ClassVar[dict[str, Handler]] = {
        **browser.HANDLERS,
        **omnibox.HANDLERS,
        **menu.HANDLERS,
        **switcher.HANDLERS,
        **bookmarks.HANDLERS,
        **history.HANDLERS,
        **settings.HANDLERS,
    }

    def __init__(self) -> None:
        """Makes the pictures of sites known."""
        register_picture(art.NAME, art.draw)

    def theme(self, ctx: Ctx) -> Theme:
        """Chrome's own palette."""
        tab = state.shown(ctx)
        return look.theme(ctx, incognito=tab is not None and tab["incognito"])

    def fresh_data(self) -> dict[str, Json]:
        """As after the first run."""
        return state.fresh(settings.defaults())

    def fresh_ui(self, ctx: Ctx) -> dict[str, Json]:
        """The tab that was shown last; the empty grid of tabs when all were closed."""
        ui = super().fresh_ui(ctx) | {"forms": {}, "find": None, "closed": []}
        if state.shown(ctx) is None:
            ui["stack"].append({"name": "switcher", "id": 2, "args": {"incognito": False}})
            ui["serial"] = 2
        return ui

    def open(self, ctx: Ctx, intent: Intent) -> None:
        """An address opens in a new tab, words are searched for; some pages have activities of their own."""
        activity = intent.component.partition("/")[2]
        words = str(intent.extras.get("query", ""))
        if intent.data or words:
            browser.add_tab(ctx, url=address.bare(intent.data) if intent.data else address.search_url(words))
        elif activity in (look.SETTINGS, look.BOOKMARKS, look.HISTORY, look.DOWNLOADS):
            names = {look.SETTINGS: "settings", look.BOOKMARKS: "bookmarks", look.HISTORY: "history"}
            nav.close_all(ctx)
            nav.push(ctx, names.get(activity, "downloads"))

    def back(self, ctx: Ctx) -> bool:
        """Dialogs, the search in the page, screens, then the pages of the tab; a tab that a link opened closes."""
        if ctx.ui["dialogs"] or ctx.ui["find"] is not None:
            ctx.ui["find"] = ctx.ui["find"] if ctx.ui["dialogs"] else None
            nav.close(ctx)
            return True
        tab = state.shown(ctx)
        if len(ctx.ui["stack"]) > 1:
            only_grid = tab is None and nav.top(ctx)["name"] == "switcher"
            return False if only_grid else nav.pop(ctx)
        if tab is None or state.step(ctx, "back"):
            return tab is not None
        if tab["opener"] and any(each["id"] == tab["opener"] for each in state.tabs(ctx)):
            state.close_tab(ctx, tab["id"])
            state.show(ctx, tab["opener"])
            return True
        return False

    def files(self, ctx: Ctx) -> dict[str, Maker]:
        """The profile."""
        return storage.files(ctx)


APP = Chrome()
