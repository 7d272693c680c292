"""Making, filling, renaming and deleting playlists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from simphone.apps.pimusic import library, look, marking
from simphone.apps.pimusic.state import Playlist, playlist, saved
from simphone.core.app import Ctx
from simphone.ui.view import Scene, Window
from simphone.widgets import controls, nav
from simphone.widgets.box import column, list_view, row
from simphone.widgets.buttons import text_button
from simphone.widgets.dialogs import Action, Choice, alert_dialog, list_dialog, text_dialog
from simphone.widgets.text import text

_HINT: Final = "Enter Name"


# --- making and naming ----------------------------------------------------------------------------------------------
def ask_new(ctx: Ctx) -> None:
    """The dialog for a new playlist; what is to be added waits in the dialog below it."""
    below = nav.dialog(ctx)
    ids = below["args"]["ids"] if below and below["name"] == "add_to" else []
    nav.close_all(ctx)
    nav.open_dialog(ctx, "new_playlist", value="", ids=ids)


def create(ctx: Ctx) -> None:
    """OK of that dialog."""
    name, ids = nav.args(ctx)["value"], nav.args(ctx)["ids"]
    if not _usable(ctx, name):
        return
    lists, now = saved(ctx)["playlists"], ctx.system.epoch_ms()
    number = max((each["id"] for each in lists), default=0) + 1
    lists.append({"id": number, "name": name, "songs": list(ids), "created": now, "modified": now})
    nav.close(ctx)
    ctx.system.toast(f"Playlist {name} Created")
    if saved(ctx)["settings"]["ask_shortcut"]:
        nav.open_dialog(ctx, "success", name=name)


def _usable(ctx: Ctx, name: str, number: int | None = None) -> bool:
    """Whether a playlist may have that name; if not, why, in the app's words."""
    taken = {each["name"] for each in saved(ctx)["playlists"] if each["id"] != number}
    if not name.strip():
        ctx.system.toast("Playlist name cannot be empty")
    elif name in taken or name in library.BUILT_IN.values():
        ctx.system.toast("Playlist name already exists")
    else:
        return True
    return False


def answer(ctx: Ctx, what: str) -> None:
    """The three buttons of Success!."""
    if what == "never":
        saved(ctx)["settings"]["ask_shortcut"] = False
    elif what == "yes":
        ctx.system.toast("Shortcut Created")
    nav.close(ctx)


def ask_rename(ctx: Ctx, number: int) -> None:
    """The dialog for another name."""
    nav.close_all(ctx)
    own = playlist(ctx, number)
    if own:
        nav.open_dialog(ctx, "rename_playlist", value=own["name"], number=number)


def rename(ctx: Ctx) -> None:
    """OK of that dialog."""
    name, number = nav.args(ctx)["value"], nav.args(ctx)["number"]
    own = playlist(ctx, number)
    if own and _usable(ctx, name, number):
        own.update({"name": name, "modified": ctx.system.epoch_ms()})
        nav.close(ctx)
        ctx.system.toast("Playlist Renamed")


def ask_delete(ctx: Ctx, number: int) -> None:
    """Before a playlist is deleted."""
    nav.close_all(ctx)
    nav.open_dialog(ctx, "delete_playlist", number=number)


def delete(ctx: Ctx, number: int) -> None:
    """Remove a playlist; its songs stay. Its page, if open, closes."""
    nav.close_all(ctx)
    saved(ctx)["playlists"] = [each for each in saved(ctx)["playlists"] if each["id"] != number]
    if nav.top(ctx)["name"] == "collection":
        nav.pop(ctx)
    ctx.system.toast("Playlist Deleted")


# --- filling --------------------------------------------------------------------------------------------------------
def ask_add(ctx: Ctx, number: int | None = None) -> None:
    """Which playlist is to get a song, or what is marked."""
    nav.close_all(ctx)
    ids = marking.take(ctx) if number is None else [number]
    if ids:
        nav.open_dialog(ctx, "add_to", ids=ids)


def add(ctx: Ctx, number: int) -> None:
    """The choice of that dialog."""
    ids = nav.args(ctx)["ids"]
    nav.close_all(ctx)
    own = playlist(ctx, number)
    if own:
        _put(ctx, own, ids)


def _put(ctx: Ctx, own: Playlist, ids: Sequence[int]) -> None:
    new = [number for number in ids if number not in own["songs"]]
    own.update({"songs": [*own["songs"], *new], "modified": ctx.system.epoch_ms()})
    words = f"{library.count(len(new), 'song')} added to playlist {own['name']}"
    ctx.system.toast(words if new else "Song(s) already in the playlist")


def remove(ctx: Ctx, number: int, song: int) -> None:
    """Take a song out of a playlist: the user's, or Pi Favourites."""
    nav.close_all(ctx)
    own = playlist(ctx, number)
    if own:
        own.update({"songs": [each for each in own["songs"] if each != song], "modified": ctx.system.epoch_ms()})
        ctx.system.toast("Removed from playlist")


def choose(ctx: Ctx, number: int) -> None:
    """The page of songs to be added."""
    nav.push(ctx, "choose_songs", number=number, picked=[])


def pick(ctx: Ctx, song: int) -> None:
    """Tick a song on that page, or take the tick away."""
    picked = nav.args(ctx)["picked"]
    if song in picked:
        picked.remove(song)
    else:
        picked.append(song)


def picked(ctx: Ctx) -> None:
    """Done on that page."""
    chosen = nav.args(ctx)
    own = playlist(ctx, chosen["number"])
    if not chosen["picked"]:
        ctx.system.toast("No songs selected")
        return
    nav.pop(ctx)
    if own:
        _put(ctx, own, chosen["picked"])


# --- views ----------------------------------------------------------------------------------------------------------
def new_dialog(ctx: Ctx, entry: nav.Entry) -> Window:
    """Create New Playlist."""
    return _name_dialog(ctx, entry, "Create New Playlist", ("playlist.create",))


def rename_dialog(ctx: Ctx, entry: nav.Entry) -> Window:
    """Rename Playlist."""
    return _name_dialog(ctx, entry, "Rename Playlist", ("playlist.rename",))


def _name_dialog(ctx: Ctx, entry: nav.Entry, title: str, done: tuple[str]) -> Window:
    return text_dialog(
        look.theme(ctx),
        title,
        nav.key(entry, "name"),
        entry["args"]["value"],
        nav.keep("value"),
        hint=_HINT,
        on_enter=done,
        positive=Action("OK", done),
        negative=Action("CANCEL"),
    )


def success_dialog(ctx: Ctx, entry: nav.Entry) -> Window:
    """Success!"""
    return alert_dialog(
        look.theme(ctx),
        "Success!",
        f"Playlist {entry['args']['name']} was created. Do you want a shortcut to it on your home screen?",
        neutral=Action("DON'T SHOW AGAIN", ("playlist.answer", "never")),
        negative=Action("NO", ("playlist.answer", "no")),
        positive=Action("YES", ("playlist.answer", "yes")),
    )


def add_dialog(ctx: Ctx, entry: nav.Entry) -> Window:
    """Add to Playlist."""
    own = [Choice(each["name"], ("playlist.put", each["id"])) for each in library.own_playlists(ctx)]
    choices = [Choice("Create New Playlist", ("playlist.new",)), *own]
    return list_dialog(look.theme(ctx), "Add to Playlist", choices, key=nav.key(entry, "list"))


def delete_dialog(ctx: Ctx, entry: nav.Entry) -> Window:
    """Delete Playlist?"""
    number = entry["args"]["number"]
    own = playlist(ctx, number)
    return alert_dialog(
        look.theme(ctx),
        "Delete Playlist",
        f"Do you really want to delete {own['name'] if own else ''}?",
        negative=Action("CANCEL"),
        positive=Action("DELETE", ("playlist.delete", number)),
    )


def choose_page(ctx: Ctx, entry: nav.Entry) -> Scene:
    """The songs that may be added, each with a check box."""
    colors, ticked = look.theme(ctx), entry["args"]["picked"]
    ink = look.on_bar(ctx)
    head = look.title_bar(
        ctx,
        f"{len(ticked)} Selected" if ticked else "Select Songs",
        text_button(ink, "DONE", ("playlist.picked",), color=ink.on_surface),
    )
    rows = [
        row(
            column(
                text(colors, song["title"], size=16, font="medium", max_lines=1, id="title"),
                text(colors, song["artist"], size=13, color=colors.on_surface_soft, max_lines=1, id="artist"),
                in_tree=False, width=0, weight=1.0, gap=2,
            ),
            controls.checkbox(colors, song["id"] in ticked, id="checkbox"),
            id="song_row", min_height=look.ROW, padding=(16, 4, 12, 4), on_tap=("playlist.pick", song["id"]),
        )
        for song in library.by_title(saved(ctx)["songs"])
    ]  # fmt: skip
    return look.page(ctx, head, list_view(nav.key(entry, "songs"), *rows, padding=(0, 4, 0, 16)))


HANDLERS: Final[dict[str, nav.Handler]] = {
    "playlist.new": ask_new,
    "playlist.create": create,
    "playlist.answer": answer,
    "playlist.ask_rename": ask_rename,
    "playlist.rename": rename,
    "playlist.ask_delete": ask_delete,
    "playlist.delete": delete,
    "playlist.add": ask_add,
    "playlist.put": add,
    "playlist.remove": remove,
    "playlist.choose": choose,
    "playlist.pick": pick,
    "playlist.picked": picked,
}
DIALOGS: Final = {
    "new_playlist": new_dialog,
    "rename_playlist": rename_dialog,
    "success": success_dialog,
    "add_to": add_dialog,
    "delete_playlist": delete_dialog,
}
SCREENS: Final = {"choose_songs": choose_page}
