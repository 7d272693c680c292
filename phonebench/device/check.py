"""What a look at the machinery finds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: did it hold, what was found, and what to do otherwise.

    One that holds and still has a next step is advice.
    """

    name: str
    ok: bool
    found: str
    next_step: str = ""
