"""When something was said or somebody called, as lists write it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from simphone.core.app import Ctx, Json
from simphone.core.dates import short_date

_LAST_MS = 250_000_000_000_000
"""Late in the 99th century, before the calendar ends."""


def whole(value: Json) -> int:
    """A number of a provider's row, into which anybody may have written anything; 0 for what is none."""
    text = str(value)[:20]
    return int(text) if text.lstrip("-").isascii() and text.lstrip("-").isdigit() and text.count("-") < 2 else 0


def moment(ctx: Ctx, epoch_ms: int) -> datetime:
    """Local time (naive) of an instant."""
    offset = ctx.system.zone_offset(ctx.system.state["clock"]["zone"])
    return (datetime.fromtimestamp(min(max(epoch_ms, 0), _LAST_MS) / 1000, UTC) + timedelta(seconds=offset)).replace(
        tzinfo=None
    )


def when(ctx: Ctx, epoch_ms: int) -> str:
    """12:05 PM for today, Thu, May 9 for before."""
    at = moment(ctx, epoch_ms)
    if at.date() != ctx.system.now().date():
        return short_date(at.date())
    if ctx.system.setting("system", "time_12_24", "12") == "24":
        return f"{at:%H:%M}"
    return f"{at.hour % 12 or 12}:{at.minute:02d} {'AM' if at.hour < 12 else 'PM'}"


def length(ms: int) -> str:
    """A duration as 00:05, or 1:02:03."""
    seconds = max(0, ms) // 1000
    hours, minutes = seconds // 3600, seconds // 60 % 60
    return f"{hours}:{minutes:02d}:{seconds % 60:02d}" if hours else f"{minutes:02d}:{seconds % 60:02d}"
