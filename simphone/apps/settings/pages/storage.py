"""Storage: what takes how much of it. Sizes in bytes are in apps.settings.storage."""

from __future__ import annotations

from typing import Final

from simphone.apps.settings.model import Custom, Page, Row
from simphone.apps.settings.render import NOTHING, TITLE_SIZE, palette
from simphone.core.app import Ctx
from simphone.ui.view import View
from simphone.widgets.box import column, row
from simphone.widgets.controls import progress_bar
from simphone.widgets.image import icon
from simphone.widgets.nav import Entry
from simphone.widgets.text import text

CATEGORIES: Final = (
    ("system", "System", "info"),
    ("apps", "Apps", "apps"),
    ("audio", "Audio", "music_note"),
    ("images", "Images", "image"),
    ("videos", "Videos", "videocam"),
    ("games", "Games", "game"),
    ("documents", "Documents & other", "file"),
    ("trash", "Trash", "delete"),
)
FRESH: Final = {
    "total": 16_000_000_000,
    "system": 4_640_000_000,
    "apps": 5_200_000_000,
    "audio": 118_000_000,
    "images": 3_200_000,
    "videos": 0,
    "games": 0,
    "documents": 41_000_000,
    "trash": 0,
}
_UNITS: Final = ((1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB"))


def human(size: float) -> str:
    """Bytes as Android prints them: decimal units, one digit after the point below ten."""
    for unit, name in _UNITS:
        if size >= unit:
            amount = size / unit
            return f"{amount:.1f} {name}" if amount < 9.95 else f"{amount:.0f} {name}"
    return f"{size:.0f} B"


def _used(ctx: Ctx) -> int:
    sizes = ctx.data["storage"]
    return sum(int(sizes[name]) for name, _, _ in CATEGORIES)


def home_summary(ctx: Ctx) -> str:
    """As on the home page: "63% used - 6.0 GB free"."""
    total, used = ctx.data["storage"]["total"], _used(ctx)
    return f"{int(used / total * 100 + 0.5)}% used - {human(total - used)} free"


def _total(ctx: Ctx, _entry: Entry) -> View:
    theme, total, used = palette(ctx), ctx.data["storage"]["total"], _used(ctx)
    return column(
        row(
            text(theme, f"{human(used)} used", size=24, id="usage_summary", width=0, weight=1.0),
            text(theme, f"{human(total)} total", size=14, color=theme.on_surface_soft, id="total_summary"),
            valign="bottom",
        ),
        progress_bar(theme, used / total, margin=(0, 12, 0, 0)),
        padding=(24, 8, 24, 20),
    )


def _category(name: str, title: str, icon_name: str) -> Custom:
    def draw(ctx: Ctx, _entry: Entry) -> View:
        theme, sizes = palette(ctx), ctx.data["storage"]
        texts = column(
            row(
                text(theme, title, size=TITLE_SIZE, id="android:id/title", width=0, weight=1.0),
                text(theme, human(sizes[name]), size=14, color=theme.on_surface_soft, id="android:id/summary"),
            ),
            progress_bar(theme, sizes[name] / sizes["total"], id="progress", margin=(0, 10, 0, 0)),
            width=0, weight=1.0,
        )
        return row(
            icon(theme, icon_name, id="android:id/icon"), texts, on_tap=NOTHING, padding=(24, 14, 24, 14), gap=16
        )

    return Custom(title, draw=draw)


PAGES: Final = (
    Page(
        "storage",
        "Storage",
        (
            Custom("Storage used", draw=_total),
            Row("Free up space", "Go to Files app to manage and free up space", icon="clean"),
            *(_category(*category) for category in CATEGORIES),
        ),
        activity="com.android.settings.Settings$StorageDashboardActivity",
        actions=("android.settings.INTERNAL_STORAGE_SETTINGS",),
    ),
)
