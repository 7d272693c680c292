"""The person behind a run: asked by the safety rules, answers or does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person typed, possibly nothing; `text` is None when nobody answered, and `why` says why not."""

    text: str | None
    why: str = ""


class Person(Protocol):
    """Somebody who can be asked. Called from several threads; answers one question at a time."""

    def ask(self, question: str, timeout_s: float, stopped: Callable[[], bool]) -> Answer:
        """Put a question of one or more lines and wait for an answer, `timeout_s` at most, less when `stopped`."""


class Nobody:
    """A run that nobody watches."""

    def ask(self, question: str, timeout_s: float, stopped: Callable[[], bool]) -> Answer:
        """No answer."""
        del question, timeout_s, stopped
        return Answer(None, "there is nobody to ask")
