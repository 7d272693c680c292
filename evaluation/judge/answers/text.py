"""Answers as text: normal form, claims, phrases, and what takes a statement back (negation, refusal, hedging)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

LONGEST_ANSWER = 4000
"""Characters that are read of an answer; the rest cannot change a verdict that nobody would read either."""

NEAR = 80
"""Characters around a mention that can change its meaning."""

NUMBER_WORDS = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)

_MARKUP = re.compile(r"[*_`#~|]+|\\boxed|\u200b|\u200c|\u200d|\ufeff")
_MERIDIEM = re.compile(r"(?<=[\d\s])([ap])\s?\.\s?m\b\.?")
_MONTH_DOT = re.compile(r"\b(jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.(?=\s)")
_CONTRACTED = re.compile(r"(?<=[a-z])n't\b")
_IRREGULAR = {"can't": "can not", "cannot": "can not", "won't": "will not", "shan't": "shall not"}
_APOSTROPHES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u2212": "-", "\u2013": "-", "\u2014": "-"})

_ZONE_OFFSET = re.compile(r"\b(?:gmt|utc)\s*([+-])\s*(\d{1,2})(?::?(\d\d))?(?!\d)")

_SENTENCE = re.compile(r"(?<=[!?;。])|(?<=\.)\s+|\n+")
_COUNT = rf"(?:only |just )?(?:\d[\d.,]*|{'|'.join(NUMBER_WORDS)}|none)"
_CLAUSE = re.compile(
    r"\s*,?\s*\b(?=(?:so|therefore|thus|hence|but|while|whereas|although|though|however|because)\b)"
    r"|,?\s*(?=(?:所以|因此|但|不过|其中|因为|而(?!不是|非)))"
    rf"|(?:,\s*(?:and\s+)?|\s+and\s+)(?={_COUNT} (?:of (?:them|which|those|these)|are|is|were|was)\b)"
)
_LIST_MARK = re.compile(r"(?m)^\s*(?:\d{1,2}[.)]|[-•])\s+(?=\S)")
_REFUSAL = re.compile(
    r"\b(?:could|can|did|do|does|was|am|is|are) not (?:be )?(?:able to )?"
    r"(?:find|determine|see|tell|locate|access|identify|verify|confirm|know|sure|answer|open|complete)\b"
    r"|\bunable to\b|\bnot (?:sure|certain|able)\b|\bfailed to\b|\bno idea\b|\bunknown\b|\bwhether\b"
    r"|无法|不能确定|找不到|不知道|不确定|没能|是否"
)
_NEGATED = re.compile(
    r"(?:\bnot\b|\bnever\b|\bnor\b|\brather than\b|\binstead of\b|\bother than\b|\bexcept(?: for)?\b|\bunlike\b"
    r"|\bapart from\b|(?<!slower )(?<!longer )(?<!later )(?<!worse )\bthan\b"
    r"|不是|并非|而非|不在|没有)\s*(?:[\w:]+\s+){0,2}$"
)


def normalise(text: str) -> str:
    """Casefolded NFKC text without markup, zero-width characters and Latin accents; a.m. and p.m. become am and pm,
    and "n't" becomes "not", so that one spelling has to be known."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST_ANSWER]).translate(_APOSTROPHES).casefold()
    decomposed = unicodedata.normalize("NFKD", plain)
    plain = unicodedata.normalize("NFC", "".join(c for c in decomposed if not 0x300 <= ord(c) < 0x370))
    plain = _MARKUP.sub(" ", plain)
    plain = _MONTH_DOT.sub(r"\1", _MERIDIEM.sub(r"\1m", plain))
    for short, long in _IRREGULAR.items():
        plain = plain.replace(short, long)
    return re.sub(r"[^\S\n]+", " ", _CONTRACTED.sub(" not", plain)).strip()


def claims(text: str) -> list[str]:
    """Sentences and clauses of a normalised answer that state something.

    Questions (an echo of the task) and refusals ("I could not find ...") state nothing.
    """
    if len(_LIST_MARK.findall(text)) > 1:
        text = _LIST_MARK.sub("", text)
    sentences = [part.strip() for part in _SENTENCE.split(text) if part.strip()]
    stated = [sentence for sentence in sentences if not sentence.endswith("?")]
    clauses = (clause.strip() for sentence in stated for clause in _CLAUSE.split(sentence))
    return [clause for clause in clauses if clause and not _REFUSAL.search(clause)]


def refuses(text: str) -> bool:
    """Does the text say that the question could not be answered?"""
    return bool(_REFUSAL.search(text))


def negated(before: str) -> bool:
    """Does the text in front of a mention take it back ("not", "rather than", ...)?"""
    return bool(_NEGATED.search(before[-NEAR:]))


def fold(text: str) -> str:
    """Words only: punctuation and blanks of a normalised text become single blanks.

    Offsets of time zones keep their sign: GMT+08:00, UTC+8 and gmt+8 all become "utc plus 8"."""
    return re.sub(r"[\W_]+", " ", _ZONE_OFFSET.sub(_signed, text)).strip()


def _signed(offset: re.Match[str]) -> str:
    minutes = "" if offset[3] in (None, "00") else f"h{offset[3]}"
    return f"utc {'minus' if offset[1] == '-' else 'plus'} {int(offset[2])}{minutes}"


def occurrences(text: str, phrase: str) -> Iterator[int]:
    """Offsets in folded `text` at which the folded `phrase` stands as whole words (CJK text has no word borders)."""
    if not phrase:
        return
    left = r"(?<![a-z0-9])" if phrase[0].isascii() else ""
    right = r"(?![a-z0-9])" if phrase[-1].isascii() else ""
    for hit in re.finditer(left + re.escape(phrase) + right, text):
        yield hit.start()


def says(texts: Iterable[str], phrase: str) -> bool:
    """True when one of the normalised texts holds the phrase as whole words and does not negate it."""
    wanted = fold(normalise(phrase))
    return any(not negated(text[:at]) for text in map(fold, texts) for at in occurrences(text, wanted))
