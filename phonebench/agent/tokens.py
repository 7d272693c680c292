"""How many tokens a request will be, before a server has counted it. Meant to err on the high side."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

_ASCII_PER_TOKEN: Final = 3
_PER_MESSAGE: Final = 6
"""Role, separators."""
_PATCH: Final = 28
"""Pixels of a picture's edge that make a token in Qwen2-VL and its relatives."""
_UNKNOWN_PICTURE: Final = 1500


def of_messages(messages: Sequence[Mapping[str, Any]]) -> int:
    """Tokens of chat messages in which pictures are named with their width and height (`Memory.record`)."""
    return sum(_PER_MESSAGE + _of(message.get("content")) + _of(message.get("tool_calls")) for message in messages)


def of_text(text: str) -> int:
    """A third of a token for an ASCII character, a whole one for any other."""
    ascii_chars = len(text.encode("ascii", "ignore"))
    return math.ceil(ascii_chars / _ASCII_PER_TOKEN) + len(text) - ascii_chars


def of_picture(width: int, height: int) -> int:
    """One token for each patch of 28 x 28 pixels."""
    return math.ceil(width / _PATCH) * math.ceil(height / _PATCH)


def _of(content: Any) -> int:
    if content is None:
        return 0
    if isinstance(content, str):
        return of_text(content)
    return sum(_of_part(part) for part in content)


def _of_part(part: Mapping[str, Any]) -> int:
    match part:
        case {"type": "text", "text": str(text)}:
            return of_text(text)
        case {"type": "image_url", "image_url": {"width": int(width), "height": int(height)}}:
            return of_picture(width, height)
        case {"type": "image_url"}:
            return _UNKNOWN_PICTURE
        case _:
            return of_text(json.dumps(part, ensure_ascii=False))
