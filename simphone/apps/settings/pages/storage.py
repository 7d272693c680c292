"""Storage: what takes how much of it. Sizes in bytes are in apps.settings.storage."""

from __future__ import annotations

from typing import Final

from simphone.apps.settings.model import Act, Custom, Note, Page, Row
from simphone.apps.settings.packages import USUAL_SIZE, app_row, installed, size_of
from simphone.apps.settings.render import TITLE_SIZE, palette
from simphone.apps.settings.sizes import human
from simphone.core.app import Ctx, Json
from simphone.ui.view import Msg, View, Window
from simphone.widgets.box import column, row
from simphone.widgets.controls import progress_bar
from simphone.widgets.dialogs import Action, alert_dialog
from simphone.widgets.image import icon
from simphone.widgets.nav import DialogFn, Entry, ask, go
from simphone.widgets.text import text

CATEGORIES: Final = (
    ("system", "System", "info", ask("storage_note", name="system")),
    ("apps", "Apps", "apps", go("storage_apps")),
    ("audio", "Audio", "music_note", go("storage_files", title="Audio")),
    ("images", "Images", "image", go("storage_files", title="Images")),
    ("videos", "Videos", "videocam", go("storage_files", title="Videos")),
    ("games", "Games", "game", go("storage_games")),
    ("documents", "Documents & other", "file", go("storage_files", title="Documents & other")),
    ("trash", "Trash", "delete", ask("storage_note", name="trash")),
)
"""(key in the data, title, icon, what a tap does)."""
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


def sizes_of(state: dict[str, Json]) -> dict[str, int]:
    """Bytes by category. What is kept of the apps is what the system's own take; the others' sizes are added here."""
    kept: dict[str, int] = dict(state["apps"]["settings"]["storage"])
    kept["apps"] += sum(int(info.get("size", USUAL_SIZE)) for info in state["packages"].values())
    return kept


def _sizes(ctx: Ctx) -> dict[str, int]:
    return sizes_of(ctx.system.state)


def _used(ctx: Ctx) -> int:
    sizes = _sizes(ctx)
    return sum(int(sizes[name]) for name, *_ in CATEGORIES)


def home_summary(ctx: Ctx) -> str:
    """As on the home page: "63% used - 6.0 GB free"."""
    total, used = _sizes(ctx)["total"], _used(ctx)
    return f"{int(used / total * 100 + 0.5)}% used - {human(total - used)} free"


def _total(ctx: Ctx, _entry: Entry) -> View:
    theme, total, used = palette(ctx), _sizes(ctx)["total"], _used(ctx)
    return column(
        row(
            text(theme, f"{human(used)} used", size=24, id="usage_summary", width=0, weight=1.0),
            text(theme, f"{human(total)} total", size=14, color=theme.on_surface_soft, id="total_summary"),
            valign="bottom",
        ),
        progress_bar(theme, used / total, margin=(0, 12, 0, 0)),
        padding=(24, 8, 24, 20),
    )


def _category(name: str, title: str, icon_name: str, on_tap: Msg) -> Custom:
    def draw(ctx: Ctx, _entry: Entry) -> View:
        theme, sizes = palette(ctx), _sizes(ctx)
        texts = column(
            row(
                text(theme, title, size=TITLE_SIZE, id="android:id/title", width=0, weight=1.0),
                text(theme, human(sizes[name]), size=14, color=theme.on_surface_soft, id="android:id/summary"),
            ),
            progress_bar(theme, sizes[name] / sizes["total"], id="progress", margin=(0, 10, 0, 0)),
            width=0,
            weight=1.0,
        )
        return row(icon(theme, icon_name, id="android:id/icon"), texts, on_tap=on_tap, padding=(24, 14, 24, 14), gap=16)

    return Custom(title, draw=draw)


def _apps(ctx: Ctx, _entry: Entry) -> list[Row]:
    found = sorted(installed(ctx), key=lambda pair: (-size_of(ctx, pair[1]), pair[0]))
    return [app_row(label, package, human(size_of(ctx, package))) for label, package in found]


def _files(_ctx: Ctx, entry: Entry) -> str:
    return str(entry["args"].get("title", "Files"))


def _file_rows(_ctx: Ctx, _entry: Entry) -> list[Row]:
    return [Note("These files are managed by the apps that made them.")]


def note(ctx: Ctx, entry: Entry) -> Window:
    """What a tap on System or Trash tells."""
    if entry["args"]["name"] == "trash":
        return alert_dialog(palette(ctx), "Empty trash?", "There are no files in your trash.", positive=Action("OK"))
    version = ctx.system.state["device"]["android"]
    return alert_dialog(
        palette(ctx), "System", f"System includes files used to run Android version {version}", positive=Action("OK")
    )


PAGES: Final = (
    Page(
        "storage",
        "Storage",
        (
            Custom("Storage used", draw=_total),
            Act(
                "Free up space",
                "Go to Files app to manage and free up space",
                icon="clean",
                msg=("tell", "Files is not installed"),
            ),
            *(_category(*category) for category in CATEGORIES),
        ),
        activity="com.android.settings.Settings$StorageDashboardActivity",
        actions=("android.settings.INTERNAL_STORAGE_SETTINGS",),
    ),
    Page("storage_apps", "Apps", _apps, parent="storage"),
    Page("storage_games", "Games", (Note("No games installed"),), parent="storage"),
    Page("storage_files", _files, _file_rows, parent="storage"),
)
DIALOGS: Final[dict[str, DialogFn]] = {"storage_note": note}
