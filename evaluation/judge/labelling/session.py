"""One person's labelling of recorded episodes: what is still to do, and what was said."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from evaluation.judge.goals import answer_says, unscored_reason
from phonebench.schema.authority import HUMAN
from phonebench.schema.task import Task
from phonebench.schema.verdict import Verdict
from phonebench.trace import Episode
from phonebench.trace.layout import verdict as verdict_file

Word = Literal["pass", "fail"]
MOST_SCREENS = 60
"""Screenshots that a person is shown of one episode; the latest ones."""


@dataclass(frozen=True, slots=True)
class Item:
    """An episode to label: what was to be done, what was done. Without any verdict, and without the agent's name."""

    episode: Episode
    task: Task

    @property
    def goals(self) -> list[str]:
        """What must hold, in words."""
        answer = answer_says(self.task)
        return [goal.says for goal in self.task.goals] + ([answer] if answer else [])

    @property
    def actions(self) -> list[str]:
        """The agent's actions, one line each."""
        return [
            f"{step.index + 1}. {step.action.model_dump_json(exclude_none=True) if step.action else step.error or '-'}"
            for step in self.episode.steps()
        ]

    @property
    def screens(self) -> list[str]:
        """Relative paths of the screenshots in order of time."""
        paths: list[str] = []
        for step in self.episode.steps():
            paths += [path for path in (step.screen, step.screen_after) if path]
        if self.episode.result.final_screen:
            paths.append(self.episode.result.final_screen)
        return list(dict.fromkeys(paths))[-MOST_SCREENS:]


class Labelling:
    """Goes through episodes in an order that only the seed knows, past those that this person labelled before."""

    def __init__(
        self, episodes: Iterable[Episode], tasks: Mapping[str, Mapping[str, Task]], name: str, seed: int = 0
    ) -> None:
        """`tasks`: by run name, then by task id; episodes without a task, and those that nobody can judge, stay out."""
        self.judge = HUMAN + name
        self._items = [
            Item(episode, tasks[episode.info.run][episode.info.task_id])
            for episode in sorted(episodes, key=lambda episode: str(episode.folder))
            if episode.info.task_id in tasks.get(episode.info.run, {}) and unscored_reason(episode) is None
        ]
        random.Random(seed).shuffle(self._items)
        self._passed_over: set[int] = set()
        self._said: list[int] = []

    @property
    def total(self) -> int:
        """Episodes in all."""
        return len(self._items)

    @property
    def done(self) -> int:
        """Episodes that this person has labelled, in earlier sessions too."""
        return sum(item.episode.verdict(self.judge) is not None for item in self._items)

    def next(self) -> tuple[int, Item] | None:
        """(number, episode) to label now; None when all are labelled or skipped."""
        for number, item in enumerate(self._items):
            if number not in self._passed_over and item.episode.verdict(self.judge) is None:
                return number, item
        return None

    def item(self, number: int) -> Item:
        """An episode by its number; raises IndexError."""
        if not 0 <= number < len(self._items):
            raise IndexError(number)
        return self._items[number]

    def say(self, number: int, word: Word, reason: str = "") -> None:
        """Store a label beside the episode; raises IndexError."""
        episode = self.item(number).episode
        episode.write_verdict(
            Verdict(
                task_id=episode.info.task_id,
                attempt=episode.info.attempt,
                judge=self.judge,
                result=word,
                reason=reason or f"labelled by {self.judge.removeprefix(HUMAN)}",
            )
        )
        self._said.append(number)

    def skip(self, number: int) -> None:
        """Leave an episode for another time."""
        self.item(number)
        self._passed_over.add(number)

    def undo(self) -> bool:
        """Take back the last label of this session; False when there is none."""
        if not self._said:
            return False
        episode = self.item(self._said.pop()).episode
        (episode.folder / verdict_file(self.judge)).unlink(missing_ok=True)
        return True
