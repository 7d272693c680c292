"""The page on which a transaction is entered or changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Final, cast

from simphone.apps.bluecoins import catalog, look
from simphone.apps.bluecoins.draft import Draft, Form
from simphone.core.app import Ctx
from simphone.core.dates import long_date
from simphone.ui.view import Msg, Paint, Scene, TextStyle, Theme, View
from simphone.widgets import nav
from simphone.widgets.bars import app_bar, tabs
from simphone.widgets.box import LINEAR, column, row, scroll_column, space
from simphone.widgets.fab import fab
from simphone.widgets.fields import bare_field
from simphone.widgets.image import icon
from simphone.widgets.nav import Entry, ask, key
from simphone.widgets.text import divider, text

LINE: Final = 52.0
_NAME_HINTS: Final[dict[catalog.Kind, str]] = {
    "expense": "Payee or item purchased",
    "income": "Name of income",
    "transfer": "Name of transfer",
}


def page(ctx: Ctx, entry: Entry) -> Scene:
    """Type, title, amount, date, category, account, notes, labels, status; Save at the bottom.

    The button has a strip of its own: no field ever lies below it."""
    colors, opened = look.theme(ctx), cast(Form, entry["args"])
    draft = opened["draft"]
    white = look.on_bar(colors)
    head = column(
        app_bar(
            white,
            f"{'New' if opened['new'] else 'Edit'} {catalog.KIND_NAMES[draft['type']]}",
            overflow=None if opened["new"] else ask("form_menu"),
        ),
        tabs(
            white,
            list(catalog.KIND_NAMES.values()),
            catalog.KINDS.index(draft["type"]),
            ("edit.kind",),
            id="tab_layout",
        ),
        in_tree=False,
    )
    fields = scroll_column(
        key(entry, "page"),
        _title(colors, entry, draft),
        _amount(colors, entry, draft, focus=opened["new"]),
        _when(ctx, colors, draft),
        *_accounts(colors, draft),
        _notes(colors, entry, draft),
        _choice(colors, "label", ", ".join(draft["labels"]) or "No labels", "Labels", "labels", ask("labels")),
        _choice(colors, "check_circle", draft["status"], "Status", "status", ask("status")),
        space(height=8),
        height=0,
        paint=Paint(fill=colors.surface),
    )
    save = row(
        space(weight=1.0),
        fab(colors, "check", "Save", ("edit.save",), round_=True, fill=colors.primary, color=colors.on_primary),
        in_tree=False,
        height=72,
        padding=(16, 0, 16, 0),
        paint=Paint(fill=colors.surface),
    )
    scene = look.page(colors, head, fields, save)
    return replace(scene, nav_bar=colors.surface)


def _line(colors: Theme, name: str, *parts: View) -> View:
    """A line behind its icon, and a hairline below; both are paint only."""
    lead = icon(colors, name, size=22, in_tree=False)
    inner = row(lead, *parts, in_tree=False, min_height=LINE, gap=12, padding=(16, 0, 12, 0))
    return column(inner, divider(colors, margin=(50, 0, 0, 0)), in_tree=False)


def _title(colors: Theme, entry: Entry, draft: Draft) -> View:
    field = bare_field(
        colors,
        key(entry, "title"),
        draft["title"],
        ("edit.write", "title"),
        hint=_NAME_HINTS[draft["type"]],
        cls="android.widget.AutoCompleteTextView",
        id="item_autocomplete_textview",
        width=0,
        weight=1.0,
        size=17,
        padding=(4, 0, 4, 0),
    )
    return _line(colors, "edit", field)


def _amount(colors: Theme, entry: Entry, draft: Draft, *, focus: bool) -> View:
    """Sign, amount and currency in one box."""
    ink = look.kind_ink(colors, draft["type"])
    field = bare_field(
        colors,
        key(entry, "amount"),
        draft["amount"],
        ("edit.amount",),
        hint="0.00",
        keyboard="number",
        autofocus=focus,
        id="amount_tv",
        width=0,
        weight=1.0,
        size=24,
    )
    field.style = TextStyle(24, ink, weight="medium", max_lines=1)
    box = row(
        text(
            colors,
            draft["sign"],
            size=26,
            font="medium",
            color=ink,
            align="center",
            on_tap=("edit.sign",),
            id="amount_sign_textview",
            width=36,
            height=44,
            valign="center",
            halign="center",
        ),
        field,
        text(
            colors,
            catalog.CURRENCY,
            size=16,
            font="medium",
            color=colors.primary,
            align="end",
            on_tap=ask("currency"),
            id="currency_textview",
            height=44,
            width=64,
            padding=(0, 0, 4, 0),
            valign="center",
        ),
        id="amount_layout",
        focusable=True,
        width=0,
        weight=1.0,
        height=56,
        gap=4,
    )
    return _line(colors, "cash", box)


def _when(ctx: Ctx, colors: Theme, draft: Draft) -> View:
    """Date and time, each a target of its own."""
    day = long_date(date.fromisoformat(draft["date"]))
    return _line(
        colors,
        "calendar",
        _target(text(colors, day, size=16, id="date_edittext", max_lines=1), ("edit.pick_date",), "date_layout", 1.0),
        _target(
            text(colors, _time_text(ctx, draft["time"]), size=16, id="time_edittext", max_lines=1),
            ("edit.pick_time",),
            "time_layout",
            0.0,
        ),
    )


def _time_text(ctx: Ctx, value: str) -> str:
    at = time.fromisoformat(value)
    if ctx.system.setting("system", "time_12_24", "12") == "24":
        return f"{at.hour:02d}:{at.minute:02d}"
    return f"{at.hour % 12 or 12}:{at.minute:02d} {'AM' if at.hour < 12 else 'PM'}"


def _target(inside: View, on_tap: Msg, name: str, weight: float) -> View:
    return row(
        inside,
        cls=LINEAR,
        id=name,
        on_tap=on_tap,
        width=0 if weight else -2.0,
        weight=weight,
        height=LINE,
        padding=(4, 0, 4, 0),
    )


def _accounts(colors: Theme, draft: Draft) -> list[View]:
    """Category and account; of a transfer, the accounts it leaves and reaches."""
    account = catalog.account(draft["account"])
    if draft["type"] == "transfer":
        target = catalog.account(draft["to_account"])
        return [
            _choice(colors, account.icon, account.name, "From account", "account", ask("account")),
            _choice(colors, target.icon, target.name, "To account", "to_account", ask("to_account")),
        ]
    sort = catalog.category(draft["type"], draft["category"])
    return [
        _choice(colors, sort.icon, sort.name, "Category", "category", ask("category")),
        _choice(colors, account.icon, account.name, "Account", "account", ask("account")),
    ]


def _choice(colors: Theme, lead: str, value: str, caption: str, name: str, on_tap: Msg) -> View:
    box = column(
        text(colors, value, size=16, max_lines=1, id=f"{name}_tv"),
        text(colors, caption, size=12, color=colors.on_surface_soft, max_lines=1, id=f"{name}_caption_tv"),
        cls=LINEAR,
        id=f"{name}_layout",
        on_tap=on_tap,
        width=0,
        weight=1.0,
        height=LINE,
        padding=(4, 7, 4, 0),
        gap=1,
    )
    return _line(colors, lead, box)


def _notes(colors: Theme, entry: Entry, draft: Draft) -> View:
    field = bare_field(
        colors,
        key(entry, "notes"),
        draft["notes"],
        ("edit.write", "notes"),
        hint="Notes",
        multiline=True,
        id="notes_edittext",
        size=16,
        padding=(4, 12, 4, 12),
    )
    box = row(field, cls=LINEAR, id="notes_layout", on_tap=("edit.focus_notes",), width=0, weight=1.0)
    return _line(colors, "note", box)


SCREENS: Final[dict[str, nav.ScreenFn]] = {"form": page}
