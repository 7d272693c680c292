"""The first page of Settings, and its search."""

from __future__ import annotations

from typing import Final, NamedTuple

from simphone.apps.settings import pages
from simphone.apps.settings.model import Header, Info, Link, Note, Page, Text, on_off, resolve
from simphone.apps.settings.pages.about import DEVICE_NAME
from simphone.apps.settings.pages.battery import level
from simphone.apps.settings.pages.location import LOCATION
from simphone.apps.settings.pages.storage import home_summary
from simphone.apps.settings.render import TITLE_SIZE, palette, search_screen
from simphone.core.app import Ctx
from simphone.ui.view import Paint, Scene, Theme, View
from simphone.widgets.box import RECYCLER, column, row, scroll_column
from simphone.widgets.fields import search_bar
from simphone.widgets.image import icon
from simphone.widgets.nav import Entry, go, key, page
from simphone.widgets.rows import list_row
from simphone.widgets.text import text

SEARCH_ACTIVITY: Final = "com.google.android.settings.intelligence.modules.search.SearchActivity"


class Door(NamedTuple):
    """A row of the home page: what it says, its icon, the page behind it."""

    title: str
    summary: Text
    icon: str
    page: str


DOORS: Final = (
    Door("Network & internet", "Mobile, Wi‑Fi, hotspot", "wifi", "network"),
    Door("Connected devices", "Bluetooth, pairing", "devices", "connected"),
    Door("Apps", "Assistant, recent apps, default apps", "apps", "apps"),
    Door("Notifications", "Notification history, conversations", "notifications", "notifications"),
    Door("Battery", level, "battery", "battery"),
    Door("Storage", home_summary, "storage", "storage"),
    Door("Sound & vibration", "Volume, haptics, Do Not Disturb", "volume", "sound"),
    Door("Display", "Dark theme, font size, brightness", "brightness", "display"),
    Door("Wallpaper & style", "Colors, themed icons, app grid", "palette", "wallpaper"),
    Door("Accessibility", "Display, interaction, audio", "accessibility", "accessibility"),
    Door("Security", "Screen lock, Find My Device, app security", "lock", "security"),
    Door("Privacy", "Permissions, account activity, personal data", "eye", "privacy"),
    Door("Location", on_off(LOCATION), "location", "location"),
    Door("Safety & emergency", "Emergency SOS, medical info, alerts", "emergency", "safety"),
    Door("Passwords & accounts", "Saved passwords, autofill, synced accounts", "account", "accounts"),
    Door("Digital Wellbeing & parental controls", "Screen time, app timers, bedtime schedules", "wellbeing",
         "wellbeing"),
    Door("Google", "Services & preferences", "globe", "google"),
    Door("System", "Languages, gestures, time, backup", "info", "system"),
    Door("About emulated device", DEVICE_NAME.get, "phone_android", "about"),
    Door("Tips & support", "Help articles, phone & chat", "help", "tips"),
)  # fmt: skip


def home(ctx: Ctx, entry: Entry) -> Scene:
    """Title, search, the doors to all pages, scrolling together."""
    theme = palette(ctx)
    profile = icon(
        theme,
        "person",
        size=28,
        id="account_avatar",
        desc="Profile picture, double tap to open Google Account",
        width=40,
        height=40,
        on_tap=go("accounts"),
        paint=Paint(fill=theme.surface_high, radius=20),
    )
    body = scroll_column(
        key(entry, "page"),
        row(profile, halign="end", padding=(24, 24, 28, 0)),
        text(theme, "Settings", size=36, id="homepage_title", margin=(24, 32, 24, 0)),
        search_bar(theme, "Search settings", go("search"), id="search_action_bar", margin=(16, 22, 16, 12)),
        column(*(_door(ctx, theme, door) for door in DOORS), cls=RECYCLER, id="recycler_view"),
    )
    return page(theme, column(body), activity="com.android.settings.Settings")


def _door(ctx: Ctx, theme: Theme, door: Door) -> View:
    return list_row(
        theme,
        door.title,
        resolve(door.summary, ctx),
        icon=icon(theme, door.icon, id="android:id/icon"),
        size=TITLE_SIZE,
        min_height=88,
        on_tap=go(door.page),
        summary_lines=1,
        padding=(24, 12, 24, 12),
        gap=24,
    )


def search(ctx: Ctx, entry: Entry) -> Scene:
    """Rows of all pages whose title contains what was typed, each with the way to it."""
    word = str(entry["args"].get("word", "")).strip().casefold()
    hits = [
        list_row(palette(ctx), title, path, on_tap=go(target), size=18)
        for title, path, target in (_found(ctx, word) if word else ())
    ]
    return search_screen(ctx, entry, "Search settings", hits, activity=SEARCH_ACTIVITY)


def _found(ctx: Ctx, word: str) -> list[tuple[str, str, str]]:
    """(title, way to it, page to open) of the doors and rows that match, first those that begin with the word."""
    hits = [(door.title, "", door.page) for door in DOORS if word in door.title.casefold()]
    for found in pages.ALL:
        if callable(found.rows):
            continue
        for item in found.rows:
            title = resolve(item.title, ctx)
            if isinstance(item, Header | Note | Info) or word not in title.casefold():
                continue
            target = item.page if isinstance(item, Link) and item.page else found.name
            hits.append((title, _way(found), target))
    hits.sort(key=lambda hit: not hit[0].casefold().startswith(word))
    return list({(title, target): (title, way, target) for title, way, target in hits}.values())


def _way(found: Page) -> str:
    """ "System > Languages & input"."""
    names = [found.title] if isinstance(found.title, str) else []
    while found.parent != "home":
        found = next(each for each in pages.ALL if each.name == found.parent)
        names += [found.title] if isinstance(found.title, str) else []
    return " > ".join(reversed(names))
