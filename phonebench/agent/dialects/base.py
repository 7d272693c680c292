"""What a dialect is: how a family of models is spoken to, and how its replies become actions.

A dialect is a frozen dataclass that inherits `Dialect`; its fields are the options which `agent.dialect_options` sets.
It has no state: everything it needs of a moment is in the `View`. Text goes in and an Action comes out, for native tool
calls too: they reach `parse` as `<tool_call>{"name": ..., "arguments": {...}}</tool_call>` blocks after the plain text
(see phonebench/agent/tool_calls.py), so that recorded, scripted and live replies are one and the same thing.
"""

from __future__ import annotations

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from typing import Any, ClassVar, Literal

from phonebench.schema.action import Action, Finish, Point, Tap, TypeText
from phonebench.schema.errors import BadAction
from phonebench.schema.observation import Bounds, Observation, UiNode
from phonebench.uitree import app_name

Language = Literal["en", "zh"]
History = Literal["turns", "summary"]


@dataclass(frozen=True, slots=True)
class View:
    """One observation as a dialect shows it. `png` is what the model sees, width x height device pixels.

    `sent` is the size in pixels of the picture as the model gets it, after scaling; it equals width x height when
    nothing was scaled. Dialects whose coordinates are pixels of the picture convert between the two.
    """

    png: bytes = field(repr=False)
    width: int
    height: int
    app: str = ""
    """Package of the app in front."""
    device_time: str = ""
    marks: tuple[Bounds, ...] = ()
    ui: UiNode | None = field(default=None, repr=False)
    keyboard_shown: bool = False
    secure: bool = False
    sent: tuple[int, int] = (0, 0)
    first: bool = False
    """True for a model's first screen, whose words stand right behind the task."""

    def __post_init__(self) -> None:
        if self.sent == (0, 0):
            object.__setattr__(self, "sent", (self.width, self.height))

    @property
    def app_name(self) -> str:
        """The label of the app in front; its package when the label is not known."""
        return app_name(self.app)

    @classmethod
    def of(cls, seen: Observation, *, png: bytes | None = None, marks: Sequence[Bounds] = ()) -> View:
        """All that an observation tells; `png` is shown instead of its screenshot when given."""
        return cls(
            seen.png if png is None else png,
            seen.width,
            seen.height,
            seen.package,
            seen.device_time,
            tuple(marks),
            seen.ui,
            seen.keyboard_shown,
            seen.secure,
        )

    def clamp(self, x: float, y: float) -> Point:
        """The pixel of the screen that is nearest."""
        return Point(x=int(min(max(x, 0), self.width - 1)), y=int(min(max(y, 0), self.height - 1)))


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a reply says."""

    action: Action
    thought: str = ""


@dataclass(frozen=True)
class Dialect(ABC):
    """One family's language; what most families share is here, and a dialect overrides what it does differently."""

    name: ClassVar[str]
    """As in the config, and the stem of the prompt files."""
    wants_image: ClassVar[bool] = True
    """False when the model gets words only."""
    history: ClassVar[History] = "turns"
    """turns: earlier steps stay as chat turns; summary: one user message holds the task, a numbered line for each
    earlier step (what `remembered` kept of its reply) and the present observation."""

    def system_prompt(self, language: Language) -> str:
        """The text of the system message; our own wording, from the prompt file.

        In it `{date}` is replaced by the phone's date, `{width}` and `{height}` by the size of the picture as sent.
        """
        return prompt_file(self.name, language)

    def look(self, observation: Observation) -> View:
        """The observation as the model gets to see it: the plain screenshot."""
        return View.of(observation)

    def task_text(self, instruction: str, language: Language) -> str:
        """How the first user message begins."""
        return f"任务：{instruction}" if language == "zh" else f"Task: {instruction}"

    @abstractmethod
    def observation_text(self, view: View, language: Language) -> str:
        """The words that go with a screenshot."""

    def tools(self, language: Language, view: View) -> Sequence[Mapping[str, Any]] | None:
        """Functions of the chat API for native tool calls; None for dialects that need none."""
        del language, view
        return None

    def follow_up(self, reply: str, view: View, language: Language) -> str | None:
        """A second question of the same step, put after the first reply; None when the first reply is the answer.

        When there is one, `parse` gets the reply to it, and the first reply becomes part of the step's thought.
        """
        del reply, view, language
        return None

    def remembered(self, reply: str, view: View) -> str:
        """What of the model's own reply stays in its memory; with a second question, of both replies together."""
        del view
        return reply

    def further_text(self, language: Language) -> str:
        """What else of our own words a model gets to read, for the digest of prompts: the functions it may call."""
        tools = self.tools(language, View(b"", 1, 1))
        return "" if tools is None else json.dumps(list(tools), ensure_ascii=False, sort_keys=True)

    @abstractmethod
    def parse(self, reply: str, view: View) -> Parsed:
        """The action in a reply; raises BadAction and nothing else, whatever the text."""

    @abstractmethod
    def render(self, action: Action, view: View) -> str:
        """A reply that `parse` reads as this action; raises ValueError for what the dialect cannot say."""


def has_frills(action: Action) -> bool:
    """True for what a bare call has no argument for: typing that keeps the old text or presses enter, a sensitive tap,
    the claim to have failed."""
    match action:
        case TypeText():
            return action.enter or not action.clear
        case Tap():
            return action.sensitive is not None
        case Finish():
            return not action.success
        case _:
            return False


def prompt_file(name: str, language: Language) -> str:
    """A prompt text of this package: phonebench/agent/prompts/<name>.<language>.md."""
    return resources.files("phonebench.agent").joinpath("prompts", f"{name}.{language}.md").read_text("utf-8").strip()


def surroundings(view: View, language: Language) -> str:
    """The app in front and whether the keyboard is shown, in a sentence or two."""
    if language == "zh":
        return f"当前应用：{view.app_name or '未知'}。{'键盘已弹出。' if view.keyboard_shown else ''}"
    return f"App in front: {view.app_name or 'unknown'}.{' The keyboard is shown.' if view.keyboard_shown else ''}"


def one_line(text: str, most: int) -> str:
    """A text without line breaks, cut in the middle when it is longer than `most` characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most // 2]} … {line[-(most // 2) :]}"


def text_digest(*texts: str) -> str:
    """sha256 over texts, hex."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def bad(what: str, reply: str, why: str = "") -> BadAction:
    """The error for a reply without a usable action."""
    shown = " ".join(reply.split())
    shown = shown if len(shown) <= 200 else shown[:199] + "…"
    return BadAction(what, reply=reply, why=why or (f"reply: {shown}" if shown else "the reply is empty"))
