"""The app's databases, as `sqlite3` over adb sees them: favorites (bookmarks, Home and Work) and search history.

Names of files and tables are those of the app; columns beyond the published ones are ours.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Final

from simphone.apps.map import atlas
from simphone.apps.map.bookmarks import LIST_NAME
from simphone.apps.map.state import LABELS, Saved, saved
from simphone.core.app import Ctx

_FOLDER: Final = "/data/data/com.mapswithme.maps.pro/databases"
_FAVORITES: Final = """
CREATE TABLE Category (id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL);
CREATE TABLE Bookmark (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, featureType TEXT NOT NULL, address TEXT NOT NULL,
    latitude REAL NOT NULL, longitude REAL NOT NULL);
CREATE TABLE CategoryBookmarkRelations (
    categoryId INTEGER NOT NULL REFERENCES Category(id), bookmarkId INTEGER NOT NULL REFERENCES Bookmark(id));
CREATE TABLE FavoritesSettings (key TEXT PRIMARY KEY, value TEXT);
"""
_HISTORY: Final = """
CREATE TABLE PlacesHistory (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, featureType TEXT NOT NULL, isHotel INTEGER NOT NULL,
    address TEXT NOT NULL, latitude REAL NOT NULL, longitude REAL NOT NULL);
CREATE TABLE QueryHistory (id INTEGER PRIMARY KEY, query TEXT NOT NULL);
"""


def files(ctx: Ctx) -> dict[str, Callable[[], bytes]]:
    """What makes each file's bytes, by path."""
    return {f"{_FOLDER}/favorites": lambda: _favorites(ctx), f"{_FOLDER}/search-history": lambda: _history(ctx)}


def _favorites(ctx: Ctx) -> bytes:
    kept = saved(ctx)
    groups = [(LIST_NAME, "list", kept["bookmarks"])]
    groups += [(LABELS[label], label, [kept["labels"][label]]) for label in LABELS if label in kept["labels"]]
    with closing(sqlite3.connect(":memory:")) as base:
        base.executescript(_FAVORITES)
        row = 0
        for number, (name, kind, places) in enumerate(groups, start=1):
            base.execute("INSERT INTO Category VALUES (?,?,?)", (number, name, kind))
            for place in places:
                row += 1
                base.execute("INSERT INTO Bookmark VALUES (?,?,?,?,?,?)", (row, *_columns(place)))
                base.execute("INSERT INTO CategoryBookmarkRelations VALUES (?,?)", (number, row))
        base.commit()
        return base.serialize()


def _history(ctx: Ctx) -> bytes:
    with closing(sqlite3.connect(":memory:")) as base:
        base.executescript(_HISTORY)
        for row, place in enumerate(reversed(saved(ctx)["history"]), start=1):
            name, kind, *rest = _columns(place)
            hotel = int(place["type"] == "Hotel")
            base.execute("INSERT INTO PlacesHistory VALUES (?,?,?,?,?,?,?)", (row, name, kind, hotel, *rest))
        base.commit()
        return base.serialize()


def _columns(place: Saved) -> tuple[str, str, str, float, float]:
    point = atlas.place(place["id"]).point
    return place["name"], place["type"], place["address"], point.lat, point.lon
