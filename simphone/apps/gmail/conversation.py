"""A conversation: subject, messages, answers."""

from __future__ import annotations

from typing import Final

from simphone.apps.gmail import draft, look, mailbox
from simphone.apps.gmail.rows import attachment_chip
from simphone.apps.gmail.state import Mail, mail_of, person, saved
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, Paint, Scene, Theme, View, Window
from simphone.widgets import nav
from simphone.widgets.box import GROUP, column, row, scroll_column, space
from simphone.widgets.buttons import icon_button, outlined_button
from simphone.widgets.dialogs import Choice
from simphone.widgets.image import IMAGE_VIEW
from simphone.widgets.menus import popup_menu
from simphone.widgets.nav import DialogFn, Entry, Handler, ScreenFn, ask, key
from simphone.widgets.text import divider, text

_FOLDER_NAME: Final = {"inbox": "Inbox", "archive": "", "sent": "Sent"}


def conversation(ctx: Ctx, entry: Entry) -> Scene:
    """The mail `args.mail`, and what was answered to it."""
    colors, data, ident = look.theme(ctx), saved(ctx), str(entry["args"]["mail"])
    mail = mail_of(data, ident)
    where = _FOLDER_NAME.get(mail["folder"], mailbox.title(mail["folder"]))
    title = row(
        _title(colors, look.subject(mail), where),
        look.star(colors, ident, mail, edge=48),
        cls=GROUP, valign="top", padding=(16, 12, 8, 8), gap=8,
    )  # fmt: skip
    parts = mailbox.conversation(data, ident)
    messages = [_message(ctx, colors, each, last=each == parts[-1]) for each in parts]
    body = scroll_column(key(entry, "page"), title, *messages, _answers(colors, ident), space(height=24))
    return look.page(ctx, _toolbar(colors), body)


def _title(colors: Theme, subject: str, where: str) -> View:
    """The subject, and the folder as a tag: one node, as in the real app."""
    tag = text(
        colors, where, size=12, color=colors.on_surface_soft, in_tree=False, padding=(8, 3, 8, 3),
        paint=Paint(fill=colors.surface_high, radius=4), self_halign="start",
    )  # fmt: skip
    view = column(
        text(colors, subject, size=22, line_height=28, width=MATCH, in_tree=False), tag if where else None,
        cls="android.widget.TextView", id="subject_and_folder_view", width=0, weight=1.0, gap=6,
    )  # fmt: skip
    view.text = f"{subject} {where}".rstrip()
    return view


def _toolbar(colors: Theme) -> View:
    ink = colors.on_surface
    return row(
        icon_button(colors, "arrow_back", "Navigate up", ("nav.back",), color=ink),
        space(weight=1.0),
        icon_button(colors, "archive", "Archive", ("mail.archive",), color=ink, id="archive"),
        icon_button(colors, "delete", "Delete", ("mail.delete",), color=ink, id="delete"),
        icon_button(
            colors, "mark_unread", "Mark as unread", ("mail.unread", True), color=ink, id="inside_conversation_unread"
        ),
        icon_button(colors, "more_vert", "More options", ask("mail_menu"), color=ink, cls=IMAGE_VIEW),
        cls=GROUP, id="toolbar", height=64, padding=(4, 0, 4, 0),
    )  # fmt: skip


def _message(ctx: Ctx, colors: Theme, ident: str, *, last: bool) -> View:
    data = saved(ctx)
    mail = mail_of(data, ident)
    who = person(data, mail["sender"])
    to = ", ".join(look.name_of(data, each) for each in (*mail["to"], *mail["cc"]))
    head = row(
        look.face(who["name"]),
        column(
            row(
                text(colors, who["name"], size=16, font="medium", max_lines=1, id="sender_name"),
                text(colors, look.when(ctx, mail["at"]), size=12, color=colors.on_surface_soft, id="upper_date"),
                in_tree=False, gap=8,
            ),
            text(colors, f"to {to}", size=14, color=colors.on_surface_soft, max_lines=1, id="recipient_summary",
                 on_tap=("mail.details", ident)),
            in_tree=False, width=0, weight=1.0, gap=2,
        ),
        icon_button(colors, "reply", "Reply", ("compose.answer", ident, "reply"), id="reply"),
        icon_button(colors, "more_vert", "More options", ask("message_menu", mail=ident), id="overflow"),
        cls=GROUP, id="message_header", gap=12, padding=(16, 8, 4, 8),
    )  # fmt: skip
    return column(
        head,
        _details(ctx, colors, mail) if ident in nav.top(ctx)["args"].get("details", []) else None,
        _body(colors, mail),
        _files(colors, mail),
        None if last else divider(colors, margin=(16, 8, 16, 8)),
        in_tree=False,
    )  # fmt: skip


def _details(ctx: Ctx, colors: Theme, mail: Mail) -> View:
    """The box below the sender, once `to me` was touched."""
    data = saved(ctx)
    who = person(data, mail["sender"])
    everyone = (("To", mail["to"]), ("Cc", mail["cc"]), ("Bcc", mail["bcc"]))
    lines = [("From", f"{who['name']} • {who['email']}")]
    lines += [(name, ", ".join(emails)) for name, emails in everyone if emails]
    lines.append(("Date", look.when_long(ctx, mail["at"])))
    return column(
        *(
            row(
                text(colors, name, size=13, color=colors.on_surface_soft, width=48),
                text(colors, value, size=13, width=0, weight=1.0),
                in_tree=False, valign="top",
            )
            for name, value in lines
        ),
        gap=6, margin=(16, 0, 16, 8), padding=(16, 12, 16, 12), paint=Paint(border=colors.divider, radius=12),
    )  # fmt: skip


def _body(colors: Theme, mail: Mail) -> View:
    paragraphs = [*mail["body"].split("\n\n"), *([mail["quoted"]] if mail["quoted"] else [])]
    return column(
        *(
            text(colors, part, size=16, line_height=23, width=MATCH, cls="android.widget.TextView",
                 color=colors.on_surface_soft if part is mail["quoted"] else colors.on_surface)
            for part in paragraphs
        ),
        cls="android.webkit.WebView", id="conversation_body", gap=12, padding=(16, 12, 16, 16), focusable=True,
    )  # fmt: skip


def _files(colors: Theme, mail: Mail) -> View | None:
    if not mail["attachments"]:
        return None
    cards = [
        row(
            row(attachment_chip(colors, name), in_tree=False, width=0, weight=1.0),
            icon_button(
                colors, "download", f"Download {name}", ("say", "Can't download while offline"),
                id="attachment_download",
            ),
            id="attachment_card", desc=name, on_tap=("say", "No app can open this file"), padding=(4, 8, 4, 8),
        )
        for name in mail["attachments"]
    ]  # fmt: skip
    return column(
        divider(colors),
        text(colors, f"{len(cards)} attachment{'s' * (len(cards) != 1)}", size=14, color=colors.on_surface_soft,
             margin=(0, 12, 0, 4)),
        *cards, in_tree=False, padding=(16, 0, 16, 8),
    )  # fmt: skip


def _answers(colors: Theme, ident: str) -> View:
    buttons = [
        outlined_button(colors, label, ("compose.answer", ident, how), icon=sign, id=name, width=0, weight=1.0,
                        height=44, padding=(4, 0, 4, 0))
        for label, how, sign, name in (
            ("Reply", "reply", "reply", "reply_button"), ("Reply all", "reply_all", "reply_all", "reply_all_button"),
            ("Forward", "forward", "forward", "forward_button"),
        )
    ]  # fmt: skip
    return row(*buttons, gap=8, padding=(16, 16, 16, 8))


# --- messages, menu -------------------------------------------------------------------------------------------------
def open_mail(ctx: Ctx, ident: str) -> None:
    """Open a mail: a draft for writing on, any other for reading, which makes it a read one."""
    if mail_of(saved(ctx), ident)["folder"] == "drafts":
        draft.resume(ctx, ident)
        return
    if mail_of(saved(ctx), ident)["unread"]:
        mailbox.put(ctx, ident, unread=False)
    nav.push(ctx, "conversation", mail=ident, details=[])


def details(ctx: Ctx, ident: str) -> None:
    """Show or hide from whom and to whom exactly."""
    shown: list[str] = nav.top(ctx)["args"]["details"]
    if ident in shown:
        shown.remove(ident)
    else:
        shown.append(ident)


def message_menu(ctx: Ctx, entry: Entry) -> Window:
    """More options of one message."""
    data, ident = saved(ctx), str(entry["args"]["mail"])
    who = person(data, mail_of(data, ident)["sender"])
    blocked = who["email"] in data["blocked"]
    choices = [
        Choice("Reply all", ("compose.answer", ident, "reply_all")),
        Choice("Forward", ("compose.answer", ident, "forward")),
        Choice("Remove star" if mail_of(data, ident)["starred"] else "Add star", ("message.star", ident)),
        Choice("Print", ("say", "No printer found")),
        Choice(f"{'Unblock' if blocked else 'Block'} “{who['name']}”", ("mail.block", who["email"])),
    ]
    return popup_menu(look.theme(ctx), choices, width=224, anchor=(-12, 150))


def star_from_menu(ctx: Ctx, ident: str) -> None:
    """Add star, Remove star."""
    nav.close_all(ctx)
    mailbox.put(ctx, ident, starred=not mail_of(saved(ctx), ident)["starred"])


SCREENS: Final[dict[str, ScreenFn]] = {"conversation": conversation}
DIALOGS: Final[dict[str, DialogFn]] = {"message_menu": message_menu}
HANDLERS: Final[dict[str, Handler]] = {
    "mail.open": open_mail, "mail.details": details, "message.star": star_from_menu,
}  # fmt: skip
