"""What an action did to the screen, as it is recorded with each step."""

from __future__ import annotations

from typing import Literal

from phonebench.agent.change import changed
from phonebench.schema.action import Action, touches
from phonebench.schema.observation import Observation


def effect_of(action: Action, before: Observation, after: Observation) -> Literal["changed", "unchanged", "none"]:
    """What an action did to the screen."""
    if not touches(action):
        return "none"
    return "changed" if changed(before, after) else "unchanged"
