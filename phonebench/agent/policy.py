"""Who decides a step: seats, and the controllers that say when one model takes over from the other."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any, Final, Literal, Protocol

from phonebench.agent.change import changed
from phonebench.agent.dialects.base import Dialect, Language, prompt_file
from phonebench.agent.image import encode
from phonebench.agent.memory import Memory, Turn
from phonebench.config import ControllerConfig, Decider, ImageConfig, MemoryConfig
from phonebench.model import Chat
from phonebench.schema.action import ACTION, Action, Swipe
from phonebench.schema.episode import ModelCall
from phonebench.schema.errors import BenchError
from phonebench.schema.observation import Observation

_HISTORY: Final = 20
"""Newest steps that a controller, or the model that takes over, is told of."""
_LONGEST: Final = 200
"""Characters of a thought or an action that are told."""
_MAX_REPLY: Final = 100_000
_QUESTION: Final = re.compile(r"cloud\s*(?:or|或|/|\|)\s*device|device\s*(?:or|或|/|\|)\s*cloud", re.I)
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
    """A step that is done, and who decided it."""

    action: Action
    thought: str = ""
    by: Decider = "device"
    on: tuple[str, ...] = ()
    """Words that a tap touched: each model counts points in its own way, so they tell the others more."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What a controller judges: the step (from 1) that is about to be decided, and all before it."""

    step: int
    task: str
    done: Sequence[Past]
    observation: Observation
    active: Decider = "device"
    """Who has the episode so far."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question that a controller put to a model. `prompt` names pictures instead of holding them.

    Without an answer there is no `call`; `error` says why.
    """

    role: Literal["planner", "controller"]
    prompt: list[dict[str, Any]]
    reply: str = ""
    call: ModelCall | None = None
    error: str = ""


class Controller(Protocol):
    """Says when the other model takes over. One instance per episode; asked once a step."""

    name: str
    mends_replies: bool
    """True when a reply of the device model that holds no action hands over instead of ending the episode."""
    asked: list[Exchange]
    """What was asked since the agent last emptied it, kept also when asking failed."""

    def why_switch(self, moment: Moment) -> str:
        """Why the other model goes on from here; empty when the present one does. Raises what Chat.complete raises."""


class FixedStep:
    """From one step on it is always the cloud."""

    name = "step"
    mends_replies = False

    def __init__(self, step: int) -> None:
        self.asked: list[Exchange] = []
        self._step = step

    def why_switch(self, moment: Moment) -> str:
        """At the step, whatever the screen."""
        return f"step {self._step} is reached" if moment.active == "device" and moment.step >= self._step else ""


class Rules:
    """Hands over when the device model runs in circles, back when the cloud model got things moving; asks no model."""

    name = "rules"

    def __init__(self, config: ControllerConfig) -> None:
        self.asked: list[Exchange] = []
        self.mends_replies = config.bad_replies
        self._config = config
        self._active: Decider = "device"
        self._last: Observation | None = None
        self._same = self._moved = 0

    def why_switch(self, moment: Moment) -> str:
        """On the device: the same action again and again, or a screen that stays as it is. In the cloud: one that does
        not."""
        if moment.active != self._active:
            self._active, self._same, self._moved = moment.active, 0, 0
        same = self._last is not None and not changed(self._last, moment.observation)
        self._same, self._moved = (self._same + 1, 0) if same else (0, self._moved + 1)
        self._last = moment.observation
        return self._why_back() if moment.active == "cloud" else self._why_over(moment.done)

    def _why_over(self, done: Sequence[Past]) -> str:
        repeats, unchanged = self._config.repeats, self._config.unchanged
        own = [past.action for past in takewhile(lambda past: past.by == "device", reversed(done))]
        if repeats is not None and len(own) >= repeats and all(action == own[0] for action in own[:repeats]):
            return f"the same action {repeats} times in a row"
        still = unchanged is not None and self._same >= unchanged
        return f"the screen stayed the same {unchanged} times" if still else ""

    def _why_back(self) -> str:
        recovered = self._config.recovered
        return f"the screen changed {recovered} times in a row" if self._moved >= recovered else ""


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

    def why_switch(self, moment: Moment) -> str:
        """The model's word at monitored steps; nothing at others."""
        if not self._planned:
            self._planned = True
            self._first, self._every = read_plan(self._ask("planner", moment), (self._first, self._every))
        if moment.step < self._first or (moment.step - self._first) % self._every:
            return ""
        wanted = says_who(self._ask("controller", moment), moment.active)
        return "" if wanted == moment.active else f"the controller said {wanted.upper()}"

    def _ask(self, role: Literal["planner", "controller"], moment: Moment) -> str:
        """One question without memory: the planner is told the task, the controller also the history and the screen."""
        chinese = self._language == "zh"
        picture, text, seen = None, "", moment.observation
        if role == "controller":
            picture = encode(seen.png, (seen.width, seen.height), self._image) if seen.png else None
            text = told(moment.done, self._language) or ("尚未执行任何操作。" if chinese else "No steps so far.")
        name = "controller_back" if role == "controller" and moment.active == "cloud" else role
        task = f"任务：{moment.task}" if chinese else f"Task: {moment.task}"
        memory = Memory(prompt_file(name, self._language), task, MemoryConfig())
        memory.show(Turn(text, picture, f"screens/{moment.step - 1:03d}.png"))
        exchange = Exchange(role, memory.record())
        self.asked.append(exchange)
        try:
            completion = self._chat.complete(memory.messages(), role=role)
        except BenchError as problem:
            self.asked[-1] = replace(exchange, error=str(problem))
            raise
        self.asked[-1] = replace(exchange, reply=completion.text, call=completion.call)
        return completion.text


def told(done: Sequence[Past], language: Language) -> str:
    """The newest steps in words, one a line, with who decided them if not all the same; empty when there are none."""
    several = len({past.by for past in done}) > 1
    lines = ["已执行的步骤：" if language == "zh" else "Steps so far:"] if done else []
    for number, past in list(enumerate(done, 1))[-_HISTORY:]:
        parts = [" ".join(part.split())[:_LONGEST] for part in (past.thought, _in_words(past))]
        who = f"[{past.by}] " if several else ""
        lines.append(f"{number}. {who}{' -> '.join(part for part in parts if part)}")
    return "\n".join(lines)


def _in_words(past: Past) -> str:
    """An action as JSON; taps by the words that were touched and swipes by their direction, where these are known."""
    said = ACTION.dump_python(past.action, mode="json", exclude_none=True)
    if past.on:
        said = {**said, "at": ", ".join(past.on)}
    elif isinstance(past.action, Swipe):
        start, end = past.action.start, past.action.end
        across, down = end.x - start.x, end.y - start.y
        way = ("right" if across > 0 else "left") if abs(across) > abs(down) else ("down" if down > 0 else "up")
        said = {"type": "swipe", "finger moves": way}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def read_plan(reply: str, default: tuple[int, int]) -> tuple[int, int]:
    """(first monitored step, steps between) from {"start": n, "every": m}; defaults for what is no number from 1."""
    answer = _answer(reply)

    def number(key: str, otherwise: int) -> int:
        pattern = rf"(?<![A-Za-z_]){key}[\"'”]?\s*[:=：]\s*[\"'“]?(\d{{1,4}})(?![\d.])"
        return next((int(hit) for hit in reversed(re.findall(pattern, answer, re.I)) if int(hit) > 0), otherwise)

    return number("start", default[0]), number("every", default[1])


def says_who(reply: str, otherwise: Decider) -> Decider:
    """CLOUD or DEVICE: the first word, else the last in capitals, else the only one named; nonsense is `otherwise`."""
    answer = _QUESTION.sub("", _answer(reply))
    named = [hit[1] for hit in _SIDES.finditer(answer)]
    head = _SIDES.match(answer.lstrip(" \t\r\n*_`\"'“‘#>{[(-"))
    capitals = [word for word in named if word.isupper()]
    if head:
        chosen = head[1]
    elif capitals:
        chosen = capitals[-1]
    else:
        chosen = named[0] if len({word.lower() for word in named}) == 1 else otherwise
    return "cloud" if chosen.lower() == "cloud" else "device"


def recorded(asked: Sequence[Exchange]) -> list[Mapping[str, Any]]:
    """Exchanges as they stand in a step's record."""
    return [
        {"role": one.role, "prompt": one.prompt, "reply": one.reply} | ({"error": one.error} if one.error else {})
        for one in asked
    ]


def _answer(reply: str) -> str:
    """What follows the reasoning, if there is any."""
    return reply[:_MAX_REPLY].rpartition("</think>")[2]
