"""Who decides a step: seats, and the controllers that say when the cloud model takes over from the device model."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, Protocol

from phonebench.agent.change import changed
from phonebench.agent.dialects.base import Dialect, Language, prompt_file
from phonebench.agent.image import encode
from phonebench.agent.memory import Memory, Turn
from phonebench.config import ControllerConfig, ImageConfig, MemoryConfig
from phonebench.model import Chat
from phonebench.schema.action import ACTION, Action
from phonebench.schema.episode import ModelCall
from phonebench.schema.observation import Observation

Decider = Literal["device", "cloud"]
STILL_SCREENS: Final = 2
"""So many actions in a row that change nothing make the rules hand over."""
_HISTORY: Final = 20
"""Newest steps that a controller, or the model that takes over, is told of."""
_LONGEST: Final = 200
"""Characters of a thought or an action that are told."""
_MAX_REPLY: Final = 100_000
_QUESTION: Final = re.compile(r"cloud\s*(?:or|或|/|\|)\s*device", re.I)
"""The choice itself, repeated by a model that thinks aloud: no answer."""
_SIDES: Final = re.compile(r"(?<![A-Za-z_])(cloud|device)(?![A-Za-z_])", re.I)


@dataclass(frozen=True, slots=True)
class Seat:
    """One model that may decide."""

    role: Decider
    chat: Chat
    dialect: Dialect

    @property
    def name(self) -> str:
        """What reports call it."""
        return f"{self.chat.name} ({self.dialect.name})"


@dataclass(frozen=True, slots=True)
class Past:
    """A step that the device model decided."""

    action: Action
    thought: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """What a controller judges: the step (from 1) that is about to be decided, and all before it."""

    step: int
    task: str
    done: Sequence[Past]
    observation: Observation


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question that a controller put to a model. `prompt` names pictures instead of holding them."""

    prompt: list[dict[str, Any]]
    reply: str = ""
    call: ModelCall | None = None


class Controller(Protocol):
    """Says when the cloud takes over. One instance per episode."""

    name: str
    mends_replies: bool
    """True when a reply of the device model that holds no action hands over instead of ending the episode."""
    asked: list[Exchange]
    """What was asked since the agent last emptied it, kept also when asking failed."""

    def why_cloud(self, moment: Moment) -> str:
        """Why the cloud takes over now; empty to stay on the device. Raises what Chat.complete raises."""


class FixedStep:
    """From one step on it is always the cloud."""

    name = "step"
    mends_replies = False

    def __init__(self, step: int) -> None:
        self.asked: list[Exchange] = []
        self._step = step

    def why_cloud(self, moment: Moment) -> str:
        """At the step, whatever the screen."""
        return f"step {self._step} is reached" if moment.step >= self._step else ""


class Rules:
    """Hands over when the device model runs in circles; asks no model and looks at every step."""

    name = "rules"
    mends_replies = True

    def __init__(self, repeats: int) -> None:
        self.asked: list[Exchange] = []
        self._repeats = repeats
        self._last: Observation | None = None
        self._still = 0

    def why_cloud(self, moment: Moment) -> str:
        """The same action again and again, or a screen that stays as it is."""
        same = self._last is not None and not changed(self._last, moment.observation)
        self._still = self._still + 1 if same else 0
        self._last = moment.observation
        newest = [past.action for past in moment.done[-self._repeats :]]
        if len(newest) == self._repeats and all(action == newest[0] for action in newest):
            return f"the same action {self._repeats} times in a row"
        return f"the screen stayed the same {STILL_SCREENS} times" if self._still >= STILL_SCREENS else ""


class Monitor:
    """Asks a model: once which steps to monitor, then at each of them who goes on (source: OpenPhone)."""

    name = "model"
    mends_replies = False

    def __init__(self, chat: Chat, config: ControllerConfig, image: ImageConfig, language: Language) -> None:
        self.asked: list[Exchange] = []
        self._chat = chat
        self._image = image
        self._language = language
        self._first, self._every = config.monitor_from, config.every
        self._planned = not config.plan

    def why_cloud(self, moment: Moment) -> str:
        """The model's word at monitored steps; nothing at others."""
        if not self._planned:
            self._planned = True
            self._first, self._every = read_plan(self._ask("planner", moment), (self._first, self._every))
        if moment.step < self._first or (moment.step - self._first) % self._every:
            return ""
        return "the controller said CLOUD" if says_cloud(self._ask("controller", moment)) else ""

    def _ask(self, role: Literal["planner", "controller"], moment: Moment) -> str:
        """One question without memory: the planner is told the task, the controller also the history and the screen."""
        chinese = self._language == "zh"
        picture, text, seen = None, "", moment.observation
        if role == "controller":
            picture = encode(seen.png, (seen.width, seen.height), self._image) if seen.png else None
            text = told(moment.done, self._language) or ("尚未执行任何操作。" if chinese else "No steps so far.")
        task = f"任务：{moment.task}" if chinese else f"Task: {moment.task}"
        memory = Memory(prompt_file(role, self._language), task, MemoryConfig())
        memory.show(Turn(text, picture, f"screens/{moment.step - 1:03d}.png"))
        self.asked.append(Exchange(memory.record()))
        completion = self._chat.complete(memory.messages(), role=role)
        self.asked[-1] = Exchange(memory.record(), completion.text, completion.call)
        return completion.text


def told(done: Sequence[Past], language: Language) -> str:
    """The newest steps in words, one a line; empty when there are none."""
    lines = ["已执行的步骤：" if language == "zh" else "Steps so far:"] if done else []
    for number, past in list(enumerate(done, 1))[-_HISTORY:]:
        action = ACTION.dump_json(past.action).decode()
        parts = [" ".join(part.split())[:_LONGEST] for part in (past.thought, action)]
        lines.append(f"{number}. {' -> '.join(part for part in parts if part)}")
    return "\n".join(lines)


def read_plan(reply: str, default: tuple[int, int]) -> tuple[int, int]:
    """(first monitored step, steps between) from {"start": n, "every": m}; defaults for what is no number from 1."""
    answer = _answer(reply)

    def number(key: str, otherwise: int) -> int:
        pattern = rf"(?<![A-Za-z_]){key}[\"'”]?\s*[:=：]\s*[\"'“]?(\d{{1,4}})(?![\d.])"
        return next((int(hit) for hit in reversed(re.findall(pattern, answer, re.I)) if int(hit) > 0), otherwise)

    return number("start", default[0]), number("every", default[1])


def says_cloud(reply: str) -> bool:
    """True for CLOUD: as the first word, else the last one in capitals, else the only one named; nonsense is DEVICE."""
    answer = _QUESTION.sub("", _answer(reply))
    named = [hit[1] for hit in _SIDES.finditer(answer)]
    head = _SIDES.match(answer.lstrip(" \t\r\n*_`\"'“‘#>{[(-"))
    capitals = [word for word in named if word.isupper()]
    if head:
        chosen = head[1]
    elif capitals:
        chosen = capitals[-1]
    else:
        chosen = named[0] if len({word.lower() for word in named}) == 1 else "device"
    return chosen.lower() == "cloud"


def recorded(asked: Sequence[Exchange]) -> list[Mapping[str, Any]]:
    """Exchanges as they stand in a step's record."""
    return [{"prompt": exchange.prompt, "reply": exchange.reply} for exchange in asked]


def _answer(reply: str) -> str:
    """What follows the reasoning, if there is any."""
    return reply[:_MAX_REPLY].rpartition("</think>")[2]
