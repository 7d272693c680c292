"""Lists of mails: search bar, rows, the toolbar of selected rows, the bar at the bottom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from simphone.apps.gmail import look, mailbox, rows
from simphone.apps.gmail.state import saved
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, Paint, Scene, Theme, View
from simphone.widgets import nav
from simphone.widgets.bottom_nav import Destination, bottom_nav
from simphone.widgets.box import FRAME, column, frame, list_view, row, space
from simphone.widgets.buttons import filled_button, icon_button, outlined_button, text_button
from simphone.widgets.feedback import empty_state
from simphone.widgets.fields import EDIT_TEXT
from simphone.widgets.image import icon
from simphone.widgets.nav import Entry, Handler, ScreenFn, ask, go, key
from simphone.widgets.text import text

SNACKBAR_ROOM: Final = 92.0
"""dp from the bottom of the screen to a snackbar: the bottom bar stands below."""
_CLEANED: Final = {
    "trash": ("Items that have been in Trash more than 30 days will be automatically deleted", "Empty trash now"),
    "spam": ("Messages that have been in Spam more than 30 days will be automatically deleted", "Empty spam now"),
}
_EMPTY: Final = {"inbox": ("You're all done", "Nothing in Primary"), "spam": ("Hooray, no spam here!", "")}


def home(ctx: Ctx, entry: Entry) -> Scene:
    """A folder, a label or a view, by `args.view`; `args.selected` holds the ids of the selected mails."""
    colors, view = look.theme(ctx), str(entry["args"]["view"])
    selected: list[str] = entry["args"]["selected"]
    found = mailbox.listed(saved(ctx), view)
    body = frame(
        _listing(ctx, colors, entry, found) if found else _nothing(colors, view),
        _compose_button(ctx, colors),
        width=MATCH, height=0, weight=1.0,
    )  # fmt: skip
    top = rows.selection_bar(ctx, colors, selected) if selected else _search_bar(ctx, colors)
    return replace(look.page(ctx, top, body, tab_bar(colors, 0)), nav_bar=colors.surface)


def _search_bar(ctx: Ctx, colors: Theme) -> View:
    account = saved(ctx)["account"]
    disc = frame(
        look.face(account["name"], size=32, ident=""),
        cls=FRAME, id="selected_account_disc_gmail", width=48, height=48, halign="center", valign="center",
        desc=f"Signed in as {account['name']} {account['email']}\nAccount and settings.", on_tap=ask("account"),
    )  # fmt: skip
    disc.children[0].in_tree = False
    bar = row(
        icon_button(colors, "menu", "Open navigation drawer", ask("drawer"), color=colors.on_surface_soft),
        text(colors, "Search in mail", size=16, color=colors.on_surface_soft, in_tree=False, width=0, weight=1.0),
        disc,
        cls=EDIT_TEXT, id="open_search", on_tap=go("search"), height=52, gap=4, margin=(16, 8, 16, 4),
        padding=(4, 0, 4, 0), paint=Paint(fill=colors.surface_high, radius=26),
    )  # fmt: skip
    bar.text = "Search in mail"
    return bar


def _listing(ctx: Ctx, colors: Theme, entry: Entry, found: Sequence[str]) -> View:
    view, selected = str(entry["args"]["view"]), entry["args"]["selected"]
    name = text(
        colors, mailbox.title(view), size=14, color=colors.on_surface_soft, width=MATCH,
        id="conversation_list_folder_name", padding=(16, 8, 16, 8),
    )  # fmt: skip
    lines = rows.mail_rows(ctx, colors, found, selected)
    return list_view(
        key(entry, "list"), name, _cleaning(colors, view), *lines, rows.list_end(), id="thread_list_view",
        height=MATCH, weight=0.0,
    )  # fmt: skip


def _cleaning(colors: Theme, view: str) -> View | None:
    """What Spam and Trash say above their mails."""
    if view not in _CLEANED:
        return None
    message, button = _CLEANED[view]
    return column(
        text(colors, message, size=14, color=colors.on_surface_soft, width=MATCH),
        text_button(colors, button, ask("empty", folder=view), margin=(-12, 4, 0, 0)),
        margin=(16, 0, 16, 8), padding=(16, 12, 16, 4), paint=Paint(fill=colors.surface, radius=12),
    )  # fmt: skip


def _nothing(colors: Theme, view: str) -> View:
    said, more = _EMPTY.get(view, (f"Nothing in {mailbox.title(view)}", ""))
    name = text(
        colors, mailbox.title(view), size=14, color=colors.on_surface_soft, width=MATCH,
        id="conversation_list_folder_name", padding=(16, 8, 16, 8),
    )  # fmt: skip
    return column(name, empty_state(colors, said, more, icon_name="inbox"), height=MATCH)


def _compose_button(ctx: Ctx, colors: Theme) -> View:
    above = 16.0 + (60.0 if ctx.ui["snackbar"] else 0.0)
    button = filled_button(
        colors, "Compose", ("compose.new",), icon="edit", fill=colors.primary_soft, id="compose_button", desc="Compose",
        height=56, self_halign="end", self_valign="bottom", margin=(0, 0, 16, above),
        paint=Paint(fill=colors.primary_soft, radius=16, elevation=3),
    )  # fmt: skip
    for part in button.children[0].children:
        if part.style is not None:
            part.style = text(colors, "", size=14, font="medium", color=colors.on_primary_soft).style
        if part.picture is not None:
            part.picture = icon(colors, "edit", size=18, color=colors.on_primary_soft).picture
    return button


def tab_bar(colors: Theme, current: int) -> View:
    """Mail and Meet."""
    places = [
        Destination("Mail", "mail_filled", "mail_tab", ("tab", "mail")),
        Destination("Meet", "videocam", "meet_tab", ("tab", "meet")),
    ]
    return bottom_nav(colors, places, current)


def meet(ctx: Ctx, _entry: Entry) -> Scene:
    """The tab Meet: no calls here."""
    colors = look.theme(ctx)
    buttons = row(
        filled_button(colors, "New meeting", ("say", "Can't start a meeting while offline"), width=0, weight=1.0),
        outlined_button(colors, "Join with a code", ("say", "Can't join a meeting while offline"), width=0, weight=1.0),
        gap=12, padding=(16, 16, 16, 16),
    )  # fmt: skip
    bar = row(
        icon_button(colors, "menu", "Open navigation drawer", ask("drawer")),
        text(colors, "Meet", size=20, align="center", width=0, weight=1.0), space(width=48),
        height=64, padding=(4, 0, 4, 0),
    )  # fmt: skip
    none = empty_state(colors, "Get a link you can share", "Start a new meeting to get a link for the people you want "
                       "to meet with", icon_name="videocam")  # fmt: skip
    return replace(look.page(ctx, bar, buttons, none, tab_bar(colors, 1)), nav_bar=colors.surface)


# --- messages -------------------------------------------------------------------------------------------------------
def show(ctx: Ctx, view: str) -> None:
    """Open a folder from the drawer, in place of what was shown; back leads to the inbox."""
    nav.close_all(ctx)
    ctx.ui["snackbar"] = None
    nav.reset(ctx, "home", view="inbox", selected=[])
    if view != "inbox":
        nav.push(ctx, "home", view=view, selected=[])


def tab(ctx: Ctx, name: str) -> None:
    """An entry of the bar at the bottom."""
    if name == "mail":
        nav.pop_to(ctx, "home")
    else:
        nav.push(ctx, "meet")


def say(ctx: Ctx, message: str) -> None:
    """What a button has to say that leads nowhere here."""
    nav.close_all(ctx)
    ctx.system.toast(message)


SCREENS: Final[dict[str, ScreenFn]] = {"home": home, "meet": meet}
HANDLERS: Final[dict[str, Handler]] = {
    "home.show": show, "tab": tab, "say": say,
}  # fmt: skip
