"""The profile as adb finds it: preferences, the bookmarks' JSON, the history's SQLite."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from functools import partial
from typing import Final

from simphone.apps.chrome import state
from simphone.core.app import Ctx, Json, Maker

_HOME: Final = "/data/data/com.android.chrome"
PREFERENCES: Final = f"{_HOME}/shared_prefs/com.android.chrome_preferences.xml"
BOOKMARKS: Final = f"{_HOME}/app_chrome/Default/Bookmarks"
HISTORY: Final = f"{_HOME}/app_chrome/Default/History"
_WINDOWS_EPOCH_MS: Final = 11_644_473_600_000
"""Chrome counts microseconds since 1601-01-01 (base::Time)."""


def files(ctx: Ctx) -> dict[str, Maker]:
    """Path -> maker of the bytes."""
    return {
        PREFERENCES: partial(preferences, ctx),
        BOOKMARKS: partial(bookmarks, ctx),
        HISTORY: partial(history, ctx),
    }


def preferences(ctx: Ctx) -> bytes:
    """The shared preferences that hold the theme."""
    lines = (
        "<?xml version='1.0' encoding='utf-8' standalone='yes' ?>",
        "<map>",
        f'    <int name="ui_theme_setting" value="{int(ctx.data["theme"])}" />',
        '    <boolean name="first_run_flow" value="true" />',
        "</map>",
    )
    return ("\n".join(lines) + "\n").encode()


def bookmarks(ctx: Ctx) -> bytes:
    """The file of bookmarks: folders under the roots that Chrome has on a phone."""
    own = state.folder(ctx, state.MOBILE)
    made = [each for each in state.folders(ctx) if each["key"] not in (state.MOBILE, state.READING)]
    children: list[dict[str, Json]] = [_entry(each) for each in own["entries"]]
    children += [
        {"type": "folder", "name": each["title"], "children": [_entry(entry) for entry in each["entries"]]}
        for each in made
    ]
    roots = {
        "bookmark_bar": {"type": "folder", "name": "Bookmarks bar", "children": []},
        "other": {"type": "folder", "name": "Other bookmarks", "children": []},
        "synced": {"type": "folder", "name": own["title"], "children": children},
    }
    return (json.dumps({"roots": roots, "version": 1}, indent=3, ensure_ascii=False) + "\n").encode()


def _entry(entry: state.Bookmark) -> dict[str, Json]:
    return {"type": "url", "name": entry["title"], "url": f"https://{entry['url']}/"}


def history(ctx: Ctx) -> bytes:
    """Tables urls and visits, as far as readers use them."""
    visits: list[state.Visit] = ctx.data["history"]
    urls = list(dict.fromkeys(visit["url"] for visit in visits))
    last = {visit["url"]: visit for visit in visits}
    with closing(sqlite3.connect(":memory:")) as base:
        base.execute(
            "CREATE TABLE urls (id INTEGER PRIMARY KEY, url LONGVARCHAR, title LONGVARCHAR, visit_count INTEGER,"
            " last_visit_time INTEGER)"
        )
        base.execute("CREATE TABLE visits (id INTEGER PRIMARY KEY, url INTEGER, visit_time INTEGER)")
        counts = [sum(visit["url"] == url for visit in visits) for url in urls]
        base.executemany(
            "INSERT INTO urls VALUES (?,?,?,?,?)",
            [
                (index, f"https://{url}", last[url]["title"], count, _time(last[url]))
                for index, (url, count) in enumerate(zip(urls, counts, strict=True), 1)
            ],
        )
        base.executemany(
            "INSERT INTO visits (url, visit_time) VALUES (?,?)",
            [(urls.index(visit["url"]) + 1, _time(visit)) for visit in visits],
        )
        base.commit()
        return base.serialize()


def _time(visit: state.Visit) -> int:
    return (visit["time_ms"] + _WINDOWS_EPOCH_MS) * 1000
