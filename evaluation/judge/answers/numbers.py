"""Numbers with units in English and Chinese text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from evaluation.judge.answers.mentions import Mention
from evaluation.judge.answers.text import NUMBER_WORDS


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value in the base unit of its dimension. `unit` is that base unit, a noun ("song"), or empty."""

    value: Decimal
    unit: str = ""

    def __str__(self) -> str:
        return f"{self.value.normalize():f} {self.unit}".rstrip()


_ONES = {
    word: number
    for number, word in enumerate(
        (*NUMBER_WORDS, "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
    )
}
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_UP_TO_9 = "|".join(NUMBER_WORDS[1:10])
SMALL_WORDS = rf"(?:(?:{'|'.join(_TENS)})(?:[ -](?:{_UP_TO_9})\b)?|{'|'.join(reversed(_ONES))})"
"""A number below 100 in English words."""
_HUNDREDS = rf"(?:(?:a|{SMALL_WORDS}) hundred(?:(?: and)? {SMALL_WORDS})?|{SMALL_WORDS})"
_WORDS = rf"(?:(?:a|{_HUNDREDS}) thousand(?:(?:,? and|,)? {_HUNDREDS})?|{_HUNDREDS})"
_HAN_DIGITS = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_HAN_SCALES = {"十": 10, "百": 100, "千": 1000}
HAN = "[零〇一二两三四五六七八九十百千万]+"
DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3})+,\d{1,2}|\d+(?:\.\d+)?"

NUMBER = re.compile(
    rf"(?<![\w.,:/])(?P<currency>(?:[$€£¥]|us\$|rmb|cny|usd|eur)\s?)?(?P<digits>-?(?:{DIGITS}))(?!(?:st|nd|rd|th)\b|\.?\d)"
    rf"|(?<=[\u3400-\u9fff])(?P<inner>(?:{DIGITS}))(?!\.?\d)"
    rf"|\b(?P<words>{_WORDS})\b"
    r"|\b(?P<none>none)\b"
    rf"|(?<![周期拜第唯统\d])(?P<han>{HAN})(?![些样直起下般定旦点时分月日号])"
)
_PRONOUN_BEFORE = re.compile(r"\b(?:the|this|that|another|other|each|every|which|no|any|am|pm|first|last|only|new)\s*$")
_UNITS: dict[str, tuple[str, str]] = {
    alias: (base, factor)
    for base, factor, aliases in (
        ("m", "1000", "km kms kilometer kilometers kilometre kilometres 公里 千米"),
        ("m", "1", "m meter meters metre metres 米"),
        ("m", "1609.344", "mi mile miles 英里"),
        ("%", "1", "% percent pct"),
        ("cny", "1", "cny rmb yuan ¥ 元 块 人民币"),
        ("usd", "1", "usd us$ $ dollar dollars 美元"),
        ("eur", "1", "eur € euro euros 欧元"),
        ("gbp", "1", "gbp £ pound pounds 英镑"),
        ("byte", "1000000", "mb 兆"),
        ("byte", "1000000000", "gb"),
        ("degree", "1", "° degree degrees 度"),
    )
    for alias in aliases.split()
}
DIMENSIONS = frozenset(base for base, _ in _UNITS.values())
_UNIT_AFTER = re.compile(
    rf"\s?(?P<scale>万|亿)?\s?(?P<unit>{'|'.join(sorted(map(re.escape, _UNITS), key=len, reverse=True))})(?![a-z])"
)
_SCALE_AFTER = re.compile(r"\s?(?P<scale>万|亿)")
_NOUN_AFTER = re.compile(r"[ -]((?:[a-z]+ ){0,3}?)([a-z]{3,})s\b")
_NOT_NOUNS = frozenset(("wa", "ha", "doe", "thi", "plu", "alway", "acros", "les", "pas"))
"""Words on -s that are no plurals, without their s."""


def quantities(claim: str) -> list[Mention[Quantity]]:
    """All numbers of a normalised claim, in order, with their units."""
    found = []
    for hit in NUMBER.finditer(claim):
        value = _value(claim, hit)
        if value is None:
            continue
        end, unit, factor = _unit(claim, hit)
        found.append(Mention(hit.start(), end, Quantity(value * factor, unit)))
    return found


def comparable(found: Quantity, wanted: Quantity) -> bool:
    """Could the two speak of the same thing? Different units, or different things counted, could not."""
    if not found.unit or not wanted.unit or found.unit == wanted.unit:
        return True
    # A noun beside a measured value says nothing ("60.12 in taxis"); nouns among themselves tell songs from albums.
    return (found.unit in DIMENSIONS) != (wanted.unit in DIMENSIONS) and wanted.unit in DIMENSIONS


def _value(claim: str, hit: re.Match[str]) -> Decimal | None:
    digits = hit["digits"] or hit["inner"]
    if digits:
        return _decimal(digits)
    if hit["none"]:
        return Decimal(0)
    if hit["han"]:
        return None if (number := han_number(hit["han"])) is None else Decimal(number)
    words = hit["words"]
    if words == "one" and _PRONOUN_BEFORE.search(claim[: hit.start()]):
        return None
    return Decimal(words_number(words))


def _decimal(digits: str) -> Decimal | None:
    if re.fullmatch(r"-?\d{1,3}(?:\.\d{3})+,\d{1,2}", digits):
        digits = digits.replace(".", "").replace(",", ".")
    try:
        return Decimal(digits.replace(",", ""))
    except InvalidOperation:
        return None


def words_number(words: str) -> int:
    """A number in English words (`twenty-five`, `two hundred and six`)."""
    total, part = 0, 0
    for word in re.findall(r"[a-z]+", words):
        if word == "hundred":
            part = max(part, 1) * 100
        elif word == "thousand":
            total, part = max(part, 1) * 1000, 0
        elif word not in ("a", "and"):
            part += _ONES.get(word, _TENS.get(word, 0))
    return total + part


def han_number(text: str) -> int | None:
    """A number in Chinese numerals up to 99,999,999; None for a mere string of digits (五五六)."""
    total = part = 0
    digit: int | None = None
    for char in text:
        if char in _HAN_DIGITS:
            if digit is not None and digit != 0:
                return None
            digit = _HAN_DIGITS[char]
        elif char == "万":
            total, part, digit = (part + (digit or 0)) * 10_000, 0, None
        else:
            part += (1 if digit is None else digit) * _HAN_SCALES[char]
            digit = None
    return total + part + (digit or 0)


def _unit(claim: str, hit: re.Match[str]) -> tuple[int, str, Decimal]:
    """(end offset, base unit, factor to it) of a number."""
    rest = claim[hit.end() :]
    scale = Decimal(1)
    if before := (hit["currency"] or "").strip():
        if scaled := _SCALE_AFTER.match(rest):
            scale = _scale(scaled["scale"])
        return hit.end(), _UNITS[before][0], scale
    if after := _UNIT_AFTER.match(rest):
        base, factor = _UNITS[after["unit"]]
        return hit.end() + after.end(), base, Decimal(factor) * _scale(after["scale"])
    if scaled := _SCALE_AFTER.match(rest):
        return hit.end() + scaled.end(), "", _scale(scaled["scale"])
    if (noun := _NOUN_AFTER.match(rest)) and noun[2] not in _NOT_NOUNS:
        return hit.end(), noun[2], scale
    return hit.end(), "", scale


def _scale(sign: str | None) -> Decimal:
    return Decimal({"万": 10_000, "亿": 100_000_000}.get(sign or "", 1))
