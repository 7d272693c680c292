"""Phone numbers as a phone set to the United States writes them while they are typed.

The stages are those of libphonenumber's AsYouTypeFormatter for region US: seven digits 876-5432, ten (876) 543-2100,
with the country's own 1 before them 1 (876) 543-2100. Whatever no such number can be stays as it was typed.
"""

from __future__ import annotations

from typing import Final

_DIGITS: Final = frozenset("0123456789")
_MARKS: Final = frozenset(" -().")
_LOCAL: Final = 7
_NATIONAL: Final = 10


def digits(number: str) -> str:
    """The digits of a number alone: what two ways of writing it have in common."""
    return "".join(char for char in number if char in _DIGITS)


def same(one: str, other: str) -> bool:
    """Whether two numbers reach the same line, however written and with or without the country's 1."""
    return bool(_bare(one)) and _bare(one) == _bare(other)


def _bare(number: str) -> str:
    plain = digits(number)
    return plain[1:] if len(plain) == _NATIONAL + 1 and plain.startswith("1") else plain


def as_typed(text: str) -> str:
    """A number as the field shows it after it was edited to `text`."""
    if any(char not in _DIGITS and char not in _MARKS for char in text):
        return text
    plain = digits(text)
    country, rest = ("1", plain[1:]) if plain.startswith("1") else ("", plain)
    if len(rest) > _NATIONAL or rest[:1] in ("0", "1"):
        return plain
    if country:
        return plain if len(rest) < 2 else f"1 {_area(rest)}"
    return _area(rest) if len(rest) > _LOCAL else _pair(rest)


def _area(rest: str) -> str:
    """23, (234, (234) 5, (234) 567-8: after the country's 1, and from eight digits on."""
    if len(rest) < 3:
        return rest
    if len(rest) == 3:
        return f"({rest}"
    return f"({rest[:3]}) {_pair(rest[3:])}"


def _pair(rest: str) -> str:
    return f"{rest[:3]}-{rest[3:]}" if len(rest) > 3 else rest
