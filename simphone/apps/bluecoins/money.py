"""Amounts. One is a whole number of millionths of the currency, as the app's database has it; negative when it leaves.

What is typed is kept as typed, as far as it can become an amount.
"""

from __future__ import annotations

from typing import Final

from simphone.apps.bluecoins.catalog import CURRENCY

UNIT: Final = 1_000_000
_CENT: Final = UNIT // 100
_WHOLE_DIGITS: Final = 10
_DIGITS: Final = frozenset("0123456789")


def clean(typed: str) -> str:
    """What the amount field takes of a text: digits, one point, two digits after it."""
    whole, point, rest = typed.partition(".")
    head = "".join(char for char in whole if char in _DIGITS)[:_WHOLE_DIGITS]
    tail = "".join(char for char in rest if char in _DIGITS)[:2]
    return head + point + tail


def parse(cleaned: str) -> int:
    """The amount that a cleaned text stands for; an empty one stands for nothing."""
    whole, _, rest = cleaned.partition(".")
    return int(whole or "0") * UNIT + int((rest + "00")[:2]) * _CENT


def plain(amount: int) -> str:
    """As the form shows it, without sign and thousands: `18000.00`."""
    cents = abs(amount) // _CENT
    return f"{cents // 100}.{cents % 100:02d}"


def told(amount: int) -> str:
    """As lists and reports show it: `11,400.00 CNY`, `-60.12 CNY`."""
    cents = abs(amount) // _CENT
    return f"{'-' if amount < 0 else ''}{cents // 100:,}.{cents % 100:02d} {CURRENCY}"


def signed(amount: int) -> str:
    """As rows show it, with its sign also when it comes in: `+18,000.00 CNY`."""
    return f"{'+' if amount > 0 else ''}{told(amount)}"
