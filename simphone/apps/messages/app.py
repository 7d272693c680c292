"""Google Messages: its screens, messages and saved data."""

from __future__ import annotations

from typing import ClassVar
from urllib.parse import unquote

from simphone.apps.contacts import book, look, numbers
from simphone.apps.messages import pages, store
from simphone.core.app import Ctx, Intent, Json, Manifest
from simphone.ui.view import Theme
from simphone.widgets import nav
from simphone.widgets.nav import DialogFn, Handler, ScreenFn, StackApp


# --- messages -------------------------------------------------------------------------------------------------------
def open_chat(ctx: Ctx, address: str) -> None:
    """Show the conversation with a number, in place of the page on which it was chosen."""
    plain = numbers.digits(address) or address
    nav.close_all(ctx)
    nav.pop_to(ctx, "home")
    nav.push(ctx, "chat", address=plain)
    store.read(ctx, plain)
    _to_end(ctx)


def _to_end(ctx: Ctx) -> None:
    ctx.system.scroll_to(nav.key(nav.top(ctx), "messages"), pages.bottom_key())


def write(ctx: Ctx, value: str) -> None:
    """The field of a conversation was edited."""
    store.keep_draft(ctx, str(nav.top(ctx)["args"]["address"]), value)


def send(ctx: Ctx) -> None:
    """Send what stands in the field."""
    address = str(nav.top(ctx)["args"]["address"])
    body = store.draft(ctx, address).strip()
    if body:
        store.send(ctx, address, body)
        store.keep_draft(ctx, address, "")
        _to_end(ctx)


def call(ctx: Ctx) -> None:
    """Call whom the conversation is with."""
    address = str(nav.top(ctx)["args"]["address"])
    if not ctx.system.start(Intent("android.intent.action.CALL", data=f"tel:{address}")):
        ctx.system.toast("No app can handle this action")


def ask_delete(ctx: Ctx, address: str) -> None:
    """Delete: of the conversation that is open, or of the row that was pressed."""
    nav.close_all(ctx)
    nav.open_dialog(ctx, "delete", address=address or nav.top(ctx)["args"]["address"])


def delete(ctx: Ctx, address: str) -> None:
    """Delete was confirmed."""
    nav.close_all(ctx)
    nav.pop_to(ctx, "home")
    store.delete(ctx, address)
    ctx.system.toast("1 conversation deleted")


def enter(ctx: Ctx) -> None:
    """Enter in the field To: takes a number, or the only contact that is found."""
    word = str(nav.top(ctx)["args"].get("word", ""))
    found = [phone for each in book.people(ctx) if book.matches(each, word) for phone in each["phones"]]
    if pages.dialable(word):
        open_chat(ctx, word)
    elif len(found) == 1:
        open_chat(ctx, found[0]["number"])
    else:
        ctx.system.toast("Couldn't find a valid recipient")


def read_all(ctx: Ctx) -> None:
    """Mark all as read."""
    nav.close_all(ctx)
    for address, _ in store.conversations(ctx):
        store.read(ctx, address)


def from_menu(ctx: Ctx, label: str) -> None:
    """An entry of a menu that has nothing to show."""
    nav.close_all(ctx)
    say(ctx, label if label.startswith(("No ", "Group")) else f"{label} isn't available offline")


def say(ctx: Ctx, message: str) -> None:
    """What a button has to say."""
    ctx.system.toast(message)


class Messages(StackApp):
    """Saved: `drafts` {number: text}; the messages themselves are the phone's, see store."""

    manifest = Manifest(
        name="messages",
        label="Messages",
        package="com.google.android.apps.messaging",
        activity="com.google.android.apps.messaging.ui.ConversationListActivity",
        activities=(pages.CONVERSATION,),
        actions=tuple(
            f"android.intent.action.{action} {scheme}"
            for action in ("SENDTO", "VIEW")
            for scheme in ("sms", "smsto", "mms", "mmsto")
        ),
        icon="message",
        icon_background="#1a73e8",
        version="messages.android_20230424_00",
    )
    first = "home"
    screens: ClassVar[dict[str, ScreenFn]] = {"home": pages.home, "chat": pages.conversation, "new": pages.new}
    dialogs: ClassVar[dict[str, DialogFn]] = {
        "home_menu": pages.home_menu,
        "chat_menu": pages.chat_menu,
        "delete": pages.delete_dialog,
    }
    handlers: ClassVar[dict[str, Handler]] = {
        "chat.open": open_chat,
        "chat.write": write,
        "chat.send": send,
        "chat.call": call,
        "chat.ask_delete": ask_delete,
        "chat.delete": delete,
        "new.enter": enter,
        "home.read": read_all,
        "home.menu": from_menu,
        "say": say,
    }

    def theme(self, ctx: Ctx) -> Theme:
        """The colours of Messages."""
        return look.theme(ctx)

    def fresh_data(self) -> dict[str, Json]:
        """No drafts."""
        return {"drafts": {}}

    def open(self, ctx: Ctx, intent: Intent) -> None:
        """SENDTO and VIEW of a number open its conversation (RFC 5724), a notification the one it tells of."""
        address, _, query = intent.data.partition(":")[2].lstrip("/").partition("?")
        if not address:
            return
        open_chat(ctx, unquote(address))
        body = str(intent.extras.get("sms_body", "")) or unquote(query.partition("body=")[2].partition("&")[0])
        if body:
            write(ctx, body)

    def tick(self, ctx: Ctx) -> None:
        """Tell of messages that came in; those of the open conversation count as read."""
        super().tick(ctx)
        for message in store.arrived(ctx):
            if self._in_sight(ctx, message.address):
                store.read(ctx, message.address)
                _to_end(ctx)
            else:
                who = book.caller(ctx, message.address)
                ctx.system.notify(store.note_key(message.row), who, message.body, f"sms:{message.address}")

    def _in_sight(self, ctx: Ctx, address: str) -> bool:
        tasks, entry = ctx.system.state["tasks"], nav.top(ctx)
        if not tasks or tasks[-1]["app"] != self.manifest.name or entry["name"] != "chat":
            return False
        return store.address_key(entry["args"]["address"]) == store.address_key(address)


APP = Messages()
