"""The pages of Messages: conversations, one conversation, a new one."""

from __future__ import annotations

from typing import Final

from simphone.apps.contacts import book, look, numbers, times
from simphone.apps.messages import store
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, Paint, Scene, TextStyle, Theme, View, Weight, Window
from simphone.widgets import nav
from simphone.widgets.bars import app_bar
from simphone.widgets.box import GROUP, RELATIVE, column, frame, list_view, row, space
from simphone.widgets.buttons import filled_button, icon_button
from simphone.widgets.dialogs import Action, Choice, alert_dialog
from simphone.widgets.feedback import empty_state
from simphone.widgets.fields import bare_field
from simphone.widgets.menus import popup_menu
from simphone.widgets.nav import Entry, ask, go, key
from simphone.widgets.rows import list_row
from simphone.widgets.text import text

CONVERSATION: Final = "com.google.android.apps.messaging.ui.conversation.ConversationActivity"
_BUBBLE: Final = 280.0
_BOTTOM: Final = "conversation_end"


def partner(colors: Theme, ctx: Ctx, address: str) -> View:
    """The round picture of whoever has a number."""
    known = book.by_number(ctx, address)
    return look.face(colors, known) if known else look.disc(colors, address, "")


# --- conversations --------------------------------------------------------------------------------------------------
def home(ctx: Ctx, entry: Entry) -> Scene:
    """The list of conversations."""
    colors = look.theme(ctx)
    bar = app_bar(
        colors, "Messages", icon_button(colors, "search", "Search messages", ("say", "Nothing to search")),
        up=None, overflow=ask("home_menu"),
    )  # fmt: skip
    lines = [_conversation_row(ctx, colors, address, last) for address, last in store.conversations(ctx)]
    none = empty_state(
        colors, "No conversations yet", "Once you start a new conversation, you'll see it listed here",
        icon_name="message", height=MATCH, weight=0.0,
    )  # fmt: skip
    body = list_view(key(entry, "list"), *lines, space(height=88), id="android:id/list") if lines else none
    start = filled_button(
        colors, "Start chat", go("new"), icon="chat", id="start_chat_fab", height=56, self_halign="end",
        self_valign="bottom", margin=(0, 0, 16, 16),
    )  # fmt: skip
    return nav.page(colors, column(bar, frame(body, start, width=MATCH, height=0, weight=1.0)))


def _conversation_row(ctx: Ctx, colors: Theme, address: str, last: store.Message | None) -> View:
    waiting, fresh = store.draft(ctx, address), store.unread(ctx, address)
    said = last.body if last else ""
    if last and last.mine:
        said = f"You: {said}"
    snippet = f"Draft: {waiting.strip()}" if waiting else said
    font: Weight = "bold" if fresh else "regular"
    ink = colors.on_surface if fresh else colors.on_surface_soft
    when = times.when(ctx, last.date) if last else "Draft"
    return row(
        partner(colors, ctx, address),
        column(
            text(colors, book.caller(ctx, address), size=16, font=font, id="conversation_name", max_lines=1),
            text(colors, snippet.replace("\n", " "), size=14, font=font, color=ink, id="conversation_snippet",
                 max_lines=1),
            cls=RELATIVE, in_tree=False, width=0, weight=1.0, gap=2,
        ),
        text(colors, when, size=12, font=font, color=ink, id="conversation_timestamp"),
        cls=GROUP, id="swipeableContainer", on_tap=("chat.open", address), on_long_press=("chat.ask_delete", address),
        height=76, gap=16, padding=(20, 0, 20, 0),
    )  # fmt: skip


# --- a conversation -------------------------------------------------------------------------------------------------
def conversation(ctx: Ctx, entry: Entry) -> Scene:
    """What was said, above the field for what is to be said."""
    colors, address = look.theme(ctx), str(entry["args"]["address"])
    name = book.caller(ctx, address)
    bar = app_bar(
        colors, name, icon_button(colors, "phone", "Call", ("chat.call",), cls="android.widget.ImageView"),
        icon_button(colors, "more_vert", "More options", ask("chat_menu"), cls="android.widget.ImageView"),
    )  # fmt: skip
    said = store.messages(ctx, address)
    head = text(
        colors, f"Texting with {name} (SMS/MMS)", size=12, color=colors.on_surface_soft, align="center", width=MATCH,
        margin=(24, 16, 24, 16),
    )  # fmt: skip
    bubbles = [_bubble(ctx, colors, row, last=row is said[-1]) for row in said]
    listing = list_view(
        key(entry, "messages"), head, *bubbles, View(in_tree=False, height=8, key=_BOTTOM), id="android:id/list"
    )
    return nav.page(colors, column(bar, listing, _compose(ctx, colors, entry, address)), activity=CONVERSATION)


def _bubble(ctx: Ctx, colors: Theme, message: store.Message, *, last: bool) -> View:
    mine = message.mine
    fill = colors.primary if mine else colors.surface_high
    ink = colors.on_primary if mine else colors.on_surface
    body = View(
        cls="android.widget.TextView", id="message_text", text=message.body, max_width=_BUBBLE,
        style=TextStyle(16, ink, line_height=22), padding=(16, 10, 16, 10), paint=Paint(fill=fill, radius=20),
    )  # fmt: skip
    status = times.when(ctx, message.date) + (" • Sent" if mine else "")
    below = text(colors, status, size=12, color=colors.on_surface_soft, id="message_status", margin=(12, 4, 12, 0))
    return column(
        body, below if last else None, cls="android.widget.LinearLayout", halign="end" if mine else "start",
        padding=(16, 2, 16, 4),
    )  # fmt: skip


def _compose(ctx: Ctx, colors: Theme, entry: Entry, address: str) -> View:
    value = store.draft(ctx, address)
    field = bare_field(
        colors, key(entry, "compose"), value, ("chat.write",), id="compose_message_text", hint="Text message",
        multiline=True, width=0, weight=1.0, padding=(16, 10, 8, 10), min_height=44,
    )  # fmt: skip
    ready = bool(value.strip())
    ink = colors.primary if ready else colors.outline
    send = icon_button(
        colors, "send_filled", "Send SMS", ("chat.send",) if ready else None, id="send_message_button_icon",
        cls="android.widget.ImageView", enabled=ready, clickable=True, color=ink,
    )  # fmt: skip
    box = row(
        field, icon_button(colors, "emoji", "Show emoji, stickers, and GIFs", ("say", "No emoji here"), height=44),
        in_tree=False, width=0, weight=1.0, valign="bottom", paint=Paint(fill=colors.surface_high, radius=24),
    )  # fmt: skip
    plus = icon_button(colors, "add_circle", "Show attach contact, location, and files", ("say", "Nothing to attach"))
    return row(plus, box, send, id="compose_message_view", valign="bottom", padding=(4, 6, 4, 10))


# --- a new conversation ---------------------------------------------------------------------------------------------
def new(ctx: Ctx, entry: Entry) -> Scene:
    """To whom: a name, or a number."""
    colors, word = look.theme(ctx), str(entry["args"].get("word", ""))
    field = bare_field(
        colors, key(entry, "to"), word, nav.keep("word"), id="recipient_text_view", hint="Type a name or phone number",
        autofocus=True, on_enter=("new.enter",), width=0, weight=1.0,
    )  # fmt: skip
    to = text(colors, "To", size=16, color=colors.on_surface_soft)
    line = row(to, field, gap=16, height=56, padding=(24, 0, 16, 0))
    people = [each for each in book.in_order(book.people(ctx)) if each["phones"]]
    found = [each for each in people if not word.strip() or book.matches(each, word)]
    rows = [
        list_row(colors, book.name_of(each), f"{phone['number']} • {phone['label']}",
                 icon=look.face(colors, each), on_tap=("chat.open", phone["number"]))
        for each in found
        for phone in each["phones"]
    ]  # fmt: skip
    if dialable(word):
        rows.insert(0, list_row(colors, f"Send to {numbers.as_typed(word)}", on_tap=("chat.open", word)))
    return nav.page(colors, column(app_bar(colors, "New conversation"), line, list_view(key(entry, "list"), *rows)))


def dialable(word: str) -> bool:
    """Whether what was typed is a number."""
    return len(numbers.digits(word)) >= 3 and all(char in "0123456789 -().+" for char in word)


# --- menus and dialogs ----------------------------------------------------------------------------------------------
def home_menu(ctx: Ctx, _entry: Entry) -> Window:
    """More options of the list."""
    labels = ("Archived", "Spam & blocked", "Mark all as read", "Messages settings", "Help & feedback")
    choices = [Choice(label, ("home.read",) if label == "Mark all as read" else ("home.menu", label))
               for label in labels]  # fmt: skip
    return popup_menu(look.theme(ctx), choices, width=220)


def chat_menu(ctx: Ctx, _entry: Entry) -> Window:
    """More options of a conversation."""
    choices = [
        Choice("Details", ("home.menu", "No details")), Choice("Add people", ("home.menu", "Group chats need MMS")),
        Choice("Delete", ("chat.ask_delete", "")), Choice("Help & feedback", ("home.menu", "Help & feedback")),
    ]  # fmt: skip
    return popup_menu(look.theme(ctx), choices)


def delete_dialog(ctx: Ctx, entry: Entry) -> Window:
    """Before a conversation is deleted."""
    return alert_dialog(
        look.theme(ctx), "Delete this conversation?", "This is permanent and can't be undone.",
        negative=Action("Cancel"), positive=Action("Delete", ("chat.delete", entry["args"]["address"])),
    )  # fmt: skip


def bottom_key() -> str:
    """Key of what stands at the end of a conversation, to scroll to."""
    return _BOTTOM
