"""cantook.db, as `sqlite3` over adb sees it: the tables and columns that are publicly known."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Final

from simphone.apps.cantook.state import saved
from simphone.core.app import Ctx

PATH: Final = "/data/data/com.aldiko.android/databases/cantook.db"
_SCHEMA: Final = """
CREATE TABLE android_metadata (locale TEXT);
CREATE TABLE publications (
    id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL, title_sort TEXT, finished INTEGER NOT NULL,
    progression REAL NOT NULL, last_read INTEGER, created INTEGER NOT NULL, updated INTEGER NOT NULL, href TEXT,
    type TEXT, extras TEXT);
CREATE TABLE contributors (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, name_sort TEXT);
CREATE TABLE publications_contributors (publication_id INTEGER NOT NULL, contributor_id INTEGER NOT NULL);
CREATE TABLE subjects (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL);
CREATE TABLE publications_subjects (publication_id INTEGER NOT NULL, subject_id INTEGER NOT NULL);
CREATE TABLE collections (
    id INTEGER PRIMARY KEY AUTOINCREMENT, created INTEGER NOT NULL, updated INTEGER NOT NULL, name TEXT NOT NULL,
    name_sort TEXT);
CREATE TABLE publications_collections (publication_id INTEGER NOT NULL, collection_id INTEGER NOT NULL);
"""


def image(ctx: Ctx) -> bytes:
    """The file's bytes. `progression` is a share, 0 to 1; times are epoch ms."""
    data = saved(ctx)
    books = {int(key[1:]): entry for key, entry in data["books"].items()}
    people = sorted({entry["author"] for entry in books.values()})
    subjects = sorted({name for entry in books.values() for name in entry["categories"]})
    groups = {int(key[1:]): entry for key, entry in data["collections"].items()}
    with closing(sqlite3.connect(":memory:")) as base:
        base.executescript(_SCHEMA)
        base.execute("INSERT INTO android_metadata VALUES ('en_US')")
        base.executemany(
            "INSERT INTO publications VALUES (?,?,?,?,?,?,?,?,?,?,?)",
            [
                (
                    number, entry["title"], entry["title"].casefold(), int(entry["finished"]),
                    round(entry["progress"] / 100, 4), entry["read"] or None, entry["added"],
                    max(entry["added"], entry["read"]), f"file://{entry['file']}", "application/epub+zip", "{}",
                )
                for number, entry in books.items()
            ],
        )  # fmt: skip
        base.executemany(
            "INSERT INTO contributors (name, name_sort) VALUES (?,?)", [(each, each.casefold()) for each in people]
        )
        base.executemany("INSERT INTO subjects (name) VALUES (?)", [(each,) for each in subjects])
        base.executemany(
            "INSERT INTO publications_contributors VALUES (?,?)",
            [(number, people.index(entry["author"]) + 1) for number, entry in books.items()],
        )
        base.executemany(
            "INSERT INTO publications_subjects VALUES (?,?)",
            [(number, subjects.index(name) + 1) for number, entry in books.items() for name in entry["categories"]],
        )
        base.executemany(
            "INSERT INTO collections VALUES (?,?,?,?,?)",
            [
                (number, each["created"], each["created"], each["name"], each["name"].casefold())
                for number, each in groups.items()
            ],
        )
        base.executemany(
            "INSERT INTO publications_collections VALUES (?,?)",
            [(int(key[1:]), number) for number, each in groups.items() for key in each["books"]],
        )
        base.commit()
        return base.serialize()
