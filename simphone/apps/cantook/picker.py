"""The system's file picker (DocumentsUI), as Import files and Import folder open it.

A folder is a screen of the stack, so that back leads to the folder above.
"""

from __future__ import annotations

import posixpath
from dataclasses import replace
from typing import Final

from simphone.apps.cantook import importing
from simphone.core.app import Ctx
from simphone.core.files import SDCARD
from simphone.ui.view import DARK, LIGHT, MATCH, Paint, Scene, Scroll, Theme, View, Window
from simphone.widgets import nav
from simphone.widgets.box import GROUP, RECYCLER, build, column, row, scroll_column, space
from simphone.widgets.buttons import chip, filled_button, icon_button, wide
from simphone.widgets.dialogs import Action, Choice, alert_dialog
from simphone.widgets.fields import bare_field
from simphone.widgets.image import icon
from simphone.widgets.menus import drawer_item, navigation_drawer, popup_menu
from simphone.widgets.nav import Entry, ask, keep
from simphone.widgets.text import divider, text

_ACTIVITY: Final = "com.android.documentsui.picker.PickActivity"
_ID: Final = "com.google.android.documentsui:id/"
_KINDS: Final[dict[str, tuple[str, ...]]] = {
    "Images": (".png", ".jpg", ".jpeg", ".gif", ".webp"),
    "Audio": (".mp3", ".m4a", ".ogg", ".wav", ".flac"),
    "Videos": (".mp4", ".mkv", ".webm"),
    "Documents": (importing.SUFFIX, ".pdf", ".txt", ".doc", ".docx", ".html"),
}
_ICONS: Final = {"Images": "image", "Audio": "music_note", "Videos": "movie", "Documents": "file"}


def _theme(ctx: Ctx) -> Theme:
    return DARK if ctx.system.dark else LIGHT


def _place(ctx: Ctx, path: str) -> str:
    """A folder as the picker calls it: the shared storage has the phone's name."""
    if path == SDCARD:
        return str(ctx.system.state["device"].get("name", "Internal storage"))
    return posixpath.basename(path)


def _entries(ctx: Ctx, entry: Entry) -> tuple[list[str], list[str]]:
    """Folders and files that are shown, by the chip and the words searched for."""
    files, args = importing.tree(ctx), entry["args"]
    path, query, kind = str(args["path"]), args.get("query"), str(args.get("chip", ""))
    names = files.listdir(path) if files.isdir(path) else []
    names = [name for name in names if not name.startswith(".") and (not query or query.casefold() in name.casefold())]
    names.sort(key=str.casefold)
    folders = [name for name in names if files.isdir(posixpath.join(path, name))]
    plain = [name for name in names if name not in folders]
    if kind:
        folders, plain = [], [name for name in plain if name.lower().endswith(_KINDS[kind])]
    return folders, plain


def picker(ctx: Ctx, entry: Entry) -> Scene:
    """A folder: tiles or rows of what is in it."""
    colors, args = _theme(ctx), entry["args"]
    path, folder_mode = str(args["path"]), args["mode"] == "folder"
    folders, plain = _entries(ctx, entry)
    chips = build(
        {},
        cls=RECYCLER,
        id=_ID + "search_chip_group",
        layout="row",
        width=MATCH,
        height=48,
        valign="center",
        gap=8,
        padding=(16, 0, 16, 0),
        scroll=Scroll(nav.key(entry, "chips"), axis="x"),
        children=[
            chip(colors, name, ("picker.chip", name), picked=name == args.get("chip"), icon=_ICONS[name])
            for name in _KINDS
        ],
    )
    if folders or plain:
        listed = _listing(ctx, entry, folders, plain)
    else:
        listed = column(
            space(weight=1.0),
            text(colors, "No items", size=16, color=colors.on_surface_soft),
            space(weight=1.2),
            in_tree=False,
            height=0,
            weight=1.0,
            halign="center",
        )
    below = (
        wide(filled_button(colors, "USE THIS FOLDER", ask("use_folder", path=path), margin=(16, 8, 16, 16)))
        if folder_mode and path != SDCARD
        else None
    )
    root = column(_bar(ctx, entry), None if folder_mode else chips, _path_row(ctx, entry), listed, below, height=MATCH)
    scene = nav.page(colors, replace(root, in_tree=False), activity=_ACTIVITY)
    return replace(scene, status_bar=colors.background, nav_bar=colors.background)


def _bar(ctx: Ctx, entry: Entry) -> View:
    colors, args = _theme(ctx), entry["args"]
    query = args.get("query")
    if query is not None:
        return row(
            icon_button(colors, "arrow_back", "Navigate up", ("picker.search_end",), color=colors.on_surface),
            bare_field(
                colors, nav.key(entry, "query"), str(query), keep("query"), hint="Search…", autofocus=True,
                id=_ID + "search_src_text", width=0, weight=1.0, on_enter=("search.done",),
            ),
            id=_ID + "toolbar", height=64, padding=(4, 0, 4, 0), gap=4,
        )  # fmt: skip
    return row(
        icon_button(colors, "menu", "Show roots", ask("roots"), color=colors.on_surface),
        text(colors, _place(ctx, str(args["path"])), size=20, max_lines=1, width=0, weight=1.0, margin=(8, 0, 8, 0)),
        icon_button(colors, "search", "Search", ("nav.keep", "query", ""), color=colors.on_surface),
        icon_button(colors, "more_vert", "More options", ask("picker_menu"), color=colors.on_surface),
        cls=GROUP, id=_ID + "toolbar", height=64, padding=(4, 0, 4, 0),
    )  # fmt: skip


def _path_row(ctx: Ctx, entry: Entry) -> View:
    """The way from the storage to this folder; a step of it leads back there."""
    colors, path = _theme(ctx), str(entry["args"]["path"])
    steps = [path]
    while steps[0] != SDCARD and len(steps) < 20:
        steps.insert(0, posixpath.dirname(steps[0]))
    parts: list[View] = []
    for step in steps:
        last = step == path
        if parts:
            parts.append(icon(colors, "chevron_right", size=18, in_tree=False))
        ink = colors.on_surface if last else colors.on_surface_soft
        name = text(colors, _place(ctx, step), size=14, color=ink, max_lines=1, id=_ID + "breadcrumb_text")
        parts.append(replace(name, on_tap=None if last else ("picker.go", step)))
    grid = entry["args"].get("grid", True)
    return row(
        row(*parts, cls=RECYCLER, id=_ID + "horizontal_breadcrumb", width=0, weight=1.0, gap=4),
        icon_button(
            colors, "list" if grid else "grid", "List view" if grid else "Grid view", ("nav.keep", "grid", not grid)
        ),
        in_tree=False,
        height=48,
        padding=(20, 0, 8, 0),
    )


def _listing(ctx: Ctx, entry: Entry, folders: list[str], plain: list[str]) -> View:
    colors, args = _theme(ctx), entry["args"]
    path, pick = str(args["path"]), args["mode"] == "file"
    grid = bool(args.get("grid", True))
    make = _tile if grid else _line
    views = [
        replace(
            make(colors, name, "folder_filled", True),
            on_tap=("picker.enter", posixpath.join(path, name)),
            clickable=True,
        )
        for name in folders
    ]
    for name in plain:
        book = name.lower().endswith(importing.SUFFIX)
        enabled = book and pick
        view = make(colors, name, "book" if book else "file", enabled)
        on_tap = ("picker.pick", posixpath.join(path, name)) if enabled else None
        views.append(replace(view, on_tap=on_tap, clickable=True))
    listed = build(
        {},
        cls=RECYCLER,
        id=_ID + "dir_list",
        layout="grid" if grid else "column",
        columns=2 if grid else 0,
        width=MATCH,
        gap=12 if grid else 0,
        padding=(16, 4, 16, 16) if grid else (0, 0, 0, 16),
        children=views,
    )
    title = f"Files in {_place(ctx, path)}"
    head = text(colors, title, size=14, color=colors.on_surface_soft, margin=(20, 8, 20, 8))
    return scroll_column(nav.key(entry, "files"), head, listed)


def _tile(colors: Theme, name: str, icon_name: str, enabled: bool) -> View:
    faded = "" if enabled else "61"
    if icon_name == "folder_filled":
        return row(
            icon(colors, icon_name, in_tree=False),
            text(colors, name, size=14, max_lines=1, id="android:id/title", width=0, weight=1.0),
            id=_ID + "item_root", height=56, gap=16, padding=(16, 0, 12, 0),
            paint=Paint(border=colors.divider, radius=12),
        )  # fmt: skip
    return column(
        row(
            space(weight=1.0),
            icon(colors, icon_name, size=56, color=colors.primary + faded, in_tree=False),
            space(weight=1.0),
            in_tree=False, height=120, paint=Paint(fill=colors.surface, radii=(12, 12, 0, 0)),
        ),
        text(colors, name, size=14, max_lines=1, color=colors.on_surface + faded, id="android:id/title", width=MATCH,
             margin=(12, 12, 12, 12)),
        id=_ID + "item_root", enabled=enabled, paint=Paint(border=colors.divider, radius=12), clip=True,
    )  # fmt: skip


def _line(colors: Theme, name: str, icon_name: str, enabled: bool) -> View:
    faded = "" if enabled else "61"
    return row(
        icon(colors, icon_name, in_tree=False, color=colors.on_surface_soft + faded),
        text(colors, name, size=16, max_lines=1, color=colors.on_surface + faded, id="android:id/title", width=0,
             weight=1.0),
        id=_ID + "item_root", height=64, gap=24, padding=(24, 0, 24, 0), enabled=enabled,
    )  # fmt: skip


def roots(ctx: Ctx, entry: Entry) -> Window:
    """The places where files can be."""
    colors = _theme(ctx)
    places = {"Downloads": (importing.DOWNLOADS, "download"), _place(ctx, SDCARD): (SDCARD, "phone_android")}
    for name in ("Documents", "Music", "Pictures"):
        places[name] = (f"{SDCARD}/{name}", "folder")
    here = nav.top(ctx)["args"]["path"]
    return navigation_drawer(
        colors,
        nav.key(entry, "roots"),
        text(colors, "Open from", size=20, margin=(24, 24, 24, 16)),
        divider(colors),
        space(height=8),
        *(
            drawer_item(colors, name, ("picker.root", path), icon_name=drawn, selected=path == here)
            for name, (path, drawn) in places.items()
        ),
    )


def menu(ctx: Ctx, _entry: Entry) -> Window:
    """The overflow menu."""
    grid = nav.top(ctx)["args"].get("grid", True)
    return popup_menu(
        _theme(ctx), [Choice("List view" if grid else "Grid view", ("picker.view", not grid))], anchor=(-12.0, 48.0)
    )


def use_folder(ctx: Ctx, entry: Entry) -> Window:
    """The system asks before an app gets a folder."""
    path = str(entry["args"]["path"])
    return alert_dialog(
        _theme(ctx),
        f"Allow Cantook to access files in {_place(ctx, path)}?",
        f"This will let Cantook access current and future content stored in {_place(ctx, path)}.",
        positive=Action("ALLOW", ("picker.take_folder", path)),
        negative=Action("CANCEL"),
    )


# --- messages -------------------------------------------------------------------------------------------------------
def _open(ctx: Ctx, mode: str, path: str, *, grid: bool = True) -> None:
    nav.push(ctx, "picker", mode=mode, path=path, grid=grid, chip="", query=None)


def open_files(ctx: Ctx) -> None:
    """Import files."""
    _open(ctx, "file", importing.DOWNLOADS)


def open_folder(ctx: Ctx) -> None:
    """Import folder."""
    _open(ctx, "folder", importing.DOWNLOADS)


def enter(ctx: Ctx, path: str) -> None:
    """A folder was tapped."""
    args = nav.top(ctx)["args"]
    _open(ctx, args["mode"], path, grid=args["grid"])


def go_to(ctx: Ctx, path: str) -> None:
    """A step of the breadcrumb: the folder itself is shown, with nothing searched for."""
    nav.top(ctx)["args"].update(path=path, chip="", query=None)


def pick_root(ctx: Ctx, path: str) -> None:
    """A place of the drawer."""
    nav.close(ctx)
    go_to(ctx, path)


def pick_chip(ctx: Ctx, name: str) -> None:
    """A kind of files, or all again."""
    args = nav.top(ctx)["args"]
    args["chip"] = "" if args["chip"] == name else name


def pick_view(ctx: Ctx, grid: bool) -> None:
    """Tiles or rows, of the menu."""
    nav.close(ctx)
    nav.top(ctx)["args"]["grid"] = grid


def end_search(ctx: Ctx) -> None:
    """Back from the search to the folder."""
    ctx.system.hide_keyboard()
    nav.top(ctx)["args"]["query"] = None


def _take(ctx: Ctx, paths: list[str]) -> None:
    nav.close_all(ctx)
    nav.pop_to(ctx, "main")
    nav.snack(ctx, importing.told(*importing.take(ctx, paths)) if paths else "No books found in this folder")


def pick(ctx: Ctx, path: str) -> None:
    """A file was tapped: it is imported."""
    _take(ctx, [path])


def take_folder(ctx: Ctx, path: str) -> None:
    """Everything in the folder is imported."""
    _take(ctx, importing.books_in(importing.tree(ctx), path))


SCREENS: Final[dict[str, nav.ScreenFn]] = {"picker": picker}
DIALOGS: Final[dict[str, nav.DialogFn]] = {"roots": roots, "picker_menu": menu, "use_folder": use_folder}
HANDLERS: Final[dict[str, nav.Handler]] = {
    "picker.files": open_files,
    "picker.folder": open_folder,
    "picker.enter": enter,
    "picker.go": go_to,
    "picker.root": pick_root,
    "picker.chip": pick_chip,
    "picker.view": pick_view,
    "picker.search_end": end_search,
    "picker.pick": pick,
    "picker.take_folder": take_folder,
}
