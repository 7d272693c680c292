"""What of an episode a model sees again: pictures of the newest turns, words of earlier ones, lines of the oldest.

Three things make a prompt shorter, the oldest first: pictures go, turns become lines, lines go. The system prompt, the
task and the present observation always stay.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from phonebench.agent import tokens
from phonebench.agent.dialects.base import History, Language, one_line
from phonebench.agent.image import Picture
from phonebench.agent.tool_calls import unfolded
from phonebench.config import MemoryConfig, ModelConfig

_LEAST_RATIO, _MOST_RATIO = 0.5, 4.0
"""Bounds of what a server's count may correct the estimate by."""
_MARGIN: Final = 0.95
"""Share of the budget that an estimate may fill."""
_LESSON: Final = 0.9
"""Share of a prompt that was too long which later prompts may be."""
_LONGEST_LINE: Final = 300
_ONE_OF_SEVERAL: Final[Mapping[Language, str]] = {
    "en": "One action a step: only the first usable call was carried out.",
    "zh": "每步只执行一个操作：仅执行了第一个可用的调用。",
}
"""The result of each call of a reply that made several."""


@dataclass(slots=True)
class Turn:
    """One step: what was shown and what was replied. `reference` names the picture in the trace.

    `aside` is the first reply and the second question of a step that takes two.
    """

    text: str
    picture: Picture | None
    reference: str
    reply: str = ""
    aside: tuple[str, str] | None = None


class Memory:
    """Builds the messages of a request. The task stands at the head of the first user message, whatever is dropped.

    `native_calls` writes the tool calls of earlier replies as the chat API demands them, each with its result. `budget`
    is the longest prompt in tokens, of which `reserved` are taken by what is no message (tools).
    """

    def __init__(
        self,
        system: str,
        task: str,
        config: MemoryConfig,
        *,
        history: History = "turns",
        language: Language = "en",
        native_calls: bool = False,
        budget: int | None = None,
        reserved: int = 0,
    ) -> None:
        self._system = system
        self._task = task
        self._config = config
        self._history = history
        self._language = language
        self._native_calls = native_calls
        self._budget = math.inf if budget is None else budget
        self._reserved = reserved
        self._ratio = 1.0
        self._turns: list[Turn] = []
        self._lines: list[str] = []
        self._folded = 0

    def show(self, turn: Turn) -> None:
        """Begin a turn; what grew too old is let go, and so is what the budget has no room for."""
        self._turns.append(turn)
        for old in self._turns[: len(self._turns) - self._config.images]:
            old.picture = None
        whole = max(self._config.images, 1) if self._history == "summary" else self._whole_turns()
        while len(self._turns) > whole:
            self._fold()
        self.shrink(self._budget * _MARGIN)

    def ask_again(self, reply: str, question: str) -> None:
        """A second question of the present turn, after its first reply."""
        self._turns[-1].aside = reply, question

    def replied(self, reply: str) -> None:
        """Complete the present turn."""
        self._turns[-1].reply = reply
        self._turns[-1].aside = None

    def counted(self, prompt_tokens: int) -> None:
        """Learn from a server's count of the present prompt how good the estimate is; 0 teaches nothing."""
        if prompt_tokens > 0:
            self._ratio = min(max(prompt_tokens / self._estimate(), _LEAST_RATIO), _MOST_RATIO)

    def size(self) -> int:
        """Tokens of the present prompt: the estimate, corrected by what the server counted last."""
        return math.ceil(self._estimate() * self._ratio)

    def shrink(self, most: float) -> int:
        """Drop the oldest until the prompt has at most so many tokens, or nothing is left to drop; its size then."""
        while (size := self.size()) > most and self._drop_oldest():
            pass
        return size

    def overflowed(self) -> tuple[int, int]:
        """Halve a prompt that the server found too long; tokens before and after, equal when nothing can be dropped."""
        before = self.size()
        self._budget = min(self._budget, before * _LESSON)
        return before, self.shrink(before / 2)

    def messages(self) -> list[dict[str, Any]]:
        """The request as the chat-completions API takes it."""
        return self._build(by_reference=False)

    def record(self) -> list[dict[str, Any]]:
        """The same with pictures named instead of sent, for the trace."""
        return self._build(by_reference=True)

    def _whole_turns(self) -> float:
        return math.inf if self._config.turns is None else self._config.turns + 1

    def _estimate(self) -> int:
        return self._reserved + tokens.of_messages(self.record())

    def _drop_oldest(self) -> bool:
        pictured = next((turn for turn in self._turns[:-1] if turn.picture is not None), None)
        if pictured is not None:
            pictured.picture = None
        elif len(self._turns) > 1:
            self._fold()
        elif self._lines:
            del self._lines[0]
        else:
            return False
        return True

    def _fold(self) -> None:
        """The oldest turn becomes a line."""
        turn = self._turns.pop(0)
        self._folded += 1
        if turn.reply:
            most = len(turn.reply) if self._history == "summary" else _LONGEST_LINE
            self._lines.append(f"{self._folded}. {one_line(turn.reply, most)}")
        del self._lines[: max(0, len(self._lines) - self._config.summaries)]

    def _build(self, *, by_reference: bool) -> list[dict[str, Any]]:
        messages: list[dict[str, Any]] = [{"role": "system", "content": self._system}]
        build = self._summary if self._history == "summary" else self._chat
        messages += build(by_reference=by_reference)
        aside = self._turns[-1].aside if self._turns else None
        if aside is not None:
            messages += [{"role": "assistant", "content": aside[0]}, {"role": "user", "content": aside[1]}]
        return messages

    def _chat(self, *, by_reference: bool) -> list[dict[str, Any]]:
        messages: list[dict[str, Any]] = []
        for position, turn in enumerate(self._turns):
            text = self._headed(self._lines, turn.text) if position == 0 else turn.text
            messages.append({"role": "user", "content": _content(text, [turn], by_reference)})
            if turn.reply:
                messages += self._said(turn.reply, self._folded + position)
        return messages

    def _said(self, reply: str, number: int) -> list[dict[str, Any]]:
        text, calls = unfolded(reply, number) if self._native_calls else (reply, [])
        if not calls:
            return [{"role": "assistant", "content": reply}]
        done = "ok" if len(calls) == 1 else _ONE_OF_SEVERAL[self._language]
        results = [{"role": "tool", "tool_call_id": call["id"], "content": done} for call in calls]
        return [{"role": "assistant", "content": text or None, "tool_calls": calls}, *results]

    def _summary(self, *, by_reference: bool) -> list[dict[str, Any]]:
        """One message: the newest pictures, the task, a line for each earlier step, the present screen."""
        *earlier, now = self._turns
        newer = [f"{number}. {turn.reply}" for number, turn in enumerate(earlier, self._folded + 1) if turn.reply]
        lines = [*self._lines, *newer]
        text = self._headed(lines[max(0, len(lines) - self._config.summaries) :], now.text)
        return [{"role": "user", "content": _content(text, self._turns, by_reference)}]

    def _headed(self, lines: list[str], text: str) -> str:
        """The task, the steps so far, and what comes then."""
        head = "已执行的步骤：" if self._language == "zh" else "Steps so far:"
        parts = (self._task, "\n".join([head, *lines]) if lines else "", text)
        return "\n\n".join(part for part in parts if part)


def token_budget(memory: MemoryConfig, model: ModelConfig) -> int | None:
    """The longest prompt in tokens that the config allows: its own limit, else what the reply leaves of the context."""
    if memory.max_tokens is not None or model.min_context is None:
        return memory.max_tokens
    return max(model.min_context - (model.max_tokens or 0), model.min_context // 4)


def _content(text: str, turns: list[Turn], by_reference: bool) -> str | list[dict[str, Any]]:
    """Text alone, or as the chat API wants it behind the pictures of these turns."""
    pictures = [_image(turn.picture, turn.reference, by_reference) for turn in turns if turn.picture is not None]
    return [*pictures, {"type": "text", "text": text}] if pictures else text


def _image(picture: Picture, reference: str, by_reference: bool) -> dict[str, Any]:
    image: dict[str, Any] = {"url": reference if by_reference else picture.url}
    if by_reference:
        image.update(mime=picture.mime, width=picture.width, height=picture.height)
    return {"type": "image_url", "image_url": image}
