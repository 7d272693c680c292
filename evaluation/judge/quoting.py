"""Puts hostile text in front of a model so that it stays data.

The record is one JSON value between two lines that only its own digest names: whoever writes a text that becomes part
of the record cannot know the digest of the whole. Inside, everything that could pass for structure is a JSON escape:
line breaks of every alphabet, invisible and direction-changing characters, the angle brackets and bracketed words of
chat templates (a server turns `<|im_end|>` into the real token, wherever it stands).
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from typing import Any

_TEMPLATE_WORD = re.compile(r"\[(?=/?[A-Z_]{2,30}\])")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode categories of what has no glyph: controls, formats, surrogates, private, unassigned, separators."""


def quote(value: Any) -> str:
    """A JSON value as text of one piece; `json.loads` gives the value back. ASCII and visible characters only."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    text = _TEMPLATE_WORD.sub(r"\\u005b", text)
    return "".join(_escaped(char) if _must_escape(char) else char for char in text)


def mark(text: str) -> str:
    """The line that stands before and after a record."""
    return "RECORD-" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]


def _must_escape(char: str) -> bool:
    return char in "<>" or (char not in "\n " and not char.isascii() and unicodedata.category(char) in _UNSEEN)


def _escaped(char: str) -> str:
    return json.dumps(char)[1:-1] if not char.isascii() else f"\\u{ord(char):04x}"
