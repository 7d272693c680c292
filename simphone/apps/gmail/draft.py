"""The mail that is being written: recipients as they are typed, answers, sending, keeping as a draft.

A page `compose` holds it in its args; nothing of it is saved before the page is left.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final, Literal, TypedDict, cast

from simphone.apps.gmail import look, mailbox
from simphone.apps.gmail.state import BLANK, Mail, mail_of, person, saved
from simphone.core.app import Ctx
from simphone.core.dates import DAYS
from simphone.widgets import nav
from simphone.widgets.nav import Entry, Handler

Part = Literal["to", "cc", "bcc"]
PARTS: Final[tuple[Part, ...]] = ("to", "cc", "bcc")
_ADDRESS: Final = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;.]+")


class Draft(TypedDict):
    """`mode` new, reply, reply_all or forward; `source` the mail that is answered; `saved_as` the draft it came from.
    `typed` is what stands in the recipient fields and is no recipient yet."""

    mode: str
    source: str
    saved_as: str
    to: list[str]
    cc: list[str]
    bcc: list[str]
    typed: dict[str, str]
    subject: str
    body: str
    quoted: str
    show_quoted: bool
    more: bool
    """Whether Cc and Bcc are shown."""
    start: dict[str, object]
    """How it began: without a change, nothing is kept."""


def of(entry: Entry) -> Draft:
    """The draft of a page."""
    return cast("Draft", entry["args"])


def current(ctx: Ctx) -> Draft:
    """The draft that is open."""
    return of(nav.top(ctx))


def is_address(value: str) -> bool:
    """Whether a text can be an address (a loose reading of RFC 5322, 3.4.1)."""
    return _ADDRESS.fullmatch(value) is not None


# --- beginning ------------------------------------------------------------------------------------------------------
def begin(ctx: Ctx, **known: object) -> None:
    """Open the page for writing, with what is known from the start."""
    blank: Draft = {
        "mode": "new", "source": "", "saved_as": "", "to": [], "cc": [], "bcc": [], "typed": dict.fromkeys(PARTS, ""),
        "subject": "", "body": "", "quoted": "", "show_quoted": False, "more": False, "start": {},
    }  # fmt: skip
    fresh = cast("Draft", blank | known)
    fresh["start"] = _content(fresh)
    nav.close_all(ctx)
    nav.push(ctx, "compose", **fresh)


def _content(draft: Draft) -> dict[str, object]:
    return {
        "to": [*draft["to"]], "cc": [*draft["cc"]], "bcc": [*draft["bcc"]], "subject": draft["subject"],
        "body": draft["body"], "typed": {**draft["typed"]},
    }  # fmt: skip


def new(ctx: Ctx) -> None:
    """Compose."""
    signature = saved(ctx)["settings"]["signature"]
    begin(ctx, body=f"\n\n{signature}" if signature else "")


def answer(ctx: Ctx, ident: str, how: str) -> None:
    """Reply, Reply all, Forward."""
    data = saved(ctx)
    mail, me = mail_of(data, ident), data["account"]["email"]
    who = person(data, mail["sender"])
    at = f"{look.when_long(ctx, mail['at'])}"
    if how == "forward":
        head = f"---------- Forwarded message ---------\nFrom: {who['name']} <{who['email']}>\nDate: {at}\n"
        head += f"Subject: {mail['subject']}\nTo: {', '.join(mail['to'])}\n\n"
        begin(ctx, mode=how, source=ident, subject=_prefixed("Fwd", mail["subject"]), quoted=head + mail["body"])
        return
    to = mail["to"] if mail["sender"] == me else [mail["sender"]]
    others = [each for each in (*mail["to"], *mail["cc"]) if each not in (me, *to)] if how == "reply_all" else []
    quoted = f"On {at} {who['name']} <{who['email']}> wrote:\n\n" + mail["body"]
    begin(
        ctx, mode=how, source=ident, to=[*to], cc=others, more=bool(others),
        subject=_prefixed("Re", mail["subject"]), quoted=quoted,
    )  # fmt: skip


def _prefixed(prefix: str, subject: str) -> str:
    return subject if subject.lower().startswith(f"{prefix.lower()}:") else f"{prefix}: {subject}"


def resume(ctx: Ctx, ident: str) -> None:
    """Go on with a draft that was kept."""
    mail = mail_of(saved(ctx), ident)
    begin(
        ctx, mode="reply" if mail["answers"] else "new", source=mail["answers"], saved_as=ident, to=[*mail["to"]],
        cc=[*mail["cc"]], bcc=[*mail["bcc"]], subject=mail["subject"], body=mail["body"], quoted=mail["quoted"],
        more=bool(mail["cc"] or mail["bcc"]),
    )  # fmt: skip


# --- writing --------------------------------------------------------------------------------------------------------
def write(ctx: Ctx, field: Literal["subject", "body"], value: str) -> None:
    """Subject or text were edited. Whoever writes there has done with the recipients."""
    settle(ctx)
    current(ctx)[field] = value


def type_recipient(ctx: Ctx, part: Part, value: str) -> None:
    """A recipient field was edited; a comma, a semicolon or a blank after an address makes it a recipient."""
    draft = current(ctx)
    *whole, rest = re.split(r"[,;]", value)
    stripped = rest.strip()
    if rest.endswith(" ") and is_address(stripped):
        whole, rest = [*whole, stripped], ""
    for address in whole:
        _add(draft, part, address)
    draft["typed"][part] = rest


def _add(draft: Draft, part: Part, address: str) -> None:
    address = address.strip()
    if address and address not in draft[part]:
        draft[part].append(address)


def settle(ctx: Ctx) -> None:
    """What is typed in the recipient fields becomes recipients."""
    draft = current(ctx)
    for part in PARTS:
        for address in draft["typed"][part].split():
            _add(draft, part, address)
        draft["typed"][part] = ""


def enter(ctx: Ctx, part: Part) -> None:
    """Enter in a recipient field: a recipient; the field is ready for the next one."""
    settle(ctx)
    ctx.system.show_keyboard(nav.key(nav.top(ctx), part))


def choose(ctx: Ctx, part: Part, address: str) -> None:
    """A suggestion, or `Add recipient`."""
    draft = current(ctx)
    _add(draft, part, address)
    draft["typed"][part] = ""
    ctx.system.show_keyboard(nav.key(nav.top(ctx), part))


def remove(ctx: Ctx, part: Part, address: str) -> None:
    """Take a recipient away."""
    nav.close_all(ctx)
    draft = current(ctx)
    draft[part] = [each for each in draft[part] if each != address]


def more(ctx: Ctx) -> None:
    """Show or hide Cc and Bcc."""
    draft = current(ctx)
    draft["more"] = not draft["more"]


def show_quoted(ctx: Ctx) -> None:
    """The button with the three dots."""
    current(ctx)["show_quoted"] = True


def to_body(ctx: Ctx) -> None:
    """Enter in the subject."""
    settle(ctx)
    ctx.system.show_keyboard(nav.key(nav.top(ctx), "body"))


# --- ending ---------------------------------------------------------------------------------------------------------
def _keep(ctx: Ctx, folder: str, wakes: str = "") -> str:
    """Put the draft into the mailbox; its id."""
    data, draft = saved(ctx), current(ctx)
    ident = draft["saved_as"]
    if not ident:
        data["written"] += 1
        ident = f"new{data['written']}"
    mail: Mail = {
        **BLANK, "folder": folder, "sender": data["account"]["email"], "to": [*draft["to"]], "cc": [*draft["cc"]],
        "bcc": [*draft["bcc"]], "subject": draft["subject"], "body": draft["body"], "quoted": draft["quoted"],
        "at": mailbox.stamp(ctx), "attachments": [], "labels": [], "wakes": wakes,
        "answers": draft["source"] if draft["mode"] != "forward" else "",
    }  # fmt: skip
    data["mails"][ident] = mail
    draft["saved_as"] = ident
    return ident


def leave(ctx: Ctx) -> None:
    """Leave the page; what was written is kept as a draft."""
    settle(ctx)
    draft = current(ctx)
    if _content(draft) == draft["start"]:
        nav.pop(ctx)
        return
    ident = _keep(ctx, "drafts")
    nav.pop(ctx)
    nav.snack(ctx, "Message saved as draft", "Discard", ("draft.drop", ident))


def save(ctx: Ctx) -> None:
    """Save draft."""
    nav.close_all(ctx)
    settle(ctx)
    _keep(ctx, "drafts")
    ctx.system.toast("Draft saved")


def drop(ctx: Ctx, ident: str) -> None:
    """Discard, in the snackbar."""
    mailbox.forget(ctx, [ident])
    nav.snack(ctx, "Draft discarded")


def discard(ctx: Ctx) -> None:
    """Discard, in the menu."""
    nav.close_all(ctx)
    mailbox.forget(ctx, [current(ctx)["saved_as"]])
    nav.pop(ctx)
    nav.snack(ctx, "Draft discarded")


def problem(draft: Draft) -> str:
    """Why a draft cannot be sent; empty when it can."""
    everyone = [each for part in PARTS for each in draft[part]]
    if not everyone:
        return "Add at least one recipient."
    wrong = next((each for each in everyone if not is_address(each)), "")
    return f"The address <{wrong}> is not valid." if wrong else ""


def send(ctx: Ctx, sure: bool = False) -> None:
    """Send, unless something is wrong with it or the owner wants to be asked."""
    settle(ctx)
    draft = current(ctx)
    trouble = problem(draft)
    asked = "" if draft["subject"].strip() else "There's no subject. Send it anyway?"
    if not asked and saved(ctx)["settings"]["confirm_send"]:
        asked = "Send this message?"
    nav.close_all(ctx)
    if trouble:
        nav.open_dialog(ctx, "cannot_send", why=trouble)
    elif asked and not sure:
        nav.open_dialog(ctx, "confirm_send", what=asked)
    else:
        ident = _keep(ctx, "sent")
        nav.pop(ctx)
        nav.snack(ctx, "Message sent", "Undo", ("draft.unsend", ident))


def unsend(ctx: Ctx, ident: str) -> None:
    """Undo, after sending: the mail is a draft again, and open."""
    mailbox.put(ctx, ident, folder="drafts")
    resume(ctx, ident)


def schedule(ctx: Ctx, at: str) -> None:
    """Schedule send."""
    settle(ctx)
    nav.close_all(ctx)
    trouble = problem(current(ctx))
    if trouble:
        nav.open_dialog(ctx, "cannot_send", why=trouble)
        return
    _keep(ctx, "scheduled", at)
    nav.pop(ctx)
    moment = datetime.fromisoformat(at)
    nav.snack(ctx, f"Send scheduled for {DAYS[moment.weekday()]}, {look.clock(ctx, moment)}")


HANDLERS: Final[dict[str, Handler]] = {
    "compose.new": new, "compose.answer": answer, "draft.write": write, "draft.type": type_recipient,
    "draft.settle": settle, "draft.enter": enter, "draft.choose": choose, "draft.remove": remove, "draft.more": more,
    "draft.quoted": show_quoted, "draft.to_body": to_body, "draft.save": save, "draft.drop": drop,
    "draft.discard": discard, "draft.send": send, "draft.unsend": unsend, "draft.schedule": schedule,
}  # fmt: skip
