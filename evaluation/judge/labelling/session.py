"""One person's labelling of recorded episodes: what is still to do, and what was said."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from evaluation.judge.goals import answer_says, unscored_reason
from phonebench.schema.action import in_words
from phonebench.schema.authority import HUMAN
from phonebench.schema.episode import StepRecord
from phonebench.schema.errors import TraceError
from phonebench.schema.task import Task
from phonebench.schema.verdict import Verdict
from phonebench.trace import Episode
from phonebench.trace.layout import verdict as verdict_file

Word = Literal["pass", "fail"]
MOST_FRAMES = 60
"""Screenshots that a person is shown of one episode; the latest ones."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A screenshot, by its relative path, and what the agent did there."""

    screen: str
    caption: str


@dataclass(frozen=True)
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
        return [f"{step.index + 1}. {_done_at(step)}" for step in self._steps]

    @cached_property
    def frames(self) -> list[Frame]:
        """The screenshots in order of time; one that comes again is shown where it was last seen."""
        last: dict[str, str] = {}
        for path, caption in self._shots():
            last.pop(path, None)
            last[path] = caption
        return [Frame(path, caption) for path, caption in last.items()][-MOST_FRAMES:]

    @cached_property
    def _steps(self) -> tuple[StepRecord, ...]:
        return tuple(self.episode.steps())

    def _shots(self) -> Iterator[tuple[str, str]]:
        for step in self._steps:
            if step.screen:
                yield step.screen, f"{step.index + 1}. {_done_at(step)}"
            if step.screen_after:
                yield step.screen_after, f"after step {step.index + 1}"
        if self.episode.result.final_screen:
            yield self.episode.result.final_screen, "at the end"


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
        file = verdict_file(self.judge)
        self._labelled = {number for number, item in enumerate(self._items) if (item.episode.folder / file).exists()}
        self._passed_over: set[int] = set()
        self._said: list[int] = []

    @property
    def total(self) -> int:
        """Episodes in all."""
        return len(self._items)

    @property
    def done(self) -> int:
        """Episodes that this person has labelled, in earlier sessions too."""
        return len(self._labelled)

    def next(self) -> tuple[int, Item] | None:
        """(number, episode) to label now; None when all are labelled, skipped, or too damaged to be shown."""
        for number, item in enumerate(self._items):
            if number in self._passed_over or number in self._labelled:
                continue
            try:
                _ = item.frames
            except TraceError:
                self._passed_over.add(number)
                continue
            return number, item
        return None

    def item(self, number: int) -> Item:
        """An episode by its number; raises IndexError."""
        if not 0 <= number < len(self._items):
            raise IndexError(number)
        return self._items[number]

    def say(self, number: int, word: Word, reason: str = "") -> None:
        """Store a label beside the episode; raises IndexError, OSError."""
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
        self._labelled.add(number)
        self._said.append(number)

    def skip(self, number: int) -> None:
        """Leave an episode for another time; raises IndexError."""
        self.item(number)
        self._passed_over.add(number)

    def undo(self) -> bool:
        """Take back the last label of this session; False when there is none."""
        if not self._said:
            return False
        number = self._said.pop()
        (self.item(number).episode.folder / verdict_file(self.judge)).unlink(missing_ok=True)
        self._labelled.discard(number)
        return True


def _done_at(step: StepRecord) -> str:
    return in_words(step.action) if step.action is not None else step.error or "no action"
