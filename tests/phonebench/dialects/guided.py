"""A model that can do its task: behind HTTP, it says in its dialect what the task's reference solution does.

The stub server is told the next reply through a side channel, from the same observation that the request shows: the
agent below asks the reference agent, has the dialect write the action, and then lets the real agent ask and parse.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, ClassVar

from stub_server import Reply

from phonebench.agent import ReferenceAgent
from phonebench.agent.dialects.base import Dialect, View
from phonebench.agent.dialects.units import unit_stroke
from phonebench.agent.image import encode
from phonebench.agent.model_agent import ModelAgent
from phonebench.agent.tool_calls import unfolded
from phonebench.agent.values import read_point, stroke, write_point
from phonebench.schema.action import Action, Point, Swipe, Tap, TypeText
from phonebench.schema.episode import DeviceInfo
from phonebench.schema.observation import Bounds, Observation
from phonebench.schema.protocols import Decision
from phonebench.schema.task import Task


class GuidedAgent(ModelAgent):
    """A ModelAgent whose model knows the reference solution."""

    replies: ClassVar[deque[Reply]] = deque()
    """What the server answers next."""

    def start(self, task: Task, instruction: str, device: DeviceInfo, *, turn: int = 0) -> None:
        super().start(task, instruction, device, turn=turn)
        self._reference = ReferenceAgent()
        self._reference.start(task, instruction, device)

    def decide(self, observation: Observation) -> Decision:
        dialect = self._seat.dialect
        view = dialect.look(observation)
        if dialect.wants_image:
            picture = encode(view.png, (view.width, view.height), self._config.image)
            view = replace(view, sent=(picture.width, picture.height))
        action = self._reference.decide(observation).action
        said = f"I do what helps.\n{in_words(dialect, action, view)}"
        if dialect.follow_up("I do what helps.", view, self._language) is not None:
            self.replies.append(Reply("I do what helps."))
        native = dialect.tools(self._language, view) is not None
        self.replies.append(_native(said) if native else Reply(said))
        decision = super().decide(observation)
        assert not self.replies, "the agent asked less than the dialect says"
        return decision


def next_reply(body: dict[str, Any]) -> Reply:
    """The plan of the stub server."""
    del body
    return GuidedAgent.replies.popleft()


def in_words(dialect: Dialect, action: Action, view: View) -> str:
    """The action as the dialect says it, or the next best that it can say."""
    for candidate in (action, *_next_best(dialect, action, view)):
        try:
            return dialect.render(candidate, view)
        except ValueError:
            continue
    raise AssertionError(f"{dialect.name} cannot say {action!r}, nor anything like it")


def _next_best(dialect: Dialect, action: Action, view: View) -> Iterator[Action]:
    match action:
        case Tap():
            yield from (Tap(at=view.clamp(*mark.center)) for mark in _around(action.at, view))
        case TypeText():
            yield action.model_copy(update={"clear": False})
        case Swipe():
            way = "up" if action.end.y < action.start.y else "down"
            middle = view.clamp(view.width // 2, view.height // 2)
            grid = getattr(dialect, "_grid", lambda view: (view.width, view.height))(view)
            yield stroke(read_point(write_point(middle, view, grid), view, grid), way, view)
            starts = [view.clamp(*mark.center) for mark in view.marks] or [action.start]
            for start in sorted(starts, key=lambda start: abs(start.y - view.height * 2 // 3)):
                yield unit_stroke(start, way, "medium", view)


def _around(point: Point, view: View) -> list[Bounds]:
    """Marks that hold a point, the smallest first."""
    holding = [m for m in view.marks if m.left <= point.x < m.right and m.top <= point.y < m.bottom]
    return sorted(holding, key=lambda m: (m.right - m.left) * (m.bottom - m.top))


def _native(said: str) -> Reply:
    text, calls = unfolded(said, 0)
    assert calls, said
    functions = [call["function"] for call in calls]
    assert all(isinstance(json.loads(function["arguments"]), dict) for function in functions)
    return Reply(text, finish_reason="tool_calls", tool_calls=tuple((f["name"], f["arguments"]) for f in functions))
