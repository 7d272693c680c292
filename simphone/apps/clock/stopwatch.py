"""The Stopwatch tab."""

from __future__ import annotations

from typing import Final

from simphone.apps.clock import look, times
from simphone.apps.clock.frame import FAB_ROOM, main_button, side_button, tab_page
from simphone.apps.clock.state import saved
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, Picture, Scene, Theme, View
from simphone.widgets.box import GROUP, RECYCLER, column, frame, row, scroll_column, space
from simphone.widgets.text import text

MOST_LAPS: Final = 99
_CIRCLE: Final = 280.0


def elapsed_ms(ctx: Ctx) -> int:
    """The time on the stopwatch."""
    watch = saved(ctx)["stopwatch"]
    running = 0 if watch["since"] is None else ctx.system.epoch_ms() - watch["since"]
    return watch["before_ms"] + running


def toggle(ctx: Ctx) -> None:
    """Start, or pause."""
    watch = saved(ctx)["stopwatch"]
    if watch["since"] is None:
        watch["since"] = ctx.system.epoch_ms()
    else:
        watch["before_ms"], watch["since"] = elapsed_ms(ctx), None


def reset(ctx: Ctx) -> None:
    """Back to zero, no laps."""
    saved(ctx)["stopwatch"] = {"since": None, "before_ms": 0, "laps": []}


def lap(ctx: Ctx) -> None:
    """Note the time since the last lap."""
    laps = saved(ctx)["stopwatch"]["laps"]
    if len(laps) < MOST_LAPS:
        laps.append(elapsed_ms(ctx) - sum(laps))


def _parts(ms: int) -> tuple[str, str]:
    """Minutes and seconds (with hours once there are any), and hundredths."""
    seconds, hundredths = ms // 1000, ms // 10 % 100
    minutes, hours = seconds // 60 % 60, seconds // 3600
    if hours:
        return f"{hours}:{minutes:02d}:{seconds % 60:02d}", f"{hundredths:02d}"
    return (f"{minutes}:{seconds % 60:02d}" if minutes else f"{seconds % 60:02d}"), f"{hundredths:02d}"


def page(ctx: Ctx) -> Scene:
    """The tab."""
    theme, watch = look.theme(ctx), saved(ctx)["stopwatch"]
    ms, running = elapsed_ms(ctx), watch["since"] is not None
    content = column(
        _circle(theme, ms, watch["laps"]), _laps(theme, ms, watch["laps"]), cls=GROUP, height=MATCH, halign="center"
    )
    beside = (
        (None, None)
        if not ms and not running
        else (
            side_button(ctx, "refresh", "Reset", ("watch.reset",)),
            side_button(ctx, "timer", "Lap", ("watch.lap",)) if running else None,
        )
    )
    button = main_button(
        ctx,
        "pause" if running else "play",
        "Pause" if running else "Start",
        ("watch.toggle",),
        round_=not running,
    )
    return tab_page(ctx, content, button=button, beside=beside)


def _circle(theme: Theme, ms: int, laps: list[int]) -> View:
    """The time in a ring, which fills while a lap is as long as the first one."""
    share = (ms - sum(laps)) / laps[0] if laps and laps[0] else 0.0
    arc = Picture("shape", "ring", theme.primary, 0.0, (round(min(share, 1.0), 4), theme.divider, 0.03))
    whole, hundredths = _parts(ms)
    digits = row(
        text(
            theme,
            whole,
            size=64,
            font="light",
            id="stopwatch_time_text",
            color=theme.primary,
            desc=times.spoken_length(ms // 1000),
        ),
        text(theme, hundredths, size=32, id="stopwatch_hundredths_text", color=theme.primary, padding=(6, 0, 0, 8)),
        id="stopwatch_time_wrapper",
        width=-2.0,
        valign="bottom",
        self_halign="center",
        self_valign="center",
    )
    size = _CIRCLE - 60 if laps else _CIRCLE
    ring = View(in_tree=False, width=size, height=size, picture=arc)
    return frame(ring, digits, id="stopwatch_circle", width=size, height=size, margin=(0, 12 if laps else 56, 0, 16))


def _laps(theme: Theme, ms: int, laps: list[int]) -> View | None:
    """Newest first: number, time of the lap, time in all; above them the lap that is being run."""
    if not laps:
        return None
    entries = [*laps, ms - sum(laps)]
    rows = [_lap(theme, number, entries) for number in range(len(entries), 0, -1)]
    return scroll_column("laps", *rows, space(height=FAB_ROOM), cls=RECYCLER, id="laps_list", focusable=True)


def _lap(theme: Theme, number: int, entries: list[int]) -> View:
    def shown(ms: int) -> str:
        return ".".join(_parts(ms))

    soft = theme.on_surface_soft
    return row(
        text(theme, f"# {number}", size=16, color=soft, id="lap_number", width=72),
        text(theme, shown(entries[number - 1]), size=16, id="lap_time", width=0, weight=1.0, align="center"),
        text(theme, shown(sum(entries[:number])), size=16, color=soft, id="lap_total", width=96, align="end"),
        height=44,
        padding=(48, 0, 48, 0),
    )
