"""The section `safety`: what an agent may do without being asked, and what happens when it wants a person."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator

from phonebench.config.section import Seconds, Section


def _package(name: str) -> str:
    if not re.fullmatch(r"[A-Za-z]\w*(\.[A-Za-z]\w*)+", name):
        raise ValueError(f"'{name}' is no package; they read com.android.settings")
    return name


Package = Annotated[str, AfterValidator(_package)]


class SafetyConfig(Section):
    """What an agent may do without being asked. Every decision of these rules is recorded in the step it belongs to."""

    confirm: Literal["allow", "deny", "ask"] = "allow"
    """Of a sensitive action: allow carries it out; deny ends the episode; ask: a person at the terminal decides."""
    sensitive_packages: tuple[Package, ...] = ()
    """In these apps every gesture, text and enter key is sensitive, whatever the model says."""
    sensitive_words: tuple[str, ...] = ()
    """A tap on an element whose text, description or id holds one of these words is sensitive."""
    hand_over: Literal["fail", "skip", "wait"] = "skip"
    """When the agent asks for a person: fail ends the episode; skip tells it that nobody is there; wait: for a person
    at the terminal, whose answer it is told."""
    secure: Literal["tell", "fail"] = "tell"
    """A screen that may not be captured: tell the model so, and count what it does there as sensitive; or end."""
    allowed_apps: tuple[Package, ...] = ()
    """Packages that may be in front besides the task's own app, the launcher and the system's dialogs."""
    leave_app: Literal["allow", "back", "fail"] = "allow"
    """Any other app, launched or come to the front: allow; back to where the episode began; or fail."""
    ask_timeout_s: Seconds = 300.0
    """Longest wait for a person; then a sensitive action is denied, and an agent that needs a person has failed."""

    @property
    def asks(self) -> bool:
        """May a person be asked?"""
        return self.confirm == "ask" or self.hand_over == "wait"
