"""The editor of a task: what is to be done, and when to be told of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final, cast

from simphone.apps.calendar import editor, look, times
from simphone.apps.calendar.state import Task
from simphone.core.app import Ctx
from simphone.ui.view import Scalar, Scene, Window
from simphone.widgets import date_picker, nav, time_picker
from simphone.widgets.dialogs import Choice, list_dialog
from simphone.widgets.picking import picked


def draft(ctx: Ctx) -> Task:
    """The task of the open editor."""
    return cast(Task, editor.form(ctx)["draft"])


# --- views ----------------------------------------------------------------------------------------------------------
def page(ctx: Ctx, entry: nav.Entry) -> Scene:
    """All of a task."""
    colors, moment = look.theme(ctx), draft(ctx)["remind_at"]
    label = times.moment_text(ctx, moment) if moment else "Set notification"
    return editor.page(
        ctx,
        entry,
        editor.line(
            colors, "notifications", editor.field(colors, label, nav.ask("task_notification"), soft=moment is None)
        ),
        editor.rule(colors),
        hint="Task…",
    )


def notification_dialog(ctx: Ctx, entry: nav.Entry) -> Window:
    """A moment, or none."""
    choices = [Choice("Pick a date & time", ("task.date",))]
    if draft(ctx)["remind_at"]:
        choices.append(Choice("None", ("task.none",)))
    return list_dialog(look.theme(ctx), "Notification", choices, key=nav.key(entry, "list"))


def date_dialog(ctx: Ctx, entry: nav.Entry) -> Window:
    """The day of the notification."""
    return date_picker.date_picker(look.theme(ctx), entry["args"]["draft"], ("task.on_date",))


def time_dialog(ctx: Ctx, entry: nav.Entry) -> Window:
    """Then its time."""
    return time_picker.time_picker(look.theme(ctx), entry["args"]["draft"], ("task.on_time",))


# --- messages -------------------------------------------------------------------------------------------------------
def no_notification(ctx: Ctx) -> None:
    """None was chosen."""
    draft(ctx)["remind_at"] = None
    nav.close(ctx)


def pick_date(ctx: Ctx) -> None:
    """Pick a date & time: first the date."""
    nav.close(ctx)
    chosen, today = draft(ctx)["remind_at"], ctx.system.now().date()
    day = datetime.fromisoformat(chosen).date() if chosen else today
    nav.open_dialog(ctx, "task_date", draft=date_picker.draft(day, today))


def on_date(ctx: Ctx, what: str, value: Scalar = None) -> None:
    """A touch of the date picker; its OK leads to the time."""
    chosen = picked(ctx, date_picker.touch, what, value)
    if chosen is None:
        return
    moment = draft(ctx)["remind_at"]
    at = datetime.fromisoformat(moment) if moment else ctx.system.now().replace(minute=0) + timedelta(hours=1)
    opened = time_picker.draft(at.hour, at.minute, hours24=ctx.hours24)
    nav.open_dialog(ctx, "task_time", draft=opened, day=chosen["chosen"])


def on_time(ctx: Ctx, what: str, value: Scalar = None) -> None:
    """A touch of the time picker; what has passed is refused."""
    day = date.fromisoformat(nav.args(ctx)["day"])
    chosen = picked(ctx, time_picker.touch, what, value)
    if chosen is None:
        return
    moment = datetime(day.year, day.month, day.day, chosen["hour"], chosen["minute"])
    if moment <= ctx.system.now():
        ctx.system.toast("Pick a time in the future")
    else:
        draft(ctx)["remind_at"] = moment.isoformat(timespec="minutes")


DIALOGS: Final[dict[str, nav.DialogFn]] = {
    "task_notification": notification_dialog,
    "task_date": date_dialog,
    "task_time": time_dialog,
}
HANDLERS: Final[dict[str, nav.Handler]] = {
    "task.none": no_notification,
    "task.date": pick_date,
    "task.on_date": on_date,
    "task.on_time": on_time,
}
