"""The safety rules: action and screen and config in, a ruling out. Nothing here touches a phone or asks a person."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from phonebench.config import SafetyConfig
from phonebench.device.apps import package_of
from phonebench.schema.action import (
    Action,
    DoubleTap,
    Drag,
    Launch,
    LongPress,
    PressKey,
    Swipe,
    TakeOver,
    Tap,
    TypeText,
)
from phonebench.schema.episode import SafetyRule
from phonebench.schema.observation import Observation
from phonebench.uitree import texts_at

SYSTEM_APPS: Final = frozenset(
    {
        "",  # the phone did not tell
        "android",
        "com.android.systemui",
        "com.android.intentresolver",
        "com.android.permissioncontroller",
        "com.google.android.permissioncontroller",
        "com.miui.home",
    }
)
"""In front of every app at times: dialogs of the system, and launchers whose name does not say so."""
_MOST: Final = 200

Verdict = Literal["allow", "refuse", "skip", "ask"]
_CONFIRM: Final[Mapping[str, Verdict]] = {"allow": "allow", "deny": "refuse", "ask": "ask"}
_HAND_OVER: Final[Mapping[str, Verdict]] = {"fail": "refuse", "skip": "skip", "wait": "ask"}


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is to become of an action.

    allow: it is carried out as `act`; refuse: it is not, and the episode ends; skip: it is not, and the agent is told;
    ask: a person decides (rule confirm) or helps (rule hand_over). `rule` is empty when no rule spoke up.
    """

    verdict: Verdict
    act: Action | None = None
    rule: SafetyRule | None = None
    about: str = ""


class Guard:
    """The rules of one config for one task."""

    def __init__(self, config: SafetyConfig, task_package: str) -> None:
        self._config = config
        self._allowed = frozenset({task_package, *config.allowed_apps})

    def rule(self, action: Action, seen: Observation) -> Ruling:
        """What becomes of an action that the agent chose on this screen."""
        if isinstance(action, TakeOver):
            return Ruling(_HAND_OVER[self._config.hand_over], None, "hand_over", _short(action.message))
        if isinstance(action, Launch) and self._watches_apps:
            return self._launch(action)
        why = self.why_sensitive(action, seen)
        if not why:
            return Ruling("allow", action)
        return Ruling(_CONFIRM[self._config.confirm], action, "confirm", why)

    def outside(self, seen: Observation) -> bool:
        """True when the app in front is none that may be used."""
        package = seen.package
        system = package in SYSTEM_APPS or "launcher" in package.lower()
        return self._watches_apps and not system and package not in self._allowed

    def why_sensitive(self, action: Action, seen: Observation) -> str:
        """What makes an action a sensitive one; empty when nothing does."""
        if isinstance(action, Tap) and action.sensitive and action.sensitive.strip():
            return f"the agent's own warning: {_short(action.sensitive)}"
        if not _puts_in(action):
            return ""
        if seen.secure:
            return "the screen may not be captured"
        if seen.package in self._config.sensitive_packages:
            return f"the app {seen.package}"
        if self._words is not None and isinstance(action, Tap | DoubleTap | LongPress):
            for text in texts_at(seen.ui, action.at):
                if self._words.search(text):
                    return f"the element '{_short(text)}'"
        return ""

    @property
    def _watches_apps(self) -> bool:
        return bool(self._config.allowed_apps) or self._config.leave_app != "allow"

    @cached_property
    def _words(self) -> re.Pattern[str] | None:
        """Whole words where a word has ASCII ends; Chinese is written without gaps."""
        words = [word.strip() for word in self._config.sensitive_words if word.strip()]
        parts = (rf"{_edge(word[0], '<!')}{re.escape(word)}{_edge(word[-1], '!')}" for word in words)
        return re.compile("|".join(parts), re.I) if words else None

    def _launch(self, action: Launch) -> Ruling:
        """What is launched is the package that was looked at, whatever else the phone knows by that name."""
        package = package_of(action.app, self._allowed)
        if package is not None:
            return Ruling("allow", Launch(app=package))
        about = _short(action.app)
        if self._config.leave_app == "allow":
            return Ruling("allow", action, "allowed_apps", about)
        return Ruling("skip" if self._config.leave_app == "back" else "refuse", None, "allowed_apps", about)


def _puts_in(action: Action) -> bool:
    """True for what puts something into an app; looking around - waiting, going back, launching - does not."""
    if isinstance(action, PressKey):
        return action.key in ("enter", "delete")
    return isinstance(action, Tap | DoubleTap | LongPress | Swipe | Drag | TypeText)


def _edge(char: str, look: str) -> str:
    return f"(?{look}[a-z0-9])" if re.fullmatch("[A-Za-z0-9]", char) else ""


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _MOST else f"{line[: _MOST - 1]}…"
