"""Agents that need no model: `noop` does nothing, `random` does anything. What they pass, a phone passes untouched."""

from __future__ import annotations

import random
from typing import Any, Final

from phonebench.schema.action import Action, Finish, Point, PressKey, Swipe, Tap, TypeText
from phonebench.schema.episode import DeviceInfo, ModelCall
from phonebench.schema.observation import Observation
from phonebench.schema.protocols import Decision
from phonebench.schema.task import Task

_WORDS: Final = ("hello", "42", "meeting", "08:30", "test")


class NoopAgent:
    """Finishes at once, without an answer."""

    name = "noop"
    last_prompt: Any = None
    last_reply = ""
    last_calls: tuple[ModelCall, ...] = ()

    def start(self, task: Task, instruction: str, device: DeviceInfo) -> None:
        """Nothing to prepare."""

    def decide(self, observation: Observation) -> Decision:
        """Finish."""
        del observation
        return Decision(action=Finish(), decided_by="script")


class RandomAgent:
    """Taps clickable nodes and arbitrary points, swipes, types, goes back. The same seed does the same."""

    name = "random"

    def __init__(self, seed: int) -> None:
        self.last_prompt: Any = None
        self.last_reply = ""
        self.last_calls: tuple[ModelCall, ...] = ()
        self._random = random.Random(seed)

    def start(self, task: Task, instruction: str, device: DeviceInfo) -> None:
        """Nothing to prepare."""

    def decide(self, observation: Observation) -> Decision:
        """Any action."""
        return Decision(action=self._any(observation), decided_by="script")

    def _any(self, seen: Observation) -> Action:
        dice = self._random.random()
        if dice < 0.6:
            return Tap(at=self._target(seen))
        if dice < 0.75:
            return Tap(at=self._point(seen))
        if dice < 0.87:
            return Swipe(start=self._point(seen), end=self._point(seen))
        if dice < 0.95:
            return TypeText(text=self._random.choice(_WORDS))
        return PressKey(key="back")

    def _target(self, seen: Observation) -> Point:
        nodes = [n for n in seen.ui.walk() if n.clickable and not n.bounds.empty] if seen.ui else []
        if not nodes:
            return self._point(seen)
        x, y = self._random.choice(nodes).bounds.center
        return Point(x=x, y=y)

    def _point(self, seen: Observation) -> Point:
        return Point(x=self._random.randrange(seen.width), y=self._random.randrange(seen.height))
