"""AndroidLab's text-only agents: the screen as a compressed UI tree, a line of code as the answer (source: AndroidLab).

`variant: plain` answers with the code alone; `react` thinks first (ReAct, Yao et al. 2023); `seeact` takes two calls:
the model says in words what has to be done, then picks the element from a numbered list (SeeAct, Zheng et al. 2024).
Rectangles are device pixels, `element=[x1,y1,x2,y2]`, and their middle is touched.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final, Literal

from phonebench.agent.calls import MAX_REPLY
from phonebench.agent.dialects.base import (
    Dialect,
    History,
    Language,
    Parsed,
    View,
    has_frills,
    one_line,
    prompt_file,
    surroundings,
)
from phonebench.agent.dialects.do_calls import read_call, say
from phonebench.agent.dialects.units import words_of
from phonebench.schema.action import Action, DoubleTap, Point, Swipe
from phonebench.uitree import Line, compressed, lines

_MOST_CHOICES: Final = 150
_MOST_REMEMBERED: Final = 500


@dataclass(frozen=True)
class AndroidLabXml(Dialect):
    """The dialect `androidlab_xml`."""

    name: ClassVar[str] = "androidlab_xml"
    wants_image: ClassVar[bool] = False
    history: ClassVar[History] = "summary"
    variant: Literal["plain", "react", "seeact"] = "plain"
    """How the model is made to think: not at all, before the code, or in a call of its own."""

    def system_prompt(self, language: Language) -> str:
        """The variant's way of answering, around the list of actions that all of them share."""
        actions = prompt_file(f"{self.name}_actions", language)
        return prompt_file(f"{self.name}_{self.variant}", language).replace("{actions}", actions)

    def observation_text(self, view: View, language: Language) -> str:
        """The app in front and the compressed UI tree."""
        tree = compressed(view.ui, view.width, view.height)
        nothing = "（屏幕上没有可读的元素）" if language == "zh" else "(the screen tells no elements)"
        return f"{surroundings(view, language)}\n{tree or nothing}"

    def follow_up(self, reply: str, view: View, language: Language) -> str | None:
        """The list of elements to choose from (variant seeact)."""
        del reply
        if self.variant != "seeact":
            return None
        choices = [f"{number}. {line.text.strip()}" for number, line in enumerate(_choices(view), 1)]
        return prompt_file(f"{self.name}_choose", language).replace("{choices}", "\n".join(choices))

    def further_text(self, language: Language) -> str:
        """The words of the second question (variant seeact)."""
        return prompt_file(f"{self.name}_choose", language) if self.variant == "seeact" else ""

    def remembered(self, reply: str, view: View) -> str:
        """The reply on one line."""
        del view
        return one_line(reply, _MOST_REMEMBERED)

    def parse(self, reply: str, view: View) -> Parsed:
        """The first call; `element` may also be a number of the list (variant seeact)."""
        reply = reply[:MAX_REPLY]
        boxes = (
            {number: line.bounds for number, line in enumerate(_choices(view), 1)} if self.variant == "seeact" else {}
        )
        action, call = read_call([reply], reply, view, (view.width, view.height), boxes)
        return Parsed(action, reply[: call.start].strip().removesuffix("```python").removesuffix("```").strip())

    def render(self, action: Action, view: View) -> str:
        """One line of code."""

        def rectangle(point: Point) -> str:
            return f"[{point.x},{point.y},{point.x},{point.y}]"

        if isinstance(action, Swipe):
            way, distance = words_of(action, view)
            return f'do(action="Swipe", element={rectangle(action.start)}, direction="{way}", dist="{distance}")'
        if has_frills(action) or isinstance(action, DoubleTap):
            raise ValueError(f"androidlab_xml has no word for {action!r}")
        return say(action, rectangle)


def _choices(view: View) -> list[Line]:
    """What can be touched, scrolled or written into, in the order of the tree."""
    kept = lines(view.ui, view.width, view.height)
    return [line for line in kept if line.acts][:_MOST_CHOICES]
