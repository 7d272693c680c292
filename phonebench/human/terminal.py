"""A person at the terminal: reads the screen as numbered elements, types commands."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from phonebench.agent.human import Scene
from phonebench.human.commands import HELP, Unclear, parse
from phonebench.runner.person import Person
from phonebench.schema.action import Action
from phonebench.uitree import app_name, lines

_MOST_LINES: Final = 60


class TerminalDriver:
    """Puts each screen to a person as a question. `picture` is the file that always holds the present screenshot."""

    def __init__(self, person: Person, picture: Path) -> None:
        self._person = person
        self.picture = picture

    def decide(self, scene: Scene, timeout_s: float, stopped: Callable[[], bool]) -> Action | None:
        """The action of the first line that is a command; others are answered by what is wrong with them."""
        seen = scene.observation
        self.picture.write_bytes(seen.png)
        found = lines(seen.ui, seen.width, seen.height)
        marks = [line.bounds for line in found]
        question = _question(scene, [line.text for line in found], self.picture)
        deadline = time.monotonic() + timeout_s
        while (left := deadline - time.monotonic()) > 0 and not stopped():
            said = self._person.ask(question, left, stopped).text
            if said is None:
                return None
            if said.strip().lower() in ("?", "help"):
                question = HELP
                continue
            try:
                return parse(said, marks, seen.width, seen.height)
            except Unclear as problem:
                question = f"{problem} (? helps)"
        return None


def _question(scene: Scene, listed: list[str], picture: Path) -> str:
    seen = scene.observation
    shown = [f"{number:>3} {text}" for number, text in enumerate(listed[:_MOST_LINES], 1)]
    more = [f"    and {len(listed) - _MOST_LINES} more"] if len(listed) > _MOST_LINES else []
    place = f"{app_name(seen.package)}, {seen.width}x{seen.height}" + (
        ", keyboard shown" if seen.keyboard_shown else ""
    )
    step = f"step {scene.step} of {scene.most_steps}"
    head = [f"{scene.task_id}: {scene.instruction}", f"{step} - {place} - screenshot: {picture}"]
    notice = [seen.notice] if seen.notice else []
    return "\n".join([*head, *notice, *shown, *more, "? helps"])
