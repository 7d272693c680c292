from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simphone.ui.fonts import Font, FontMissingError, covers, face_of, font_path, glyph
from simphone.ui.text import line_extent, line_mask, measure, typeset

FONT = Font(40)
SAID = "Wi‑Fi 7:30 PM 1 000 → ★ ☆ ✓ ● … 中文 繁體 日本語 ひらがな カタカナ 한국어 é ü ß Ž Русский Ελλην € ™ ½ ☀ ♥ 😀"


@pytest.mark.parametrize("weight", ["light", "regular", "medium", "bold"])
@pytest.mark.parametrize("char", sorted(set(SAID)))
def test_no_character_is_drawn_as_the_box_for_missing_glyphs(char: str, weight: str) -> None:
    font = Font(40, weight)  # type: ignore[arg-type]
    face = face_of(char, font)
    assert face is not None and covers(*face, char)
    assert char.isspace() or glyph(char, font).mask is not None


def test_joiners_and_selectors_take_no_room_and_unknown_ones_are_replaced() -> None:
    assert measure("a\u200d\ufe0fb", FONT) == measure("ab", FONT)
    assert measure("\U0001f9ff", FONT) == measure("\ufffd", FONT) > 0


def test_a_missing_font_says_what_to_install() -> None:
    with pytest.raises(FontMissingError, match=r"Nowhere\.ttf.*font_roboto.*pip install font-roboto"):
        font_path("roboto", "Nowhere.ttf")


def test_bold_chinese_is_heavier() -> None:
    def ink(font: Font) -> int:
        return sum(value * count for value, count in enumerate(line_mask("中文字", font).mask.histogram()))

    assert ink(Font(60, "bold")) > 1.1 * ink(Font(60)) > 0


texts = st.text(st.sampled_from("abc def-ghi 你好，世界。「」한국 \n"), max_size=60)


@given(texts, st.integers(60, 500))
def test_wrapping_keeps_every_character_and_every_line_fits(text: str, width: int) -> None:
    set_ = typeset(text, FONT, 47, width)
    assert "".join(line.text for line in set_.lines).replace(" ", "") == text.replace("\n", "").replace(" ", "")
    assert all(text[line.start :].startswith(line.text) for line in set_.lines)
    assert all(measure(line.text, FONT) <= width or len(line.text) <= 1 for line in set_.lines)
    assert set_.height == 47 * len(set_.lines)


@given(texts, st.integers(100, 300), st.integers(1, 3))
def test_too_many_lines_end_in_an_ellipsis(text: str, width: int, most: int) -> None:
    whole, cut = typeset(text, FONT, 47, width), typeset(text, FONT, 47, width, most)
    assert len(cut.lines) == min(most, len(whole.lines))
    assert (len(whole.lines) > most) == (cut != whole)
    if len(whole.lines) > most:
        assert cut.lines[-1].text.endswith("…")
        assert measure(cut.lines[-1].text, FONT) <= width


def test_words_stay_whole_and_chinese_breaks_anywhere_but_before_punctuation() -> None:
    assert [line.text for line in typeset("one two three", FONT, 47, measure("one two", FONT)).lines] == [
        "one two",
        "three",
    ]
    lines = typeset("你好世界，再见", FONT, 47, measure("你好世界", FONT)).lines
    assert [line.text for line in lines] == ["你好世", "界，再见"]


def test_a_mask_is_as_large_as_it_says_and_spacing_widens_it() -> None:
    left, top, right, bottom = line_extent("Agjé中", FONT)
    drawn = line_mask("Agjé中", FONT)
    assert drawn.mask.size == (right - left, bottom - top) and (drawn.left, drawn.top) == (left, top)
    assert measure("abc", FONT._replace(spacing=5.0)) == measure("abc", FONT) + 15


def test_fonts_are_found_without_importing_their_packages() -> None:
    code = (
        "import sys, simphone.ui.render, simphone.ui.text as t, simphone.ui.fonts as f; "
        "t.line_mask('a中★', f.Font(30)); "
        "sys.exit(any(name in sys.modules for name in ('matplotlib', 'mplfonts', 'font_roboto', 'numpy')))"
    )
    assert subprocess.run([sys.executable, "-c", code], timeout=60, check=False).returncode == 0
