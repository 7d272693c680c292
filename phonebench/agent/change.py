"""Did a screen change? The reasonable operation ratio (ROR) rests on this, and the rules of the hand-over."""

from __future__ import annotations

from phonebench.schema.observation import Observation
from phonebench.uitree.frames import frames_differ


def changed(before: Observation, after: Observation) -> bool:
    """True when app, page, UI tree or a visible share of the pixels below the status bar differ."""
    if (before.package, before.activity, before.xml) != (after.package, after.activity, after.xml):
        return True
    return frames_differ(before.png, after.png)
