"""The dialog of a significant date: three wheels with a field each, and whether there is a year at all."""

from __future__ import annotations

import calendar
from typing import Final

from simphone.apps.contacts import book, draft, look
from simphone.core.app import Ctx
from simphone.core.dates import MONTHS
from simphone.ui.view import MATCH, Paint, TextStyle, Theme, View, Window
from simphone.widgets import nav
from simphone.widgets.box import LINEAR, column, row
from simphone.widgets.controls import checkbox
from simphone.widgets.dialogs import Action, alert_dialog
from simphone.widgets.fields import bare_field
from simphone.widgets.nav import Entry, key

PARTS: Final = ("month", "day", "year")
_YEARS: Final = (1900, 2100)
_LEAP: Final = 2000
"""Stands for the year where there is none, so that February has 29 days."""


def ask_date(ctx: Ctx, index: int) -> None:
    """A tap on the field of a date: opens on it, or on today."""
    known = draft.of(nav.top(ctx))["dates"][index]["date"]
    today = ctx.system.now().date()
    year, month, day = str(today.year), str(today.month), str(today.day)
    if known.startswith("--"):
        month, day = known[2:].split("-")
    elif known:
        year, month, day = known.split("-")
    values = {"month": int(month), "day": int(day), "year": int(year)}
    ctx.system.hide_keyboard()
    nav.open_dialog(ctx, "date", index=index, with_year=not known.startswith("--"), typed={}, **values)


# --- the dialog -----------------------------------------------------------------------------------------------------
def dialog(ctx: Ctx, entry: Entry) -> Window:
    """The wheels, Include year, Cancel and Set."""
    colors, args = look.theme(ctx), entry["args"]
    parts = PARTS if args["with_year"] else PARTS[:2]
    wheels = row(*(_wheel(colors, entry, part) for part in parts), cls=LINEAR, id="pickers", halign="center", gap=12,
                 padding=(16, 4, 16, 8))  # fmt: skip
    box = checkbox(colors, args["with_year"], ("date.year",), label="Include year", id="yearToggle",
                   margin=(24, 4, 24, 4))  # fmt: skip
    return alert_dialog(
        colors, "Significant date", content=column(wheels, box), negative=Action("Cancel"),
        positive=Action("Set", ("date.set",)),
    )  # fmt: skip


def _wheel(colors: Theme, entry: Entry, part: str) -> View:
    args = entry["args"]
    value = str(args["typed"].get(part, shown(part, args[part])))
    field = bare_field(
        colors, key(entry, part), value, ("date.type", part), id="android:id/numberpicker_input", size=20,
        keyboard="text" if part == "month" else "number", height=56, halign="center",
    )  # fmt: skip
    field.style = TextStyle(20, colors.on_surface, align="center", max_lines=1)
    line = Paint(fill=colors.primary)
    return column(
        _step(colors, part, shown(part, neighbour(args, part, -1)), -1),
        View(in_tree=False, width=MATCH, height=2, paint=line),
        field,
        View(in_tree=False, width=MATCH, height=2, paint=line),
        _step(colors, part, shown(part, neighbour(args, part, 1)), 1),
        cls="android.widget.NumberPicker", id=part, width=76,
    )  # fmt: skip


def _step(colors: Theme, part: str, label: str, way: int) -> View:
    """The value before or after: a button."""
    style = TextStyle(18, colors.on_surface_soft, align="center", max_lines=1)
    drawn = View(in_tree=False, text=label, style=style, width=MATCH)
    return View(
        cls="android.widget.Button", text=label, on_tap=("date.step", part, way), width=MATCH, height=56,
        valign="center", children=[drawn],
    )  # fmt: skip


def shown(part: str, value: int) -> str:
    """How a wheel writes a value."""
    if part == "month":
        return MONTHS[value - 1]
    return f"{value:02d}" if part == "day" else str(value)


# --- values ---------------------------------------------------------------------------------------------------------
def _range(args: dict[str, int], part: str) -> tuple[int, int]:
    if part == "month":
        return 1, 12
    if part == "year":
        return _YEARS
    return 1, calendar.monthrange(args["year"] if args["with_year"] else _LEAP, args["month"])[1]


def neighbour(args: dict[str, int], part: str, way: int) -> int:
    """The value one further; wheels turn round."""
    low, high = _range(args, part)
    return (args[part] - low + way) % (high - low + 1) + low


def read(args: dict[str, int], part: str, text: str) -> int | None:
    """A typed value; months by name, its beginning, or number. None for what the wheel does not hold."""
    word = text.strip().casefold()
    low, high = _range(args, part)
    if word.isascii() and word.isdigit() and len(word) <= 4:
        return int(word) if low <= int(word) <= high else None
    if part == "month" and len(word) >= 3:
        return next((at for at, name in enumerate(book.MONTHS, 1) if name.casefold().startswith(word)), None)
    return None


def _settled(args: dict[str, int]) -> None:
    """A day that the month does not have becomes its last."""
    args["day"] = min(args["day"], _range(args, "day")[1])


# --- messages -------------------------------------------------------------------------------------------------------
def write(ctx: Ctx, part: str, text: str) -> None:
    """A field of a wheel was edited: what can be read counts, the rest is forgotten on Set."""
    args = nav.args(ctx)
    args["typed"][part] = text
    value = read(args, part, text)
    if value is not None:
        args[part] = value


def step(ctx: Ctx, part: str, way: int) -> None:
    """A button of a wheel."""
    args = nav.args(ctx)
    args["typed"] = {}
    args[part] = neighbour(args, part, way)
    _settled(args)


def toggle_year(ctx: Ctx) -> None:
    """Include year."""
    args = nav.args(ctx)
    args["with_year"] = not args["with_year"]
    args["typed"].pop("year", None)
    _settled(args)


def set_date(ctx: Ctx) -> None:
    """Set."""
    args = nav.args(ctx)
    for part, text in args["typed"].items():  # a day typed before its month was known
        args[part] = read(args, part, text) or args[part]
    _settled(args)
    nav.close(ctx)
    day = f"{args['month']:02d}-{args['day']:02d}"
    event = draft.of(nav.top(ctx))["dates"][args["index"]]
    event["date"] = f"{args['year']:04d}-{day}" if args["with_year"] else f"--{day}"
