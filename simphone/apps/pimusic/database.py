"""What adb sees of the app: its database of playlists, and the phone's media provider.

Tables and columns are those that public readers of this app's files use; the columns of the provider are those of
android.provider.MediaStore.Audio.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any, Final

from simphone.apps.pimusic import library
from simphone.apps.pimusic.state import Song, saved, song
from simphone.core.app import Ctx

PATH: Final = "/data/data/com.Project100Pi.themusicplayer/databases/songinfodatabase"
_MEDIA: Final = "content://media/external/audio"
_SCHEMA: Final = """
CREATE TABLE android_metadata (locale TEXT);
CREATE TABLE pi_playlist (_id INTEGER PRIMARY KEY, playlist_name TEXT, date_added INTEGER, date_modified INTEGER);
CREATE TABLE playlist_song (
    _id INTEGER PRIMARY KEY, playlist_id INTEGER, song_id INTEGER, song_name TEXT, song_path TEXT,
    song_duration INTEGER, play_order INTEGER);
CREATE TABLE pi_favourites (_id INTEGER PRIMARY KEY, song_id INTEGER, song_name TEXT);
"""


def image(ctx: Ctx) -> bytes:
    """The database file's bytes."""
    data = saved(ctx)
    with closing(sqlite3.connect(":memory:")) as base:
        base.executescript(_SCHEMA)
        base.execute("INSERT INTO android_metadata VALUES ('en_US')")
        for own in data["playlists"]:
            base.execute(
                "INSERT INTO pi_playlist VALUES (?,?,?,?)", (own["id"], own["name"], own["created"], own["modified"])
            )
            for at, each in enumerate(_there(ctx, own["songs"]), 1):
                base.execute(
                    "INSERT INTO playlist_song (playlist_id, song_id, song_name, song_path, song_duration, play_order)"
                    " VALUES (?,?,?,?,?,?)",
                    (own["id"], each["id"], each["title"], each["path"], each["duration"] * 1000, at),
                )
        for each in _there(ctx, data["favourites"]):
            base.execute("INSERT INTO pi_favourites (song_id, song_name) VALUES (?,?)", (each["id"], each["title"]))
        base.commit()
        return base.serialize()


def _there(ctx: Ctx, ids: list[int]) -> list[Song]:
    return [each for each in (song(ctx, number) for number in ids) if each is not None]


def providers(ctx: Ctx) -> dict[str, list[dict[str, Any]]]:
    """The songs, artists, albums and playlists of the media provider."""
    return {
        f"{_MEDIA}/media": [_media(each) for each in saved(ctx)["songs"]],
        f"{_MEDIA}/artists": [
            {"_id": at, "artist": group.name, "number_of_albums": group.albums, "number_of_tracks": len(group.songs)}
            for at, group in enumerate(library.groups(ctx, "artist"), 1)
        ],
        f"{_MEDIA}/albums": [
            {"_id": at, "album": group.name, "artist": group.songs[0]["artist"], "numsongs": len(group.songs)}
            for at, group in enumerate(library.groups(ctx, "album"), 1)
        ],
    }


def _media(each: Song) -> dict[str, Any]:
    return {
        "_id": each["id"],
        "title": each["title"],
        "artist": each["artist"],
        "album": each["album"],
        "genre": each["genre"],
        "duration": each["duration"] * 1000,
        "_data": each["path"],
        "_display_name": each["path"].rpartition("/")[2],
        "mime_type": "audio/mpeg",
        "is_music": 1,
        "date_added": each["added"] // 1000,
    }
