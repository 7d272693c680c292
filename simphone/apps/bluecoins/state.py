"""What Bluecoins saves and where the user is in it."""

from __future__ import annotations

from datetime import date
from typing import Final, Literal, TypedDict, cast

from simphone.apps.bluecoins.catalog import DEFAULT_ACCOUNT, Kind
from simphone.core.app import Ctx, Json
from simphone.widgets import nav

Tab = Literal[
    "main", "transactions", "reminders", "balance_sheet", "budget", "net_earnings", "items_summary", "calendar"
]
Order = Literal["newest", "oldest"]
TABS: Final[dict[Tab, str]] = {
    "main": "Main",
    "transactions": "Transactions",
    "reminders": "Reminders",
    "balance_sheet": "Balance Sheet",
    "budget": "Budget",
    "net_earnings": "Net Earnings",
    "items_summary": "Items Summary",
    "calendar": "Calendar",
}


class Transaction(TypedDict):
    """A transaction. `amount` in millionths of the currency, negative when money leaves; a transfer leaves `account`
    for `to_account`. `date` is YYYY-MM-DD, `time` HH:MM. `status` is one of catalog.STATUSES."""

    id: int
    type: Kind
    title: str
    amount: int
    date: str
    time: str
    category: str
    account: str
    to_account: str
    labels: list[str]
    status: str
    notes: str


class Settings(TypedDict):
    """What the user chose."""

    order: Order
    account: str
    """Of a new transaction."""
    show_notes: bool
    """Notes in lists of transactions."""


class Data(TypedDict):
    """All that Bluecoins saves. `budgets`: category of expenses -> amount a month."""

    transactions: list[Transaction]
    budgets: dict[str, int]
    settings: Settings


class Ui(TypedDict):
    """Beside the navigation of StackApp. `month` (YYYY-MM-01) and `day` (YYYY-MM-DD) are those of the Calendar tab,
    `period` (YYYY-MM-01) that of the reports."""

    tab: Tab
    month: str
    day: str
    period: str
    selected: list[int]
    """Ids of the transactions that are marked in the list."""
    only: Kind | None
    """The kind that the list is narrowed to."""
    deleted: list[Transaction]
    """What the snackbar's Undo brings back."""


def saved(ctx: Ctx) -> Data:
    """The saved data, typed."""
    return cast(Data, ctx.data)


def shown(ctx: Ctx) -> Ui:
    """The UI state, typed."""
    return cast(Ui, ctx.ui)


def fresh_data() -> dict[str, Json]:
    """After installation: no transactions."""
    data: Data = {
        "transactions": [],
        "budgets": {},
        "settings": {"order": "newest", "account": DEFAULT_ACCOUNT, "show_notes": True},
    }
    return cast(dict[str, Json], data)


def fresh_ui(today: date) -> dict[str, Json]:
    """A newly started process: the Main tab."""
    first = today.replace(day=1).isoformat()
    own: Ui = {
        "tab": "main",
        "month": first,
        "day": today.isoformat(),
        "period": first,
        "selected": [],
        "only": None,
        "deleted": [],
    }
    return {**nav.start("home"), **own}


def find(ctx: Ctx, number: int) -> Transaction | None:
    """The transaction of an id; None when it is gone."""
    return next((each for each in saved(ctx)["transactions"] if each["id"] == number), None)


def today(ctx: Ctx) -> date:
    """The day it is on the phone."""
    return ctx.system.now().date()


def turned(first: str, months: int) -> str:
    """The first day of another month, YYYY-MM-01."""
    day = date.fromisoformat(first)
    count = day.year * 12 + day.month - 1 + months
    return date(min(max(count // 12, 1970), 2100), count % 12 + 1, 1).isoformat()
