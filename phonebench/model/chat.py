"""What a model is to an agent or a judge: messages in, one reply out, with what it took."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from phonebench.schema.episode import ModelCall

Role = Literal["device", "cloud", "planner", "controller", "judge"]
Message = Mapping[str, Any]
"""A message of the chat-completions API: {"role": ..., "content": text or list of parts}."""


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A native call of a function that the request offered; `arguments` is text as the server gave it, JSON or not."""

    id: str
    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class Completion:
    """One reply. `reasoning` holds what a server returns apart from the text as the model's reasoning."""

    text: str
    call: ModelCall
    reasoning: str = ""
    tool_calls: tuple[ToolCall, ...] = ()


class Chat(Protocol):
    """A model that answers. One instance serves one thread."""

    name: str

    def complete(
        self,
        messages: Sequence[Message],
        *,
        role: Role = "device",
        response_format: Mapping[str, Any] | None = None,
        tools: Sequence[Mapping[str, Any]] | None = None,
    ) -> Completion:
        """One reply. `tools` are functions of the chat API that the model may call.

        Raises ModelUnavailable or RateLimited when the endpoint fails after all retries, ContextOverflow when the
        prompt is too long, ReplyTooSlow when the reply takes longer than the configured time, and ConfigError when the
        endpoint does not know the model, refuses the key, or cannot do tool calls.
        """

    def close(self) -> None:
        """Release connections."""
