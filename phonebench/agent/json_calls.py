"""Finds calls that models write as JSON, `{"name": "tap", "arguments": {"x": 1}}`, and reads them however bent.

What is JSON goes through the json module. The rest is read by a small reader of our own that puts up with code fences,
single, curly and unescaped quotes, raw line breaks, full-width punctuation, bare words, trailing commas and missing
brackets at the end. Nothing is ever evaluated. A text or number that the end of the reply cuts off is no value: what
the model meant is not known.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any, Final

from pydantic import ValidationError

from phonebench.agent.calls import MAX_REPLY, CutOffError
from phonebench.agent.dialects.base import Parsed, bad
from phonebench.schema.action import Action
from phonebench.schema.text import whole

_MAX_OBJECT: Final = 20_000
_MAX_NESTING: Final = 12
_MAX_TRIES: Final = 20
_OPENINGS: Final = re.compile(r"[{｛]")
_TAG: Final = re.compile(r"<\s{0,3}tool[_ -]?calls?\s{0,3}>", re.I)
_MARKUP: Final = re.compile(r"</?(?:think|tool_call)>|```\w{0,20}|^\s{0,9}(?:Thought|Action)\s{0,9}[:：]", re.I | re.M)
_MAX_THOUGHT: Final = 20_000
_THINK_END: Final = "</think>"
_NAME_BEFORE: Final = re.compile(
    r"""(\w{1,60})["'\s,(:：`]{0,9}(?:["']?(?:arguments|parameters|args|action input)["']?\s{0,9}[:：]\s{0,9})?$""",
    re.I,
)
"""A name right before its arguments: `tap({`, `"name": "tap", "arguments": {`, or on the line before."""
_NAME_KEYS: Final = ("name", "function_name", "tool", "tool_name", "function")
_ARGUMENT_KEYS: Final = ("arguments", "parameters", "args", "input", "action_input", "argument", "params")
_DECODER: Final = json.JSONDecoder(strict=False)


@dataclass(frozen=True, slots=True)
class JsonCall:
    """A call as written; `name` is empty where only the arguments stand. `start` is where it begins in the text."""

    name: str
    arguments: dict[str, Any] = field(default_factory=dict)
    start: int = 0


def find_json_calls(text: str, names: Sequence[str], marker_keys: Sequence[str] = ()) -> Iterator[JsonCall]:
    """The calls after the first `<tool_call>` tag; without one, all calls; only in the thoughts if nowhere else.

    `names` are the functions there are; an object without a name is a call when it has one of `marker_keys`, or when
    a name stands right before it.
    """
    text = text[:MAX_REPLY]
    thought_end = text.rfind(_THINK_END) + 1
    tag = next((hit.end() for hit in _TAG.finditer(text, thought_end)), len(text))
    for start in (tag, thought_end, 0):
        calls = list(_calls_within(text, start, names, marker_keys))
        if calls:
            yield from (replace(call, arguments=_whole(call.arguments)) for call in calls)
            return


def _whole(arguments: Mapping[str, Any]) -> dict[str, Any]:
    return {key: whole(value) if isinstance(value, str) else value for key, value in arguments.items()}


def first_action(reply: str, calls: Iterable[JsonCall], build: Callable[[JsonCall], Action], missing: str) -> Parsed:
    """What the first call says that `build` can make an action of; calls after it are named in the thought.

    Raises BadAction with the first call's problem when there is none, and with `missing` when there is no call.
    """
    problem: Exception | None = None
    what = missing
    rest = iter(calls)
    for call in rest:
        try:
            action = build(call)
        except (KeyError, TypeError, ValueError, OverflowError) as failure:
            if problem is None:
                problem, what = failure, f"{call.name or 'the call'}: {_said(failure)}"
            continue
        thought = _MARKUP.sub("", reply[: call.start]).strip()[:_MAX_THOUGHT]
        others = [other.name or "one without a name" for other in rest]
        note = f"(not carried out, one action a step: {', '.join(others)})" if others else ""
        return Parsed(action, "\n".join(part for part in (thought, note) if part))
    raise bad(what, reply) from problem


def _said(failure: Exception) -> str:
    if isinstance(failure, ValidationError):
        error = failure.errors()[0]
        return f"{'.'.join(map(str, error['loc'])) or 'arguments'}: {error['msg']}"
    return f"{failure.args[0]} is missing" if isinstance(failure, KeyError) else str(failure)


def _calls_within(text: str, start: int, names: Sequence[str], marker_keys: Sequence[str]) -> Iterator[JsonCall]:
    position = start
    for hit in islice(_OPENINGS.finditer(text, start), _MAX_TRIES):
        if hit.start() < position:
            continue  # inside the object before
        try:
            value, stop = _read_object(text, hit.start())
        except CutOffError:
            return  # what looks like a call after this is part of a text
        except ValueError:
            continue
        calls = list(islice(_as_calls(value, hit.start(), names, marker_keys, _before(text, hit.start())), _MAX_TRIES))
        if calls:
            position = stop
            yield from calls


def _before(text: str, start: int) -> str:
    hit = _NAME_BEFORE.search(text[max(0, start - 120) : start])
    return hit[1] if hit else ""


def _as_calls(
    value: Any, start: int, names: Sequence[str], marker_keys: Sequence[str], before: str
) -> Iterator[JsonCall]:
    """What an object calls, whichever way it is wrapped."""
    if not isinstance(value, dict):
        return
    inner = value.get("tool_calls", value.get("tool_call", value.get("function_call")))
    if isinstance(inner, list | dict):
        for part in inner if isinstance(inner, list) else [inner]:
            yield from _as_calls(part, start, names, marker_keys, before)
        return
    function = value.get("function")
    if isinstance(function, dict):
        yield from _as_calls(function, start, names, marker_keys, before)
        return
    name = next((value[key] for key in _NAME_KEYS if isinstance(value.get(key), str)), "")
    key = next((key for key in _ARGUMENT_KEYS if key in value), None)
    known = {known.lower(): known for known in names}
    if name and key is not None:
        yield JsonCall(known.get(name.strip().lower(), name), _arguments(value[key]), start)
    elif name.strip().lower() in known and not any(key in value for key in marker_keys):
        flat = {key: part for key, part in value.items() if part is not value.get("name")}
        yield JsonCall(known[name.strip().lower()], flat, start)
    elif any(key in value for key in marker_keys):
        yield JsonCall(before if before in names else "", value, start)
    elif before.lower() in known:
        yield JsonCall(known[before.lower()], value, start)


def _arguments(value: Any) -> dict[str, Any]:
    """Arguments as an object, also when they are one inside of a text."""
    if isinstance(value, str):
        found = _OPENINGS.search(value)
        try:
            value = _read_object(value, found.start())[0] if found else {}
        except ValueError:
            value = {}
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    return dict(value) if isinstance(value, Mapping) else {}


def _read_object(text: str, start: int) -> tuple[Any, int]:
    """The object that begins at `start`, and where it ends; raises ValueError when none can be read."""
    body = text[start : start + _MAX_OBJECT]
    try:
        value, length = _DECODER.raw_decode(body)
        return value, start + length
    except (ValueError, RecursionError):
        reader = _Reader(body)
        return reader.value(0), start + reader.position


_BLANKS: Final = re.compile(r"[\s\u200b\ufeff]*")
_SEPARATORS: Final = re.compile(r"(?:[\s\u200b\ufeff,，;；]|//[^\n]{0,200})*+")
_DOUBLE: Final = '"“”„＂'
_SINGLE: Final = "'‘’＇"
_QUOTE: Final = f"[{_DOUBLE}{_SINGLE}]"
_KEY: Final = re.compile(rf"({_QUOTE}?)\s{{0,9}}(\w[\w.-]{{0,60}})\s{{0,9}}{_QUOTE}?\s{{0,9}}[:：=]>?")
_BARE: Final = re.compile(r"[^,，;；:：{}｛｝\[\]［］【】()（）<>\n\"'“”‘’]{1,200}")
_NUMBER: Final = re.compile(r"[+-]?\d{1,18}(?:\.\d{0,18})?(?:[eE][+-]?\d{1,3})?")
_LIST_ENDS: Final = "]］】)）"
_WORDS: Final[Mapping[str, Any]] = {"true": True, "false": False, "null": None, "none": None}
_ESCAPE: Final = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.S)
_ESCAPES: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_IN_TEXT: Final = {kind: re.compile(rf"\\.|([{kind}])", re.S) for kind in (_DOUBLE, _SINGLE)}
"""What matters inside a text: escapes, and quotes of the kind that opened it."""
_END: Final = rf"\s{{0,99}}(?:$|</|<\||```|[,，]?\s{{0,99}}(?:[}}｝\]］】)）]\s{{0,99}})++(?!{_QUOTE}))"
_QUOTED_KEY: Final = rf"(?:\s{{0,99}}[,，;；]\s{{0,99}}(?://[^\n]{{0,200}}\n\s{{0,99}})?|\s{{1,99}}){_QUOTE}\w{{1,40}}{_QUOTE}\s{{0,9}}[:：=]"
_BARE_KEY: Final = r"\s{0,99}[,，;；\n]\s{0,99}\w{1,40}\s{0,9}[:：=]"
_AFTER_TEXT: Final = {
    "quoted": re.compile(f"{_END}|{_QUOTED_KEY}"),
    "bare": re.compile(f"{_END}|{_QUOTED_KEY}|{_BARE_KEY}"),
    "list": re.compile(rf"{_END}|\s{{0,99}}[,，]\s{{0,99}}(?:{_QUOTE}|[\d-])"),
}
"""What follows a quote that ends a text, by where the text stands; any other quote belongs to the text."""


class _Reader:
    """Reads one value from the start of a text; raises ValueError where it cannot go on."""

    def __init__(self, text: str) -> None:
        self.position = 0
        self._text = text
        self._open_lists = 0

    def value(self, depth: int, place: str = "quoted") -> Any:
        """The value that comes next; `place` says what it stands in (see _AFTER_TEXT)."""
        if depth > _MAX_NESTING:
            raise ValueError("nested too deeply")
        char = self._next(_BLANKS)
        if char and char in "{｛":
            return self._object(depth)
        if char and char in "[［【(（":
            return self._list(depth)
        if char and char in _DOUBLE + _SINGLE:
            return self._quoted(place)
        return self._bare()

    def _object(self, depth: int) -> dict[str, Any]:
        self.position += 1
        found: dict[str, Any] = {}
        while char := self._next(_SEPARATORS):
            if char in "}｝":
                self.position += 1
                break
            if char in _LIST_ENDS and not self._open_lists:
                self.position += 1  # one bracket too many
                continue
            if char in "<`" + _LIST_ENDS:
                break  # the closing bracket was forgotten
            key = _KEY.match(self._text, self.position)
            if key is None:
                raise ValueError("no key")
            self.position = key.end()
            found[key[2]] = self.value(depth + 1, "quoted" if key[1] else "bare")
        return found

    def _list(self, depth: int) -> list[Any]:
        self.position += 1
        self._open_lists += 1
        items: list[Any] = []
        while char := self._next(_SEPARATORS):
            if char in _LIST_ENDS:
                self.position += 1
                break
            if char in "}｝<`":
                break
            items.append(self.value(depth + 1, "list"))
        self._open_lists -= 1
        return items

    def _quoted(self, place: str) -> str:
        opening = self._text[self.position]
        start = self.position + 1
        for hit in _IN_TEXT[_DOUBLE if opening in _DOUBLE else _SINGLE].finditer(self._text, start):
            if hit[1] and _AFTER_TEXT[place].match(self._text, hit.end()):
                self.position = hit.end()
                return _ESCAPE.sub(_unescaped, self._text[start : hit.start()])
        raise CutOffError("the text is cut off")

    def _bare(self) -> Any:
        word = _BARE.match(self._text, self.position)
        if word is None or word.end() == len(self._text):
            raise ValueError("no value")
        self.position = word.end()
        text = word[0].strip()
        if _NUMBER.fullmatch(text):
            return float(text)
        return _WORDS.get(text.lower(), text)

    def _next(self, skipped: re.Pattern[str]) -> str:
        """The next character after blanks, empty at the end."""
        hit = skipped.match(self._text, self.position)
        self.position = hit.end() if hit else self.position
        return self._text[self.position : self.position + 1]


def _unescaped(escape: re.Match[str]) -> str:
    code = escape[1]
    if len(code) > 1:
        return chr(int(code[1:], 16))
    if code in _ESCAPES:
        return _ESCAPES[code]
    return code if code in "\"'\\/" else escape[0]
