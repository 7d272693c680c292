"""Text as lines: measuring, wrapping, ellipsis, and the mask of one line.

Lines break after blanks and hyphens, and between CJK characters except before closing and after opening punctuation
(the common core of UAX #14). A word wider than the line is broken where the line ends.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from PIL import Image

from simphone.ui.cache import SizedLru
from simphone.ui.fonts import ASCENT, DESCENT, Font, advance, glyph
from simphone.ui.frame import Metrics
from simphone.ui.view import TextStyle

ELLIPSIS: Final = "…"
_CLOSING: Final = frozenset(
    "、。，．！？：；）」』】〉》〕］｝’”…—ー々ゝゞぁぃぅぇぉっゃゅょァィゥェォッャュョ,.!?:;)]}%°"
)
_OPENING: Final = frozenset("（「『【〈《〔［｛‘“([{$¥￥")
_CJK: Final = (
    (0x1100, 0x11FF),
    (0x2E80, 0x303F),
    (0x3040, 0x33FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xA960, 0xA97F),
    (0xAC00, 0xD7FF),
    (0xF900, 0xFAFF),
    (0xFE30, 0xFE4F),
    (0xFF00, 0xFFEF),
    (0x20000, 0x3FFFF),
)


class Line(NamedTuple):
    """One line: what is drawn, and where it starts in the text (for the cursor)."""

    text: str
    start: int


class Typeset(NamedTuple):
    """Lines with their size in px."""

    lines: tuple[Line, ...]
    width: int
    height: int


def font_of(style: TextStyle, metrics: Metrics) -> Font:
    """The font of a style on a display."""
    sp = metrics.scale * metrics.font_scale
    return Font(max(1, int(style.size * sp + 0.5)), style.weight, style.italic, style.letter_spacing * sp)


def line_height(style: TextStyle, metrics: Metrics) -> int:
    """Distance of two baselines in px."""
    sp = metrics.scale * metrics.font_scale
    return int((style.line_height or style.size * (ASCENT + DESCENT)) * sp + 0.5)


def baseline(font: Font, height: int) -> int:
    """The baseline, in px below the top of a line of the given height."""
    return int((height - font.size * (ASCENT + DESCENT)) / 2 + font.size * ASCENT + 0.5)


@lru_cache(maxsize=8192)
def measure(text: str, font: Font) -> int:
    """Width of one line in px."""
    return int(sum(advance(char, font) for char in text) + 0.5)


@lru_cache(maxsize=4096)
def is_cjk(char: str) -> bool:
    """Whether lines may break beside the character without a blank."""
    code = ord(char)
    return any(low <= code <= high for low, high in _CJK)


def _can_break(before: str, after: str) -> bool:
    """Whether a line may end between two characters (blanks are handled by the caller)."""
    if after in _CLOSING or before in _OPENING:
        return False
    if before in "-–—/" and after.isalpha():
        return before != "/"
    return is_cjk(before) or is_cjk(after)


def _fill(text: str, start: int, font: Font, width: int) -> int:
    """End of the longest line that begins at `start` and fits; at least one character."""
    used, best, end = 0.0, start, start
    while end < len(text):
        char = text[end]
        blank = char == " " or char == "\u3000"
        used += advance(char, font)
        if int(used + 0.5) > width and not blank:
            return best if best > start else max(end, start + 1)
        end += 1
        if end == len(text) or blank or _can_break(char, text[end]):
            best = end
    return end


def _wrap_paragraph(text: str, offset: int, font: Font, width: int) -> list[Line]:
    if measure(text, font) <= width:
        return [Line(text, offset)]
    lines, start = [], 0
    while start < len(text):
        end = _fill(text, start, font, width)
        lines.append(Line(text[start:end].rstrip(" "), offset + start))
        start = end
    return lines


def _ellipsize(text: str, font: Font, width: int) -> str:
    """The longest beginning of `text` that fits with an ellipsis behind it."""
    room = width - advance(ELLIPSIS, font)
    used, end = 0.0, 0
    for char in text:
        used += advance(char, font)
        if int(used + 0.5) > room:
            break
        end += 1
    return text[:end].rstrip() + ELLIPSIS


@lru_cache(maxsize=4096)
def typeset(text: str, font: Font, height: int, width: int, max_lines: int = 0) -> Typeset:
    """Break text into lines at most `width` px wide and `height` px high; too many of them end in an ellipsis."""
    lines: list[Line] = []
    offset = 0
    for paragraph in text.split("\n"):
        lines += _wrap_paragraph(paragraph, offset, font, width)
        offset += len(paragraph) + 1
        if max_lines and len(lines) > max_lines:
            break
    if max_lines and len(lines) > max_lines:
        last = lines[max_lines - 1]
        rest = text[last.start :].split("\n", 1)[0]
        lines = [*lines[: max_lines - 1], Line(_ellipsize(rest, font, width), last.start)]
    widest = max((measure(line.text, font) for line in lines), default=0)
    return Typeset(tuple(lines), widest, height * len(lines))


class LineMask(NamedTuple):
    """A drawn line (mode L): pixel (0, 0) lies at (left, top) from the start of the baseline."""

    mask: Image.Image
    left: int
    top: int


_masks: SizedLru[LineMask] = SizedLru(16 << 20, lambda drawn: drawn.mask.width * drawn.mask.height + 512)


def line_extent(text: str, font: Font) -> tuple[int, int, int, int]:
    """left, top, right, bottom in px from the start of the baseline: all that the line may colour.

    Wider than the advances and higher than the line, so that slanted and accented glyphs are whole; the mask is exactly
    this large.
    """
    slack = font.size // 4 + 2
    return -slack, -(font.size + slack), measure(text, font) + slack, slack + font.size // 4


def line_mask(text: str, font: Font) -> LineMask:
    """Draw one line."""
    key = (text, font)
    kept = _masks.get(key)
    if kept is not None:
        return kept
    left, top, right, bottom = line_extent(text, font)
    image = Image.new("L", (right - left, bottom - top))
    pen = 0.0
    for char in text:
        drawn = glyph(char, font)
        if drawn.mask is not None:
            image.paste(255, (int(pen + 0.5) + drawn.left - left, drawn.top - top), drawn.mask)
        pen += drawn.advance + font.spacing
    return _masks.put(key, LineMask(image, left, top))
