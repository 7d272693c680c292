"""Puts native tool calls together from what servers send: whole, or in pieces of a stream."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from phonebench.model.chat import ToolCall

MAX_CALLS: Final = 50
"""Further calls of one reply are dropped."""


@dataclass(slots=True)
class _Growing:
    id: str = ""
    name: str = ""
    arguments: list[str] = field(default_factory=list)


@dataclass(slots=True)
class ToolCalls:
    """The calls of a reply while it is coming."""

    _calls: dict[int, _Growing] = field(default_factory=dict)
    _last: int = -1

    def add(self, pieces: Any) -> int:
        """Take the `tool_calls` of a chunk or of a whole answer; the characters in them.

        A piece without an index goes on with the newest call, unless it names a function or another id.
        """
        chars = 0
        for piece in pieces or ():
            function = getattr(piece, "function", None)
            name, arguments = _text(getattr(function, "name", None)), _text(getattr(function, "arguments", None))
            call = self._at(getattr(piece, "index", None), _text(getattr(piece, "id", None)), name)
            if call is not None:
                call.name = call.name or name
                call.arguments.append(arguments)
                chars += len(name) + len(arguments)
        return chars

    def whole(self) -> tuple[ToolCall, ...]:
        """The calls that name a function, in the server's order."""
        calls = [call for _, call in sorted(self._calls.items())]
        return tuple(ToolCall(call.id, call.name, "".join(call.arguments)) for call in calls if call.name)

    def _at(self, index: Any, call_id: str, name: str) -> _Growing | None:
        if not isinstance(index, int):
            newest = self._calls.get(self._last)
            goes_on = newest is not None and not name and call_id in ("", newest.id)
            index = self._last if goes_on else self._last + 1
        if index not in self._calls and len(self._calls) >= MAX_CALLS:
            return None
        self._last = index
        call = self._calls.setdefault(index, _Growing())
        call.id = call.id or call_id
        return call


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
