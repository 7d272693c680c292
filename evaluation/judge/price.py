"""What a judge's tokens cost."""

from __future__ import annotations

from phonebench.config import PriceConfig


def token_cost(price: PriceConfig | None, prompt: int, cached: int, completion: int) -> float | None:
    """In the price's currency; `cached` tokens are part of `prompt`. None without a price."""
    if price is None:
        return None
    of_cached = price.prompt if price.cached is None else price.cached
    return ((prompt - cached) * price.prompt + cached * of_cached + completion * price.completion) / 1e6
