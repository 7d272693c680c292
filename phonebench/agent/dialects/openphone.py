"""What OpenPhone-3B speaks: set of marks with sections around the call (source: OpenPhone, trained on Qwen2.5-VL-3B).

    <REASONING> .. </REASONING>
    <STATE_ASSESSMENT> current state, required change, action need, expected outcome </STATE_ASSESSMENT>
    <CALLED_FUNCTION> tap(3) </CALLED_FUNCTION>

`reflection: true` is the variant of its cloud models, which adds <HISTORICAL_REFLECTION>. The assessments of earlier
steps are the whole history: words instead of screenshots. Small models misspell, forget or fence their tags, so a call
is found as in the dialect `som`, and an assessment ends where the next section begins.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar, Final

from phonebench.agent.calls import MAX_REPLY
from phonebench.agent.dialects.base import History, Language, Parsed, View, one_line, prompt_file
from phonebench.agent.dialects.som import SetOfMarks
from phonebench.schema.action import Action

_TAG: Final = re.compile(r"</?\s?(?:REASON|HISTOR|STATE|CALL)[\w -]{0,24}>", re.I)
_ASSESSMENT: Final = re.compile(
    r"<\s?STATE[_ -]?ASS?ESS?MENTS?\s?>(.*?)(?=</?\s?(?:REASON|HISTOR|STATE|CALL)|$)", re.I | re.S
)
_MOST_REMEMBERED: Final = 800


@dataclass(frozen=True)
class OpenPhone(SetOfMarks):
    """The dialect `openphone`."""

    name: ClassVar[str] = "openphone"
    history: ClassVar[History] = "summary"
    reflection: bool = False
    """Ask for a look back on the earlier steps, as OpenPhone's cloud models are."""

    def system_prompt(self, language: Language) -> str:
        """The sections, around the list of functions that dialects with marks share."""
        text = prompt_file(f"{self.name}_reflection" if self.reflection else self.name, language)
        return text.replace("{functions}", prompt_file("som_functions", language))

    def remembered(self, reply: str, view: View) -> str:
        """The assessment of the state; without one, the reply as far as it goes."""
        del view
        found = _ASSESSMENT.search(reply[:MAX_REPLY])
        assessment = found[1].strip() if found else ""
        return one_line(assessment or _TAG.sub(" ", reply[:MAX_REPLY]), _MOST_REMEMBERED)

    def parse(self, reply: str, view: View) -> Parsed:
        """The call, found as in `som`; the sections before it are the thought."""
        parsed = super().parse(reply, view)
        lines = _TAG.sub("\n", parsed.thought).splitlines()
        return Parsed(parsed.action, "\n".join(line.strip() for line in lines if line.strip()))

    def render(self, action: Action, view: View) -> str:
        """The call in its section."""
        return f"<CALLED_FUNCTION>\n{super().render(action, view)}\n</CALLED_FUNCTION>"
