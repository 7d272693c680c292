"""Settings: the list, the theme, and pages of switches and choices."""

from __future__ import annotations

from typing import Final

from simphone.apps.chrome import look, state
from simphone.core.app import Ctx, Json
from simphone.ui.view import Scene, Theme, View
from simphone.widgets.box import list_view
from simphone.widgets.nav import Entry, Handler, ScreenFn, go, key
from simphone.widgets.rows import list_row, radio_row, switch_row
from simphone.widgets.text import section_header

_ENGINES: Final = ("Google", "Yahoo!", "Bing", "DuckDuckGo", "Ecosia")
_SHORTCUTS: Final = ("Based on your usage", "New tab", "Share", "Voice search")
_SYSTEM_NOTE: Final = "Use dark theme when your device’s Dark theme or Battery Saver is on"
Line = tuple[str, str, str]
"""Title, summary, name of the switch ("" for a row that only informs)."""
PAGES: Final[dict[str, tuple[Line, ...]]] = {
    "Google services": (
        ("Allow Chrome sign-in", "You can sign in to sites without signing in to Chrome", "sign_in"),
        ("Autocomplete searches and URLs", "", "autocomplete"),
        ("Help improve Chrome’s features and performance", "Sends usage statistics and crash reports", "statistics"),
    ),
    "Password Manager": (
        ("Offer to save passwords", "", "save_passwords"),
        ("Auto sign-in", "Automatically sign in to sites with your saved information", "auto_sign_in"),
    ),
    "Payment methods": (("Save and fill payment methods", "", "save_cards"),),
    "Addresses and more": (("Save and fill addresses", "Includes phone numbers and emails", "save_addresses"),),
    "Privacy and security": (
        ("Safe Browsing", "Standard protection is on", ""),
        ("Always use secure connections", "Ask before using sites that aren’t secure", "https_only"),
        ("Lock Incognito tabs when you leave Chrome", "Use screen lock to see open Incognito tabs", "lock_incognito"),
        ("Send a “Do Not Track” request", "", "do_not_track"),
        ("Preload pages", "Standard preloading", ""),
    ),
    "Safety check": (
        ("Passwords", "No compromised passwords", ""),
        ("Safe Browsing", "Standard protection is on", ""),
        ("Updates", "Chrome is up to date", ""),
    ),
    "Notifications": (
        ("Completed downloads", "", "notify_downloads"),
        ("Incognito", "", "notify_incognito"),
        ("Sites", "", "notify_sites"),
    ),
    "Homepage": (("Homepage", "Chrome’s homepage", "homepage"),),
    "Accessibility": (
        ("Force enable zoom", "Override a website’s request to prevent zooming in", "force_zoom"),
        ("Simplified view for web pages", "Offer to show articles in simplified view", "simplified_view"),
    ),
    "Site settings": (
        ("Third-party cookies", "Block third-party cookies in Incognito", ""),
        ("Location", "Ask first", ""),
        ("Camera", "Ask first", ""),
        ("Microphone", "Ask first", ""),
        ("Notifications", "Ask first", ""),
        ("JavaScript", "Allowed", "javascript"),
        ("Pop-ups and redirects", "Block sites from showing pop-ups and redirects", "popups"),
        ("Sound", "Allowed", ""),
    ),
    "Languages": (
        ("Chrome’s language", "English (United States)", ""),
        ("Offer to send pages in other languages to Google Translate", "", "translate"),
    ),
    "Downloads": (
        ("Download location", "Internal storage", ""),
        ("Ask where to save files", "", "ask_where"),
    ),
    "About Chrome": (
        ("Application version", "Chrome 113.0.5672.136", ""),
        ("Operating system", "Android 13", ""),
        ("Legal information", "", ""),
    ),
}
_OFF: Final = ("https_only", "lock_incognito", "do_not_track", "force_zoom", "simplified_view", "popups")


def defaults() -> dict[str, Json]:
    """apps.chrome.settings of a fresh installation."""
    switches = {name: name not in _OFF for lines in PAGES.values() for _, _, name in lines if name}
    return {**switches, "search_engine": "Google", "toolbar_shortcut": _SHORTCUTS[0], "bookmark_order": "Newest"}


def settings(ctx: Ctx, entry: Entry) -> Scene:
    """The first page."""
    colors, data = look.theme(ctx), ctx.data["settings"]
    summaries = {
        "Search engine": data["search_engine"],
        "Theme": state.THEMES[ctx.data["theme"]],
        "Homepage": "On" if data["homepage"] else "Off",
        "Safety check": "Chrome is up to date",
    }
    sections = {
        "You and Google": ("Google services",),
        "Basics": (
            "Search engine", "Password Manager", "Payment methods", "Addresses and more", "Privacy and security",
            "Safety check", "Notifications", "Theme",
        ),
        "Advanced": (
            "Homepage", "Toolbar shortcut", "Accessibility", "Site settings", "Languages", "Downloads", "About Chrome",
        ),
    }  # fmt: skip
    own = {"Search engine": "search_engine", "Theme": "theme", "Toolbar shortcut": "toolbar_shortcut"}
    rows: list[View] = []
    for header, titles in sections.items():
        rows.append(section_header(colors, header, padding=(24, 14, 24, 4)))
        for title in titles:
            target = go(own[title]) if title in own else go("settings_page", title=title)
            rows.append(list_row(colors, title, summaries.get(title, ""), on_tap=target, padding=(24, 12, 24, 12)))
    return look.titled_page(colors, "Settings", _list(entry, rows), activity=look.SETTINGS)


def theme(ctx: Ctx, entry: Entry) -> Scene:
    """System default, Light, Dark; a tap acts at once."""
    colors = look.theme(ctx)
    rows = [
        radio_row(
            colors,
            name,
            _SYSTEM_NOTE if not index else "",
            on=ctx.data["theme"] == index,
            toggle=("settings.theme", index),
        )
        for index, name in enumerate(state.THEMES)
    ]
    return look.titled_page(colors, "Theme", _list(entry, rows), activity=look.SETTINGS)


def search_engine(ctx: Ctx, entry: Entry) -> Scene:
    """Who answers searches; results here are the same for all."""
    return _choice(ctx, entry, "Search engine", "search_engine", _ENGINES)


def toolbar_shortcut(ctx: Ctx, entry: Entry) -> Scene:
    """What stands beside the address bar."""
    return _choice(ctx, entry, "Toolbar shortcut", "toolbar_shortcut", _SHORTCUTS)


def settings_page(ctx: Ctx, entry: Entry) -> Scene:
    """A page of switches and facts."""
    colors, title = look.theme(ctx), str(entry["args"]["title"])
    rows = [_line(ctx, colors, line) for line in PAGES[title]]
    return look.titled_page(colors, title, _list(entry, rows), activity=look.SETTINGS)


def _choice(ctx: Ctx, entry: Entry, title: str, name: str, values: tuple[str, ...]) -> Scene:
    colors, chosen = look.theme(ctx), ctx.data["settings"][name]
    rows = [radio_row(colors, value, on=value == chosen, toggle=("settings.put", name, value)) for value in values]
    return look.titled_page(colors, title, _list(entry, rows), activity=look.SETTINGS)


def _line(ctx: Ctx, colors: Theme, line: Line) -> View:
    title, summary, name = line
    if not name:
        return list_row(colors, title, summary)
    on = bool(ctx.data["settings"][name])
    return switch_row(colors, title, summary, on=on, toggle=("settings.put", name, not on))


def _list(entry: Entry, rows: list[View]) -> View:
    return list_view(key(entry, "list"), *rows, padding=(0, 0, 0, 24))


# --- messages ---------------------------------------------------------------------------------------------------------
def set_theme(ctx: Ctx, value: int) -> None:
    """Choose Chrome's own theme."""
    ctx.data["theme"] = value


def put(ctx: Ctx, name: str, value: Json) -> None:
    """Store a setting."""
    ctx.data["settings"][name] = value


SCREENS: Final[dict[str, ScreenFn]] = {
    "settings": settings,
    "theme": theme,
    "search_engine": search_engine,
    "toolbar_shortcut": toolbar_shortcut,
    "settings_page": settings_page,
}
HANDLERS: Final[dict[str, Handler]] = {"settings.theme": set_theme, "settings.put": put}
