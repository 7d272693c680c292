"""Who decides a step. Policies choose among seats: a role, its model and the dialect it speaks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from phonebench.agent.dialects.base import Dialect
from phonebench.model import Chat
from phonebench.schema.observation import Observation

Decider = Literal["device", "cloud"]


@dataclass(frozen=True, slots=True)
class Seat:
    """One model that may decide."""

    role: Decider
    chat: Chat
    dialect: Dialect


class Policy(Protocol):
    """Chooses the seat for each step; device-cloud hand-over will be another one of these."""

    @property
    def name(self) -> str: ...

    def choose(self, turn: int, observation: Observation) -> Seat:
        """The seat that decides turn `turn` (from 0)."""


@dataclass(frozen=True, slots=True)
class Single:
    """One model decides everything."""

    seat: Seat

    @property
    def name(self) -> str:
        """What reports call it."""
        return f"{self.seat.chat.name} ({self.seat.dialect.name})"

    def choose(self, turn: int, observation: Observation) -> Seat:
        """Always the same."""
        del turn, observation
        return self.seat
