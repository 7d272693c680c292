"""The form of a contact as data: what stands in its fields before Save.

A draft is a Contact whose lists have a place for every field that is shown, also the empty ones. It lives in the args
of the editor's entry, with `contact` (id, 0 for a new one), `before` (the draft as it was opened), `more` (More fields
was pressed, until then only what is filled in is shown of the lower half) and `names` (all parts of the name).
"""

from __future__ import annotations

import copy
from typing import Any, Final, cast

from simphone.apps.contacts import book, numbers
from simphone.apps.contacts.book import Contact
from simphone.core.app import Ctx
from simphone.widgets.nav import Entry

FIRST_LABEL: Final = {
    "phones": "Mobile", "emails": "Home", "addresses": "Home", "dates": "Birthday", "relations": "Spouse",
}  # fmt: skip
_FURTHER_LABEL: Final = {"phones": "Home", "emails": "Work", "dates": "Anniversary"}
_LISTS: Final = ("phones", "emails", "addresses", "dates", "relations")


def opened(contact: Contact | None) -> dict[str, Any]:
    """The args of an editor that opens on a contact, or on an empty form."""
    form = copy.deepcopy(contact) if contact else book.blank()
    for kind in _LISTS:
        _offer(form, kind)
    if not form["websites"]:
        form["websites"].append("")
    names = any(form["prefix"] + form["middle"] + form["suffix"])
    return {"contact": form["id"], "draft": form, "before": copy.deepcopy(form), "more": False, "names": names}


def _offer(form: Contact, kind: str) -> None:
    """Give a list its one empty field, if it has none at all."""
    if not book.entries(form, kind):
        add(form, kind)


def add(form: Contact, kind: str) -> None:
    """One more empty field."""
    held = book.entries(form, kind)
    label = _FURTHER_LABEL.get(kind, FIRST_LABEL[kind]) if held else FIRST_LABEL[kind]
    held.append({book.VALUE[kind]: "", "label": label})


def of(entry: Entry) -> Contact:
    """The draft of an editor."""
    return cast(Contact, entry["args"]["draft"])


def changed(entry: Entry) -> bool:
    """Whether something would be lost by leaving."""
    return stripped(of(entry)) != stripped(cast(Contact, entry["args"]["before"]))


def stripped(form: Contact) -> Contact:
    """The form without its empty fields: what is saved."""
    plain = copy.deepcopy(form)
    loose = cast(dict[str, Any], plain)
    for name, value in loose.items():
        if isinstance(value, str):
            loose[name] = value.strip()
    for kind in _LISTS:
        value = book.VALUE[kind]
        loose[kind] = [
            {**each, value: each[value].strip()} for each in book.entries(plain, kind) if each[value].strip()
        ]
    plain["websites"] = [site.strip() for site in plain["websites"] if site.strip()]
    for phone in plain["phones"]:
        phone["number"] = numbers.as_typed(phone["number"])
    return plain


def empty(form: Contact) -> bool:
    """Whether nothing was filled in."""
    return stripped({**form, "id": 0}) == book.blank()


def keep(ctx: Ctx, form: Contact) -> int:
    """Save a form; the id of the contact."""
    data, plain = book.saved(ctx), stripped(form)
    if plain["id"]:
        data["contacts"] = [plain if each["id"] == plain["id"] else each for each in data["contacts"]]
    else:
        plain["id"] = 1 + max((each["id"] for each in data["contacts"]), default=0)
        data["contacts"].append(plain)
    return plain["id"]
