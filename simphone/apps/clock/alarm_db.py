"""alarms.db, as `sqlite3` over adb sees it.

Day bits: Monday 1, Tuesday 2 ... Sunday 64 (com.android.deskclock.data.Weekdays of AOSP's DeskClock).
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from typing import Final

from simphone.apps.clock import alarms, ringtones
from simphone.apps.clock.state import WEEK, Alarm, saved
from simphone.core.app import Ctx

PATH: Final = "/data/user_de/0/com.google.android.deskclock/databases/alarms.db"
_VERSION: Final = 12
_SCHEMA: Final = """
CREATE TABLE android_metadata (locale TEXT);
CREATE TABLE alarm_templates (
    _id INTEGER PRIMARY KEY, hour INTEGER NOT NULL, minutes INTEGER NOT NULL, daysofweek INTEGER NOT NULL,
    enabled INTEGER NOT NULL, vibrate INTEGER NOT NULL, label TEXT NOT NULL, ringtone TEXT,
    delete_after_use INTEGER NOT NULL DEFAULT 0, blackout_start TEXT, blackout_end TEXT);
CREATE TABLE alarm_instances (
    _id INTEGER PRIMARY KEY, year INTEGER NOT NULL, month INTEGER NOT NULL, day INTEGER NOT NULL,
    hour INTEGER NOT NULL, minutes INTEGER NOT NULL, vibrate INTEGER NOT NULL, label TEXT NOT NULL, ringtone TEXT,
    alarm_state INTEGER NOT NULL, alarm_id INTEGER REFERENCES alarm_templates(_id) ON UPDATE CASCADE ON DELETE CASCADE);
"""


def day_bits(alarm: Alarm) -> int:
    """The days of an alarm as bits; 0 for a one-shot alarm."""
    return sum(1 << WEEK.index(day) for day in alarm["days"])


def database(ctx: Ctx) -> bytes:
    """The file's bytes."""
    with closing(sqlite3.connect(":memory:")) as base:
        base.executescript(_SCHEMA)
        base.execute("INSERT INTO android_metadata VALUES ('en_US')")
        for alarm in saved(ctx)["alarms"]:
            base.execute("INSERT INTO alarm_templates VALUES (?,?,?,?,?,?,?,?,?,?,?)", _template(alarm))
            ring = alarms.next_ring(alarm, ctx.system.now())
            if ring is not None:
                base.execute("INSERT INTO alarm_instances VALUES (?,?,?,?,?,?,?,?,?,?,?)", _instance(alarm, ring))
        base.execute(f"PRAGMA user_version = {_VERSION}")
        base.commit()
        return base.serialize()


def _template(alarm: Alarm) -> tuple[int | str | None, ...]:
    hour, minute = map(int, alarm["time"].split(":"))
    first, last = alarm["paused"] or (None, None)
    return (
        alarm["id"],
        hour,
        minute,
        day_bits(alarm),
        int(alarm["enabled"]),
        int(alarm["vibrate"]),
        alarm["label"],
        ringtones.uri(alarm["ringtone"]),
        0,
        first,
        last,
    )


def _instance(alarm: Alarm, ring: datetime) -> tuple[int | str | None, ...]:
    return (
        alarm["id"],
        ring.year,
        ring.month - 1,
        ring.day,
        ring.hour,
        ring.minute,
        int(alarm["vibrate"]),
        alarm["label"],
        ringtones.uri(alarm["ringtone"]),
        0,
        alarm["id"],
    )
