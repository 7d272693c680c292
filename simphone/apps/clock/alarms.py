"""Alarms: what happens to them. Their page is alarm_page, their database alarm_db."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final

from simphone.apps.clock import times
from simphone.apps.clock.picking import answer, ask_time
from simphone.apps.clock.state import WEEK, Alarm, Day, new_alarm, saved, shown
from simphone.core.app import Ctx
from simphone.ui.view import Scalar
from simphone.widgets import date_picker, nav

LIST: Final = "alarms"
"""Key of the list's scroller."""
CARD_GAP: Final = 8.0
LONGEST_LABEL: Final = 200
NEXT_ALARM: Final = "next_alarm_formatted"
"""System setting in which Android keeps the next alarm as text."""


def find(ctx: Ctx, number: int) -> Alarm:
    """The alarm with an id (LookupError when it is gone)."""
    for alarm in saved(ctx)["alarms"]:
        if alarm["id"] == number:
            return alarm
    raise LookupError(f"no alarm {number}")


def card_key(number: int) -> str:
    """Name of an alarm's card for scrolling."""
    return f"alarm:{number}"


# --- when they ring -------------------------------------------------------------------------------------------------
def _silent(alarm: Alarm, day: date) -> bool:
    paused = alarm["paused"]
    return paused is not None and paused[0] <= day.isoformat() <= paused[1]


def next_ring(alarm: Alarm, now: datetime) -> datetime | None:
    """The next moment at which an alarm rings; None while it is off."""
    if not alarm["enabled"]:
        return None
    at = times.parse(alarm["time"])
    if not alarm["days"]:
        return datetime.combine(date.fromisoformat(alarm["due"]), at) if alarm["due"] else None
    day = times.next_at(now, at)
    while WEEK[day.weekday()] not in alarm["days"] or _silent(alarm, day.date()):
        day += timedelta(days=1)
    return day


def _wake_up(ctx: Ctx) -> datetime | None:
    """The next wake-up alarm of the bedtime schedule."""
    bedtime = saved(ctx)["bedtime"]
    if not bedtime["wake_up_alarm"]:
        return None
    alarm = new_alarm(0, bedtime["wake_up"], enabled=True, days=bedtime["days"])
    return next_ring(schedule(alarm, ctx.system.now()), ctx.system.now())


def announce(ctx: Ctx) -> None:
    """Keep Android's text of the next alarm (Fri 4:00 PM; no hair space here) up to date."""
    now = ctx.system.now()
    rings = [next_ring(alarm, now) for alarm in saved(ctx)["alarms"]] + [_wake_up(ctx)]
    coming = sorted(moment for moment in rings if moment is not None)
    value = ""
    if coming:
        digits, period = times.split(ctx, coming[0].time())
        value = f"{times.SHORT[WEEK[coming[0].weekday()]]} {digits} {period}".rstrip()
    if ctx.system.setting("system", NEXT_ALARM) != value:
        ctx.system.put_setting("system", NEXT_ALARM, value)


def ring(ctx: Ctx, elapsed: timedelta) -> None:
    """Tell, by a notification, of alarms that came due within the time elapsed."""
    now = ctx.system.now()
    for alarm in saved(ctx)["alarms"]:
        moment = next_ring(alarm, now - elapsed)
        if moment is not None and now - elapsed < moment <= now:
            text = f"{times.SHORT[WEEK[moment.weekday()]]} {times.clock_text(ctx, moment.time())}"
            ctx.system.notify(card_key(alarm["id"]), alarm["label"] or "Alarm", text)


def expire(ctx: Ctx) -> None:
    """Switch off one-shot alarms whose moment is over, and forget pauses that have ended."""
    now = ctx.system.now()
    for alarm in saved(ctx)["alarms"]:
        ring = next_ring(alarm, now)
        if not alarm["days"] and ring is not None and ring <= now:
            alarm["enabled"], alarm["due"] = False, None
        if alarm["paused"] and alarm["paused"][1] < now.date().isoformat():
            alarm["paused"] = None


def schedule(alarm: Alarm, now: datetime) -> Alarm:
    """Give an alarm the due date that its time and days ask for."""
    one_shot = alarm["enabled"] and not alarm["days"]
    alarm["due"] = times.next_at(now, times.parse(alarm["time"])).date().isoformat() if one_shot else None
    return alarm


def summary(ctx: Ctx, alarm: Alarm, *, full: bool = False) -> str:
    """What the card says about days: Mon, Tue - Every day - Today - Tomorrow - Sat, May 18 - Not scheduled."""
    if alarm["days"]:
        return times.days_text(alarm["days"], saved(ctx)["settings"]["week_start"], full=full)
    if alarm["due"] is None:
        return "Not scheduled"
    due, today = date.fromisoformat(alarm["due"]), ctx.system.now().date()
    ahead = (due - today).days
    return ("Today", "Tomorrow")[ahead] if ahead in (0, 1) else times.date_text(due)


# --- what the user does ---------------------------------------------------------------------------------------------
def _changed(ctx: Ctx, alarm: Alarm, *, on: bool) -> None:
    """After a change that decides when the alarm rings."""
    alarm["enabled"] = on
    schedule(alarm, ctx.system.now())
    saved(ctx)["alarms"].sort(key=lambda one: (one["time"], one["id"]))
    ring = next_ring(alarm, ctx.system.now())
    if ring is not None:
        minutes = -(-(ring - ctx.system.now()) // timedelta(minutes=1))
        ctx.system.toast(f"Alarm set for {times.until_text(minutes)} from now.")


def add(ctx: Ctx, hour: int, minute: int, *, label: str = "", days: list[Day] | None = None) -> Alarm:
    """A new alarm, on, expanded."""
    alarms = saved(ctx)["alarms"]
    number = max((alarm["id"] for alarm in alarms), default=0) + 1
    alarm = new_alarm(number, times.plain(hour, minute), label=label, days=days or [])
    alarms.append(alarm)
    _changed(ctx, alarm, on=True)
    expand(ctx, alarm["id"])
    return alarm


def expand(ctx: Ctx, number: int) -> None:
    """Open a card, and bring it to the top of the list."""
    shown(ctx)["expanded"] = number
    ctx.system.scroll_to(LIST, card_key(number), CARD_GAP)


def collapse(ctx: Ctx, _number: int) -> None:
    """Close the open card."""
    shown(ctx)["expanded"] = None


def toggle(ctx: Ctx, number: int) -> None:
    """The switch of a card."""
    alarm = find(ctx, number)
    _changed(ctx, alarm, on=not alarm["enabled"])


def toggle_day(ctx: Ctx, number: int, day: Day) -> None:
    """A day button. A changed repetition switches the alarm on, as a changed time does."""
    alarm = find(ctx, number)
    picked = set(alarm["days"]) ^ {day}
    alarm["days"] = [one for one in WEEK if one in picked]
    if not alarm["days"]:
        alarm["paused"] = None
    _changed(ctx, alarm, on=True)


def toggle_vibrate(ctx: Ctx, number: int) -> None:
    """The Vibrate box."""
    alarm = find(ctx, number)
    alarm["vibrate"] = not alarm["vibrate"]


def delete(ctx: Ctx, number: int) -> None:
    """Remove an alarm; the snackbar offers to undo it."""
    alarm = find(ctx, number)
    saved(ctx)["alarms"].remove(alarm)
    ui = shown(ctx)
    ui["deleted"] = alarm
    if ui["expanded"] == number:
        ui["expanded"] = None
    nav.snack(ctx, "Alarm deleted", "Undo", ("alarm.undelete",))


def undelete(ctx: Ctx) -> None:
    """Bring the last deleted alarm back."""
    alarm = shown(ctx)["deleted"]
    if alarm is None:
        return
    shown(ctx)["deleted"] = None
    saved(ctx)["alarms"].append(alarm)
    saved(ctx)["alarms"].sort(key=lambda one: (one["time"], one["id"]))


# --- label ----------------------------------------------------------------------------------------------------------
def edit_label(ctx: Ctx, number: int) -> None:
    """Open the label dialog."""
    nav.open_dialog(ctx, "alarm_label", alarm=number, value=find(ctx, number)["label"])


def save_label(ctx: Ctx) -> None:
    """OK, or Enter, in the label dialog."""
    draft = nav.args(ctx)
    find(ctx, draft["alarm"])["label"] = draft["value"].strip()[:LONGEST_LABEL]
    nav.close(ctx)


# --- time -----------------------------------------------------------------------------------------------------------
def pick_new(ctx: Ctx) -> None:
    """Add alarm: the picker opens on the next full hour."""
    ask_time(ctx, "alarm_time", time((ctx.system.now().hour + 1) % 24), alarm=0)


def pick_time(ctx: Ctx, number: int) -> None:
    """The time of a card was tapped."""
    ask_time(ctx, "alarm_time", times.parse(find(ctx, number)["time"]), alarm=number)


def on_time(ctx: Ctx, what: str, value: Scalar = None) -> None:
    """A touch of the picker. `alarm` 0 stands for the one to be made."""
    answered = answer(ctx, what, value)
    if answered is None:
        return
    at, number = answered[0], answered[1]["alarm"]
    if number == 0:
        add(ctx, at.hour, at.minute)
        return
    alarm = find(ctx, number)
    alarm["time"] = times.plain(at.hour, at.minute)
    _changed(ctx, alarm, on=True)
    expand(ctx, number)


# --- dates ----------------------------------------------------------------------------------------------------------
def pick_date(ctx: Ctx, number: int) -> None:
    """Schedule alarm (one-shot), or Pause alarm (repeating: the first, then the last day of silence)."""
    alarm, now = find(ctx, number), ctx.system.now()
    if alarm["paused"]:
        alarm["paused"] = None
        return
    first = date.fromisoformat(alarm["due"]) if alarm["due"] else times.next_at(now, times.parse(alarm["time"])).date()
    shown(ctx)["date_draft"] = date_picker.draft(first, now.date())
    nav.open_dialog(ctx, "alarm_date", alarm=number, first="")


def on_date(ctx: Ctx, what: str, value: Scalar = None) -> None:
    """A touch of the date picker."""
    draft = shown(ctx)["date_draft"]
    if draft is None:
        return
    if what not in ("ok", "cancel"):
        shown(ctx)["date_draft"] = date_picker.touch(draft, what, value)
        return
    args = nav.args(ctx)
    alarm = find(ctx, args["alarm"])
    if what == "ok" and alarm["days"] and not args["first"]:
        args["first"] = draft["chosen"]
        return
    nav.close(ctx)
    shown(ctx)["date_draft"] = None
    if what == "ok":
        _dated(ctx, alarm, args["first"], draft["chosen"])


def _dated(ctx: Ctx, alarm: Alarm, first: str, chosen: str) -> None:
    if alarm["days"]:
        alarm["paused"] = sorted((first, chosen))
        return
    moment = datetime.combine(date.fromisoformat(chosen), times.parse(alarm["time"]))
    if moment <= ctx.system.now():
        ctx.system.toast("Choose a date in the future.")
        return
    alarm["enabled"], alarm["due"] = True, chosen
