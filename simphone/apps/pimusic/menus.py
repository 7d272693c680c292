"""What can be done with a song, a playlist, a group of songs: the menus, details, deleting and sharing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from simphone.apps.pimusic import library, look, marking, playback
from simphone.apps.pimusic.library import Kind, Name
from simphone.apps.pimusic.state import saved, song
from simphone.core.app import Ctx, Intent
from simphone.ui.view import Window
from simphone.widgets import nav
from simphone.widgets.dialogs import Action, Choice, alert_dialog, list_dialog
from simphone.widgets.menus import popup_menu


# --- messages -------------------------------------------------------------------------------------------------------
def open_song(ctx: Ctx, number: int, kind: str, name: Name) -> None:
    """The three dots of a song; `kind` and `name` say which list it stands in, or "player"."""
    nav.open_dialog(ctx, "song_menu", number=number, kind=kind, name=name)


def enqueue(ctx: Ctx, number: int, following: bool) -> None:
    """Play Next, Add to Queue."""
    nav.close_all(ctx)
    playback.enqueue(ctx, [number], following=following)


def queue_all(ctx: Ctx, kind: Kind, name: Name, following: bool) -> None:
    """The same for all songs of a collection."""
    nav.close_all(ctx)
    ids = [each["id"] for each in library.listing(ctx, kind, name)]
    if ids:
        playback.enqueue(ctx, ids, following=following)


def play_all(ctx: Ctx, kind: Kind, name: Name) -> None:
    """Play a collection from its first song."""
    nav.close_all(ctx)
    songs = library.listing(ctx, kind, name)
    if songs:
        playback.play(ctx, kind, name, songs[0]["id"])


def shuffle_all(ctx: Ctx, kind: Kind, name: Name) -> None:
    """Play a collection in mixed order."""
    nav.close_all(ctx)
    playback.shuffle_all(ctx, kind, name)


def visit(ctx: Ctx, kind: Kind, name: Name) -> None:
    """Go to the page of an artist or album."""
    nav.close_all(ctx)
    nav.push(ctx, "collection", kind=kind, name=name)


def details(ctx: Ctx, number: int) -> None:
    """What is known of a song."""
    nav.close_all(ctx)
    nav.open_dialog(ctx, "details", number=number)


def share(ctx: Ctx, number: int | None = None) -> None:
    """Hand a song, or what is marked, to another app."""
    nav.close_all(ctx)
    if number is None:
        marking.clear(ctx)
    if not ctx.system.start(Intent(action="android.intent.action.SEND", mime="audio/*")):
        ctx.system.toast("No apps can perform this action.")


def ask_delete(ctx: Ctx, number: int | None = None) -> None:
    """Before a song, or what is marked, is deleted."""
    nav.close_all(ctx)
    ids = marking.take(ctx) if number is None else [number]
    if ids:
        nav.open_dialog(ctx, "delete_songs", ids=ids)


def delete(ctx: Ctx) -> None:
    """Remove songs and their files from the phone."""
    ids = list(nav.args(ctx)["ids"])
    nav.close_all(ctx)
    data = saved(ctx)
    for number in ids:
        gone = song(ctx, number)
        if gone:
            ctx.system.delete_file(gone["path"])
        playback.dequeue(ctx, number)
        data["plays"].pop(str(number), None)
    data["songs"] = [each for each in data["songs"] if each["id"] not in ids]
    data["favourites"] = [each for each in data["favourites"] if each not in ids]
    data["history"] = [each for each in data["history"] if each not in ids]
    for own in data["playlists"]:
        own["songs"] = [each for each in own["songs"] if each not in ids]
    ctx.system.toast(f"{library.count(len(ids), 'song')} deleted")


def say(ctx: Ctx, words: str) -> None:
    """A held button tells its name."""
    ctx.system.toast(words)


# --- views ----------------------------------------------------------------------------------------------------------
def song_menu(ctx: Ctx, entry: nav.Entry) -> Window:
    """Of a song."""
    number, kind, name = (entry["args"][key] for key in ("number", "kind", "name"))
    chosen = song(ctx, number)
    artist, album = (chosen["artist"], chosen["album"]) if chosen else ("", "")
    loved = number in saved(ctx)["favourites"]
    own = kind == "playlist" and name not in library.BUILT_IN
    choices = [
        Choice("Play Next", ("song.queue", number, True)),
        Choice("Add to Queue", ("song.queue", number, False)),
        Choice("Add to Playlist", ("playlist.add", number)),
        *([Choice("Remove from Playlist", ("playlist.remove", name, number))] if own else []),
        Choice("Remove from Pi Favourites" if loved else "Add to Pi Favourites", ("song.love", number)),
        Choice("Go to Artist", ("song.visit", "artist", artist)),
        Choice("Go to Album", ("song.visit", "album", album)),
        Choice("Details", ("song.details", number)),
        Choice("Share", ("song.share", number)),
        Choice("Delete", ("song.delete", number)),
    ]
    title = chosen["title"] if chosen else ""
    return list_dialog(look.theme(ctx), title, choices, key=nav.key(entry, "list"))


def love(ctx: Ctx, number: int) -> None:
    """The heart, from a menu."""
    nav.close_all(ctx)
    playback.favourite(ctx, number)


def _group_choices(kind: Kind, name: Name) -> list[Choice]:
    return [
        Choice("Play", ("group.play", kind, name)),
        Choice("Shuffle", ("group.shuffle", kind, name)),
        Choice("Play Next", ("group.queue", kind, name, True)),
        Choice("Add to Queue", ("group.queue", kind, name, False)),
    ]


def _playlist_choices(name: Name) -> list[Choice]:
    choices = _group_choices("playlist", name)
    if name not in library.BUILT_IN:
        choices += [
            Choice("Rename", ("playlist.ask_rename", name)),
            Choice("Delete", ("playlist.ask_delete", name)),
        ]
    return choices


def group_menu(ctx: Ctx, entry: nav.Entry) -> Window:
    """Of an artist, album, genre or folder in a list."""
    kind, name = entry["args"]["kind"], entry["args"]["name"]
    return _list(ctx, entry, kind, name, _group_choices(kind, name))


def playlist_menu(ctx: Ctx, entry: nav.Entry) -> Window:
    """Of a playlist in the list."""
    name = entry["args"]["playlist"]
    return _list(ctx, entry, "playlist", name, _playlist_choices(name))


def _list(ctx: Ctx, entry: nav.Entry, kind: Kind, name: Name, choices: Sequence[Choice]) -> Window:
    return list_dialog(look.theme(ctx), library.title_of(ctx, kind, name), choices, key=nav.key(entry, "list"))


def collection_menu(ctx: Ctx, entry: nav.Entry) -> Window:
    """The three dots on the page of a collection."""
    kind, name = entry["args"]["kind"], entry["args"]["name"]
    choices = _playlist_choices(name) if kind == "playlist" else _group_choices(kind, name)
    return popup_menu(look.theme(ctx), choices)


def details_dialog(ctx: Ctx, entry: nav.Entry) -> Window:
    """Details of a song."""
    chosen = song(ctx, entry["args"]["number"])
    facts = (
        f"Title: {chosen['title']}", f"Artist: {chosen['artist']}", f"Album: {chosen['album']}",
        f"Genre: {chosen['genre']}", f"Duration: {library.told(chosen['duration'])}", f"Path: {chosen['path']}",
    ) if chosen else ()  # fmt: skip
    return alert_dialog(look.theme(ctx), "Details", "\n".join(facts), positive=Action("OK"))


def delete_dialog(ctx: Ctx, entry: nav.Entry) -> Window:
    """Before songs are deleted."""
    ids = entry["args"]["ids"]
    first = song(ctx, ids[0])
    what = first["title"] if first and len(ids) == 1 else library.count(len(ids), "song")
    return alert_dialog(
        look.theme(ctx),
        "Delete",
        f"Do you really want to delete {what} from this device? This cannot be undone.",
        negative=Action("CANCEL"),
        positive=Action("DELETE", ("song.deleted",)),
    )


HANDLERS: Final[dict[str, nav.Handler]] = {
    "say": say,
    "menu.song": open_song,
    "song.queue": enqueue,
    "song.love": love,
    "song.visit": visit,
    "song.details": details,
    "song.share": share,
    "song.delete": ask_delete,
    "song.deleted": delete,
    "group.play": play_all,
    "group.shuffle": shuffle_all,
    "group.queue": queue_all,
}
DIALOGS: Final = {
    "song_menu": song_menu,
    "group_menu": group_menu,
    "playlist_menu": playlist_menu,
    "collection_menu": collection_menu,
    "details": details_dialog,
    "delete_songs": delete_dialog,
}
