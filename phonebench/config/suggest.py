"""The did-you-mean line of error messages."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(word: str, options: Iterable[str], *, most: int = 1) -> str:
    """`did you mean 'max_steps'?`, or an empty string when nothing is close."""
    close = get_close_matches(word, list(options), n=most, cutoff=0.6)
    return f"did you mean {' or '.join(repr(c) for c in close)}?" if close else ""
