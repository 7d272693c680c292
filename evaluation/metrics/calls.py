"""Requests to models, counted by role and model, and what they cost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from phonebench.config import PriceConfig
from phonebench.schema.episode import StepRecord

CLOUD_ROLES = frozenset({"cloud", "planner", "controller"})
"""Roles whose requests go to the cloud: asking whether to hand over is a cloud call too."""


@dataclass(frozen=True, slots=True)
class CallFigures:
    """The requests of one role to one model. `prompt_tokens` hold the cached ones too; seconds are of waiting."""

    role: str
    model: str
    calls: int = 0
    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0
    seconds: float = 0.0

    @property
    def tokens(self) -> int:
        """All tokens, as the server counted them."""
        return self.prompt_tokens + self.completion_tokens

    def __add__(self, other: CallFigures) -> CallFigures:
        return CallFigures(
            self.role,
            self.model,
            self.calls + other.calls,
            self.prompt_tokens + other.prompt_tokens,
            self.cached_tokens + other.cached_tokens,
            self.completion_tokens + other.completion_tokens,
            self.seconds + other.seconds,
        )


@dataclass(frozen=True, slots=True)
class Cost:
    """What requests cost, in the currency of the prices; None where a model that was asked has no price."""

    total: float | None
    cloud: float | None
    """Of the cloud, planner and controller alone."""
    unpriced: tuple[str, ...] = ()
    """Models that were asked and have no price."""


def calls_of(step: StepRecord) -> Iterator[CallFigures]:
    """The requests of a step, one by one."""
    for call in step.calls:
        usage = call.usage
        yield CallFigures(
            call.role, call.model, 1, usage.prompt_tokens, usage.cached_tokens, usage.completion_tokens, call.total_s
        )


def add_up(calls: Iterable[CallFigures]) -> tuple[CallFigures, ...]:
    """One entry per role and model, in order of first appearance."""
    found: dict[tuple[str, str], CallFigures] = {}
    for call in calls:
        key = (call.role, call.model)
        found[key] = found[key] + call if key in found else call
    return tuple(found.values())


def cost_of(calls: Iterable[CallFigures], prices: Mapping[str, PriceConfig]) -> Cost:
    """What these requests cost by a price table (model name to price)."""
    found = tuple(calls)
    unpriced = sorted({call.model for call in found if call.model not in prices})
    return Cost(
        _sum(found, prices), _sum((call for call in found if call.role in CLOUD_ROLES), prices), tuple(unpriced)
    )


def token_cost(price: PriceConfig | None, prompt: int, cached: int, completion: int) -> float | None:
    """What tokens cost; `cached` are part of `prompt`. None without a price."""
    if price is None:
        return None
    of_cached = price.prompt if price.cached is None else price.cached
    return ((prompt - cached) * price.prompt + cached * of_cached + completion * price.completion) / 1e6


def _sum(calls: Iterable[CallFigures], prices: Mapping[str, PriceConfig]) -> float | None:
    total = 0.0
    for call in calls:
        cost = token_cost(prices.get(call.model), call.prompt_tokens, call.cached_tokens, call.completion_tokens)
        if cost is None:
            return None
        total += cost
    return total
