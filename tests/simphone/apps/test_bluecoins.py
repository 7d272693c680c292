"""Bluecoins: the form that checkers read, what is saved, the ordinary wrong turns."""

from __future__ import annotations

import sqlite3
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from itertools import combinations

import pytest
from driver import Driver, begin, bounds, load_tasks
from hypothesis import given
from hypothesis import strategies as st

from phonebench.schema.task import LongPressStep, Selector, SwipeStep
from simphone.apps.bluecoins import database, money
from simphone.phone.phone import Phone

TASK = load_tasks("bluecoins")[0]
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October")


@pytest.fixture(scope="module")
def phone() -> Phone:
    return Phone()


@pytest.fixture
def app(phone: Phone) -> Driver:
    return begin(phone, TASK)


def saved(driver: Driver) -> list[dict[str, object]]:
    found: list[dict[str, object]] = driver.phone.state["apps"]["bluecoins"]["transactions"]
    return found


def nodes(driver: Driver, **attributes: str) -> list[ET.Element]:
    wanted = {name.replace("_", "-"): value for name, value in attributes.items()}
    return [node for node in driver.tree().iter("node") if wanted.items() <= node.attrib.items()]


def families(root: ET.Element) -> Iterator[tuple[ET.Element, list[ET.Element]]]:
    for node in root.iter("node"):
        yield node, list(node)


def press_long(driver: Driver, text: str) -> None:
    driver.play(LongPressStep(long_press=Selector(text=text)))


# --- amounts --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "kept", "amount"),
    [
        ("512", "512", 512_000_000),
        ("3.14", "3.14", 3_140_000),
        ("8,000", "8000", 8_000_000_000),
        ("-51", "51", 51_000_000),
        ("936.025", "936.02", 936_020_000),
        (".5", ".5", 500_000),
        ("", "", 0),
        ("7.", "7.", 7_000_000),
        ("1.2.3", "1.23", 1_230_000),
    ],
)
def test_amounts_typed(typed: str, kept: str, amount: int) -> None:
    assert money.clean(typed) == kept
    assert money.parse(kept) == amount


@given(st.text(max_size=20))
def test_anything_typed_ends_as_an_amount_that_stays(typed: str) -> None:
    kept = money.clean(typed)
    assert money.clean(kept) == kept
    assert money.parse(money.clean(money.plain(money.parse(kept)))) == money.parse(kept) >= 0


@pytest.mark.parametrize(
    ("amount", "plain", "told", "signed"),
    [
        (18_000_000_000, "18000.00", "18,000.00 CNY", "+18,000.00 CNY"),
        (-794_200_000, "794.20", "-794.20 CNY", "-794.20 CNY"),
        (0, "0.00", "0.00 CNY", "0.00 CNY"),
    ],
)
def test_amounts_shown(amount: int, plain: str, told: str, signed: str) -> None:
    assert (money.plain(amount), money.told(amount), money.signed(amount)) == (plain, told, signed)


# --- the form -------------------------------------------------------------------------------------------------------
def test_a_new_form_is_an_expense_of_today_and_waits_for_the_amount(app: Driver) -> None:
    app.tap(desc="Add transaction")
    plain = [node for node in nodes(app, **{"class": "android.widget.TextView"}) if node.attrib["clickable"] == "false"]
    assert plain[0].attrib["text"] == "New Expense"
    date = next(node for node in plain if any(month in node.attrib["text"] for month in MONTHS))
    assert (date.attrib["text"], date.attrib["resource-id"].rpartition("/")[2]) == ("May 10, 2024", "date_edittext")
    assert app.node(id="amount_tv").attrib["focused"] == "true"
    assert [node.attrib["text"] for node in nodes(app, selected="true")] == [""]
    assert nodes(app, selected="true")[0].attrib["content-desc"] == "Expense"
    fields = nodes(app, **{"class": "android.widget.EditText"})
    assert [node.attrib["text"] for node in fields] == ["0.00", "Notes"]
    assert all(node.attrib["long-clickable"] == node.attrib["clickable"] == "true" for node in fields)
    assert app.node(cls="AutoCompleteTextView").attrib["text"] == "Payee or item purchased"


@pytest.mark.parametrize("kind", ["Expense", "Income"])
def test_amount_and_notes_stand_in_boxes_of_their_own(app: Driver, kind: str) -> None:
    app.tap(desc="Add transaction")
    if kind == "Income":
        app.tap(desc="Income")
    box = app.node(id="amount_layout")
    assert box.attrib["focusable"] == "true"
    sign, amount, currency = list(box)
    assert (sign.attrib["text"], sign.attrib["clickable"]) == ("+" if kind == "Income" else "-", "true")
    assert amount.attrib["class"] == "android.widget.EditText"
    assert (currency.attrib["text"], currency.attrib["clickable"]) == ("CNY", "true")
    assert app.node(id="notes_layout").attrib["clickable"] == "true"
    assert [node.attrib["resource-id"].rpartition("/")[2] for node in app.node(id="notes_layout")] == ["notes_edittext"]
    assert app.has(text=f"New {kind}")


@pytest.mark.parametrize("keyboard", [True, False])
def test_nothing_on_the_form_overlaps_or_sticks_out(app: Driver, keyboard: bool) -> None:
    app.tap(desc="Add transaction")
    if not keyboard:
        app.phone.key(4)
    for parent, children in families(app.tree()):
        left, top, right, bottom = bounds(parent)
        boxes = [bounds(child) for child in children]
        assert all(left <= a and top <= b and c <= right and d <= bottom for a, b, c, d in boxes)
        for (a, b, c, d), (e, f, g, h) in combinations(boxes, 2):
            assert min(c, g) <= max(a, e) or min(d, h) <= max(b, f), parent.attrib
    assert app.has(desc="Save")
    assert app.has(id="notes_edittext")


@pytest.mark.parametrize(
    ("note", "title", "amount", "date"),
    [
        ("Electricity bill", "Edit Expense", "400.00", "May 15, 2024"),
        ("Project payment", "Edit Income", "18000.00", "May 12, 2024"),
        ("Supermarket", "Edit Expense", "794.20", "May 12, 2024"),
        ("Shoes", "Edit Expense", "300.00", "May 13, 2024"),
    ],
)
def test_a_saved_transaction_opens_with_its_values(app: Driver, note: str, title: str, amount: str, date: str) -> None:
    app.tap(text="Transactions")
    app.tap(text=note)
    assert app.has(text=title)
    assert app.node(id="amount_tv").attrib["text"] == amount
    assert app.node(id="date_edittext").attrib["text"] == date
    assert app.node(id="notes_edittext").attrib["text"] == note
    assert not app.phone.state["keyboard"]["shown"]


def test_enter_neither_saves_nor_closes(app: Driver) -> None:
    app.tap(desc="Add transaction")
    app.phone.type_text("512")
    app.phone.key(66)
    assert app.node(id="notes_edittext").attrib["focused"] == "true"
    app.phone.type_text("eating")
    app.phone.key(66)
    assert app.has(text="New Expense")
    app.tap(desc="Save")
    assert (saved(app)[-1]["amount"], saved(app)[-1]["notes"]) == (-512_000_000, "eating")


def test_nothing_is_saved_without_an_amount(app: Driver) -> None:
    app.tap(desc="Add transaction")
    app.tap(desc="Save")
    assert app.phone.state["system_ui"]["toast"]["text"] == "Please enter an amount"
    app.tap(id="amount_tv")
    app.phone.type_text("0.00")
    app.tap(desc="Save")
    assert app.has(text="New Expense")
    assert len(saved(app)) == 12


def test_the_kind_brings_its_sign_and_its_categories(app: Driver) -> None:
    app.tap(text="Transactions")
    app.tap(text="Shoes")
    app.tap(desc="Income")
    assert app.has(text="Edit Income")
    assert app.node(id="category_tv").attrib["text"] == "Other"
    app.tap(id="category_layout")
    assert [node.attrib["text"] for node in nodes(app, checkable="true")] == ["Bonus", "Salary", "Other"]
    app.tap(text="Bonus")
    app.tap(desc="Expense")
    assert app.node(id="category_tv").attrib["text"] == "Clothing"
    assert app.node(id="amount_sign_textview").attrib["text"] == "-"
    app.tap(id="amount_sign_textview")
    assert app.node(id="amount_sign_textview").attrib["text"] == "+"
    assert app.has(text="Edit Expense")
    app.tap(desc="Save")
    assert (saved(app)[10]["type"], saved(app)[10]["amount"]) == ("expense", 300_000_000)


def test_the_date_picker_shows_no_field_and_can_be_cancelled(app: Driver) -> None:
    app.tap(desc="Add transaction")
    app.tap(id="date_layout")
    assert app.has(text="Fri, May 10")
    assert not nodes(app, **{"class": "android.widget.EditText"})
    app.tap(desc="Next month")
    app.tap(desc="03 June 2024")
    app.phone.key(4)
    assert app.node(id="date_edittext").attrib["text"] == "May 10, 2024"


def test_time_labels_status_account_are_picked_and_saved(app: Driver) -> None:
    app.tap(desc="Add transaction")
    app.phone.type_text("12.5")
    app.tap(id="time_layout")
    app.tap(text="3")
    app.tap(text="OK")
    app.tap(id="labels_layout")
    app.tap(text="Vacation")
    app.tap(text="Business")
    app.tap(text="OK")
    app.tap(id="status_layout")
    app.tap(text="Cleared")
    app.tap(id="account_layout")
    app.tap(text="Savings")
    app.tap(desc="Save")
    entry = saved(app)[-1]
    assert (entry["time"], entry["labels"], entry["status"], entry["account"], entry["amount"]) == (
        "15:00", ["Business", "Vacation"], "Cleared", "Savings", -12_500_000,
    )  # fmt: skip


def test_a_transfer_needs_two_accounts(app: Driver) -> None:
    app.tap(desc="Add transaction")
    app.tap(desc="Transfer")
    app.phone.type_text("100")
    app.tap(id="to_account_layout")
    app.tap(text="Wallet")
    app.tap(desc="Save")
    assert app.has(text="New Transfer")
    app.tap(id="to_account_layout")
    app.tap(text="Savings")
    app.tap(desc="Save")
    app.tap(text="Balance Sheet")
    assert app.has(text="100.00 CNY")
    assert saved(app)[-1]["to_account"] == "Savings"


def test_back_asks_before_changes_are_lost(app: Driver) -> None:
    app.tap(desc="Add transaction")
    app.phone.type_text("5")
    app.tap(desc="Navigate up")
    assert app.has(text="Discard changes?")
    app.tap(text="Cancel")
    assert app.node(id="amount_tv").attrib["text"] == "5"
    app.phone.key(4)
    app.tap(text="Discard")
    assert app.has(text="Daily Summary")
    assert len(saved(app)) == 12


def test_an_untouched_form_closes_at_once(app: Driver) -> None:
    app.tap(text="Transactions")
    app.tap(text="Shoes")
    app.phone.key(4)
    assert app.has(text="Electricity bill")


def test_copy_and_delete_of_the_open_transaction(app: Driver) -> None:
    app.tap(text="Transactions")
    app.tap(text="Shoes")
    app.tap(desc="More options")
    app.tap(text="Copy")
    assert app.has(text="New Expense")
    assert app.node(id="date_edittext").attrib["text"] == "May 10, 2024"
    app.tap(desc="Navigate up")
    app.tap(text="Shoes")
    app.tap(desc="More options")
    app.tap(text="Delete")
    app.tap(text="Delete")
    assert len(saved(app)) == 11
    app.tap(text="UNDO")
    assert saved(app) == app.before["apps"]["bluecoins"]["transactions"]


# --- the first screen -----------------------------------------------------------------------------------------------
def test_tabs_are_described_and_the_chosen_one_is_selected(app: Driver) -> None:
    for name in ("Transactions", "Reminders", "Balance Sheet", "Budget", "Net Earnings", "Items Summary", "Calendar"):
        app.tap(desc=name)
        assert [node.attrib["content-desc"] for node in nodes(app, selected="true")] == [name]
    app.phone.key(4)
    assert app.has(text="Daily Summary")
    assert app.has(text="7 days average")
    app.phone.key(4)
    assert app.phone.foreground()[0] != "com.rammigsoftware.bluecoins"


def test_a_swipe_turns_to_the_next_tab(app: Driver) -> None:
    app.play(SwipeStep(swipe="left"))
    assert nodes(app, selected="true")[0].attrib["content-desc"] == "Transactions"


def test_the_list_tells_days_with_their_sums_and_has_no_field(app: Driver) -> None:
    app.tap(text="Transactions")
    headers = [
        [child.attrib["text"] for child in header]
        for header in app.tree().iter("node")
        if header.attrib["resource-id"].endswith("header_layout")
    ]
    assert headers[:4] == [
        ["May 15, 2024", "-400.00 CNY"], ["May 13, 2024", "-300.00 CNY"], ["May 12, 2024", "17,205.80 CNY"],
        ["May 10, 2024", "-11,400.00 CNY"],
    ]  # fmt: skip
    row = app.node(id="transaction_row", index=3)
    texts = {child.attrib["resource-id"].rpartition("/")[2]: child.attrib["text"] for child in row}
    assert texts == {
        "icon_iv": "", "item_tv": "Salary", "notes_tv": "Project payment", "category_tv": "Employer: Salary",
        "amount_tv": "+18,000.00 CNY", "account_tv": "Checking", "date_tv": "May 12, 2024",
    }  # fmt: skip
    assert not nodes(app, **{"class": "android.widget.EditText"})


def test_a_transaction_that_moved_is_scrolled_to_with_its_day(app: Driver) -> None:
    app.tap(text="Transactions")
    app.tap(text="Project payment")
    app.tap(id="date_layout")
    app.tap(desc="06 May 2024")
    app.tap(text="OK")
    app.tap(desc="Save")
    assert app.node(id="header_date_tv").attrib["text"] == "May 6, 2024"
    assert app.has(text="Project payment")


def test_order_and_filter(app: Driver) -> None:
    app.tap(text="Transactions")
    app.tap(desc="More options")
    app.tap(text="Sort")
    app.tap(text="Oldest first")
    assert app.node(id="header_date_tv").attrib["text"] == "April 30, 2024"
    app.tap(desc="More options")
    app.tap(text="Filter by type")
    app.tap(text="Income")
    assert [node.attrib["text"] for node in app.all(Selector(id="notes_tv"))] == ["Bonus", "Project payment"]
    app.tap(desc="More options")
    app.tap(text="Filter by type")
    app.tap(text="Transfer")
    assert app.has(text="No transactions")


def test_marked_transactions_are_deleted_together_and_brought_back(app: Driver) -> None:
    app.tap(text="Transactions")
    press_long(app, "Shoes")
    app.tap(text="Supermarket")
    assert app.has(text="2")
    app.tap(desc="Delete")
    assert app.has(text="Delete 2 transactions?")
    app.tap(text="Cancel")
    app.phone.key(4)
    assert app.has(text="Bluecoins")
    press_long(app, "Shoes")
    app.tap(desc="Delete")
    app.tap(text="Delete")
    assert len(saved(app)) == 11
    app.tap(text="UNDO")
    assert saved(app) == app.before["apps"]["bluecoins"]["transactions"]


def test_search(app: Driver) -> None:
    app.tap(desc="Search")
    assert app.node(id="search_src_text").attrib["focused"] == "true"
    app.phone.type_text("TAXI")
    assert app.has(text="3 transactions")
    app.tap(desc="Clear query")
    app.phone.type_text("nothing like it")
    assert app.has(text="No transactions found")
    app.phone.clear_text()
    app.phone.type_text("cake")
    app.tap(text="Buying cake")
    assert app.node(id="amount_tv").attrib["text"] == "388.88"
    app.tap(desc="Navigate up")
    app.tap(desc="Navigate up")
    assert app.has(text="Daily Summary")


def test_the_calendar_tells_a_day_and_enters_into_it(app: Driver) -> None:
    app.tap(desc="Open navigation drawer")
    app.tap(text="Calendar")
    assert app.node(id="month_name").attrib["text"] == "May 2024"
    assert [node.attrib["content-desc"] for node in nodes(app, checked="true")] == ["May 10, 2024"]
    app.tap(desc="May 6, 2024")
    sums = [node.attrib["text"] for node in app.all(Selector(id="amount_tv"))]
    assert sums[:3] == ["0.00 CNY", "-69.51 CNY", "-69.51 CNY"]
    app.tap(desc="May 14, 2024")
    assert app.has(id="empty_tab")
    app.tap(desc="Add transaction")
    assert app.node(id="date_edittext").attrib["text"] == "May 14, 2024"
    app.phone.type_text("7")
    app.tap(desc="Save")
    assert not app.has(id="empty_tab")
    app.tap(desc="Previous month")
    assert app.node(id="month_name").attrib["text"] == "April 2024"
    app.tap(desc="Today")
    assert app.node(id="month_name").attrib["text"] == "May 2024"


def test_a_budget_is_set_and_taken_away(app: Driver) -> None:
    app.tap(text="Budget Summary")
    app.tap(text="Fuel")
    app.phone.type_text("300")
    app.tap(text="OK")
    assert app.has(text="of 300.00 CNY")
    assert app.phone.state["apps"]["bluecoins"]["budgets"] == {"Fuel": 300_000_000}
    app.tap(text="Fuel")
    app.phone.clear_text()
    app.tap(text="OK")
    assert app.phone.state["apps"]["bluecoins"]["budgets"] == {}


def test_settings_and_categories(app: Driver) -> None:
    app.tap(desc="Open navigation drawer")
    app.tap(text="Categories")
    assert app.has(text="Expense › Car")
    app.phone.key(4)
    app.tap(desc="Open navigation drawer")
    app.tap(text="Settings")
    app.tap(text="Show notes")
    app.tap(text="Default account")
    app.tap(text="Savings")
    app.phone.key(4)
    assert not app.has(text="Electricity bill")
    app.tap(desc="Add transaction")
    assert app.node(id="account_tv").attrib["text"] == "Savings"


def test_a_cleared_app_is_empty_everywhere(app: Driver) -> None:
    app.phone.clear_data("com.rammigsoftware.bluecoins")
    assert app.phone.launch("com.rammigsoftware.bluecoins")
    assert app.has(text="Daily Summary")
    app.tap(text="Transactions")
    assert app.has(id="empty_tab")


# --- over adb -------------------------------------------------------------------------------------------------------
def test_the_database_follows(app: Driver) -> None:
    app.tap(desc="Add transaction")
    app.phone.type_text("512")
    app.tap(desc="Save")
    base = sqlite3.connect(":memory:")
    base.deserialize(app.phone.app_files()[database.PATH]())
    rows = base.execute(
        "SELECT transactionsTableID, amount, substr(date, 1, 10), transactionTypeID, notes, childCategoryName, "
        "accountName FROM TRANSACTIONSTABLE JOIN CHILDCATEGORYTABLE ON categoryTableID = categoryID "
        "JOIN ACCOUNTSTABLE ON accountsTableID = accountID ORDER BY 1"
    ).fetchall()
    base.close()
    assert rows[1] == (2, 5_000_000_000, "2024-05-02", 4, "Bonus", "Salary", "Checking")
    assert rows[-1] == (13, -512_000_000, "2024-05-10", 3, "", "Other", "Wallet")
    assert len(rows) == 13
