"""default.realm, as far as text tools over adb can read it.

The real app keeps its data in a Realm file, a binary format without a public reader on the phone. This one has the
24-byte header of such files (two references, the mark T-DB, the file format, flags; realm-core's alloc_slab.hpp) and
after it the names of tables and columns and then the texts of what is saved, each ended by a zero byte, as Realm's long
strings are: enough for `strings` and `grep`, no more. Mind that `name` and `note` are found in an empty file too.
"""

from __future__ import annotations

import struct
from typing import Final

from simphone.apps.calendar.state import saved
from simphone.core.app import Ctx

PATH: Final = "/data/data/com.skuld.calendario/files/default.realm"
_FORMAT: Final = 22
_SCHEMA: Final = (
    "metadata", "class_Event", "id", "name", "date", "startTime", "endTime", "allDay", "notifications", "recurrence",
    "note", "class_Task", "dateTime", "done",
)  # fmt: skip


def image(ctx: Ctx) -> bytes:
    """The file's bytes."""
    data = saved(ctx)
    texts = [*_SCHEMA]
    for event in data["events"]:
        times = "" if event["all_day"] else f"{event['start']}-{event['end']}"
        texts += [event["title"], event["date"], times, event["recurrence"], event["note"]]
    for task in data["tasks"]:
        texts += [task["title"], task["remind_at"] or "", task["note"]]
    body = b"".join(text.encode() + b"\0" for text in texts if text)
    top = 24 + len(body)
    return struct.pack("<QQ4sBBBB", top, 0, b"T-DB", _FORMAT, _FORMAT, 0, 0) + body
