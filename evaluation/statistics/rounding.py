"""Numbers as texts, with the digits that a spreadsheet shows for the same number."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal


def rounded(value: float, digits: int, *, sign: bool = False) -> str:
    """`value` with so many decimals and commas between thousands; `sign` puts a plus before what is above 0.

    Halves go away from 0 after a rounding to 15 significant digits, as spreadsheets have it: 0.3125 reads 31.3% there,
    where Python's own formatting says 31.2%.
    """
    exact = Decimal(f"{value:.15g}").quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return f"{exact:{'+' if sign and value > 0 else ''},}"


def percent(share: float, *, sign: bool = False) -> str:
    """`31.3%`: a share, or a difference of shares with its sign."""
    return f"{rounded(share * 100, 1, sign=sign)}%"
