"""The first screen: three tabs over the bottom bar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final

from simphone.apps.calendar import look, month, times
from simphone.apps.calendar.state import Kind, Tab, Task, saved, shown
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, Scene, Theme, View
from simphone.widgets import nav
from simphone.widgets.bottom_nav import HEIGHT, Destination, bottom_nav
from simphone.widgets.box import column, frame, list_view, row, space
from simphone.widgets.buttons import icon_button
from simphone.widgets.controls import checkbox
from simphone.widgets.fab import fab
from simphone.widgets.feedback import empty_state
from simphone.widgets.image import icon
from simphone.widgets.text import text

FAB_ROOM: Final = 88.0
"""What lists leave free at their end for the floating button."""
SNACKBAR_ABOVE: Final = HEIGHT + FAB_ROOM
TITLES: Final[dict[Tab, str]] = {"tasks": "Tasks", "calendar": "Calendar", "events": "Events"}
_ICONS: Final[dict[Tab, str]] = {"tasks": "task", "calendar": "calendar", "events": "event"}


def home(ctx: Ctx, _entry: nav.Entry) -> Scene:
    """The tab the user is on."""
    colors, tab = look.theme(ctx), shown(ctx)["tab"]
    entries = [Destination(TITLES[each], _ICONS[each], f"tab_{each}", ("tab", each)) for each in TITLES]
    root = column(_TABS[tab](ctx, colors), bottom_nav(colors, entries, list(TITLES).index(tab)), height=MATCH)
    return replace(nav.page(colors, root), nav_bar=colors.surface)


def _page(colors: Theme, header: View, body: View, kind: Kind | None) -> View:
    """A header over a body, and the floating button that makes a new event or task."""
    button = (
        fab(
            colors,
            "add",
            f"New {kind}",
            ("edit.new", kind),
            fill=colors.primary,
            color=colors.on_primary,
            self_halign="end",
            self_valign="bottom",
            margin=(0, 0, 16, 16),
        )
        if kind
        else None
    )
    content = frame(column(header, body, in_tree=False, height=MATCH), button, in_tree=False, width=MATCH, height=0)
    return replace(content, weight=1.0)


def _title(colors: Theme, value: str) -> View:
    heading = text(colors, value, size=22, font="bold", id="title")
    return row(heading, in_tree=False, height=56, padding=(20, 0, 20, 0))


def _calendar(ctx: Ctx, colors: Theme) -> View:
    ui = shown(ctx)
    day, today = date.fromisoformat(ui["selected"]), ctx.system.now().date()
    shown_month = date.fromisoformat(ui["month"])
    header = column(
        row(
            month.title(colors, shown_month),
            space(weight=1.0),
            icon_button(colors, "today", "Go to today", ("month.today",)),
            icon_button(colors, "chevron_left", "Previous month", ("month.turn", -1)),
            icon_button(colors, "chevron_right", "Next month", ("month.turn", 1)),
            in_tree=False,
            height=56,
            padding=(8, 0, 8, 0),
        ),
        *month.grid(colors, shown_month, day, today, saved(ctx)["events"]),
        in_tree=False,
        padding=(0, 0, 0, 8),
    )
    found = times.on_day(saved(ctx)["events"], day)
    if found:
        cards = [look.event_card(ctx, event, day) for event in found]
        body = list_view(f"day.{ui['selected']}", *cards, space(height=FAB_ROOM))
    else:
        body = column(
            text(colors, "No events", size=15, color=colors.on_surface_soft, margin=(0, 36, 0, 0)),
            in_tree=False,
            height=0,
            weight=1.0,
            halign="center",
        )
    return _page(colors, header, body, "event")


def _events(ctx: Ctx, colors: Theme) -> View:
    found = times.coming(saved(ctx)["events"], ctx.system.now().date())
    title = _title(colors, "Events")
    if not found:
        nothing = empty_state(
            colors, "No upcoming events", icon_name="event", action="New event", on_action=("edit.new", "event")
        )
        return _page(colors, title, nothing, None)
    cards = [look.event_card(ctx, event, day) for day, event in found]
    return _page(colors, title, list_view("events", *cards, space(height=FAB_ROOM)), "event")


def _tasks(ctx: Ctx, colors: Theme) -> View:
    stored = saved(ctx)["tasks"]
    title = _title(colors, "Tasks")
    if not stored:
        nothing = empty_state(
            colors, "Nothing to do", icon_name="task", action="New task", on_action=("edit.new", "task")
        )
        return _page(colors, title, nothing, None)
    cards = [_task_card(ctx, colors, task) for task in sorted(stored, key=lambda task: task["done"])]
    return _page(colors, title, list_view("tasks", *cards, space(height=FAB_ROOM)), "task")


def _task_card(ctx: Ctx, colors: Theme, task: Task) -> View:
    done, due = task["done"], task["remind_at"]
    ink = colors.on_surface_soft if done else colors.on_surface
    name = task["title"] or times.NO_TITLE
    return look.card(
        colors,
        text(colors, name, size=17, font="medium", color=ink, strike=done, max_lines=2, id="title"),
        row(
            icon(colors, "notifications", size=15, in_tree=False),
            text(colors, times.moment_text(ctx, due), size=13, color=colors.on_surface_soft),
            in_tree=False,
            gap=8,
        )
        if due
        else None,
        text(colors, task["note"], size=13, color=colors.on_surface_soft, max_lines=3) if task["note"] else None,
        number=task["id"],
        kind="task",
        lead=checkbox(colors, done, ("task.toggle", task["id"]), width=36, height=40, desc=f"Done: {name}"),
    )


_TABS: Final[dict[Tab, Callable[[Ctx, Theme], View]]] = {"tasks": _tasks, "calendar": _calendar, "events": _events}


# --- messages -------------------------------------------------------------------------------------------------------
def go_to_tab(ctx: Ctx, tab: Tab) -> None:
    """A tab was tapped."""
    shown(ctx)["tab"] = tab


def toggle_task(ctx: Ctx, number: int) -> None:
    """The box of a task."""
    for task in saved(ctx)["tasks"]:
        if task["id"] == number:
            task["done"] = not task["done"]


HANDLERS: Final[dict[str, nav.Handler]] = {"tab": go_to_tab, "task.toggle": toggle_task, **month.HANDLERS}
