"""What a run tells while it goes on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from phonebench.schema.action import Action
from phonebench.schema.episode import EpisodeResult, SafetyEvent
from phonebench.schema.verdict import Verdict
from phonebench.trace import EpisodeKey


class CancelledError(Exception):
    """The run is being stopped; the episode stays undone and is redone by the same command."""


@dataclass(frozen=True, slots=True)
class Ended:
    """An episode that is done, with its verdict when the run judges."""

    key: EpisodeKey
    result: EpisodeResult
    verdict: Verdict | None = None


class Listener(Protocol):
    """Hears of a run's progress. Called from several threads; must be quick and must not raise."""

    def run_started(self, total: int, done: int, phones: int) -> None:
        """`total` episodes are asked for, `done` of them are there already."""

    def episode_started(self, key: EpisodeKey, serial: str) -> None:
        """A phone was leased for an episode."""

    def step_taken(self, key: EpisodeKey, index: int, action: Action | None) -> None:
        """A step was recorded."""

    def safety_spoke(self, key: EpisodeKey, index: int, event: SafetyEvent) -> None:
        """A safety rule spoke up in a step that was recorded."""

    def episode_retried(self, key: EpisodeKey, result: EpisodeResult) -> None:
        """A try was lost to the machinery; another one follows."""

    def episode_ended(self, ended: Ended) -> None:
        """An episode is done."""

    def note(self, text: str) -> None:
        """Something worth a line."""


class Silent:
    """Hears nothing."""

    def run_started(self, total: int, done: int, phones: int) -> None:
        """Nothing."""

    def episode_started(self, key: EpisodeKey, serial: str) -> None:
        """Nothing."""

    def step_taken(self, key: EpisodeKey, index: int, action: Action | None) -> None:
        """Nothing."""

    def safety_spoke(self, key: EpisodeKey, index: int, event: SafetyEvent) -> None:
        """Nothing."""

    def episode_retried(self, key: EpisodeKey, result: EpisodeResult) -> None:
        """Nothing."""

    def episode_ended(self, ended: Ended) -> None:
        """Nothing."""

    def note(self, text: str) -> None:
        """Nothing."""
