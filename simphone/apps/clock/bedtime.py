"""The Bedtime tab: the schedule with its two sheets, above the sleep sounds."""

from __future__ import annotations

from datetime import time
from typing import Final

from simphone.apps.clock import look, sleep_sounds, times
from simphone.apps.clock.alarm_page import day_circle
from simphone.apps.clock.frame import tab_page
from simphone.apps.clock.picking import answer, ask_time
from simphone.apps.clock.state import WEEK, Bedtime, Day, saved, shown
from simphone.core.app import Ctx
from simphone.ui.view import Paint, Scalar, Scene, Theme, View, Window
from simphone.widgets import nav, time_picker
from simphone.widgets.box import column, row, space
from simphone.widgets.buttons import icon_button
from simphone.widgets.card import card
from simphone.widgets.controls import switch
from simphone.widgets.image import icon
from simphone.widgets.menus import bottom_sheet
from simphone.widgets.rows import check_row, list_row
from simphone.widgets.text import text

STEP_MINUTES: Final = 15
REMINDERS: Final = (0, 15, 30, 45, 60)
WAKE_UP: Final = "wake_up"
BEDTIME: Final = "bedtime"


# --- messages -------------------------------------------------------------------------------------------------------


def _time(bedtime: Bedtime, which: str) -> time:
    return times.parse(bedtime["wake_up"] if which == WAKE_UP else bedtime["bedtime"])


def _set_time(ctx: Ctx, which: str, value: str) -> None:
    bedtime = saved(ctx)["bedtime"]
    if which == WAKE_UP:
        bedtime["wake_up"] = value
    else:
        bedtime["bedtime"] = value


def shift(ctx: Ctx, which: str, minutes: int) -> None:
    """A quarter of an hour earlier or later."""
    at = _time(saved(ctx)["bedtime"], which)
    total = (at.hour * 60 + at.minute + minutes) % (24 * 60)
    _set_time(ctx, which, times.plain(total // 60, total % 60))


def pick(ctx: Ctx, which: str) -> None:
    """The time in a sheet was tapped."""
    ask_time(ctx, "bedtime_time", _time(saved(ctx)["bedtime"], which), which=which)


def on_time(ctx: Ctx, what: str, value: Scalar = None) -> None:
    """A touch of the time picker."""
    answered = answer(ctx, what, value)
    if answered is not None:
        at, args = answered
        _set_time(ctx, args["which"], times.plain(at.hour, at.minute))


def toggle_day(ctx: Ctx, day: Day) -> None:
    """A day of the schedule."""
    bedtime = saved(ctx)["bedtime"]
    picked = set(bedtime["days"]) ^ {day}
    bedtime["days"] = [one for one in WEEK if one in picked]
    if not picked:
        bedtime["wake_up_alarm"] = bedtime["reminder_on"] = False


def toggle_main(ctx: Ctx, which: str) -> None:
    """The switch of a sheet: wake-up alarm, or bedtime notification. Both need a day to work on."""
    bedtime = saved(ctx)["bedtime"]
    if not bedtime["days"]:
        bedtime["days"] = list(WEEK)
    if which == WAKE_UP:
        bedtime["wake_up_alarm"] = not bedtime["wake_up_alarm"]
    else:
        bedtime["reminder_on"] = not bedtime["reminder_on"]


def toggle_sunrise(ctx: Ctx) -> None:
    """Sunrise alarm."""
    saved(ctx)["bedtime"]["sunrise"] = not saved(ctx)["bedtime"]["sunrise"]


def toggle_vibrate(ctx: Ctx) -> None:
    """Vibration of the wake-up alarm."""
    saved(ctx)["bedtime"]["vibrate"] = not saved(ctx)["bedtime"]["vibrate"]


def set_reminder(ctx: Ctx, minutes: int) -> None:
    """How long before bedtime the notification comes."""
    saved(ctx)["bedtime"]["reminder"] = minutes
    nav.close(ctx)


def open_ringtones(ctx: Ctx) -> None:
    """The sound of the wake-up alarm."""
    nav.close_all(ctx)
    nav.push(ctx, "ringtones", use="bedtime")


# --- the tab --------------------------------------------------------------------------------------------------------
def page(ctx: Ctx) -> Scene:
    """The tab."""
    theme = look.theme(ctx)
    content = column(
        _schedule(ctx, theme), sleep_sounds.summary(ctx, theme), in_tree=False, padding=(16, 8, 16, 16), gap=12
    )
    return tab_page(ctx, content)


def _schedule(ctx: Ctx, theme: Theme) -> View:
    bedtime = saved(ctx)["bedtime"]
    start = saved(ctx)["settings"]["week_start"]
    days = times.days_text(bedtime["days"], start) if bedtime["days"] else "No days selected"
    return card(
        theme,
        row(
            text(theme, "Schedule", size=18, id="schedule_title"),
            space(weight=1.0),
            text(theme, days, size=14, color=theme.on_surface_soft, id="schedule_days"),
            in_tree=False,
        ),
        row(
            _end(ctx, theme, BEDTIME, "BEDTIME", "bedtime_clock"),
            _end(ctx, theme, WAKE_UP, "WAKE-UP", "wake_clock"),
            in_tree=False,
            margin=(0, 16, 0, 12),
        ),
        row(
            icon(theme, "bed", size=20, in_tree=False),
            text(theme, _duration(bedtime), size=14, color=theme.on_surface_soft, id="sleep_duration"),
            in_tree=False,
            gap=12,
        ),
        id="card_view",
        focusable=True,
        radius=26,
        padding=(20, 18, 20, 18),
    )


def _end(ctx: Ctx, theme: Theme, which: str, caption: str, name: str) -> View:
    at = _time(saved(ctx)["bedtime"], which)
    open_sheet = nav.ask("bedtime_sheet", which=which)
    return column(
        text(theme, caption, size=12, font="medium", color=theme.on_surface_soft),
        look.clock(
            ctx, at, size=40, color=theme.primary, desc=_spoken(ctx, which, at), id=name, on_tap=open_sheet, height=56
        ),
        in_tree=False,
        width=0,
        weight=1.0,
    )


def _spoken(ctx: Ctx, which: str, at: time) -> str:
    return f"{'Wake-up' if which == WAKE_UP else 'Bedtime'} {times.clock_text(ctx, at)}"


def _duration(bedtime: Bedtime) -> str:
    """8 hr, 7 hr 45 min: from bedtime to wake-up."""
    start, end = _time(bedtime, BEDTIME), _time(bedtime, WAKE_UP)
    minutes = ((end.hour - start.hour) * 60 + end.minute - start.minute) % (24 * 60)
    return f"{minutes // 60} hr {minutes % 60} min" if minutes % 60 else f"{minutes // 60} hr"


# --- sheets ---------------------------------------------------------------------------------------------------------
def sheet(ctx: Ctx, entry: nav.Entry) -> Window:
    """The sheet of bedtime or of wake-up. Every change counts at once; back and a tap beside it only close it."""
    theme, which = look.theme(ctx), entry["args"]["which"]
    bedtime = saved(ctx)["bedtime"]
    wake = which == WAKE_UP
    at = _time(bedtime, which)
    steps = [
        icon_button(
            theme,
            sign,
            f"Fifteen minutes {way}",
            ("bedtime.shift", which, minutes),
            id=name,
            width=56,
            height=56,
            color=theme.on_surface,
            paint=Paint(fill=theme.divider, radius=28),
        )
        for sign, way, minutes, name in (
            ("remove", "earlier", -STEP_MINUTES, "minus_button"),
            ("add", "later", STEP_MINUTES, "plus_button"),
        )
    ]
    target = look.clock(
        ctx,
        at,
        size=52,
        color=theme.primary,
        desc=_spoken(ctx, which, at),
        id="target_clock",
        on_tap=("bedtime.pick", which),
        height=72,
    )
    return bottom_sheet(
        theme,
        column(
            text(theme, "Set wake-up" if wake else "Set bedtime", size=20, id="dialog_title", self_halign="center"),
            row(steps[0], space(weight=1.0), target, space(weight=1.0), steps[1], in_tree=False, height=104),
            _days(ctx, theme, bedtime),
            _main_switch(theme, bedtime, which),
            *(_wake_rows(theme, bedtime) if wake else _bed_rows(theme, bedtime)),
            id="bedtime_dialog_layout",
            padding=(24, 4, 24, 40),
        ),
        title="Wake-up" if wake else "Bedtime",
    )


def _days(ctx: Ctx, theme: Theme, bedtime: Bedtime) -> View:
    """Focusable, as in the real app: dumps keep its boxes apart from the sheet's switch."""
    week = times.week_from(saved(ctx)["settings"]["week_start"])
    boxes = [
        day_circle(theme, day, day in bedtime["days"], ("bedtime.day", day), name=f"day_button_{index}")
        for index, day in enumerate(week)
    ]
    return row(*boxes, id="days_of_week", focusable=True, height=56)


def _main_switch(theme: Theme, bedtime: Bedtime, which: str) -> View:
    wake = which == WAKE_UP
    label = "Wake-up alarm" if wake else "Reminder notification"
    on = bedtime["wake_up_alarm"] if wake else bedtime["reminder_on"]
    return row(
        text(theme, label, size=16, id="toggle_title", width=0, weight=1.0),
        switch(theme, on, ("bedtime.toggle", which), id="toggle_switch"),
        in_tree=False,
        height=56,
        on_tap=("bedtime.toggle", which),
    )


_TIGHT: Final = (0.0, 8.0, 0.0, 8.0)


def _wake_rows(theme: Theme, bedtime: Bedtime) -> list[View]:
    return [
        check_row(
            theme,
            "Sunrise alarm",
            "Slowly brighten the screen before the alarm",
            on=bedtime["sunrise"],
            toggle=("bedtime.sunrise",),
            padding=_TIGHT,
            id="preference_sunrise",
        ),
        list_row(
            theme, "Sound", bedtime["ringtone"], on_tap=("bedtime.ringtone",), padding=_TIGHT, id="preference_ringtone"
        ),
        check_row(
            theme,
            "Vibrate",
            on=bedtime["vibrate"],
            toggle=("bedtime.vibrate",),
            padding=_TIGHT,
            id="preference_vibrate",
        ),
    ]


def reminder_text(minutes: int) -> str:
    """15 minutes before bedtime."""
    return f"{minutes} minutes before bedtime" if minutes else "At bedtime"


def _bed_rows(theme: Theme, bedtime: Bedtime) -> list[View]:
    return [
        list_row(
            theme,
            "Reminder time",
            reminder_text(bedtime["reminder"]),
            on_tap=nav.ask("bedtime_reminder"),
            padding=_TIGHT,
            id="preference_reminder",
        )
    ]


def time_dialog(ctx: Ctx, _entry: nav.Entry) -> Window:
    """The time picker above a sheet."""
    draft = shown(ctx)["time_draft"]
    if draft is None:
        raise LookupError("a time dialog without a draft")
    return time_picker.time_picker(look.theme(ctx), draft, ("bedtime.on_time",))
