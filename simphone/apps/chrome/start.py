"""What a tab shows before it has a page: the New tab page, and its incognito kind."""

from __future__ import annotations

from typing import Final

from simphone.apps.chrome import look
from simphone.apps.chrome.sheet import google_logo
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, Paint, TextStyle, Theme, View
from simphone.widgets.box import FRAME, column, frame, row, scroll_column, space
from simphone.widgets.buttons import icon_button
from simphone.widgets.fields import EDIT_TEXT
from simphone.widgets.image import icon
from simphone.widgets.nav import ask, go
from simphone.widgets.text import text

HINT: Final = "Search or type URL"
TILES: Final = {
    "Wikipedia": ("en.m.wikipedia.org", "W", "#3c4043"),
    "YouTube": ("www.youtube.com", "Y", "#d93025"),
    "Google Scholar": ("scholar.google.com", "S", "#4285f4"),
    "GitHub": ("github.com", "G", "#24292f"),
}
PRIVATE: Final = (
    "Others who use this device won’t see your activity, so you can browse more privately. This won't change how data "
    "is collected by websites you visit and the services they use, including Google. Downloads, bookmarks and reading "
    "list items will be saved."
)


def new_tab_page(ctx: Ctx, colors: Theme) -> View:
    """Logo, search box, tiles."""
    if look.dark(ctx):
        logo = text(colors, "Google", size=52, font="medium", in_tree=False)
        logo = View(cls="android.widget.ImageView", desc="Google", children=[logo])
    else:
        logo = google_logo(52)
    logo.id, logo.self_halign, logo.margin = "search_provider_logo", "center", (0, 72, 0, 32)
    field = View(
        cls=EDIT_TEXT,
        id="search_box_text",
        text=HINT,
        on_tap=go("omnibox"),
        width=0,
        weight=1.0,
        height=56,
        valign="center",
        style=TextStyle(size=16, color=colors.on_surface_soft, max_lines=1),
    )
    box = row(
        icon(colors, "search", size=22, in_tree=False),
        field,
        icon_button(colors, "mic", "Start voice search", ("voice",), id="voice_search_button"),
        id="search_box",
        height=56,
        gap=12,
        margin=(20, 0, 20, 28),
        padding=(18, 0, 4, 0),
        paint=Paint(fill=colors.surface_high, radius=28),
    )
    tiles = [_tile(colors, name, *facts) for name, facts in TILES.items()]
    return scroll_column(
        "ntp", logo, box, row(*tiles, id="mv_tiles_layout", padding=(12, 0, 12, 0), valign="top"), id="ntp_scrollview"
    )


def _tile(colors: Theme, name: str, url: str, letter: str, color: str) -> View:
    mark = View(
        in_tree=False,
        width=24,
        height=24,
        halign="center",
        valign="center",
        paint=Paint(fill=color, radius=12),
        children=[View(in_tree=False, text=letter, style=TextStyle(size=13, color="#ffffff", weight="bold"))],
    )
    disc = View(
        in_tree=False,
        width=52,
        height=52,
        halign="center",
        valign="center",
        self_halign="center",
        paint=Paint(fill=colors.surface_high, radius=26),
        children=[mark],
    )
    caption = text(colors, name, size=12, max_lines=2, align="center", width=MATCH, id="tile_view_title")
    return column(
        disc,
        caption,
        id="tile_view",
        cls=FRAME,
        desc=name,
        on_tap=("web.go", url),
        on_long_press=ask("link", text=name, url=url),
        width=0,
        weight=1.0,
        gap=8,
        padding=(4, 8, 4, 8),
    )


def incognito_page(colors: Theme) -> View:
    """What incognito means."""
    soft = colors.on_surface_soft
    lists = {
        "Chrome won’t save:": ("Your browsing history", "Cookies and site data", "Information entered in forms"),
        "Your activity might still be visible to:": (
            "Websites you visit",
            "Your employer or school",
            "Your internet service provider",
        ),
    }
    parts = []
    for title, entries in lists.items():
        bullets = "\n".join(f"•  {entry}" for entry in entries)
        parts.append(text(colors, title, size=15, width=MATCH, margin=(0, 20, 0, 6)))
        parts.append(text(colors, bullets, size=15, color=soft, line_height=24, width=MATCH))
    cookies = row(
        column(
            text(colors, "Block third-party cookies", size=15, font="medium"),
            text(
                colors,
                "When on, sites can't use cookies that track you across the web.",
                size=14,
                color=soft,
                margin=(0, 4, 0, 0),
            ),
            width=0,
            weight=1.0,
            in_tree=False,
        ),
        icon(colors, "check_circle", color=colors.primary),
        id="cookie_controls_card",
        gap=16,
        margin=(0, 28, 0, 0),
        padding=(16, 16, 16, 16),
        paint=Paint(border=colors.outline, radius=8),
    )
    badge = frame(
        icon(colors, "incognito", size=48, color=colors.on_surface, desc="Incognito", self_halign="center"),
        width=MATCH,
        margin=(0, 40, 0, 16),
        in_tree=False,
    )
    body = column(
        badge,
        text(
            colors,
            "You’ve gone Incognito",
            size=24,
            id="new_tab_incognito_title",
            align="center",
            width=MATCH,
            margin=(0, 0, 0, 20),
        ),
        text(colors, PRIVATE, size=15, color=soft, line_height=22, width=MATCH, id="new_tab_incognito_subtitle"),
        text(
            colors,
            "Learn more",
            size=15,
            color=colors.primary,
            on_tap=("web.go", "support.google.com/chrome"),
            height=40,
            valign="center",
            id="learn_more",
        ),
        *parts,
        cookies,
        space(height=32),
        padding=(24, 0, 24, 0),
        in_tree=False,
    )
    return scroll_column("incognito", body, id="new_tab_incognito_container")
