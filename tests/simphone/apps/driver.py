"""Plays UI scripts of task files against a Phone in process, by selectors on its XML, and evaluates goals.

The harness does the same over adb; this is the fast way, for the tests of apps.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import jmespath

from evaluation.judge import differences
from evaluation.judge.answers import match_answer
from phonebench.schema.base import Record
from phonebench.schema.task import FinishStep, NearMiss, ScriptStep, Selector, SwipeStep, TapStep, Task
from phonebench.suite import load_suite
from simphone.gallery import script
from simphone.gallery.script import bounds as bounds
from simphone.phone.phone import Phone
from simphone.shell.session import run_sync

TASKS = Path(__file__).parents[3] / "tasks"


class NotFound(AssertionError):
    """A selector found nothing; the message shows what there is."""


def load_tasks(app: str) -> list[Task]:
    """The tasks of tasks/<world>/<app>.yaml."""
    (path,) = TASKS.glob(f"*/{app}.yaml")
    return list(load_suite(str(path)).tasks)


def world_of(task: Task) -> str:
    """The world that a task plays in: the name of its file's folder."""
    return Path(task.source).parent.name


def plain(record: Record) -> dict[str, Any]:
    """A step or selector as the plain data that scripts are made of."""
    return record.model_dump(exclude_none=True)


def near_misses(tasks: Sequence[Task]) -> list[tuple[Task, NearMiss]]:
    """Every near miss, with its task."""
    return [(task, miss) for task in tasks for miss in task.near_misses]


@dataclass
class Driver:
    """Drives one phone. `steps` counts what an agent would be charged, finish included."""

    phone: Phone
    before: dict[str, Any]
    steps: int = 0
    answer: str | None = None

    # --- looking ----------------------------------------------------------------------------------------------
    def tree(self) -> ET.Element:
        return ET.fromstring(self.phone.xml())

    def texts(self) -> list[str]:
        """All texts and descriptions of the active window, in order."""
        found = []
        for node in self.tree().iter("node"):
            found += [value for value in (node.attrib["text"], node.attrib["content-desc"]) if value]
        return found

    def all(self, selector: Selector) -> list[ET.Element]:
        return script.find(self.phone, plain(selector))

    def find(self, selector: Selector) -> ET.Element:
        hits = self.all(selector)
        if len(hits) <= selector.index:
            raise NotFound(f"nothing matches {selector!r}; on the screen: {self.texts()}")
        return hits[selector.index]

    def node(self, **fields: Any) -> ET.Element:
        """The node of a selector given by its fields."""
        return self.find(Selector(**fields))

    def has(self, **fields: Any) -> bool:
        return bool(self.all(Selector(**fields)))

    # --- touching ---------------------------------------------------------------------------------------------
    def centre(self, selector: Selector) -> tuple[float, float]:
        left, top, right, bottom = bounds(self.find(selector))
        return (left + right) / 2, (top + bottom) / 2

    def tap(self, **fields: Any) -> None:
        self.play(TapStep(tap=Selector(**fields)))

    def swipe(
        self, way: Literal["up", "down", "left", "right"], on: Selector | None = None, distance: float = 0.5
    ) -> None:
        self.play(SwipeStep(swipe=way, on=on, distance=distance))

    def run(self, steps: Sequence[ScriptStep]) -> None:
        for step in steps:
            self.play(step)

    def play(self, step: ScriptStep) -> None:
        """One step of a script."""
        if isinstance(step, FinishStep):
            self.answer = step.finish
            self.steps += 1
            return
        try:
            for _ in script.play(self.phone, [plain(step)]):
                self.steps += 1
        except script.NotFoundError as error:
            raise NotFound(str(error)) from error

    # --- judging ----------------------------------------------------------------------------------------------
    def holds(self, expression: str) -> bool:
        """Whether a goal's state expression is true (JMESPath truth) of the phone as it is now."""
        after = self.phone.json_state()
        scope = {**after, "before": self.before, "after": after}
        return bool(jmespath.search(expression, scope))

    def goals(self, task: Task) -> list[bool]:
        """The truth of each goal of a task."""
        return [self.holds(goal.state) for goal in task.goals if goal.state is not None]

    def changed(self) -> list[str]:
        """Dotted paths of what a user owns and differs from the start."""
        return [effect.path for effect in differences.side_effects(self.before, self.phone.json_state(), ())]


def passes(driver: Driver, task: Task) -> bool:
    """Whether a judge would pass what has been done."""
    answered = task.answer is None or match_answer(task.answer, driver.answer).right
    return answered and all(driver.goals(task))


def probed(driver: Driver, task: Task) -> list[str]:
    """The probes that adb does not answer as the task expects, with what it answers."""
    failed = []
    for probe in task.probes:
        _, out, err = run_sync(driver.phone, probe.shell)
        if not re.search(probe.expect or "", out.decode(), re.MULTILINE):
            failed.append(f"{probe.name}: {(out + err).decode()}")
    return failed


def side_effects(driver: Driver, task: Task) -> list[str]:
    """Paths of what changed and was not allowed to."""
    return [
        effect.path for effect in differences.side_effects(driver.before, driver.phone.json_state(), task.may_change)
    ]


def begin(phone: Phone, task: Task, *, in_app: bool = True) -> Driver:
    """A fresh world with the task's set-up, its app open as at the start of an episode."""
    phone.reset(world_of(task), task.setup)
    if in_app:
        assert phone.launch(task.package)
    return Driver(phone, phone.json_state())
