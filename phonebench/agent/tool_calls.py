"""Native tool calls as text, and back: the one form in which dialects read, and traces keep, what a model said."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from phonebench.model import Completion, ToolCall
from phonebench.schema.text import whole

_OPEN: Final = "<tool_call>"
_CLOSE: Final = "</tool_call>"
_CLOSE_IN_JSON: Final = r"<\/tool_call>"
_BLOCK: Final = re.compile(r"<tool_call>(.*?)</tool_call>", re.S)
_MOST: Final = 20


def folded(completion: Completion) -> str:
    """The reply with its native calls after the text, each as a `<tool_call>` block; arguments that are no JSON object
    stay a JSON string."""
    blocks = [_block(call) for call in completion.tool_calls[:_MOST]]
    return whole("\n".join(part for part in (completion.text, *blocks) if part))


def unfolded(reply: str, turn: int) -> tuple[str, list[dict[str, Any]]]:
    """The plain text of a folded reply, and its calls as an assistant message of the chat API holds them.

    The ids are made anew from the number of the turn. What is no well-formed block stays in the text.
    """
    calls: list[dict[str, Any]] = []

    def take(block: re.Match[str]) -> str:
        function = _function(block[1])
        if function is None or len(calls) == _MOST:
            return block[0]
        calls.append({"id": f"call_{turn}_{len(calls)}", "type": "function", "function": function})
        return ""

    text = _BLOCK.sub(take, reply)
    return text.strip() if calls else text, calls


def _block(call: ToolCall) -> str:
    try:
        arguments = json.loads(call.arguments)
    except (ValueError, RecursionError):
        arguments = call.arguments
    if not isinstance(arguments, dict):
        arguments = call.arguments
    written = json.dumps({"name": call.name, "arguments": arguments}, ensure_ascii=False)
    return f"{_OPEN}{written.replace(_CLOSE, _CLOSE_IN_JSON)}{_CLOSE}"


def _function(block: str) -> dict[str, str] | None:
    try:
        call = json.loads(block)
    except (ValueError, RecursionError):
        return None
    if not isinstance(call, dict) or not isinstance(call.get("name"), str):
        return None
    arguments = call.get("arguments", {})
    written = arguments if isinstance(arguments, str) else json.dumps(arguments, ensure_ascii=False)
    return {"name": call["name"], "arguments": written}
