"""The Alarm tab: a list of cards, at most one of them expanded; and its dialogs.

Row heights of the expanded card are larger than the real app's 48 dp, with a gap above Delete, so that of an expanded
card at the top of the list only Delete reaches down to the height of the floating button (which covers nothing of it).
Tools that drop whatever lies below that button then still see every part of the card; on the real app they lose some.
The other way to the same end, a card that pokes out of its list by a pixel, would be a defect drawn on purpose.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from simphone.apps.clock import alarms, look, times
from simphone.apps.clock.frame import FAB_ROOM, main_button, tab_page
from simphone.apps.clock.state import Alarm, Day, saved, shown
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, Color, Msg, Paint, Scene, TextStyle, Theme, View, Window
from simphone.widgets import nav
from simphone.widgets.box import GROUP, column, frame, list_view, row, space
from simphone.widgets.buttons import BUTTON, icon_button
from simphone.widgets.card import card
from simphone.widgets.controls import CHECK_BOX, check_mark, switch
from simphone.widgets.date_picker import date_picker
from simphone.widgets.dialogs import Action, text_dialog
from simphone.widgets.image import icon
from simphone.widgets.text import text
from simphone.widgets.time_picker import time_picker

COLLAPSED: Final = 124.6
LABEL_ROW: Final = 28.0
ROW: Final = 62.0
GAP_ABOVE_DELETE: Final = 44.0
_PAD: Final = 16.0


def page(ctx: Ctx) -> Scene:
    """The tab."""
    cards = [_card(ctx, alarm) for alarm in saved(ctx)["alarms"]]
    content = list_view(
        alarms.LIST, *cards, id="alarm_recycler_view", padding=(16, alarms.CARD_GAP, 16, FAB_ROOM), gap=alarms.CARD_GAP
    )
    return tab_page(ctx, content, button=main_button(ctx, "add", "Add alarm", ("alarm.new",)))


def _card(ctx: Ctx, alarm: Alarm) -> View:
    theme = look.theme(ctx)
    expanded = shown(ctx)["expanded"] == alarm["id"]
    at = times.clock_text(ctx, times.parse(alarm["time"]))
    # A label stands in place of the word Alarm.
    desc = f"{at} {alarm['label'] or 'Alarm'}"
    ink = theme.on_surface if alarm["enabled"] else theme.on_surface + look.FADED
    body = _expanded(ctx, theme, alarm, ink) if expanded else _collapsed(ctx, theme, alarm, ink)
    remove: Msg = ("alarm.delete", alarm["id"])
    return card(
        theme,
        body,
        fill=theme.primary_soft if alarm["enabled"] and not theme.dark else theme.surface,
        radius=26,
        desc=desc,
        on_tap=("alarm.collapse" if expanded else "alarm.expand", alarm["id"]),
        on_swipe={"left": remove, "right": remove},
        key=alarms.card_key(alarm["id"]),
    )


def _time(ctx: Ctx, alarm: Alarm, ink: Color) -> View:
    at = times.parse(alarm["time"])
    return look.clock(
        ctx,
        at,
        size=54,
        color=ink,
        desc=times.clock_text(ctx, at),
        id="digital_clock",
        on_tap=("alarm.time", alarm["id"]),
        height=ROW,
    )


def _arrow(theme: Theme, alarm: Alarm, *, expanded: bool) -> View:
    return icon_button(
        theme,
        "expand_less" if expanded else "expand_more",
        "Collapse alarm" if expanded else "Expand alarm",
        ("alarm.collapse" if expanded else "alarm.expand", alarm["id"]),
        color=theme.on_surface,
        id="arrow",
    )


def _switch(theme: Theme, alarm: Alarm) -> View:
    return switch(theme, alarm["enabled"], ("alarm.toggle", alarm["id"]), id="onoff")


def _days(ctx: Ctx, alarm: Alarm, ink: Color, name: str) -> View:
    theme = look.theme(ctx)
    return text(
        theme,
        alarms.summary(ctx, alarm),
        size=14,
        font="medium" if alarm["enabled"] else "regular",
        color=ink,
        desc=alarms.summary(ctx, alarm, full=True),
        id=name,
    )


def _collapsed(ctx: Ctx, theme: Theme, alarm: Alarm, ink: Color) -> View:
    """Time at the top left, arrow at the top right, days and switch below; the label, if any, above the time."""
    label = (
        text(
            theme,
            alarm["label"],
            size=14,
            color=ink,
            desc=f"Label {alarm['label']}",
            id="label",
            max_lines=1,
            margin=(_PAD, 12, 64, 0),
            height=LABEL_ROW - 12,
        )
        if alarm["label"]
        else None
    )
    top = row(
        _time(ctx, alarm, ink),
        space(weight=1.0),
        _arrow(theme, alarm, expanded=False),
        in_tree=False,
        padding=(_PAD, 0, 8, 0),
        height=ROW,
        margin=(0, 0 if label else 8, 0, 0),
    )
    bottom = row(
        _days(ctx, alarm, ink, "days_of_week"),
        space(weight=1.0),
        _switch(theme, alarm),
        in_tree=False,
        padding=(_PAD, 0, _PAD, 0),
        height=46,
    )
    height = COLLAPSED + (LABEL_ROW if label else 0.0)
    return column(label, top, bottom, cls=GROUP, id="alarm_card_layout", height=height)


def _expanded(ctx: Ctx, theme: Theme, alarm: Alarm, ink: Color) -> View:
    return column(
        row(
            _label(theme, alarm),
            space(weight=1.0),
            _arrow(theme, alarm, expanded=True),
            in_tree=False,
            height=ROW,
            padding=(_PAD, 0, 8, 0),
        ),
        row(_time(ctx, alarm, ink), in_tree=False, height=ROW, padding=(_PAD, 0, _PAD, 0)),
        row(
            _days(ctx, alarm, ink, "repeat_summary"),
            space(weight=1.0),
            _switch(theme, alarm),
            in_tree=False,
            height=ROW,
            padding=(_PAD, 0, _PAD, 0),
        ),
        _day_buttons(ctx, theme, alarm),
        _option(
            theme,
            "Pause alarm" if alarm["days"] else "Schedule alarm",
            _pause_text(alarm),
            "event",
            "blackout_title",
            ("alarm.date", alarm["id"]),
        ),
        _option(
            theme,
            alarm["ringtone"],
            "",
            "notifications",
            "choose_ringtone",
            ("alarm.ringtone", alarm["id"]),
            desc=f"Ringtone {alarm['ringtone']}",
        ),
        _vibrate(theme, alarm),
        _option(theme, "Google Assistant Routine", "", "add", "workflow_label", ("alarm.routine",)),
        space(height=GAP_ABOVE_DELETE),
        _delete(theme, alarm),
        cls=GROUP,
        id="alarm_card_layout",
    )


def _label(theme: Theme, alarm: Alarm) -> View:
    label = alarm["label"]
    line = row(
        icon(theme, "label", size=20, in_tree=False),
        View(
            in_tree=False,
            text=label or "Add label",
            style=TextStyle(16, theme.on_surface if label else theme.on_surface_soft, max_lines=1),
            max_width=220,
        ),
        cls="android.widget.TextView",
        id="edit_label",
        desc=f"Label {label}" if label else "No label specified",
        on_tap=("alarm.label", alarm["id"]),
        gap=16,
        width=280,
        height=48,
    )
    return look.one_node(line, label or "Add label")


def _day_buttons(ctx: Ctx, theme: Theme, alarm: Alarm) -> View:
    week = times.week_from(saved(ctx)["settings"]["week_start"])
    return row(*(_day_button(theme, alarm, day) for day in week), in_tree=False, height=ROW, padding=(_PAD, 0, _PAD, 0))


def _day_button(theme: Theme, alarm: Alarm, day: Day) -> View:
    picked = day in alarm["days"]
    number = times.week_from("sun").index(day)
    return day_circle(theme, day, picked, ("alarm.day", alarm["id"], day), name=f"day_button_{number}")


def day_circle(theme: Theme, day: Day, picked: bool, on_tap: Msg, *, name: str) -> View:
    """A CheckBox in the shape of a circle with the first letter of a day."""
    letter = times.LONG[day][0]
    ink = theme.on_primary if picked else theme.on_surface
    paint = Paint(fill=theme.primary, radius=18) if picked else Paint(border=theme.outline, radius=18)
    style = TextStyle(14, ink, "medium", align="center")
    disc = View(
        in_tree=False,
        width=36,
        height=36,
        valign="center",
        paint=paint,
        children=[View(in_tree=False, text=letter, width=36, style=style)],
    )
    return View(
        cls=CHECK_BOX,
        id=name,
        text=letter,
        desc=times.LONG[day],
        checkable=True,
        checked=picked,
        on_tap=on_tap,
        width=0,
        weight=1.0,
        height=48,
        halign="center",
        valign="center",
        children=[disc],
    )


def _option(theme: Theme, title: str, detail: str, sign: str, name: str, on_tap: Msg, *, desc: str = "") -> View:
    """A line of the expanded card: one TextView across the card, with a drawn icon."""
    line = row(
        icon(theme, sign, size=20, in_tree=False),
        View(in_tree=False, text=title, style=TextStyle(16, theme.on_surface, max_lines=1), width=0, weight=1.0),
        cls="android.widget.TextView",
        id=name,
        desc=desc,
        on_tap=on_tap,
        gap=16,
        height=ROW if not detail else ROW - 20,
        padding=(_PAD, 0, _PAD, 0),
    )
    line = look.one_node(line, title)
    if not detail:
        return line
    below = text(theme, detail, size=13, color=theme.on_surface_soft, margin=(52, 0, 16, 0), height=20)
    return column(line, below, in_tree=False)


def _pause_text(alarm: Alarm) -> str:
    if not alarm["paused"]:
        return ""
    first, last = (times.month_day(date.fromisoformat(day)) for day in alarm["paused"])
    return f"Paused {first}" if first == last else f"Paused {first} to {last}"


def _vibrate(theme: Theme, alarm: Alarm) -> View:
    style = TextStyle(16, theme.on_surface)
    line = row(
        icon(theme, "vibrate", size=20, in_tree=False),
        View(in_tree=False, text="Vibrate", style=style, width=0, weight=1.0),
        check_mark(theme, alarm["vibrate"]),
        cls=CHECK_BOX,
        id="vibrate_onoff",
        checkable=True,
        checked=alarm["vibrate"],
        on_tap=("alarm.vibrate", alarm["id"]),
        gap=16,
        height=ROW,
        padding=(_PAD, 0, _PAD + 8, 0),
    )
    return look.one_node(line, "Vibrate")


def _delete(theme: Theme, alarm: Alarm) -> View:
    """Narrow, so that it ends left of the floating button."""
    label = View(in_tree=False, text="Delete", style=TextStyle(16, theme.on_surface))
    button = row(
        icon(theme, "delete", size=20, in_tree=False),
        label,
        cls=BUTTON,
        id="delete",
        on_tap=("alarm.delete", alarm["id"]),
        gap=16,
        width=118,
        height=ROW,
        padding=(_PAD, 0, 0, 0),
    )
    return frame(look.one_node(button, "Delete"), in_tree=False, width=MATCH)


# --- dialogs --------------------------------------------------------------------------------------------------------
def time_dialog(ctx: Ctx, _entry: nav.Entry) -> Window:
    """The time of a new alarm, or of one that is there."""
    draft = shown(ctx)["time_draft"]
    if draft is None:
        raise LookupError("a time dialog without a draft")
    return time_picker(look.theme(ctx), draft, ("alarm.on_time",))


def date_dialog(ctx: Ctx, entry: nav.Entry) -> Window:
    """The date of a one-shot alarm, or the days on which a repeating one is silent."""
    draft = shown(ctx)["date_draft"]
    if draft is None:
        raise LookupError("a date dialog without a draft")
    repeating = bool(alarms.find(ctx, entry["args"]["alarm"])["days"])
    title = ("Pause until" if entry["args"]["first"] else "Pause from") if repeating else "Schedule alarm"
    return date_picker(look.theme(ctx), draft, ("alarm.on_date",), title=title)


def label_dialog(ctx: Ctx, entry: nav.Entry) -> Window:
    """The label: OK and Enter store it."""
    return text_dialog(
        look.theme(ctx),
        "Label",
        nav.key(entry, "label"),
        entry["args"]["value"],
        nav.keep("value"),
        positive=Action("OK", ("alarm.save_label",)),
        negative=Action("CANCEL"),
        on_enter=("alarm.save_label",),
        id="label_input_field",
    )
