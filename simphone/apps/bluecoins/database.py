"""bluecoins.fydb, as `sqlite3` over adb sees it.

The tables and columns that public readers of such files use: amounts in millionths, negative when money leaves;
transactionTypeID 3 expense, 4 income, 5 transfer; dates as text. A transfer is one row here, with the account that it
reaches in accountPairID.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Final

from simphone.apps.bluecoins import catalog
from simphone.apps.bluecoins.state import Transaction, saved
from simphone.core.app import Ctx

PATH: Final = "/data/data/com.rammigsoftware.bluecoins/databases/bluecoins.fydb"
_TYPES: Final[dict[catalog.Kind, int]] = {"expense": 3, "income": 4, "transfer": 5}
_TRANSFER_CATEGORY: Final = 0
_SCHEMA: Final = """
CREATE TABLE android_metadata (locale TEXT);
CREATE TABLE ITEMTABLE (itemTableID INTEGER PRIMARY KEY, itemName TEXT);
CREATE TABLE PARENTCATEGORYTABLE (
    parentCategoryTableID INTEGER PRIMARY KEY, parentCategoryName TEXT, categoryGroupID INTEGER);
CREATE TABLE CHILDCATEGORYTABLE (
    categoryTableID INTEGER PRIMARY KEY, childCategoryName TEXT, parentCategoryID INTEGER, budgetAmount INTEGER);
CREATE TABLE ACCOUNTTYPETABLE (
    accountTypeTableID INTEGER PRIMARY KEY, accountTypeName TEXT, accountingGroupID INTEGER);
CREATE TABLE ACCOUNTSTABLE (
    accountsTableID INTEGER PRIMARY KEY, accountName TEXT, accountTypeID INTEGER, accountCurrency TEXT);
CREATE TABLE LABELSTABLE (labelsTableID INTEGER PRIMARY KEY, labelName TEXT, transactionIDLabels INTEGER);
CREATE TABLE TRANSACTIONSTABLE (
    transactionsTableID INTEGER PRIMARY KEY, itemID INTEGER, amount INTEGER, transactionCurrency TEXT,
    conversionRateNew REAL, date TEXT, transactionTypeID INTEGER, categoryID INTEGER, accountID INTEGER, notes TEXT,
    status INTEGER, accountPairID INTEGER, deletedTransaction INTEGER);
"""
_INSERT: Final = "INSERT INTO TRANSACTIONSTABLE VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)"


def image(ctx: Ctx) -> bytes:
    """The file's bytes."""
    data = saved(ctx)
    entries = data["transactions"]
    titles = sorted({each["title"] for each in entries})
    with closing(sqlite3.connect(":memory:")) as base:
        base.executescript(_SCHEMA)
        base.execute("INSERT INTO android_metadata VALUES ('en_US')")
        base.executemany("INSERT INTO ITEMTABLE VALUES (?,?)", enumerate(titles, 1))
        _write_catalog(base, data["budgets"])
        base.executemany(_INSERT, [_row(each, titles) for each in entries])
        labels = [(name, each["id"]) for each in entries for name in each["labels"]]
        base.executemany("INSERT INTO LABELSTABLE (labelName, transactionIDLabels) VALUES (?,?)", labels)
        base.commit()
        return base.serialize()


def _write_catalog(base: sqlite3.Connection, budgets: dict[str, int]) -> None:
    parents = list(dict.fromkeys((each.kind, each.parent) for each in catalog.CATEGORIES))
    base.executemany(
        "INSERT INTO PARENTCATEGORYTABLE VALUES (?,?,?)",
        [(number, name, _TYPES[kind]) for number, (kind, name) in enumerate(parents, 1)],
    )
    base.executemany(
        "INSERT INTO CHILDCATEGORYTABLE VALUES (?,?,?,?)",
        [
            (
                number,
                each.name,
                parents.index((each.kind, each.parent)) + 1,
                budgets.get(each.name, 0) if each.kind == "expense" else 0,
            )
            for number, each in enumerate(catalog.CATEGORIES, 1)
        ],
    )
    types = list(dict.fromkeys((each.group, each.type) for each in catalog.ACCOUNTS))
    base.executemany(
        "INSERT INTO ACCOUNTTYPETABLE VALUES (?,?,?)",
        [(number, name, 1 if group == "Assets" else 2) for number, (group, name) in enumerate(types, 1)],
    )
    base.executemany(
        "INSERT INTO ACCOUNTSTABLE VALUES (?,?,?,?)",
        [
            (number, each.name, types.index((each.group, each.type)) + 1, catalog.CURRENCY)
            for number, each in enumerate(catalog.ACCOUNTS, 1)
        ],
    )


def _account(name: str) -> int:
    return catalog.ACCOUNTS.index(catalog.account(name)) + 1


def _category(entry: Transaction) -> int:
    if entry["type"] == "transfer":
        return _TRANSFER_CATEGORY
    return catalog.CATEGORIES.index(catalog.category(entry["type"], entry["category"])) + 1


def _row(entry: Transaction, titles: list[str]) -> tuple[int | str | float | None, ...]:
    return (
        entry["id"],
        titles.index(entry["title"]) + 1,
        entry["amount"],
        catalog.CURRENCY,
        1.0,
        f"{entry['date']} {entry['time']}:00",
        _TYPES[entry["type"]],
        _category(entry),
        _account(entry["account"]),
        entry["notes"],
        catalog.STATUSES.index(entry["status"]),
        _account(entry["to_account"]) if entry["to_account"] else None,
        0,
    )
