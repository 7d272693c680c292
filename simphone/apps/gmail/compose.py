"""How the page for writing looks: From, recipients, subject, text."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from simphone.apps.gmail import look
from simphone.apps.gmail.draft import Draft, Part, is_address, of
from simphone.apps.gmail.state import Person, person, saved
from simphone.core.app import Ctx
from simphone.core.dates import DAYS
from simphone.ui.view import MATCH, Msg, Paint, Scene, TextStyle, Theme, View, Window
from simphone.widgets.box import GROUP, LINEAR, column, row, scroll_column, space
from simphone.widgets.buttons import BUTTON, icon_button
from simphone.widgets.dialogs import Action, Choice, alert_dialog, list_dialog
from simphone.widgets.fields import bare_field
from simphone.widgets.image import IMAGE_VIEW, icon
from simphone.widgets.menus import popup_menu
from simphone.widgets.nav import DialogFn, Entry, ScreenFn, ask, key
from simphone.widgets.text import divider, text

_TITLE: Final = {"reply": "Reply", "reply_all": "Reply all", "forward": "Forward"}
_SHOWN: Final = 3
"""Most suggestions below a recipient field."""
_LABEL: Final = 64.0


def compose(ctx: Ctx, entry: Entry) -> Scene:
    """Compose, Reply, Forward, or a draft that was kept."""
    colors, draft = look.theme(ctx), of(entry)
    parts: tuple[tuple[Part, str], ...] = (("to", "To"),)
    if draft["more"]:
        parts = (*parts, ("cc", "Cc"), ("bcc", "Bcc"))
    body = scroll_column(
        key(entry, "page"),
        _from(ctx, colors),
        *(view for part, label in parts for view in _recipients(ctx, colors, entry, part, label)),
        _subject(colors, entry, draft),
        divider(colors),
        _body(colors, entry, draft),
        *_quoted(colors, draft),
        space(height=16),
    )  # fmt: skip
    return look.page(ctx, _bar(colors, draft), body, activity=look.COMPOSE)


def _bar(colors: Theme, draft: Draft) -> View:
    ink = colors.on_surface
    ready = any((draft["to"], draft["cc"], draft["bcc"], *draft["typed"].values()))
    return row(
        icon_button(colors, "arrow_back", "Navigate up", ("nav.back",), color=ink),
        text(colors, _TITLE.get(draft["mode"], ""), size=20, width=0, weight=1.0, margin=(8, 0, 0, 0)),
        icon_button(colors, "attach_file", "Attach file", ask("attach"), color=ink, id="add_attachment"),
        icon_button(colors, "send_filled" if ready else "send", "Send", ("draft.send",), id="send",
                    color=colors.primary if ready else colors.outline),
        icon_button(colors, "more_vert", "More options", ask("compose_menu"), color=ink, cls=IMAGE_VIEW),
        cls=GROUP, id="toolbar", height=64, padding=(4, 0, 4, 0),
    )  # fmt: skip


def _label(colors: Theme, value: str) -> View:
    return text(colors, value, size=16, color=colors.on_surface_soft, width=_LABEL - 16.0)


def _from(ctx: Ctx, colors: Theme) -> View:
    address = text(colors, saved(ctx)["account"]["email"], size=16, max_lines=1, id="spinner_account_address")
    return column(
        row(_label(colors, "From"), address, id="compose_from", height=52, padding=(16, 0, 16, 0)),
        divider(colors), in_tree=False,
    )  # fmt: skip


def _recipients(ctx: Ctx, colors: Theme, entry: Entry, part: Part, label: str) -> list[View]:
    """The row of a kind of recipients and, while one is typed, whom it may mean."""
    draft = of(entry)
    typed = draft["typed"][part]
    # Where it is still open to whom the mail goes, the page begins with that; answers and drafts with their text.
    field = bare_field(
        colors, key(entry, part), typed, ("draft.type", part), keyboard="email", on_enter=("draft.enter", part),
        autofocus=part == "to" and draft["mode"] in ("new", "forward") and not draft["saved_as"], width=0, weight=1.0,
        min_width=80, min_height=40,
    )  # fmt: skip
    *above, beside = [None, *(_chip(ctx, colors, part, address) for address in draft[part])]
    group = column(
        *above, row(beside, field, in_tree=False, gap=8), cls=GROUP, id="peoplekit_autocomplete_chip_group", gap=4,
        width=0, weight=1.0,
    )  # fmt: skip
    fold = "expand_less" if draft["more"] else "expand_more"
    line = row(
        text(colors, label, size=16, color=colors.on_surface_soft, width=_LABEL - 16.0, height=40, valign="center"),
        group,
        icon_button(colors, fold, "Add Cc/Bcc", ("draft.more",), id="add_cc_bcc", height=40) if part == "to" else None,
        id=f"{part}_content", valign="top", padding=(16, 6, 4, 6),
    )  # fmt: skip
    return [line, *_suggestions(ctx, colors, draft, part, typed.strip()), divider(colors)]


def _chip(ctx: Ctx, colors: Theme, part: Part, address: str) -> View:
    """A recipient. Its text is the name of one who is known, its description always has the address."""
    who = person(saved(ctx), address)
    good = is_address(address)
    ink, edge = (colors.on_surface, colors.outline) if good else (colors.error, colors.error)
    label = View(in_tree=False, text=who["name"], style=TextStyle(14, ink, "medium", max_lines=1))
    sign = look.face(who["name"], size=24, ident="") if good else icon(colors, "error", size=20, color=colors.error)
    sign.in_tree = False
    return View(
        cls=BUTTON, id="peoplekit_chip", text=who["name"], desc=f"{who['name']}, {address}",
        on_tap=ask("chip", part=part, address=address), layout="row", valign="center", gap=8, height=36,
        padding=(6, 0, 14, 0), margin=(0, 2, 0, 2), paint=Paint(border=edge, radius=18),
        children=[sign, label],
    )  # fmt: skip


def _suggestions(ctx: Ctx, colors: Theme, draft: Draft, part: Part, typed: str) -> list[View]:
    if not typed:
        return []
    word = typed.casefold()
    found = [
        each for each in saved(ctx)["people"]
        if (word in each["name"].casefold() or word in each["email"].casefold()) and each["email"] not in draft[part]
    ]  # fmt: skip
    lines = [_suggestion(colors, part, each) for each in found[:_SHOWN]]
    if not found:
        lines.append(_suggestion(colors, part, {"name": "Add recipient", "email": typed}))
    return lines


def _suggestion(colors: Theme, part: Part, who: Person) -> View:
    return row(
        look.face(who["name"], size=36, ident="peoplekit_listview_avatar"),
        column(
            text(colors, who["name"], size=16, max_lines=1, id="peoplekit_listview_main_text"),
            text(colors, who["email"], size=14, color=colors.on_surface_soft, max_lines=1),
            in_tree=False, width=0, weight=1.0,
        ),
        cls=LINEAR, id="peoplekit_listview_row", on_tap=("draft.choose", part, who["email"]), height=60, gap=16,
        padding=(16, 0, 16, 0),
    )  # fmt: skip


def _subject(colors: Theme, entry: Entry, draft: Draft) -> View:
    # As on_tap the recipients that are still being typed are taken, before the focus moves here.
    return bare_field(
        colors, key(entry, "subject"), draft["subject"], ("draft.write", "subject"), id="subject", hint="Subject",
        on_tap=("draft.settle",), on_enter=("draft.to_body",), min_height=52, padding=(16, 0, 16, 0),
    )  # fmt: skip


def _body(colors: Theme, entry: Entry, draft: Draft) -> View:
    field = bare_field(
        colors, key(entry, "body"), draft["body"], ("draft.write", "body"), hint="Compose email", multiline=True,
        on_tap=("draft.settle",), autofocus=draft["mode"] in ("reply", "reply_all") or bool(draft["saved_as"]),
        min_height=120, padding=(16, 14, 16, 14), valign="top", id="composearea_tap_trap_bottom",
    )  # fmt: skip
    return column(field, cls=LINEAR, id="body_wrapper")


def _quoted(colors: Theme, draft: Draft) -> list[View]:
    if not draft["quoted"]:
        return []
    if draft["mode"] == "forward" or draft["show_quoted"]:
        return [
            text(colors, draft["quoted"], size=15, line_height=21, color=colors.on_surface_soft, width=MATCH,
                 id="quoted_text", padding=(16, 8, 16, 8))
        ]  # fmt: skip
    show: Msg = ("draft.quoted",)
    dots = icon_button(
        colors, "more_horiz", "Show quoted text", show, id="show_quoted_text", width=44, height=24, size=20,
        margin=(16, 4, 0, 8), paint=Paint(fill=colors.surface_high, radius=12),
    )  # fmt: skip
    return [dots]


# --- menus and dialogs ----------------------------------------------------------------------------------------------
def compose_menu(ctx: Ctx, _entry: Entry) -> Window:
    """More options."""
    choices = [
        Choice("Schedule send", ("menu.ask", "schedule")),
        Choice("Add from Contacts", ("say", "Gmail has no access to your contacts")),
        Choice("Confidential mode", ("say", "Confidential mode isn't available offline")),
        Choice("Save draft", ("draft.save",)),
        Choice("Discard", ("draft.discard",)),
        Choice("Settings", ("settings.open",)),
        Choice("Help & feedback", ("say", "Help isn't available offline")),
    ]
    return popup_menu(look.theme(ctx), choices, width=224)


def attach_menu(ctx: Ctx, _entry: Entry) -> Window:
    """Attach file."""
    choices = [
        Choice("Attach file", ("say", "No files on this phone")),
        Choice("Insert from Drive", ("say", "Drive isn't available offline")),
    ]
    return popup_menu(look.theme(ctx), choices, width=210, anchor=(-64, 44))


def chip_dialog(ctx: Ctx, entry: Entry) -> Window:
    """A recipient that was touched."""
    part, address = str(entry["args"]["part"]), str(entry["args"]["address"])
    choices = [Choice("Remove", ("draft.remove", part, address)), Choice("Keep", ("nav.close",))]
    return list_dialog(look.theme(ctx), address, choices, key=key(entry, "list"))


def schedule_dialog(ctx: Ctx, entry: Entry) -> Window:
    """When to send."""
    now = ctx.system.now().replace(minute=0, second=0, microsecond=0)
    tomorrow, monday = now + timedelta(days=1), now + timedelta(days=7 - now.weekday())
    times = (
        ("Tomorrow morning", tomorrow.replace(hour=8)),
        ("Tomorrow afternoon", tomorrow.replace(hour=13)),
        ("Monday morning", monday.replace(hour=8)),
    )
    choices = [
        Choice(f"{name} · {DAYS[at.weekday()]} {look.clock(ctx, at)}", ("draft.schedule", f"{at:%Y-%m-%dT%H:%M}"))
        for name, at in times
    ]
    return list_dialog(look.theme(ctx), "Schedule send", choices, key=key(entry, "list"))


def cannot_send(ctx: Ctx, entry: Entry) -> Window:
    """Why it cannot be sent."""
    return alert_dialog(look.theme(ctx), "Can't send", str(entry["args"]["why"]), positive=Action("OK"))


def confirm_send(ctx: Ctx, entry: Entry) -> Window:
    """Whether to send."""
    return alert_dialog(
        look.theme(ctx), "", str(entry["args"]["what"]),
        negative=Action("Cancel"), positive=Action("Send", ("draft.send", True)),
    )  # fmt: skip


SCREENS: Final[dict[str, ScreenFn]] = {"compose": compose}
DIALOGS: Final[dict[str, DialogFn]] = {
    "compose_menu": compose_menu, "attach": attach_menu, "chip": chip_dialog, "schedule": schedule_dialog,
    "cannot_send": cannot_send, "confirm_send": confirm_send,
}  # fmt: skip
