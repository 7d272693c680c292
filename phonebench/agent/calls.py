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

from phonebench.schema.text import whole

MAX_REPLY: Final = 100_000
"""Characters of a reply that are looked at."""
_MAX_CALL: Final = 20_000
_MAX_NESTING: Final = 12
_MAX_TRIES: Final = 20
_Read = tuple[tuple[Any, ...], dict[str, Any], int]
"""Positional arguments, keyword arguments, characters used."""
_WIDE: Final = str.maketrans("（）［］【】｛｝，＝：０１２３４５６７８９", "()[][]{},=:0123456789")
_CLOSERS: Final = {'"': '"', "'": "'", "“": "”“", "”": "”“", "„": "”“", "‘": "’‘", "’": "’‘", "＂": "＂"}
_INSIDE: Final = {"\n": "\\n", "\r": "\\r", "\x00": "\\x00", '"': '\\"'}
"""What must be escaped inside a string that is written with straight double quotes."""
_ESCAPED: Final = "\\'\"bfnrtux\n"
"""What a backslash means something before; elsewhere it stands for itself."""
_ODD_NUMBER: Final = re.compile(r"\d(?!e[+-]?\d)[^\W\d]", re.I)
_CONTROLS: Final = {"n": "\n", "r": "\r", "t": "\t"}
_QUOTES: Final = str.maketrans("“”„＂‘’", '""""\'\'')


class CutOffError(ValueError):
    """A text in a call has no end: what looks like a call after it belongs to the text."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call as written: its name as it was asked for, positional and keyword arguments as plain values, keywords in
    lower case. `start` is where it begins."""

    name: str
    args: tuple[Any, ...] = ()
    kwargs: dict[str, Any] = field(default_factory=dict)
    start: int = 0


def find_calls(text: str, names: Sequence[str], text_keys: Sequence[str] = ()) -> Iterator[Call]:
    """The calls of one of `names`, in any case, in the order of the text; ones that cannot be read are passed over,
    and nothing comes after one whose text has no end.

    `text_keys` are the keyword arguments that hold free text, in which unescaped quotes are put up with; a lone
    positional string is treated likewise.
    """
    text = text[:MAX_REPLY]
    known = {name.lower(): name for name in names}
    pattern = re.compile(rf"(?<![\w.])({'|'.join(map(re.escape, names))})\s{{0,99}}[(（]", re.I)
    end = 0
    for hit in islice(pattern.finditer(text), _MAX_TRIES):
        if hit.start() < end:
            continue  # inside the arguments of the call before
        body = text[hit.end() : hit.end() + _MAX_CALL]
        try:
            found = _read(body, text_keys)
        except CutOffError:
            return
        if found is not None:
            args, kwargs, length = found
            end = hit.end() + length
            plain = {key.lower(): _plain(value) for key, value in kwargs.items()}
            yield Call(known[hit[1].lower()], tuple(map(_plain, args)), plain, hit.start())


def _plain(value: Any) -> Any:
    return whole(value) if isinstance(value, str) else value


def _read(body: str, text_keys: Sequence[str]) -> _Read | None:
    scanned = _scan(body)
    if scanned is not None:
        arguments = _parsed(scanned[0])
        if arguments is not None and (any(arguments) or not scanned[0].strip()):
            return *arguments, scanned[1]
    return _guessed(body, text_keys)


def _scan(body: str) -> tuple[str, int] | None:
    """The arguments up to the closing parenthesis as Python would write them, and the length of text they took.

    Outside of strings full-width punctuation becomes ASCII; curly quotes become straight ones, and a line break inside
    a string its escape. None when the call never closes, or has a number that Python would warn about.
    """
    out: list[str] = []
    bare: list[str] = []
    depth, closer, escaped = 0, "", False
    for index, raw in enumerate(body):
        if closer:
            if escaped:
                escaped = False
                out.append(raw if raw in _ESCAPED else f"\\{_INSIDE.get(raw, raw)}")
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
                return None if _ODD_NUMBER.search("".join(bare)) else ("".join(out), index + 1)
            depth -= 1
        elif char in "([{":
            depth += 1
            if depth > _MAX_NESTING:
                return None
        out.append(char)
        bare.append(char)
    return None


def _parsed(arguments: str) -> tuple[tuple[Any, ...], dict[str, Any]] | None:
    """Arguments as literals; None when they are no Python."""
    try:
        tree = ast.parse(f"f({arguments}\n)", mode="eval").body
        if not isinstance(tree, ast.Call):
            return None
        args = tuple(ast.literal_eval(arg) for arg in tree.args)
        kwargs = {word.arg: ast.literal_eval(word.value) for word in tree.keywords if word.arg is not None}
        if len(args) == 1 and not kwargs and isinstance(args[0], dict):
            return (), {str(key): value for key, value in args[0].items()}
    except (SyntaxError, ValueError, TypeError, RecursionError, MemoryError):
        return None
    return args, kwargs


_NUMBER: Final = r"-?\d{1,6}(?:\.\d{1,6})?"
_MORE: Final = rf"(?:[\s,\]\[()]{{1,9}}{_NUMBER})"
_NUMBERS: Final = re.compile(
    rf"\b(\w+)\s{{0,9}}[=:]\s{{0,9}}([\[(]{{1,2}}\s{{0,9}}{_NUMBER}{_MORE}{{0,3}}|{_NUMBER}{_MORE}{{1,3}})"
    r"(?=\s{0,9}[\])]|\s{0,9},?\s{0,9}\w{1,20}\s{0,9}[=:])"
)
"""Numbers of a point or box: in brackets, in two pairs of them, or bare."""
_WORD: Final = re.compile(r"\b(\w+)\s{0,9}[=:]\s{0,9}[\"']([^\"'\n]{0,200})[\"']")
_BARE: Final = re.compile(
    rf"\b(\w+)\s{{0,9}}[=:]\s{{0,9}}([A-Za-z]\w{{0,40}}(?: \w{{1,40}}){{0,3}}|{_NUMBER})(?=\s{{0,9}}[,)])"
)
_ITEM: Final = re.compile(
    rf"\s{{0,9}}(?:#?({_NUMBER})(?=\s{{0,9}}[,)])|[\"']([^\"'\n]{{0,200}})[\"']|(\w{{1,40}})(?=\s{{0,9}}[,)]))\s{{0,9}},?"
)
"""A positional argument: a number, a word in quotes, a bare word."""
_ENDS_CALL: Final = (
    re.compile(r"[\"']\s{0,99}\)\s{0,99}(?=$|\n|<|```|[.;]\s{0,99}$|do\s{0,9}\(|finish\s{0,9}\()"),
    re.compile(r"[\"']\s{0,99}(?=\Z|</|<\||```)"),
)
"""A quote that ends a text and its call, the surest kind first: the call closes and nothing of its line is left, or the
parenthesis was forgotten at the end."""
_CLOSES: Final = re.compile(r"[\"']\s{0,99}\)")
"""The last of these ends a text after which prose goes on."""


def _guessed(rest: str, text_keys: Sequence[str]) -> _Read | None:
    """Arguments by pattern, with the length of text used; None when there is nothing to go by. Raises CutOffError."""
    plain = rest.translate(_WIDE | _QUOTES)
    lone = re.match(r"\s{0,99}(?:(\w+)\s{0,9}[=:]\s{0,9})?[\"']", plain)
    if lone and (lone[1] is None or lone[1].lower() in text_keys):
        text = _free_text(rest, plain, lone.end())
        if text is None:
            return None
        return ((text[0],), {}, text[1]) if lone[1] is None else ((), {lone[1]: text[0]}, text[1])
    kwargs: dict[str, Any] = {}
    end = 0
    keys = "|".join(map(re.escape, text_keys)) or "(?!)"
    opening = re.search(rf"\b({keys})\s{{0,9}}[=:]\s{{0,9}}[\"']", plain, re.I)
    head = plain[: opening.start()] if opening else plain.partition("\n")[0]
    for pattern in (_WORD, _NUMBERS, _BARE):
        for hit in pattern.finditer(head):
            kwargs.setdefault(hit[1], _numbers(hit[2]) if pattern is _NUMBERS else hit[2])
            end = max(end, hit.end())
    if opening:
        text = _free_text(rest, plain, opening.end())
        if text is None:
            raise CutOffError(opening[1])
        kwargs[opening[1]], end = text
    return ((), kwargs, end) if kwargs else _positional(plain)


def _positional(plain: str) -> _Read | None:
    """Arguments without names, the first of them a number; prose has no such thing in brackets."""
    args: list[Any] = []
    end = 0
    while (item := _ITEM.match(plain, end)) and len(args) < _MAX_NESTING:
        number, quoted, word = item.groups()
        if not args and number is None:
            return None
        args.append(_numbers(number)[0] if number is not None else quoted if quoted is not None else word)
        end = item.end()
    return (tuple(args), {}, end) if args else None


def _free_text(rest: str, plain: str, start: int) -> tuple[str, int] | None:
    """The text that begins at `start`, up to the quote that ends it, and where the call ends; None when it is cut."""
    stops = (pattern.search(plain, start) for pattern in _ENDS_CALL)
    stop = next((hit for hit in stops if hit), None)
    if stop is None:
        *_, stop = (None, *_CLOSES.finditer(plain, start))
    return None if stop is None else (_unescaped(rest[start : stop.start()]), stop.end())


def _unescaped(text: str) -> str:
    return re.sub(r"\\([nrt\"'\\])", lambda escape: _CONTROLS.get(escape[1], escape[1]), text)


def _numbers(text: str) -> list[float]:
    return [float(number) for number in re.findall(_NUMBER, text)]
