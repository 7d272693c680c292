"""The reference agent: plays a script of steps - a task's solution, or a near miss - by selectors on the UI tree."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import Any, Final

from phonebench.agent.selectors import area, find, need
from phonebench.schema.action import (
    Action,
    Drag,
    Finish,
    Launch,
    LongPress,
    Point,
    PressKey,
    Swipe,
    Tap,
    TypeText,
    Wait,
)
from phonebench.schema.episode import DeviceInfo, ModelCall
from phonebench.schema.errors import AgentError
from phonebench.schema.observation import Bounds, Observation
from phonebench.schema.protocols import Decision
from phonebench.schema.task import (
    DragStep,
    FinishStep,
    KeyStep,
    LaunchStep,
    LongPressStep,
    ScriptStep,
    ScrollToStep,
    Selector,
    SwipeStep,
    TapStep,
    Task,
    TypeStep,
    WaitStep,
)

SWIPE_MS: Final = 300
SCROLL_SHARE: Final = 0.5
Player = Generator[Action, Observation, None]
"""Yields an action, is sent the observation after it."""


class ReferenceAgent:
    """Plays `script`, or the solution of the task it is given."""

    def __init__(self, script: Sequence[ScriptStep] | None = None, name: str = "reference") -> None:
        self.name = name
        self.last_prompt: Any = None
        self.last_reply = ""
        self.last_calls: tuple[ModelCall, ...] = ()
        self._script = script
        self._player: Player | None = None

    def start(self, task: Task, instruction: str, device: DeviceInfo) -> None:
        """Take the task's solution, unless a script was given."""
        del instruction, device
        script = task.solution if self._script is None else self._script
        if not script:
            raise AgentError(f"task {task.id} has no solution to play")
        self._player = play(script)
        next(self._player)

    def decide(self, observation: Observation) -> Decision:
        """The next action of the script; raises AgentError when a node it needs is not on the screen."""
        if self._player is None:
            raise AgentError("the reference agent was not started")
        try:
            action = self._player.send(observation)
        except StopIteration:
            action = Finish()
        return Decision(action=action, decided_by="script")


def play(script: Sequence[ScriptStep]) -> Player:
    """The actions of a script. Prime it with next(), then send one observation for each action."""
    seen = yield Wait(seconds=0)  # taken by the priming next()
    for step in script:
        seen = yield from _actions(step, seen)


def _actions(step: ScriptStep, seen: Observation) -> Generator[Action, Observation, Observation]:
    match step:
        case TypeStep():
            if step.into is not None:
                seen = yield Tap(at=_centre(seen, step.into))
            return (yield TypeText(text=step.type, clear=step.clear, enter=step.enter))
        case ScrollToStep():
            for _ in range(step.most):
                if seen.ui is not None and find(seen.ui, step.scroll_to) is not None:
                    return seen
                seen = yield _swipe(area(seen, step.on), step.direction, SCROLL_SHARE)
            need(seen, step.scroll_to)
            return seen
        case _:
            return (yield _action(step, seen))


def _action(step: ScriptStep, seen: Observation) -> Action:
    match step:
        case TapStep():
            return Tap(at=_centre(seen, step.tap))
        case LongPressStep():
            return LongPress(at=_centre(seen, step.long_press))
        case SwipeStep():
            return _swipe(area(seen, step.on), step.swipe, step.distance)
        case DragStep():
            start = _inside(need(seen, step.drag).bounds, step.at)
            return Drag(start=start, end=_inside(area(seen, step.on), step.to))
        case KeyStep():
            return PressKey(key=step.key)
        case LaunchStep():
            return Launch(app=step.launch)
        case WaitStep():
            return Wait(seconds=step.wait)
        case FinishStep():
            return Finish(answer=step.finish)
        case _:
            raise AgentError(f"a step that is no single action: {step!r}")


def _centre(seen: Observation, selector: Selector) -> Point:
    x, y = need(seen, selector).bounds.center
    return Point(x=x, y=y)


def _inside(bounds: Bounds, share: tuple[float, float]) -> Point:
    x = bounds.left + (bounds.right - bounds.left) * share[0]
    y = bounds.top + (bounds.bottom - bounds.top) * share[1]
    return Point(x=round(x), y=round(y))


def _swipe(bounds: Bounds, way: str, share: float) -> Swipe:
    """A stroke through the middle, `share` of the extent long, in the direction in which the finger moves."""
    x, y = bounds.center
    dx = {"left": -1, "right": 1}.get(way, 0) * (bounds.right - bounds.left) * share / 2
    dy = {"up": -1, "down": 1}.get(way, 0) * (bounds.bottom - bounds.top) * share / 2
    start, end = Point(x=round(x - dx), y=round(y - dy)), Point(x=round(x + dx), y=round(y + dy))
    return Swipe(start=start, end=end, duration_ms=SWIPE_MS)
