"""What follows from a list of transactions: order, days, sums, balances. Pure functions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from simphone.apps.bluecoins import catalog, money
from simphone.apps.bluecoins.catalog import Kind
from simphone.apps.bluecoins.state import Order, Transaction


class Line(NamedTuple):
    """A line of a report."""

    name: str
    amount: int
    entries: int


def ordered(entries: Iterable[Transaction], order: Order = "newest") -> list[Transaction]:
    """By date and time; those of the same minute in the order in which they were entered."""
    return sorted(entries, key=lambda each: (each["date"], each["time"], each["id"]), reverse=order == "newest")


def by_day(entries: Sequence[Transaction]) -> list[tuple[date, list[Transaction]]]:
    """Ordered transactions under their days."""
    return [(date.fromisoformat(day), list(group)) for day, group in groupby(entries, lambda each: each["date"])]


def of_kind(entries: Iterable[Transaction], kind: Kind | None) -> list[Transaction]:
    """Those of one kind; all of them for None."""
    return [each for each in entries if kind in (None, each["type"])]


def between(entries: Iterable[Transaction], first: date, last: date) -> list[Transaction]:
    """Those of a span of days, both ends included."""
    return [each for each in entries if first.isoformat() <= each["date"] <= last.isoformat()]


def in_month(entries: Iterable[Transaction], first: str) -> list[Transaction]:
    """Those of the month that begins on a day (YYYY-MM-01)."""
    return [each for each in entries if each["date"][:7] == first[:7]]


def total(entries: Iterable[Transaction], kind: Kind | None = None) -> int:
    """The sum of the amounts, of one kind or of all; transfers stay within the house and count nothing."""
    return sum(each["amount"] for each in entries if each["type"] != "transfer" and kind in (None, each["type"]))


def average(entries: Sequence[Transaction], today: date, days: int) -> int:
    """Spent per day over the last days, today included; without a sign."""
    recent = between(entries, today - timedelta(days=days - 1), today)
    return abs(total(recent, "expense")) // days


def week(today: date) -> list[date]:
    """The days of the week, from Sunday."""
    sunday = today - timedelta(days=(today.weekday() + 1) % 7)
    return [sunday + timedelta(days=count) for count in range(7)]


def headline(entry: Transaction) -> str:
    """What stands for a transaction: its title, else its category."""
    return entry["title"] or catalog.category(entry["type"], entry["category"]).name


def summed(entries: Iterable[Transaction], kind: Kind) -> list[Line]:
    """The sums of a kind by category, in the order of the categories; those without an entry are left out."""
    found: dict[str, list[int]] = defaultdict(list)
    for each in of_kind(entries, kind):
        found[each["category"]].append(each["amount"])
    names = [each.name for each in catalog.CATEGORIES if each.kind == kind]
    return [Line(name, sum(found[name]), len(found[name])) for name in names if name in found]


def items(entries: Iterable[Transaction]) -> list[Line]:
    """Sums by title (or category), the largest first."""
    found: dict[str, list[int]] = defaultdict(list)
    for each in entries:
        if each["type"] != "transfer":
            found[headline(each)].append(each["amount"])
    lines = [Line(name, sum(amounts), len(amounts)) for name, amounts in found.items()]
    return sorted(lines, key=lambda line: (-abs(line.amount), line.name))


def balance(entries: Iterable[Transaction], account: str, today: date) -> int:
    """What is on an account today; what lies in the future does not count yet."""
    held = 0
    for each in entries:
        if each["date"] <= today.isoformat():
            held += each["amount"] if each["account"] == account else 0
            if each["type"] == "transfer" and each["to_account"] == account:
                held -= each["amount"]
    return held


def matching(entries: Iterable[Transaction], word: str) -> list[Transaction]:
    """Those that have the word in their title, notes, category, accounts, labels or amount, in any case."""
    wanted = word.strip().casefold()
    if not wanted:
        return []
    return [each for each in entries if any(wanted in fact.casefold() for fact in _facts(each))]


def _facts(entry: Transaction) -> list[str]:
    names = [entry["title"], entry["notes"], entry["category"], entry["account"], entry["to_account"]]
    return [*names, *entry["labels"], money.plain(entry["amount"]), money.told(entry["amount"])]
