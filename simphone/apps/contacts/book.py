"""The people in the phone: what is saved about each, and how other pages and apps find them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, TypedDict, cast

from simphone.apps.contacts import numbers
from simphone.core.app import Ctx


class Phone(TypedDict):
    """`number` as it was formatted while typed."""

    number: str
    label: str


class Email(TypedDict):
    """`label` as of EMAIL_LABELS, or the user's own."""

    address: str
    label: str


class Address(TypedDict):
    """A postal address."""

    text: str
    label: str


class Event(TypedDict):
    """`date` is YYYY-MM-DD, or --MM-DD without a year."""

    date: str
    label: str


class Relation(TypedDict):
    """A related person."""

    name: str
    label: str


class Contact(TypedDict):
    """One person. `labels` holds ids of Label. Lists hold what was filled in, in the order of the form."""

    id: int
    prefix: str
    first: str
    middle: str
    last: str
    suffix: str
    phonetic_first: str
    phonetic_middle: str
    phonetic_last: str
    company: str
    department: str
    title: str
    phones: list[Phone]
    emails: list[Email]
    addresses: list[Address]
    websites: list[str]
    dates: list[Event]
    relations: list[Relation]
    notes: str
    labels: list[int]
    starred: bool
    voicemail: bool
    ringtone: str


class Label(TypedDict):
    """A group of contacts; contacts know their labels, not the other way round."""

    id: int
    title: str


class Data(TypedDict):
    """All that Contacts saves. `order`: by which name the list is sorted, first or last."""

    contacts: list[Contact]
    labels: list[Label]
    order: str


PHONE_LABELS: Final = (
    "No label", "Mobile", "Work", "Home", "Main", "Work Fax", "Home Fax", "Pager", "Other", "Custom",
)  # fmt: skip
EMAIL_LABELS: Final = ("No label", "Home", "Work", "Other", "Custom")
ADDRESS_LABELS: Final = EMAIL_LABELS
DATE_LABELS: Final = ("No label", "Birthday", "Anniversary", "Other", "Custom")
RELATION_LABELS: Final = (
    "No label", "Assistant", "Brother", "Child", "Domestic Partner", "Father", "Friend", "Manager", "Mother", "Parent",
    "Partner", "Sister", "Spouse", "Custom",
)  # fmt: skip
LABELS: Final = {
    "phones": PHONE_LABELS,
    "emails": EMAIL_LABELS,
    "addresses": ADDRESS_LABELS,
    "dates": DATE_LABELS,
    "relations": RELATION_LABELS,
}
VALUE: Final = {
    "phones": "number", "emails": "address", "addresses": "text", "dates": "date", "relations": "name",
}  # fmt: skip
"""The key of an entry's value, by list."""
NAME_PARTS: Final = ("prefix", "first", "middle", "last", "suffix")
MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def blank(number: int = 0) -> Contact:
    """A contact about whom nothing is known."""
    return {
        "id": number,
        "prefix": "",
        "first": "",
        "middle": "",
        "last": "",
        "suffix": "",
        "phonetic_first": "",
        "phonetic_middle": "",
        "phonetic_last": "",
        "company": "",
        "department": "",
        "title": "",
        "phones": [],
        "emails": [],
        "addresses": [],
        "websites": [],
        "dates": [],
        "relations": [],
        "notes": "",
        "labels": [],
        "starred": False,
        "voicemail": False,
        "ringtone": "",
    }


def saved(ctx: Ctx) -> Data:
    """The data of Contacts, read by Contacts itself."""
    return cast(Data, ctx.data)


def people(ctx: Ctx) -> list[Contact]:
    """All contacts, read from whatever app; none where Contacts is not installed."""
    data: dict[str, Any] = ctx.system.state["apps"].get("contacts", {})
    return cast(list[Contact], data.get("contacts", []))


def find(ctx: Ctx, number: int) -> Contact | None:
    """The contact of that id."""
    return next((each for each in people(ctx) if each["id"] == number), None)


def by_number(ctx: Ctx, number: str) -> Contact | None:
    """Whose phone number this is."""
    known = ((each, phone["number"]) for each in people(ctx) for phone in each["phones"])
    return next((each for each, written in known if numbers.same(written, number)), None)


def caller(ctx: Ctx, number: str) -> str:
    """Who to show for a number: the contact's name, else the number as it is written."""
    known = by_number(ctx, number)
    return name_of(known) if known else numbers.as_typed(number)


def entries(contact: Contact, kind: str) -> list[dict[str, str]]:
    """The list of one kind (phones, emails, addresses, dates, relations): entries with a value (VALUE) and a label."""
    return cast(dict[str, list[dict[str, str]]], contact)[kind]


def full_name(contact: Contact) -> str:
    """The parts of the name in the order in which they are spoken."""
    parts = cast(dict[str, str], contact)
    spoken = " ".join(parts[part].strip() for part in NAME_PARTS[:4] if parts[part].strip())
    suffix = contact["suffix"].strip()
    return f"{spoken}, {suffix}" if spoken and suffix else spoken or suffix


def name_of(contact: Contact) -> str:
    """What stands for the contact in lists: the name, else company, number, address."""
    name = full_name(contact) or contact["company"]
    for kind in ("phones", "emails"):
        for entry in entries(contact, kind):
            name = name or entry[VALUE[kind]]
    return name or "(No name)"


def in_order(contacts: Iterable[Contact], order: str = "first") -> list[Contact]:
    """Sorted as the list shows them."""

    def place(contact: Contact) -> tuple[bool, str, int]:
        name = name_of(contact)
        if order == "last" and contact["last"]:
            name = f"{contact['last']} {contact['first']}"
        return (not name[:1].isalpha(), name.casefold(), contact["id"])

    return sorted(contacts, key=place)


def section(contact: Contact, order: str = "first") -> str:
    """The letter a contact stands under; # for names that begin with none."""
    name = contact["last"] if order == "last" and contact["last"] else name_of(contact)
    return name[0].upper() if name[:1].isalpha() else "#"


def matches(contact: Contact, word: str) -> bool:
    """Whether a search finds the contact: by the beginning of a word of its texts, or by digits of a number."""
    wanted = word.strip().casefold()
    if not wanted:
        return False
    texts = [name_of(contact), full_name(contact), contact["company"], contact["notes"], *contact["websites"]]
    texts += [entry["address"] for entry in contact["emails"]]
    found = any(text.casefold().startswith(wanted) or f" {wanted}" in text.casefold() for text in texts)
    number = numbers.digits(wanted)
    return found or (bool(number) and any(number in numbers.digits(phone["number"]) for phone in contact["phones"]))


def date_text(date: str) -> str:
    """1996-10-24 as October 24, 1996; --10-24 as October 24."""
    if date.startswith("--"):
        month, day = date[2:].split("-")
        return f"{MONTHS[int(month) - 1]} {int(day)}"
    year, month, day = date.split("-")
    return f"{MONTHS[int(month) - 1]} {int(day)}, {int(year)}"


def label_titles(ctx: Ctx, contact: Contact) -> list[str]:
    """Titles of the labels a contact bears, as Contacts sorts them."""
    return sorted((each["title"] for each in saved(ctx)["labels"] if each["id"] in contact["labels"]), key=str.casefold)


def initial(contact: Contact) -> str:
    """The letter of the round picture; empty where a number or nothing stands for the name."""
    name = name_of(contact)
    return name[0].upper() if name[:1].isalpha() else ""
