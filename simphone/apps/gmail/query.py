"""What is searched for: words and operators, as Gmail's search takes them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from simphone.apps.gmail import mailbox
from simphone.apps.gmail.state import Mail, Saved, mail_of, person

_TERM: Final = re.compile(r'(?P<not>-)?(?:(?P<op>[a-z]+):)?(?:"(?P<quoted>[^"]*)"?|(?P<word>[^\s"]+))', re.IGNORECASE)
_IS: Final[dict[str, Callable[[Mail], bool]]] = {
    "starred": lambda mail: mail["starred"],
    "unread": lambda mail: mail["unread"],
    "read": lambda mail: not mail["unread"],
    "important": lambda mail: mail["important"],
    "snoozed": lambda mail: mail["folder"] == "snoozed",
    "muted": lambda mail: mail["muted"],
}


def _people(data: Saved, emails: list[str]) -> str:
    return " ".join(f"{person(data, each)['name']} {each}" for each in emails).casefold()


def _holds(data: Saved, mail: Mail, operator: str, value: str) -> bool:
    if operator == "from":
        return value in _people(data, [mail["sender"]])
    if operator == "to":
        everyone = _people(data, [*mail["to"], *mail["cc"], *mail["bcc"]])
        return value in everyone or (value == "me" and data["account"]["email"] in everyone)
    if operator == "subject":
        return value in mail["subject"].casefold()
    if operator == "has":
        return bool(mail["attachments"]) and value == "attachment"
    if operator == "filename":
        return any(value in name.casefold() for name in mail["attachments"])
    if operator == "is":
        return value in _IS and _IS[value](mail)
    if operator == "label":
        return value in (each.casefold() for each in mail["labels"])
    if operator in ("before", "after"):
        day = value.replace("/", "-")
        return mail["at"][:10] < day if operator == "before" else mail["at"][:10] >= day
    return True


def _says(data: Saved, mail: Mail, words: str) -> bool:
    everything = (
        f"{_people(data, [mail['sender'], *mail['to']])} {mail['subject']} {mail['body']} "
        f"{' '.join(mail['attachments'])}"
    )
    return words in " ".join(everything.casefold().split())


def find(data: Saved, asked: str) -> list[str]:
    """Ids of what answers a search, the newest first. Spam and Trash are left out unless `in:` names them."""
    terms = [
        (term["not"] is not None, (term["op"] or "").casefold(), (term["quoted"] or term["word"] or "").casefold())
        for term in _TERM.finditer(asked)
    ]
    places = [value for _, operator, value in terms if operator == "in"]
    found = []
    for ident in data["mails"]:
        mail = mail_of(data, ident)
        if not (mail["folder"] in places or "anywhere" in places if places else mail["folder"] not in mailbox.HIDDEN):
            continue
        if all(
            (_holds(data, mail, operator, value) if operator else _says(data, mail, value)) != negated
            for negated, operator, value in terms
        ):
            found.append(ident)
    return mailbox.newest_first(data, found)
