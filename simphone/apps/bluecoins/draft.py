"""A transaction that is being entered, as the form has it; from a transaction and to one."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, TypedDict

from simphone.apps.bluecoins import catalog, money
from simphone.apps.bluecoins.catalog import Kind
from simphone.apps.bluecoins.state import Transaction

Sign = Literal["+", "-"]


class Draft(TypedDict):
    """As state.Transaction, but the amount as typed (money.clean) beside its sign. `id` is 0 until it is saved."""

    id: int
    type: Kind
    title: str
    sign: Sign
    amount: str
    date: str
    time: str
    category: str
    account: str
    to_account: str
    labels: list[str]
    status: str
    notes: str


class Form(TypedDict):
    """The args of an open form: the draft, how it was when the form opened, and whether it is a new transaction."""

    draft: Draft
    original: Draft
    new: bool


def sign_of(kind: Kind) -> Sign:
    """The sign that a kind has unless the user says otherwise."""
    return "+" if kind == "income" else "-"


def empty(now: datetime, day: str, account: str) -> Draft:
    """A new expense."""
    return {
        "id": 0,
        "type": "expense",
        "title": "",
        "sign": "-",
        "amount": "",
        "date": day,
        "time": now.strftime("%H:%M"),
        "category": catalog.DEFAULT_CATEGORY,
        "account": account,
        "to_account": _other(account),
        "labels": [],
        "status": catalog.NO_STATUS,
        "notes": "",
    }


def _other(account: str) -> str:
    """The first account that is another one."""
    return next(each.name for each in catalog.ACCOUNTS if each.name != account)


def opened(entry: Transaction) -> Draft:
    """A saved transaction in the form."""
    return {
        "id": entry["id"],
        "type": entry["type"],
        "title": entry["title"],
        "sign": "-" if entry["amount"] < 0 else "+",
        "amount": money.plain(entry["amount"]),
        "date": entry["date"],
        "time": entry["time"],
        "category": entry["category"],
        "account": entry["account"],
        "to_account": entry["to_account"] or _other(entry["account"]),
        "labels": list(entry["labels"]),
        "status": entry["status"],
        "notes": entry["notes"],
    }


def switched(form: Form, kind: Kind) -> Draft:
    """The draft as another kind: with the sign of the kind, and a category that it has."""
    draft, original = form["draft"].copy(), form["original"]
    if draft["type"] == kind:
        return draft
    draft["type"], draft["sign"] = kind, sign_of(kind)
    if kind == original["type"]:
        draft["category"] = original["category"]
    else:
        draft["category"] = catalog.TRANSFER if kind == "transfer" else catalog.DEFAULT_CATEGORY
    return draft


def transaction(draft: Draft, number: int) -> Transaction:
    """What is saved of a draft, under an id."""
    kind = draft["type"]
    return {
        "id": number,
        "type": kind,
        "title": draft["title"].strip(),
        "amount": money.parse(draft["amount"]) * (-1 if draft["sign"] == "-" else 1),
        "date": draft["date"],
        "time": draft["time"],
        "category": draft["category"],
        "account": draft["account"],
        "to_account": draft["to_account"] if kind == "transfer" else "",
        "labels": list(draft["labels"]),
        "status": draft["status"],
        "notes": draft["notes"].strip(),
    }
