"""From mentions of values in an answer to a decision: which claim counts, and does it contradict itself?"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from evaluation.judge.answers.text import NEAR, negated

V = TypeVar("V")
V_co = TypeVar("V_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Mention(Generic[V_co]):
    """A value and where it stands in its claim (character offsets, end exclusive)."""

    start: int
    end: int
    value: V_co


@dataclass(frozen=True, slots=True)
class AnswerMatch:
    """Does an answer say what it must; and why, or why not."""

    right: bool
    reason: str


Finder = Callable[[str], Sequence[Mention[V]]]
"""Finds the mentions of one kind of value in one claim."""

_CONCLUSION = re.compile(
    r"^(?:so|therefore|thus|hence|所以|因此)|\b(?:the|final|my) answer is\b|\bin conclusion\b|答案是"
)
_SETTING = re.compile(
    r"\bthere (?:is|are|were)\b"
    r"|\b(?:you|i|it|app|list|screen|page|phone) (?:currently )?"
    r"(?:have|has|see|saw|found|shows?|lists?|contains?|counts?)\b"
    r"|\bexists?\b|^\W*(?:这里|一|共|总)?共?有"
)
_HEDGE = re.compile(
    r"^(?:or|maybe|perhaps|possibly|alternatively|或者?|也许|可能)|\b(?:could|might|may) (?:also )?be\b"
)
_CHOICE = re.compile(r"\bor\b|\beither\b|\bbetween\b|或|还是")
_ASIDE_BEFORE = re.compile(
    r"(?:\bout of|\bof (?:the|all|your|these)|\d\s*(?:[a-z]+\s+){0,2}of(?: the| all| your| my)?"
    r"|\bfollowed by|\bcompared (?:to|with)|\bversus|\bvs\.?|[+])\s*$"
)
_ASIDE_AFTER = re.compile(r"^\s*(?:[\w]+\s+){0,2}?(?:in total|total|altogether|overall|in all)\b|^\s*[a-z]{0,3}\s*[+]")


def decide(
    claims: Sequence[str],
    find: Finder[V],
    right: Callable[[V], bool],
    *,
    aside_before: re.Pattern[str] | None = None,
) -> AnswerMatch:
    """Judge the claims by the values they mention.

    The claim that counts is the last conclusion ("so ...", "the answer is ...") that mentions a value; without one, the
    first claim that does, and the claims before it that only set the scene ("there are four alarms") or list several
    values. It is right when it gives a right value and no other one. Negated values say nothing; values in parentheses,
    operands of a sum and values named for comparison ("2 out of 4") say nothing beside others, and so never contradict.
    A later claim that hedges ("or 7") contradicts.
    """
    stated = [(claim, [m for m in find(claim) if not negated(claim[: m.start])]) for claim in claims]
    main = [(claim, [m for m in mentions if not _is_aside(claim, m, aside_before)]) for claim, mentions in stated]
    found = [(claim, mentions) for claim, mentions in (main if any(m for _, m in main) else stated) if mentions]
    if not found:
        return AnswerMatch(False, "the answer states no value of this kind")
    concluding = [mentions for claim, mentions in found if _CONCLUSION.search(claim)]
    candidates = concluding[-1:] or _leading(found)
    hedges = [value for claim, mentions in found if _HEDGE.search(claim) for value in _values(mentions)]
    verdicts = [_consistent([*values, *hedges], right) for values in map(_values, candidates)]
    return next((verdict for verdict in verdicts if verdict.right), verdicts[-1])


def _consistent(values: Sequence[V], right: Callable[[V], bool]) -> AnswerMatch:
    """All values of a claim must be right ones."""
    wrong = [value for value in values if not right(value)]
    if not wrong:
        return AnswerMatch(True, f"the answer states {values[0]}")
    also = "also " if len(wrong) < len(values) else ""
    return AnswerMatch(False, f"the answer {also}states {wrong[0]}")


def _values(mentions: Sequence[Mention[V]]) -> list[V]:
    return [mention.value for mention in mentions]


def _leading(found: Sequence[tuple[str, list[Mention[V]]]]) -> list[list[Mention[V]]]:
    leading = []
    for claim, mentions in found:
        leading.append(mentions)
        listing = len(set(_values(mentions))) > 1 and not _CHOICE.search(claim)
        if not listing and not _SETTING.search(claim):
            break
    return leading


def _is_aside(claim: str, mention: Mention[V], aside_before: re.Pattern[str] | None) -> bool:
    before, after = claim[: mention.start], claim[mention.end :]
    if before.count("(") > before.count(")"):
        return True
    near = before[-NEAR:]
    if aside_before is not None and aside_before.search(near):
        return True
    return bool(_ASIDE_BEFORE.search(near) or _ASIDE_AFTER.search(after[:NEAR]))
