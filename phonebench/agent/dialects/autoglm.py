"""What AutoGLM-Phone speaks (source: the published Open-AutoGLM client; facts in docs/dialects.md).

A reply is reasoning and one call, `<think>..</think><answer>do(action="Tap", element=[500,250])</answer>` or the same
without tags. Coordinates are whole numbers on a grid of 0..999 over the screen: pixel = value / 1000 * size.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import ClassVar, Final

from phonebench.agent.dialects.base import Dialect, Language, Parsed, View, has_frills
from phonebench.agent.dialects.do_calls import quote, read_call, say
from phonebench.agent.values import THOUSAND, write_point
from phonebench.schema.action import Action, Note, Point, PressKey, TakeOver, Tap

_THINK: Final = re.compile(r"<think>(.*?)(?:</think>|<answer>|$)", re.S)
_ANSWER: Final = re.compile(r"<answer>(.*?)(?:</answer>|$)", re.S)


@dataclass(frozen=True)
class AutoGlm(Dialect):
    """The dialect `autoglm`."""

    name: ClassVar[str] = "autoglm"

    def task_text(self, instruction: str, language: Language) -> str:
        """The instruction as it is."""
        del language
        return instruction

    def observation_text(self, view: View, language: Language) -> str:
        """A line of JSON with the app in front; after the first screen with a heading."""
        told = json.dumps({"current_app": view.app_name}, ensure_ascii=False)
        head = "** 屏幕信息 **" if language == "zh" else "** Screen info **"
        return told if view.first else f"{head}\n{told}"

    def parse(self, reply: str, view: View) -> Parsed:
        """The first call inside <answer>, else in the whole reply."""
        answer = _ANSWER.search(reply)
        action, call = read_call([answer[1], reply] if answer else [reply], reply, view, THOUSAND)
        return Parsed(action, _thought(reply, call.start))

    def render(self, action: Action, view: View) -> str:
        """One bare call."""

        def cell(point: Point) -> str:
            x, y = write_point(point, view, THOUSAND)
            return f"[{x},{y}]"

        match action:
            case TakeOver():
                return f'do(action="Take_over", message={quote(action.message)})'
            case Note():
                return f'do(action="Note", message={quote(action.text)})'
            case _ if action == PressKey(key="enter") or (has_frills(action) and not isinstance(action, Tap)):
                raise ValueError(f"autoglm has no word for {action!r}")
            case _:
                return say(action, cell)


def _thought(reply: str, start: int) -> str:
    think = _THINK.search(reply)
    if think:
        return think[1].strip()
    head = reply.partition("<answer>")[0] if "<answer>" in reply else reply[:start]
    return head.strip()
