"""The contacts provider: the book as `content query` finds it.

Columns, MIME types and type numbers: android.provider.ContactsContract (CommonDataKinds); the two URIs without
`com.android` are those of its predecessor android.provider.Contacts, which the shell still answers.
"""

from __future__ import annotations

from typing import Any, Final

from simphone.apps.contacts import book, numbers
from simphone.apps.contacts.book import Contact, Data

Row = dict[str, Any]

_ROOT: Final = "content://com.android.contacts"
_KIND: Final = "vnd.android.cursor.item/"
_TYPES: Final[dict[str, dict[str, int]]] = {
    "phones": {"Home": 1, "Mobile": 2, "Work": 3, "Work Fax": 4, "Home Fax": 5, "Pager": 6, "Other": 7, "Main": 12},
    "emails": {"Home": 1, "Work": 2, "Other": 3, "Mobile": 4},
    "addresses": {"Home": 1, "Work": 2, "Other": 3},
    "dates": {"Anniversary": 1, "Other": 2, "Birthday": 3},
    "relations": {
        "Assistant": 1, "Brother": 2, "Child": 3, "Domestic Partner": 4, "Father": 5, "Friend": 6, "Manager": 7,
        "Mother": 8, "Parent": 9, "Partner": 10, "Sister": 13, "Spouse": 14,
    },
}  # fmt: skip
_MIME: Final = {
    "phones": "phone_v2", "emails": "email_v2", "addresses": "postal-address_v2", "dates": "contact_event",
    "relations": "relation",
}  # fmt: skip


def rows(data: Data) -> dict[str, list[Row]]:
    """All URIs of the provider with their rows."""
    people = [_person(contact) for contact in data["contacts"]]
    cells: list[Row] = []
    for contact in data["contacts"]:
        cells += [{"_id": len(cells) + at, **cell} for at, cell in enumerate(_cells(contact), 1)]
    phones = [row for row in cells if row["mimetype"] == _KIND + _MIME["phones"]]
    emails = [row for row in cells if row["mimetype"] == _KIND + _MIME["emails"]]
    return {
        f"{_ROOT}/contacts": people,
        f"{_ROOT}/raw_contacts": [_raw(row) for row in people],
        f"{_ROOT}/data": cells,
        f"{_ROOT}/data/phones": phones,
        f"{_ROOT}/data/emails": emails,
        f"{_ROOT}/groups": [{"_id": each["id"], "title": each["title"], "deleted": 0} for each in data["labels"]],
        "content://contacts/people": [_old_person(row) for row in people],
        "content://contacts/phones": [_old_phone(row) for row in phones],
    }


def _person(contact: Contact) -> Row:
    return {
        "_id": contact["id"],
        "display_name": book.name_of(contact),
        "has_phone_number": int(bool(contact["phones"])),
        "starred": int(contact["starred"]),
        "send_to_voicemail": int(contact["voicemail"]),
        "custom_ringtone": contact["ringtone"] or None,
    }


def _raw(row: Row) -> Row:
    return {**row, "contact_id": row["_id"], "account_type": None, "account_name": None, "deleted": 0}


def _cells(contact: Contact) -> list[Row]:
    """The rows of the data table that belong to one contact."""
    found = [_cell(contact, "name", book.full_name(contact) or None, contact["first"] or None, contact["last"] or None)]
    for kind in ("phones", "emails", "addresses", "dates", "relations"):
        for each in book.entries(contact, kind):
            number = _TYPES[kind].get(each["label"], 0)
            found.append(
                _cell(contact, _MIME[kind], each[book.VALUE[kind]], number, None if number else each["label"] or None)
            )
    if contact["company"] or contact["title"]:
        work = _cell(contact, "organization", contact["company"] or None, 1)
        found.append(work | {"data4": contact["title"] or None})
    found += [_cell(contact, "website", site, 7) for site in contact["websites"]]
    found += [_cell(contact, "note", contact["notes"])] if contact["notes"] else []
    found += [_cell(contact, "group_membership", number) for number in contact["labels"]]
    return found


def _cell(contact: Contact, mime: str, *values: str | int | None) -> Row:
    data = {f"data{at}": value for at, value in enumerate(values, 1)}
    return {
        "raw_contact_id": contact["id"],
        "contact_id": contact["id"],
        "display_name": book.name_of(contact),
        "mimetype": _KIND + mime,
        "data1": None,
        "data2": None,
        "data3": None,
        **data,
    }


def _old_person(row: Row) -> Row:
    return {"_id": row["_id"], "name": row["display_name"], "starred": row["starred"]}


def _old_phone(row: Row) -> Row:
    plain = numbers.digits(row["data1"])
    return {
        "_id": row["_id"],
        "person": row["contact_id"],
        "number": row["data1"],
        "number_key": plain[::-1],
        "type": row["data2"],
        "label": row["data3"],
        "name": row["display_name"],
        "display_name": row["display_name"],
    }
