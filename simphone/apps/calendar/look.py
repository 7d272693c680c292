"""Calendar's colours, and the parts that several of its pages share."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from simphone.apps.calendar import times
from simphone.apps.calendar.state import Event
from simphone.core.app import Ctx
from simphone.ui.view import DARK, LIGHT, MATCH, Paint, Theme, View
from simphone.widgets.box import FRAME, build, column, row
from simphone.widgets.image import icon
from simphone.widgets.text import text

_LIGHT: Final = replace(
    LIGHT,
    background="#ffffff",
    surface="#f4f6fb",
    surface_high="#ffffff",
    on_surface="#1d2433",
    on_surface_soft="#667085",
    outline="#a4adbd",
    primary="#3a6ff7",
    on_primary="#ffffff",
    primary_soft="#dfe8ff",
    on_primary_soft="#1e4fd6",
    divider="#e6e9f0",
)
_DARK: Final = replace(
    DARK,
    background="#14171d",
    surface="#1e222b",
    surface_high="#272c37",
    on_surface="#e8ebf2",
    on_surface_soft="#a3acbd",
    outline="#6b7486",
    primary="#86a8ff",
    on_primary="#0b2266",
    primary_soft="#2b3a63",
    on_primary_soft="#c9d7ff",
    divider="#2e3440",
)


def theme(ctx: Ctx) -> Theme:
    """Calendar's palette in the phone's light or dark mode."""
    return _DARK if ctx.system.dark else _LIGHT


def event_card(ctx: Ctx, event: Event, day: date) -> View:
    """An event on a day with all that is known of it, each fact a text of its own."""
    colors = theme(ctx)
    when = times.date_text(day, ctx.system.now().date())
    facts = [("notifications", times.notification_text(minutes)) for minutes in event["notifications"]]
    if event["recurrence"] != "none":
        facts.append(("repeat", times.RECURRENCES[event["recurrence"]]))
    if event["note"]:
        facts.append(("note", event["note"]))
    return card(
        colors,
        text(colors, event["title"] or times.NO_TITLE, size=17, font="medium", max_lines=2, id="title"),
        row(
            text(colors, when, size=14, font="medium", color=colors.primary, id="date"),
            text(colors, times.span_text(ctx, event), size=14, color=colors.on_surface_soft, id="time"),
            in_tree=False,
            gap=12,
        ),
        *(_fact(colors, name, value) for name, value in facts),
        number=event["id"],
        kind="event",
    )


def _fact(colors: Theme, name: str, value: str) -> View:
    return row(
        icon(colors, name, size=15, in_tree=False),
        text(colors, value, size=13, color=colors.on_surface_soft, max_lines=3),
        in_tree=False,
        gap=8,
    )


def card(colors: Theme, *parts: View | None, number: int, kind: str, lead: View | None = None) -> View:
    """A box with a coloured edge: a tap opens the editor, a long press the menu. `lead` stands before the parts."""
    body = row(
        lead,
        column(*parts, in_tree=False, width=0, weight=1.0, gap=5),
        in_tree=False,
        gap=8,
        margin=(5, 0, 0, 0),
        padding=(12, 10, 12, 10),
        paint=Paint(fill=colors.surface, radii=(0, 10, 10, 0)),
    )
    return build(
        {},
        cls=FRAME,
        id=f"{kind}_card",
        width=MATCH,
        margin=(16, 0, 16, 8),
        paint=Paint(fill=colors.primary, radii=(10, 14, 14, 10)),
        on_tap=("edit.open", kind, number),
        on_long_press=("menu.open", kind, number),
        children=[body],
    )
