"""The pages of Phone: favourites, recents, contacts, and the dialpad over them."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from simphone.apps.contacts import book, look, numbers, rows, times
from simphone.apps.dialer import calls
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, Color, Paint, Scene, TextStyle, Theme, View, Window
from simphone.widgets import nav
from simphone.widgets.bars import UP, app_bar
from simphone.widgets.bottom_nav import Destination, bottom_nav
from simphone.widgets.box import GROUP, RELATIVE, column, frame, list_view, row, space
from simphone.widgets.buttons import filled_button, icon_button
from simphone.widgets.dialogs import Action, Choice, alert_dialog
from simphone.widgets.fab import fab
from simphone.widgets.feedback import empty_state
from simphone.widgets.fields import search_field
from simphone.widgets.image import icon
from simphone.widgets.menus import popup_menu
from simphone.widgets.nav import Entry, ask, go, key
from simphone.widgets.rows import list_row
from simphone.widgets.text import section_header, text

TABS: Final = ("favorites", "recents", "contacts")
_KEYS: Final = (
    ("1", ""), ("2", "ABC"), ("3", "DEF"), ("4", "GHI"), ("5", "JKL"), ("6", "MNO"), ("7", "PQRS"), ("8", "TUV"),
    ("9", "WXYZ"), ("*", ""), ("0", "+"), ("#", ""),
)  # fmt: skip
_KINDS: Final = {
    calls.INCOMING: ("arrow_down", "Incoming call"), calls.OUTGOING: ("arrow_up_right", "Outgoing call"),
    calls.MISSED: ("error", "Missed call"), calls.REJECTED: ("block", "Declined call"),
}  # fmt: skip


# --- tabs -----------------------------------------------------------------------------------------------------------
def home(ctx: Ctx, entry: Entry) -> Scene:
    """The tab the user is on, with the button of the dialpad."""
    colors, tab = look.theme(ctx), str(ctx.ui["tab"])
    bar = row(
        icon(colors, "search", in_tree=False),
        text(colors, "Search contacts", size=16, color=colors.on_surface_soft, width=0, weight=1.0,
             margin=(12, 0, 0, 0)),
        icon_button(colors, "mic", "Start voice search", ("say", "Voice search isn't available")),
        icon_button(colors, "more_vert", "More options", ask("menu"), cls="android.widget.ImageView"),
        cls=GROUP, id="open_search_bar", on_tap=go("search"), height=52, margin=(16, 6, 16, 6), padding=(16, 0, 4, 0),
        paint=Paint(fill=colors.surface_high, radius=26),
    )  # fmt: skip
    body = {"favorites": _favorites, "recents": _recents, "contacts": _contacts}[tab](ctx, entry)
    plus = fab(colors, "dialpad", "key pad", go("dialpad"), id="dialpad_fab", self_halign="end", self_valign="bottom",
               margin=(0, 0, 16, 16))  # fmt: skip
    places = (("Favorites", "star"), ("Recents", "clock"), ("Contacts", "people"))
    entries = [
        Destination(label, name, f"tab_{TABS[at]}", ("home.tab", TABS[at])) for at, (label, name) in enumerate(places)
    ]
    content = frame(body, plus, width=MATCH, height=0, weight=1.0)
    page = nav.page(colors, column(bar, content, bottom_nav(colors, entries, TABS.index(tab))))
    return replace(page, nav_bar=colors.surface)


def _favorites(ctx: Ctx, entry: Entry) -> View:
    colors = look.theme(ctx)
    starred = [each for each in book.in_order(book.people(ctx)) if each["starred"] and each["phones"]]
    if not starred:
        return empty_state(colors, "No favorites yet", "Star a contact to find it here", icon_name="star",
                           height=MATCH, weight=0.0)  # fmt: skip
    lines = [rows.contact_row(colors, each, ("home.call", each["phones"][0]["number"])) for each in starred]
    return list_view(key(entry, "favorites"), *lines)


def _recents(ctx: Ctx, entry: Entry) -> View:
    colors, log = look.theme(ctx), calls.log(ctx)
    if not log:
        return empty_state(colors, "Your call log is empty", action="Make a call", on_action=go("dialpad"),
                           icon_name="history", height=MATCH, weight=0.0)  # fmt: skip
    header = section_header(colors, "Recents", id="")
    return list_view(key(entry, "recents"), header, *(_log_row(ctx, colors, each) for each in log), space(height=88))


def _log_row(ctx: Ctx, colors: Theme, call: calls.Row) -> View:
    number = str(call.get("number") or "Unknown")
    known = book.by_number(ctx, number)
    face = look.face(colors, known) if known else look.disc(colors, number, "")
    name, told = _KINDS.get(times.whole(call.get("type")), _KINDS[calls.INCOMING])
    ink = colors.error if times.whole(call.get("type")) == calls.MISSED else colors.on_surface
    label = (
        next((each["label"] for each in known["phones"] if numbers.same(each["number"], number)), "") if known else ""
    )
    note = " • ".join(part for part in (label, times.when(ctx, times.whole(call.get("date")))) if part)
    texts = column(
        text(colors, book.caller(ctx, number), size=16, color=ink, max_lines=1, id="name"),
        row(icon(colors, name, size=16, desc=told), text(colors, note, color=colors.on_surface_soft), gap=6,
            in_tree=False),
        cls=RELATIVE, in_tree=False, width=0, weight=1.0, gap=2,
    )  # fmt: skip
    again = icon_button(colors, "phone", f"Call {book.caller(ctx, number)}", ("home.call", number))
    return row(
        face, texts, again, cls=GROUP, id="call_log_entry_root", on_tap=("home.call", number),
        on_long_press=("log.ask_delete", call.get("_id")), height=72, gap=16, padding=(20, 0, 8, 0),
    )  # fmt: skip


def _contacts(ctx: Ctx, entry: Entry) -> View:
    colors = look.theme(ctx)
    people = book.in_order(book.people(ctx))
    create = list_row(colors, "Create new contact", icon=icon(colors, "person_add", color=colors.primary),
                      on_tap=("home.create", ""))  # fmt: skip
    lines = [rows.contact_row(colors, each, ("home.person", each["id"])) for each in people]
    return list_view(key(entry, "contacts"), create, *lines, space(height=88))


# --- search ---------------------------------------------------------------------------------------------------------
def search(ctx: Ctx, entry: Entry) -> Scene:
    """Contacts by name or number; a number that nobody has can be called as it is."""
    colors, word = look.theme(ctx), str(entry["args"].get("word", ""))
    field = search_field(colors, key(entry, "word"), word, nav.keep("word"), hint="Search contacts", autofocus=True,
                         id="open_search_view_edit_text")  # fmt: skip
    found = [each for each in book.in_order(book.people(ctx)) if book.matches(each, word)]
    lines = [
        list_row(colors, book.name_of(each), f"{phone['label']} {phone['number']}", icon=look.face(colors, each),
                 on_tap=("home.call", phone["number"]))
        for each in found
        for phone in each["phones"]
    ]  # fmt: skip
    digits = numbers.digits(word)
    if digits and digits == word.strip():
        lines.append(list_row(colors, f"Call {numbers.as_typed(digits)}", icon=icon(colors, "phone"),
                              on_tap=("home.call", digits)))  # fmt: skip
    none = empty_state(colors, "No results", icon_name="search")
    body = list_view(key(entry, "list"), *lines) if lines else none if word.strip() else space(weight=1.0)
    back = icon_button(colors, "arrow_back", "Back", UP)
    bar = row(back, frame(field, width=0, weight=1.0), padding=(4, 0, 0, 0))
    return nav.page(colors, column(bar, body))


# --- dialpad --------------------------------------------------------------------------------------------------------
def dialpad(ctx: Ctx, entry: Entry) -> Scene:
    """The number as it is typed, who has it, the keys, Call."""
    colors, typed = look.theme(ctx), str(entry["args"].get("typed", ""))
    digits = View(
        cls="android.widget.EditText", id="digits", text=numbers.as_typed(typed), width=0, weight=1.0, height=64,
        style=TextStyle(34, colors.on_surface, align="center", max_lines=1), valign="center",
    )  # fmt: skip
    erase = icon_button(colors, "backspace", "backspace", ("pad.erase",), on_long_press=("pad.clear",))
    found = [each for each in book.people(ctx) if typed and book.matches(each, typed) and each["phones"]]
    lines = [
        list_row(colors, book.name_of(each), each["phones"][0]["number"], icon=look.face(colors, each),
                 on_tap=("home.call", each["phones"][0]["number"]))
        for each in found
    ]  # fmt: skip
    if typed and not found:
        lines.append(list_row(colors, "Create new contact", icon=icon(colors, "person_add"),
                              on_tap=("home.create", typed)))  # fmt: skip
    number = row(space(width=48), digits, erase if typed else space(width=48), padding=(8, 8, 8, 0))
    grid = [row(*(_key(colors, *_KEYS[at + step]) for step in range(3)), halign="center", gap=12)
            for at in range(0, 12, 3)]  # fmt: skip
    call = filled_button(colors, "Call", ("pad.call",), icon="phone", fill=_green(colors), height=56, width=140,
                         id="dialpad_voice_call_button", desc="dial", self_halign="center",
                         margin=(0, 12, 0, 20))  # fmt: skip
    pad = column(number, *grid, call, halign="center", gap=4, paint=Paint(fill=colors.surface, radii=(28, 28, 0, 0)))
    root = column(
        app_bar(colors, "", overflow=ask("menu")), list_view(key(entry, "found"), *lines), pad, id="dialpad_view"
    )
    return replace(nav.page(colors, root), nav_bar=colors.surface)


def _green(colors: Theme) -> Color:
    return "#188038" if not colors.dark else "#6dd58c"


def _key(colors: Theme, digit: str, letters: str) -> View:
    parts = [
        View(in_tree=False, text=digit, width=MATCH, style=TextStyle(28, colors.on_surface, align="center")),
        View(in_tree=False, text=letters, width=MATCH, style=TextStyle(11, colors.on_surface_soft, align="center")),
    ]  # fmt: skip
    name = {"*": "star", "#": "pound"}.get(digit, digit)
    return View(
        cls="android.widget.FrameLayout", id=name, desc=f"{digit},{letters}" if letters else digit, layout="column",
        on_tap=("pad.key", digit), on_long_press=("pad.key", "+") if digit == "0" else None, width=112, height=60,
        valign="center", paint=Paint(fill=colors.surface_high, radius=30), children=parts,
    )  # fmt: skip


# --- menus and dialogs ----------------------------------------------------------------------------------------------
def menu(ctx: Ctx, _entry: Entry) -> Window:
    """More options."""
    choices = [
        Choice("Call history", ("menu.history",)), Choice("Clear call history", ("menu.ask_clear",)),
        Choice("Settings", ("say", "Phone has no settings here")),
        Choice("Help & feedback", ("say", "Help isn't available offline")),
    ]  # fmt: skip
    return popup_menu(look.theme(ctx), choices, width=220)


def clear_dialog(ctx: Ctx, _entry: Entry) -> Window:
    """Before the log is emptied."""
    return alert_dialog(
        look.theme(ctx), "Clear call history?", "This will delete all calls from your history.",
        negative=Action("Cancel"), positive=Action("OK", ("log.clear",)),
    )  # fmt: skip


def delete_dialog(ctx: Ctx, entry: Entry) -> Window:
    """Before one call is taken out of the log."""
    return alert_dialog(
        look.theme(ctx), "Delete this call from history?", negative=Action("Cancel"),
        positive=Action("Delete", ("log.delete", entry["args"]["call"])),
    )  # fmt: skip
