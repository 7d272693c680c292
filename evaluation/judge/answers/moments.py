"""Times of day, durations and dates in English and Chinese text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from evaluation.judge.answers.mentions import Mention
from evaluation.judge.answers.numbers import HAN, SMALL_WORDS, han_number, words_number
from evaluation.judge.answers.text import NUMBER_WORDS

_HOUR = rf"\d{{1,2}}|{'|'.join(NUMBER_WORDS[1:])}"
_PERIOD = r"am|pm|in the morning|in the afternoon|in the evening|at night"
_HAN_PERIOD = "凌晨|早上|早晨|清晨|上午|中午|下午|傍晚|晚上|夜里"
_HAN_HOUR = r"\d{1,2}|[一二两三四五六七八九十]{1,3}"
_START = r"(?<![\d:.])"

TIME = re.compile(
    "|".join(
        (
            # 7:30, 07:30:00 pm, 7.30 am
            rf"{_START}(?P<h1>\d{{1,2}})(?::(?P<m1>[0-5]\d)(?::[0-5]\d)?(?![\d:])|\.(?P<dotted>[0-5]\d)(?= ?[ap]m\b))"
            rf"(?: ?(?P<p1>{_PERIOD})\b)?",
            # half past seven, 10 minutes to 8 pm
            rf"\b(?P<rough>(?:a )?quarter|half|\d{{1,2}}|{SMALL_WORDS})(?: minutes)? (?P<side>past|after|to|before) "
            rf"(?P<h2>{_HOUR})\b(?!:)(?: ?(?P<p2>{_PERIOD})\b)?",
            # 7 am, seven thirty pm, four o'clock in the afternoon
            rf"{_START}\b(?P<h3>{_HOUR})(?:[ -](?P<m3>{SMALL_WORDS}))? ?(?:o'clock ?)?(?P<p3>{_PERIOD})\b",
            rf"{_START}\b(?P<h4>{_HOUR}) ?o'clock\b",
            r"\b(?P<named>noon|midday|midnight)\b",
            # 下午4点半, 7点30分, 早上 7:30
            rf"(?P<p5>{_HAN_PERIOD})?(?<![第\d])(?P<h5>{_HAN_HOUR})[点时](?!间)"
            rf"(?P<m5>半|一刻|三刻|钟|[0-5]?\d分?|{HAN}分)?",
            rf"(?P<p6>{_HAN_PERIOD}) ?(?P<h6>\d{{1,2}}):(?P<m6>[0-5]\d)",
        )
    )
)
_QUARTERS = {"半": 30, "一刻": 15, "三刻": 45, "钟": 0, "quarter": 15, "a quarter": 15, "half": 30}

_DURATION_UNITS = {
    86400: "days day 天",
    3600: "hours hour hrs hr h 个小时 小时 个钟头 钟头",
    60: "minutes minute mins min m 分钟 分",
    1: "seconds second secs sec s 秒钟 秒",
}
_SECONDS = {name: seconds for seconds, names in _DURATION_UNITS.items() for name in names.split()}
_LETTERS = r"(?:(?<=\d)|(?<=\d[ -]))[hms]"
_UNIT = "|".join((*sorted((name for name in _SECONDS if name not in "hms"), key=len, reverse=True), _LETTERS))
_PART = re.compile(
    r"(?<![\d.:])(?:(?<![a-z])|(?=\d))(?:"
    r"(?P<half>half an?|半个?) ?(?P<half_unit>hour|minute|小时|钟头|分钟)"
    rf"|(?P<amount>\d+(?:\.\d+)?|an?|{SMALL_WORDS}|{HAN})(?P<and_half> and (?:a )?half|个半)?[ -]?"
    rf"(?P<unit>{_UNIT})(?![a-z])(?P<half_more> and a half|半)?)"
)
_JOINED = re.compile(r"\s*(?:,|and|, and|又|零)?\s*")
_CLOCKED = re.compile(r"(?<![\d:.])(\d{1,3}):([0-5]\d)(?::([0-5]\d))?(?![\d:])(?! ?[ap]m\b)")

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug"),
            *("september sept sep", "october oct", "november nov", "december dec"),
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
DATE = re.compile(
    "|".join(
        (
            r"(?<!\d)(?P<y1>\d{4})[-/.](?P<mo1>\d{1,2})[-/.](?P<d1>\d{1,2})(?!\d)",
            # May 10th, 2024
            rf"\b(?P<mo2>{_MONTH}) (?:the )?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:(?:,| of)? ?(?P<y2>\d{{4}})\b)?",
            # 10th of May 2024
            rf"\b(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?(?: day)?(?: of)? (?P<mo3>{_MONTH})\b(?:,? (?P<y3>\d{{4}})\b)?",
            r"(?<![\d/])(?P<mo4>\d{1,2})/(?P<d4>\d{1,2})(?:/(?P<y4>\d{4}|\d{2}))?(?![\d/])",
            rf"(?:(?P<y5>\d{{4}})年)?(?P<mo5>\d{{1,2}}|{HAN})月(?P<d5>\d{{1,2}}|{HAN})[日号]?",
        )
    )
)


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A time of day in minutes since midnight."""

    minutes: int

    def __str__(self) -> str:
        return f"{self.minutes // 60:02d}:{self.minutes % 60:02d}"


@dataclass(frozen=True, slots=True)
class Duration:
    """Seconds; more than one reading for forms like 11:50 (minutes and seconds, or hours and minutes)."""

    readings: tuple[Fraction, ...]

    def __str__(self) -> str:
        return " or ".join(f"{float(seconds):g} s" for seconds in self.readings)


@dataclass(frozen=True, slots=True)
class Day:
    """A date; `year` is None when the text names none."""

    year: int | None
    month: int
    day: int

    def __str__(self) -> str:
        return f"{self.year if self.year is not None else '????'}-{self.month:02d}-{self.day:02d}"


def times(claim: str) -> list[Mention[ClockTime]]:
    """Times of day. Without am or pm a time is read on the 24-hour clock: "7:30" is in the morning."""
    found = []
    for hit in TIME.finditer(claim):
        minutes = _minutes(hit)
        if minutes is not None:
            found.append(Mention(hit.start(), hit.end(), ClockTime(minutes)))
    return found


def _minutes(hit: re.Match[str]) -> int | None:
    if hit["named"]:
        return 0 if hit["named"] == "midnight" else 12 * 60
    form = next(form for form in "123456" if hit[f"h{form}"])
    period = hit[f"p{form}"] if form != "4" else None
    hour = _small(hit[f"h{form}"])
    if form == "2":
        past, at = _small(hit["rough"]), _of_day(hour, 0, period)
        if at is None or past is None or past > 59:
            return None
        return (at + (past if hit["side"] in ("past", "after") else -past)) % (24 * 60)
    minute = "0" if form == "4" else hit[f"m{form}"] or (hit["dotted"] if form == "1" else None) or "0"
    return _of_day(hour, _small(minute.removesuffix("分")), period)


def _small(text: str) -> int | None:
    if text in _QUARTERS:
        return _QUARTERS[text]
    if text.isdecimal():
        return int(text)
    return words_number(text) if text.isascii() else han_number(text)


def _of_day(hour: int | None, minute: int | None, period: str | None) -> int | None:
    if hour is None or minute is None or hour > 24 or minute > 59:
        return None
    if period in ("pm", "in the afternoon", "in the evening", "下午", "傍晚", "晚上"):
        hour = hour + 12 if hour < 12 else hour
    elif period in ("at night", "夜里"):
        hour = hour + 12 if 6 <= hour < 12 else hour % 12 if hour == 12 else hour
    elif period == "中午":
        hour = hour + 12 if hour < 11 else hour
    elif period and hour == 12:
        hour = 0
    return (hour % 24) * 60 + minute


def durations(claim: str) -> list[Mention[Duration]]:
    """Durations: parts next to each other add up; forms like 1:21:03 count when no part is written with a unit."""
    parts = list(_parts(claim))
    if not parts:
        return [Mention(hit.start(), hit.end(), Duration(_clocked(hit))) for hit in _CLOCKED.finditer(claim)]
    found: list[Mention[Duration]] = []
    start, end, total, last = parts[0]
    for begin, stop, seconds, unit in parts[1:]:
        if unit < last and _JOINED.fullmatch(claim, end, begin):
            total += seconds
        else:
            found.append(Mention(start, end, Duration((total,))))
            start, total = begin, seconds
        end, last = stop, unit
    return [*found, Mention(start, end, Duration((total,)))]


def _parts(claim: str) -> Iterator[tuple[int, int, Fraction, int]]:
    """(start, end, seconds, seconds of the unit) of every "12 min"."""
    for hit in _PART.finditer(claim):
        unit = _SECONDS[hit["unit"] or hit["half_unit"]]
        amount = Fraction(1, 2) if hit["half"] else _amount(hit["amount"])
        if hit["and_half"] or hit["half_more"]:
            amount += Fraction(1, 2)
        yield hit.start(), hit.end(), amount * unit, unit


def _amount(text: str) -> Fraction:
    if text[0].isdecimal():
        return Fraction(text)
    if text in ("a", "an"):
        return Fraction(1)
    return Fraction(_small(text) or 0)


def _clocked(hit: re.Match[str]) -> tuple[Fraction, ...]:
    first, second, third = int(hit[1]), int(hit[2]), hit[3]
    if third is not None:
        return (Fraction(first * 3600 + second * 60 + int(third)),)
    return Fraction(first * 60 + second), Fraction(first * 3600 + second * 60)


def dates(claim: str) -> list[Mention[Day]]:
    """Dates. 5/10 is month first, as on the phone, unless the first number cannot be a month."""
    found = []
    for hit in DATE.finditer(claim):
        day = _day(hit)
        if day is not None:
            found.append(Mention(hit.start(), hit.end(), day))
    return found


def _day(hit: re.Match[str]) -> Day | None:
    form = next(n for n in "12345" if hit[f"mo{n}"])
    month_text, year_text = hit[f"mo{form}"], hit[f"y{form}"]
    month = _MONTHS.get(month_text) or _small(month_text)
    day = _small(hit[f"d{form}"])
    if month is None or day is None:
        return None
    if form == "4" and month > 12:
        month, day = day, month
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    year = int(year_text) if year_text else None
    return Day(year + 2000 if year is not None and year < 100 else year, month, day)


def blank(claim: str, mentions: Sequence[Mention[object]]) -> str:
    """The claim with the mentions blanked out, so that another finder does not read them as its own."""
    for mention in mentions:
        claim = claim[: mention.start] + " " * (mention.end - mention.start) + claim[mention.end :]
    return claim
