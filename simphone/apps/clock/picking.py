"""The time picker of alarms and bedtime: one draft in the UI state, opened and answered in one way."""

from __future__ import annotations

from datetime import time

from simphone.apps.clock.state import shown
from simphone.core.app import Ctx, Json
from simphone.ui.view import Scalar
from simphone.widgets import nav, time_picker


def ask_time(ctx: Ctx, dialog: str, at: time, **args: Json) -> None:
    """Open the picker with a time; `args` tell its answer what the time is for."""
    shown(ctx)["time_draft"] = time_picker.draft(at.hour, at.minute, hours24=ctx.hours24)
    nav.open_dialog(ctx, dialog, **args)


def answer(ctx: Ctx, what: str, value: Scalar) -> tuple[time, dict[str, Json]] | None:
    """Apply a touch of the picker: the time and the `args` when it was confirmed, None otherwise."""
    draft = shown(ctx)["time_draft"]
    if draft is None:
        return None
    if what not in ("ok", "cancel"):
        shown(ctx)["time_draft"] = time_picker.touch(draft, what, value)
        return None
    args = nav.args(ctx)
    nav.close(ctx)
    shown(ctx)["time_draft"] = None
    return (time(draft["hour"], draft["minute"]), args) if what == "ok" else None
