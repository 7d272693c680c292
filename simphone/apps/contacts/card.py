"""The page of one contact."""

from __future__ import annotations

from typing import Final

from simphone.apps.contacts import book, look, numbers
from simphone.apps.contacts.book import Contact
from simphone.core.app import Ctx, Intent
from simphone.ui.view import MATCH, Msg, Paint, Picture, Scene, Theme, View, Window
from simphone.widgets import nav
from simphone.widgets.bars import app_bar
from simphone.widgets.box import LINEAR, RELATIVE, column, row, scroll_column, space
from simphone.widgets.buttons import DISABLED_INK, icon_button
from simphone.widgets.dialogs import Action, Choice, alert_dialog, choice_dialog
from simphone.widgets.image import icon
from simphone.widgets.menus import popup_menu
from simphone.widgets.nav import DialogFn, Entry, Handler, ScreenFn, ask, key
from simphone.widgets.text import text

ACTIVITY: Final = "com.google.android.apps.contacts.quickcontact.QuickContactActivity"
RINGTONES: Final = ("Default ringtone", "None", "Beats", "Bright Morning", "Flutey Phone", "Zen")
_LINE: Final = 72.0
_NOTHING: Final[Msg] = ("card.copy", "")


def shown(ctx: Ctx) -> Contact | None:
    """The contact on the page (below whatever dialog), None once it was deleted elsewhere."""
    return book.find(ctx, int(nav.top(ctx)["args"].get("contact", 0)))


def missing(colors: Theme) -> Scene:
    """A page whose contact was deleted meanwhile."""
    gone = text(colors, "The contact doesn't exist.", size=16, margin=(24, 24, 24, 0))
    return nav.page(colors, column(app_bar(colors, ""), gone), activity=ACTIVITY)


# --- the page -------------------------------------------------------------------------------------------------------
def card(ctx: Ctx, entry: Entry) -> Scene:
    """Picture and name, what can be done at once, then the cards."""
    colors, contact = look.theme(ctx), book.find(ctx, entry["args"]["contact"])
    if contact is None:
        return missing(colors)
    star = ("star_filled", "Remove from favorites") if contact["starred"] else ("star", "Add to favorites")
    bar = app_bar(
        colors,
        "",
        icon_button(colors, "edit", "Edit contact", ("edit.open", contact["id"]), id="menu_insert_or_edit",
                    cls="android.widget.Button"),
        icon_button(colors, star[0], star[1], ("card.star",), id="menu_star", cls="android.widget.Button"),
        icon_button(colors, "more_vert", "More options", ask("card_menu"), cls="android.widget.ImageView"),
    )  # fmt: skip
    body = scroll_column(
        key(entry, "page"),
        look.face(colors, contact, size=132, id="photo", desc="Contact photo", self_halign="center",
                  margin=(0, 4, 0, 16)),
        _centred(colors, book.name_of(contact), "large_title", 28.0),
        _centred(colors, work(contact), "organization_name", 14.0) if contact["company"] or contact["title"] else None,
        _actions(colors, contact),
        _info(colors, contact),
        _about(ctx, colors, contact),
        space(height=24),
    )  # fmt: skip
    return nav.page(colors, column(bar, body), activity=ACTIVITY)


def work(contact: Contact) -> str:
    """Title and company as they stand below the name."""
    return " • ".join(part for part in (contact["title"], contact["company"]) if part)


def _centred(colors: Theme, value: str, name: str, size: float) -> View:
    soft = colors.on_surface if size > 20 else colors.on_surface_soft
    return text(colors, value, size=size, color=soft, id=name, align="center", width=MATCH, margin=(24, 0, 24, 4))


def _actions(colors: Theme, contact: Contact) -> View:
    reach = bool(contact["phones"])
    return row(
        _action(colors, "phone", "Call", ("card.call",) if reach else None),
        _action(colors, "message", "Text", ("card.text",) if reach else None),
        _action(colors, "videocam", "Set up" if reach else "Video", ("card.video",) if reach else None),
        _action(colors, "mail", "Email", ("card.mail",)) if contact["emails"] else None,
        halign="center", valign="top", gap=8, padding=(8, 16, 8, 16),
    )  # fmt: skip


def _action(colors: Theme, name: str, label: str, on_tap: Msg | None) -> View:
    faded = "" if on_tap else DISABLED_INK
    ink = colors.on_primary_soft if on_tap else colors.on_surface + DISABLED_INK
    ring = View(
        in_tree=False, width=56, height=40, picture=Picture("icon", name, ink, 22),
        paint=Paint(fill=colors.primary_soft if on_tap else colors.surface_high, radius=20),
    )  # fmt: skip
    return column(
        ring,
        text(colors, label, size=12, font="medium", color=colors.on_surface + faded, max_lines=1),
        cls=LINEAR, desc=label, on_tap=on_tap, enabled=on_tap is not None, width=76, gap=6, halign="center",
        padding=(0, 4, 0, 4),
    )  # fmt: skip


def _card(colors: Theme, title: str, *lines: View | None) -> View:
    return column(
        text(colors, title, size=14, font="medium", margin=(16, 16, 16, 8)),
        *lines,
        cls=LINEAR, margin=(16, 0, 16, 12), padding=(0, 0, 0, 8), paint=Paint(fill=colors.surface, radius=16),
    )  # fmt: skip


def _line(
    colors: Theme,
    name: str,
    value: str,
    note: str,
    *,
    on_tap: Msg,
    desc: str = "",
    end: View | None = None,
) -> View:
    """Icon, value, and what kind of value it is. Rows of one kind show the icon on the first only."""
    mark = icon(colors, name, in_tree=False) if name else space(width=24)
    texts = column(
        text(colors, value, size=16, id="header"),
        text(colors, note, size=14, color=colors.on_surface_soft, id="sub_header") if note else None,
        in_tree=False, width=0, weight=1.0,
    )  # fmt: skip
    return row(
        mark, texts, end, cls=RELATIVE, desc=desc, on_tap=on_tap, on_long_press=("card.copy", value), min_height=_LINE,
        gap=16, padding=(16, 8, 4, 8),
    )  # fmt: skip


def _info(colors: Theme, contact: Contact) -> View:
    lines: list[View] = []
    for index, phone in enumerate(contact["phones"]):
        told = " ".join(part for part in (phone["label"], phone["number"]) if part)
        write = icon_button(
            colors, "message", f"Text {told}", ("card.text", phone["number"]), cls="android.widget.ImageView"
        )
        lines.append(
            _line(colors, "" if index else "phone", phone["number"], phone["label"], desc=f"Call {told}", end=write,
                  on_tap=("card.call", phone["number"]))
        )  # fmt: skip
    for index, mail in enumerate(contact["emails"]):
        told = " ".join(part for part in (mail["label"], mail["address"]) if part)
        lines.append(
            _line(colors, "" if index else "mail", mail["address"], mail["label"], desc=f"Email {told}",
                  on_tap=("card.mail", mail["address"]))
        )  # fmt: skip
    lines += [
        _line(colors, "place", place["text"], place["label"], on_tap=("card.map", place["text"]))
        for place in contact["addresses"]
    ]
    if not lines:
        lines.append(_line(colors, "phone", "Add phone number", "", on_tap=("edit.open", contact["id"], "phones")))
        lines.append(_line(colors, "mail", "Add email", "", on_tap=("edit.open", contact["id"], "emails")))
    return _card(colors, "Contact info", *lines)


def _about(ctx: Ctx, colors: Theme, contact: Contact) -> View | None:
    lines: list[View] = []
    for event in contact["dates"]:
        name = "cake" if event["label"] == "Birthday" else "event"
        lines.append(_line(colors, name, book.date_text(event["date"]), event["label"], on_tap=_NOTHING))
    lines += [_line(colors, "globe", site, "Website", on_tap=("card.web", site)) for site in contact["websites"]]
    lines += [
        _line(colors, "people", relation["name"], relation["label"], on_tap=_NOTHING)
        for relation in contact["relations"]
    ]
    if contact["notes"]:
        lines.append(_line(colors, "note", contact["notes"], "Notes", on_tap=_NOTHING))
    titles = book.label_titles(ctx, contact)
    if titles:
        lines.append(_line(colors, "label", ", ".join(titles), "Labels", on_tap=_NOTHING))
    if contact["voicemail"]:
        lines.append(_line(colors, "voicemail", "Calls go to voicemail", "", on_tap=_NOTHING))
    if not lines:
        return None
    spoken = contact["first"] or book.name_of(contact)
    return _card(colors, f"About {spoken}", *lines)


# --- menus and dialogs ----------------------------------------------------------------------------------------------
def menu(ctx: Ctx, _entry: Entry) -> Window:
    """More options."""
    contact = shown(ctx)
    sent = "Unroute from voicemail" if contact and contact["voicemail"] else "Route to voicemail"
    choices = [
        Choice("Delete", ("card.ask_delete",)), Choice("Share", ("card.share",)),
        Choice("Add to Home screen", ("card.shortcut",)), Choice("Set ringtone", ("card.ask_ringtone",)),
        Choice(sent, ("card.voicemail",)), Choice("Help & feedback", ("card.help",)),
    ]  # fmt: skip
    return popup_menu(look.theme(ctx), choices, width=220)


def delete_dialog(ctx: Ctx, _entry: Entry) -> Window:
    """Before the contact is deleted."""
    return alert_dialog(
        look.theme(ctx), "", "Delete contact?", negative=Action("Cancel"), positive=Action("Delete", ("card.delete",))
    )  # fmt: skip


def ringtone_dialog(ctx: Ctx, entry: Entry) -> Window:
    """Set ringtone."""
    contact = shown(ctx)
    now = (contact["ringtone"] if contact else "") or RINGTONES[0]
    choices = [Choice(each, ("card.ringtone", each), checked=each == now) for each in RINGTONES]
    return choice_dialog(look.theme(ctx), "Ringtones", choices, key=key(entry, "list"))


def which_dialog(ctx: Ctx, entry: Entry) -> Window:
    """Which of several numbers or addresses."""
    contact, verb = shown(ctx), str(entry["args"]["verb"])
    kind = "emails" if verb == "mail" else "phones"
    held = book.entries(contact, kind) if contact else []
    choices = [Choice(f"{each['label']}  {each[book.VALUE[kind]]}", (f"card.{verb}", each[book.VALUE[kind]]))
               for each in held]  # fmt: skip
    title = {"call": "Call with", "text": "Text", "mail": "Email"}[verb]
    return choice_dialog(look.theme(ctx), title, choices, key=key(entry, "list"))


# --- messages -------------------------------------------------------------------------------------------------------
def _send(ctx: Ctx, verb: str, values: list[str], value: str, action: str, scheme: str) -> None:
    """Hand a number or an address to the app that answers; with several of them ask which first."""
    nav.close_all(ctx)
    if not value and len(values) > 1:
        nav.open_dialog(ctx, "which", verb=verb)
        return
    target = value or values[0]
    plain = target if scheme == "mailto" else numbers.digits(target) or target
    if not ctx.system.start(Intent(f"android.intent.action.{action}", data=f"{scheme}:{plain}")):
        ctx.system.toast("No app can handle this action")


def call(ctx: Ctx, value: str = "") -> None:
    """Call a number of the contact."""
    contact = shown(ctx)
    if contact:
        _send(ctx, "call", [each["number"] for each in contact["phones"]], value, "CALL", "tel")


def write(ctx: Ctx, value: str = "") -> None:
    """Write a text message to a number of the contact."""
    contact = shown(ctx)
    if contact:
        _send(ctx, "text", [each["number"] for each in contact["phones"]], value, "SENDTO", "smsto")


def mail(ctx: Ctx, value: str = "") -> None:
    """Write an email to an address of the contact."""
    contact = shown(ctx)
    if contact:
        _send(ctx, "mail", [each["address"] for each in contact["emails"]], value, "SENDTO", "mailto")


def video(ctx: Ctx) -> None:
    """Set up: there is no account for video calls."""
    ctx.system.toast("Google Meet needs an account to set up video calling")


def web(ctx: Ctx, site: str) -> None:
    """Open a website."""
    address = site if "://" in site else f"http://{site}"
    if not ctx.system.start(Intent("android.intent.action.VIEW", data=address)):
        ctx.system.toast("No app can handle this action")


def show_map(ctx: Ctx, place: str) -> None:
    """Show an address."""
    if not ctx.system.start(Intent("android.intent.action.VIEW", data=f"geo:0,0?q={place}")):
        ctx.system.toast("No app can handle this action")


def copy(ctx: Ctx, value: str) -> None:
    """A long press on a row copies its value; rows without an action of their own answer a tap with nothing."""
    if value:
        ctx.system.state["clipboard"] = value
        ctx.system.toast("Text copied")


def star(ctx: Ctx) -> None:
    """Add to favourites, or remove."""
    contact = shown(ctx)
    if contact:
        contact["starred"] = not contact["starred"]
        ctx.system.toast("Added to favorites" if contact["starred"] else "Removed from favorites")


def _from_menu(dialog: str) -> Handler:
    def ask_it(ctx: Ctx) -> None:
        nav.close_all(ctx)
        nav.open_dialog(ctx, dialog)

    return ask_it


def delete(ctx: Ctx) -> None:
    """Delete was confirmed: back to the list."""
    contact, data = shown(ctx), book.saved(ctx)
    nav.close_all(ctx)
    nav.pop_to(ctx, "home")
    if contact:
        data["contacts"] = [each for each in data["contacts"] if each["id"] != contact["id"]]
        ctx.system.toast(f"{book.name_of(contact)} deleted")


def _say(message: str) -> Handler:
    def say(ctx: Ctx) -> None:
        nav.close_all(ctx)
        ctx.system.toast(message)

    return say


def voicemail(ctx: Ctx) -> None:
    """Route calls to voicemail, or not any more."""
    nav.close_all(ctx)
    contact = shown(ctx)
    if contact:
        contact["voicemail"] = not contact["voicemail"]
        way = "All calls from this contact will be sent to voicemail" if contact["voicemail"] else (
            "Calls from this contact will not be sent to voicemail"
        )  # fmt: skip
        ctx.system.toast(way)


def set_ringtone(ctx: Ctx, name: str) -> None:
    """A ringtone was chosen."""
    nav.close_all(ctx)
    contact = shown(ctx)
    if contact:
        contact["ringtone"] = "" if name == RINGTONES[0] else name


def show_help(ctx: Ctx) -> None:
    """Help & feedback."""
    nav.close_all(ctx)
    nav.push(ctx, "help")


SCREENS: Final[dict[str, ScreenFn]] = {"card": card}
DIALOGS: Final[dict[str, DialogFn]] = {
    "card_menu": menu,
    "delete": delete_dialog,
    "ringtone": ringtone_dialog,
    "which": which_dialog,
}
HANDLERS: Final[dict[str, Handler]] = {
    "card.call": call,
    "card.text": write,
    "card.mail": mail,
    "card.video": video,
    "card.web": web,
    "card.map": show_map,
    "card.copy": copy,
    "card.star": star,
    "card.ask_delete": _from_menu("delete"),
    "card.ask_ringtone": _from_menu("ringtone"),
    "card.delete": delete,
    "card.share": _say("No apps to share with"),
    "card.shortcut": _say("Your Home screen doesn't take shortcuts"),
    "card.voicemail": voicemail,
    "card.ringtone": set_ringtone,
    "card.help": show_help,
}
