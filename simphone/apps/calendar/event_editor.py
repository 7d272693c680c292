"""The editor of an event: when it is, who is told before, how it recurs."""

from __future__ import annotations

from datetime import date, time
from typing import Final, Literal, cast

from simphone.apps.calendar import editor, look, times
from simphone.apps.calendar.state import Event, Recurrence
from simphone.core.app import Ctx
from simphone.ui.view import Scalar, Scene, Theme, View, Window
from simphone.widgets import controls, date_picker, nav, time_picker
from simphone.widgets.box import row, space
from simphone.widgets.dialogs import Choice, choice_dialog
from simphone.widgets.picking import picked
from simphone.widgets.text import text

Edge = Literal["start", "end"]
NONE: Final = -1
"""In the notification dialog: no notification in this place."""
ADD: Final = -1
"""Place of a notification that is not there yet."""


def draft(ctx: Ctx) -> Event:
    """The event of the open editor."""
    return cast(Event, editor.form(ctx)["draft"])


# --- views ----------------------------------------------------------------------------------------------------------
def page(ctx: Ctx, entry: nav.Entry) -> Scene:
    """All of an event."""
    colors, event = look.theme(ctx), draft(ctx)
    return editor.page(
        ctx,
        entry,
        editor.line(colors, "clock", _all_day(colors, event["all_day"])),
        editor.line(colors, "", *_when(ctx, colors, event)),
        editor.rule(colors),
        *_notifications(colors, event["notifications"]),
        editor.rule(colors),
        editor.line(colors, "repeat", _recurrence(colors, event["recurrence"])),
        editor.rule(colors),
        hint="Event…",
    )


def _all_day(colors: Theme, on: bool) -> View:
    """One Switch as wide as the line, so that its label toggles it too."""
    track = controls.switch(colors, on)
    track.in_tree = False
    label = text(colors, times.ALL_DAY, size=16, in_tree=False, padding=(4, 0, 4, 0))
    toggle = row(label, space(weight=1.0), track, width=0, weight=1.0, height=editor.LINE)
    toggle.cls, toggle.text, toggle.id = controls.SWITCH, times.ALL_DAY, "all_day"
    toggle.checkable, toggle.checked, toggle.on_tap = True, on, ("event.all_day",)
    return toggle


def _when(ctx: Ctx, colors: Theme, event: Event) -> list[View]:
    """Date, start and end; an end before the start stands in red."""
    day = times.date_text(date.fromisoformat(event["date"]), ctx.system.now().date())
    shown = [editor.field(colors, day, ("event.date",), wide=False), space(weight=1.0)]
    if event["all_day"]:
        whole = text(colors, times.ALL_DAY, size=16, color=colors.on_surface_soft, padding=(4, 0, 4, 0))
        return [*shown, whole]
    start = editor.field(colors, times.time_text(ctx, event["start"]), ("event.time", "start"), wide=False)
    wrong = event["end"] < event["start"]
    end = editor.field(colors, times.time_text(ctx, event["end"]), ("event.time", "end"), wrong=wrong, wide=False)
    dash = text(colors, "–", size=16, color=colors.on_surface_soft, in_tree=False)
    return [*shown, start, dash, end]


def _notifications(colors: Theme, minutes: list[int]) -> list[View]:
    lines = [
        editor.field(colors, times.notification_text(value), ("event.notification", place))
        for place, value in enumerate(minutes)
    ]
    lines.append(editor.field(colors, "Add notification", ("event.notification", ADD), soft=True))
    return [editor.line(colors, "" if index else "notifications", each) for index, each in enumerate(lines)]


def _recurrence(colors: Theme, recurrence: Recurrence) -> View:
    label = times.RECURRENCES.get(recurrence, "Set recurrence")
    return editor.field(colors, label, ("event.recurrence",), soft=recurrence == "none")


def date_dialog(ctx: Ctx, entry: nav.Entry) -> Window:
    """The date of the event."""
    return date_picker.date_picker(look.theme(ctx), entry["args"]["draft"], ("event.on_date",))


def time_dialog(ctx: Ctx, entry: nav.Entry) -> Window:
    """Start or end of the event."""
    return time_picker.time_picker(look.theme(ctx), entry["args"]["draft"], ("event.on_time",))


def notification_dialog(ctx: Ctx, entry: nav.Entry) -> Window:
    """When to notify: one tap chooses and closes."""
    place, minutes = int(entry["args"]["place"]), draft(ctx)["notifications"]
    current = minutes[place] if place != ADD else None
    choices = [
        Choice(label, ("event.notify", value), checked=value == current) for value, label in times.NOTIFICATIONS.items()
    ]
    choices.append(Choice("None", ("event.notify", NONE)))
    return choice_dialog(look.theme(ctx), "Notification", choices, key=nav.key(entry, "list"))


def recurrence_dialog(ctx: Ctx, entry: nav.Entry) -> Window:
    """How the event recurs: one tap chooses and closes."""
    current = draft(ctx)["recurrence"]
    choices = [
        Choice(label, ("event.recur", value), checked=value == current) for value, label in times.RECURRENCES.items()
    ]
    if current != "none":
        choices.insert(0, Choice("Does not repeat", ("event.recur", "none")))
    return choice_dialog(look.theme(ctx), "Recurrence", choices, key=nav.key(entry, "list"))


# --- messages -------------------------------------------------------------------------------------------------------
def toggle_all_day(ctx: Ctx) -> None:
    """The switch; the times are kept for when it is switched off again."""
    draft(ctx)["all_day"] = not draft(ctx)["all_day"]


def pick_date(ctx: Ctx) -> None:
    """The date was tapped."""
    chosen = date.fromisoformat(draft(ctx)["date"])
    nav.open_dialog(ctx, "event_date", draft=date_picker.draft(chosen, ctx.system.now().date()))


def on_date(ctx: Ctx, what: str, value: Scalar = None) -> None:
    """A touch of the date picker."""
    chosen = picked(ctx, date_picker.touch, what, value)
    if chosen is not None:
        draft(ctx)["date"] = chosen["chosen"]


def pick_time(ctx: Ctx, edge: Edge) -> None:
    """Start or end was tapped."""
    at = time.fromisoformat(draft(ctx)[edge])
    opened = time_picker.draft(at.hour, at.minute, hours24=ctx.hours24)
    nav.open_dialog(ctx, "event_time", draft=opened, edge=edge)


def on_time(ctx: Ctx, what: str, value: Scalar = None) -> None:
    """A touch of the time picker. A new start moves the end with it."""
    edge, event = nav.args(ctx)["edge"], draft(ctx)
    chosen = picked(ctx, time_picker.touch, what, value)
    if chosen is None:
        return
    at = f"{chosen['hour']:02d}:{chosen['minute']:02d}"
    if edge == "end":
        event["end"] = at
    else:
        event["start"], event["end"] = times.moved(event, at)


def open_notification(ctx: Ctx, place: int) -> None:
    """A notification, or "Add notification", was tapped."""
    nav.open_dialog(ctx, "notification", place=place)


def notify(ctx: Ctx, minutes: int) -> None:
    """A choice of the notification dialog; no time is kept twice."""
    place, kept = int(nav.args(ctx)["place"]), draft(ctx)["notifications"]
    nav.close(ctx)
    if place == ADD:
        place = len(kept)
    rest = [*kept[:place], minutes, *kept[place + 1 :]]
    kept[:] = [value for at, value in enumerate(rest) if value != NONE and value not in rest[:at]]


def open_recurrence(ctx: Ctx) -> None:
    """The recurrence was tapped."""
    nav.open_dialog(ctx, "recurrence")


def recur(ctx: Ctx, recurrence: Recurrence) -> None:
    """A choice of the recurrence dialog."""
    draft(ctx)["recurrence"] = recurrence
    nav.close(ctx)


DIALOGS: Final[dict[str, nav.DialogFn]] = {
    "event_date": date_dialog,
    "event_time": time_dialog,
    "notification": notification_dialog,
    "recurrence": recurrence_dialog,
}
HANDLERS: Final[dict[str, nav.Handler]] = {
    "event.all_day": toggle_all_day,
    "event.date": pick_date,
    "event.on_date": on_date,
    "event.time": pick_time,
    "event.on_time": on_time,
    "event.notification": open_notification,
    "event.notify": notify,
    "event.recurrence": open_recurrence,
    "event.recur": recur,
}
