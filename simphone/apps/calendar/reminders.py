"""Notifications of events and tasks whose time has come."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from simphone.apps.calendar import times
from simphone.apps.calendar.state import Event, Kind, saved, shown
from simphone.core.app import Ctx


def moments(event: Event, day: date) -> list[datetime]:
    """When an event of a day is notified; an all-day event begins at midnight."""
    start = datetime.fromisoformat(f"{day.isoformat()}T{'00:00' if event['all_day'] else event['start']}")
    return [start - timedelta(minutes=minutes) for minutes in event["notifications"]]


def tell(ctx: Ctx) -> None:
    """Notify of what came due since the last time."""
    ui, now = shown(ctx), ctx.system.now()
    since = datetime.fromisoformat(ui["seen"])
    ui["seen"] = now.isoformat()
    if since >= now:
        return
    for event in saved(ctx)["events"]:
        for day in (now.date(), now.date() + timedelta(days=1)):
            due = times.occurs(event, day) and any(since < moment <= now for moment in moments(event, day))
            if due:
                text = f"{times.date_text(day, now.date())}, {times.span_text(ctx, event)}"
                _notify(ctx, "event", event["id"], event["title"], text)
    for task in saved(ctx)["tasks"]:
        moment = task["remind_at"]
        if moment and not task["done"] and since < datetime.fromisoformat(moment) <= now:
            _notify(ctx, "task", task["id"], task["title"], times.moment_text(ctx, moment))


def _notify(ctx: Ctx, kind: Kind, number: int, title: str, text: str) -> None:
    ctx.system.notify(f"{kind}:{number}", title or times.NO_TITLE, text, data=f"{kind}:{number}")
