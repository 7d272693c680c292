"""The first page of Settings, and its search."""

from __future__ import annotations

from typing import Final, NamedTuple

from simphone.apps.settings import pages
from simphone.apps.settings.model import Header, Note, Text, resolve
from simphone.apps.settings.pages.battery import level
from simphone.apps.settings.pages.storage import home_summary
from simphone.apps.settings.render import TITLE_SIZE, palette
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, Paint, Picture, Scene, Theme, View
from simphone.widgets.bars import UP
from simphone.widgets.box import RECYCLER, column, list_view, row, scroll_column
from simphone.widgets.buttons import icon_button
from simphone.widgets.fields import bare_field, search_bar
from simphone.widgets.image import icon
from simphone.widgets.nav import Entry, go, keep, key, page
from simphone.widgets.rows import list_row
from simphone.widgets.text import text

SEARCH_ACTIVITY: Final = "com.google.android.settings.intelligence.modules.search.SearchActivity"


class Door(NamedTuple):
    """A row of the home page: icon and its colour, what it says, the page behind it ("" for none)."""

    title: str
    summary: Text
    icon: str
    color: str
    page: str = ""


DOORS: Final = (
    Door("Network & internet", "Mobile, Wi‑Fi, hotspot", "wifi", "#1a73e8", "network"),
    Door("Connected devices", "Bluetooth, pairing", "devices", "#1a73e8", "connected"),
    Door("Apps", "Assistant, recent apps, default apps", "apps", "#9334e6", "apps"),
    Door("Notifications", "Notification history, conversations", "notifications", "#d93025", "notifications"),
    Door("Battery", level, "battery", "#188038", "battery"),
    Door("Storage", home_summary, "storage", "#188038", "storage"),
    Door("Sound & vibration", "Volume, haptics, Do Not Disturb", "volume", "#e37400", "sound"),
    Door("Display", "Dark theme, font size, brightness", "brightness", "#e37400", "display"),
    Door("Wallpaper & style", "Colors, themed icons, app grid", "palette", "#c2185b"),
    Door("Accessibility", "Display, interaction, audio", "accessibility", "#1a73e8"),
    Door("Security", "Screen lock, Find My Device, app security", "lock", "#188038"),
    Door("Privacy", "Permissions, account activity, personal data", "eye", "#1a73e8"),
    Door("Location", "On", "location", "#d93025"),
    Door("Safety & emergency", "Emergency SOS, medical info, alerts", "star", "#d93025"),
    Door("Passwords & accounts", "Saved passwords, autofill, synced accounts", "person", "#e37400"),
    Door("Digital Wellbeing & parental controls", "Screen time, app timers, bedtime schedules", "heart", "#188038"),
    Door("Google", "Services & preferences", "globe", "#1a73e8"),
    Door("System", "Languages, gestures, time, backup", "info", "#5f6368", "system"),
    Door("About emulated device", lambda ctx: str(ctx.system.state["device"]["name"]), "phone_android", "#5f6368",
         "about"),
    Door("Tips & support", "Help articles, phone & chat", "help", "#9334e6"),
)  # fmt: skip


def home(ctx: Ctx, entry: Entry) -> Scene:
    """Title, search, the doors to all pages, scrolling together."""
    theme = palette(ctx)
    profile = icon(
        theme, "person", size=28, id="account_avatar", desc="Profile picture, double tap to open Google Account",
        width=40, height=40, on_tap=("nothing",), paint=Paint(fill=theme.surface_high, radius=20),
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
    mark = View(
        cls="android.widget.ImageView", id="android:id/icon", width=40, height=40,
        paint=Paint(fill=door.color, radius=20), picture=Picture("icon", door.icon, "#ffffff", 22),
    )
    return list_row(
        theme, door.title, resolve(door.summary, ctx), icon=mark, size=TITLE_SIZE, min_height=88,
        on_tap=go(door.page) if door.page else ("nothing",), summary_lines=1, padding=(20, 12, 24, 12),
    )


def search(ctx: Ctx, entry: Entry) -> Scene:
    """Rows of all pages whose title contains what was typed, with the page they are on."""
    theme = palette(ctx)
    word = str(entry["args"].get("word", ""))
    field = bare_field(
        theme, key(entry, "word"), word, keep("word"), hint="Search settings", autofocus=True, size=18, width=0,
        weight=1.0, id="android:id/search_src_text",
    )
    bar = row(
        icon_button(theme, "arrow_back", "Back", UP),
        field,
        icon_button(theme, "close", "Clear text", ("nav.keep", "word", "")) if word else None,
        height=64,
        paint=Paint(fill=theme.surface_high),
    )
    hits = [
        list_row(theme, title, path, on_tap=go(target), size=18) for title, path, target in _found(ctx, word)
    ]
    nothing = text(theme, "No results", size=16, color=theme.on_surface_soft, margin=(24, 24, 24, 0), width=MATCH)
    listing = list_view(key(entry, "hits"), *hits) if hits or not word.strip() else nothing
    return page(theme, column(bar, listing), activity=SEARCH_ACTIVITY)


def _found(ctx: Ctx, word: str) -> list[tuple[str, str, str]]:
    """(title, path, page that shows it) of the rows and doors that match."""
    wanted = word.strip().casefold()
    if not wanted:
        return []
    hits = [(door.title, "", door.page) for door in DOORS if door.page and wanted in door.title.casefold()]
    for found in pages.ALL:
        if callable(found.rows):
            continue
        hits += [
            (resolve(item.title, ctx), resolve(found.title, ctx), found.name)
            for item in found.rows
            if not isinstance(item, Header | Note) and wanted in resolve(item.title, ctx).casefold()
        ]
    return hits
