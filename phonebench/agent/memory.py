"""What of an episode a model sees again: all words, but pictures of the newest turns only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from phonebench.agent.dialects.base import History, Language
from phonebench.agent.image import Picture
from phonebench.agent.tool_calls import unfolded
from phonebench.config import MemoryConfig


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

    `native_calls` writes the tool calls of earlier replies as the chat API demands them, each with its result.
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
    ) -> None:
        self._system = system
        self._task = task
        self._config = config
        self._history = history
        self._language = language
        self._native_calls = native_calls
        self._turns: list[Turn] = []
        self._dropped = 0

    def show(self, turn: Turn) -> None:
        """Begin a turn; pictures that grew too old are let go."""
        self._turns.append(turn)
        if self._config.turns is not None:
            self._drop(len(self._turns) - self._config.turns - 1)
        for old in self._turns[: len(self._turns) - self._config.images]:
            old.picture = None

    def ask_again(self, reply: str, question: str) -> None:
        """A second question of the present turn, after its first reply."""
        self._turns[-1].aside = reply, question

    def replied(self, reply: str) -> None:
        """Complete the present turn."""
        self._turns[-1].reply = reply
        self._turns[-1].aside = None

    def messages(self) -> list[dict[str, Any]]:
        """The request as the chat-completions API takes it."""
        return self._build(by_reference=False)

    def record(self) -> list[dict[str, Any]]:
        """The same with pictures named instead of sent, for the trace."""
        return self._build(by_reference=True)

    def _drop(self, count: int) -> None:
        if count > 0:
            self._turns = self._turns[count:]
            self._dropped += count

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
            text = f"{self._task}\n\n{turn.text}" if position == 0 else turn.text
            messages.append({"role": "user", "content": _content(text, turn, by_reference)})
            if turn.reply:
                messages += self._said(turn.reply, self._dropped + position)
        return messages

    def _said(self, reply: str, number: int) -> list[dict[str, Any]]:
        text, calls = unfolded(reply, number) if self._native_calls else (reply, [])
        if not calls:
            return [{"role": "assistant", "content": reply}]
        results = [{"role": "tool", "tool_call_id": call["id"], "content": "ok"} for call in calls]
        return [{"role": "assistant", "content": text or None, "tool_calls": calls}, *results]

    def _summary(self, *, by_reference: bool) -> list[dict[str, Any]]:
        """One message: the newest pictures, the task, a numbered line for each earlier step, the present screen."""
        *earlier, now = self._turns
        lines = [f"{number}. {turn.reply}" for number, turn in enumerate(earlier, self._dropped + 1) if turn.reply]
        head = "已执行的步骤：" if self._language == "zh" else "Steps so far:"
        parts = [self._task, "\n".join([head, *lines]) if lines else "", now.text]
        content = _content("\n\n".join(part for part in parts if part), now, by_reference)
        pictures = [_image(turn.picture, turn.reference, by_reference) for turn in earlier if turn.picture is not None]
        if pictures:
            content = [*pictures, *(content if isinstance(content, list) else [{"type": "text", "text": content}])]
        return [{"role": "user", "content": content}]


def _content(text: str, turn: Turn, by_reference: bool) -> str | list[dict[str, Any]]:
    if turn.picture is None:
        return text
    return [_image(turn.picture, turn.reference, by_reference), {"type": "text", "text": text}]


def _image(picture: Picture, reference: str, by_reference: bool) -> dict[str, Any]:
    image: dict[str, Any] = {"url": reference if by_reference else picture.url}
    if by_reference:
        image.update(mime=picture.mime, width=picture.width, height=picture.height)
    return {"type": "image_url", "image_url": image}
