"""Finds a function call in a model's text and reads its arguments: with ast where the text is Python, else by pattern.

Nothing is ever evaluated. The patterns take what models really write: curly quotes, full-width punctuation, quotes and
line breaks inside a text that nobody escaped, a missing last parenthesis.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

MAX_REPLY: Final = 100_000
"""Characters of a reply that are looked at."""
_MAX_CALL: Final = 20_000
_MAX_NESTING: Final = 12
_MAX_TRIES: Final = 20
_Read = tuple[tuple[Any, ...], dict[str, Any], int]
"""Positional arguments, keyword arguments, characters used."""
_WIDE: Final = str.maketrans({"（": "(", "）": ")", "，": ",", "【": "[", "】": "]", "＝": "=", "：": ":"})
_CLOSERS: Final = {'"': '"', "'": "'", "“": "”“", "”": "”“", "„": "”“", "‘": "’‘", "’": "’‘", "＂": "＂"}
_INSIDE: Final = {"\n": "\\n", "\r": "\\r", '"': '\\"'}
"""What must be escaped inside a string that is written with straight double quotes."""
_QUOTES: Final = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "＂": '"'})


@dataclass(frozen=True, slots=True)
class Call:
    """A call as written: name, positional and keyword arguments as plain values. `start` is where it begins."""

    name: str
    args: tuple[Any, ...] = ()
    kwargs: dict[str, Any] = field(default_factory=dict)
    start: int = 0


def find_calls(text: str, names: Sequence[str], text_keys: Sequence[str] = ()) -> Iterator[Call]:
    """The calls of one of `names` in the order of the text; ones that cannot be read are passed over.

    `text_keys` are the keyword arguments that hold free text, in which unescaped quotes are put up with; a lone
    positional string is treated likewise.
    """
    text = text[:MAX_REPLY]
    pattern = re.compile(rf"(?<![\w.])({'|'.join(map(re.escape, names))})\s*[(（]")
    end = 0
    for hit in islice(pattern.finditer(text), _MAX_TRIES):
        if hit.start() < end:
            continue  # inside the arguments of the call before
        body = text[hit.end() : hit.end() + _MAX_CALL]
        found = _read(body, text_keys)
        if found is not None:
            args, kwargs, length = found
            end = hit.end() + length
            yield Call(hit[1], args, kwargs, hit.start())


def _read(body: str, text_keys: Sequence[str]) -> _Read | None:
    scanned = _scan(body)
    if scanned is not None:
        arguments = _parsed(scanned[0])
        if arguments is not None:
            return *arguments, scanned[1]
    return _guessed(body, text_keys)


def _scan(body: str) -> tuple[str, int] | None:
    """The arguments up to the closing parenthesis as Python would write them, and the length of text they took.

    Outside of strings full-width punctuation becomes ASCII; curly quotes become straight ones, and a line break inside
    a string its escape. None when the call never closes.
    """
    out: list[str] = []
    depth, closer, escaped = 0, "", False
    for index, raw in enumerate(body):
        if closer:
            if escaped:
                escaped = False
                out.append(raw)
            elif raw in closer:
                closer = ""
                out.append('"')
            else:
                escaped = raw == "\\"
                out.append(_INSIDE.get(raw, raw))
            continue
        char = raw.translate(_WIDE)
        if raw in _CLOSERS:
            closer = _CLOSERS[raw]
            out.append('"')
            continue
        if char in ")]}":
            if depth == 0:
                return "".join(out), index + 1
            depth -= 1
        elif char in "([{":
            depth += 1
            if depth > _MAX_NESTING:
                return None
        out.append(char)
    return None


def _parsed(arguments: str) -> tuple[tuple[Any, ...], dict[str, Any]] | None:
    """Arguments as literals; None when they are no Python."""
    try:
        tree = ast.parse(f"f({arguments}\n)", mode="eval").body
        if not isinstance(tree, ast.Call):
            return None
        args = tuple(ast.literal_eval(arg) for arg in tree.args)
        kwargs = {word.arg: ast.literal_eval(word.value) for word in tree.keywords if word.arg is not None}
    except (SyntaxError, ValueError, TypeError, RecursionError, MemoryError):
        return None
    return args, kwargs


_NUMBERS: Final = re.compile(
    r"\b(\w+)\s*=\s*([\[(]\s*-?\d{1,6}(?:\.\d{1,6})?(?:\s*,\s*-?\d{1,6}(?:\.\d{1,6})?){0,3}\s*[\])])"
)
_WORD: Final = re.compile(r"\b(\w+)\s*=\s*[\"']([^\"'\n]{0,200})[\"']")
_AFTER_TEXT: Final = r"[\"']\s*\)\s*(?=$|\n|<|```|[.;]\s*$|do\s*\(|finish\s*\()"


def _guessed(rest: str, text_keys: Sequence[str]) -> _Read | None:
    """Arguments by pattern, with the length of text used; None when there is nothing to go by."""
    plain = rest.translate(_WIDE | _QUOTES)
    lone = re.match(r"\s*(?:(\w+)\s*=\s*)?[\"']", plain)
    if lone and (lone[1] is None or lone[1] in text_keys):
        value, end = _free_text(rest, plain, lone.end())
        return ((value,), {}, end) if lone[1] is None else ((), {lone[1]: value}, end)
    kwargs: dict[str, Any] = {}
    end = 0
    keys = "|".join(map(re.escape, text_keys)) or "(?!)"
    opening = re.search(rf"\b({keys})\s*=\s*[\"']", plain)
    head = plain[: opening.start()] if opening else plain.partition("\n")[0]
    for pattern in (_WORD, _NUMBERS):
        for hit in pattern.finditer(head):
            kwargs.setdefault(hit[1], hit[2] if pattern is _WORD else _numbers(hit[2]))
            end = max(end, hit.end())
    if opening:
        kwargs[opening[1]], end = _free_text(rest, plain, opening.end())
    return ((), kwargs, end) if kwargs else None


def _free_text(rest: str, plain: str, start: int) -> tuple[str, int]:
    """The text that begins at `start`, up to the quote and parenthesis that end the call; and where that is."""
    stop = re.compile(_AFTER_TEXT).search(plain, start)
    if stop is None:
        last = max(plain.rfind('"'), plain.rfind("'"))
        end = last if last > start else len(plain.rstrip())
        return _unescaped(rest[start:end]), end
    return _unescaped(rest[start : stop.start()]), stop.end()


def _unescaped(text: str) -> str:
    return text.replace('\\"', '"').replace("\\'", "'").replace("\\n", "\n")


def _numbers(text: str) -> list[float]:
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", text)]
