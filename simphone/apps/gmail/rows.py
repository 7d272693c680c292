"""The rows of mail lists and their selection: the same in folders and in search results."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from simphone.apps.gmail import look
from simphone.apps.gmail.state import Mail, mail_of, saved
from simphone.core.app import Ctx
from simphone.ui.view import Msg, Paint, Theme, View, Weight
from simphone.widgets import nav
from simphone.widgets.box import GROUP, column, row, space
from simphone.widgets.buttons import icon_button
from simphone.widgets.image import IMAGE_VIEW, icon
from simphone.widgets.nav import Handler, ask
from simphone.widgets.text import text

_PADDING: Final = {"default": 12.0, "comfortable": 8.0, "compact": 5.0}


def mail_rows(ctx: Ctx, colors: Theme, found: Sequence[str], selected: Sequence[str]) -> list[View]:
    """The rows of a list."""
    return [mail_row(ctx, colors, each, selected=each in selected, selecting=bool(selected)) for each in found]


def mail_row(ctx: Ctx, colors: Theme, ident: str, *, selected: bool = False, selecting: bool = False) -> View:
    """A row of a list. Once rows are being selected, a tap selects instead of opening."""
    data = saved(ctx)
    mail, settings = mail_of(data, ident), data["settings"]
    font: Weight = "bold" if mail["unread"] else "regular"
    ink = colors.on_surface if mail["unread"] else colors.on_surface_soft
    draft = mail["folder"] == "drafts"
    pick: Msg = ("select.toggle", ident)
    pad = _PADDING[settings["density"]]
    head = row(
        text(colors, look.senders(data, mail), size=16, font=font, max_lines=1, id="senders", width=0, weight=1.0,
             color=colors.error if draft else colors.on_surface),
        text(colors, look.when(ctx, mail["at"]), size=12, font=font, color=ink, id="date"),
        in_tree=False, gap=8,
    )  # fmt: skip
    lines = column(
        text(colors, look.subject(mail), size=14, font=font, color=ink, max_lines=1, id="subject"),
        text(colors, look.snippet(mail), size=14, color=colors.on_surface_soft, max_lines=1, id="snippet"),
        in_tree=False, width=0, weight=1.0, gap=2,
    )  # fmt: skip
    rows = column(
        head,
        row(lines, look.star(colors, ident, mail), in_tree=False, valign="bottom", gap=4),
        _chips(colors, mail) if settings["density"] != "compact" else None,
        in_tree=False, width=0, weight=1.0, gap=2,
    )  # fmt: skip
    fill = colors.primary_soft if selected else None
    view = row(
        _picture(ctx, colors, mail, pick, selected=selected) if settings["density"] == "default" else None,
        rows,
        cls=GROUP, id="viewified_conversation_item_view", selected=selected, valign="top", gap=16,
        padding=(16, pad, 12, pad), on_tap=pick if selecting else ("mail.open", ident), on_long_press=pick,
        on_swipe=None if selecting else {way: ("mail.swipe", ident, way) for way in ("right", "left")},
        paint=Paint(fill=fill) if fill else None,
    )  # fmt: skip
    view.text = summary(ctx, mail)
    return view


def summary(ctx: Ctx, mail: Mail) -> str:
    """What a row says to screen readers."""
    data = saved(ctx)
    parts = [
        "Unread" if mail["unread"] else "", "Starred" if mail["starred"] else "", look.senders(data, mail),
        look.subject(mail), look.snippet(mail), "has attachment" if mail["attachments"] else "",
        look.when(ctx, mail["at"]),
    ]  # fmt: skip
    return ", ".join(part for part in parts if part)


def _picture(ctx: Ctx, colors: Theme, mail: Mail, pick: Msg, *, selected: bool) -> View:
    if not selected:
        return look.face(look.shown_person(saved(ctx), mail)["name"], on_tap=pick)
    ticked = icon(colors, "check", color=colors.on_primary, on_tap=pick, id="contact_image", long_clickable=True)
    ticked.width = ticked.height = 40
    ticked.paint = Paint(fill=colors.primary, radius=20)
    return ticked


def _chips(colors: Theme, mail: Mail) -> View | None:
    if not mail["attachments"]:
        return None
    return row(
        *(attachment_chip(colors, name) for name in mail["attachments"]), in_tree=False, gap=8, margin=(0, 4, 0, 4)
    )


def attachment_chip(colors: Theme, name: str) -> View:
    """The pill with the name of an attached file."""
    return row(
        icon(colors, "file_filled", size=18, color="#d93025", in_tree=False),
        text(colors, name, size=13, max_lines=1, id="attachment_chip_text", color=colors.on_surface),
        in_tree=False, width=-2.0, gap=8, height=32, padding=(12, 0, 14, 0),
        paint=Paint(border=colors.divider, radius=16),
    )  # fmt: skip


def list_end() -> View:
    """Room below the last row, so that the button does not cover it."""
    return space(height=88)


def selection_bar(ctx: Ctx, colors: Theme, selected: Sequence[str]) -> View:
    """The toolbar while rows are selected."""
    data, ink = saved(ctx), colors.on_surface
    unread = any(data["mails"][ident].get("unread") for ident in selected if ident in data["mails"])
    mark = (
        icon_button(colors, "drafts", "Mark as read", ("mail.unread", False), color=ink, id="read")
        if unread
        else icon_button(colors, "mark_unread", "Mark as unread", ("mail.unread", True), color=ink, id="unread")
    )
    return row(
        icon_button(colors, "arrow_back", "Done", ("select.none",), color=ink),
        text(colors, str(len(selected)), size=20, width=0, weight=1.0, margin=(8, 0, 0, 0), id="action_bar_title"),
        icon_button(colors, "archive", "Archive", ("mail.archive",), color=ink, id="archive"),
        icon_button(colors, "delete", "Delete", ("mail.delete",), color=ink, id="delete"),
        mark,
        icon_button(colors, "more_vert", "More options", ask("mail_menu"), color=ink, cls=IMAGE_VIEW),
        cls=GROUP, id="toolbar", height=64, padding=(4, 0, 4, 0), paint=Paint(fill=colors.surface_high),
    )  # fmt: skip


# --- messages -------------------------------------------------------------------------------------------------------
def toggle(ctx: Ctx, ident: str) -> None:
    """Select a row, or no longer."""
    selected: list[str] = nav.top(ctx)["args"].setdefault("selected", [])
    if ident in selected:
        selected.remove(ident)
    else:
        selected.append(ident)


def select_none(ctx: Ctx) -> None:
    """Leave the selection."""
    nav.top(ctx)["args"]["selected"] = []


HANDLERS: Final[dict[str, Handler]] = {"select.toggle": toggle, "select.none": select_none}
