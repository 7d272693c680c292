"""What transactions are filed under: categories, accounts, labels, statuses. Those of a newly set-up Bluecoins.

The order of a tuple is that of the database's ids, from 1.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

Kind = Literal["expense", "income", "transfer"]

KINDS: Final[tuple[Kind, ...]] = ("expense", "income", "transfer")
KIND_NAMES: Final[dict[Kind, str]] = {"expense": "Expense", "income": "Income", "transfer": "Transfer"}
CURRENCY: Final = "CNY"
LABELS: Final = ("Birthday", "Business", "Movies", "Personal", "Vacation")
STATUSES: Final = ("None", "Reconciled", "Cleared", "Void")
NO_STATUS: Final = STATUSES[0]
TRANSFER: Final = "(Transfer)"
"""What transfers are filed under: no category of the user's."""


class Category(NamedTuple):
    """A category: the kind of transaction it is for, its parent, and how it is drawn."""

    kind: Kind
    parent: str
    name: str
    icon: str
    color: str


class Account(NamedTuple):
    """An account, and its place in the balance sheet."""

    name: str
    type: str
    group: Literal["Assets", "Liabilities"]
    icon: str


CATEGORIES: Final = (
    Category("expense", "Car", "Fuel", "car", "#5c6bc0"),
    Category("expense", "Car", "Maintenance", "settings", "#5c6bc0"),
    Category("expense", "Entertainment", "Dining Out", "restaurant", "#ef6c00"),
    Category("expense", "Entertainment", "Movies", "movie", "#8e24aa"),
    Category("expense", "Entertainment", "Shopping", "shop", "#d81b60"),
    Category("expense", "Household", "Clothing", "tag", "#00897b"),
    Category("expense", "Household", "Grocery", "cart", "#7cb342"),
    Category("expense", "Household", "Medicines", "heart", "#e53935"),
    Category("expense", "Household", "School", "book", "#3949ab"),
    Category("expense", "Others", "Other", "category", "#78909c"),
    Category("income", "Employer", "Bonus", "gift", "#f9a825"),
    Category("income", "Employer", "Salary", "work", "#2e7d32"),
    Category("income", "Others", "Other", "category", "#78909c"),
)
ACCOUNTS: Final = (
    Account("Checking", "Bank", "Assets", "bank"),
    Account("Savings", "Bank", "Assets", "bank"),
    Account("Wallet", "Cash", "Assets", "wallet"),
    Account("Credit Card", "Credit Card", "Liabilities", "card"),
    Account("House Mortgage", "Mortgages", "Liabilities", "home"),
)
DEFAULT_ACCOUNT: Final = "Wallet"
DEFAULT_CATEGORY: Final = "Other"
_TRANSFER: Final = Category("transfer", "", TRANSFER, "swap_horiz", "#607d8b")


def category(kind: Kind, name: str) -> Category:
    """The category of that name for a kind; the default one for a name that the kind does not have."""
    if kind == "transfer":
        return _TRANSFER
    mine = {each.name: each for each in CATEGORIES if each.kind == kind}
    return mine.get(name, mine[DEFAULT_CATEGORY])


def account(name: str) -> Account:
    """The account of that name; the default one for an unknown name."""
    known = {each.name: each for each in ACCOUNTS}
    return known.get(name, known[DEFAULT_ACCOUNT])
