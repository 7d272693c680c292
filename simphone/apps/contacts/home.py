"""The start page: the list with its chips, selection and drawer; beside it Highlights, and Fix & manage."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from simphone.apps.contacts import book, look, manage, rows
from simphone.apps.contacts.book import Contact
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, Paint, Scene, Scroll, Theme, View, Window
from simphone.widgets import nav
from simphone.widgets.bottom_nav import HEIGHT, Destination, bottom_nav
from simphone.widgets.box import FRAME, GROUP, column, frame, list_view, row, scroll_column, space
from simphone.widgets.buttons import chip, filled_button, icon_button
from simphone.widgets.dialogs import Action, Choice, alert_dialog
from simphone.widgets.fab import fab
from simphone.widgets.feedback import empty_state
from simphone.widgets.image import icon
from simphone.widgets.menus import bottom_sheet, drawer_item, popup_menu
from simphone.widgets.nav import DialogFn, Entry, Handler, ask, key
from simphone.widgets.rows import check_row
from simphone.widgets.text import text

_TABS: Final = ("contacts", "highlights", "manage")
_DRAWER_WIDTH: Final = 320.0


# --- what is listed -------------------------------------------------------------------------------------------------
def filtered(ctx: Ctx) -> bool:
    """Whether a chip narrows the list."""
    return bool(ctx.ui["phone"] or ctx.ui["email"] or ctx.ui["companies"])


def listed(ctx: Ctx) -> list[Contact]:
    """The contacts that pass the chips, in the list's order."""
    ui, data = ctx.ui, book.saved(ctx)
    passing = (
        each
        for each in data["contacts"]
        if (each["phones"] or not ui["phone"])
        and (each["emails"] or not ui["email"])
        and (each["company"] in ui["companies"] or not ui["companies"])
    )
    return book.in_order(passing, data["order"])


# --- the page -------------------------------------------------------------------------------------------------------
def home(ctx: Ctx, entry: Entry) -> Scene:
    """The tab the user is on, under the search bar, with the drawer above it when that is open."""
    colors, tab = look.theme(ctx), str(ctx.ui["tab"])
    body = {"contacts": _list, "highlights": manage.highlights, "manage": manage.manage}[tab](ctx, entry)
    bar = _selection_bar(ctx, colors) if ctx.ui["picked"] else _search_bar(colors)
    content = column(
        bar,
        frame(body, width=MATCH, height=0, weight=1.0),
        _bottom(colors, tab),
        width=MATCH,
        height=MATCH,
    )
    root = frame(content, _drawer(ctx, colors, entry) if ctx.ui["drawer"] else None, width=MATCH, height=MATCH)
    return replace(nav.page(colors, root), nav_bar=colors.surface)


def _search_bar(colors: Theme) -> View:
    account = View(
        cls=FRAME, id="selected_account_disc", desc="Signed in as Device\nAccount and settings.", width=48, height=48,
        halign="center", valign="center", on_tap=ask("account"),
        children=[icon(colors, "phone_android", size=28, in_tree=False)],
    )  # fmt: skip
    return row(
        icon_button(colors, "menu", "Open navigation drawer", ("home.drawer", True)),
        text(colors, "Search contacts", size=16, color=colors.on_surface_soft, id="open_search_bar_text_view", width=0,
             weight=1.0, max_lines=1),
        icon_button(colors, "more_vert", "More options", ask("list_menu"), cls="android.widget.ImageView"),
        account,
        cls=GROUP, id="open_search_bar", on_tap=nav.go("search"), height=52, margin=(16, 6, 16, 6),
        padding=(4, 0, 4, 0), paint=Paint(fill=colors.surface_high, radius=26),
    )  # fmt: skip


def _selection_bar(ctx: Ctx, colors: Theme) -> View:
    return row(
        icon_button(colors, "close", "close", ("home.unpick",)),
        text(colors, f"{len(ctx.ui['picked'])} selected", size=20, width=0, weight=1.0, margin=(8, 0, 0, 0)),
        icon_button(colors, "share", "Share", ("card.share",), cls="android.widget.Button"),
        icon_button(colors, "delete", "Delete", ask("delete_picked"), cls="android.widget.Button"),
        icon_button(colors, "more_vert", "More options", ask("picked_menu"), cls="android.widget.ImageView"),
        cls=GROUP, id="toolbar", height=64, padding=(4, 0, 4, 0),
    )  # fmt: skip


def _bottom(colors: Theme, tab: str) -> View:
    places = (("Contacts", "contacts"), ("Highlights", "star"), ("Fix & manage", "tune"))
    entries = [
        Destination(label, name, f"nav_{_TABS[index]}", ("home.tab", _TABS[index]))
        for index, (label, name) in enumerate(places)
    ]
    bar = bottom_nav(colors, entries, _TABS.index(tab))
    return replace(bar, children=[replace(each, clickable=True) for each in bar.children])


def _list(ctx: Ctx, entry: Entry) -> View:
    colors, people = look.theme(ctx), listed(ctx)
    ui, order = ctx.ui, book.saved(ctx)["order"]
    chips = row(
        chip(colors, "Phone contacts", ("home.filter", "phone"), picked=bool(ui["phone"])),
        chip(colors, "Email contacts", ("home.filter", "email"), picked=bool(ui["email"])),
        chip(colors, "Company", ask("companies"), picked=bool(ui["companies"])),
        cls="android.widget.HorizontalScrollView", gap=8, height=48, padding=(16, 0, 16, 0),
    )  # fmt: skip
    chips.scroll = Scroll(key(entry, "chips"), axis="x")
    lines: list[View] = []
    before = ""
    for each in people:
        letter = book.section(each, order)
        lines.append(
            rows.contact_row(
                colors,
                each,
                ("home.tap", each["id"]),
                on_long_press=("home.pick", each["id"]),
                letter=letter if letter != before else "",
                picked=each["id"] in ui["picked"],
            )
        )
        before = letter
    body = list_view(key(entry, "list"), *lines, space(height=HEIGHT), id="android:id/list", padding=(0, 12, 0, 0))
    says = "No contacts match this filter" if filtered(ctx) else "No contacts yet"
    none = empty_state(colors, says, icon_name="people", height=MATCH, weight=0.0)
    plus = fab(
        colors, "add", "Create contact", ("edit.new",), id="floating_action_button", self_halign="end",
        self_valign="bottom", margin=(0, 0, 16, 16),
    )  # fmt: skip
    listing = frame(body if lines else none, plus, width=MATCH, height=0, weight=1.0)
    return column(None if ui["picked"] else chips, listing, height=MATCH)


def _drawer(ctx: Ctx, colors: Theme, entry: Entry) -> View:
    """Accounts and labels, over the list in the same window."""
    labels = sorted(book.saved(ctx)["labels"], key=lambda each: each["title"].casefold())
    drawer = scroll_column(
        key(entry, "drawer"),
        text(colors, "Contacts", size=22, margin=(28, 20, 28, 20), in_tree=False),
        drawer_item(colors, "All accounts", ("home.drawer", False), icon_name="people", selected=True),
        drawer_item(colors, "Device", ("home.drawer", False), icon_name="phone_android"),
        text(colors, "Labels", size=14, font="medium", color=colors.on_surface_soft, margin=(28, 24, 28, 8)),
        *(drawer_item(colors, each["title"], ("label.open", each["id"]), icon_name="label") for each in labels),
        drawer_item(colors, "Create label", ("label.new",), icon_name="add"),
        cls=FRAME, id="navigation_view", width=_DRAWER_WIDTH, height=MATCH, weight=0.0, clickable=True,
        paint=Paint(fill=colors.surface, radii=(0, 16, 16, 0)),
    )  # fmt: skip
    shade = View(in_tree=False, width=0, weight=1.0, height=MATCH, on_tap=("home.drawer", False))
    return row(drawer, shade, in_tree=False, height=MATCH, valign="top", paint=Paint(fill=colors.scrim))


# --- menus and dialogs ----------------------------------------------------------------------------------------------
def list_menu(ctx: Ctx, _entry: Entry) -> Window:
    """More options of the search bar."""
    choices = [Choice("Select", ("home.select",)), Choice("Select all", ("home.select_all",))]
    if filtered(ctx):
        choices.append(Choice("Customize view", ("manage.customize",)))
    return popup_menu(look.theme(ctx), choices, anchor=(-60.0, 56.0))


def picked_menu(ctx: Ctx, _entry: Entry) -> Window:
    """More options of the selection."""
    choices = [Choice("Select all", ("home.select_all",)), Choice("Add to label", ("label.choose",))]
    return popup_menu(look.theme(ctx), choices)


def delete_picked(ctx: Ctx, _entry: Entry) -> Window:
    """Before the selected contacts are deleted."""
    count = len(ctx.ui["picked"])
    return alert_dialog(
        look.theme(ctx), "Delete contact?" if count == 1 else f"Delete {count} contacts?", negative=Action("Cancel"),
        positive=Action("Delete", ("home.delete",)),
    )  # fmt: skip


def companies(ctx: Ctx, _entry: Entry) -> Window:
    """The sheet of the Company chip."""
    colors = look.theme(ctx)
    names = sorted({each["company"] for each in book.saved(ctx)["contacts"] if each["company"]}, key=str.casefold)
    chosen = ctx.ui["companies"]
    return bottom_sheet(
        colors,
        text(colors, "Company", size=22, margin=(24, 4, 24, 8)),
        *(check_row(colors, name, on=name in chosen, toggle=("home.company", name)) for name in names),
        None if names else text(colors, "No contacts with a company", size=14, margin=(24, 8, 24, 16)),
        row(filled_button(colors, "Apply", ("nav.close",)), halign="end", padding=(24, 8, 24, 16)),
        title="Company",
    )


def account(ctx: Ctx, _entry: Entry) -> Window:
    """The account disc: whose contacts these are."""
    colors = look.theme(ctx)
    return alert_dialog(
        colors, "Device", "Contacts saved to this device only. Add an account to sync them.",
        negative=Action("Close"), positive=Action("Contacts settings", ("manage.settings",)),
    )  # fmt: skip


# --- messages -------------------------------------------------------------------------------------------------------
def set_tab(ctx: Ctx, tab: str) -> None:
    """The bottom bar."""
    ctx.ui.update(tab=tab, picked=[])


def set_drawer(ctx: Ctx, opened: bool) -> None:
    """Open or close the drawer."""
    ctx.ui["drawer"] = opened


def toggle_filter(ctx: Ctx, name: str) -> None:
    """A chip that filters in place."""
    ctx.ui[name] = not ctx.ui[name]


def toggle_company(ctx: Ctx, name: str) -> None:
    """A box in the sheet of companies."""
    chosen: list[str] = ctx.ui["companies"]
    ctx.ui["companies"] = [each for each in chosen if each != name] if name in chosen else [*chosen, name]


def tap(ctx: Ctx, number: int) -> None:
    """A tap on a row opens the contact, or while others are selected selects it."""
    if ctx.ui["picked"]:
        pick(ctx, number)
    else:
        nav.push(ctx, "card", contact=number)


def pick(ctx: Ctx, number: int) -> None:
    """Select a contact, or let it go."""
    picked: list[int] = ctx.ui["picked"]
    ctx.ui["picked"] = [each for each in picked if each != number] if number in picked else [*picked, number]


def unpick(ctx: Ctx) -> None:
    """Leave the selection."""
    ctx.ui["picked"] = []


def select(ctx: Ctx) -> None:
    """Select: begins with the first contact, as a selection of none is none."""
    nav.close_all(ctx)
    ctx.ui.update(tab="contacts", picked=[each["id"] for each in listed(ctx)[:1]])


def select_all(ctx: Ctx) -> None:
    """Select everything that is listed."""
    nav.close_all(ctx)
    ctx.ui.update(tab="contacts", picked=[each["id"] for each in listed(ctx)])


def delete(ctx: Ctx) -> None:
    """Delete the selected contacts."""
    gone, data = set(ctx.ui["picked"]), book.saved(ctx)
    data["contacts"] = [each for each in data["contacts"] if each["id"] not in gone]
    nav.close_all(ctx)
    unpick(ctx)
    ctx.system.toast("1 contact deleted" if len(gone) == 1 else f"{len(gone)} contacts deleted")


DIALOGS: Final[dict[str, DialogFn]] = {
    "list_menu": list_menu,
    "picked_menu": picked_menu,
    "delete_picked": delete_picked,
    "companies": companies,
    "account": account,
}
HANDLERS: Final[dict[str, Handler]] = {
    "home.tab": set_tab,
    "home.drawer": set_drawer,
    "home.filter": toggle_filter,
    "home.company": toggle_company,
    "home.tap": tap,
    "home.pick": pick,
    "home.unpick": unpick,
    "home.select": select,
    "home.select_all": select_all,
    "home.delete": delete,
}
