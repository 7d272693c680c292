"""Carries out the rulings of the guard in one episode: asks the person, tells the agent, notes what was done."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from phonebench.config import RunConfig
from phonebench.runner.events import CancelledError
from phonebench.runner.person import Answer, Person
from phonebench.safety.guard import Guard, Ruling
from phonebench.schema.action import Action, Launch
from phonebench.schema.episode import SafetyDecider, SafetyDone, SafetyEvent, SafetyRule
from phonebench.schema.errors import Denied, NeedsPerson
from phonebench.schema.observation import Observation
from phonebench.schema.protocols import Phone
from phonebench.schema.task import Task
from phonebench.uitree import touched

_YES: Final = frozenset({"y", "yes", "是", "好", "可以"})
_WORDS: Final = {
    "en": {
        "secure": "This screen may not be captured, so the picture is black. It may hold passwords or payments.",
        "skipped": "You asked for a person, but nobody is there. Go on by yourself or end the task.",
        "helped": "A person has done what you asked for.",
        "answered": "The user answers: {}",
        "not_launched": "The app {} may not be used; it was not launched.",
        "returned": "The app {} may not be used; you were brought back.",
    },
    "zh": {
        "secure": "此屏幕禁止截图，因此画面为黑色。其中可能含有密码或支付信息。",
        "skipped": "你请求人工协助，但无人在场。请自行继续或结束任务。",
        "helped": "人工已完成你请求的操作。",
        "answered": "用户回答：{}",
        "not_launched": "不允许使用应用 {}，未启动该应用。",
        "returned": "不允许使用应用 {}，已返回。",
    },
}


@dataclass(frozen=True, slots=True)
class Cleared:
    """What may be done: `act` on the phone, or nothing; `look` says that a person may have used the phone meanwhile."""

    act: Action | None
    look: bool = False


class Safeguard:
    """The safety of one episode. `name` is what a person is told of it; `waited_s` sums up all waiting for persons."""

    def __init__(
        self, config: RunConfig, task: Task, person: Person, *, name: str, stopped: Callable[[], bool]
    ) -> None:
        self.waited_s = 0.0
        self._safety = config.safety
        self._driven = config.agent.policy == "human"
        self._guard = Guard(config.safety, task.package)
        self._home = config.phone.start == "home"
        self._package = task.package
        self._words = _WORDS[config.prompt.language]
        self._person = person
        self._name = name
        self._stopped = stopped
        self._events: list[SafetyEvent] = []
        self._told: list[str] = []

    def events(self) -> tuple[SafetyEvent, ...]:
        """What was noted since the last call."""
        noted = tuple(self._events)
        self._events.clear()
        return noted

    def look(self, phone: Phone, seen: Observation) -> Observation:
        """The screen that the agent gets to see, with all it has to be told; raises Denied, DeviceError."""
        if self._guard.outside(seen):
            seen = self._outside(phone, seen)
        if seen.secure:
            if self._safety.secure == "fail":
                self._note("secure", seen.package, "denied")
                raise Denied("the screen may not be captured", where=seen.package, why="safety.secure is fail")
            self._note("secure", seen.package, "told", told=self._words["secure"])
        notice = "\n".join(self._told)
        self._told.clear()
        return replace(seen, notice=notice) if notice else seen

    def clear(self, action: Action, seen: Observation) -> Cleared:
        """What of an action is carried out; raises Denied or NeedsPerson, and CancelledError when the run stops."""
        ruling = self._guard.rule(action, seen)
        if ruling.rule == "hand_over":
            return self._hand_over(ruling)
        if ruling.rule == "confirm":
            return self._confirm(action, seen, ruling)
        if ruling.rule == "allowed_apps":
            return self._launch(ruling)
        return Cleared(ruling.act)

    def _confirm(self, action: Action, seen: Observation, ruling: Ruling) -> Cleared:
        if ruling.verdict == "allow":
            self._note("confirm", ruling.about, "allowed")
            return Cleared(ruling.act)
        if ruling.verdict == "ask" and self._driven:  # who would be asked has just decided
            self._note("confirm", ruling.about, "allowed", by="person")
            return Cleared(ruling.act)
        why = f"safety.confirm is {self._safety.confirm}"
        by: SafetyDecider = "policy"
        waited = 0.0
        if ruling.verdict == "ask":
            question = f"{self._name} wants to act: {_shown(action, seen)}\nsensitive: {ruling.about}\n"
            answer, waited = self._ask(f"{question}allow it? y = yes, else no")
            by = "nobody" if answer.text is None else "person"
            if answer.text is not None and answer.text.strip().lower() in _YES:
                self._note("confirm", ruling.about, "allowed", by=by, waited_s=waited)
                return Cleared(ruling.act)
            why = answer.why if answer.text is None else "a person said no"
        self._note("confirm", ruling.about, "denied", by=by, waited_s=waited)
        raise Denied(f"a sensitive action was denied: {ruling.about}", why=why)

    def _hand_over(self, ruling: Ruling) -> Cleared:
        if ruling.verdict == "skip":
            self._note("hand_over", ruling.about, "skipped", told=self._words["skipped"])
            return Cleared(None)
        answer, waited = Answer(None, "safety.hand_over is fail"), 0.0
        if ruling.verdict == "ask":
            how = "do it on the phone, then press enter; what you type is told to the agent"
            answer, waited = self._ask(f"{self._name} asks for a person: {ruling.about}\n{how}")
        if answer.text is None:
            by: SafetyDecider = "nobody" if ruling.verdict == "ask" else "policy"
            self._note("hand_over", ruling.about, "denied", by=by, waited_s=waited)
            raise NeedsPerson(f"the agent asked for a person: {ruling.about}", why=answer.why)
        said = answer.text.strip()
        told = self._words["answered"].format(said) if said else self._words["helped"]
        self._note("hand_over", ruling.about, "answered", told=told, by="person", waited_s=waited)
        return Cleared(None, look=True)

    def _launch(self, ruling: Ruling) -> Cleared:
        if ruling.verdict == "allow":
            self._note("allowed_apps", ruling.about, "allowed")
            return Cleared(ruling.act)
        if ruling.verdict == "skip":
            told = self._words["not_launched"].format(ruling.about)
            self._note("allowed_apps", ruling.about, "skipped", told=told)
            return Cleared(None)
        self._note("allowed_apps", ruling.about, "denied")
        raise Denied(f"the app {ruling.about} may not be used", why="safety.leave_app is fail")

    def _outside(self, phone: Phone, seen: Observation) -> Observation:
        """Back to where the episode began, if that is the rule; an app that cannot be left ends the episode."""
        if self._safety.leave_app == "allow":
            self._note("allowed_apps", seen.package, "allowed")
            return seen
        why = "safety.leave_app is fail"
        if self._safety.leave_app == "back":
            if self._home:
                phone.go_home()
            else:
                phone.perform(Launch(app=self._package))
            after = phone.settle()
            if not self._guard.outside(after):
                told = self._words["returned"].format(seen.package)
                self._note("allowed_apps", seen.package, "returned", told=told)
                return after
            why = "it could not be left"
        self._note("allowed_apps", seen.package, "denied")
        raise Denied(f"the app {seen.package} may not be used", why=why)

    def _ask(self, question: str) -> tuple[Answer, float]:
        started = time.monotonic()
        answer = self._person.ask(question, self._safety.ask_timeout_s, self._stopped)
        waited = time.monotonic() - started
        self.waited_s += waited
        if answer.text is None and self._stopped():
            raise CancelledError
        return answer, round(waited, 1)

    def _note(
        self,
        rule: SafetyRule,
        about: str,
        done: SafetyDone,
        *,
        told: str = "",
        by: SafetyDecider = "policy",
        waited_s: float = 0.0,
    ) -> None:
        """Into the trace; what is `told` also to the agent, with the next screen that it sees."""
        self._events.append(SafetyEvent(rule=rule, about=about, by=by, done=done, told=told, waited_s=waited_s))
        if told:
            self._told.append(told)


def _shown(action: Action, seen: Observation) -> str:
    """An action for a person: what it is, and for a tap the innermost words that it touches."""
    what = action.model_dump_json(exclude_none=True, exclude={"sensitive"})
    words = touched(action, seen.ui)
    return f"{what} on {', '.join(map(repr, words))}" if words else what
