"""What a dialect is: how a family of models is spoken to, and how its replies become actions."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from importlib import resources
from typing import Literal, Protocol

from phonebench.schema.action import Action, Point
from phonebench.schema.errors import BadAction
from phonebench.schema.observation import Bounds, Observation

Language = Literal["en", "zh"]


@dataclass(frozen=True, slots=True)
class View:
    """One observation as a dialect shows it. `png` is what the model sees, width x height device pixels."""

    png: bytes = field(repr=False)
    width: int
    height: int
    app: str = ""
    device_time: str = ""
    marks: tuple[Bounds, ...] = ()

    def clamp(self, x: float, y: float) -> Point:
        """The pixel of the screen that is nearest."""
        return Point(x=int(min(max(x, 0), self.width - 1)), y=int(min(max(y, 0), self.height - 1)))


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a reply says."""

    action: Action
    thought: str = ""


class Dialect(Protocol):
    """One family's language. Stateless: everything it needs is in the View."""

    name: str

    def system_prompt(self, language: Language) -> str:
        """The text of the system message; `{date}` in it is replaced by the phone's date."""

    def look(self, observation: Observation) -> View:
        """The observation as the model gets to see it."""

    def task_text(self, instruction: str, language: Language) -> str:
        """How the first user message begins."""

    def observation_text(self, view: View, language: Language) -> str:
        """The words that go with a screenshot."""

    def parse(self, reply: str, view: View) -> Parsed:
        """The action in a reply; raises BadAction and nothing else, whatever the text."""

    def render(self, action: Action, view: View) -> str:
        """A reply that `parse` reads as this action; raises ValueError for what the dialect cannot say."""


def prompt_file(name: str, language: Language) -> str:
    """A prompt text of this package: phonebench/agent/prompts/<name>.<language>.md."""
    return resources.files("phonebench.agent").joinpath("prompts", f"{name}.{language}.md").read_text("utf-8").strip()


def text_digest(*texts: str) -> str:
    """sha256 over texts, hex."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def bad(what: str, reply: str, why: str = "") -> BadAction:
    """The error for a reply without a usable action."""
    shown = " ".join(reply.split())
    shown = shown if len(shown) <= 200 else shown[:199] + "…"
    return BadAction(what, reply=reply, why=why or (f"reply: {shown}" if shown else "the reply is empty"))
