"""What of an episode a model sees again: all words, but pictures of the newest turns only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from phonebench.agent.image import Picture
from phonebench.config import MemoryConfig


@dataclass(slots=True)
class Turn:
    """One step: what was shown and what was replied. `reference` names the picture in the trace."""

    text: str
    picture: Picture | None
    reference: str
    reply: str = ""


class Memory:
    """Builds the messages of a request. The task stands at the head of the first turn that is still remembered."""

    def __init__(self, system: str, task: str, config: MemoryConfig) -> None:
        self._system = system
        self._task = task
        self._config = config
        self._turns: list[Turn] = []

    def show(self, turn: Turn) -> None:
        """Begin a turn; pictures that grew too old are let go."""
        self._turns.append(turn)
        if self._config.turns is not None:
            self._turns = self._turns[-self._config.turns - 1 :]
        for old in self._turns[: len(self._turns) - self._config.images]:
            old.picture = None

    def replied(self, reply: str) -> None:
        """Complete the present turn."""
        self._turns[-1].reply = reply

    def messages(self) -> list[dict[str, Any]]:
        """The request as the chat-completions API takes it."""
        return self._build(by_reference=False)

    def record(self) -> list[dict[str, Any]]:
        """The same with pictures named instead of sent, for the trace."""
        return self._build(by_reference=True)

    def _build(self, *, by_reference: bool) -> list[dict[str, Any]]:
        messages: list[dict[str, Any]] = [{"role": "system", "content": self._system}]
        for position, turn in enumerate(self._turns):
            text = f"{self._task}\n\n{turn.text}" if position == 0 else turn.text
            messages.append({"role": "user", "content": _content(text, turn, by_reference)})
            if turn.reply:
                messages.append({"role": "assistant", "content": turn.reply})
        return messages


def _content(text: str, turn: Turn, by_reference: bool) -> str | list[dict[str, Any]]:
    if turn.picture is None:
        return text
    image: dict[str, Any] = {"url": turn.reference if by_reference else turn.picture.url}
    if by_reference:
        image.update(mime=turn.picture.mime, width=turn.picture.width, height=turn.picture.height)
    return [{"type": "image_url", "image_url": image}, {"type": "text", "text": text}]
