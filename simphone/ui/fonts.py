"""Glyphs: fonts found in installed packages, per-character fallback, cached masks.

Roboto (package font-roboto) draws Latin, Noto Sans CJK (mplfonts) Chinese, Japanese and Korean, DejaVu Sans
(matplotlib) the remaining symbols. The packages are located, never imported, and a font file is opened only when a
character needs it. Pillow's basic layout engine is used: advances add up character by character, so measuring is a sum
and the result does not depend on which shaping library a platform offers.
"""

from __future__ import annotations

import importlib.util
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from PIL import Image, ImageFont

from simphone.ui.view import Weight


class FontMissingError(RuntimeError):
    """A font package is not installed, or does not hold the expected file."""


class Font(NamedTuple):
    """What selects glyphs. `size` is the em in px, `spacing` px added after every character."""

    size: int
    weight: Weight = "regular"
    italic: bool = False
    spacing: float = 0.0


class Glyph(NamedTuple):
    """One drawn character. `mask` (mode L) stands at (left, top) from the pen on the baseline; None draws nothing."""

    mask: Image.Image | None
    left: int
    top: int
    advance: float


ASCENT: Final = 0.927734375
DESCENT: Final = 0.244140625
"""Of Roboto, in em (hhea table: 1900 and 500 of 2048 units). Every line is laid out with these, whatever its script."""

_PACKAGES: Final = {
    "roboto": ("font_roboto", "files", "font-roboto"),
    "cjk": ("mplfonts", "fonts", "mplfonts"),
    "symbols": ("matplotlib", "mpl-data/fonts/ttf", "mplfonts (which brings matplotlib)"),
}
_ROBOTO: Final[dict[tuple[Weight, bool], str]] = {
    ("light", False): "Light",
    ("light", True): "LightItalic",
    ("regular", False): "Regular",
    ("regular", True): "Italic",
    ("medium", False): "Medium",
    ("medium", True): "MediumItalic",
    ("bold", False): "Bold",
    ("bold", True): "BoldItalic",
}
_EMBOLDEN: Final[dict[Weight, float]] = {"light": 0.0, "regular": 0.0, "medium": 1 / 48, "bold": 1 / 28}
"""Stroke in em that thickens CJK text, which comes in one weight only."""
_PROBE_SIZE: Final = 24
_NO_CHARACTER: Final = "\uffff"
_REPLACEMENT: Final = "\ufffd"


@cache
def font_path(family: str, file: str) -> Path:
    """Where a font file of a family (`roboto`, `cjk`, `symbols`) lies. Raises FontMissingError."""
    package, folder, install = _PACKAGES[family]
    spec = importlib.util.find_spec(package)
    roots = list(spec.submodule_search_locations or ()) if spec else []
    for root in roots:
        path = Path(root) / folder / file
        if path.is_file():
            return path
    why = f"no {folder}/{file} in it" if roots else "it is not installed"
    raise FontMissingError(f"font {file}: looked in the package {package}, but {why}. Next: pip install {install}")


@lru_cache(maxsize=96)
def _face(family: str, file: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(font_path(family, file)), size, layout_engine=ImageFont.Layout.BASIC)


def _faces(font: Font) -> tuple[tuple[str, str], ...]:
    """(family, file) in the order in which they are asked for a character."""
    bold = "-Bold" if font.weight in ("medium", "bold") else ""
    return (
        ("roboto", f"Roboto-{_ROBOTO[font.weight, font.italic]}.ttf"),
        ("cjk", "NotoSansCJKsc-Regular.otf"),
        ("symbols", f"DejaVuSans{bold}.ttf"),
    )


def _picture(family: str, file: str, char: str) -> tuple[tuple[int, int], bytes]:
    mask = _face(family, file, _PROBE_SIZE).getmask(char)
    return mask.size, bytes(mask)


@lru_cache(maxsize=16)
def _missing_picture(family: str, file: str) -> tuple[tuple[int, int], bytes]:
    return _picture(family, file, _NO_CHARACTER)


@lru_cache(maxsize=16384)
def covers(family: str, file: str, char: str) -> bool:
    """Whether a font has a glyph of its own for a character (and would not draw its `.notdef` box)."""
    return _picture(family, file, char) != _missing_picture(family, file)


def _invisible(char: str) -> bool:
    """Joiners, variation selectors and controls take no room. (Soft hyphen and the like are format characters too.)"""
    return unicodedata.category(char) in ("Cf", "Cc", "Mn", "Cs") or "\ufe00" <= char <= "\ufe0f"


@lru_cache(maxsize=16384)
def face_of(char: str, font: Font) -> tuple[str, str] | None:
    """The (family, file) that draws a character; None when no font has it."""
    return next((face for face in _faces(font) if covers(*face, char)), None)


@lru_cache(maxsize=4096)
def _glyph(char: str, font: Font) -> Glyph:
    found = face_of(char, font)
    if found is None:
        return Glyph(None, 0, 0, 0.0) if _invisible(char) else _glyph(_REPLACEMENT, font)
    family, _ = found
    face = _face(*found, font.size)
    mask, left, top = _draw(face, char, 0.0)
    stroke = _EMBOLDEN[font.weight] * font.size if family == "cjk" else 0.0
    if mask is not None and stroke:
        edge, edge_left, edge_top = _draw(face, char, stroke)
        if edge is not None:
            edge.paste(255, (left - edge_left, top - edge_top), mask)
            mask, left, top = edge, edge_left, edge_top
    return Glyph(mask, left, top, float(face.getlength(char)))


def _draw(face: ImageFont.FreeTypeFont, char: str, stroke: float) -> tuple[Image.Image | None, int, int]:
    """Mask of a character, or of its outline, and where it stands from the pen on the baseline."""
    core, (left, top) = face.getmask2(char, mode="L", stroke_width=stroke, anchor="ls")
    width, height = core.size
    mask = Image.frombytes("L", (width, height), bytes(core)) if width and height else None
    return mask, int(left), int(top)


def glyph(char: str, font: Font) -> Glyph:
    """One character, drawn and cached. Letter spacing is not part of its advance."""
    return _glyph(char, font._replace(spacing=0.0) if font.spacing else font)


@lru_cache(maxsize=32768)
def advance(char: str, font: Font) -> float:
    """Width of one character in px, letter spacing included."""
    found = face_of(char, font)
    if found is None:
        return 0.0 if _invisible(char) else advance(_REPLACEMENT, font)
    return float(_face(*found, font.size).getlength(char)) + font.spacing
