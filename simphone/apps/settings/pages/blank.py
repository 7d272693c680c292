"""The page behind rows that this phone has nothing behind."""

from __future__ import annotations

from typing import Final

from simphone.apps.settings.model import Note, Page, Row
from simphone.core.app import Ctx
from simphone.widgets.nav import Entry


def _title(_ctx: Ctx, entry: Entry) -> str:
    return str(entry["args"].get("title", "Settings"))


def _rows(_ctx: Ctx, _entry: Entry) -> list[Row]:
    return [Note("There is nothing to set here on this phone.")]


PAGES: Final = (Page("blank", _title, _rows),)
