"""One matcher per kind of answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from evaluation.judge.answers.mentions import AnswerMatch, Finder, Mention, decide
from evaluation.judge.answers.moments import Day, Duration, blank, dates, durations, times
from evaluation.judge.answers.numbers import DIMENSIONS, Quantity, comparable, quantities
from evaluation.judge.answers.polarity import YES_NO, leading, stated_sign
from evaluation.judge.answers.text import claims, fold, negated, normalise, refuses, says
from phonebench.schema.errors import JudgeError
from phonebench.schema.task import AnswerSpec

V = TypeVar("V")
_BESIDE_TIME = re.compile(
    r"\b(?:before|after|until|till|followed by|and then|then|next is|earlier than|later than)(?: at| the)?\s*$"
)
_EITHER = re.compile(r"\beither\b.*\bor\b|要么.*要么|或者")
_PHONE_NUMBER = re.compile(r"[+(]?\d(?:[\d\s().-]*\d)?")
_SHORTEST_PHONE_NUMBER = 6


def match_answer(spec: AnswerSpec, answer: str | None) -> AnswerMatch:
    """Judge an answer by what the task accepts; None stands for an episode that never answered.

    Raises JudgeError when the task's own `accept` cannot be read as its kind.
    """
    if answer is None:
        return AnswerMatch(False, "the episode did not finish with an answer")
    text = normalise(answer)
    if not text:
        return AnswerMatch(False, "the answer is empty")
    stated = claims(text)
    if spec.kind == "set":
        return _set(spec, stated, text)
    if spec.kind == "text":
        return _text(spec, stated, text)
    if spec.kind == "yes_no":
        return _yes_no(spec, stated, text)
    if spec.kind == "number":
        return _number(spec, stated)
    if spec.kind == "time":
        return _valued(spec, stated, times, lambda a, b: a == b, _BESIDE_TIME)
    if spec.kind == "duration":
        return _valued(spec, stated, durations, _same_duration)
    return _date(spec, stated)


def _number(spec: AnswerSpec, stated: Sequence[str]) -> AnswerMatch:
    wanted = _expected(spec, _plain_quantities)

    def find(claim: str) -> list[Mention[Quantity]]:
        return [m for m in _plain_quantities(claim) if any(comparable(m.value, w) for w in wanted)]

    def find_any_noun(claim: str) -> list[Mention[Quantity]]:
        return [m for m in _plain_quantities(claim) if m.value.unit not in DIMENSIONS]

    # "12 tracks" answers "how many songs" when nothing else in the answer is counted in songs.
    counting = all(w.unit not in DIMENSIONS for w in wanted)
    finder = find if not counting or any(map(find, stated)) else find_any_noun
    return _by_values(spec, stated, finder, lambda found: any(found.value == w.value for w in wanted))


def _plain_quantities(claim: str) -> list[Mention[Quantity]]:
    """Numbers that are no part of a time, date or duration; lengths in metres are not minutes."""
    claim = blank(claim, times(claim))
    claim = blank(claim, [m for m in dates(claim) if m.value.year is not None or "/" not in claim[m.start : m.end]])
    claim = blank(claim, [m for m in durations(claim) if not re.search(r"\d\s?m$", claim[m.start : m.end])])
    return quantities(claim)


def _date(spec: AnswerSpec, stated: Sequence[str]) -> AnswerMatch:
    wanted = _expected(spec, dates)
    years = {day.year for day in wanted if day.year is not None}

    def right(found: Day) -> bool:
        if found.year is not None and years and found.year not in years:
            return False
        return any((found.month, found.day) == (w.month, w.day) and w.year in (None, found.year) for w in wanted)

    return _by_values(spec, stated, dates, right)


def _valued(
    spec: AnswerSpec,
    stated: Sequence[str],
    find: Finder[V],
    same: Callable[[V, V], bool],
    aside_before: re.Pattern[str] | None = None,
) -> AnswerMatch:
    wanted = _expected(spec, find)
    return _by_values(spec, stated, find, lambda found: any(same(found, w) for w in wanted), aside_before)


def _same_duration(found: Duration, wanted: Duration) -> bool:
    return bool(set(found.readings) & set(wanted.readings))


def _by_values(
    spec: AnswerSpec,
    stated: Sequence[str],
    find: Finder[V],
    right: Callable[[V], bool],
    aside_before: re.Pattern[str] | None = None,
) -> AnswerMatch:
    return _forbidden(spec, stated) or decide(stated, find, right, aside_before=aside_before)


def _expected(spec: AnswerSpec, find: Finder[V]) -> list[V]:
    """The values of `accept`; each entry must hold one."""
    values = []
    for entry in spec.accept:
        mentions = find(normalise(entry))
        if not mentions:
            raise JudgeError(f"accepted answer {entry!r} cannot be read as {spec.kind}", next_step="mend the task file")
        values.append(mentions[0].value)
    if not values:
        raise JudgeError("the task accepts no answer", next_step="add `accept` to the task's answer")
    return values


def _forbidden(spec: AnswerSpec, stated: Sequence[str]) -> AnswerMatch | None:
    for statement in spec.never:
        if says(stated, statement):
            return AnswerMatch(False, f"the answer says {statement!r}")
    return None


def _text(spec: AnswerSpec, stated: Sequence[str], text: str) -> AnswerMatch:
    # Titles may hold words that split claims, so the whole text counts too - unless it refuses to answer.
    texts = [*stated, *([] if refuses(text) else [text])]
    if wrong := _forbidden(spec, texts):
        return wrong
    if any(map(_EITHER.search, stated)):
        return AnswerMatch(False, "the answer leaves a choice")
    for entry in spec.accept:
        if says(texts, entry) or _same_phone_number(text, entry):
            return AnswerMatch(True, f"the answer says {entry!r}")
    return AnswerMatch(False, f"the answer does not say {spec.accept[0]!r}")


def _same_phone_number(text: str, entry: str) -> bool:
    digits = re.sub(r"\D", "", entry)
    if len(digits) < _SHORTEST_PHONE_NUMBER or not _PHONE_NUMBER.fullmatch(entry):
        return False
    return any(re.sub(r"\D", "", hit) == digits for hit in _PHONE_NUMBER.findall(text))


def _set(spec: AnswerSpec, stated: Sequence[str], text: str) -> AnswerMatch:
    texts = [*stated, *([] if refuses(text) else [text])]
    if wrong := _forbidden(spec, texts):
        return wrong
    missing = [entry for entry in spec.accept if not _holds(entry, stated, texts)]
    if missing:
        return AnswerMatch(False, f"the answer lacks {missing[0]!r}")
    return AnswerMatch(True, "the answer names all that is asked for")


def _holds(entry: str, stated: Sequence[str], texts: Sequence[str]) -> bool:
    """A member of a set: by value when it is wholly a time, duration, date or measure; as a phrase otherwise."""
    wanted = normalise(entry)
    finders: tuple[Finder[object], ...] = (times, durations, dates, quantities)
    for find in finders:
        for member in find(wanted):
            if (member.start, member.end) == (0, len(wanted)):
                return any(
                    found.value == member.value and not negated(claim[: found.start])
                    for claim in stated
                    for found in find(claim)
                )
    return says(texts, entry)


def _yes_no(spec: AnswerSpec, stated: Sequence[str], text: str) -> AnswerMatch:
    if wrong := _forbidden(spec, stated):
        return wrong
    wanted = {YES_NO[fold(normalise(entry))] for entry in spec.accept if fold(normalise(entry)) in YES_NO}
    if len(wanted) != 1:
        raise JudgeError("a yes_no answer must accept either yes or no", next_step="mend the task file")
    phrases = [entry for entry in spec.accept if fold(normalise(entry)) not in YES_NO]
    right = wanted.pop()
    lead = leading(stated)
    if lead is None:
        for phrase in phrases:
            if says([text], phrase):
                return AnswerMatch(True, f"the answer says {phrase!r}")
    said = lead if lead is not None else stated_sign(stated)
    if said is None:
        return AnswerMatch(False, "the answer says neither yes nor no")
    return AnswerMatch(said is right, f"the answer says {'yes' if said else 'no'}")
